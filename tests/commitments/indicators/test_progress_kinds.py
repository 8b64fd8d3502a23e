"""Ranges to hold and stages to reach, worked out by hand (examples.py)."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from commitments.indicators.enums import Counting, Direction, Qualifier, Reason, Status
from commitments.indicators.facts import IndicatorFacts, MeasurementFact, TargetFact
from commitments.indicators.progress import status
from tests.commitments.indicators.examples import (
    END_MISSING,
    NO_DATE,
    NO_FIGURE,
    NOT_REACHED,
    REACHED_BY,
    REACHED_LATE,
    Verdict,
    between,
    day,
    exactly,
    indicator,
    target,
    value,
    verdict,
    waypoint,
)

INSIDE: Verdict = (9, Status.ON_TRACK, Reason.INSIDE_RANGE)
OUTSIDE: Verdict = (10, Status.OFF_TRACK, Reason.OUTSIDE_RANGE)
OUTSIDE_EARLIER: Verdict = (11, Status.AT_RISK, Reason.OUTSIDE_EARLIER)
HELD: Verdict = (3, Status.FULFILLED, Reason.HELD)

RANGE = TargetFact(value_min=Decimal(20), value_max=Decimal(40), qualifier=Qualifier.RANGE, date=exactly(1000))


def held(*measurements: MeasurementFact, **changes: Any) -> IndicatorFacts:
    """From 20 to 40, to hold until day 1,000."""
    kind = {"direction": Direction.HOLD, "counting": Counting.STOCK, "target": RANGE, "baseline": None}
    return indicator(*measurements, **(kind | changes))


@pytest.mark.parametrize(
    ("facts", "on", "expected"),
    [
        (held(value(500, 20)), 500, INSIDE),
        (held(value(500, 40)), 500, INSIDE),
        (held(value(500, "40.0001")), 500, OUTSIDE),
        (held(value(500, "19.9999")), 500, OUTSIDE),
        (held(value(500, 10), value(600, 30)), 600, OUTSIDE_EARLIER),
        # day 500 is 15 May 2025: its twelve months end on 14 May 2026, day 864
        (held(value(500, 10), value(864, 30)), 864, OUTSIDE_EARLIER),
        (held(value(500, 10), value(865, 30)), 865, INSIDE),
        (
            held(value(500, 10), value(600, 30)),
            900,
            OUTSIDE_EARLIER,
        ),  # counted from the value, not from today
        (held(value(500, 30), value(600, 10)), 600, OUTSIDE),
        (held(value(950, 30)), 999, INSIDE),
        (held(value(950, 30)), 1000, HELD),
        (held(value(950, 30), value(1200, 10)), 1300, HELD),  # a later value outside undoes nothing
        (held(value(700, 10), value(950, 30)), 1000, OUTSIDE_EARLIER),
        (held(value(1000, 10)), 1001, OUTSIDE),
        (held(value(907, 30)), 1092, INSIDE),
        (held(value(907, 30)), 1093, END_MISSING),
        (held(), 500, NO_FIGURE),
        (held(), 1093, NO_FIGURE),
        (held(first_report_on=day(600)), 500, (5, Status.NOT_STARTED, Reason.BEFORE_FIRST_REPORT)),
        (held(between(500, 30, 45)), 500, OUTSIDE),  # the worse end decides
        (held(between(500, 20, 40)), 500, INSIDE),
        # without a date a range is held on, judged by the latest value
        (held(value(500, 30), target=replace(RANGE, date=None)), 5000, INSIDE),
        (held(value(500, 10), target=replace(RANGE, date=None)), 5000, OUTSIDE),
        # open on one side
        (held(value(500, 90), target=target(30, 1000, "at_least")), 500, INSIDE),
        (held(value(500, 29), target=target(30, 1000, "at_least")), 500, OUTSIDE),
        (held(value(500, 0), target=target(30, 1000, "up_to")), 500, INSIDE),
        (held(value(500, 31), target=target(30, 1000, "up_to")), 500, OUTSIDE),
        (held(value(500, 30), target=target(30)), 500, INSIDE),
        (held(value(500, 31), target=target(30)), 500, OUTSIDE),
        # what is known only from below proves an open range, no other
        (held(value(500, 90, "more_than"), target=target(30, 1000, "at_least")), 500, INSIDE),
        (held(value(500, 30, "more_than")), 500, (9, Status.NO_DATA, Reason.LOWER_BOUND_ONLY)),
        (held(value(500, 10, "more_than")), 500, (10, Status.NO_DATA, Reason.LOWER_BOUND_ONLY)),
        (held(value(1000, 30, "more_than")), 1001, (9, Status.NO_DATA, Reason.LOWER_BOUND_ONLY)),
        (held(value(500, 10, "more_than"), value(600, 30)), 600, INSIDE),  # not shown to have been outside
        # nearly the least is inside, but fulfils nothing
        (held(value(1000, 20, "nearly")), 1001, INSIDE),
        (held(value(1000, 21, "nearly")), 1001, HELD),
    ],
)
def test_a_range_is_held(facts: IndicatorFacts, on: int, expected: Verdict) -> None:
    assert verdict(status(facts, day(on))) == expected


IN_TIME: Verdict = (9, Status.ON_TRACK, Reason.STAGES_IN_TIME)
LATE: Verdict = (11, Status.AT_RISK, Reason.STAGE_LATE)
OVERDUE: Verdict = (10, Status.OFF_TRACK, Reason.STAGE_OVERDUE)

# drafted (1) by day 200, before parliament (2) by day 500, in force (3) by day 1,000
LAW = target(3, 1000, waypoints=(waypoint(200, 1), waypoint(500, 2)))


def stages(*measurements: MeasurementFact, **changes: Any) -> IndicatorFacts:
    """A law in three stages."""
    return indicator(*measurements, **({"direction": Direction.REACH, "target": LAW, "baseline": None} | changes))


@pytest.mark.parametrize(
    ("facts", "on", "expected", "days"),
    [
        (stages(value(0, 0)), 200, IN_TIME, None),
        (stages(value(0, 0)), 201, LATE, 1),
        (stages(value(0, 0)), 290, LATE, 90),
        (stages(value(0, 0)), 291, OVERDUE, 91),
        (stages(value(250, 1)), 291, IN_TIME, None),  # recorded, if late
        (stages(value(250, 1)), 501, LATE, 1),
        (stages(value(250, 2)), 501, IN_TIME, None),
        (stages(value(250, 2), value(300, 1)), 501, IN_TIME, None),  # a stage once recorded stays so
        (stages(value(0, 0)), 520, OVERDUE, 320),  # the earliest that is missing
        (stages(value(250, 2)), 1000, IN_TIME, None),
        (stages(value(250, 2)), 1001, NOT_REACHED, None),
        (stages(value(250, 2)), 1092, NOT_REACHED, None),
        (stages(value(250, 2)), 1093, END_MISSING, None),
        (stages(value(1050, 2)), 1200, NOT_REACHED, None),
        (stages(value(700, 3)), 800, REACHED_BY, None),
        (stages(value(700, 3)), 3000, REACHED_BY, None),
        (stages(value(1050, 2), value(1100, 3)), 1200, REACHED_LATE, None),
        (stages(value(700, 3), target=target(3, None)), 800, (3, Status.FULFILLED, Reason.REACHED_DAY_UNKNOWN), None),
        (stages(value(700, 2), target=target(3, None)), 800, NO_DATE, None),
        (stages(), 300, NO_FIGURE, None),  # nothing recorded is not a stage missed
        (stages(), 1200, NO_FIGURE, None),
        (stages(value(1000, 0), target=target(1)), 1001, NOT_REACHED, None),  # yes or no: no
        (stages(value(1000, 1), target=target(1)), 1001, REACHED_BY, None),
    ],
)
def test_stages_are_reached(facts: IndicatorFacts, on: int, expected: Verdict, days: int | None) -> None:
    result = status(facts, day(on))
    assert verdict(result) == expected
    assert result.late_days == days


def test_a_late_stage_is_named() -> None:
    assert status(stages(value(250, 1)), day(510)).expected == Decimal(2)
