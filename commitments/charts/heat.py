"""A heat matrix: rows against columns, each cell with its number in words and how its commitments stand, or a shade.

No cell is told by its colour alone: a number stands in each, and the strip of statuses has its patterns always on.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.safestring import SafeString

from commitments.charts.bars import strip
from commitments.charts.labels import text_width, wrapped
from commitments.charts.plot import LINE_HEIGHT, NARROW, WIDE, Size
from commitments.charts.svg import PAPER, drawn, ident, px, words

#: A row as high as it likes to be, and the least that its letters need.
ROW, LEAST_ROW = 28.0, 17.0
#: What the name of a row takes where it stands above its cells.
ABOVE = 18.0


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its number as written, whether it is none, the statuses behind it, or a shade (0 to 2)."""

    number: str = ""
    is_none: bool = False
    counts: Mapping[str, int] = field(default_factory=dict)
    shade: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its name, a short form where room is scarce, and a cell for each column."""

    name: str
    short: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Heat:
    """The matrix with every word in it. Columns have a name and a short form, `corner` says what the short ones are.

    A column is at least so wide on a wide paper. With `is_stacked` names stand above their cells on a narrow one.
    """

    title: str
    description: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    corner: str = ""
    least: float = 84.0
    is_stacked: bool = False


@dataclass(frozen=True, slots=True)
class _Block:
    """Some of the rows on their part of the paper."""

    rows: Sequence[Row]
    left: float
    names: float
    column: float
    head: float
    row: float
    is_short: bool
    above: float = 0.0

    def x(self, place: int) -> float:
        """Where a column begins."""
        return self.left + self.names + place * self.column

    def y(self, place: int) -> float:
        """Where a row begins."""
        return self.head + place * self.row

    def middle(self, place: int) -> float:
        """The middle of the cells of a row: below a name that stands above them."""
        return self.y(place) + (self.above + self.row) / 2


def heat_pair(chart: Heat, *, id: str) -> SafeString:  # noqa: A002
    """Both drawings, one for each kind of room; nothing without rows. `id` must be unique on the page."""
    if not chart.rows or not chart.columns:
        return drawn()
    sizes = []
    for size in (WIDE, NARROW):
        row = ROW + (ABOVE if chart.is_stacked and size is NARROW else 0)
        height = _head(chart, size, short=size is NARROW) + len(chart.rows) * row
        sizes.append(Size(size.width, int(height) + 4, size.name, 0))
    parts = [heat(chart, id=f"{id}-{size.name}", size=size) for size in sizes]
    return drawn('<div class="ch-pair">', *parts, "</div>")


def heat(chart: Heat, *, id: str, size: Size) -> SafeString:  # noqa: A002
    """One drawing. Raises ValueError without rows or columns, or for an id that is none."""
    name = ident(id)
    if not chart.rows or not chart.columns:
        raise ValueError("A matrix needs rows and columns.")
    blocks = _blocks(chart, size)
    return drawn(
        f'<svg class="ch ch-heat ch-{size.name}" viewBox="0 0 {size.width} {size.height}" width="{size.width}" '
        f'height="{size.height}" role="img" aria-labelledby="{name}-title {name}-desc" fill="none">'
        f'<title id="{name}-title">{words(chart.title)}</title>'
        f'<desc id="{name}-desc">{words(chart.description)}</desc>',
        *(part for block in blocks for part in _block(chart, block, size)),
        "</svg>",
    )


def _head(chart: Heat, size: Size, *, short: bool) -> float:
    """How high the names of the columns stand."""
    column = (size.width - _names(chart, size, short=short)) / len(chart.columns)
    lines = max(len(_column_lines(chart, place, column, size, short=short)) for place in range(len(chart.columns)))
    return 8 + lines * size.axis * LINE_HEIGHT


def _column_lines(chart: Heat, place: int, column: float, size: Size, *, short: bool) -> list[str]:
    name, brief = chart.columns[place]
    return wrapped(brief if short else name, size.axis, column - 6, most=1 if short else 3)


def _names(chart: Heat, size: Size, *, short: bool) -> float:
    if chart.is_stacked and size.name == "narrow":
        return 0.0
    most = _most(chart, size)
    return 8 + max(text_width(_name(row, size, most, short=short), size.axis) for row in chart.rows)


def _most(chart: Heat, size: Size) -> float:
    """How wide the names of the rows may be: what the columns leave."""
    if size.name == "narrow":
        return size.width if chart.is_stacked else size.width * 0.34
    return max(size.width * 0.2, size.width - 8 - len(chart.columns) * chart.least)


def _name(row: Row, size: Size, most: float, *, short: bool) -> str:
    return wrapped(row.short if short else row.name, size.axis, most, most=1)[0]


def _blocks(chart: Heat, size: Size) -> list[_Block]:
    """The rows under each other; where they find no room so, in blocks side by side with short names."""
    is_flat = size.name == "wide" and size.height < len(chart.rows) * LEAST_ROW
    if not is_flat:
        short = size.name == "narrow"
        names, head = _names(chart, size, short=False), _head(chart, size, short=short)
        column, row = (size.width - names) / len(chart.columns), (size.height - head) / len(chart.rows)
        above = ABOVE if short and chart.is_stacked else 0.0
        return [_Block(chart.rows, 0, names, column, head, min(row, ROW + above), is_short=short, above=above)]
    head = 6 + size.axis * LINE_HEIGHT
    number = next(many for many in range(2, len(chart.rows) + 1) if _fits(chart, size, many, head) or many == 6)
    each = -(-len(chart.rows) // number)
    width = size.width / number
    names = _names(chart, size, short=True)
    row = min(ROW, (size.height - head) / each)
    return [
        _Block(
            chart.rows[first : first + each],
            place * width,
            names,
            (width - names - 16) / len(chart.columns),
            head,
            row,
            is_short=True,
        )
        for place, first in enumerate(range(0, len(chart.rows), each))
    ]


def _fits(chart: Heat, size: Size, number: int, head: float) -> bool:
    return (size.height - head) / -(-len(chart.rows) // number) >= LEAST_ROW


def _block(chart: Heat, block: _Block, size: Size) -> Iterator[str]:
    letters = size.axis
    yield f'<g class="ch-axis" font-size="{letters:g}" fill="{PAPER["muted"]}">'
    if chart.corner and block.is_short and not block.above:
        corner = wrapped(chart.corner, letters, block.names - 6, most=1)[0]
        yield f'<text x="{px(block.left + 2)}" y="{px(block.head - 7)}">{words(corner)}</text>'
    for place in range(len(chart.columns)):
        lines = _column_lines(chart, place, block.column, size, short=block.is_short)
        for turn, line in enumerate(reversed(lines)):
            y = block.head - 7 - turn * letters * LINE_HEIGHT
            yield f'<text x="{px(block.x(place) + 4)}" y="{px(y)}">{words(line)}</text>'
    yield f'</g><g class="ch-lane" font-size="{letters:g}" fill="{PAPER["ink"]}">'
    is_brief = block.is_short and size.name == "wide"
    for turn, row in enumerate(block.rows):
        y = (block.y(turn) + letters if block.above else block.middle(turn) + letters * 0.35) + (
            3 if block.above else 0
        )
        name = _name(row, size, _most(chart, size), short=is_brief)
        yield f'<text x="{px(block.left + 2)}" y="{px(y)}">{words(name)}</text>'
    yield "</g>"
    rules = "".join(
        f"M{px(block.left)} {px(block.y(turn))}H{px(block.x(len(chart.columns)))}"
        for turn in range(len(block.rows) + 1)
    )
    yield f'<path class="ch-grid" d="{rules}" stroke="{PAPER["line"]}"/>'
    for turn, row in enumerate(block.rows):
        for place, cell in enumerate(row.cells):
            yield _cell(cell, block.x(place), turn, block, letters)


def _cell(cell: Cell, x: float, turn: int, block: _Block, letters: float) -> str:
    parts, middle, high = [], block.middle(turn), block.row - block.above - 2
    if cell.shade:
        box = f'x="{px(x + 1)}" y="{px(middle - high / 2)}" width="{px(block.column - 2)}" height="{px(high)}" rx="3"'
        deep = ".07" if cell.shade == 1 else ".18"
        parts.append(f'<rect class="ch-shade" {box} fill="{PAPER["brand"]}" fill-opacity="{deep}"/>')
    if cell.number:
        baseline = px(middle + letters * 0.35)
        kind, weight, ink = ("ch-axis", 400, "muted") if cell.is_none else ("ch-lane", 600, "ink")
        parts.append(
            f'<text class="{kind}" x="{px(x + 5)}" y="{baseline}" font-size="{letters:g}" font-weight="{weight}" '
            f'fill="{PAPER[ink]}">{words(cell.number)}</text>'
        )
    if cell.counts:
        begins = x + 8 + text_width("00", letters)
        room = min(x + block.column - 6 - begins, 110.0)
        if room >= 12:
            parts.append(strip(cell.counts, begins, middle - 4.5, room, 9))
    return "".join(parts)
