"""The parts that every reminder has, and phrases that several share."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.appointments.models import Appointment
from commitments.formats.numbers import format_number
from commitments.notices.models import Notice
from commitments.reminders import wording
from commitments.reminders.mornings import day_for, zone_of_intent
from commitments.reminders.offsets import line_of
from commitments.reminders.queries import authors, due_again
from commitments.reminders.roster import Roster
from commitments.reminders.sentences import Sentence, say
from commitments.reporting.models import ProgressReport

Words = dict[str, Any]


def letter(
    notice: Notice,
    at: datetime,
    *,
    subject: str,
    paragraph: Sentence,
    button: str,
    path: str,
    after: Sentence | None = None,
) -> Words:
    """What the templates of a reminder need. Addresses come from a setting, never from a request."""
    return {
        "subject": subject,
        "paragraph": paragraph,
        "button": button,
        "url": f"{settings.SITE_URL}{path}",
        "after": after,
        "why": _why(notice, at),
    }


def _why(notice: Notice, at: datetime) -> Sentence | None:
    day = day_for(notice.local_intent, at)
    due = due_again(line_of(notice.kind), notice.object_id, day)
    if due is None:
        return None
    return wording.why_you(Roster.load(day, among=due.audience).who(due.audience, day).get(notice.recipient_id))


def post_of(report: ProgressReport, notice: Notice, at: datetime) -> Appointment | None:
    """The post through which a report concerns whoever gets a message about it; None where they hold it no more."""
    whose = authors(report)
    return Roster.load(at.date(), among=whose).who(whose, at.date()).get(notice.recipient_id)


def days_late(notice: Notice, due_on: date, at: datetime) -> int:
    """How many days ago the due day was, by the calendar on the person's wall."""
    return max(1, (at.astimezone(zone_of_intent(notice.local_intent)).date() - due_on).days)


def counted(days: int) -> dict[str, str]:
    """A number of days as it is written."""
    return {"days": format_number(days, wording.language())}


def question_subject(report: ProgressReport, count: int) -> str:
    """The subject of text 3, about a report, which its month and who owes it tell from others."""
    about = {
        "month": wording.month_of(report),
        "group": wording.author_of(report),
        "count": format_number(count, wording.language()),
    }
    if report.question_due_on is None:
        pattern = ngettext(
            "One question on your %(month)s report (%(group)s)",
            "%(count)s questions on your %(month)s report (%(group)s)",
            count,
        )
        return pattern % about
    pattern = ngettext(
        "One question on your %(month)s report (%(group)s), reply by %(day)s",
        "%(count)s questions on your %(month)s report (%(group)s), reply by %(day)s",
        count,
    )
    return pattern % {**about, "day": wording.day_and_month(report.question_due_on)}


def asked(question: str) -> Sentence:
    """The body of text 3."""
    return say(
        _("The secretariat read your report and asks: “%(question)s” Everything else is saved."),
        question=" ".join(question.split()),
    )
