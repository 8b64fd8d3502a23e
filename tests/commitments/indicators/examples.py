"""The example that the worked tests share: from 0 to 1,000 in 1,000 days, so that one a day is expected.

Day 0 is 1 January 2024; day 1,000 is 27 September 2026 (366 + 365 + 269). What is expected on day n is n.
"""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from commitments.formats.partial import PartialDate
from commitments.indicators.enums import Counting, Direction, Qualifier, Reason, Status
from commitments.indicators.facts import BaselineFact, IndicatorFacts, MeasurementFact, Result, TargetFact, WaypointFact

Verdict = tuple[int, Status, Reason]

STOCK: dict[str, Any] = {"counting": Counting.STOCK}
DECREASE: dict[str, Any] = {"direction": Direction.DECREASE}

NO_TARGET: Verdict = (2, Status.NO_DATA, Reason.NO_TARGET)
NO_BASELINE: Verdict = (2, Status.NO_DATA, Reason.NO_BASELINE)
NOT_COMPARABLE: Verdict = (2, Status.NO_DATA, Reason.NOT_COMPARABLE)
ONLY_WORDS: Verdict = (2, Status.NO_DATA, Reason.ONLY_WORDS)
REACHED_BY: Verdict = (3, Status.FULFILLED, Reason.REACHED_BY)
REACHED_LATE: Verdict = (3, Status.FULFILLED, Reason.REACHED_LATE)
DAY_UNKNOWN: Verdict = (3, Status.FULFILLED, Reason.REACHED_DAY_UNKNOWN)
REACHED_EARLY: Verdict = (3, Status.ON_TRACK, Reason.REACHED_EARLY)
NO_DATE: Verdict = (4, Status.NO_DATA, Reason.NO_DATE)
NO_FIGURE: Verdict = (6, Status.NO_DATA, Reason.NO_FIGURE)
END_MISSING: Verdict = (7, Status.NO_DATA, Reason.END_FIGURE_MISSING)
NOT_REACHED: Verdict = (8, Status.OFF_TRACK, Reason.NOT_REACHED)
AS_EXPECTED: Verdict = (9, Status.ON_TRACK, Reason.AS_EXPECTED)
EARLY: Verdict = (9, Status.ON_TRACK, Reason.EARLY)
FAR_BEHIND: Verdict = (10, Status.OFF_TRACK, Reason.FAR_BEHIND)
WORSE: Verdict = (10, Status.OFF_TRACK, Reason.WORSE_THAN_BASELINE)
BEHIND: Verdict = (11, Status.AT_RISK, Reason.BEHIND)
NOTHING_EXPECTED: Verdict = (9, Status.ON_TRACK, Reason.NOTHING_EXPECTED)
NEARLY: Verdict = (12, Status.ON_TRACK, Reason.NEARLY_AS_EXPECTED)
NO_BASE: dict[str, Any] = {"baseline": None}


def day(number: int) -> date:
    """Day of the example."""
    return date(2024, 1, 1) + timedelta(days=number)


def exactly(number: int) -> PartialDate:
    """Day of the example as a date known to the day."""
    return PartialDate(day(number))


def value(number: int, figure: str | int | None, qualifier: str = "exact", **more: Any) -> MeasurementFact:
    """Make a figure that speaks of a day of the example."""
    printed = None if figure is None else Decimal(figure)
    return MeasurementFact(exactly(number), printed, qualifier=Qualifier(qualifier), **more)


def between(number: int, low: int, high: int) -> MeasurementFact:
    """Make a range that speaks of a day of the example."""
    return MeasurementFact(exactly(number), value_min=Decimal(low), value_max=Decimal(high), qualifier=Qualifier.RANGE)


def period(start: int, end: int, amount: str | int, qualifier: str = "exact", **more: Any) -> MeasurementFact:
    """Make the amount of a period of the example, both days included."""
    return value(end, amount, qualifier, period_start=day(start), **more)


def baseline(figure: str | int | None = 0, number: int = 0) -> BaselineFact:
    """Make a baseline."""
    return BaselineFact(None if figure is None else Decimal(figure), exactly(number))


def target(figure: str | int = 1000, number: int | None = 1000, qualifier: str = "exact", **more: Any) -> TargetFact:
    """Make a target; undated with None for the day."""
    due = None if number is None else exactly(number)
    return TargetFact(Decimal(figure), qualifier=Qualifier(qualifier), date=due, **more)


def waypoint(number: int, figure: int) -> WaypointFact:
    """Make an agreed interim target."""
    return WaypointFact(exactly(number), Decimal(figure))


def indicator(*measurements: MeasurementFact, **changes: Any) -> IndicatorFacts:
    """Make the example with these figures and changes."""
    example = IndicatorFacts(
        direction=Direction.INCREASE,
        counting=Counting.CUMULATIVE,
        baseline=baseline(),
        target=target(),
        measurements=measurements,
        made_on=exactly(0),
    )
    return replace(example, **changes)


def verdict(result: Result) -> Verdict:
    """Take what a rule decided out of a result."""
    return result.rule, result.status, result.reason
