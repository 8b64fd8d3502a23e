"""Planning, moving, cancelling a meeting and noting that it was held."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from commitments.history import actions as history
from commitments.meetings.enums import MeetingState
from commitments.meetings.models import Meeting
from commitments.roles.actor import Actor


class MeetingClosedError(Exception):
    """The meeting is over or cancelled: it is not moved any more."""


def plan_meeting(*, columns: dict[str, Any], language: str, by: Actor, at: datetime, why: str = "") -> Meeting:
    """Record a planned meeting; it is public at once, and its reminders follow."""
    with transaction.atomic():
        meeting = Meeting(slug=_slug(columns[f"title_{language}"], columns["start"]), **columns)
        meeting.state = MeetingState.PLANNED
        return history.create(meeting, by=by, at=at, why=why)


def change_meeting(
    *,
    meeting: Meeting,
    columns: dict[str, Any],
    by: Actor,
    at: datetime,
    public_reason: str = "",
    version: int | None = None,
) -> Meeting:
    """Move or reword a planned meeting; EditedMeanwhileError when somebody else changed it since `version`."""
    with transaction.atomic():
        if history.locked(meeting).state != MeetingState.PLANNED:
            raise MeetingClosedError(meeting.slug)
        return history.change(meeting, by=by, at=at, public_reason=public_reason, version=version, **columns)


def cancel_meeting(
    *, meeting: Meeting, by: Actor, at: datetime, public_reason: str, version: int | None = None
) -> Meeting:
    """Cancel a planned meeting; it stays on the site, and its reminders are not sent."""
    columns = {"state": MeetingState.CANCELLED}
    return change_meeting(meeting=meeting, columns=columns, by=by, at=at, public_reason=public_reason, version=version)


def _slug(title: str, start: Any) -> str:
    """An address that no other meeting has."""
    base = f"{start:%Y-%m-%d}-{slugify(title)[:50] or 'meeting'}"
    taken = set(Meeting.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return base if base not in taken else next(f"{base}-{n}" for n in range(2, 1000) if f"{base}-{n}" not in taken)
