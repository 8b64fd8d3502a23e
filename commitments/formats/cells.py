"""Cells of a file for spreadsheets: a text that begins like a formula is never taken for one."""

from decimal import Decimal
from typing import Any

#: What a spreadsheet would read as the beginning of a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Echo:
    """A file that hands back what is written into it, for a writer whose lines go out one by one."""

    def write(self, text: str) -> str:
        """The line itself."""
        return text


def guarded(cell: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def cell_of(value: Any) -> str:
    """A value that may be a number: text is guarded, a number stays one, a blank stays blank."""
    text = "" if value is None else str(value)
    is_number = text.lstrip("-").replace(".", "", 1).isdigit()
    return text if is_number else guarded(text)


def bare(value: Decimal | None) -> str | None:
    """A figure as text: no exponent, no zeros at the end. Blank is never zero."""
    if value is None:
        return None
    plain = format(value.normalize(), "f")
    return "0" if plain in {"-0", ""} else plain
