"""The figures of an indicator as a line, and that line in short: kept beside the status of its commitment."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from commitments.charts.series import Point, Revised, Trajectory
from commitments.indicators.enums import Counting, Path
from commitments.indicators.eras import Era, eras_of
from commitments.indicators.facts import IndicatorFacts
from commitments.indicators.path import expected_line, target_day, target_figure
from commitments.indicators.queries import IndicatorReading
from commitments.indicators.series import points_judged

#: More points than this are not seen in the height of a line of text: some of those between are left out.
MOST_POINTS = 60


@dataclass(frozen=True, slots=True)
class Curve:
    """A line in short: the values, oldest first, and the corners of what was expected."""

    values: tuple[Point, ...]
    expected: tuple[Point, ...]

    def stored(self) -> list[list[list[str | None]]]:
        """As it is kept: days and exact figures, as text."""
        return [[[str(at.on), _text(at.value)] for at in points] for points in (self.values, self.expected)]


def line_of(
    facts: IndicatorFacts, on: date, eras: Sequence[Era] = (), squares: frozenset[date] = frozenset()
) -> Trajectory:
    """These facts as a line, with no word and no unit yet; `squares` are the days whose figures were corrected."""
    figure, day = target_figure(facts), target_day(facts)
    baseline = facts.baseline
    start = None
    if baseline is not None and baseline.value is not None:
        value = Decimal(0) if facts.counting is Counting.FLOW else baseline.value
        start = Point(baseline.date.first_day, value)
    stepped = facts.target is not None and facts.target.path is Path.STEP
    return Trajectory(
        points=tuple(replace(point, revised=point.on in squares) for point in _points(facts, on)),
        baseline=start,
        expected=_corners(facts),
        steps=stepped,
        target=Point(day, figure) if figure is not None and day is not None else None,
        level=figure if figure is not None and day is None else None,
        today=on,
        revised=tuple(_revised(era) for era in eras),
        tolerance=1 - facts.thresholds.on_track_from,
    )


def shortened(chart: Trajectory) -> Curve | None:
    """A line in short; None where there are no two values to join."""
    if not chart.is_a_line:
        return None
    expected = tuple(Point(day, value) for corners, _ in chart.stretches for day, value in corners)
    return Curve(_fewer(chart.values), expected)


def curve_of(reading: IndicatorReading, on: date) -> Curve | None:
    """The figures that an indicator is judged by, in short."""
    return shortened(line_of(reading.facts, on, eras_of(reading)))


def read_curve(stored: Any) -> Curve | None:
    """What `Curve.stored` gave; None where nothing was kept."""
    if not stored:
        return None
    values, expected = (
        tuple(Point(date.fromisoformat(day), None if value is None else Decimal(value)) for day, value in points)
        for points in stored
    )
    return Curve(values, expected)


def _fewer(points: Sequence[Point]) -> tuple[Point, ...]:
    """As many as can be seen, at even steps back from the last; the first is always there."""
    step = -(-len(points) // MOST_POINTS)
    last = len(points) - 1
    return tuple(point for place, point in enumerate(points) if not place or not (last - place) % step)


def _text(value: Decimal | None) -> str | None:
    return None if value is None else f"{value.normalize():f}"


def _corners(facts: IndicatorFacts) -> tuple[Point, ...]:
    return tuple(Point(day, value) for day, value in expected_line(facts))


def _revised(era: Era) -> Revised:
    """What held until a day, as the chart takes it."""
    figure, day = target_figure(era.facts), target_day(era.facts)
    is_marked = era.target is not None and figure is not None and day is not None
    return Revised(era.until, _corners(era.facts), Point(day, figure) if is_marked and day is not None else None)


def _points(facts: IndicatorFacts, on: date) -> list[Point]:
    judged = points_judged(facts, on).points
    if judged:
        return [Point(point.day, point.figure(facts.direction)) for point in judged]
    return [Point(fact.as_of.last_day, fact.low) for fact in facts.measurements if fact.as_of and fact.low is not None]
