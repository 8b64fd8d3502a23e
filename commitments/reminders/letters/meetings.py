"""Reminders about meetings."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from commitments.meetings.models import Meeting
from commitments.notices.models import Notice
from commitments.reminders import wording
from commitments.reminders.letters.frame import Words, letter
from commitments.reminders.mornings import zone_of_intent
from commitments.reminders.queries import zone_of_meeting
from commitments.reminders.sentences import say, together


def meeting_soon(notice: Notice, at: datetime) -> Words:
    """A meeting in three days."""
    meeting = _meeting(notice)
    return _meeting_letter(
        notice,
        at,
        meeting,
        _("Meeting on %(day)s: %(meeting)s"),
        _("The meeting takes place on %(time)s: %(meeting)s."),
    )


def meeting_tomorrow(notice: Notice, at: datetime) -> Words:
    """A meeting tomorrow; sent late, it says what is true by then."""
    meeting = _meeting(notice)
    ahead = (meeting.start - at.astimezone(zone_of_meeting(meeting)).date()).days
    if ahead == 1:
        subject, first = (
            _("Tomorrow, %(day)s: %(meeting)s"),
            _("The meeting takes place tomorrow, %(time)s: %(meeting)s."),
        )
    elif ahead == 0:
        subject, first = _("Today, %(day)s: %(meeting)s"), _("The meeting takes place today, %(time)s: %(meeting)s.")
    else:
        return meeting_soon(notice, at)
    return _meeting_letter(notice, at, meeting, subject, first)


def _meeting_letter(notice: Notice, at: datetime, meeting: Meeting, subject: str, first: str) -> Words:
    title = wording.title_of(meeting)
    sentences = [
        say(first, time=wording.meeting_time(meeting), meeting=title),
        wording.your_time(meeting, zone_of_intent(notice.local_intent)),
        say(_("Place: %(place)s."), place=meeting.place) if meeting.place else None,
    ]
    return letter(
        notice,
        at,
        subject=subject % {"day": wording.day_and_month(meeting.start), "meeting": title},
        paragraph=together(*filter(None, sentences)),
        button=_("See the meeting page"),
        path=reverse("public:meeting", args=[meeting.slug]),
    )


def _meeting(notice: Notice) -> Meeting:
    return Meeting.objects.select_related("country").get(pk=notice.object_id)
