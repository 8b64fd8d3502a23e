"""Dates and times as the four languages write them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.formats.dates import (
    axis_date,
    long_date,
    long_moment,
    short_date,
    time_of_day,
    working_days_between,
)
from commitments.formats.language import LANGUAGES
from commitments.formats.partial import PartialDate


def all_long(text: str) -> tuple[str, ...]:
    return tuple(long_date(PartialDate.parse(text), lang) for lang in LANGUAGES)


def all_short(text: str) -> tuple[str, ...]:
    return tuple(short_date(PartialDate.parse(text), lang) for lang in LANGUAGES)


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (
            "2026-11-23",
            ("23 November 2026", "23 de noviembre de 2026", "23 de novembro de 2026", "23 novembre 2026"),
        ),
        ("2026-12-01", ("1 December 2026", "1 de diciembre de 2026", "1º de dezembro de 2026", "1er décembre 2026")),
        ("2026-09-05", ("5 September 2026", "5 de septiembre de 2026", "5 de setembro de 2026", "5 septembre 2026")),
        ("2026-10", ("October 2026", "octubre de 2026", "outubro de 2026", "octobre 2026")),
        (
            "2026-Q3",
            (
                "3rd quarter of 2026",
                "3.er trimestre de 2026",
                "3º trimestre de 2026",
                "3e trimestre 2026",
            ),
        ),
        ("2026", ("2026",) * 4),
        (
            "2022-10-01/P1Y",
            ("fiscal year 2022–2023", "año fiscal 2022–2023", "ano fiscal 2022–2023", "exercice 2022–2023"),
        ),
        ("2023-01-01/P1Y", ("fiscal year 2023", "año fiscal 2023", "ano fiscal 2023", "exercice 2023")),
    ],
)
def test_a_long_date_says_what_is_known(day: str, written: tuple[str, ...]) -> None:
    assert all_long(day) == written


@pytest.mark.parametrize(
    ("day", "written"),
    [
        ("2026-11-23", ("23 Nov 2026", "23 nov. 2026", "23 nov. 2026", "23 nov. 2026")),
        ("2026-09-01", ("1 Sept 2026", "1 sept. 2026", "1º set. 2026", "1er sept. 2026")),
        ("2026-05", ("May 2026", "mayo 2026", "maio 2026", "mai 2026")),
        ("2026-Q2", ("Q2 2026", "T2 2026", "T2 2026", "T2 2026")),
        ("2026", ("2026",) * 4),
        ("2022-10-01/P1Y", ("FY 2022–2023", "AF 2022–2023", "AF 2022–2023", "ex. 2022–2023")),
    ],
)
def test_a_short_date_says_what_is_known(day: str, written: tuple[str, ...]) -> None:
    assert all_short(day) == written


def test_only_months_that_are_shortened_have_a_full_stop() -> None:
    whole = {
        lang: [month for month in range(1, 13) if "." not in short_date(PartialDate.parse(f"2026-{month:02}"), lang)]
        for lang in ("es", "pt", "fr")
    }
    assert whole == {"es": [5], "pt": [5], "fr": [3, 5, 6, 8]}


def test_a_plain_day_is_a_day() -> None:
    assert long_date(date(2026, 6, 30), "pt-br") == "30 de junho de 2026"
    assert short_date(date(2026, 6, 30), "fr") == "30 juin 2026"


def test_days_under_an_axis() -> None:
    day = date(2026, 7, 15)
    assert [axis_date(day, unit, "fr") for unit in ("day", "month", "year")] == [
        "15 juil. 2026",
        "juil. 2026",
        "2026",
    ]


@pytest.mark.parametrize(
    ("zone", "english", "french"),
    [
        ("America/Bogota", "09:05 (UTC−5)", "9\u00a0h\u00a005 (UTC−5)"),
        ("America/St_Johns", "10:35 (UTC−3:30)", "10\u00a0h\u00a035 (UTC−3:30)"),
        ("Europe/Madrid", "15:05 (UTC+1)", "15\u00a0h\u00a005 (UTC+1)"),
        ("UTC", "14:05 (UTC)", "14\u00a0h\u00a005 (UTC)"),
    ],
)
def test_a_time_names_its_distance_from_utc(zone: str, english: str, french: str) -> None:
    at = datetime(2026, 11, 23, 14, 5, tzinfo=UTC)
    assert (time_of_day(at, ZoneInfo(zone), "en"), time_of_day(at, ZoneInfo(zone), "fr")) == (english, french)


def test_a_moment_has_the_day_of_its_zone() -> None:
    at = datetime(2026, 12, 1, 3, 30, tzinfo=UTC)
    assert long_moment(at, ZoneInfo("America/Lima"), "es") == "30 de noviembre de 2026, 22:30 (UTC−5)"
    assert long_moment(at, ZoneInfo("Europe/Madrid"), "pt") == "1º de dezembro de 2026, 04:30 (UTC+1)"


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        time_of_day(datetime(2026, 11, 23, 14, 5), ZoneInfo("UTC"), "en")


@given(st.dates(), st.sampled_from(LANGUAGES))
def test_the_day_of_the_month_and_the_year_stand_in_every_date(day: date, lang: str) -> None:
    for written in (long_date(day, lang), short_date(day, lang)):
        assert written.startswith(str(day.day))
        assert written.endswith(str(day.year))


@given(st.integers(0, 365), st.sampled_from(LANGUAGES))
def test_two_days_of_a_year_are_never_written_alike(offset: int, lang: str) -> None:
    days = [date(2024, 1, 1) + timedelta(days=shift) for shift in range(366)]
    assert [day for day in days if short_date(day, lang) == short_date(days[offset], lang)] == [days[offset]]


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        (date(2026, 11, 20), date(2026, 11, 20), 0),
        (date(2026, 11, 20), date(2026, 11, 22), 0),  # Friday to Sunday
        (date(2026, 11, 20), date(2026, 11, 23), 1),  # Friday to Monday
        (date(2026, 11, 21), date(2026, 11, 23), 1),  # Saturday to Monday
        (date(2026, 11, 23), date(2026, 11, 27), 4),
        (date(2026, 11, 23), date(2026, 11, 30), 5),
        (date(2026, 11, 30), date(2026, 11, 23), 0),
    ],
)
def test_working_days_run_from_monday_to_friday(first: date, last: date, days: int) -> None:
    assert working_days_between(first, last) == days


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(min_value=0, max_value=400))
def test_working_days_are_counted_one_by_one(first: date, length: int) -> None:
    days = [first + timedelta(days=day) for day in range(1, length + 1)]
    assert working_days_between(first, first + timedelta(days=length)) == sum(day.weekday() < 5 for day in days)
