"""A table as CSV or JSON, line by line: never held in memory."""

import csv
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings

from commitments.formats.cells import Echo, guarded
from commitments.opendata.fields import Table


def csv_lines(table: Table, on: date) -> Iterator[str]:
    """The file for spreadsheets, the names of the columns first; texts are guarded, an empty cell is a blank."""
    writer: Any = csv.writer(Echo())
    yield writer.writerow(table.columns)
    for cells in table.records(on):
        yield writer.writerow([guarded(cell) if isinstance(cell, str) else plain(cell) for cell in cells])


def json_lines(table: Table, on: date) -> Iterator[str]:
    """The file for programs: what it is, then its rows; a blank is null."""
    columns = [json.dumps(column) for column in table.columns]
    yield json.dumps(head(table, on), ensure_ascii=False)[:-1] + ', "rows": ['
    before = "\n"
    for cells in table.records(on):
        pairs = (f"{column}: {_value(cell)}" for column, cell in zip(columns, cells, strict=True))
        yield before + "{" + ", ".join(pairs) + "}"
        before = ",\n"
    yield "\n]}\n"


def head(table: Table, on: date) -> dict[str, Any]:
    """What a file says of itself; a licence only where one is decided."""
    told: dict[str, Any] = {"name": table.name, "data_as_of": on.isoformat(), "source": settings.SITE_URL}
    if settings.DATA_LICENCE:
        told["licence"] = {"name": settings.DATA_LICENCE, "path": settings.DATA_LICENCE_URL}
    return told


def plain(cell: Any) -> str:
    """A value as text for any language: plain numbers, ISO 8601 dates, true and false; nothing for a blank."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, Decimal):
        return _number(cell)
    if isinstance(cell, datetime):
        return cell.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _value(cell: Any) -> str:
    """A value as JSON; figures keep every digit."""
    if cell is None or cell == "":
        return "null"
    if isinstance(cell, bool | int | Decimal):
        return plain(cell)
    return json.dumps(plain(cell), ensure_ascii=False)


def _number(value: Decimal) -> str:
    """A figure without exponent and without zeros at its end."""
    told = format(value.normalize(), "f")
    return "0" if told == "-0" else told
