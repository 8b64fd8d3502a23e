"""What a timeline holds, and where its lanes, marks and names stand on one paper. Knows no language."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from commitments.charts.labels import Box, text_width, wrapped
from commitments.charts.marks import Mark
from commitments.charts.plot import LINE_HEIGHT, Size
from commitments.charts.scales import DayLabel, Scale

#: The least height of a lane that leaves room for a line of words beside the marks.
LEAST_LANE = 13.5
#: Room above the lanes for the word of today, and below for the days.
TOP, BOTTOM = 22.0, 30.0
#: A shorter time than this gets as much room on both sides.
LEAST = timedelta(days=60)
#: What the days leave free on both sides, so that the first and the last word under them need not move far.
EDGE = 26.0
#: Half the room that a mark takes, and half the breadth of a bar.
REACH, BAR = 8.0, 2.5


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
class Name:
    """The name of a lane: its lines, and the room that they take."""

    lines: list[str]
    box: Box


@dataclass(frozen=True, slots=True)
class LanePaper:
    """Where the lanes, their names and the days stand on one paper."""

    size: Size
    x: Scale
    tops: tuple[float, ...]
    names: tuple[Name, ...]

    @property
    def left(self) -> float:
        """Where labels may begin: names that stand beside keep their room."""
        return self.x.start - EDGE if _beside(self.size) else 1.0

    @property
    def bottom(self) -> float:
        """Where the lanes end."""
        return self.tops[-1]

    def middle(self, place: int) -> float:
        """The height of the line of a lane."""
        return _middle(self.tops, place, self.size)

    def mark(self, event: Event, place: int) -> Box:
        """What the mark of an event takes of the paper."""
        x, y, reach = self.x(event.on.toordinal()), self.middle(place), REACH + (event.mark == "due")
        return Box(x - reach, y - REACH, x + reach + 2 * (event.mark == "made"), y + REACH)

    def bar(self, event: Event, place: int) -> Box | None:
        """What the time takes that an event may mean, where that is more than a day."""
        if event.first is None or event.last is None or event.first >= event.last:
            return None
        y, ends = self.middle(place), (self.x(event.first.toordinal()), self.x(event.last.toordinal()))
        return Box(ends[0] - BAR, y - BAR, ends[1] + BAR, y + BAR)


def paper_of(chart: Timeline, size: Size) -> LanePaper:
    """The paper of a timeline. Raises ValueError without a single day."""
    days = chart.days
    if not days or not chart.lanes:
        raise ValueError("A timeline needs at least one day.")
    first, last = days[0], days[-1]
    if last - first < LEAST:
        room = min(LEAST, first - date.min, date.max - last)
        first, last = first - room, last + room
    tops = _tops(chart, size)
    names = tuple(_name(lane, tops, place, size) for place, lane in enumerate(chart.lanes))
    left = max(name.box.right for name in names) + 6 + EDGE if _beside(size) else EDGE
    x = Scale(Decimal(first.toordinal()), Decimal(last.toordinal()), left, size.width - EDGE)
    return LanePaper(size, x, tops, names)


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


def _name(lane: Lane, tops: tuple[float, ...], place: int, size: Size) -> Name:
    """The name of a lane: beside it in as many lines as find room, or above it in one."""
    letters, beside = size.axis, _beside(size)
    most = 2 if beside and tops[place + 1] - tops[place] >= 2 * letters * LINE_HEIGHT else 1
    lines = wrapped(lane.name, letters, size.width * 0.26 if beside else size.width - 8, most=most)
    high = len(lines) * letters * LINE_HEIGHT
    top = _middle(tops, place, size) - high / 2 if beside else tops[place]
    return Name(lines, Box(4, top, 4 + max(text_width(line, letters) for line in lines), top + high))


def _middle(tops: tuple[float, ...], place: int, size: Size) -> float:
    """The height of the line of a lane; a name above it takes its share."""
    return tops[place] + (tops[place + 1] - tops[place]) * (0.5 if _beside(size) else 0.62)


def _beside(size: Size) -> bool:
    """Whether names stand beside their lanes: on a narrow paper they stand above."""
    return size.name != "narrow"
