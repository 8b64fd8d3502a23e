"""How commitments stand, and how many stand how, worked out by hand."""

from datetime import date

import pytest

from commitments.formats.partial import PartialDate
from commitments.indicators.enums import Reason, Status
from commitments.indicators.facts import Result, Thresholds
from commitments.indicators.totals import (
    CommitmentResult,
    MilestoneFact,
    Totals,
    commitment_status,
    milestone_status,
    totals,
)
from tests.commitments.indicators.examples import day, exactly

ON = 500

FULFILLED, ON_TRACK, AT_RISK, OFF_TRACK = Status.FULFILLED, Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK
NOT_STARTED, NO_DATA = Status.NOT_STARTED, Status.NO_DATA


def key(status: Status, due: int | None = 1000, as_of: int | None = None) -> Result:
    """Make the result of a key indicator with its target date."""
    return Result(
        status=status,
        reason=Reason.AS_EXPECTED,
        rule=9,
        on=day(ON),
        target_date=None if due is None else exactly(due),
        as_of=None if as_of is None else exactly(as_of),
    )


def step(due: int | None, done: int | None = None) -> MilestoneFact:
    """Make a milestone."""
    return MilestoneFact(None if due is None else exactly(due), None if done is None else exactly(done))


PAST = 400


@pytest.mark.parametrize(
    ("results", "milestones", "expected"),
    [
        # 2: all fulfilled
        ([key(FULFILLED)], [], (2, FULFILLED, Reason.ALL_FULFILLED, 1, 1)),
        ([key(FULFILLED), key(FULFILLED, PAST)], [step(PAST, 390)], (2, FULFILLED, Reason.ALL_FULFILLED, 3, 3)),
        ([], [step(PAST, 450)], (2, FULFILLED, Reason.ALL_FULFILLED, 1, 1)),
        # 3: the worst of those that count
        ([key(ON_TRACK), key(AT_RISK), key(OFF_TRACK)], [], (3, OFF_TRACK, Reason.WORST_PART, 3, 3)),
        ([key(ON_TRACK), key(AT_RISK)], [], (3, AT_RISK, Reason.WORST_PART, 2, 2)),
        ([key(ON_TRACK), key(NO_DATA)], [], (3, ON_TRACK, Reason.WORST_PART, 1, 2)),
        ([key(AT_RISK), key(NOT_STARTED)], [], (3, AT_RISK, Reason.WORST_PART, 1, 2)),
        ([key(FULFILLED, PAST), key(OFF_TRACK, PAST)], [], (3, OFF_TRACK, Reason.WORST_PART, 2, 2)),
        # a fulfilled one counts as on track while a date lies ahead, the day itself included
        ([key(FULFILLED, PAST), key(NO_DATA, ON)], [], (3, ON_TRACK, Reason.WORST_PART, 1, 2)),
        ([key(FULFILLED, PAST), key(NO_DATA, ON - 1)], [], (3, NO_DATA, Reason.PARTLY_FULFILLED, 1, 2)),
        ([key(FULFILLED, PAST), key(NO_DATA, None)], [], (3, NO_DATA, Reason.PARTLY_FULFILLED, 1, 2)),
        ([key(FULFILLED, PAST)], [step(600)], (3, ON_TRACK, Reason.WORST_PART, 1, 2)),
        # milestones: 90 days of grace; an undated one does not count, nor is it passed over as done
        ([key(ON_TRACK)], [step(410)], (3, AT_RISK, Reason.WORST_PART, 2, 2)),
        ([key(ON_TRACK)], [step(409)], (3, OFF_TRACK, Reason.WORST_PART, 2, 2)),
        ([key(FULFILLED, PAST)], [step(None)], (3, NO_DATA, Reason.PARTLY_FULFILLED, 1, 2)),
        ([key(NO_DATA)], [step(None, 450)], (4, NO_DATA, Reason.NOTHING_COUNTS, 0, 2)),
        # 4: none counts
        ([key(NOT_STARTED)], [], (4, NOT_STARTED, Reason.NOTHING_STARTED, 0, 1)),
        ([key(NOT_STARTED)], [step(600)], (4, NOT_STARTED, Reason.NOTHING_STARTED, 0, 2)),
        ([key(NOT_STARTED), key(NO_DATA)], [], (4, NO_DATA, Reason.NOTHING_COUNTS, 0, 2)),
        ([key(NO_DATA)], [step(600)], (4, NO_DATA, Reason.NOTHING_COUNTS, 0, 2)),
        ([key(Status.NONE)], [], (4, NO_DATA, Reason.NOTHING_MEASURED, 0, 0)),  # only observed
        ([], [], (4, NO_DATA, Reason.NOTHING_MEASURED, 0, 0)),
    ],
)
def test_a_commitment_stands_as_its_parts_do(
    results: list[Result], milestones: list[MilestoneFact], expected: tuple[int, Status, Reason, int, int]
) -> None:
    result = commitment_status(results, milestones, on=day(ON))
    assert (result.rule, result.status, result.reason, result.assessed, result.key_count) == expected
    assert not result.is_closed


@pytest.mark.parametrize(
    ("milestone", "expected"),
    [
        (step(500), NOT_STARTED),
        (step(499), AT_RISK),
        (step(410), AT_RISK),
        (step(409), OFF_TRACK),
        (step(409, 480), FULFILLED),
        (step(None), NO_DATA),
        (step(None, 480), FULFILLED),
        (step(600, 501), NOT_STARTED),  # done on a day to come
        (MilestoneFact(PartialDate.parse("2025-05")), NOT_STARTED),  # stands for 31 May 2025, day 516
        (MilestoneFact(PartialDate.parse("2025-04")), AT_RISK),  # 30 April 2025, day 485
    ],
)
def test_a_milestone_is_late_for_ninety_days_before_it_is_off_track(milestone: MilestoneFact, expected: Status) -> None:
    assert milestone_status(milestone, day(ON), Thresholds().milestone_grace_days) == expected


def test_the_days_of_grace_are_a_setting() -> None:
    thresholds = Thresholds(milestone_grace_days=10)
    result = commitment_status([], [step(480)], on=day(ON), thresholds=thresholds)
    assert (result.status, result.rule) == (OFF_TRACK, 3)


def closed(results: list[Result], milestones: list[MilestoneFact] | None = None) -> CommitmentResult:
    return commitment_status(results, milestones or [], on=date(2036, 1, 1), is_closed=True)


@pytest.mark.parametrize(
    ("results", "milestones", "last_status"),
    [
        ([key(OFF_TRACK, as_of=450)], [], OFF_TRACK),
        ([key(FULFILLED, as_of=450)], [], FULFILLED),
        ([key(NO_DATA)], [], NO_DATA),
        ([], [], NO_DATA),
        # the milestone had its date ahead on the last day of the record, so the fulfilled part counted as on track
        ([key(FULFILLED, PAST, as_of=450)], [step(480)], ON_TRACK),
        ([key(FULFILLED, PAST, as_of=450)], [step(440)], AT_RISK),
        ([key(NO_DATA, PAST)], [step(440, 440), step(460)], ON_TRACK),
        ([key(NO_DATA, PAST)], [step(440)], NO_DATA),  # nothing on record says how it stood
    ],
)
def test_a_closed_commitment_has_no_colour_and_its_last_status(
    results: list[Result], milestones: list[MilestoneFact], last_status: Status
) -> None:
    result = closed(results, milestones)
    assert (result.status, result.rule, result.reason) == (Status.NONE, 1, Reason.CLOSED)
    assert result.last_status == last_status
    assert result.is_closed


def test_totals_count_the_closed_apart() -> None:
    def open_one(status: Status) -> CommitmentResult:
        return commitment_status([key(status)], [], on=day(ON))

    results = [
        open_one(FULFILLED),
        open_one(ON_TRACK),
        open_one(ON_TRACK),
        open_one(AT_RISK),
        open_one(OFF_TRACK),
        open_one(NOT_STARTED),
        open_one(NO_DATA),
        closed([key(FULFILLED, as_of=450)]),
        closed([key(ON_TRACK, as_of=450)]),
        closed([key(OFF_TRACK, as_of=450)]),
        closed([key(NO_DATA)]),
    ]
    counted = totals(results)
    assert counted == Totals(
        fulfilled=1,
        on_track=2,
        at_risk=1,
        off_track=1,
        not_started=1,
        no_data=1,
        ended_fulfilled=1,
        ended_not_fulfilled=2,
        ended_not_assessed=1,
    )
    assert (counted.can_be_assessed, counted.assessed_before_end, counted.on_record) == (5, 3, 11)
    assert sum(result.can_be_assessed for result in results) == 5
    assert sum(result.was_assessed for result in results) == 3


def test_totals_of_nothing_are_nothing() -> None:
    assert (totals([]), totals([]).on_record) == (Totals(), 0)
