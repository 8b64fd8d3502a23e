"""Words of the history of changes: who acted, and when, without ever naming a person in public."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from commitments.formats.dates import long_date, time_of_day
from commitments.formats.language import Text
from commitments.history.differences import Piece, word_pieces
from commitments.history.queries import Entry
from commitments.roles.enums import Role

#: The process whose entries are not anybody's decision but the record as it was taken over.
LOADER = "load_reference_data"


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One line of difference: what changed, as it was, as it is now (empty: removed); a document as a link."""

    label: str
    was: str = ""
    now: str = ""
    html_lang: str = ""
    #: The language that is named after it, where nothing else names it; empty for the page's own.
    language: str = ""
    #: Whether it is a text, told word by word, and no figure, date or name.
    is_text: bool = False

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The text before and after as one, word by word; empty where both are told as a whole."""
        return word_pieces(self.was, self.now) if self.is_text else ()


@dataclass(frozen=True, slots=True)
class HistoryItem:
    """One entry of the timeline as a page shows it."""

    at: datetime
    time: str
    who: str
    what: str
    changes: tuple[ChangeLine, ...]
    reason: Text | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class HistoryDay:
    """The entries of one day, newest first."""

    day: date
    heading: str
    items: tuple[HistoryItem, ...]


def who(entry: Entry, countries: Mapping[str, str], groups: Mapping[str, str], names: Mapping[int, str]) -> str:
    """Who acted: the role with its country or group. `names` gives people's names by id: inside the workspace only."""
    role = role_words(entry.role, entry.country, entry.group, countries, groups)
    if is_loaded(entry):
        role = _("Loaded from the public record")
    name = names.get(entry.user_id or 0, "")
    if not name:
        return role
    return pgettext("author of a change", "%(name)s (%(role)s)") % {"name": name, "role": role} if role else name


def is_loaded(entry: Entry) -> bool:
    """Whether the entry came with the public record and not from a person's work."""
    return entry.user_id is None and entry.request_id.startswith(LOADER)


def role_words(role: str, country: str, group: str, countries: Mapping[str, str], groups: Mapping[str, str]) -> str:
    """A post as history keeps it, in words: the role with its country or group."""
    if role == Role.SECRETARIAT:
        return pgettext("author of a change", "Secretariat")
    if role == Role.FOCAL_POINT:
        return pgettext("author of a change", "Focal point: %(country)s") % {"country": countries.get(country, country)}
    if role == Role.LEAD:
        return pgettext("author of a change", "Working-group lead: %(group)s") % {"group": groups.get(group, group)}
    if role == Role.ADMINISTRATOR:
        return pgettext("author of a change", "Administrator")
    return pgettext("author of a change", "System")


def moment(at: datetime, language: str, zone: tzinfo = UTC) -> str:
    """The time of an entry: in UTC where everybody reads it."""
    return time_of_day(at, zone, language)


def by_day(items: list[HistoryItem], language: str, zone: tzinfo = UTC) -> list[HistoryDay]:
    """Entries in their order, under the day on which they were made."""
    days: dict[date, list[HistoryItem]] = {}
    for item in items:
        days.setdefault(item.at.astimezone(zone).date(), []).append(item)
    return [HistoryDay(day, long_date(day, language), tuple(entries)) for day, entries in days.items()]
