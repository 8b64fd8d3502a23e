"""The trajectory chart: where a number stood, stands and should stand, drawn from back to front."""

from collections.abc import Iterator
from itertools import pairwise

from django.utils.safestring import SafeString

from commitments.charts.labels import Box, Paper, Placed, Spot, text_width, wrapped
from commitments.charts.plot import LINE_HEIGHT, NARROW, WIDE, Corner, Plot, Size
from commitments.charts.series import Trajectory, Words
from commitments.charts.svg import PAPER, drawn, ident, path, px, words

#: Beyond so many values the line goes without a dot for each.
MANY_POINTS = 30
#: How far along the expected path its word may stand, best first: beyond the latest value, where the line is alone.
_ALONG = (0.8, 0.68, 0.9, 0.55, 0.42, 0.3, 0.18)


def trajectory_pair(chart: Trajectory, says: Words, *, id: str) -> SafeString:  # noqa: A002
    """Both drawings; the style sheet shows the one that fits the room. `id` must be unique on the page."""
    wide = trajectory(chart, says, id=f"{id}-wide", size=WIDE)
    narrow = trajectory(chart, says, id=f"{id}-narrow", size=NARROW)
    return drawn('<div class="ch-pair">', wide, narrow, "</div>")


def trajectory(chart: Trajectory, says: Words, *, id: str, size: Size = WIDE) -> SafeString:  # noqa: A002
    """One drawing. Raises ValueError without a single dated value, or for an id that is none."""
    name = ident(id)
    plot = Plot.of(chart, says, size)
    return drawn(
        f'<svg class="ch ch-{size.name}" viewBox="0 0 {size.width} {size.height}" width="{size.width}" '
        f'height="{size.height}" role="img" aria-labelledby="{name}-title {name}-desc" fill="none">'
        f'<title id="{name}-title">{words(says.title)}</title>'
        f'<desc id="{name}-desc">{words(says.description)}</desc>',
        *_grid(plot),
        *_expectation(plot),
        *_line(chart, plot),
        *_target(plot),
        *_labels(says, plot),
        "</svg>",
    )


def _grid(plot: Plot) -> Iterator[str]:
    """Horizontal lines, a short tick for each labelled day, and the labels of both axes."""
    left, right, bottom = plot.x.start, plot.x.end, plot.y.start
    rules = "".join(f"M{px(left)} {px(y)}H{px(right)}" for y, _ in plot.rows)
    ticks = "".join(f"M{px(x)} {px(bottom)}v5" for x, _ in plot.columns)
    yield f'<path class="ch-grid" d="{rules}{ticks}" stroke="{PAPER["line"]}"/>'
    yield f'<g class="ch-axis" font-size="{plot.size.axis:g}" fill="{PAPER["muted"]}">'
    for y, text in plot.rows:
        yield f'<text x="{px(left - 8)}" y="{px(y + 4.5)}" text-anchor="end">{words(text)}</text>'
    for x, text in plot.columns:
        half = text_width(text, plot.size.axis, tabular=True) / 2
        inside = min(max(x, half + 2), plot.size.width - half - 2)
        yield f'<text x="{px(inside)}" y="{px(bottom + 21)}" text-anchor="middle">{words(text)}</text>'
    yield "</g>"


def _expectation(plot: Plot) -> Iterator[str]:
    """The wedge between the tolerated and the expected, paths since revised, the path itself, today."""
    if plot.wedges:
        wedge = "".join(f"{path(corners)}Z" for corners in plot.wedges)
        yield f'<path class="ch-wedge" d="{wedge}" fill="{PAPER["atrisk"]}" fill-opacity=".16"/>'
    for corners in plot.earlier:
        line = f'd="{path(corners)}" stroke="{PAPER["line-strong"]}"'
        yield f'<path class="ch-earlier" {line} stroke-dasharray="1 4" stroke-width="1.6" stroke-linecap="round"/>'
    if plot.path:
        yield (
            f'<path class="ch-expected" d="{path(plot.path)}" stroke="{PAPER["muted"]}" '
            'stroke-width="1.6" stroke-dasharray="5 4"/>'
        )
    if plot.level is not None:
        yield (
            f'<path class="ch-level" d="M{px(plot.x.start)} {px(plot.level)}H{px(plot.x.end)}" '
            f'stroke="{PAPER["ink"]}" stroke-width="1.6"/>'
        )
    if plot.today is not None:
        yield (
            f'<path class="ch-today" d="M{px(plot.today)} {px(plot.y.end)}V{px(plot.y.start)}" '
            f'stroke="{PAPER["line-strong"]}"/>'
        )


def _line(chart: Trajectory, plot: Plot) -> Iterator[str]:
    """The values: a line broken where one is missing, hollow dots, hollow squares for revised ones, a solid last."""
    if not plot.runs:
        return
    line = "".join(path(run) for run in plot.runs if len(run) > 1)
    if line:
        yield f'<path class="ch-line" d="{line}" stroke="{PAPER["brand"]}" stroke-width="2.6" stroke-linejoin="round"/>'
    corners = [corner for run in plot.runs for corner in run]
    revised = [point.revised for point in chart.values if point.value is not None]
    shapes = [
        _square(corner) if is_revised else _circle(corner, 3.4)
        for corner, is_revised in zip(corners[:-1], revised[:-1], strict=True)
        if is_revised or len(corners) <= MANY_POINTS
    ]
    if shapes:
        yield f'<g class="ch-dot" fill="{PAPER["surface"]}" stroke="{PAPER["brand"]}" stroke-width="2">'
        yield from shapes
        yield "</g>"
    yield f'<g class="ch-last" fill="{PAPER["brand"]}" stroke="{PAPER["surface"]}" stroke-width="2">'
    yield f"{_circle(corners[-1], 6)}</g>"


def _circle(corner: Corner, radius: float) -> str:
    return f'<circle cx="{px(corner[0])}" cy="{px(corner[1])}" r="{radius:g}"/>'


def _square(corner: Corner) -> str:
    return f'<rect x="{px(corner[0] - 4)}" y="{px(corner[1] - 4)}" width="8" height="8"/>'


def _target(plot: Plot) -> Iterator[str]:
    """The target as a diamond, those it replaced as smaller, fainter ones."""
    for (x, y), _ in plot.earlier_targets:
        yield (
            f'<path class="ch-target-earlier" d="M{px(x)} {px(y - 6)}l6 6-6 6-6-6Z" fill="{PAPER["surface"]}" '
            f'stroke="{PAPER["line-strong"]}" stroke-width="1.5"/>'
        )
    if plot.target:
        x, y = plot.target
        yield (
            f'<path class="ch-target" d="M{px(x)} {px(y - 8)}l8 8-8 8-8-8Z" fill="{PAPER["surface"]}" '
            f'stroke="{PAPER["ink"]}" stroke-width="2"/>'
        )


def _labels(says: Words, plot: Plot) -> Iterator[str]:
    """The words at the marks, each where it touches no other: target and latest always, the rest if there is room."""
    paper = _paper(plot)
    size = plot.size
    yield (
        f'<g class="ch-label" font-size="{size.label:g}" font-weight="640" fill="{PAPER["ink"]}" '
        f'stroke="{PAPER["surface"]}" stroke-width="3.5" stroke-linejoin="round" paint-order="stroke">'
    )
    if plot.target_lines:
        yield _written(paper, plot.target_lines, size.label, _target_spots(plot, len(plot.target_lines)), must=True)
    if says.latest and plot.runs:
        lines = wrapped(says.latest, size.label, _room_for(says.latest, plot))
        yield _written(paper, lines, size.label, _around(plot.runs[-1][-1], len(lines) * size.label), must=True)
    yield (
        f'</g><g class="ch-note" font-size="{size.axis:g}" fill="{PAPER["muted"]}" '
        f'stroke="{PAPER["surface"]}" stroke-width="3.5" stroke-linejoin="round" paint-order="stroke">'
    )
    if says.today and plot.today is not None:
        yield _written(paper, [says.today], size.axis, _today_spots(plot))
    for corner, lines in plot.earlier_targets:
        if lines:
            yield _written(paper, lines, size.axis, _around(corner, len(lines) * size.axis))
    if says.expected and plot.path:
        yield _written(paper, [says.expected], size.axis, _along(plot))
    yield "</g>"


def _room_for(text: str, plot: Plot) -> float:
    """How wide the lines of a label may be: beside the labels of the axis, unless one word alone is wider."""
    room = min(plot.size.longest_label * 0.7, plot.size.width - plot.x.start - 10)
    return max(room, *(text_width(word, plot.size.label) for word in text.split(" ")))


def _paper(plot: Plot) -> Paper:
    """The drawing so far, as labels see it: the tick labels stand fast; lines and marks are better not covered."""
    bottom, left = plot.y.start, plot.x.start
    paper = Paper(frame=Box(4, 4, plot.size.width - 2.0, bottom - 4))
    paper.labels += [Box(0, y - 7, left - 6, y + 7) for y, _ in plot.rows]
    for run in plot.runs:
        paper.lines += [((*one, *next_), 22.0) for one, next_ in pairwise(run)]
        if len(run) <= MANY_POINTS:
            paper.marks += [Box(x - 5, y - 5, x + 5, y + 5) for x, y in run]
    paper.lines += [((*one, *next_), 7.0) for one, next_ in pairwise(plot.path)]
    if plot.today is not None:
        paper.lines.append(((plot.today, plot.y.end, plot.today, bottom), 9.0))
    if plot.level is not None:
        paper.lines.append(((left, plot.level, plot.x.end, plot.level), 8.0))
    for corners in plot.earlier:
        paper.lines += [((*one, *next_), 14.0) for one, next_ in pairwise(corners)]
    paper.marks += [Box(x - 7, y - 7, x + 7, y + 7) for (x, y), _ in plot.earlier_targets]
    if plot.target:
        x, y = plot.target
        paper.marks.append(Box(x - 9, y - 9, x + 9, y + 9))
    return paper


def _written(paper: Paper, lines: list[str], size: float, spots: list[Spot], must: bool = False) -> str:
    width = max(text_width(line, size) for line in lines)
    placed = paper.place(width, len(lines) * size * LINE_HEIGHT, spots, must)
    return _text(placed, lines, size) if placed else ""


def _text(placed: Placed, lines: list[str], size: float) -> str:
    x, y = px(placed.x), px(placed.box.top + size * 0.96)
    anchor = "" if placed.anchor == "start" else f' text-anchor="{placed.anchor}"'
    if len(lines) == 1:
        return f'<text x="{x}" y="{y}"{anchor}>{words(lines[0])}</text>'
    rest = "".join(f'<tspan x="{x}" dy="{size * LINE_HEIGHT:.1f}">{words(line)}</tspan>' for line in lines[1:])
    return f'<text x="{x}" y="{y}"{anchor}>{words(lines[0])}{rest}</text>'


def _around(corner: Corner, height: float) -> list[Spot]:
    """The places around a dot, best first."""
    x, y = corner
    above, below, beside = y - 11 - height * LINE_HEIGHT, y + 11, y - height * LINE_HEIGHT / 2
    return [
        Spot(x - 8, above + 2, "end", 0),
        Spot(x + 8, above + 2, "start", 1),
        Spot(x, above, "middle", 2),
        Spot(x + 8, below - 2, "start", 2),
        Spot(x - 8, below - 2, "end", 3),
        Spot(x, below, "middle", 3),
        Spot(x - 14, beside, "end", 4),
        Spot(x + 14, beside, "start", 4),
        *(Spot(x - far, beside + drop, "end", 5 + far / 20) for far in (36, 60) for drop in (4, -4)),
        *(Spot(x - 8, above - far, "end", 4 + far / 6) for far in (16, 32, 48)),
        *(Spot(x + 8, below + far, "start", 4 + far / 6) for far in (16, 32, 48)),
        *(Spot(x - 8, below + far, "end", 5 + far / 6) for far in (16, 32, 48)),
    ]


def _target_spots(plot: Plot, lines: int) -> list[Spot]:
    height = lines * plot.size.label
    if plot.target:
        x, y = plot.target
        return [
            Spot(plot.size.width - 2.0, y - 13 - height * LINE_HEIGHT, "end", 0),
            Spot(x, y - 13 - height * LINE_HEIGHT, "middle", 1),
            Spot(plot.size.width - 2.0, y + 13, "end", 2),
            Spot(x - 16, y - height * LINE_HEIGHT / 2, "end", 3),
            Spot(x + 16, y - height * LINE_HEIGHT / 2, "start", 3),
            *(
                Spot(plot.size.width - 2.0, y - 13 - far - height * LINE_HEIGHT, "end", far / 5)
                for far in (16, 32, 48, 64)
            ),
        ]
    level = plot.level or 0.0
    return [
        Spot(plot.x.end, level - 7 - height * LINE_HEIGHT, "end", 0),
        Spot(plot.x.start + 6, level - 7 - height * LINE_HEIGHT, "start", 1),
        Spot(plot.x.end, level + 5, "end", 2),
    ]


def _today_spots(plot: Plot) -> list[Spot]:
    x, height = plot.today or 0.0, plot.size.axis * LINE_HEIGHT
    low, high = plot.y.start - 5 - height, plot.y.end + 2
    return [
        Spot(x + 6, low, "start"),
        Spot(x - 6, low, "end", 1),
        Spot(x + 6, high, "start", 2),
        Spot(x - 6, high, "end", 3),
    ]


def _along(plot: Plot) -> list[Spot]:
    """Places beside the expected path, on the side away from where it is going."""
    height, line = plot.size.axis * LINE_HEIGHT, plot.path
    spots = []
    for rank, share in enumerate(_ALONG):
        x = line[0][0] + share * (line[-1][0] - line[0][0])
        before, after = next(
            (pair for pair in pairwise(line) if pair[0][0] <= x <= pair[1][0] and pair[0][0] < pair[1][0]),
            (line[0], line[-1]),
        )
        run = after[0] - before[0]
        y = before[1] + (after[1] - before[1]) * ((x - before[0]) / run if run else 0)
        rising = after[1] <= before[1]
        spots.append(Spot(x + 8 if rising else x - 8, y + 6, "start" if rising else "end", rank))
        spots.append(Spot(x - 8 if rising else x + 8, y - 6 - height, "end" if rising else "start", rank + 1.5))
    return spots
