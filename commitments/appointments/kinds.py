"""The two messages about people: an invitation, and the link to a new password. Links are made when they are sent."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from accounts import queries as people
from accounts.actions import issue_token
from accounts.models import Invitation
from commitments.formats.dates import long_moment
from commitments.notices.enums import Reason
from commitments.notices.models import Notice
from commitments.notices.registry import Kind


def _invitation_recheck(notice: Notice, at: datetime) -> str | None:
    """Not wanted any more: the person has come, has been asked anew since, or may not come."""
    user = notice.recipient
    if not user.is_active:
        return Reason.INACTIVE
    newest = Invitation.objects.filter(user=user).first()
    if user.has_accepted or newest is None or newest.pk != notice.object_id:
        return Reason.USED
    return None


def _invitation_context(notice: Notice, at: datetime) -> dict[str, Any]:
    invitation = Invitation.objects.select_related("user").get(pk=notice.object_id)
    token = issue_token(invitation=invitation, at=at)
    return {
        "link": settings.SITE_URL + people.invitation_path(token),
        "until": _in_their_zone(notice, invitation.expires_at or at),
    }


def _reset_recheck(notice: Notice, at: datetime) -> str | None:
    """Not wanted any more: the person has no access, or never had a password."""
    if not notice.recipient.is_active:
        return Reason.INACTIVE
    return None if notice.recipient.has_accepted else Reason.USED


def _reset_context(notice: Notice, at: datetime) -> dict[str, Any]:
    return {
        "link": settings.SITE_URL + people.password_reset_path(notice.recipient),
        "until": _in_their_zone(notice, at + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)),
    }


def _in_their_zone(notice: Notice, moment: datetime) -> str:
    return long_moment(moment, ZoneInfo(notice.recipient.time_zone or "UTC"), get_language() or "en")


def _about_invitation(ids: Collection[int], language: str) -> dict[int, str]:
    with override(language):
        return dict.fromkeys(ids, _("The person’s own account"))


def _about_reset(ids: Collection[int], language: str) -> dict[int, str]:
    return _about_invitation(ids, language)


INVITATION = Kind(
    name="invitation",
    label=gettext_lazy("invitation"),
    template="emails/invitation",
    recheck=_invitation_recheck,
    context=_invitation_context,
    about=_about_invitation,
)
PASSWORD_RESET = Kind(
    name="password_reset",
    label=gettext_lazy("new password"),
    template="emails/password_reset",
    recheck=_reset_recheck,
    context=_reset_context,
    about=_about_reset,
)
