"""A timeline: what happened and what falls due, in lanes of its kinds over one axis of days. Knows no language."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.safestring import SafeString

from commitments.charts.captions import Caption, Form, Standing, alone, together
from commitments.charts.labels import Anchor, Box, Paper, Spot, text_width, wrapped
from commitments.charts.marks import Mark, draw_mark
from commitments.charts.plot import LINE_HEIGHT, NARROW, WIDE, Size
from commitments.charts.scales import DayLabel, Scale, day_lines
from commitments.charts.svg import PAPER, drawn, ident, px, words

#: A lane as high as it likes to be, and the least height that leaves room for a line of words beside the marks.
LANE, LEAST_LANE = 56.0, 13.5
#: Room above the lanes for the word of today, and below for the days.
TOP, BOTTOM = 22.0, 30.0
#: A shorter time than this gets as much room on both sides.
LEAST = timedelta(days=60)
#: What the days leave free on both sides, so that the first and the last word under them need not move far.
EDGE = 26.0
#: Away from a mark, to the right and to the left.
_SIDES: tuple[tuple[int, Anchor], ...] = ((1, "start"), (-1, "end"))
#: Half the room that a mark takes.
REACH = 8.0


@dataclass(frozen=True, slots=True)
class Event:
    """Something at a day; `first` and `last` where only its month or year is known. A label is its day in words."""

    on: date
    mark: Mark
    label: str = ""
    first: date | None = None
    last: date | None = None
    #: Whether its label may never be left out for want of room.
    must: bool = False


@dataclass(frozen=True, slots=True)
class Lane:
    """Everything of one kind, under its name."""

    name: str
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Lanes from top to bottom, and every word beside them."""

    title: str
    description: str
    lanes: tuple[Lane, ...]
    day: DayLabel
    today: date | None = None
    today_word: str = ""

    @property
    def days(self) -> list[date]:
        """Every day that must find room, today among them."""
        found = [day for lane in self.lanes for event in lane.events for day in (event.on, event.first, event.last)]
        return sorted(day for day in (*found, self.today) if day is not None)


@dataclass(frozen=True, slots=True)
class _Paper:
    """Where the lanes and the days stand on one paper."""

    size: Size
    x: Scale
    tops: tuple[float, ...]
    names_beside: bool

    @property
    def left(self) -> float:
        """Where labels may begin: names that stand beside keep their room."""
        return self.x.start - EDGE if self.names_beside else 1.0

    def middle(self, place: int) -> float:
        """The height of the line of a lane; a name above it takes its share."""
        return self.tops[place] + self.deep(place) * (0.5 if self.names_beside else 0.62)

    def deep(self, place: int) -> float:
        """How high a lane is."""
        return self.tops[place + 1] - self.tops[place]


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
    name, paper = ident(id), _paper(chart, size)
    return drawn(
        f'<svg class="ch ch-{size.name}" viewBox="0 0 {size.width} {size.height}" width="{size.width}" '
        f'height="{size.height}" role="img" aria-labelledby="{name}-title {name}-desc" fill="none">'
        f'<title id="{name}-title">{words(chart.title)}</title>'
        f'<desc id="{name}-desc">{words(chart.description)}</desc>',
        *_rails(chart, paper),
        *_marks(chart, paper),
        *_labels(chart, paper),
        "</svg>",
    )


def _paper(chart: Timeline, size: Size) -> _Paper:
    days = chart.days
    if not days or not chart.lanes:
        raise ValueError("A timeline needs at least one day.")
    first, last = days[0], days[-1]
    if last - first < LEAST:
        room = min(LEAST, first - date.min, date.max - last)
        first, last = first - room, last + room
    beside = size.name != "narrow"
    names = [wrapped(lane.name, size.axis, size.width * 0.26, most=2) for lane in chart.lanes]
    left = 10 + EDGE + max(text_width(line, size.axis) for lines in names for line in lines) if beside else EDGE
    x = Scale(Decimal(first.toordinal()), Decimal(last.toordinal()), max(left, EDGE), size.width - EDGE)
    return _Paper(size, x, _tops(chart, size), beside)


def _tops(chart: Timeline, size: Size) -> tuple[float, ...]:
    """Where each lane begins, and where the last ends: with little room a lane whose labels must stand gets most."""
    room, many = size.height - TOP - BOTTOM, len(chart.lanes)
    wants = 2 * (size.axis * LINE_HEIGHT + REACH) + 6
    first = [any(event.must for event in lane.events) for lane in chart.lanes]
    even = max(LEAST_LANE, room / many)
    deep = max(even, min(wants, (room - (many - sum(first)) * LEAST_LANE) / max(sum(first), 1)))
    rest = max(LEAST_LANE, (room - deep * sum(first)) / max(many - sum(first), 1))
    tops = [TOP]
    for is_first in first:
        tops.append(tops[-1] + (even if even >= wants or many == sum(first) else deep if is_first else rest))
    return tuple(tops)


def _rails(chart: Timeline, paper: _Paper) -> Iterator[str]:
    """A line for each lane, ticks and words of the days, the names, today."""
    size, ends = paper.size, (paper.x.start - REACH, paper.x.end + REACH)
    bottom = paper.tops[-1]
    rails = "".join(f"M{px(ends[0])} {px(paper.middle(place))}H{px(ends[1])}" for place in range(len(chart.lanes)))
    columns = day_lines(
        date.fromordinal(int(paper.x.low)),
        date.fromordinal(int(paper.x.high)),
        paper.x.end - paper.x.start,
        chart.day,
        lambda text: text_width(text, size.axis, tabular=True),
    )
    ticks = "".join(f"M{px(paper.x(day.toordinal()))} {px(bottom)}v5" for day, _ in columns)
    yield f'<path class="ch-grid" d="{rails}{ticks}" stroke="{PAPER["line"]}"/>'
    if chart.today is not None:
        stands = px(paper.x(chart.today.toordinal()))
        yield f'<path class="ch-today" d="M{stands} {px(TOP - 4)}V{px(bottom)}" stroke="{PAPER["line-strong"]}"/>'
    yield f'<g class="ch-axis" font-size="{size.axis:g}" fill="{PAPER["muted"]}">'
    for day, text in columns:
        half = text_width(text, size.axis, tabular=True) / 2
        inside = min(max(paper.x(day.toordinal()), half + 2), size.width - half - 2)
        yield f'<text x="{px(inside)}" y="{px(bottom + 20)}" text-anchor="middle">{words(text)}</text>'
    yield f'</g><g class="ch-lane" font-size="{size.axis:g}" fill="{PAPER["ink"]}">'
    for place, lane in enumerate(chart.lanes):
        lines, top = _name(lane, paper, place)
        for turn, line in enumerate(lines):
            yield f'<text x="4" y="{px(top + size.axis * (0.96 + turn * LINE_HEIGHT))}">{words(line)}</text>'
    yield "</g>"


def _name(lane: Lane, paper: _Paper, place: int) -> tuple[list[str], float]:
    """The lines of the name of a lane, and where they begin."""
    letters = paper.size.axis
    if not paper.names_beside:
        return wrapped(lane.name, letters, paper.size.width - 8, most=1), paper.tops[place]
    most = 2 if paper.deep(place) >= 2 * letters * LINE_HEIGHT else 1
    lines = wrapped(lane.name, letters, paper.size.width * 0.26, most=most)
    return lines, paper.middle(place) - len(lines) * letters * LINE_HEIGHT / 2


def _marks(chart: Timeline, paper: _Paper) -> Iterator[str]:
    for place, lane in enumerate(chart.lanes):
        y = paper.middle(place)
        for event in lane.events:
            if event.first is not None and event.last is not None and event.first < event.last:
                ends = paper.x(event.first.toordinal()), paper.x(event.last.toordinal())
                yield f'<path class="ch-span" d="M{px(ends[0])} {px(y)}H{px(ends[1])}" stroke="{PAPER["line-strong"]}" '
                yield 'stroke-width="5" stroke-linecap="round"/>'
        for event in lane.events:
            yield draw_mark(event.mark, paper.x(event.on.toordinal()), y)


def _labels(chart: Timeline, paper: _Paper) -> Iterator[str]:
    """The day of each mark at its mark: those that must stand always, the others where there is room for them."""
    size = paper.size
    found = [standing for place, lane in enumerate(chart.lanes) for standing in _standing(chart, lane, place, paper)]
    ties = "".join(f"M{px(x)} {px(y)}L{px(to)} {px(down)}" for x, y, to, down in filter(None, (s.tie for s in found)))
    if ties:
        yield f'<path class="ch-tie" d="{ties}" stroke="{PAPER["muted"]}"/>'
    yield (
        f'<g class="ch-note" font-size="{size.axis:g}" fill="{PAPER["muted"]}" stroke="{PAPER["surface"]}" '
        'stroke-width="3.5" stroke-linejoin="round" paint-order="stroke">'
    )
    if chart.today is not None and chart.today_word:
        x, width = paper.x(chart.today.toordinal()), text_width(chart.today_word, size.axis)
        inside = min(max(x, width / 2 + 2), size.width - width / 2 - 2)
        yield f'<text x="{px(inside)}" y="{px(TOP - 8)}" text-anchor="middle">{words(chart.today_word)}</text>'
    for standing in found:
        placed = standing.placed
        edge = "" if placed.anchor == "start" else f' text-anchor="{placed.anchor}"'
        y = placed.box.top + size.axis * 0.96
        yield f'<text x="{px(placed.x)}" y="{px(y)}"{edge}>{words(standing.lines[0])}</text>'
    yield "</g>"


def _standing(chart: Timeline, lane: Lane, place: int, paper: _Paper) -> Iterator[Standing]:
    """The labels of one lane, inside it: first those that must stand, together."""
    top, bottom = paper.tops[place] - 2, paper.tops[place + 1] + 2
    sheet = Paper(Box(paper.left, top, paper.size.width - 1.0, bottom), labels=_taken(chart, paper), apart=0.5)
    marks = [_room_of(event, place, paper) for event in lane.events]
    must = [_caption(event, mark, paper) for event, mark in zip(lane.events, marks, strict=True) if event.must]
    for many in range(len(must), 0, -1):
        together_ = together(sheet, must[:many], marks)
        if together_ is not None:
            yield from together_
            break
    for event, mark in zip(lane.events, marks, strict=True):
        if event.label and not event.must:
            standing = alone(sheet, _caption(event, mark, paper), marks, tied=False)
            if standing is not None:
                yield standing


def _caption(event: Event, mark: Box, paper: _Paper) -> Caption:
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


def _taken(chart: Timeline, paper: _Paper) -> list[Box]:
    """What no label may touch: the marks, and the names where they stand above the lanes."""
    found = []
    for place, lane in enumerate(chart.lanes):
        found += [_room_of(event, place, paper) for event in lane.events]
        lines, top = _name(lane, paper, place)
        width = max(text_width(line, paper.size.axis) for line in lines)
        found.append(Box(4, top, 4 + width, top + len(lines) * paper.size.axis * LINE_HEIGHT))
    return found


def _room_of(event: Event, place: int, paper: _Paper) -> Box:
    """What the mark of an event takes of the paper."""
    x, y = paper.x(event.on.toordinal()), paper.middle(place)
    return Box(x - REACH, y - REACH, x + REACH + (2 if event.mark == "made" else 0), y + REACH)
