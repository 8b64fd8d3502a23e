"""The map of equal squares as a drawing: one for each country, in rough map position, for pictures and frames.

On pages the same squares are a list of links (templates/components/tile_map.html): read in order, reached by key.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from commitments.charts.bars import strip
from commitments.charts.plot import Size
from commitments.charts.svg import PAPER, drawn, ident, px, words

COLUMNS, ROWS, GAP = 9, 10, 4.0
#: A square at least so high has its number under its code; a lower one has it beside.
TALL = 38.0
#: A square at least so high has a strip below its code; in a lower one it would run over code and number.
STRIP, WITH_STRIP = 4.0, 18.0
#: The widest a tile may be drawn, as many times as it is high.
BROAD = 4.8
LETTERS = 12.0


@dataclass(frozen=True, slots=True)
class Square:
    """One country: its place, code, how it stands to the Declaration, its number (empty: it has no
    commitments to count), its statuses, whether it is late.
    """

    row: int
    column: int
    code: str
    standing: str
    number: str = ""
    counts: Mapping[str, int] | None = None
    is_late: bool = False


def tile_map(squares: Sequence[Square], *, title: str, description: str, id: str, size: Size) -> SafeString:  # noqa: A002
    """One drawing. Raises ValueError for an id that is none, or a place that is not on the map."""
    name = ident(id)
    height = (size.height - (ROWS - 1) * GAP) / ROWS
    width = min((size.width - (COLUMNS - 1) * GAP) / COLUMNS, height * BROAD)
    left = (size.width - COLUMNS * width - (COLUMNS - 1) * GAP) / 2
    parts: list[str] = []
    for square in squares:
        if not (0 <= square.row < ROWS and 0 <= square.column < COLUMNS):
            raise ValueError(f"{square.code} has no place on the map.")
        x, y = left + square.column * (width + GAP), square.row * (height + GAP)
        parts += _square(square, x, y, width, height)
    return drawn(
        f'<svg class="ch ch-map ch-{size.name}" viewBox="0 0 {size.width} {size.height}" width="{size.width}" '
        f'height="{size.height}" role="img" aria-labelledby="{name}-title {name}-desc" fill="none">'
        f'<title id="{name}-title">{words(title)}</title><desc id="{name}-desc">{words(description)}</desc>',
        *parts,
        "</svg>",
    )


def _square(square: Square, x: float, y: float, width: float, height: float) -> Iterator[str]:
    """The frame says how a country stands: plain, double for an observer, dashed for one that has not endorsed."""
    is_tall = height >= TALL
    letters = min(LETTERS if width > 45 else LETTERS - 1, height * 0.6)
    side = (5 if width > 45 else 3) + (2 if square.standing == "observer" and not is_tall else 0)
    edge = {
        "endorsing": f'stroke="{PAPER["line-strong"]}" stroke-width="1.5"',
        "observer": f'stroke="{PAPER["line-strong"]}" stroke-width="1.2"',
    }.get(square.standing, f'stroke="{PAPER["line-strong"]}" stroke-dasharray="3 2.5"')
    if square.is_late:
        edge = f'stroke="{PAPER["offtrack"]}" stroke-width="2"'
    kind = "ch-late" if square.is_late else "ch-open"
    yield _frame(kind, x, y, width, height, 0.75, edge)
    if square.standing == "observer":
        yield _frame(kind, x, y, width, height, 3 if is_tall else 2, edge)
    has_own = square.standing == "endorsing" or bool(square.number)
    has_strip = bool(square.counts) and height >= WITH_STRIP
    ink = "ink" if has_own else "muted"
    if is_tall:
        top = y + letters + (5 if height > 50 else 3)
    elif has_strip:
        top = y + (height - STRIP - 2 + letters * 0.7) / 2
    else:
        top = y + height / 2 + letters * 0.35
    weight = ' font-weight="660"' if has_own else ""
    yield (
        f'<text class="{"ch-lane" if has_own else "ch-axis"}" x="{px(x + side)}" y="{px(top)}" '
        f'font-size="{letters:.1f}"{weight} fill="{PAPER[ink]}">{words(square.code)}</text>'
    )
    if not has_own:
        return
    if is_tall:
        size, foot = (letters * 1.2, 15) if height > 50 else (letters, 13)
        place = f'x="{px(x + side)}" y="{px(y + height - foot)}" font-size="{size:.1f}"'
    else:
        place = f'x="{px(x + width - side)}" y="{px(top)}" text-anchor="end" font-size="{letters:.1f}"'
    yield f'<text class="ch-lane" {place} font-weight="600" fill="{PAPER["ink"]}">{words(square.number)}</text>'
    if square.counts and has_strip:
        deep = 8 if is_tall else STRIP
        yield strip(square.counts, x + side, y + height - deep - (4 if is_tall else 2.5), width - 2 * side, deep)
    if square.is_late and is_tall:
        clock = f'cx="{px(x + width - 11)}" cy="{px(y + height - 20)}" r="5" stroke="{PAPER["offtrack"]}"'
        hands = f'd="M{px(x + width - 11)} {px(y + height - 23)}v3l2 1.4" stroke="{PAPER["offtrack"]}"'
        yield f'<circle class="ch-late" {clock} stroke-width="1.5"/><path class="ch-late" {hands} stroke-width="1.5"/>'


def _frame(kind: str, x: float, y: float, width: float, height: float, inset: float, edge: str) -> str:
    return (
        f'<rect class="{kind}" x="{px(x + inset)}" y="{px(y + inset)}" width="{px(width - 2 * inset)}" '
        f'height="{px(height - 2 * inset)}" rx="5" {edge}/>'
    )
