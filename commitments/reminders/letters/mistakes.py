"""A reader reported a mistake."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from commitments.mistakes.models import MistakeReport
from commitments.notices.models import Notice
from commitments.reminders.letters.frame import Words
from commitments.reminders.sentences import say


def mistake_reported(notice: Notice, at: datetime) -> Words:
    """Which page it is about; what the reader wrote stays in the workspace, where it is forgotten in time."""
    row = MistakeReport.objects.get(pk=notice.object_id)
    path = f"{reverse('workspace:mistakes')}#mistake-{row.pk}"
    return {
        "subject": _("A reader reports a mistake: %(page)s") % {"page": row.page},
        "paragraph": say(_("A reader says that something is wrong on this page: %(page)s."), page=row.page),
        "button": _("Read what is wrong"),
        "url": f"{settings.SITE_URL}{path}",
        "after": None,
        "why": say(_("You receive this message because you work in the secretariat.")),
    }
