"""Milestones of a commitment: recorded, changed, reached, taken away. They are public with their commitment."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from commitments.formats.partial import PartialDate
from commitments.history import actions as history
from commitments.history.enums import ReportState
from commitments.indicators import statuses
from commitments.indicators.actions import StepRefusedError
from commitments.indicators.models import Milestone
from commitments.register.models import Commitment
from commitments.roles.actor import Actor
from commitments.sources.actions import cite, cite_again
from commitments.sources.models import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What is said of a milestone: its title by language, when it is due, when it was reached, according to what."""

    titles: dict[str, str]
    due: PartialDate | None
    done: PartialDate | None
    source: Source

    def columns(self) -> dict[str, Any]:
        """The texts and days as columns."""
        texts = {f"title_{language}": title for language, title in self.titles.items()}
        return {**texts, **_day("due_on", self.due), **_day("done_on", self.done)}


def record(*, commitment: Commitment, step: Step, by: Actor, at: datetime) -> Milestone:
    """Put a milestone on record; readers see it at once, or with its commitment where that is a draft."""
    with transaction.atomic():
        row = Milestone(
            commitment=commitment,
            state=ReportState.PUBLISHED,
            source=cite(step.source, by=by, at=at),
            is_example=commitment.is_example,
            **step.columns(),
        )
        return _judged(history.create(row, by=by, at=at), at)


def change(*, milestone: Milestone, step: Step, by: Actor, at: datetime, public_reason: str, version: int) -> Milestone:
    """Put a milestone right. StepRefusedError for a public one without a reason."""
    with transaction.atomic():
        fresh = history.locked(milestone)
        _refuse_silence(fresh, public_reason)
        columns = step.columns() | {"source": cite_again(fresh.source, step.source, by=by, at=at)}
        changed = history.change(fresh, by=by, at=at, public_reason=public_reason, version=version, **columns)
        return _judged(changed, at)


def reached(
    *,
    milestone: Milestone,
    done: PartialDate,
    source: Source,
    by: Actor,
    at: datetime,
    version: int,
    public_reason: str = "",
) -> Milestone:
    """Say that a milestone was reached, when, and which document says so.

    StepRefusedError for one that was reached on another day: that is a change, with its reason.
    """
    with transaction.atomic():
        fresh = history.locked(milestone)
        if fresh.version == version and fresh.done not in {None, done}:
            raise StepRefusedError("reached already")
        columns = _day("done_on", done) | {"source": cite_again(fresh.source, source, by=by, at=at)}
        changed = history.change(fresh, by=by, at=at, public_reason=public_reason, version=version, **columns)
        return _judged(changed, at)


def take_away(*, milestone: Milestone, by: Actor, at: datetime, public_reason: str, version: int) -> None:
    """Remove a milestone that is none; the history keeps it. StepRefusedError for a public one without a reason."""
    with transaction.atomic():
        fresh = history.locked(milestone, version=version)
        _refuse_silence(fresh, public_reason)
        history.remove(fresh, by=by, at=at, public_reason=public_reason)
        statuses.refresh(commitments=[fresh.commitment_id], at=at)


def is_shown(milestone: Milestone) -> bool:
    """Whether everybody can read it."""
    return milestone.state == ReportState.PUBLISHED and milestone.commitment.is_public


def _refuse_silence(row: Milestone, public_reason: str) -> None:
    row.commitment = history.locked(row.commitment)
    if is_shown(row) and not public_reason:
        raise StepRefusedError("what is public is changed with a reason")


def _judged(row: Milestone, at: datetime) -> Milestone:
    statuses.refresh(commitments=[row.commitment_id], at=at)
    return row


def _day(name: str, day: PartialDate | None) -> dict[str, Any]:
    precision = day.precision.value if day else ""
    return {name: day.first if day else None, f"{name}_precision": precision}
