"""Words inside a drawing: how wide they are, how they break, where they stand without touching each other."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from math import hypot, inf
from typing import Literal

Anchor = Literal["start", "middle", "end"]
Segment = tuple[float, float, float, float]

#: Widths in em by letter, rounded up from those of Public Sans; a test holds them against the typeface.
_EM = (
    (0.30, " .:'’!|·`ijl,;I\u00a0\u202f\u2009"),
    (0.43, '()[]{}frtJ-"“”º*/\\‘1'),
    (0.56, "szcvy?_«»^~a"),
    (0.60, "ekxo+=<>−–Lhnug"),
    (0.67, "bdpqFTEPYZ023456789$#¿"),
    (0.74, "ABCDKRSUVX&"),
    (0.82, "GONQHw@"),
    (0.97, "mMW%—…œ"),
)
_EM_OF = {letter: em for em, letters in _EM for letter in letters}
_TABULAR = 0.71
_UNKNOWN = 1.1


@cache
def _em(letter: str) -> float:
    """The width of a letter; an accented one is as wide as its base."""
    base = unicodedata.normalize("NFD", letter)[0]
    return _EM_OF.get(base, _UNKNOWN)


def text_width(text: str, size: float, tabular: bool = False) -> float:
    """An upper estimate of the width of a text in drawing units; `tabular` when its figures are all equally wide."""
    em = sum(_TABULAR if tabular and "0" <= letter <= "9" else _em(letter) for letter in text)
    return em * size


def wrapped(text: str, size: float, width: float, most: int = 3) -> list[str]:
    """A text in at most so many even lines of this width, broken at ordinary spaces; what does not fit ends in "…"."""
    lines = _broken(text, size, width)
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    elif len(lines) > 1:
        for share in (0.55, 0.65, 0.75, 0.85, 0.92):
            evener = _broken(text, size, width * share)
            if len(evener) == len(lines):
                lines = evener
                break
    return [_cut(line, size, width) for line in lines]


def _broken(text: str, size: float, width: float) -> list[str]:
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _cut(line: str, size: float, width: float) -> str:
    if text_width(line, size) <= width:
        return line
    while line and text_width(f"{line}…", size) > width:
        line = line[:-1]
    return f"{line.rstrip()}…"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the paper."""

    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: "Box", gap: float = 0.0) -> bool:
        """Whether the two come nearer than the gap."""
        return (
            self.left < other.right + gap
            and other.left < self.right + gap
            and self.top < other.bottom + gap
            and other.top < self.bottom + gap
        )

    def gap(self, other: "Box") -> float:
        """How far the two are apart; nothing where they touch."""
        across = max(self.left - other.right, other.left - self.right, 0.0)
        return hypot(across, max(self.top - other.bottom, other.top - self.bottom, 0.0))

    def crossed_by(self, line: Segment) -> bool:
        """Whether a straight line runs through the rectangle (Liang and Barsky)."""
        x1, y1, x2, y2 = line
        if max(x1, x2) < self.left or min(x1, x2) > self.right or max(y1, y2) < self.top or min(y1, y2) > self.bottom:
            return False
        enters, leaves = 0.0, 1.0
        dx, dy = x2 - x1, y2 - y1
        for p, q in ((-dx, x1 - self.left), (dx, self.right - x1), (-dy, y1 - self.top), (dy, self.bottom - y1)):
            if p == 0:
                if q < 0:
                    return False
            elif p < 0:
                enters = max(enters, q / p)
            else:
                leaves = min(leaves, q / p)
        return enters <= leaves


@dataclass(frozen=True, slots=True)
class Spot:
    """A place a label might stand: the point its edge or middle hangs on, and how much it is liked (less is better)."""

    x: float
    top: float
    anchor: Anchor
    cost: float = 0.0


@dataclass(frozen=True, slots=True)
class Placed:
    """A label that found its place."""

    box: Box
    anchor: Anchor

    @property
    def x(self) -> float:
        """Where the text hangs."""
        if self.anchor == "middle":
            return (self.box.left + self.box.right) / 2
        return self.box.left if self.anchor == "start" else self.box.right


@dataclass(slots=True)
class Paper:
    """The drawing so far: labels may not touch each other nor leave the frame, and keep off marks and lines."""

    frame: Box
    marks: list[Box] = field(default_factory=list)
    lines: list[tuple[Segment, float]] = field(default_factory=list)
    labels: list[Box] = field(default_factory=list)
    #: How near labels may come to each other.
    apart: float = 3.0

    def clean(self, width: float, height: float, spots: Iterable[Spot]) -> Iterator[tuple[Placed, float]]:
        """The spots that touch no label and nothing that may not be crossed, each with what it costs."""
        for spot in spots:
            placed = self._moved_inside(spot, width, height)
            if any(placed.box.touches(other, self.apart) for other in self.labels):
                continue
            cost = spot.cost + self._cost(placed.box)
            if cost < inf:
                yield placed, cost

    def _moved_inside(self, spot: Spot, width: float, height: float) -> Placed:
        back = {"start": 0.0, "middle": width / 2, "end": width}[spot.anchor]
        left = max(self.frame.left, min(spot.x - back, self.frame.right - width))
        top = max(self.frame.top, min(spot.top, self.frame.bottom - height))
        return Placed(Box(left, top, left + width, top + height), spot.anchor)

    def _cost(self, box: Box) -> float:
        cost = 0.0
        for line, weight in self.lines:
            if box.crossed_by(line):
                cost += weight
                if cost == inf:
                    return cost
        return cost + 60.0 * sum(box.touches(mark, 2) for mark in self.marks)

    def everywhere(self, wanted: Spot) -> list[Spot]:
        """The whole paper in small steps, dearer the farther from where the label should stand."""
        return [
            Spot(x, top, "start", 0.3 * (abs(x - wanted.x) + abs(top - wanted.top)))
            for top in range(int(self.frame.top), int(self.frame.bottom), 8)
            for x in range(int(self.frame.left), int(self.frame.right), 30)
        ]
