"""Reminders about the reports of working groups."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.notices.models import Notice
from commitments.reminders import wording
from commitments.reminders.letters.frame import Words, asked, counted, days_late, letter, question_subject
from commitments.reminders.queries import questions_of
from commitments.reminders.sentences import say, together
from commitments.reporting.models import ProgressReport


def report_due(notice: Notice, at: datetime) -> Words:
    """The report of a group is due in 14 or 3 days."""
    report = _report(notice)
    group = wording.name_of(report.group)
    return letter(
        notice,
        at,
        subject=_("Due %(day)s: progress report (%(group)s)")
        % {"day": wording.day_and_month(report.due_on), "group": group},
        paragraph=together(
            say(
                _("The progress report of your group is due on %(date)s: %(group)s."),
                date=wording.long(report.due_on),
                group=group,
            ),
            say(_("It is one page, with the figures filled in.")),
        ),
        button=_("Write the report"),
        path=reverse("workspace:group-report", args=[report.pk]),
    )


def report_late(notice: Notice, at: datetime) -> Words:
    """The report of a group is late."""
    report = _report(notice)
    group, days = wording.name_of(report.group), days_late(notice, report.due_on, at)
    pattern = ngettext(
        "%(days)s day late: progress report (%(group)s)", "%(days)s days late: progress report (%(group)s)", days
    )
    return letter(
        notice,
        at,
        subject=pattern % {**counted(days), "group": group},
        paragraph=say(
            _("The progress report of your group was due on %(date)s: %(group)s."),
            date=wording.long(report.due_on),
            group=group,
        ),
        button=_("Write the report"),
        path=reverse("workspace:group-report", args=[report.pk]),
    )


def report_question(notice: Notice, at: datetime) -> Words:
    """Text 3, about a report."""
    report = _report(notice)
    return letter(
        notice,
        at,
        subject=question_subject(wording.month_of(report), report.question_due_on),
        paragraph=asked(questions_of(report)),
        button=_("Answer the question"),
        path=reverse("workspace:group-report", args=[report.pk]),
    )


def _report(notice: Notice) -> ProgressReport:
    return ProgressReport.objects.select_related("group", "country").get(pk=notice.object_id)
