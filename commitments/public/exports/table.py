"""A table as a file: CSV, written line by line, or XLSX with typed cells. Blank is never zero."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from io import BytesIO
from itertools import islice
from types import NoneType
from typing import Any

from django.utils.translation import gettext as _

from commitments.formats.cells import FORMULA, cell_of
from commitments.formats.partial import PartialDate, Precision

#: More rows than this are not put into a workbook while somebody waits.
MOST_ROWS = 5_000
AT_ONCE = 200
QUOTE = '"'
Cell = str | int | Decimal | date | PartialDate | bool | None


class Together(tuple[Cell, ...]):
    """Cells beside each other that come again and again in a file, such as a code and its word: written once."""

    @cached_property
    def written(self) -> str:
        """As they stand in a file."""
        return ",".join(_WRITTEN[type(cell)](cell) for cell in self)


Row = Sequence[Cell | Together]


@dataclass(frozen=True, slots=True)
class Table:
    """The columns, in the language of the page, and the rows, each read when its turn comes."""

    heads: tuple[str, ...]
    rows: Iterable[Row]


def cells_of(row: Row) -> Iterator[Cell]:
    """The cells of a row one by one."""
    for cell in row:
        if isinstance(cell, Together):
            yield from cell
        else:
            yield cell


def csv_parts(table: Table) -> Iterator[str]:
    """The file in parts of so many lines, the columns first. Nothing in it is taken for a formula."""
    yield f"\ufeff{_lines([table.heads])}"
    rows = iter(table.rows)
    while some := list(islice(rows, AT_ONCE)):
        yield _lines(some)


def _lines(rows: Sequence[Row]) -> str:
    """The rows as the csv module writes them; column by column, for a file has millions of cells."""
    columns = map(_column, zip(*rows, strict=True))
    return "\r\n".join([*map(",".join, zip(*columns, strict=True)), ""])


def _column(cells: Sequence[Cell | Together]) -> list[str]:
    """The cells of a column, mostly of one kind. Most texts begin with a letter and need no marks around them."""
    kinds = set(map(type, cells))
    if kinds == {Together}:
        return [cell.written for cell in cells]  # type: ignore[union-attr]
    if kinds == {str}:
        return [cell if _as_it_is(cell) else _text(cell) for cell in cells]  # type: ignore[misc,arg-type]
    return [_WRITTEN[type(cell)](cell) for cell in cells]


#: Whether a text begins like no formula and holds nothing that has to stand between marks.
_as_it_is = re.compile(r"(?:[^=+\-@\t\r\n,\"][^\r\n,\"]*)?").fullmatch
_to_mark = re.compile(r"[\r\n,\"]").search


def _text(cell: str) -> str:
    """A text that does not stand as it is."""
    text = cell_of(cell) if cell.startswith(FORMULA) else cell
    return f'"{text.replace(QUOTE, 2 * QUOTE)}"' if _to_mark(text) else text


def _number(cell: Decimal) -> str:
    return format(cell.normalize(), "f") if cell else "0"


class _Kinds(dict[type, Callable[[Any], str]]):
    """How cells of each type are written; one of a type that is not named, as the named one that it is."""

    def __missing__(self, kind: type) -> Callable[[Any], str]:
        self[kind] = next(write for named, write in self.items() if issubclass(kind, named))
        return self[kind]


#: A value as data: figures without an exponent or zeros at the end, dates as ISO 8601 has them.
_WRITTEN = _Kinds(
    {
        str: lambda cell: cell if _as_it_is(cell) else _text(cell),
        Decimal: _number,
        bool: lambda cell: "1" if cell else "0",
        int: str,
        # The same few thousand days come again and again.
        date: lru_cache(5_000)(lambda day: day.isoformat()),
        PartialDate: lru_cache(5_000)(lambda day: day.iso()),
        NoneType: lambda cell: "",
    }
)


def xlsx_of(table: Table, *, name: str, about: Sequence[tuple[str, str]]) -> bytes:
    """A workbook: the table with typed cells, and a second sheet that says what it is. `name` is the first sheet's."""
    # Takes a moment to load, and only those who ask for a workbook need it.
    from xlsxwriter import Workbook

    kept = BytesIO()
    as_they_are = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(kept, {"in_memory": True, "constant_memory": True, **as_they_are})
    strong, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet(name[:31])
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(table.heads) - 1, 18)
    sheet.write_row(0, 0, table.heads, strong)
    for number, row in enumerate(table.rows, start=1):
        for place, cell in enumerate(cells_of(row)):
            _write(sheet, number, place, cell, day)
    told = book.add_worksheet(_("About this file")[:31])
    told.set_column(0, 0, 24)
    told.set_column(1, 1, 90)
    for number, (label, value) in enumerate(about):
        told.write_string(number, 0, label, strong)
        told.write_string(number, 1, value)
    book.close()
    return kept.getvalue()


def _write(sheet: Any, number: int, place: int, cell: Cell, day: Any) -> None:
    """One cell by its type; text is text whatever it looks like, and nothing is left blank."""
    if isinstance(cell, PartialDate):
        cell = cell.first if cell.precision is Precision.DAY else cell.iso()
    if cell is None or cell == "":
        return
    if isinstance(cell, bool):
        sheet.write_boolean(number, place, cell)
    elif isinstance(cell, int | Decimal):
        sheet.write_number(number, place, cell)
    elif isinstance(cell, date):
        sheet.write_datetime(number, place, cell, day)
    else:
        sheet.write_string(number, place, str(cell))
