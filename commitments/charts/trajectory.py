"""The trajectory chart: where a number stood, stands and should stand, drawn from back to front."""

from collections.abc import Iterator

from django.utils.safestring import SafeString

from commitments.charts.captions import Standing
from commitments.charts.labels import Paper, text_width
from commitments.charts.naming import MANY_POINTS, laid_out, notes
from commitments.charts.plot import BROAD, LINE_HEIGHT, NARROW, WIDE, Corner, Plot, Size
from commitments.charts.series import Trajectory, Words
from commitments.charts.svg import PAPER, drawn, ident, in_language, path, px, words


def trajectory_pair(chart: Trajectory, says: Words, *, id: str, is_broad: bool = False) -> SafeString:  # noqa: A002
    """A drawing for each kind of room; the style sheet shows the one that fits. `id` must be unique on the page.

    With `is_broad` there is one more, for the whole breadth of a page: its letters are as large as those of the others.
    """
    sizes = (BROAD, WIDE, NARROW) if is_broad else (WIDE, NARROW)
    drawings = [trajectory(chart, says, id=f"{id}-{size.name}", size=size) for size in sizes]
    kind = "ch-pair ch-pair-broad" if is_broad else "ch-pair"
    return drawn(f'<div class="{kind}">', *drawings, "</div>")


def trajectory(chart: Trajectory, says: Words, *, id: str, size: Size = WIDE) -> SafeString:  # noqa: A002
    """One drawing. Raises ValueError without a single dated value, or for an id that is none."""
    name = ident(id)
    plot, paper, named = laid_out(chart, says, size)
    return drawn(
        f'<svg class="ch ch-{size.name}" viewBox="0 0 {size.width} {size.height}" width="{size.width}" '
        f'height="{size.height}" role="img" aria-labelledby="{name}-title {name}-desc" fill="none">'
        f'<title id="{name}-title"{in_language(says.title_language)}>{words(says.title)}</title>'
        f'<desc id="{name}-desc">{words(says.description)}</desc>',
        *_grid(plot),
        *_expectation(plot),
        *_line(chart, plot),
        *_target(plot),
        *_labels(says, plot, named, paper),
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


def _labels(says: Words, plot: Plot, named: list[Standing], paper: Paper) -> Iterator[str]:
    """The words at the marks, each where it touches no other: target and latest always, the rest if there is room."""
    size, lesser = plot.size, [*notes(says, plot, paper)]
    ties = [standing.tie for standing in (*named, *lesser) if standing.tie is not None]
    if ties:
        lines = "".join(f"M{px(x)} {px(y)}L{px(to)} {px(down)}" for x, y, to, down in ties)
        yield f'<path class="ch-tie" d="{lines}" stroke="{PAPER["muted"]}"/>'
    kinds = (("ch-label", size.label, ' font-weight="640"', "ink", named), ("ch-note", size.axis, "", "muted", lesser))
    for kind, letters, weight, ink, standings in kinds:
        yield (
            f'<g class="{kind}" font-size="{letters:g}"{weight} fill="{PAPER[ink]}" '
            f'stroke="{PAPER["surface"]}" stroke-width="3.5" stroke-linejoin="round" paint-order="stroke">'
        )
        yield from (_text(standing) for standing in standings)
        yield "</g>"


def _text(standing: Standing) -> str:
    placed, lines, size = standing.placed, standing.lines, standing.letters
    x, y = px(placed.x), px(placed.box.top + size * 0.96)
    anchor = "" if placed.anchor == "start" else f' text-anchor="{placed.anchor}"'
    if len(lines) == 1:
        return f'<text x="{x}" y="{y}"{anchor}>{words(lines[0])}</text>'
    rest = "".join(f'<tspan x="{x}" dy="{size * LINE_HEIGHT:.1f}">{words(line)}</tspan>' for line in lines[1:])
    return f'<text x="{x}" y="{y}"{anchor}>{words(lines[0])}{rest}</text>'
