"""A timeline: what happened and what falls due, in lanes of its kinds over one axis of days. Knows no language."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from django.utils.safestring import SafeString

from commitments.charts.captions import Caption, Form, Standing, alone, together
from commitments.charts.labels import Anchor, Box, Paper, Spot, text_width
from commitments.charts.lanes import BAR, BOTTOM, REACH, TOP, Event, Lane, LanePaper, Timeline, paper_of
from commitments.charts.marks import draw_mark
from commitments.charts.plot import LINE_HEIGHT, NARROW, WIDE, Size
from commitments.charts.scales import day_lines
from commitments.charts.svg import PAPER, drawn, ident, px, words

#: A lane as high as it likes to be.
LANE = 56.0
#: Away from a mark, to the right and to the left.
_SIDES: tuple[tuple[int, Anchor], ...] = ((1, "start"), (-1, "end"))


def timeline_pair(chart: Timeline, *, id: str) -> SafeString:  # noqa: A002
    """Both drawings; the style sheet shows the one that fits the room. `id` must be unique on the page."""
    wide, narrow = (
        Size(size.width, int(TOP + BOTTOM + len(chart.lanes) * lane), size.name, size.longest_label)
        for size, lane in ((WIDE, LANE), (NARROW, LANE + 16))
    )
    return drawn(
        '<div class="ch-pair">',
        timeline(chart, id=f"{id}-wide", size=wide),
        timeline(chart, id=f"{id}-narrow", size=narrow),
        "</div>",
    )


def timeline(chart: Timeline, *, id: str, size: Size) -> SafeString:  # noqa: A002
    """One drawing. Raises ValueError without a single day, or for an id that is none."""
    name, paper = ident(id), paper_of(chart, size)
    found = [standing for place, lane in enumerate(chart.lanes) for standing in _standing(chart, lane, place, paper)]
    said = [*(name.box for name in paper.names), *(standing.placed.box for standing in found)]
    return drawn(
        f'<svg class="ch ch-{size.name}" viewBox="0 0 {size.width} {size.height}" width="{size.width}" '
        f'height="{size.height}" role="img" aria-labelledby="{name}-title {name}-desc" fill="none">'
        f'<title id="{name}-title">{words(chart.title)}</title>'
        f'<desc id="{name}-desc">{words(chart.description)}</desc>',
        *_rails(chart, paper, said),
        *_days(chart, paper),
        *_names(paper),
        *_marks(chart, paper),
        *_labels(chart, paper, found),
        "</svg>",
    )


def _rails(chart: Timeline, paper: LanePaper, said: Sequence[Box]) -> Iterator[str]:
    """A line for each lane, ticks of the days, today: none of them runs through words."""
    rails, begins, ends = "", paper.x.start - REACH, paper.x.end + REACH
    for place in range(len(chart.lanes)):
        y = paper.middle(place)
        over = [(box.left - 3, box.right + 3) for box in said if box.top <= y <= box.bottom]
        rails += "".join(f"M{px(start)} {px(y)}H{px(stop)}" for start, stop in _between(begins, ends, over))
    ticks = "".join(f"M{px(paper.x(day.toordinal()))} {px(paper.bottom + 2)}v4" for day, _ in _columns(chart, paper))
    yield f'<path class="ch-grid" d="{rails}{ticks}" stroke="{PAPER["line"]}"/>'
    if chart.today is not None:
        x = paper.x(chart.today.toordinal())
        over = [(box.top, box.bottom) for box in said if box.left - 3 <= x <= box.right + 3]
        parts = _between(TOP - 4, paper.bottom, over)
        line = "".join(f"M{px(x)} {px(start)}V{px(stop)}" for start, stop in parts)
        yield f'<path class="ch-today" d="{line}" stroke="{PAPER["line-strong"]}"/>'


def _between(start: float, stop: float, over: Iterable[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """What is left of a line without these parts of it."""
    for first, last in sorted(over):
        if first > start:
            yield start, min(first, stop)
        start = max(start, last)
        if start >= stop:
            return
    yield start, stop


def _columns(chart: Timeline, paper: LanePaper) -> list[tuple[date, str]]:
    """The days under the lanes."""
    first, last = date.fromordinal(int(paper.x.low)), date.fromordinal(int(paper.x.high))
    room = paper.x.end - paper.x.start
    return day_lines(first, last, room, chart.day, lambda text: text_width(text, paper.size.axis, tabular=True))


def _days(chart: Timeline, paper: LanePaper) -> Iterator[str]:
    size = paper.size
    yield f'<g class="ch-axis" font-size="{size.axis:g}" fill="{PAPER["muted"]}">'
    for day, text in _columns(chart, paper):
        half = text_width(text, size.axis, tabular=True) / 2
        inside = min(max(paper.x(day.toordinal()), half + 2), size.width - half - 2)
        yield f'<text x="{px(inside)}" y="{px(paper.bottom + 20)}" text-anchor="middle">{words(text)}</text>'
    yield "</g>"


def _names(paper: LanePaper) -> Iterator[str]:
    letters = paper.size.axis
    yield f'<g class="ch-lane" font-size="{letters:g}" fill="{PAPER["ink"]}">'
    for name in paper.names:
        for turn, line in enumerate(name.lines):
            y = name.box.top + letters * (0.96 + turn * LINE_HEIGHT)
            yield f'<text x="{px(name.box.left)}" y="{px(y)}">{words(line)}</text>'
    yield "</g>"


def _marks(chart: Timeline, paper: LanePaper) -> Iterator[str]:
    for place, lane in enumerate(chart.lanes):
        y = paper.middle(place)
        for bar in filter(None, (paper.bar(event, place) for event in lane.events)):
            ends = f"M{px(bar.left + BAR)} {px(y)}H{px(bar.right - BAR)}"
            edge = f'stroke="{PAPER["line-strong"]}" stroke-width="{px(2 * BAR)}" stroke-linecap="round"'
            yield f'<path class="ch-span" d="{ends}" {edge}/>'
        for event in lane.events:
            yield draw_mark(event.mark, paper.x(event.on.toordinal()), y)


def _labels(chart: Timeline, paper: LanePaper, found: Sequence[Standing]) -> Iterator[str]:
    """The day of each mark at its mark: those that must stand always, the others where there is room for them."""
    size = paper.size
    ties = "".join(f"M{px(x)} {px(y)}L{px(to)} {px(down)}" for x, y, to, down in filter(None, (s.tie for s in found)))
    if ties:
        yield f'<path class="ch-tie" d="{ties}" stroke="{PAPER["muted"]}"/>'
    yield (
        f'<g class="ch-note" font-size="{size.axis:g}" fill="{PAPER["muted"]}" stroke="{PAPER["surface"]}" '
        'stroke-width="3.5" stroke-linejoin="round" paint-order="stroke">'
    )
    if chart.today is not None and chart.today_word:
        box = _today(chart.today, chart.today_word, paper)
        middle = (box.left + box.right) / 2
        yield f'<text x="{px(middle)}" y="{px(TOP - 8)}" text-anchor="middle">{words(chart.today_word)}</text>'
    for standing in found:
        placed = standing.placed
        edge = "" if placed.anchor == "start" else f' text-anchor="{placed.anchor}"'
        y = placed.box.top + size.axis * 0.96
        yield f'<text x="{px(placed.x)}" y="{px(y)}"{edge}>{words(standing.lines[0])}</text>'
    yield "</g>"


def _today(day: date, word: str, paper: LanePaper) -> Box:
    """Where the word of today stands: over its line, above the lanes."""
    width = text_width(word, paper.size.axis)
    left = min(max(paper.x(day.toordinal()) - width / 2, 2.0), paper.size.width - width - 2)
    return Box(left, TOP - 8 - paper.size.axis, left + width, TOP - 4)


def _standing(chart: Timeline, lane: Lane, place: int, paper: LanePaper) -> Iterator[Standing]:
    """The labels of one lane, inside it, those of the first above it too: first those that must stand, together."""
    top, bottom = paper.tops[place] - 2 if place else 1.0, paper.tops[place + 1] + 2
    sheet = Paper(Box(paper.left, top, paper.size.width - 1.0, bottom), labels=_taken(chart, paper), apart=0.5)
    if chart.today is not None:
        sheet.labels.append(_today(chart.today, chart.today_word, paper))
        x = paper.x(chart.today.toordinal())
        sheet.lines.append(((x, TOP, x, paper.bottom), 6.0))
    marks = [paper.mark(event, place) for event in lane.events]
    must = [_caption(event, mark, paper) for event, mark in zip(lane.events, marks, strict=True) if event.must]
    for many in range(len(must), 0, -1):
        together_ = together(sheet, must[:many], marks, clear=True)
        if together_ is not None:
            yield from together_
            break
    for event, mark in zip(lane.events, marks, strict=True):
        if event.label and not event.must:
            standing = alone(sheet, _caption(event, mark, paper), marks, tied=False)
            if standing is not None:
                yield standing


def _caption(event: Event, mark: Box, paper: LanePaper) -> Caption:
    """The places of a label around its mark: above and below it, to either side, beside it, and farther off."""
    letters = paper.size.axis
    height = letters * LINE_HEIGHT
    x, rows = (mark.left + mark.right) / 2, ((mark.top - 1 - height, 0.0), (mark.bottom + 1, 1.0))
    spots = [Spot(at, top, anchor, dear + cost) for top, dear in rows for at, anchor, cost in _sides(mark, x)]
    beside = (mark.top + mark.bottom - height) / 2
    spots += [Spot(mark.right + 5, beside, "start", 3.5), Spot(mark.left - 3, beside, "end", 4.0)]
    if event.must:
        spots += [
            Spot(x + side * far, top, anchor, 5 + far / 8 + dear)
            for far in range(24, 300, 24)
            for side, anchor in _SIDES
            for top, dear in (*rows, (beside, 2.0))
        ]
    return Caption(mark, letters, [Form([event.label], spots)], most=40 if event.must else 10)


def _sides(mark: Box, x: float) -> list[tuple[float, Anchor, float]]:
    """In the middle of a mark, or reaching from its one edge or its middle away over the other."""
    found: list[tuple[float, Anchor, float]] = [(x, "middle", 0.0), (mark.left, "start", 2.0), (mark.right, "end", 2.0)]
    return [*found, (x, "start", 2.5), (x, "end", 2.5)]


def _taken(chart: Timeline, paper: LanePaper) -> list[Box]:
    """What no label may touch: the marks, the bars, and the names of the lanes."""
    found = [name.box for name in paper.names]
    for place, lane in enumerate(chart.lanes):
        found += [paper.mark(event, place) for event in lane.events]
        found += filter(None, (paper.bar(event, place) for event in lane.events))
    return found
