"""The sparkline: the shape of a series in the height of a line of text.

Hidden from screen readers: the sentence beside it says "up from 36,000 to 41,200".
"""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.safestring import SafeString

from commitments.charts.scales import Scale
from commitments.charts.series import Point
from commitments.charts.svg import PAPER, drawn, path, px

WIDTH, HEIGHT, MARGIN = 96, 28, 5.0


def sparkline(points: Sequence[Point], expected: Sequence[Point] = ()) -> SafeString:
    """Values oldest first; one without a value breaks the line. Nothing is drawn where there is no value at all."""
    known = [(point.on.toordinal(), point.value) for point in (*points, *expected) if point.value is not None]
    if not any(point.value is not None for point in points):
        return drawn()
    days, values = [day for day, _ in known], [value for _, value in known]
    x = Scale(Decimal(min(days)), Decimal(max(days)), MARGIN, WIDTH - MARGIN)
    y = Scale(min(values), max(values), HEIGHT - MARGIN, MARGIN)
    runs: list[list[tuple[float, float]]] = [[]]
    for point in sorted(points, key=lambda point: point.on):
        if point.value is None:
            runs.append([])
        else:
            runs[-1].append((x(point.on.toordinal()), y(point.value)))
    path_ = [(x(point.on.toordinal()), y(point.value)) for point in expected if point.value is not None]
    last = [run for run in runs if run][-1][-1]
    return drawn(
        f'<svg class="ch-spark" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" aria-hidden="true" '
        'fill="none">',
        _dashed(path_),
        f'<path class="ch-ink" d="{"".join(_line(run) for run in runs if run)}" stroke="{PAPER["ink"]}" '
        'stroke-width="2" stroke-linejoin="round" stroke-linecap="round"/>',
        f'<circle class="ch-ink-dot" cx="{px(last[0])}" cy="{px(last[1])}" r="3.2" fill="{PAPER["ink"]}"/></svg>',
    )


def _line(run: list[tuple[float, float]]) -> str:
    """A stretch of the line; a value alone between two gaps becomes a dot, as a line of no length with round ends."""
    return path(run) if len(run) > 1 else f"{path(run)}h0"


def _dashed(corners: list[tuple[float, float]]) -> str:
    if len(corners) < 2:
        return ""
    return (
        f'<path class="ch-expected" d="{path(corners)}" stroke="{PAPER["muted"]}" stroke-width="1.2" '
        'stroke-dasharray="3 3"/>'
    )
