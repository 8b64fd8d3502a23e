"""Where a value or a day stands on the paper, and which of them get a grid line."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import count
from typing import Literal

DateUnit = Literal["day", "month", "year"]
DayLabel = Callable[[date, DateUnit], str]

MOST_LINES = 5
_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5))
_MONTHS = (1, 2, 3, 6)
_YEARS = (1, 2, 5, 10, 20, 50, 100, 200)
_GAP = 14.0


@dataclass(frozen=True, slots=True)
class Scale:
    """A straight way from a range of numbers to a range of paper."""

    low: Decimal
    high: Decimal
    start: float
    end: float

    def __call__(self, number: Decimal | int) -> float:
        share = float((number - self.low) / (self.high - self.low)) if self.high > self.low else 0.5
        return self.start + share * (self.end - self.start)


def value_lines(low: Decimal, high: Decimal, whole: bool, most: int = MOST_LINES) -> tuple[Decimal, ...]:
    """At most so many round numbers between two values, both possibly among them; whole ones for things counted."""
    if high <= low:
        return (low,)
    whole = whole and high - low >= 1  # else no whole number may lie between them
    for power in count((high - low).adjusted() - 1):
        for step in _STEPS:
            width = step.scaleb(power)
            if whole and width != width.to_integral_value():
                continue
            first = int((low / width).to_integral_value(ROUND_CEILING))
            last = int((high / width).to_integral_value(ROUND_FLOOR))
            if last - first < most:
                return tuple(width * line for line in range(first, last + 1))
    raise AssertionError  # the steps grow until they fit


def day_lines(
    first: date, last: date, room: float, label: DayLabel, width: Callable[[str], float]
) -> list[tuple[date, str]]:
    """The days under the axis with their labels, as dense as labels fit into `room` without touching."""
    span = max((last - first).days, 1)
    for months in (*_MONTHS, *(12 * years for years in _YEARS)):
        unit: DateUnit = "year" if months >= 12 else "month"
        if months == 12 and span < 300:
            break
        days = _firsts(first, last, months)
        if len(days) < 2 or room * months * 30.4 / span < 30:
            continue
        labelled = [(day, label(day, unit)) for day in days]
        if max(width(text) for _, text in labelled) + _GAP <= room * (days[1] - days[0]).days / span:
            return labelled
    ends = [(first, label(first, "day")), (last, label(last, "day"))]
    fits = first != last and sum(width(text) for _, text in ends) + _GAP <= room
    return ends if fits else ends[1:]


def _firsts(first: date, last: date, months: int) -> list[date]:
    """The first days of months between two days: of every third month from January, of every year, …"""
    start = first.year * 12 + first.month - 1 + (first.day > 1)
    start += -start % min(months, 12)
    end = last.year * 12 + last.month - 1
    return [date(month // 12, month % 12 + 1, 1) for month in range(start, end + 1, months)]
