"""Planning, moving, calling off a meeting, noting that it was held and what came of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from commitments.formats.dates import site_day
from commitments.history import actions as history
from commitments.meetings.enums import MeetingState
from commitments.meetings.models import Meeting
from commitments.roles.actor import Actor
from commitments.sources.actions import cite_again
from commitments.sources.models import Source


class MeetingRefusedError(Exception):
    """The step is not lawful as the meeting stands, or what readers have seen is changed without a reason."""


class MeetingClosedError(MeetingRefusedError):
    """The meeting is over or cancelled: it is not moved any more."""


class MeetingAheadError(MeetingRefusedError):
    """The meeting has not begun: nobody can have held it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a meeting, by language, and the document that says so; whether somebody read it there."""

    texts: dict[str, str]
    source: Source
    is_verified: bool = False

    def columns(self, meeting: Meeting, *, by: Actor, at: datetime) -> dict[str, Any]:
        """The words as columns, the document as a stored row."""
        texts = {f"outcome_{language}": text for language, text in self.texts.items()}
        source = cite_again(meeting.source, self.source, by=by, at=at)
        return {**texts, "source": source, "is_verified": self.is_verified}


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


def note_held(
    *, meeting: Meeting, outcome: Outcome, by: Actor, at: datetime, version: int, public_reason: str = ""
) -> Meeting:
    """Note that a meeting was held, what came of it, and which document says so. Nobody is reminded of it any more.

    MeetingAheadError before it begins; MeetingClosedError for one that is noted already; MeetingRefusedError for one
    that was called off, without a reason.
    """
    with transaction.atomic():
        fresh = history.locked(meeting)
        if fresh.version == version:
            if fresh.state == MeetingState.HELD:
                raise MeetingClosedError(fresh.slug)
            if not has_begun(fresh, at):
                raise MeetingAheadError(fresh.slug)
            if fresh.state == MeetingState.CANCELLED:
                _refuse_silence(public_reason)
        columns = {"state": MeetingState.HELD, **outcome.columns(fresh, by=by, at=at)}
        return history.change(fresh, by=by, at=at, public_reason=public_reason, version=version, **columns)


def put_right(
    *, meeting: Meeting, outcome: Outcome, by: Actor, at: datetime, version: int, public_reason: str
) -> Meeting:
    """Change what is said to have come of a meeting. MeetingRefusedError without a reason, or before it was held."""
    with transaction.atomic():
        fresh = history.locked(meeting)
        _refuse_silence(public_reason)
        if fresh.version == version and fresh.state != MeetingState.HELD:
            raise MeetingRefusedError(fresh.slug)
        columns = outcome.columns(fresh, by=by, at=at)
        return history.change(fresh, by=by, at=at, public_reason=public_reason, version=version, **columns)


def cancel_meeting(
    *, meeting: Meeting, by: Actor, at: datetime, public_reason: str, version: int | None = None
) -> Meeting:
    """Call a meeting off, also after its day; it stays on the site, and its reminders are not sent.

    One that was noted as held and was not loses its outcome. MeetingClosedError for one that is cancelled already.
    """
    with transaction.atomic():
        fresh = history.locked(meeting)
        _refuse_silence(public_reason)
        if fresh.state == MeetingState.CANCELLED and version in {None, fresh.version}:
            raise MeetingClosedError(fresh.slug)
        texts = {name: "" for name in Meeting.translated_columns("outcome") if getattr(fresh, name)}
        columns = {"state": MeetingState.CANCELLED, **texts}
        return history.change(fresh, by=by, at=at, public_reason=public_reason, version=version, **columns)


def has_begun(meeting: Meeting, at: datetime) -> bool:
    """Whether a meeting can have taken place: its time has come, or the first day that the record gives."""
    if meeting.start_at is not None:
        return bool(meeting.start_at <= at)
    return bool(meeting.start <= site_day(at))


def _refuse_silence(public_reason: str) -> None:
    if not public_reason:
        raise MeetingRefusedError("what is public is changed with a reason")


def _slug(title: str, start: Any) -> str:
    """An address that no other meeting has."""
    base = f"{start:%Y-%m-%d}-{slugify(title)[:50] or 'meeting'}"
    taken = set(Meeting.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return base if base not in taken else next(f"{base}-{n}" for n in range(2, 1000) if f"{base}-{n}" not in taken)
