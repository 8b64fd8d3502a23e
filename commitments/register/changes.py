"""The history of a commitment and of what belongs to it, told in words."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from commitments.formats.dates import long_date
from commitments.formats.language import Text, filled, translated
from commitments.history.queries import Track, first_public_row
from commitments.history.telling import (
    Column,
    Reader,
    Record,
    Telling,
    choice,
    day,
    day_of,
    document,
    reference,
    text,
    texts,
)
from commitments.mechanisms.models import Country, Organization
from commitments.register.enums import CommitmentKind, Horizon, LifeCycle, LinkKind, ReportedBasis, ReportedValue
from commitments.register.models import (
    Commitment,
    CommitmentLink,
    CommitmentSource,
    Party,
    Quotation,
    ReportedStatus,
)
from commitments.sources.models import Source, StoredFile
from commitments.working_groups.models import Pillar, WorkingGroup

TITLES = {
    "en": gettext_lazy("Title (English)"),
    "es": gettext_lazy("Title (Spanish)"),
    "pt": gettext_lazy("Title (Portuguese)"),
    "fr": gettext_lazy("Title (French)"),
}
SUMMARIES = {
    "en": gettext_lazy("Summary (English)"),
    "es": gettext_lazy("Summary (Spanish)"),
    "pt": gettext_lazy("Summary (Portuguese)"),
    "fr": gettext_lazy("Summary (French)"),
}


def yes_or_no(label: Any, name: str) -> Column:
    """A mark that is set or not."""

    def show(row: Any, telling: Telling) -> str:
        return pgettext("answer", "Yes") if getattr(row, name) else pgettext("answer", "No")

    return Column(label, (name,), show)


def _commitment(row: Any, telling: Telling) -> tuple[str, Text]:
    return pgettext("record", "Commitment"), translated(row, "title", telling.language)


def _named(label: Any, name: str, model: type[Any]) -> Any:
    """The headline of a record that is only a link to another; nothing where that may not be named."""

    def headline(row: Any, telling: Telling) -> tuple[str, Text] | None:
        words = telling.named(model, getattr(row, name))
        return (str(label), words) if words else None

    return headline


def _party(row: Any, telling: Telling) -> tuple[str, Text]:
    country = telling.named(Country, row.country_id)
    organization = telling.named(Organization, row.organization_id)
    return pgettext("record", "Other party"), country or organization or telling.recorded(row.name)


def _reported(row: Any, telling: Telling) -> tuple[str, str]:
    as_of = day_of(row, "as_of")
    parts: dict[str, str | Text] = {
        "source": telling.named(Source, row.source_id),
        "value": str(ReportedValue(row.value).label),
        "date": long_date(as_of, telling.language) if as_of else "",
    }
    words = _("%(value)s (%(date)s). %(source)s") if as_of else _("%(value)s. %(source)s")
    return pgettext("record", "Reported status"), filled(words, parts)


def _link(row: Any, telling: Telling) -> tuple[str, Text] | None:
    other = telling.named(Commitment, row.other_id)
    return (str(LinkKind(row.kind).label).capitalize(), other) if other else None


RECORDS = {
    record.model: record
    for record in (
        Record(
            Commitment,
            (
                *texts(TITLES, "title"),
                *texts(SUMMARIES, "summary"),
                choice(gettext_lazy("Life"), "life_cycle", lambda value: str(LifeCycle(value).label)),
                day(gettext_lazy("Date of this step"), "life_cycle_on"),
                day(gettext_lazy("According to the source, as of"), "life_cycle_as_of"),
                text(gettext_lazy("Reason of this step"), "life_cycle_reason"),
                reference(gettext_lazy("Source of this step"), "life_cycle_source_id", Source),
                reference(gettext_lazy("Superseded by"), "superseded_by_id", Commitment),
                reference(gettext_lazy("Country"), "maker_country_id", Country),
                reference(gettext_lazy("Pillar"), "pillar_id", Pillar),
                reference(gettext_lazy("Workstream"), "group_id", WorkingGroup),
                choice(gettext_lazy("Kind"), "kind", lambda value: str(CommitmentKind(value).label)),
                day(gettext_lazy("Made on"), "made_on"),
                text(gettext_lazy("Made at"), "made_at"),
                day(pgettext_lazy("of a commitment", "Due"), "due_on"),
                choice(gettext_lazy("Horizon"), "horizon", lambda value: str(Horizon(value).label)),
                text(gettext_lazy("Responsible office"), "responsible_office"),
                text(gettext_lazy("Classification"), "classification"),
                yes_or_no(gettext_lazy("Verified"), "is_verified"),
                text(gettext_lazy("Notes"), "notes"),
            ),
            _commitment,
        ),
        Record(
            Quotation,
            (text(gettext_lazy("Quotation"), "text"),),
            lambda row, telling: (pgettext("record", "Quotation"), telling.recorded(row.text, row.language)),
        ),
        Record(
            CommitmentSource,
            (
                reference(gettext_lazy("Source"), "source_id", Source),
                yes_or_no(gettext_lazy("Source verified"), "is_verified"),
            ),
            _named(gettext_lazy("Source"), "source_id", Source),
        ),
        Record(
            Party,
            (
                reference(gettext_lazy("Other party"), "country_id", Country),
                reference(gettext_lazy("Other party"), "organization_id", Organization),
                text(gettext_lazy("Other party"), "name"),
                yes_or_no(gettext_lazy("Leads this commitment"), "is_lead"),
            ),
            _party,
        ),
        Record(
            ReportedStatus,
            (
                choice(gettext_lazy("Reported status"), "value", lambda value: str(ReportedValue(value).label)),
                choice(
                    gettext_lazy("Basis of the reported status"),
                    "basis",
                    lambda value: str(ReportedBasis(value).label) if value else "",
                ),
                day(gettext_lazy("Reported status, as of"), "as_of"),
                reference(gettext_lazy("Source"), "source_id", Source),
            ),
            _reported,
        ),
        Record(CommitmentLink, (reference(gettext_lazy("Related commitment"), "other_id", Commitment),), _link),
    )
}


_PARTS = (Quotation, CommitmentSource, Party, ReportedStatus, CommitmentLink)


def is_published(row: Any) -> bool:
    """Whether a row of a commitment's history shows it published."""
    return bool(row.life_cycle != LifeCycle.DRAFT)


def rows_of(commitment_id: int) -> dict[str, QuerySet[Any]]:
    """The rows of history of a commitment and of its quotation, sources, parties, links and reported statuses."""
    parts = {part.__name__: part.history.filter(commitment_id=commitment_id) for part in _PARTS}
    return {"Commitment": Commitment.history.filter(id=commitment_id), **parts}


def tracks_of(read: Mapping[str, list[Any]], published: Any | None) -> list[Track]:
    """Their timelines, of the rows read; `published` is the row that first shows the commitment published."""
    own = Track(read["Commitment"], RECORDS[Commitment].fields, is_public=is_published)
    return [own] + [
        Track(read[part.__name__], RECORDS[part].fields, published_with=lambda row: published) for part in _PARTS
    ]


def publication_of(read: Mapping[str, list[Any]]) -> Any | None:
    """The row that first shows a commitment published; None while it is a draft."""
    return first_public_row(read["Commitment"], is_published)


def _titled(row: Any, language: str) -> Text:
    title = row.title_in(language)
    return Text(f"{row.code} {title}", title.language, title.foreign)


READERS: dict[type[Any], Reader] = {
    Source: Reader(Source.objects.all, document),
    StoredFile: Reader(StoredFile.objects.all, lambda row, language: Text(row.name, language, foreign=False)),
    Country: Reader(Country.objects.all),
    Organization: Reader(Organization.objects.all),
    WorkingGroup: Reader(WorkingGroup.objects.all),
    Pillar: Reader(Pillar.objects.all),
    # A draft is not named in public, nor anywhere a draft may not be seen.
    Commitment: Reader(lambda: Commitment.objects.public(), _titled),
}
