"""What a table of open data is made of: fields that say what they mean and how they are read. Knows no domain.

Files, dictionary and descriptor are made of the same declarations: none of them can say what the others do not.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import CharField, Count, QuerySet, Value
from django.db.models.functions import Cast, Concat

from commitments.formats.language import LANGUAGES

#: How many records are read at once: the memory that a file takes does not depend on its length.
BATCH = 200


class Kind(StrEnum):
    """What a field holds."""

    TEXT = "text"
    NUMBER = "number"
    WHOLE = "whole"
    YES_NO = "yes_no"
    DAY = "day"
    KNOWN_DAY = "known_day"  # as exactly as it is known: a day, month, quarter, year or fiscal year
    MOMENT = "moment"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Field:
    """One column, or one for each language; blank where the record holds nothing, which is never 0."""

    name: str
    kind: Kind
    meaning: Any
    read: Callable[[Any], Any]
    #: Of what the numbers are, where they are numbers.
    unit: Any = ""
    #: The values that it may take, where they are few.
    values: tuple[str, ...] = ()
    in_languages: bool = False
    is_required: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(f"{self.name}_{code}" for code in LANGUAGES) if self.in_languages else (self.name,)

    def cells(self, row: Any) -> list[Any]:
        """The values of a row, one for each column; None where there is none."""
        found = self.read(row)
        if not self.in_languages:
            return [found]
        return [getattr(found, column, None) for column in self.columns]


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of record as a file: what it holds, where its rows come from, what identifies one."""

    name: str
    title: Any
    about: Any
    fields: tuple[Field, ...]
    #: What may be published on a day; `key` is unique and gives the order.
    published: Callable[[date], QuerySet[Any]]
    key: str
    #: A batch of records as rows that the fields can read.
    rows: Callable[[list[Any], date], Iterable[Any]] = lambda batch, on: batch
    #: What is counted for the number of its rows, where a record is no single row.
    counted: Callable[[date], QuerySet[Any]] | None = None
    primary: str = "code"
    #: Fields that name a record of another table: field, table, field there.
    refers: tuple[tuple[str, str, str], ...] = field(default=())

    @property
    def columns(self) -> list[str]:
        """The names of all columns, in their order."""
        return [column for one in self.fields for column in one.columns]

    def records(self, on: date) -> Iterator[list[Any]]:
        """The values of each row, read a batch at a time. The number of queries of a batch does not depend on it."""
        found = self.published(on).order_by(self.key)
        rows = found
        while batch := list(rows[:BATCH]):
            for row in self.rows(batch, on):
                yield [cell for one in self.fields for cell in one.cells(row)]
            if len(batch) < BATCH:
                return
            rows = found.filter(**{f"{self.key}__gt": getattr(batch[-1], self.key)})

    def number(self, on: date) -> int:
        """How many rows the file has. One query."""
        return numbers([self], on)[self.name]


def numbers(tables: Iterable[Table], on: date) -> dict[str, int]:
    """How many rows the file of each table has. One query."""
    counts = [_counted(table, on) for table in tables]
    found: dict[str, int] = dict.fromkeys((table.name for table in tables), 0)
    told = counts[0].union(*counts[1:], all=True) if len(counts) > 1 else counts[0]
    return found | {name: int(number) for name, number in (text.split(":") for text in told)}


def _counted(table: Table, on: date) -> QuerySet[Any]:
    """The name of a table and how many rows its file has: in one column, whose place in a union is sure."""
    rows = (table.counted or table.published)(on).order_by().prefetch_related(None).select_related(None)
    named = rows.annotate(table_name=Value(table.name, output_field=CharField())).values("table_name")
    number = Concat(Value(f"{table.name}:"), Cast(Count("pk"), CharField()), output_field=CharField())
    return named.annotate(told=number).values_list("told", flat=True)
