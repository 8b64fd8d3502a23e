"""A square for one thing in a row of many: done in time, done late, missing, not due. The words stand beside it."""

from collections.abc import Sequence
from typing import Literal

from django.utils.safestring import SafeString

from commitments.charts.labels import text_width, wrapped
from commitments.charts.svg import PAPER, drawn, px, words

Kind = Literal["on_time", "late", "missing", "not_due"]
#: Each differs by its shape, not by colour alone: filled with a tick, outlined with a hand, crossed, dashed.
_SHAPES: dict[Kind, str] = {
    "on_time": (
        f'<rect class="ch-done" width="18" height="18" rx="3" fill="{PAPER["brand"]}"/>'
        f'<path class="ch-on-done" d="M4.5 9.5l3 3 6-7" fill="none" stroke="{PAPER["surface"]}" stroke-width="2"/>'
    ),
    "late": (
        f'<rect class="ch-late" x="1" y="1" width="16" height="16" rx="3" fill="none" stroke="{PAPER["offtrack"]}" '
        f'stroke-width="2"/><path class="ch-late" d="M9 5v4.5l3 2" fill="none" stroke="{PAPER["offtrack"]}" '
        f'stroke-width="2"/>'
    ),
    "missing": (
        f'<rect class="ch-late" x="1" y="1" width="16" height="16" rx="3" fill="none" stroke="{PAPER["offtrack"]}" '
        f'stroke-width="2"/><path class="ch-late" d="M6 6l6 6M12 6l-6 6" fill="none" stroke="{PAPER["offtrack"]}" '
        f'stroke-width="2"/>'
    ),
    "not_due": (
        f'<rect class="ch-open" x="1" y="1" width="16" height="16" rx="3" fill="none" stroke="{PAPER["line-strong"]}" '
        f'stroke-width="1.5" stroke-dasharray="2"/>'
    ),
}


def square(kind: Kind) -> SafeString:
    """One square, hidden from screen readers. Raises KeyError for a kind that is none."""
    return drawn(
        '<svg class="ch-square" viewBox="0 0 18 18" width="18" height="18" aria-hidden="true" focusable="false">',
        shape(kind),
        "</svg>",
    )


def squares(told: Sequence[tuple[Kind, str]], *, width: int, height: int) -> str:
    """The squares with their words, oldest first, one under the other and then in the next column, inside another
    drawing; the newest where there is no room for all.
    """
    step, letters, lead, gap = 30, 16, 28, 32
    lines = max(height // step, 1)
    column = min(max((lead + text_width(text, letters) + gap for _kind, text in told), default=width), width)
    most = lines * max(int(width // column), 1)
    parts = []
    for place, (kind, text) in enumerate(told[-most:]):
        x, y = place // lines * column, place % lines * step
        (line,) = wrapped(text, letters, column - lead, most=1)
        parts.append(
            f'<g transform="translate({px(x)} {px(y)})">{shape(kind)}<text class="ch-axis" x="{lead}" y="14.5" '
            f'font-size="{letters}" fill="{PAPER["ink"]}">{words(line)}</text></g>'
        )
    return "".join(parts)


def shape(kind: Kind) -> str:
    """The shape alone, 18 units high and wide, to stand in another drawing. Raises KeyError for a kind that is none."""
    return _SHAPES[kind]
