"""The day or period that a figure speaks of, in words: in full, and short where room is small."""

from collections.abc import Callable
from datetime import date, timedelta

from django.utils.translation import get_language, pgettext

from commitments.formats.dates import long_date, short_date
from commitments.formats.partial import PartialDate, Precision
from commitments.indicators.models import Measurement

Write = Callable[[date | PartialDate, str], str]


def when_of(row: Measurement) -> str:
    """1 October 2023 to 30 September 2024; of a figure without a period, its day as exactly as it is known."""
    if row.day is None:
        return pgettext("date of a figure", "date not stated")
    return spoken(row.day, row.period_start)


def short_when_of(row: Measurement) -> str:
    """The same where room is small; empty where no day is stated."""
    return short_spoken(row.day, row.period_start) if row.day is not None else ""


def short_spoken(day: PartialDate, start: date | None) -> str:
    """Oct 2023 to Sep 2024: whole months without their days."""
    last = day.last_day
    if start is not None and start.day == 1 and (last + timedelta(days=1)).day == 1:
        return spoken(PartialDate(last.replace(day=1), Precision.MONTH), start, _short_month)
    return spoken(day, start, short_date)


def spoken(day: PartialDate, start: date | None, write: Write = long_date) -> str:
    """A day, or the period that begins before it; a month or a year that is the period is said as it is."""
    lang = get_language() or "en"
    if start is None or (day.precision is not Precision.DAY and start == day.first_day):
        return write(day, lang)
    days = {"first": write(start, lang), "last": write(day, lang)}
    return pgettext("period of a figure", "%(first)s to %(last)s") % days


def _short_month(day: date | PartialDate, lang: str) -> str:
    return short_date(day if isinstance(day, PartialDate) else PartialDate(day, Precision.MONTH), lang)
