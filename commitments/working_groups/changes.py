"""What changed in who leads and takes part in a group, and in what of the Declaration it works on, told in words."""

from typing import Any

from django.utils.translation import get_language, gettext_lazy, pgettext, pgettext_lazy

from commitments.formats.language import Text, filled, language_of, written_in
from commitments.history.languages import with_language_of_reason
from commitments.history.queries import Track, timeline
from commitments.history.telling import (
    Column,
    Reader,
    Record,
    Telling,
    choice,
    day,
    document,
    lines_of,
    read_names,
    reference,
)
from commitments.history.together import together
from commitments.history.wording import HistoryItem, moment, who
from commitments.mechanisms.models import Country, Organization
from commitments.sources.models import Source
from commitments.working_groups.enums import AlignmentKind, GroupRoleKind
from commitments.working_groups.models import Alignment, GroupRole, Pillar, WorkingGroup


def _role(row: Any, telling: Telling) -> tuple[str, Text]:
    country = telling.named(Country, row.country_id)
    return str(GroupRoleKind(row.role).label), country or telling.named(Organization, row.organization_id)


def _place(row: Any, telling: Telling) -> tuple[str, str]:
    return str(pgettext_lazy("record", "In the Declaration")), _where(row, telling)


def _where(row: Any, telling: Telling) -> str:
    """How a group relates to the Declaration: "matches a workstream: Labor Mobility"."""
    how = str(AlignmentKind(row.kind).label)
    named = telling.named(WorkingGroup, row.workstream_id) or telling.named(Pillar, row.pillar_id)
    if not named or row.kind in {AlignmentKind.NOT_IN_DECLARATION, AlignmentKind.NOT_PLACED}:
        return how
    return filled(pgettext("place of a group", "%(how)s: %(name)s"), {"how": how, "name": named})


def _naming(name: str, model: type[Any]) -> Column:
    """A column that is told within another one: its names are read for that."""
    return Column("", (name,), lambda row, telling: "", refers_to=model)


def _until(label: Any) -> Column:
    """The last day of a role; it is known to the day."""
    from_column = day(label, "until")
    return Column(label, ("until",), lambda row, telling: from_column.show(_Exact(row), telling))


class _Exact:
    """A row whose last day has no column for how exactly it is known."""

    until_precision = "day"

    def __init__(self, row: Any) -> None:
        self.until = row.until


RECORDS = {
    record.model: record
    for record in (
        Record(
            GroupRole,
            (
                _naming("country_id", Country),
                _naming("organization_id", Organization),
                choice(gettext_lazy("Role"), "role", lambda value: str(GroupRoleKind(value).label)),
                day(gettext_lazy("Since"), "since"),
                _until(gettext_lazy("Until")),
                reference(gettext_lazy("Source"), "source_id", Source),
            ),
            _role,
        ),
        Record(
            Alignment,
            (
                Column(pgettext_lazy("record", "In the Declaration"), ("kind", "workstream_id", "pillar_id"), _where),
                _naming("workstream_id", WorkingGroup),
                _naming("pillar_id", Pillar),
                reference(gettext_lazy("Source"), "source_id", Source),
            ),
            _place,
        ),
    )
}


READERS: dict[type[Any], Reader] = {
    Country: Reader(Country.objects.all),
    Organization: Reader(Organization.objects.all, lambda row, language: written_in(row.name, "en", language)),
    WorkingGroup: Reader(WorkingGroup.objects.all),
    Pillar: Reader(Pillar.objects.all),
    Source: Reader(Source.objects.all, document),
}


def group_history(group: WorkingGroup) -> list[HistoryItem]:
    """All that happened, newest first, as everybody may read it. The number of queries is constant."""
    language = language_of(get_language())
    past = {model.__name__: model.history.filter(group_id=group.pk) for model in RECORDS}
    rows = together(**{name: with_language_of_reason(rows) for name, rows in past.items()})
    tracks = [Track(rows[model.__name__], record.fields) for model, record in RECORDS.items()]
    entries = timeline(tracks, public=True)
    telling = Telling(language, read_names(entries, RECORDS, READERS, language))
    return [
        HistoryItem(
            at=entry.at,
            time=moment(entry.at, language),
            who=who(entry, {}, {}, {}),
            what="",
            changes=tuple(line for edit in entry.edits for line in lines_of(edit, RECORDS[edit.model], telling)),
            reason=written_in(entry.public_reason, entry.reason_in, language),
        )
        for entry in entries
    ]
