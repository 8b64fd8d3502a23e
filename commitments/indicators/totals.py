"""How a commitment stands, from its key indicators and milestones, and how many stand how.

Counts only: never a mean of percentages, no score, no rank.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from commitments.formats.partial import PartialDate
from commitments.indicators.enums import Reason, Status
from commitments.indicators.facts import Result, Thresholds

#: Of several parts that count, the first of these that occurs is the status of the whole.
WORST_FIRST = (Status.OFF_TRACK, Status.AT_RISK, Status.ON_TRACK)


@dataclass(frozen=True, slots=True)
class MilestoneFact:
    """A step that is done or not done; `done` is when, None while it is not."""

    due: PartialDate | None
    done: PartialDate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentResult:
    """The status of a commitment; rule is the number, 1 to 4, of the rule that decided.

    A closed one (suspended, ended, withdrawn, superseded) has no colour: its status is `none`, and `last_status` how
    it stood on the path at its last counting value. `assessed` of `key_count` key indicators and milestones count.
    """

    status: Status
    reason: Reason
    rule: int
    on: date
    assessed: int
    key_count: int
    fulfilled: int
    last_status: Status | None = None

    @property
    def is_closed(self) -> bool:
        """Whether its life-cycle takes the colour away."""
        return self.last_status is not None

    @property
    def can_be_assessed(self) -> bool:
        """Whether it is fulfilled, on track, at risk or off track today."""
        return self.status.can_be_assessed

    @property
    def was_assessed(self) -> bool:
        """Whether it is closed and was assessed before."""
        return self.last_status is not None and self.last_status.can_be_assessed


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Counts of commitments by status; closed ones are counted apart, never dropped."""

    fulfilled: int = 0
    on_track: int = 0
    at_risk: int = 0
    off_track: int = 0
    not_started: int = 0
    no_data: int = 0
    ended_fulfilled: int = 0
    ended_not_fulfilled: int = 0
    ended_not_assessed: int = 0

    @property
    def can_be_assessed(self) -> int:
        """How many are fulfilled, on track, at risk or off track."""
        return self.fulfilled + self.on_track + self.at_risk + self.off_track

    @property
    def assessed_before_end(self) -> int:
        """How many are closed and were assessed before."""
        return self.ended_fulfilled + self.ended_not_fulfilled

    @property
    def on_record(self) -> int:
        """How many there are, closed ones too."""
        ongoing = self.can_be_assessed + self.not_started + self.no_data
        return ongoing + self.assessed_before_end + self.ended_not_assessed


def commitment_status(
    key_results: Sequence[Result],
    milestones: Sequence[MilestoneFact],
    *,
    on: date,
    is_closed: bool = False,
    thresholds: Thresholds | None = None,
) -> CommitmentResult:
    """Decide how a commitment stands on a day, from the results of its key indicators and its milestones.

    Of a closed commitment the results are those of `progress.status_at_last_value`; its milestones are then taken as
    they stood on the last day that its record speaks of.
    """
    settings = thresholds or Thresholds()
    if not is_closed:
        return _of_parts(_parts(key_results, milestones, on, settings.milestone_grace_days), on)
    last_day = _last_day_on_record(key_results, milestones, on)
    kept = milestones if last_day else ()
    parts = _parts(key_results, kept, last_day or on, settings.milestone_grace_days)
    whole = _of_parts(parts, last_day or on)
    return CommitmentResult(
        status=Status.NONE,
        reason=Reason.CLOSED,
        rule=1,
        on=on,
        assessed=whole.assessed,
        key_count=whole.key_count,
        fulfilled=whole.fulfilled,
        last_status=whole.status,
    )


def milestone_status(milestone: MilestoneFact, on: date, grace_days: int) -> Status:
    """Decide how a milestone stands: not done by its date it is at risk, after the days of grace off track.

    Before its date it is not started, for nothing on record shows more; without a date there is no data.
    """
    if milestone.done and milestone.done.first_day <= on:
        return Status.FULFILLED
    if milestone.due is None:
        return Status.NO_DATA
    days_late = (on - milestone.due.last_day).days
    if days_late <= 0:
        return Status.NOT_STARTED
    return Status.AT_RISK if days_late <= grace_days else Status.OFF_TRACK


def totals(results: Iterable[CommitmentResult]) -> Totals:
    """Count commitments by status."""
    counts = Counter(_column(result) for result in results)
    return Totals(**counts)


@dataclass(frozen=True, slots=True)
class _Part:
    """A key indicator or a milestone, as it enters the status of the whole."""

    status: Status
    date: PartialDate | None
    counts: bool = True


def _parts(
    key_results: Sequence[Result], milestones: Sequence[MilestoneFact], on: date, grace_days: int
) -> list[_Part]:
    """Key indicators that are judged, then milestones; undated milestones are there but do not count."""
    parts = [_Part(result.status, result.target_date) for result in key_results if result.status is not Status.NONE]
    return parts + [
        _Part(milestone_status(milestone, on, grace_days), milestone.due, counts=milestone.due is not None)
        for milestone in milestones
    ]


def _of_parts(parts: Sequence[_Part], on: date) -> CommitmentResult:
    """Rules 2 to 4."""
    counted = [part.status for part in parts if part.counts and part.status.can_be_assessed]

    def said(status: Status, reason: Reason, rule: int) -> CommitmentResult:
        fulfilled = sum(part.status is Status.FULFILLED for part in parts)
        return CommitmentResult(
            status=status,
            reason=reason,
            rule=rule,
            on=on,
            assessed=len(counted),
            key_count=len(parts),
            fulfilled=fulfilled,
        )

    if parts and all(part.status is Status.FULFILLED for part in parts):
        return said(Status.FULFILLED, Reason.ALL_FULFILLED, 2)
    for worst in WORST_FIRST:
        if worst in counted:
            return said(worst, Reason.WORST_PART, 3)
    if counted and any(part.date is not None and on <= part.date.last_day for part in parts):
        return said(Status.ON_TRACK, Reason.WORST_PART, 3)
    if counted:
        return said(Status.NO_DATA, Reason.PARTLY_FULFILLED, 3)
    if parts and all(part.status is Status.NOT_STARTED for part in parts):
        return said(Status.NOT_STARTED, Reason.NOTHING_STARTED, 4)
    return said(Status.NO_DATA, Reason.NOTHING_COUNTS if parts else Reason.NOTHING_MEASURED, 4)


def _last_day_on_record(key_results: Sequence[Result], milestones: Sequence[MilestoneFact], on: date) -> date | None:
    """Latest day that a counting value or a milestone done speaks of; None where the record has neither."""
    values = [day.last_day for result in key_results if (day := result.latest_on or result.as_of)]
    done = [step.done.last_day for step in milestones if step.done and step.done.first_day <= on]
    return max(values + done, default=None)


def _column(result: CommitmentResult) -> str:
    """Name of the count a commitment belongs to."""
    if result.last_status is None:
        return result.status.value
    if result.last_status is Status.FULFILLED:
        return "ended_fulfilled"
    return "ended_not_fulfilled" if result.was_assessed else "ended_not_assessed"
