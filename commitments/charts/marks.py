"""The marks of a timeline: each kind by its shape, not by colour alone, and none a shape of a status of delivery."""

from typing import Literal

from commitments.charts.squares import Kind, shape
from commitments.charts.svg import PAPER, px

Mark = Literal["made", "due", "replaced", "ended", "done", "open", "overdue", "figure", "meeting"] | Kind


def draw_mark(mark: Mark, x: float, y: float) -> str:
    """One mark at its place."""
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
