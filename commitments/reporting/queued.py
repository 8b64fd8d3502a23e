"""One page of the queue: each thing with its words, its days of waiting, its flags and who has taken it up."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from commitments.formats.dates import long_date, time_of_day, working_days_between
from commitments.formats.language import Text
from commitments.history.enums import ReportState
from commitments.indicators.models import Indicator, Measurement, Revision, UnitType
from commitments.indicators.queries import Audience, IndicatorReading, indicator_readings
from commitments.indicators.wording import figure_of, language, unit_words
from commitments.register.models import Commitment
from commitments.reporting.enums import Waiting
from commitments.reporting.flags import Flag, figure_flags, personal_flags, report_flags
from commitments.reporting.gathering import received
from commitments.reporting.lines import line_title
from commitments.reporting.models import ProgressReport, ReportCorrection, ReportDocument, ReportEntry, ReportPart
from commitments.reporting.paper import who_reports
from commitments.reporting.queue import NEVER, Place, neighbours

#: Read with a commitment, to name the country that answers for it.
_LEADS = "commitment__parties__country"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a row says of itself; the queue adds since when it waits."""

    title: Text
    whose: Text | None
    url: str
    #: The figure itself, or what else stands under the title.
    more: str = ""
    flags: tuple[Flag, ...] = ()
    #: Who has taken it up, in words.
    taken: str = ""
    is_own: bool = False
    is_accepted: bool = False


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One thing to review: what it is, whose, what it says, and for how many working days it has waited."""

    what: str
    said: Said
    sent_on: date | None
    days: int
    target: int

    @property
    def is_slow(self) -> bool:
        """Whether it has waited longer than the secretariat means to take."""
        return self.days > self.target

    @property
    def waiting(self) -> str:
        """For how long, in words."""
        if self.days == 0:
            return _("since today")
        return ngettext("%(days)s working day", "%(days)s working days", self.days) % {"days": self.days}


def queue_items(keys: Iterable[tuple[int, str, datetime]], *, on: date, target: int, user: Any) -> list[QueueItem]:
    """The things at these places of the queue, in their order. The number of queries depends on the kinds alone."""
    places = [Place(at, kind, pk) for pk, kind, at in keys]
    said: dict[tuple[str, int], Said] = {}
    for kinds, read in READERS:
        found = read([place.pk for place in places if place.kind in kinds], on, user)
        said |= {(place.kind, place.pk): found[place.pk] for place in places if place.kind in kinds}
    return [_item(place, said[place.kind, place.pk], on, target) for place in places]


def _item(place: Place, said: Said, on: date, target: int) -> QueueItem:
    sent = timezone.localdate(place.at) if place.at != NEVER else None
    what = str(Waiting(place.kind).label)
    if said.is_accepted:
        what = pgettext("waits for review", "%(what)s, to publish") % {"what": what}
    return QueueItem(what, said, sent, working_days_between(sent, on) if sent else 0, target)


def _figures(ids: list[int], on: date, user: Any) -> dict[int, Said]:
    if not ids:
        return {}
    rows = list(
        Measurement.objects.filter(pk__in=ids)
        .select_related(
            "series__indicator__commitment__maker_country",
            "series__indicator__commitment__mechanism",
            "series__country",
            "replaces",
            "source",
            "reviewed_by",
        )
        .prefetch_related(f"series__indicator__{_LEADS}", "evidence__file")
    )
    indicators = list({row.series.indicator_id: row.series.indicator for row in rows}.values())
    readings = indicator_readings(indicators, on=on, audience=Audience.WORKSPACE)
    return {row.pk: _figure(row, readings[row.series.indicator_id], on, user) for row in rows}


def _figure(row: Measurement, reading: IndicatorReading, on: date, user: Any) -> Said:
    indicator = row.series.indicator
    commitment = indicator.commitment
    country = (commitment.answering_country if commitment else None) or row.series.country
    counted = figure_of(row, indicator)
    if indicator.unit_type == UnitType.COUNT and row.is_number:
        counted = f"{counted} {unit_words(indicator)}"
    return Said(
        title=line_title(row.series, apart=len(reading.lines) > 1),
        whose=country.name_in(language()) if country else None,
        more=counted,
        url=reverse("workspace:review-measurement", args=[row.pk]),
        flags=tuple(figure_flags(row, reading, on=on)),
        taken=taken_words(row, on),
        is_own=row.entered_by_id is not None and row.entered_by_id == user.pk,
        is_accepted=row.state == ReportState.ACCEPTED,
    )


def _reports(ids: list[int], on: date, user: Any) -> dict[int, Said]:
    if not ids:
        return {}
    rows = ProgressReport.objects.filter(pk__in=ids).select_related("country", "group", "cycle", "reviewed_by")
    parts: dict[int, list[ReportPart]] = _by_report(ReportPart.objects.filter(report_id__in=ids))
    written = ReportEntry.objects.filter(report_id__in=ids).exclude(cannot_words="")
    entries: dict[int, list[ReportEntry]] = _by_report(written)
    documents: dict[int, list[ReportDocument]] = _by_report(
        ReportDocument.objects.filter(report_id__in=ids).select_related("file")
    )
    came = received(ProgressReport.objects.filter(pk__in=ids))
    flags = {
        row.pk: report_flags(
            row,
            parts.get(row.pk, []),
            entries.get(row.pk, []),
            documents.get(row.pk, []),
            received_on=came.get(row.pk),
        )
        for row in rows
    }
    return {row.pk: _report(row, flags[row.pk], on, user) for row in rows}


def _by_report(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.report_id, []).append(row)
    return found


def _report(row: ProgressReport, flags: Sequence[Flag], on: date, user: Any) -> Said:
    return Said(
        title=row.cycle.name_in(language()),
        whose=who_reports(row),
        url=reverse("workspace:review-report" if row.group_id else "workspace:review-country-report", args=[row.pk]),
        flags=tuple(flags),
        taken=taken_words(row, on),
        is_own=row.sent_by_id is not None and row.sent_by_id == user.pk,
        is_accepted=row.state == ReportState.ACCEPTED,
    )


def _proposals(ids: list[int], on: date, user: Any) -> dict[int, Said]:
    if not ids:
        return {}
    rows = Indicator.objects.filter(pk__in=ids).select_related("commitment__maker_country").prefetch_related(_LEADS)
    return {
        row.pk: Said(
            title=row.title_in(language()),
            whose=_whose(row.commitment),
            more=row.commitment.code if row.commitment else "",
            url=reverse("workspace:review-indicator", args=[row.code]),
            is_own=row.proposed_by_id is not None and row.proposed_by_id == user.pk,
        )
        for row in rows
    }


def _revisions(ids: list[int], on: date, user: Any) -> dict[int, Said]:
    if not ids:
        return {}
    rows = Revision.objects.filter(pk__in=ids).select_related("indicator__commitment__maker_country")
    rows = rows.prefetch_related(f"indicator__{_LEADS}")
    return {
        row.pk: Said(
            title=row.indicator.title_in(language()),
            whose=_whose(row.indicator.commitment),
            more=row.indicator.code,
            url=reverse("workspace:review-revision", args=[row.pk]),
            is_own=row.proposed_by_id is not None and row.proposed_by_id == user.pk,
        )
        for row in rows
    }


def _corrections(ids: list[int], on: date, user: Any) -> dict[int, Said]:
    if not ids:
        return {}
    rows = ReportCorrection.objects.filter(pk__in=ids)
    rows = rows.select_related("report__country", "report__group", "report__cycle")
    return {
        row.pk: Said(
            title=row.report.cycle.name_in(language()),
            whose=who_reports(row.report),
            url=reverse("workspace:review-correction", args=[row.pk]),
            flags=tuple(personal_flags("\n".join(text["now"] for text in row.texts))),
            is_own=row.proposed_by_id is not None and row.proposed_by_id == user.pk,
        )
        for row in rows
    }


def _drafts(ids: list[int], on: date, user: Any) -> dict[int, Said]:
    if not ids:
        return {}
    rows = Commitment.objects.filter(pk__in=ids).select_related("maker_country", "group")
    rows = rows.prefetch_related("parties__country")
    return {
        row.pk: Said(
            title=row.title_in(language()),
            whose=_whose(row),
            more=row.group.name_in(language()).text if row.group else "",
            url=reverse("workspace:edit-commitment", args=[row.code]),
        )
        for row in rows
    }


@dataclass(frozen=True, slots=True)
class Around:
    """The way on from one thing in the queue: the addresses before and after, and which of how many it is."""

    previous: str
    next: str
    number: int
    count: int


def around(kind: str, pk: int) -> Around:
    """What stands before and after a thing. A constant number of queries."""
    found = neighbours(kind, pk)
    return Around(_address(found.previous), _address(found.next), found.number, found.count)


def _address(place: Place | None) -> str:
    if place is None:
        return ""
    if place.kind == Waiting.PROPOSAL:
        return reverse("workspace:review-indicator", args=[Indicator.objects.values_list("code").get(pk=place.pk)[0]])
    if place.kind == Waiting.DRAFT:
        return reverse("workspace:edit-commitment", args=[Commitment.objects.values_list("code").get(pk=place.pk)[0]])
    return reverse(ADDRESSES[place.kind], args=[place.pk])


#: The pages on which things are reviewed by their id.
ADDRESSES = {
    Waiting.FIGURE.value: "workspace:review-measurement",
    Waiting.COUNTRY.value: "workspace:review-country-report",
    Waiting.GROUP.value: "workspace:review-report",
    Waiting.SECRETARIAT.value: "workspace:review-country-report",
    Waiting.REVISION.value: "workspace:review-revision",
    Waiting.CORRECTION.value: "workspace:review-correction",
}


def _whose(commitment: Commitment | None) -> Text | None:
    country = commitment.answering_country if commitment else None
    return country.name_in(language()) if country else None


def taken_words(row: Measurement | ProgressReport, on: date) -> str:
    """Who is reviewing a thing and since when; empty while nobody is."""
    if row.taken_up_by is None or row.reviewed_by is None or row.reviewed_at is None:
        return ""
    day = timezone.localdate(row.reviewed_at)
    zone = timezone.get_current_timezone()
    since = time_of_day(row.reviewed_at, zone, language()) if day == on else long_date(day, language())
    words = {"name": row.reviewed_by.name, "moment": since}
    return _("%(name)s is reviewing this since %(moment)s") % words


Reader = Callable[[list[int], date, Any], dict[int, Said]]
#: Which kinds are read together, and how.
READERS: tuple[tuple[frozenset[str], Reader], ...] = (
    (frozenset({Waiting.FIGURE.value}), _figures),
    (frozenset({Waiting.COUNTRY.value, Waiting.GROUP.value, Waiting.SECRETARIAT.value}), _reports),
    (frozenset({Waiting.PROPOSAL.value}), _proposals),
    (frozenset({Waiting.REVISION.value}), _revisions),
    (frozenset({Waiting.CORRECTION.value}), _corrections),
    (frozenset({Waiting.DRAFT.value}), _drafts),
)
