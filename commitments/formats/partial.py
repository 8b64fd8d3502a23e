"""Dates as exactly as a source gives them: a day, a month, a quarter, a year or a fiscal year."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import total_ordering
from typing import Self


class Precision(StrEnum):
    """How exactly a date is known."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    FISCAL_YEAR = "fiscal_year"

    @property
    def months(self) -> int:
        """How many months such a date spans; 0 for a day."""
        return {"day": 0, "month": 1, "quarter": 3, "year": 12, "fiscal_year": 12}[self.value]


_FORMS = (
    (re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII), Precision.DAY),
    (re.compile(r"(\d{4})-(\d{2})", re.ASCII), Precision.MONTH),
    (re.compile(r"(\d{4})-Q([1-4])", re.ASCII), Precision.QUARTER),
    (re.compile(r"(\d{4})", re.ASCII), Precision.YEAR),
    (re.compile(r"(\d{4})-(\d{2})-(\d{2})/P1Y", re.ASCII), Precision.FISCAL_YEAR),
)


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date of known precision, kept as its first day.

    A fiscal year begins on the day its state says; the others begin where the calendar does. Ordered by the last
    day, then by the first: of "June 2025" and "30 June 2025" the exact day is the later word.
    Raises ValueError when the first day is not one on which such a date can begin.
    """

    first: date
    precision: Precision = Precision.DAY

    def __post_init__(self) -> None:
        calendar = {
            Precision.MONTH: self.first.day == 1,
            Precision.QUARTER: self.first.day == 1 and self.first.month in (1, 4, 7, 10),
            Precision.YEAR: self.first.day == 1 and self.first.month == 1,
        }
        if not calendar.get(self.precision, True):
            raise ValueError(f"{self.first} is not the first day of a {self.precision}.")
        last_day_of_period(self.first, self.precision.months)

    @property
    def first_day(self) -> date:
        """The first day it may mean."""
        return self.first

    @property
    def last_day(self) -> date:
        """The last day it may mean: for a fiscal year the day before it begins again."""
        return last_day_of_period(self.first, self.precision.months)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "2023-10-05", "2023-10", "2023-Q4", "2023" or "2022-10-01/P1Y" (a fiscal year by its first day).

        Raises ValueError for anything else, and for days that do not exist.
        """
        for form, precision in _FORMS:
            if match := form.fullmatch(text):
                try:
                    return cls(_first_day(precision, [int(part) for part in match.groups()]), precision)
                except ValueError as problem:
                    raise ValueError(f'"{text}" is not a date: {problem}') from problem
        raise ValueError(f'"{text}" is not a date such as 2023, 2023-Q4, 2023-10, 2023-10-05 or 2022-10-01/P1Y.')

    @classmethod
    def stored(cls, first: date, precision: str) -> Self:
        """A stored day with its precision. One on which such a date cannot begin is read as the plain day it is.

        The write path stores no such pair and no constraint forbids it: a slip in one row must not close a page.
        """
        try:
            return cls(first, Precision(precision or Precision.DAY))
        except ValueError:
            return cls(first)

    def iso(self) -> str:
        """Text that `parse` reads back: ISO 8601, with 2023-Q4 for a quarter."""
        day = self.first.isoformat()
        return {
            Precision.DAY: day,
            Precision.MONTH: day[:7],
            Precision.QUARTER: f"{day[:4]}-Q{(self.first.month + 2) // 3}",
            Precision.YEAR: day[:4],
            Precision.FISCAL_YEAR: f"{day}/P1Y",
        }[self.precision]

    def __str__(self) -> str:
        return self.iso()

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, PartialDate):
            return NotImplemented
        return self._order() < other._order()

    def _order(self) -> tuple[date, date, str]:
        return (self.last_day, self.first, self.precision.value)


def _first_day(precision: Precision, parts: list[int]) -> date:
    """First day that the numbers of a written date stand for."""
    year, *rest = parts
    if precision is Precision.QUARTER:
        return date(year, 3 * rest[0] - 2, 1)
    month, day = [*rest, 1, 1][:2]
    return date(year, month, day)


def last_day_of_period(first: date, months: int) -> date:
    """Last day of a period of whole months that begins on `first`; with no month, `first` itself.

    A period that begins late in a month ends no later than a shorter month does: a year from 29 February 2024
    ends on 28 February 2025. Raises ValueError when the period ends beyond the calendar's last year.
    """
    if not months:
        return first
    years, month = divmod(first.month - 1 + (months - 1 if first.day == 1 else months), 12)
    year = first.year + years
    if year > date.max.year:
        raise ValueError(f"{months} months from {first} end beyond the calendar.")
    length = monthrange(year, month + 1)[1]
    return date(year, month + 1, length if first.day == 1 else min(first.day - 1, length))
