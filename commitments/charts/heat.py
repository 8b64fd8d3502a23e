"""A heat matrix: rows against columns, each cell with its number in words and how its commitments stand, or a shade.

No cell is told by its colour alone: a number stands in each, and the strip of statuses has its patterns always on.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from django.utils.safestring import SafeString

from commitments.charts.bars import strip
from commitments.charts.labels import text_width, wrapped
from commitments.charts.plot import LINE_HEIGHT, NARROW, WIDE, Size
from commitments.charts.svg import PAPER, drawn, ident, px, words

#: A row as high as it likes to be, and the least that its letters need.
ROW, LEAST_ROW = 28.0, 17.0
#: What the name of a row takes where it stands above its cells.
ABOVE = 18.0
#: The letters of blocks side by side where those of a page would be too large, down to what a picture still shows.
SMALLER = (12.0, 11.0, 10.0, 9.5, 9.0, 8.0, 7.0)


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
    """Some of the rows on their part of the paper: the lines of their names, and where each of them begins."""

    rows: Sequence[Row]
    named: Sequence[list[str]]
    left: float
    names: float
    column: float
    tops: Sequence[float]
    letters: float
    is_short: bool
    is_stacked: bool = False

    @property
    def head(self) -> float:
        """How high the names of the columns stand."""
        return self.tops[0]

    def x(self, place: int) -> float:
        """Where a column begins."""
        return self.left + self.names + place * self.column

    def y(self, place: int) -> float:
        """Where a row begins."""
        return self.tops[place]

    def above(self, place: int) -> float:
        """What a name that stands above its cells takes of its row."""
        return _above(self.named[place], self.letters) if self.is_stacked else 0.0

    def high(self, place: int) -> float:
        """How high the cells of a row are."""
        return self.tops[place + 1] - self.tops[place] - self.above(place)

    def middle(self, place: int) -> float:
        """The middle of the cells of a row: below a name that stands above them."""
        return self.y(place) + self.above(place) + self.high(place) / 2


def heat_pair(chart: Heat, *, id: str) -> SafeString:  # noqa: A002
    """Both drawings, one for each kind of room; nothing without rows. `id` must be unique on the page."""
    if not chart.rows or not chart.columns:
        return drawn()
    sizes = [Size(size.width, int(_upright(chart, size).tops[-1]) + 4, size.name, 0) for size in (WIDE, NARROW)]
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
        *(part for block in blocks for part in _block(chart, block)),
        "</svg>",
    )


def _above(lines: list[str], letters: float) -> float:
    return ABOVE + (len(lines) - 1) * letters * LINE_HEIGHT


def _blocks(chart: Heat, size: Size) -> list[_Block]:
    """The rows under each other; where they find no room so, in blocks side by side with short names."""
    block = _upright(chart, size, size.height)
    if size.name == "narrow" or block.tops[-1] - block.head >= len(chart.rows) * LEAST_ROW:
        return [block]
    return _side_by_side(chart, size)


def _upright(chart: Heat, size: Size, height: float = 0.0) -> _Block:
    """All rows under each other, as high as they like to be or as the height allows; as few names cut as can be."""
    if size.name == "narrow":
        most = size.width - 4.0 if chart.is_stacked else size.width * 0.34
    else:
        most = max(size.width * 0.2, size.width - 8 - len(chart.columns) * chart.least)
    ways = ((2, most), (2, min(most, size.width * 0.2)), (1, most))
    return min((_column_of_rows(chart, size, height, lines, room) for lines, room in ways), key=lambda way: way[0])[1]


def _column_of_rows(chart: Heat, size: Size, height: float, most: int, room: float) -> tuple[tuple[bool, int], _Block]:
    """The rows with names of so many lines in so much room; and how bad that is: squeezed, so many names cut."""
    letters, is_narrow = size.axis, size.name == "narrow"
    is_stacked = is_narrow and chart.is_stacked
    named = [wrapped(row.name, letters, room, most=most) for row in chart.rows]
    names = 0.0 if is_stacked else 8 + max(text_width(line, letters) for part in named for line in part)
    column = (size.width - names) / len(chart.columns)
    heads = [_column_lines(head, column, letters, is_short=is_narrow) for head in chart.columns]
    head = 8 + max(map(len, heads)) * letters * LINE_HEIGHT
    taller = [(len(part) - 1) * letters * LINE_HEIGHT for part in named]
    wants = [ROW + (ABOVE + more if is_stacked else more * 0.7) for more in taller]
    share = min(1.0, (height - head) / sum(wants)) if height else 1.0
    tops = list(accumulate((want * share for want in wants), initial=head))
    cut = sum(line.endswith("…") for part in (*named, *heads) for line in part)
    block = _Block(chart.rows, named, 0, names, column, tops, letters, is_short=is_narrow, is_stacked=is_stacked)
    return (share < 1, cut), block


def _column_lines(column: tuple[str, str], width: float, letters: float, *, is_short: bool) -> list[str]:
    """The name over a column, in so many lines as it needs; the short one in one."""
    if is_short:
        return wrapped(column[1], letters, width - 6, most=1)
    ways = [wrapped(column[0], letters, width - 6, most=most) for most in (3, 4, 5)]
    return next((lines for lines in ways if not any(line.endswith("…") for line in lines)), ways[0])


def _side_by_side(chart: Heat, size: Size) -> list[_Block]:
    """Blocks with short names over their columns and rows, in the largest letters with which those are not cut."""
    ways = [(letters, number) for letters in (size.axis, *SMALLER) for number in range(2, 7)]
    number, letters = next(
        ((number, letters) for letters, number in ways if _fits(chart, size, number, letters)), (6, SMALLER[-1])
    )
    each, head = -(-len(chart.rows) // number), 6 + letters * LINE_HEIGHT
    width, names = size.width / number, _brief_names(chart, letters)
    row = min(ROW, (size.height - head) / each)
    blocks = []
    for place, first in enumerate(range(0, len(chart.rows), each)):
        rows = chart.rows[first : first + each]
        tops = [head + turn * row for turn in range(len(rows) + 1)]
        named = [[item.short] for item in rows]
        column = (width - names - 16) / len(chart.columns)
        blocks.append(_Block(rows, named, place * width, names, column, tops, letters, is_short=True))
    return blocks


def _brief_names(chart: Heat, letters: float) -> float:
    return 8 + max(text_width(text, letters) for text in (chart.corner, *(row.short for row in chart.rows)))


def _fits(chart: Heat, size: Size, number: int, letters: float) -> bool:
    """Whether so many blocks leave each row its height, and each column the width of its short name."""
    least = LEAST_ROW if letters == size.axis else letters * 1.15
    row = (size.height - 6 - letters * LINE_HEIGHT) / -(-len(chart.rows) // number)
    column = (size.width / number - _brief_names(chart, letters) - 16) / len(chart.columns)
    return row >= least and column - 6 >= max(text_width(brief, letters) for _name, brief in chart.columns)


def _block(chart: Heat, block: _Block) -> Iterator[str]:
    letters = block.letters
    yield f'<g class="ch-axis" font-size="{letters:g}" fill="{PAPER["muted"]}">'
    if chart.corner and block.is_short and not block.is_stacked:
        corner = wrapped(chart.corner, letters, block.names - 6, most=1)[0]
        yield f'<text x="{px(block.left + 2)}" y="{px(block.head - 7)}">{words(corner)}</text>'
    for place, column in enumerate(chart.columns):
        lines = _column_lines(column, block.column, letters, is_short=block.is_short)
        for turn, line in enumerate(reversed(lines)):
            y = block.head - 7 - turn * letters * LINE_HEIGHT
            yield f'<text x="{px(block.x(place) + 4)}" y="{px(y)}">{words(line)}</text>'
    yield f'</g><g class="ch-lane" font-size="{letters:g}" fill="{PAPER["ink"]}">'
    for turn, lines in enumerate(block.named):
        rest = (len(lines) - 1) * letters * LINE_HEIGHT
        first = block.y(turn) + letters + 3 if block.is_stacked else block.middle(turn) - rest / 2 + letters * 0.35
        for place, line in enumerate(lines):
            y = first + place * letters * LINE_HEIGHT
            yield f'<text x="{px(block.left + 2)}" y="{px(y)}">{words(line)}</text>'
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
    parts, middle, high = [], block.middle(turn), block.high(turn) - 2
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
