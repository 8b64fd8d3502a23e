"""What a chart is made from: values at days, and every word, passed in. Knows no indicators and no language."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from commitments.charts.scales import DayLabel


@dataclass(frozen=True, slots=True)
class Point:
    """A value at a day; no value where one was due and none came: the line has a gap there."""

    on: date
    value: Decimal | None
    revised: bool = False

    def __post_init__(self) -> None:
        if self.value is not None and not self.value.is_finite():
            raise ValueError("A point needs a finite value.")


@dataclass(frozen=True, slots=True)
class Trajectory:
    """What is drawn. Days of low precision come as the day they stand for in the arithmetic.

    `expected` has the corners of the agreed path, its start (the baseline) first; with `steps` nothing is expected
    until each next corner's day. `level` is a target without a day. `earlier_paths` are paths since revised.
    `tolerance` is the share of the way that may be missing before a value counts as behind: the shaded wedge. For a
    number that should fall the wedge comes to lie above the path by itself.
    """

    points: tuple[Point, ...] = ()
    baseline: Point | None = None
    expected: tuple[Point, ...] = ()
    steps: bool = False
    target: Point | None = None
    level: Decimal | None = None
    today: date | None = None
    earlier_paths: tuple[tuple[Point, ...], ...] = ()
    from_zero: bool = True
    whole: bool = True
    tolerance: Decimal = Decimal("0.10")

    @property
    def is_a_line(self) -> bool:
        """Whether there are two values to join: with one, the page shows a number instead."""
        return len({point.on for point in self.values if point.value is not None}) >= 2

    @property
    def values(self) -> list[Point]:
        """The line, oldest first: the values, and the baseline where no value speaks of its day."""
        taken = {point.on for point in self.points if point.value is not None}
        start = [self.baseline] if self.baseline and self.baseline.on not in taken else []
        return sorted([*start, *self.points], key=lambda point: point.on)

    @property
    def path(self) -> list[tuple[date, Decimal]]:
        """The corners of the expected path, steps written out."""
        corners = [(point.on, point.value) for point in self.expected if point.value is not None]
        if not self.steps:
            return corners
        stairs = [((after, before_value), (after, value)) for (_, before_value), (after, value) in pairwise(corners)]
        return [*corners[:1], *(corner for stair in stairs for corner in stair)]


@dataclass(frozen=True, slots=True)
class Words:
    """Everything a person reads in the chart. `latest` and `target` are labels: "2,600 in Jun 2026"."""

    title: str
    description: str
    number: Callable[[Decimal], str]
    day: DayLabel
    latest: str = ""
    target: str = ""
    expected: str = ""
    today: str = ""
