"""The frame of one trajectory drawing: its paper, its scales, and where every line runs."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from commitments.charts.labels import text_width, wrapped
from commitments.charts.scales import MOST_LINES, Scale, day_lines, value_lines
from commitments.charts.series import Point, Trajectory, Words

Corner = tuple[float, float]

#: Today may stretch the time axis by this share of the time the data cover; a later day is left off the chart.
TODAY_REACH = 0.5
LINE_HEIGHT = 1.22


@dataclass(frozen=True, slots=True)
class Size:
    """The paper of one drawing, in its own units, and its two letter sizes."""

    width: int
    height: int
    name: str
    longest_label: float
    axis: float = 13
    label: float = 14


#: Letters keep 11.5 pixels on the screen down to a room of 531 and 292 pixels; the broad one is for whole pages.
WIDE = Size(600, 290, "wide", longest_label=360)
BROAD = Size(820, 310, "broad", longest_label=420)
NARROW = Size(330, 260, "narrow", longest_label=290)


@dataclass(frozen=True, slots=True)
class Plot:
    """Scales, grid and lines in the units of the paper."""

    size: Size
    x: Scale
    y: Scale
    rows: list[tuple[float, str]]
    columns: list[tuple[float, str]]
    stretches: list[list[Corner]]
    wedges: list[list[Corner]]
    earlier: list[list[Corner]]
    earlier_targets: list[tuple[Corner, list[str]]]
    runs: list[list[Corner]]
    today: float | None
    target: Corner | None
    level: float | None
    target_lines: list[str]

    @property
    def path(self) -> list[Corner]:
        """What was and is expected, as one line: it steps where it was revised."""
        return [corner for stretch in self.stretches for corner in stretch]

    @classmethod
    def of(cls, chart: Trajectory, says: Words, size: Size, *, room: float = 0.0) -> "Plot":
        """Lay the paper out, with more room for words above where asked. Raises ValueError without a dated value."""
        days, (low, high) = days_of(chart), range_of(chart)
        lines = _target_lines(chart, says, size)
        top, bottom = 22 + room + len(lines) * size.label * LINE_HEIGHT, size.height - 34.0
        rows = [(value, says.number(value)) for value in value_lines(low, high, chart.whole, _most(bottom - top, size))]
        left = max(34.0, 10 + max(text_width(text, size.axis, tabular=True) for _, text in rows))
        x = Scale(Decimal(days[0].toordinal()), Decimal(days[1].toordinal()), left, size.width - 26.0)
        y = Scale(low, high, bottom, top)
        columns = day_lines(*days, x.end - x.start, says.day, lambda text: text_width(text, size.axis, tabular=True))
        stretches = chart.stretches
        if stretches:
            corners, start = stretches[-1]
            stretches[-1] = (_to_the_end(corners, days[1]), start)
        tolerated = [(corners, _tolerated(corners, start, chart.tolerance)) for corners, start in stretches]

        def at(day: date, value: Decimal) -> Corner:
            return x(day.toordinal()), y(value)

        return cls(
            size=size,
            x=x,
            y=y,
            rows=[(y(value), text) for value, text in rows],
            columns=[(x(day.toordinal()), text) for day, text in columns],
            stretches=[[at(*corner) for corner in corners] for corners, _ in stretches],
            wedges=[
                [at(*corner) for corner in (*corners, *reversed(behind))] for corners, behind in tolerated if behind
            ],
            earlier=[[at(*corner) for corner in corners] for corners in chart.left_behind],
            earlier_targets=[(at(*corner), lines) for corner, lines in _replaced(chart, says, size)],
            runs=[[at(*corner) for corner in run] for run in runs_of(chart.values)],
            today=x(chart.today.toordinal()) if chart.today and days[0] <= chart.today <= days[1] else None,
            target=at(chart.target.on, chart.target.value) if chart.target and chart.target.value is not None else None,
            level=y(chart.level) if chart.level is not None else None,
            target_lines=lines,
        )


def _most(room: float, size: Size) -> int:
    """How many labelled lines there is room for: their labels never touch."""
    return max(2, min(MOST_LINES, int(room / (size.axis * 1.4)) + 1))


def _target_lines(chart: Trajectory, says: Words, size: Size) -> list[str]:
    if not says.target or (chart.target is None and chart.level is None):
        return []
    return wrapped(says.target, size.label, size.longest_label)


def _replaced(chart: Trajectory, says: Words, size: Size) -> list[tuple[tuple[date, Decimal], list[str]]]:
    """The targets that were replaced, each with the lines of its label."""
    texts = [*says.revised, *("" for _ in chart.revised)]
    return [
        ((era.target.on, era.target.value), wrapped(text, size.axis, size.longest_label * 0.6) if text else [])
        for era, text in zip(chart.revised, texts, strict=False)
        if era.target is not None and era.target.value is not None
    ]


def days_of(chart: Trajectory) -> tuple[date, date]:
    """The first and the last day of the paper."""
    days = sorted(point.on for point in _marks(chart) if point.value is not None)
    if not days:
        raise ValueError("A chart needs at least one dated value.")
    first, last = days[0], days[-1]
    if first == last:
        # Half a year on both sides, where the calendar has them.
        room = min(timedelta(days=183), first - date.min, date.max - last)
        first, last = first - room, last + room
    reach = (last - first).days * TODAY_REACH
    if chart.today and -reach <= (chart.today - first).days and (chart.today - last).days <= reach:
        return min(first, chart.today), max(last, chart.today)
    return first, last


def range_of(chart: Trajectory) -> tuple[Decimal, Decimal]:
    """The least and the greatest value of the paper."""
    values = [point.value for point in _marks(chart) if point.value is not None]
    values += [chart.level] if chart.level is not None else []
    values += [Decimal(0)] if chart.from_zero else []
    low, high = min(values), max(values)
    if low == high:
        return (low, high + 1) if chart.from_zero else (low - 1, high + 1)
    return (low, high) if chart.from_zero else (low - (high - low) / 16, high)


def _marks(chart: Trajectory) -> list[Point]:
    """Every point that must find room on the paper."""
    marks = [*chart.values, *chart.expected, *([chart.target] if chart.target else [])]
    for era in chart.revised:
        marks += [*era.expected, *([era.target] if era.target else [])]
    return marks


def _to_the_end(path: list[tuple[date, Decimal]], last: date) -> list[tuple[date, Decimal]]:
    """After the target's day the target stays expected."""
    return [*path, (last, path[-1][1])] if path and path[-1][0] < last else path


def _tolerated(
    path: list[tuple[date, Decimal]], begins: tuple[date, Decimal], tolerance: Decimal
) -> list[tuple[date, Decimal]]:
    """The values that still count as on the path: a share of the way from where it begins."""
    start = begins[1]
    if all(value == start for _, value in path):
        return []
    return [(day, start + (1 - tolerance) * (value - start)) for day, value in path]


def runs_of(values: list[Point]) -> list[list[tuple[date, Decimal]]]:
    """The values in unbroken stretches: a missing one breaks the line."""
    runs: list[list[tuple[date, Decimal]]] = [[]]
    for point in values:
        if point.value is None:
            runs.append([])
        else:
            runs[-1].append((point.on, point.value))
    return [run for run in runs if run]
