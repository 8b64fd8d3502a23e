"""The steps of a commitment's life after its publication: suspended, active again, ended, withdrawn, superseded.

The record stays on the site whatever becomes of it. A date is one only where a source states it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from commitments.formats.partial import PartialDate
from commitments.history import actions as history
from commitments.history.languages import keep_language
from commitments.history.marks import leave_mark
from commitments.register.actions import LifeRefusedError
from commitments.register.enums import LifeCycle
from commitments.register.models import Commitment
from commitments.roles.actor import Actor
from commitments.sources.models import Source


class SupersededInACircleError(Exception):
    """The commitment that would replace this one is, in the end, replaced by it; or it is this one, or not public."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeStep:
    """One step: where to, since when (None: not stated by the source), as of which day the source says so, why."""

    to: LifeCycle
    reason: str
    source: Source
    on: PartialDate | None = None
    as_of: PartialDate | None = None
    superseded_by: Commitment | None = None

    def columns(self) -> dict[str, Any]:
        """The step as columns of a commitment. Why it is active again stands in its history alone."""
        return {
            "life_cycle": self.to.value,
            "life_cycle_on": self.on.first if self.on else None,
            "life_cycle_on_precision": self.on.precision.value if self.on else "",
            "life_cycle_as_of": self.as_of.first if self.as_of else None,
            "life_cycle_as_of_precision": self.as_of.precision.value if self.as_of else "",
            "life_cycle_reason": "" if self.to is LifeCycle.ACTIVE else self.reason,
            "superseded_by": self.superseded_by if self.to is LifeCycle.SUPERSEDED else None,
        }


def lawful_steps(commitment: Commitment) -> tuple[LifeCycle, ...]:
    """Where a public commitment may go from where it is, in a fixed order; nowhere once it has ended."""
    life = LifeCycle(commitment.life_cycle)
    return () if life is LifeCycle.DRAFT else tuple(step for step in LifeCycle if step in life.may_become)


def take_step(
    *, commitment: Commitment, step: LifeStep, by: Actor, at: datetime, version: int | None = None
) -> Commitment:
    """Take one lawful step. The reason is public, and so is the source.

    Raises LifeRefusedError from where the step is not lawful, SupersededInACircleError for a replacement that is none,
    EditedMeanwhileError when the commitment moved on since `version`.
    """
    with transaction.atomic():
        _lock_both(commitment, step.superseded_by)
        fresh = history.locked(commitment, version=version)
        if step.to not in lawful_steps(fresh):
            raise LifeRefusedError(f"{fresh.life_cycle} → {step.to}")
        if step.to is LifeCycle.SUPERSEDED:
            _refuse_circle(fresh, step.superseded_by)
        source = step.source if step.source.pk else history.create(step.source, by=by, at=at)
        columns = step.columns() | {"life_cycle_source": source}
        changed = history.change(fresh, by=by, at=at, public_reason=step.reason, **columns)
        keep_language(changed, "life_cycle_reason", by=by if changed.life_cycle_reason else by.speaking(""), at=at)
        if step.to is LifeCycle.REMOVED:
            leave_mark(takes_away=True)
    return changed


def _lock_both(one: Commitment, other: Commitment | None) -> None:
    """Two steps that cross wait for each other: both rows in the order of their ids."""
    for row in sorted((row for row in (one, other) if row is not None), key=lambda row: row.pk):
        history.locked(row)


def _refuse_circle(commitment: Commitment, successor: Commitment | None) -> None:
    if successor is None or not successor.is_public:
        raise SupersededInACircleError(commitment.code)
    ahead: int | None = successor.pk
    while ahead is not None:
        if ahead == commitment.pk:
            raise SupersededInACircleError(commitment.code)
        # Read anew at each step: what was loaded before may have been replaced since.
        ahead = Commitment.objects.filter(pk=ahead).values_list("superseded_by_id", flat=True).first()
