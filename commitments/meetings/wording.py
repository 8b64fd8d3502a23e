"""Words about a meeting: its kind, its days as exactly as they are known, where it takes place."""

from zoneinfo import ZoneInfo

from django.utils.translation import get_language, pgettext

from commitments.formats.dates import long_date
from commitments.formats.language import Text, language_of, written_in
from commitments.formats.territories import name_of_territory
from commitments.meetings.enums import MeetingState
from commitments.meetings.models import Meeting


def language() -> str:
    """The language of the page."""
    return language_of(get_language())


def kind_word(kind: str) -> Text:
    """The word for a kind of meeting; a kind that is new to us as it was recorded."""
    known = {
        "annual": pgettext("kind of meeting", "Annual meeting"),
        "bilateral": pgettext("kind of meeting", "Bilateral meeting"),
        "consultation": pgettext("kind of meeting", "Consultation"),
        "coordinators": pgettext("kind of meeting", "Special coordinators"),
        "election": pgettext("kind of meeting", "Election"),
        "extraordinary": pgettext("kind of meeting", "Extraordinary meeting"),
        "field visit": pgettext("kind of meeting", "Field visit"),
        "forum": pgettext("kind of meeting", "Forum"),
        "launch": pgettext("kind of meeting", "Launch"),
        "ministerial": pgettext("kind of meeting", "Ministerial meeting"),
        "pledging": pgettext("kind of meeting", "Pledging event"),
        "plenary": pgettext("kind of meeting", "Plenary"),
        "side event": pgettext("kind of meeting", "Side event"),
        "summit": pgettext("kind of meeting", "Summit"),
        "technical": pgettext("kind of meeting", "Technical meeting"),
        "trilateral": pgettext("kind of meeting", "Trilateral meeting"),
        "working_group": pgettext("kind of meeting", "Working-group meeting"),
        "working group": pgettext("kind of meeting", "Working-group meeting"),
        "review": pgettext("kind of meeting", "Review"),
    }
    if kind in known:
        return Text(known[kind], language(), foreign=False)
    return written_in(kind, "en", language())


def days_of(meeting: Meeting) -> str:
    """The day or days of a meeting, no more exact than they are known."""
    first = long_date(meeting.day, language())
    last = meeting.last_day
    if last is None or last == meeting.day:
        return first
    days = {"first": first, "last": long_date(last, language())}
    return pgettext("days of a meeting", "%(first)s to %(last)s") % days


def place_of(meeting: Meeting) -> str:
    """Where it takes place: the place and the country, as far as the record has them."""
    held_in = meeting.country
    country = held_in.name_in(language()).text if held_in else name_of_territory(meeting.country_code, language())
    if meeting.place and country:
        return pgettext("place of a meeting", "%(place)s (%(country)s)") % {"place": meeting.place, "country": country}
    return meeting.place or country


def state_word(meeting: Meeting) -> str:
    """Whether it is planned, was announced, held or cancelled."""
    return str(MeetingState(meeting.state).label)


def host_moment(meeting: Meeting) -> str:
    """The start with the offset of the host's zone: 2026-12-03T10:00:00-06:00; empty without a time."""
    if meeting.start_at is None:
        return ""
    return meeting.start_at.astimezone(ZoneInfo(meeting.time_zone or "UTC")).isoformat(timespec="seconds")
