"""The expected path and its line on the chart, worked out by hand: from 0 to 1,000 in 1,000 days (examples.py)."""

from datetime import date
from decimal import Decimal

import pytest

from commitments.formats.partial import PartialDate
from commitments.indicators.enums import Counting, Direction, Path, Per, Qualifier
from commitments.indicators.facts import IndicatorFacts, TargetFact, WaypointFact
from commitments.indicators.path import expected_at, expected_line, refused_waypoints
from tests.commitments.indicators.examples import DECREASE, NO_BASE, baseline, day, exactly, indicator, target, waypoint

BENT = target(waypoints=(waypoint(600, 900), waypoint(400, 100)))


@pytest.mark.parametrize(
    ("facts", "number", "expected"),
    [
        (indicator(), -50, "0"),  # nothing before the baseline
        (indicator(), 0, "0"),
        (indicator(), 1, "1"),
        (indicator(), 999, "999"),
        (indicator(), 1000, "1000"),
        (indicator(), 4000, "1000"),
        # 0 to 100 in 400 days, to 900 in 200, to 1,000 in 400
        (indicator(target=BENT), 200, "50"),
        (indicator(target=BENT), 400, "100"),
        (indicator(target=BENT), 500, "500"),
        (indicator(target=BENT), 600, "900"),
        (indicator(target=BENT), 800, "950"),
        (indicator(target=target(path=Path.STEP)), 999, "0"),
        (indicator(target=target(path=Path.STEP)), 1000, "1000"),
        # 50 down to 30: 50 - 20 x 1/4
        (indicator(baseline=baseline(50), target=target(30), **DECREASE), 250, "45"),
        # from 40 below zero to zero
        (indicator(baseline=baseline(-40), target=target(0)), 750, "-10"),
        # a target dated before its baseline holds at once
        (indicator(baseline=baseline(7, 1200)), 1100, "1000"),
        (indicator(**NO_BASE), 1000, "1000"),
        # 0 to 1 in 3 days
        (indicator(target=target(1, 3)), 1, "0.3333333333333333333333333333"),
    ],
)
def test_the_value_expected_on_a_day(facts: IndicatorFacts, number: int, expected: str) -> None:
    assert expected_at(facts, day(number)) == Decimal(expected)


@pytest.mark.parametrize(
    "facts",
    [
        indicator(target=None),
        indicator(target=target(number=None)),
        indicator(target=target(per=Per.MONTH)),
        indicator(direction=Direction.HOLD),
        indicator(direction=Direction.REACH),
        indicator(direction=Direction.OBSERVE),
        indicator(**NO_BASE),
        indicator(baseline=baseline(None)),
    ],
)
def test_where_no_path_runs_nothing_is_expected(facts: IndicatorFacts) -> None:
    assert expected_at(facts, day(500)) is None


@pytest.mark.parametrize(
    ("facts", "points"),
    [
        (indicator(), [(0, 0), (1000, 1000)]),
        (indicator(target=BENT), [(0, 0), (400, 100), (600, 900), (1000, 1000)]),
        (indicator(baseline=baseline(5, 20), target=target(path=Path.STEP)), [(20, 5), (1000, 5), (1000, 1000)]),
        (indicator(counting=Counting.FLOW, baseline=baseline(2485)), [(0, 0), (1000, 1000)]),
        (indicator(**NO_BASE), [(1000, 1000)]),
        (indicator(baseline=baseline(5, 1000)), [(1000, 1000)]),
        (indicator(target=None), []),
        (indicator(target=target(number=None)), []),
        (indicator(target=target(per=Per.YEAR)), []),
        (indicator(direction=Direction.HOLD), []),
        # stages 1 and 2 of 3: stairs from none on the day of the commitment
        (
            indicator(
                direction=Direction.REACH,
                target=target(3, waypoints=(waypoint(200, 1), waypoint(500, 2))),
                **NO_BASE,
            ),
            [(0, 0), (200, 0), (200, 1), (500, 1), (500, 2), (1000, 2), (1000, 3)],
        ),
        (indicator(direction=Direction.REACH, target=target(1, None)), []),
    ],
)
def test_the_line_of_the_chart(facts: IndicatorFacts, points: list[tuple[int, int]]) -> None:
    assert expected_line(facts) == [(day(number), Decimal(figure)) for number, figure in points]


def test_the_line_runs_from_the_first_day_of_the_baseline_to_the_last_of_the_target() -> None:
    facts = indicator(
        target=TargetFact(
            Decimal(90),
            date=PartialDate.parse("2026"),
            waypoints=(WaypointFact(PartialDate.parse("2025-Q1"), Decimal(30)),),
        )
    )
    assert expected_line(facts) == [
        (date(2024, 1, 1), Decimal(0)),
        (date(2025, 3, 31), Decimal(30)),
        (date(2026, 12, 31), Decimal(90)),
    ]


@pytest.mark.parametrize(
    ("facts", "refused"),
    [
        (indicator(target=BENT), []),
        (indicator(target=target(waypoints=(waypoint(400, 500), waypoint(600, 400)))), [600]),  # falls back
        (indicator(target=target(waypoints=(waypoint(400, -1),))), [400]),  # below the baseline
        (indicator(target=target(waypoints=(waypoint(400, 1001),))), [400]),  # beyond the target
        (indicator(target=target(waypoints=(waypoint(400, 0), waypoint(600, 1000)))), []),  # level is no fall
        (indicator(target=target(waypoints=(waypoint(0, 10), waypoint(1000, 10)))), [0, 1000]),  # outside the time
        (indicator(target=target(path=Path.STEP, waypoints=(waypoint(400, 500),))), [400]),
        (indicator(baseline=baseline(50), target=target(30, waypoints=(waypoint(9, 40),)), **DECREASE), []),
        (indicator(baseline=baseline(50), target=target(30, waypoints=(waypoint(9, 60),)), **DECREASE), [9]),
        (indicator(target=None), []),
    ],
)
def test_waypoints_that_run_against_the_direction_are_refused(facts: IndicatorFacts, refused: list[int]) -> None:
    assert [waypoint.date for waypoint in refused_waypoints(facts)] == [exactly(number) for number in refused]


def test_a_target_has_a_figure() -> None:
    with pytest.raises(ValueError, match="A target needs a value or a range"):
        TargetFact(qualifier=Qualifier.RANGE)
