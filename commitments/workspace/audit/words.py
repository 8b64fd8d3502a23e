"""Entries of the log in words: who, what, when, through which door; and what was, what is now."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import User
from commitments.formats.dates import long_date, long_moment
from commitments.formats.language import Text
from commitments.history.enums import ChangeKind
from commitments.history.log import Logged
from commitments.history.queries import Difference, Edit, Entry
from commitments.history.telling import Telling, lines_of, read_names
from commitments.history.wording import ChangeLine, is_loaded, role_words
from commitments.indicators.records import RECORDS
from commitments.mechanisms.models import Country
from commitments.register.changes import READERS
from commitments.roles.enums import Door
from commitments.working_groups.models import WorkingGroup
from commitments.workspace.audit.subjects import codes, kind_words, title_of

#: Columns that every change touches.
NEVER_TOLD = {"id", "version"}


@dataclass(frozen=True, slots=True)
class Names:
    """Names of those who act, by code and id."""

    countries: Mapping[str, str]
    groups: Mapping[str, str]
    people: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class LogLine:
    """One entry as the log lists it."""

    entry: Logged
    when: str
    who: str
    post: str
    kind: str
    code: str
    title: Text
    change: str
    door: str


def names_for(entries: Sequence[Logged], language: str) -> Names:
    """The names that these entries need. Three queries."""
    people = User.objects.filter(pk__in={e.row.history_user_id for e in entries if e.row.history_user_id})
    countries = Country.objects.filter(iso3__in={e.row.actor_country for e in entries if e.row.actor_country})
    groups = WorkingGroup.objects.filter(code__in={e.row.actor_group for e in entries if e.row.actor_group})
    return Names(
        {row.iso3: row.name_in(language).text for row in countries},
        {row.code: row.name_in(language).text for row in groups},
        {row.pk: str(row) for row in people},
    )


def lines(entries: Sequence[Logged], zone: ZoneInfo, language: str) -> list[LogLine]:
    """The entries in words. The number of queries depends on the kinds of record among them alone."""
    names, known = names_for(entries, language), codes(entries)
    return [_line(entry, names, known[entry.place.kind, entry.place.number], zone, language) for entry in entries]


def _line(entry: Logged, names: Names, code: str, zone: ZoneInfo, language: str) -> LogLine:
    row = entry.row
    person, post = who(row, names)
    return LogLine(
        entry=entry,
        when=long_moment(row.history_date, zone, language),
        who=person or post,
        post=post if person else "",
        kind=kind_words(entry.place.kind),
        code=code,
        title=title_of(entry, language),
        change=str(entry.change.label),
        door=str(Door(row.door).label) if row.door in Door.values else row.door,
    )


def who(row: Any, names: Names) -> tuple[str, str]:
    """The person by name, where the account is known, and the post in which they acted."""
    entry = Entry(
        at=row.history_date, role=row.actor_role, country=row.actor_country, group=row.actor_group, door=row.door,
        request_id=row.request_id, public_reason="", edits=(), user_id=row.history_user_id,
    )  # fmt: skip
    if is_loaded(entry):
        return "", _("Loaded from the public record")
    post = role_words(row.actor_role, row.actor_country, row.actor_group, names.countries, names.groups)
    return names.people.get(row.history_user_id or 0, ""), post


def changed_columns(entry: Logged) -> list[str]:
    """The stored columns that the change gave another value."""
    if entry.before is None or entry.change is not ChangeKind.CHANGED:
        return []
    columns = [field.attname for field in entry.model._meta.concrete_fields if _is_told(entry, field)]
    return [name for name in columns if getattr(entry.before, name) != getattr(entry.row, name)]


def _is_told(entry: Logged, field: Any) -> bool:
    """A translated field is told by its language columns; what every change touches is not told."""
    return field.attname not in NEVER_TOLD and not entry.model.translated_columns(field.name)


def differences(entry: Logged, language: str, zone: ZoneInfo) -> list[ChangeLine]:
    """What was and what is now: first what is told in words everywhere, then every other stored column."""
    told: set[str] = set()
    found: list[ChangeLine] = []
    record = RECORDS.get(entry.model)
    if record is not None and entry.change is ChangeKind.CHANGED and entry.before is not None:
        changed = changed_columns(entry)
        edit = Edit(
            ChangeKind.CHANGED,
            entry.row,
            entry.before,
            tuple(Difference(name, getattr(entry.before, name), getattr(entry.row, name)) for name in changed),
        )
        names = read_names([_as_entry(edit)], RECORDS, READERS, language)
        found += lines_of(edit, record, Telling(language, names))
        told = {name for column in record.columns for name in column.names}
    return [*found, *_stored(entry, told, language, zone)]


def _as_entry(edit: Edit) -> Entry:
    return Entry(edit.row.history_date, "", "", "", "", "", "", (edit,))


def _stored(entry: Logged, told: set[str], language: str, zone: ZoneInfo) -> Iterator[ChangeLine]:
    """Columns by their stored name, or by the label that they have; empty ones are left out."""
    for field in entry.model._meta.concrete_fields:
        if field.attname in told or not _is_told(entry, field):
            continue
        was = _shown(field, entry.before, language, zone) if entry.before is not None else ""
        now = _shown(field, entry.row, language, zone)
        if entry.change is ChangeKind.REMOVED:
            was, now = now, ""
        if was != now:
            yield ChangeLine(_label(field), was, now)


def _label(field: Any) -> str:
    given = field._verbose_name
    return str(field.verbose_name) if isinstance(given, Promise) else str(field.attname)


def _shown(field: Any, row: Any, language: str, zone: ZoneInfo) -> str:
    value = getattr(row, field.attname)
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return pgettext("answer", "Yes") if value else pgettext("answer", "No")
    if isinstance(value, datetime):
        return long_moment(value, zone, language)
    if isinstance(value, date):
        return long_date(value, language)
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return str(dict(field.flatchoices).get(value, value)) if field.flatchoices else str(value)
