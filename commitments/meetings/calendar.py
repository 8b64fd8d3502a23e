"""The meetings as a calendar to subscribe to (RFC 5545): moved ones move, cancelled ones say so, none comes twice."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from icalendar import Calendar, Event

from commitments.formats.dates import long_moment
from commitments.formats.partial import Precision
from commitments.meetings import wording
from commitments.meetings.enums import MeetingState
from commitments.meetings.models import Meeting

#: How often a program that subscribed may ask again.
EVERY = "PT12H"
#: What a calendar knows of where a meeting stands. What was only announced is not certain to have taken place.
_STATUS = {MeetingState.CANCELLED: "CANCELLED", MeetingState.ANNOUNCED: "TENTATIVE"}


def calendar_of(meetings: Iterable[Meeting], written_at: Mapping[int, datetime]) -> bytes:
    """The calendar of these meetings; `written_at` says when each was last changed. It holds no moment of today."""
    calendar = Calendar()
    calendar.add("prodid", "-//Los Angeles Declaration Tracker//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Meetings – Los Angeles Declaration Tracker"))
    calendar.add("x-published-ttl", EVERY)
    for meeting in meetings:
        if meeting.day.precision is Precision.DAY:
            calendar.add_component(_event(meeting, written_at[meeting.pk]))
    content: bytes = calendar.to_ical()
    return content


def _event(meeting: Meeting, written_at: datetime) -> Any:
    event = Event()
    title = meeting.title_in(wording.language())
    address = settings.SITE_URL + reverse("public:meeting", args=[meeting.slug])
    event.add("uid", f"{meeting.slug}@{urlsplit(settings.SITE_URL).hostname}")
    event.add("sequence", meeting.version - 1)
    event.add("dtstamp", written_at.astimezone(UTC))
    event.add("last-modified", written_at.astimezone(UTC))
    event.add("summary", _marked(meeting, title.text), parameters={"language": title.html_lang})
    for name, value in _span(meeting).items():
        event.add(name, value)
    event.add("status", _STATUS.get(MeetingState(meeting.state), "CONFIRMED"))
    event.add("transp", "TRANSPARENT")
    place = wording.place_of(meeting)
    if place:
        event.add("location", place)
    event.add("url", address)
    event.add("description", "\n".join([*_told(meeting), address]))
    return event


def _span(meeting: Meeting) -> dict[str, date | datetime]:
    """The moment it begins, or its days; a time is never made up, and an end that is not known is left out."""
    last = meeting.last_day
    until = last.first if last and last.precision is Precision.DAY else meeting.start
    if meeting.start_at and until == meeting.start:
        return {"dtstart": meeting.start_at.astimezone(UTC)}
    return {"dtstart": meeting.start, "dtend": until + timedelta(days=1)}


def _marked(meeting: Meeting, title: str) -> str:
    """The title; an invented meeting and a cancelled one say so, for calendars that show nothing else."""
    if meeting.is_demonstration:
        title = _("Demonstration: %(meeting)s") % {"meeting": title}
    if meeting.state == MeetingState.CANCELLED:
        title = pgettext("title of a meeting", "Cancelled: %(meeting)s") % {"meeting": title}
    return title


def _told(meeting: Meeting) -> list[str]:
    """What stands under the title: the start with its zone, whose meeting it is, where it stands."""
    lines = [wording.state_word(meeting), wording.kind_word(meeting.kind).text]
    if meeting.start_at:
        zone = ZoneInfo(meeting.time_zone or "UTC")
        lines.append(long_moment(meeting.start_at, zone, wording.language()))
    lines += [row.name_in(wording.language()).text for row in (meeting.mechanism, meeting.group) if row]
    return [line for line in (*lines, meeting.process) if line]
