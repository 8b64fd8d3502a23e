"""Bars of statuses and rows of blocks. Hidden from screen readers: the same facts stand beside them.

Lengths are attributes in percent of whatever room there is, since the content policy allows no style attribute;
gaps, outlines and patterns keep their size in pixels.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Literal

from django.utils.safestring import SafeString

from commitments.charts.svg import PAPER, drawn, px

#: The order never changes: a bar is read by place as much as by colour.
ORDER = ("fulfilled", "on_track", "at_risk", "off_track", "not_started", "no_data")
LEAST, GAP = 5, 2
#: The narrowest room, in pixels, that a bar of each height is drawn in: tile, row, hero.
ROOM = {9: 34, 12: 150, 20: 240}

Block = Literal["done", "late", "open"]


def status_bar(counts: Mapping[str, int], *, height: int = 12) -> SafeString:
    """One bar with a segment for each status that occurs.

    It refers to the patterns of `status_patterns`, which stand once on a page however many bars it has.

    Raises ValueError for a status that is none, a negative count, or a height other than 9, 12 and 20.
    """
    return _status_bar(tuple(sorted(counts.items())), height)


@lru_cache(4_000)
def _status_bar(told: tuple[tuple[str, int], ...], height: int) -> SafeString:
    counts = dict(told)
    if height not in ROOM:
        raise ValueError(f"A bar is 9, 12 or 20 pixels high, not {height}.")
    if not set(counts) <= set(ORDER) or any(count < 0 for count in counts.values()):
        raise ValueError("A bar is made from counts of the six statuses.")
    present = [(status, counts[status]) for status in ORDER if counts.get(status)]
    if not present:
        return drawn()
    widths = shares([count for _, count in present], ROOM[height])
    keys = [status.replace("_", "") for status, _ in present]
    return drawn(
        f'<svg class="ch-bar ch-bar-{height}" width="100%" height="{height}" aria-hidden="true">',
        *_segments(keys, widths, height),
        "</svg>",
    )


def status_patterns() -> SafeString:
    """The patterns of all bars, for the sheet of shapes that every page carries once."""
    return drawn(*_patterns())


def block_row(blocks: Sequence[Block], *, width: int = 9, height: int = 20) -> SafeString:
    """One block for each country or task: filled when done, outlined when late, dashed when not due yet."""
    if not blocks:
        return drawn()
    step = width + 3
    shapes = {
        "done": f'class="ch-done" fill="{PAPER["brand"]}"',
        "late": f'class="ch-late" fill="none" stroke="{PAPER["offtrack"]}" stroke-width="2"',
        "open": f'class="ch-open" fill="none" stroke="{PAPER["line-strong"]}" stroke-width="1.5" stroke-dasharray="2"',
    }
    inset = {"done": 0.0, "late": 1.0, "open": 0.75}
    total = len(blocks) * step - 3
    return drawn(
        f'<svg class="ch-blocks" viewBox="0 0 {total} {height}" width="{total}" height="{height}" aria-hidden="true">',
        *(
            f'<rect x="{px(place * step + inset[block])}" y="{px(inset[block])}" rx="2.5" '
            f'width="{px(width - 2 * inset[block])}" height="{px(height - 2 * inset[block])}" {shapes[block]}/>'
            for place, block in enumerate(blocks)
        ),
        "</svg>",
    )


def shares(counts: list[int], room: int) -> list[float]:
    """Percent of the bar for each segment: by count, but none below the least width in the narrowest room."""
    least = min(100 * (LEAST + GAP) / room, 100 / len(counts))
    shares = [100 * count / sum(counts) for count in counts]
    small = {place for place, share in enumerate(shares) if share < least}
    while small:
        rest = sum(count for place, count in enumerate(counts) if place not in small)
        left = 100 - least * len(small)
        shares = [least if place in small else left * count / rest for place, count in enumerate(counts)]
        more = {place for place, share in enumerate(shares) if place not in small and share < least}
        if not more:
            break
        small |= more
    return shares


def strip(counts: Mapping[str, int], x: float, y: float, width: float, height: float) -> str:
    """A bar inside another drawing, in its units. Its patterns are those of `status_patterns`."""
    present = [(status, counts[status]) for status in ORDER if counts.get(status)]
    widths = shares([count for _, count in present], int(width)) if present else []
    parts, start = [], x
    for (status, _count), share in zip(present, widths, strict=True):
        key, length = status.replace("_", ""), width * share / 100
        parts.append(_piece(key, start, y, length - (GAP if status != present[-1][0] else 0), height))
        start += length
    return "".join(parts)


def _piece(key: str, x: float, y: float, width: float, height: float) -> str:
    edge = f' stroke="{PAPER[key]}"' if key in ("notstarted", "nodata") else ""
    inset = 0.5 if edge else 0.0
    fill = PAPER["surface"] if key == "notstarted" else fill_of(key)
    place = f'x="{px(x + inset)}" y="{px(y + inset)}" rx="2" height="{px(height - 2 * inset)}"'
    return (
        f'<rect class="ch-piece ch-piece-{key}" {place} width="{px(max(width - 2 * inset, 1))}" fill="{fill}"{edge}/>'
    )


def _segments(keys: list[str], shares: list[float], height: int) -> Iterator[str]:
    start = 0.0
    for place, (key, share) in enumerate(zip(keys, shares, strict=True)):
        fill = fill_of(key)
        outline = ""
        if key in ("notstarted", "nodata"):
            outline = f' stroke="{PAPER[key]}" stroke-width="{3 if key == "notstarted" else 2}"'
            fill = PAPER["surface"] if key == "notstarted" else fill
        last = " ch-seg-last" if place == len(keys) - 1 else ""
        # Moved out to the left by the gap, the segment leaves it free on its right.
        shift = "" if last else f' x="-{GAP}"'
        size = f'{shift} width="100%" height="{height}"'
        yield (
            f'<svg x="{start:.2f}%" width="{share:.2f}%" height="{height}">'
            f'<rect class="ch-seg ch-seg-{key}{last}"{size} fill="{fill}"{outline}/></svg>'
        )
        start += share


def fill_of(key: str) -> str:
    """What a segment is filled with: its pattern, and the colour where patterns are not understood."""
    return f"url(#{_PREFIX}-{key}) {PAPER[key]}" if key in _PATTERNS else PAPER[key]


#: Before the id of a pattern on a page.
_PREFIX = "bar"

#: Pattern by status: size, turn, and its shapes as attributes; always on, since two fills are one grey.
_PATTERNS = {
    "atrisk": (7, 45, (("atrisk", "M0 0h7v7H0z"), ("atrisk-2", "M0 0h3v7H0z"))),
    "offtrack": (5, 45, (("offtrack", "M0 0h5v5H0z"), ("offtrack-2", "M0 0h5v1H1v4H0z"))),
    "nodata": (4, -45, (("surface", "M0 0h4v4H0z"), ("nodata", "M0 0h1v4H0z"))),
}


def _patterns() -> Iterator[str]:
    for key, (size, turn, shapes) in _PATTERNS.items():
        inside = "".join(f'<path class="ch-fill-{fill}" d="{d}" fill="{PAPER[fill]}"/>' for fill, d in shapes)
        yield (
            f'<pattern id="{_PREFIX}-{key}" width="{size}" height="{size}" patternUnits="userSpaceOnUse" '
            f'patternTransform="rotate({turn})">{inside}</pattern>'
        )
