"""A chart as a picture of its own, to be saved or shown elsewhere: title, sentence, drawing, source, day on one sheet.

The sheet has the size that other sites ask of a picture (1,200 × 630) and all its colours: it is light on any ground.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import fontpkg_public_sans
import resvg_py

from commitments.charts.bars import ORDER, fill_of, shares, status_patterns
from commitments.charts.labels import text_width, wrapped
from commitments.charts.svg import PAPER, drawn, in_language, px, words

WIDTH, HEIGHT, MARGIN = 1200, 630, 48
#: The letters of the title, of the sentence, and of all that is small.
TITLE, SENTENCE, SMALL = 42, 27, 22
#: How much larger than on a page a chart is drawn: its letters stay readable where the picture is shown small.
SCALE = 1.75
FAMILY = "Public Sans"
FONT = Path(str(fontpkg_public_sans.__file__)).parent / "files" / "PublicSans[wght].ttf"

NO_BREAK = "\u00a0"

#: What makes the drawing for a room of so many units of a page.
Drawer = Callable[[int, int], str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The words of one picture, in one language, and what draws its chart; a figure alone is written large."""

    language: str
    title: str
    sentence: str
    foot: tuple[str, ...]
    site: str
    drawing: Drawer | None = None
    figure: str = ""
    #: Of the title, where that is not in the language of the rest.
    title_language: str = ""


def sheet(page: Sheet) -> str:
    """The picture as a document of its own."""
    room = WIDTH - 2 * MARGIN
    title = wrapped(page.title, TITLE, room, most=2)
    sentence = wrapped(_held(page.sentence), SENTENCE, room, most=3) if page.sentence else []
    foot = [line for part in page.foot if part for line in wrapped(part, SMALL, room, most=1)]
    top = MARGIN + SMALL
    head = top + 22 + len(title) * TITLE * 1.2
    begins = head + 8 + len(sentence) * SENTENCE * 1.3 + 18
    ends = HEIGHT - MARGIN - len(foot) * SMALL * 1.35 - 14
    return drawn(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'lang="{words(page.language)}" font-family="\'{FAMILY}\', system-ui, sans-serif" role="img" '
        f'aria-labelledby="sheet-title sheet-desc">'
        f'<title id="sheet-title"{in_language(page.title_language)}>{words(page.title)}</title>'
        f'<desc id="sheet-desc">{words(page.sentence)}</desc>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{PAPER["surface"]}"/>',
        f'<rect width="{WIDTH}" height="10" fill="{PAPER["brand"]}"/>',
        _lines([page.site], top, SMALL, PAPER["muted"]),
        _lines(title, top + 22 + TITLE, TITLE, PAPER["ink"], weight=700),
        _lines(sentence, head + 8 + SENTENCE, SENTENCE, PAPER["ink"]),
        _middle(page, begins, ends),
        f'<path d="M{MARGIN} {px(ends + 8)}H{WIDTH - MARGIN}" stroke="{PAPER["line"]}" stroke-width="2"/>',
        _lines(foot, ends + 14 + SMALL * 1.2, SMALL, PAPER["muted"]),
        "</svg>",
    )


def _held(sentence: str) -> str:
    """The sentence with each number held to the word that it counts: no line ends between them."""
    return re.sub(r"(?<=\d) (?=[^\W\d])", NO_BREAK, sentence)


def _middle(page: Sheet, begins: float, ends: float) -> str:
    if page.drawing is not None:
        room = int((WIDTH - 2 * MARGIN) / SCALE), int((ends - begins) / SCALE)
        return f'<g transform="translate({MARGIN} {px(begins)}) scale({SCALE})">{page.drawing(*room)}</g>'
    if page.figure:
        size = next((size for size in (120, 90, 64, 44) if text_width(page.figure, size) <= WIDTH - 2 * MARGIN), 34)
        lines = wrapped(page.figure, size, WIDTH - 2 * MARGIN, most=2)
        return _lines(lines, begins + (ends - begins) / 2 + size * 0.35, size, PAPER["brand"], weight=700)
    return ""


def _lines(lines: list[str], y: float, size: int, fill: str, weight: int = 400) -> str:
    step = size * (1.2 if size == TITLE else 1.35)
    return "".join(
        f'<text x="{MARGIN}" y="{px(y + place * step)}" font-size="{size}" font-weight="{weight}" fill="{fill}">'
        f"{words(line)}</text>"
        for place, line in enumerate(lines)
    )


def counted_bar(counts: dict[str, int], labels: dict[str, str]) -> Drawer:
    """A bar of statuses with its key beneath: the pattern of each, its number and its word."""
    present = [status for status in ORDER if counts.get(status)]

    def draw(width: int, height: int) -> str:
        parts, start = [f"<defs>{status_patterns()}</defs>"], 0.0
        for status, share in zip(present, shares([counts[status] for status in present], width), strict=True):
            length = width * share / 100
            parts.append(_segment(status, start, 14, length - (0 if status == present[-1] else 3), 46))
            start += length
        x, y = 0.0, 96.0
        for status in present:
            said = f"{counts[status]} {labels[status]}"
            step = 26 + text_width(said, 16) + 18
            if x and x + step > width:
                x, y = 0.0, y + 30
            parts.append(_segment(status, x, y - 14, 17, 17))
            parts.append(
                f'<text x="{px(x + 26)}" y="{px(y)}" font-size="16" fill="{PAPER["ink"]}">{words(said)}</text>'
            )
            x += step
        return "".join(parts)

    return draw


def _segment(status: str, x: float, y: float, width: float, height: float) -> str:
    key = status.replace("_", "")
    fill = PAPER["surface"] if key == "notstarted" else fill_of(key)
    edge = f' stroke="{PAPER[key]}" stroke-width="1.5"' if key in {"notstarted", "nodata"} else ""
    inset = 0.75 if edge else 0.0
    return (
        f'<rect x="{px(x + inset)}" y="{px(y + inset)}" width="{px(width - 2 * inset)}" '
        f'height="{px(height - 2 * inset)}" rx="3" fill="{fill}"{edge}/>'
    )


def png(document: str) -> bytes:
    """The picture in points of light, with the letters of the site alone: the same bytes on every machine."""
    # Only whole hundreds are weights to the one who draws it.
    drawing = document.replace('font-weight="640"', 'font-weight="700"')
    return resvg_py.svg_to_bytes(
        svg_string=drawing, font_files=[str(FONT)], font_family=FAMILY, sans_serif_family=FAMILY, skip_system_fonts=True
    )
