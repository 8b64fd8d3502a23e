"""The table that every program prints: what, here, anchor, ratio, target, met."""

import os
import platform
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields

#: Rounds that lie further apart than this say little about a target that is close.
NOISY = 0.25


@dataclass(frozen=True)
class Line:
    """One figure with what it is held against; empty where there is nothing to hold it against."""

    what: str
    here: str
    anchor: str = ""
    ratio: str = ""
    target: str = ""
    met: str = ""
    noise: str = ""


def at_least(value: float, target: float) -> str:
    """Whether a figure reaches its target."""
    return "yes" if value >= target else "no"


def at_most(value: float, target: float) -> str:
    """Whether a figure stays below its target."""
    return "yes" if value <= target else "no"


def told(noise: float) -> str:
    """How far the rounds lie apart, marked where it is too far to trust a close result."""
    return f"{noise:.0%}" + (" noisy" if noise > NOISY else "")


def show(title: str, lines: Sequence[Line], notes: Sequence[str] = ()) -> None:
    """Print the table, aligned."""
    rows = [tuple(field.name for field in fields(Line)), *(astuple(line) for line in lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    print(f"\n{title}")
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}")
    for row in rows:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    for note in notes:
        print(f"  {note}")
