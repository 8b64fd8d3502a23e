"""What a chart is made from: values at days, and every word, passed in. Knows no indicators and no language."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from commitments.charts.scales import DayLabel

Corner = tuple[date, Decimal]


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
class Revised:
    """What held until a day: the corners of the path expected then, and its target where that one was replaced."""

    until: date
    expected: tuple[Point, ...] = ()
    target: Point | None = None


@dataclass(frozen=True, slots=True)
class Trajectory:
    """What is drawn. Days of low precision come as the day they stand for in the arithmetic.

    `expected` has the corners of the agreed path, its start (the baseline) first; with `steps` nothing is expected
    until each next corner's day. `level` is a target without a day. `revised` is what held before, oldest first: up to
    its day the old path is the expected one, from then on the next; the rest of the old path stays faintly visible.
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
    revised: tuple[Revised, ...] = ()
    from_zero: bool = True
    whole: bool = True
    tolerance: Decimal = Decimal("0.10")

    @property
    def is_a_line(self) -> bool:
        """Whether there are two values to join: with one, the page shows a number instead."""
        return len({point.on for point in self.values if point.value is not None}) >= 2

    @property
    def has_a_value(self) -> bool:
        """Whether there is a dated value to find a place for: reported, expected or aimed at."""
        aims = [self.target, *(era.target for era in self.revised)]
        marks = [*self.values, *self.expected, *(point for era in self.revised for point in era.expected)]
        return any(point is not None and point.value is not None for point in (*marks, *aims))

    @property
    def values(self) -> list[Point]:
        """The line, oldest first: the values, and the baseline where no value speaks of its day."""
        taken = {point.on for point in self.points if point.value is not None}
        start = [self.baseline] if self.baseline and self.baseline.on not in taken else []
        return sorted([*start, *self.points], key=lambda point: point.on)

    @property
    def path(self) -> list[Corner]:
        """The corners of the path expected since the last revision, steps written out."""
        return self._written_out(self.expected)

    @property
    def stretches(self) -> list[tuple[list[Corner], Corner]]:
        """What was expected from when to when, oldest first: the corners of each stretch, and the start of its path."""
        found, since = [], None
        for era in self.revised:
            whole = self._written_out(era.expected)
            if whole and (since is None or since < era.until):
                found.append((before(after(whole, since), era.until), whole[0]))
            since = era.until
        whole = self.path
        if whole:
            found.append((after(whole, since), whole[0]))
        return [(corners, start) for corners, start in found if corners]

    @property
    def left_behind(self) -> list[list[Corner]]:
        """The paths since revised, from the day of the revision on."""
        paths = [after(self._written_out(era.expected), era.until) for era in self.revised]
        return [path for path in paths if len(path) > 1]

    def _written_out(self, points: tuple[Point, ...]) -> list[Corner]:
        corners = [(point.on, point.value) for point in points if point.value is not None]
        if not self.steps:
            return corners
        stairs = [((day, value_before), (day, value)) for (_, value_before), (day, value) in pairwise(corners)]
        return [*corners[:1], *(corner for stair in stairs for corner in stair)]


def before(path: list[Corner], day: date) -> list[Corner]:
    """A path up to a day; after its end it stays level, before its beginning there is none of it."""
    if not path or day <= path[0][0]:
        return []
    return [*(corner for corner in path if corner[0] < day), (day, _level(path, day, arriving=True))]


def after(path: list[Corner], day: date | None) -> list[Corner]:
    """A path from a day on; before its beginning it is level."""
    if day is None or not path:
        return path
    return [(day, _level(path, day)), *(corner for corner in path if corner[0] > day)]


def _level(path: list[Corner], day: date, *, arriving: bool = False) -> Decimal:
    """The value of a path on a day; where it steps on that very day, the one before the step or after it."""
    if day < path[0][0]:
        return path[0][1]
    if not arriving and any(corner[0] == day for corner in path):
        return [value for corner, value in path if corner == day][-1]
    for (left, low), (right, high) in pairwise(path):
        if left < day <= right:
            return low + (high - low) * (day - left).days / (right - left).days
    return path[-1][1] if day > path[0][0] else path[0][1]


@dataclass(frozen=True, slots=True)
class Words:
    """Everything a person reads in the chart. `latest` and `target` are labels: "2,600 in Jun 2026".

    `revised` are the labels of the targets that were replaced, one for each of `Trajectory.revised`, empty for none.
    """

    title: str
    description: str
    number: Callable[[Decimal], str]
    day: DayLabel
    latest: str = ""
    target: str = ""
    expected: str = ""
    today: str = ""
    revised: tuple[str, ...] = ()
    #: Of the title, where that is not in the language of the page.
    title_language: str = ""
