"""The reminder that the secretariat sends by hand, about a report that is late."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commitments.notices.models import Notice
from commitments.reminders import wording
from commitments.reminders.letters.frame import Words, counted, post_of
from commitments.reminders.sentences import say, together
from commitments.reporting.board import address_of
from commitments.reporting.models import ProgressReport


def report_chase(notice: Notice, at: datetime) -> Words:
    """A report that has not come: since when, and that more time can be asked for."""
    report = ProgressReport.objects.select_related("group", "country", "cycle").get(pk=notice.object_id)
    place = wording.author_of(report)
    days = max(1, (at.date() - report.due_on).days)
    pattern = ngettext(
        "%(days)s day late: progress report (%(group)s)", "%(days)s days late: progress report (%(group)s)", days
    )
    return {
        "subject": pattern % {**counted(days), "group": place},
        "paragraph": together(
            say(
                _("The progress report was due on %(date)s: %(place)s."), date=wording.long(report.due_on), place=place
            ),
            say(_("The page of the reporting cycle shows it as not received until it is sent.")),
        ),
        "button": _("Write the report"),
        "url": f"{settings.SITE_URL}{address_of(report)}",
        "after": None
        if report.is_of_secretariat
        else say(_("Do you need more time? Reply to this message and say until when, and why.")),
        "why": wording.why_you(post_of(report, notice, at)),
    }
