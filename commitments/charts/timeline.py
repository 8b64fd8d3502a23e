"""A timeline: what happened and what falls due, in lanes of its kinds over one axis of days. Knows no language."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from django.utils.safestring import SafeString

from commitments.charts.labels import Anchor, Box, text_width, wrapped
from commitments.charts.plot import LINE_HEIGHT, NARROW, WIDE, Size
from commitments.charts.scales import DayLabel, Scale, day_lines
from commitments.charts.squares import Kind, shape
from commitments.charts.svg import PAPER, drawn, ident, px, words

Mark = Literal["made", "due", "replaced", "ended", "done", "open", "overdue", "figure", "meeting"] | Kind
#: A lane as high as it likes to be, and the least height that leaves room for a line of words beside the marks.
LANE, LEAST_LANE = 56.0, 13.5
#: Room above the lanes for the word of today, and below for the days.
TOP, BOTTOM = 22.0, 30.0
#: A shorter time than this gets as much room on both sides.
LEAST = timedelta(days=60)
#: What the days leave free on both sides, so that the first and the last word under them need not move far.
EDGE = 26.0
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
    lane: float
    names_beside: bool

    @property
    def left(self) -> float:
        """Where labels may begin: names that stand beside keep their room."""
        return self.x.start - EDGE if self.names_beside else 1.0

    def middle(self, place: int) -> float:
        """The height of the line of a lane; a name above it takes its share."""
        top = TOP + place * self.lane
        return top + (self.lane / 2 if self.names_beside else self.lane * 0.62)


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
    return _Paper(size, x, max(LEAST_LANE, (size.height - TOP - BOTTOM) / len(chart.lanes)), beside)


def _rails(chart: Timeline, paper: _Paper) -> Iterator[str]:
    """A line for each lane, ticks and words of the days, the names, today."""
    size, ends = paper.size, (paper.x.start - REACH, paper.x.end + REACH)
    bottom = TOP + paper.lane * len(chart.lanes)
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
        return wrapped(lane.name, letters, paper.size.width - 8, most=1), TOP + place * paper.lane
    most = 2 if paper.lane >= 2 * letters * LINE_HEIGHT else 1
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
            yield _mark(event.mark, paper.x(event.on.toordinal()), y)


def _mark(mark: Mark, x: float, y: float) -> str:
    """Each kind by its shape, not by colour alone: none of the shapes of a status of delivery."""
    ground, ink, brand = f'fill="{PAPER["surface"]}"', f'stroke="{PAPER["ink"]}"', PAPER["brand"]
    round_ = f'cx="{px(x)}" cy="{px(y)}"'
    if mark in ("on_time", "late", "missing", "not_due"):
        return f'<g transform="translate({px(x - 8)} {px(y - 8)}) scale(.9)">{shape(mark)}</g>'
    if mark in ("due", "replaced"):
        kind, reach, edge = ("ch-target", 8, ink) if mark == "due" else ("ch-target-earlier", 6, _edge("line-strong"))
        corners = f"M{px(x)} {px(y - reach)}l{reach} {reach}-{reach} {reach}-{reach}-{reach}Z"
        return f'<path class="{kind}" d="{corners}" {ground} {edge} stroke-width="2"/>'
    if mark == "made":
        flag = f'd="M{px(x)} {px(y + 8)}v-16h9l-3 4 3 4h-9" fill="{brand}" stroke="{brand}"'
        return f'<path class="ch-flag" {flag} stroke-width="2" stroke-linejoin="round"/>'
    if mark == "ended":
        bars = f"M{px(x - 2.5)} {px(y - 8)}v16M{px(x + 2.5)} {px(y - 8)}v16"
        return f'<path class="ch-ink" d="{bars}" {ink} stroke-width="2"/>'
    if mark == "done":
        tick = f"M{px(x - 6)} {px(y)}l4 4 8-9"
        return f'<path class="ch-tick" d="{tick}" stroke="{brand}" stroke-width="3" stroke-linecap="round"/>'
    if mark == "figure":
        return f'<circle class="ch-dot" {round_} r="4" {ground} stroke="{brand}" stroke-width="2"/>'
    if mark == "meeting":
        size = f'x="{px(x - 3)}" y="{px(y - 8)}" width="6" height="16" rx="2"'
        return f'<rect class="ch-flag" {size} fill="{brand}" stroke="{PAPER["surface"]}"/>'
    hands = f'<path class="ch-late" d="M{px(x)} {px(y - 3.5)}v3.5l2.5 1.7" {_edge("offtrack")} stroke-width="1.8"/>'
    kind, edge = ("ch-late", _edge("offtrack")) if mark == "overdue" else ("ch-open", _edge("line-strong"))
    ring = f'<circle class="{kind}" {round_} r="6.5" {ground} {edge} stroke-width="1.8"/>'
    return ring + (hands if mark == "overdue" else "")


def _edge(colour: str) -> str:
    return f'stroke="{PAPER[colour]}"'


def _labels(chart: Timeline, paper: _Paper) -> Iterator[str]:
    """The day of each mark where there is room: those that must stand first, none over another."""
    size, taken = paper.size, _taken(chart, paper)
    yield (
        f'<g class="ch-note" font-size="{size.axis:g}" fill="{PAPER["muted"]}" stroke="{PAPER["surface"]}" '
        'stroke-width="3.5" stroke-linejoin="round" paint-order="stroke">'
    )
    if chart.today is not None and chart.today_word:
        x, width = paper.x(chart.today.toordinal()), text_width(chart.today_word, size.axis)
        inside = min(max(x, width / 2 + 2), size.width - width / 2 - 2)
        yield f'<text x="{px(inside)}" y="{px(TOP - 8)}" text-anchor="middle">{words(chart.today_word)}</text>'
    wanted = [(place, event) for place, lane in enumerate(chart.lanes) for event in lane.events if event.label]
    for place, event in sorted(wanted, key=lambda pair: not pair[1].must):
        found = _spot(place, event, paper, taken)
        if found is not None:
            box, anchor = found
            taken.append(box)
            hangs = {"start": box.left, "middle": (box.left + box.right) / 2, "end": box.right}[anchor]
            edge = "" if anchor == "start" else f' text-anchor="{anchor}"'
            yield f'<text x="{px(hangs)}" y="{px(box.top + size.axis * 0.96)}"{edge}>{words(event.label)}</text>'
    yield "</g>"


def _taken(chart: Timeline, paper: _Paper) -> list[Box]:
    """What no label may touch: the marks, and the names where they stand above the lanes."""
    found = []
    for place, lane in enumerate(chart.lanes):
        y = paper.middle(place)
        for event in lane.events:
            x = paper.x(event.on.toordinal())
            found.append(Box(x - REACH, y - REACH, x + REACH + (2 if event.mark == "made" else 0), y + REACH))
        lines, top = _name(lane, paper, place)
        width = max(text_width(line, paper.size.axis) for line in lines)
        found.append(Box(4, top, 4 + width, top + len(lines) * paper.size.axis * LINE_HEIGHT))
    return found


def _spot(place: int, event: Event, paper: _Paper, taken: Sequence[Box]) -> tuple[Box, Anchor] | None:
    """Above, below or beside the mark, inside its lane and the paper; a label that must stand may stand farther off."""
    letters = paper.size.axis
    width, height = text_width(event.label, letters), letters * LINE_HEIGHT
    x, y = paper.x(event.on.toordinal()), paper.middle(place)
    middle = min(max(x - width / 2, paper.left + 1), paper.size.width - width - 2)
    spots: list[tuple[float, float, Anchor]] = [
        (middle, y - REACH - 1 - height, "middle"),
        (middle, y + REACH + 1, "middle"),
        (x + REACH + 5, y - height / 2, "start"),
        (x - REACH - 3 - width, y - height / 2, "end"),
        (x, y - REACH - 1 - height, "start"),
        (x - width, y - REACH - 1 - height, "end"),
        (x, y + REACH + 1, "start"),
        (x - width, y + REACH + 1, "end"),
    ]
    if event.must:
        step = (paper.x.end - paper.x.start) / 24
        spots += [
            (paper.x.start + turn * step, top, "start")
            for turn in sorted(range(25), key=lambda turn: abs(paper.x.start + turn * step - x))
            for top in (y - REACH - 1 - height, y + REACH + 1, y - height / 2)
        ]
    top, bottom = TOP + place * paper.lane - 1, TOP + (place + 1) * paper.lane + 1
    for left, upper, anchor in spots:
        box = Box(left, upper, left + width, upper + height)
        fits = box.left >= paper.left and box.right <= paper.size.width - 1 and top <= box.top and box.bottom <= bottom
        if fits and not any(box.touches(other, 1) for other in taken):
            return box, anchor
    return None
