"""Small multiples: many charts of one kind beside each other, all over the same days, each with its own values.

Hidden from screen readers: the figure, its date and the sentence of the status stand beside each.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from django.utils.safestring import SafeString

from commitments.charts.labels import text_width, wrapped
from commitments.charts.plot import Corner, days_of, range_of, runs_of
from commitments.charts.scales import Scale
from commitments.charts.series import Trajectory
from commitments.charts.svg import PAPER, drawn, path, px, words

WIDTH, HEIGHT = 232, 108
LEFT, RIGHT, TOP, BOTTOM, LETTERS = 2.0, 223.0, 26.0, 87.0, 12


@dataclass(frozen=True, slots=True)
class Frame:
    """What charts beside each other share: the days from left to right, and the words at both ends.

    `values` are shared by charts of the same indicator alone; others have a range of their own.
    """

    first: date
    last: date
    ends: tuple[str, str]
    values: tuple[Decimal, Decimal] | None = None


def days_together(charts: Sequence[Trajectory]) -> tuple[date, date] | None:
    """The first and the last day of all charts; None where none of them has a dated value."""
    spans = [days_of(chart) for chart in charts if chart.has_a_value]
    return (min(first for first, _ in spans), max(last for _, last in spans)) if spans else None


def values_together(charts: Sequence[Trajectory]) -> tuple[Decimal, Decimal] | None:
    """The least and the greatest value of all charts."""
    ranges = [range_of(chart) for chart in charts if chart.has_a_value]
    return (min(low for low, _ in ranges), max(high for _, high in ranges)) if ranges else None


def multiple(chart: Trajectory, frame: Frame, *, top: str = "") -> SafeString:
    """One of them: line, expected path, target, today; `top` is the word at the upper rule.

    Nothing is drawn of a chart without a line: a value alone is a number.
    """
    if not chart.is_a_line:
        return drawn()
    x = Scale(Decimal(frame.first.toordinal()), Decimal(frame.last.toordinal()), LEFT + 5, RIGHT)
    low, high = frame.values or range_of(chart)
    y = Scale(low, high, BOTTOM, TOP)
    return drawn(
        f'<svg class="ch ch-small" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" aria-hidden="true" '
        'focusable="false" fill="none">',
        *_frame(frame, top),
        *_today(chart, frame, x),
        *_expected(chart, x, y),
        *_values(chart, x, y),
        "</svg>",
    )


def beside_each_other(told: Sequence[tuple[str, str, str]], *, width: int, height: int) -> str:
    """Small charts with a name and a figure over each, inside another drawing: as large as all of them leave room for.

    One without a chart, an empty text, has its figure alone.
    """
    tall = HEIGHT + 40
    columns = max(range(1, len(told) + 1), key=lambda number: _scale(number, len(told), tall, width, height), default=1)
    scale = min(_scale(columns, len(told), tall, width, height), 1.0)
    parts = []
    for place, (name, figure, drawing) in enumerate(told):
        x, y = place % columns * (WIDTH + 24) * scale, place // columns * (tall + 12) * scale
        (short,) = wrapped(name, 15, WIDTH, most=1)
        (said,) = wrapped(figure, 14, WIDTH, most=1)
        parts.append(
            f'<g transform="translate({px(x)} {px(y)}) scale({scale:.3f})">'
            f'<text class="ch-lane" y="14" font-size="15" font-weight="600" fill="{PAPER["ink"]}">{words(short)}</text>'
            f'<text class="ch-axis" y="33" font-size="14" fill="{PAPER["ink"]}">{words(said)}</text>'
            f'<g transform="translate(0 40)">{drawing}</g></g>'
        )
    return "".join(parts)


def _scale(columns: int, number: int, tall: int, width: int, height: int) -> float:
    """How large charts may be drawn in so many columns."""
    lines = -(-number // columns)
    return min((width + 24) / (columns * (WIDTH + 24)), (height + 12) / (lines * (tall + 12)))


def highest(chart: Trajectory, frame: Frame) -> Decimal:
    """The value at the upper rule."""
    return (frame.values or range_of(chart))[1]


def _frame(frame: Frame, top: str) -> Iterator[str]:
    yield f'<path class="ch-grid" d="M{px(LEFT)} {px(TOP)}H{px(RIGHT)}M{px(LEFT)} {px(BOTTOM)}H{px(RIGHT)}" '
    yield f'stroke="{PAPER["line"]}"/><g class="ch-axis" font-size="{LETTERS}" fill="{PAPER["muted"]}">'
    if top:
        yield f'<text x="{px(LEFT)}" y="{px(TOP - 9)}">{words(top)}</text>'
    first, last = frame.ends
    yield f'<text x="{px(LEFT)}" y="{px(BOTTOM + 16)}">{words(first)}</text>'
    if text_width(first + last, LETTERS, tabular=True) + 8 <= RIGHT - LEFT:
        yield f'<text x="{px(RIGHT)}" y="{px(BOTTOM + 16)}" text-anchor="end">{words(last)}</text>'
    yield "</g>"


def _today(chart: Trajectory, frame: Frame, x: Scale) -> Iterator[str]:
    if chart.today and frame.first <= chart.today <= frame.last:
        place = px(x(chart.today.toordinal()))
        yield f'<path class="ch-today" d="M{place} {px(TOP)}V{px(BOTTOM)}" stroke="{PAPER["line-strong"]}"/>'


def _expected(chart: Trajectory, x: Scale, y: Scale) -> Iterator[str]:
    stretches = [[(x(day.toordinal()), y(value)) for day, value in corners] for corners, _ in chart.stretches]
    line = "".join(path(corners) for corners in stretches if len(corners) > 1)
    # A target that was revised is joined to the next by a step.
    steps = "".join(path([before[-1], after[0]]) for before, after in pairwise(stretches) if before and after)
    if line:
        yield f'<path class="ch-expected" d="{line}{steps}" stroke="{PAPER["muted"]}" stroke-width="1.4" '
        yield 'stroke-dasharray="4 3"/>'
    if chart.level is not None:
        yield f'<path class="ch-level" d="M{px(LEFT)} {px(y(chart.level))}H{px(RIGHT)}" stroke="{PAPER["ink"]}"/>'
    if chart.target is not None and chart.target.value is not None:
        left, up = x(chart.target.on.toordinal()), y(chart.target.value)
        yield f'<path class="ch-target" d="M{px(left)} {px(up - 5.5)}l5.5 5.5-5.5 5.5-5.5-5.5Z" '
        yield f'fill="{PAPER["surface"]}" stroke="{PAPER["ink"]}" stroke-width="1.6"/>'


def _values(chart: Trajectory, x: Scale, y: Scale) -> Iterator[str]:
    runs: list[list[Corner]] = [[(x(day.toordinal()), y(value)) for day, value in run] for run in runs_of(chart.values)]
    line = "".join(path(run) if len(run) > 1 else f"{path(run)}h0" for run in runs)
    yield f'<path class="ch-line" d="{line}" stroke="{PAPER["brand"]}" stroke-width="2.2" stroke-linejoin="round" '
    yield f'stroke-linecap="round"/><g class="ch-last" fill="{PAPER["brand"]}" stroke="{PAPER["surface"]}" '
    left, up = runs[-1][-1]
    yield f'stroke-width="1.6"><circle cx="{px(left)}" cy="{px(up)}" r="4.4"/></g>'
