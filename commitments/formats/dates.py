"""Dates and times as each language writes them, at the precision that is known.

Never an all-figures date. Babel gives the names of months; the patterns, the day one and the full stops are ours.
"""

from datetime import date, datetime, time, timedelta, tzinfo
from functools import cache
from typing import Literal

from babel import Locale
from babel.dates import get_timezone_location
from django.conf import settings

from commitments.formats.language import language_of
from commitments.formats.numbers import MARKS, MINUS, NO_BREAK
from commitments.formats.partial import PartialDate, Precision

#: Day, month, year; and month, year. Portuguese and Spanish say "de" in the long form only.
_LONG = {"en": "{d} {m} {y}", "es": "{d} de {m} de {y}", "pt": "{d} de {m} de {y}", "fr": "{d} {m} {y}"}
_LONG_MONTH = {"en": "{m} {y}", "es": "{m} de {y}", "pt": "{m} de {y}", "fr": "{m} {y}"}
_FIRST = {"en": "1", "es": "1", "pt": "1º", "fr": "1er"}
_LONG_QUARTER = {
    "en": ("1st quarter of {y}", "2nd quarter of {y}", "3rd quarter of {y}", "4th quarter of {y}"),
    "es": ("1.er trimestre de {y}", "2.º trimestre de {y}", "3.er trimestre de {y}", "4.º trimestre de {y}"),
    "pt": ("1º trimestre de {y}", "2º trimestre de {y}", "3º trimestre de {y}", "4º trimestre de {y}"),
    "fr": ("1er trimestre {y}", "2e trimestre {y}", "3e trimestre {y}", "4e trimestre {y}"),
}
_SHORT_QUARTER = {"en": "Q{q} {y}", "es": "T{q} {y}", "pt": "T{q} {y}", "fr": "T{q} {y}"}
_LONG_FISCAL = {"en": "fiscal year {y}", "es": "año fiscal {y}", "pt": "ano fiscal {y}", "fr": "exercice {y}"}
_SHORT_FISCAL = {"en": "FY {y}", "es": "AF {y}", "pt": "AF {y}", "fr": "ex. {y}"}

#: The distance from UTC of the zone where a day is over last.
LAST_OFFSET = timedelta(hours=-12)

Precise = Literal["day", "month", "year"]


def long_date(day: date | PartialDate, lang: str) -> str:
    """23 November 2026 · 23 de noviembre de 2026 · 1º de dezembro de 2026; "October 2026" where no more is known."""
    language = language_of(lang)
    known = _known(day)
    first = known.first
    month = _months(language, "wide")[first.month - 1]
    if known.precision is Precision.DAY:
        return _LONG[language].format(d=_day(first, language), m=month, y=first.year)
    if known.precision is Precision.MONTH:
        return _LONG_MONTH[language].format(m=month, y=first.year)
    if known.precision is Precision.QUARTER:
        return _LONG_QUARTER[language][(first.month - 1) // 3].format(y=first.year)
    return _LONG_FISCAL[language].format(y=_years(known)) if known.precision is Precision.FISCAL_YEAR else _years(known)


def short_date(day: date | PartialDate, lang: str) -> str:
    """23 Nov 2026 · 23 nov. 2026; for tables and charts."""
    language = language_of(lang)
    known = _known(day)
    first = known.first
    month = _months(language, "abbreviated")[first.month - 1]
    if known.precision is Precision.DAY:
        return f"{_day(first, language)} {month} {first.year}"
    if known.precision is Precision.MONTH:
        return f"{month} {first.year}"
    if known.precision is Precision.QUARTER:
        return _SHORT_QUARTER[language].format(q=(first.month - 1) // 3 + 1, y=first.year)
    return (
        _SHORT_FISCAL[language].format(y=_years(known)) if known.precision is Precision.FISCAL_YEAR else _years(known)
    )


def axis_date(day: date, unit: Precise, lang: str) -> str:
    """A day under the axis of a chart: "2026", "Oct 2026" or "23 Oct 2026"."""
    if unit == "day":
        return short_date(day, lang)
    if unit == "month":
        return short_date(PartialDate(day.replace(day=1), Precision.MONTH), lang)
    return str(day.year)


def time_of_day(at: datetime, zone: tzinfo, lang: str) -> str:
    """The time in a zone, with the zone's distance from UTC: "09:05 (UTC−5)", in French "9 h 05 (UTC−5)".

    Raises ValueError for a moment without a zone of its own.
    """
    local = _local(at, zone)
    return f"{clock(local.time(), lang)} ({_from_utc(local)})"


def clock(at: time, lang: str) -> str:
    """A time of day alone: "09:05", in French "9 h 05"."""
    return f"{at.hour}{NO_BREAK}h{NO_BREAK}{at:%M}" if language_of(lang) == "fr" else f"{at:%H:%M}"


def long_moment(at: datetime, zone: tzinfo, lang: str) -> str:
    """Date and time in a zone: "23 November 2026, 09:00 (UTC−5)"."""
    return f"{long_date(_local(at, zone).date(), lang)}, {time_of_day(at, zone, lang)}"


def working_days_between(first: date, last: date) -> int:
    """How many working days, Monday to Friday, have begun after `first` up to `last`; none when `last` is not later.

    What was sent on a Friday has waited one working day on Monday. Holidays differ by country and are not known.
    """
    if last <= first:
        return 0
    weeks, rest = divmod((last - first).days, 7)
    return 5 * weeks + sum((first + timedelta(days=day)).weekday() < 5 for day in range(1, rest + 1))


def working_days_back(last: date, days: int) -> date:
    """The earliest day from which no more than `days` working days have begun up to `last`."""
    first = last
    while working_days_between(first - timedelta(days=1), last) <= days:
        first -= timedelta(days=1)
    return first


def _known(day: date | PartialDate) -> PartialDate:
    return day if isinstance(day, PartialDate) else PartialDate(day)


def _years(known: PartialDate) -> str:
    """The year, or both years of a fiscal year that does not begin in January: states name theirs differently."""
    first, last = known.first.year, known.last_day.year
    return str(first) if first == last else f"{first}–{last}"


def _day(day: date, language: str) -> str:
    return _FIRST[language] if day.day == 1 else str(day.day)


@cache
def _months(language: str, width: str) -> tuple[str, ...]:
    """The twelve names in running text. Spanish abbreviations get the full stop that CLDR leaves out."""
    locale = Locale.parse(MARKS[language].locale)
    wide = locale.months["format"]["wide"]
    names = locale.months["format"][width]
    if width == "wide" or language == "en":
        return tuple(names[month] for month in range(1, 13))
    return tuple(_shortened(names[month], wide[month]) for month in range(1, 13))


def _shortened(name: str, wide: str) -> str:
    """An abbreviation with its full stop; a short month that would save nothing is written out (mayo, maio)."""
    stem = name.rstrip(".")
    return wide if len(wide) <= len(stem) + 1 else f"{stem}."


def _local(at: datetime, zone: tzinfo) -> datetime:
    if at.utcoffset() is None:
        raise ValueError("A moment needs a time zone.")
    return at.astimezone(zone)


def _from_utc(local: datetime) -> str:
    minutes = round((local.utcoffset() or local - local).total_seconds() / 60)
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else MINUS}{hours}{f':{rest:02}' if rest else ''}"


def site_day(moment: datetime) -> date:
    """The day that the public pages speak of at a moment: the site's, wherever the person is who changes something."""
    return moment.astimezone(settings.SITE_TIME_ZONE).date()


def last_day_at(moment: datetime) -> date:
    """The due day that ends next in public: what was due before it is late, for everybody alike.

    It is the day in the zone in which due days end (DUE_TIME_ZONE): unless the site says otherwise, the zone where a
    day is over last, so that what is sent while its due day lasts anywhere is in time.
    """
    return moment.astimezone(settings.DUE_TIME_ZONE).date()


def due_zone(year: int, lang: str) -> str:
    """The zone in which a due day ends at 24:00: "UTC−5"; where clocks change, "New York, UTC−5/UTC−4".

    Empty for the zone where a day is over last: there it ends once it is over everywhere.
    """
    zone = settings.DUE_TIME_ZONE
    known = [datetime(year, month, 1, tzinfo=zone) for month in range(1, 13)]
    if all(at.utcoffset() == LAST_OFFSET for at in known):
        return ""
    distances = "/".join(dict.fromkeys(_from_utc(at) for at in known))
    if "/" not in distances:
        return distances
    return f"{get_timezone_location(zone, MARKS[language_of(lang)].locale, return_city=True)}, {distances}"
