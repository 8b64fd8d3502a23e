"""A status that the secretariat states beside the computed one: stated, taken back, lapsed. It never replaces it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from commitments.formats.dates import site_day
from commitments.history import actions as history
from commitments.indicators.actions import StepRefusedError
from commitments.indicators.enums import Lapse, Status
from commitments.indicators.models import StatusByHand
from commitments.indicators.queries import status_by_hand
from commitments.register.enums import LifeCycle
from commitments.register.models import Commitment
from commitments.roles.actor import Actor
from commitments.sources.actions import cite
from commitments.sources.models import Source

#: What may be stated: everything that says how delivery stands.
STATED = (Status.FULFILLED, Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK, Status.NOT_STARTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What the secretariat states: the status, why, in which language that is written, until when, on what."""

    status: Status
    reason: str
    language: str
    until: date
    source: Source | None = None

    def is_said_by(self, row: StatusByHand) -> bool:
        """Whether a status on record says the same: the second of two clicks."""
        own = (self.status.value, self.reason, self.until)
        return own == (row.status, row.reason, row.valid_until)


def may_be_stated_of(commitment: Commitment) -> bool:
    """Whether a commitment has a status that one could be stated beside: published, and not closed."""
    life = LifeCycle(commitment.life_cycle)
    return life is not LifeCycle.DRAFT and not life.is_closed


def state_by_hand(*, commitment: Commitment, stated: Stated, by: Actor, at: datetime) -> StatusByHand:
    """State a status until a date; one in force before is taken back. StepRefusedError for a draft or a closed one."""
    with transaction.atomic():
        fresh = history.locked(commitment)
        if not may_be_stated_of(fresh):
            raise StepRefusedError(f"{fresh.life_cycle}: no status by hand")
        before = status_by_hand(fresh.pk)
        if before is not None and stated.is_said_by(before):
            return before
        if before is not None:
            take_back(row=before, public_reason=stated.reason, by=by, at=at)
        row = StatusByHand(
            commitment=fresh,
            status=stated.status.value,
            reason=stated.reason,
            language=stated.language,
            source=cite(stated.source, by=by, at=at),
            valid_from=site_day(at),
            valid_until=stated.until,
            set_by_id=by.user_id,
            set_at=at,
        )
        return history.create(row, by=by, at=at, public_reason=stated.reason)


def take_back(
    *, row: StatusByHand, public_reason: str, by: Actor, at: datetime, version: int | None = None
) -> StatusByHand:
    """End a status by hand before its date. NoReason without one; StepRefusedError when it has lapsed already."""
    if not public_reason:
        raise history.NoReason
    with transaction.atomic():
        fresh = history.locked(row, version=version)
        if fresh.lapsed_on is not None:
            raise StepRefusedError("lapsed")
        return history.change(
            fresh,
            by=by,
            at=at,
            public_reason=public_reason,
            lapsed_on=site_day(at),
            lapsed_because=Lapse.TAKEN_BACK.value,
        )


def end_of(row: StatusByHand, due_dates: Sequence[date]) -> tuple[date, Lapse]:
    """The first day on which a status by hand holds no more, and why: the day after its date, or the next due date."""
    end = row.valid_until + timedelta(days=1)
    due = min((day for day in due_dates if row.valid_from < day < end), default=None)
    return (due, Lapse.CYCLE) if due is not None else (end, Lapse.DATE)


def lapse(due_dates: Mapping[int, Sequence[date]], *, by: Actor, at: datetime) -> int:
    """End what has run out by now; `due_dates` are those of the cycles of each mechanism. How many ended."""
    today, ended = site_day(at), 0
    for row in StatusByHand.objects.filter(lapsed_on__isnull=True).select_related("commitment").order_by("pk"):
        day, because = end_of(row, due_dates.get(row.commitment.mechanism_id, ()))
        if day <= today:
            history.change(row, by=by, at=at, lapsed_on=day, lapsed_because=because.value)
            ended += 1
    return ended
