"""Dates of known precision: their first and last day, their text and their order."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.formats.partial import PartialDate, Precision, last_day_of_period

EXAMPLES = [
    # text, precision, first day, last day
    ("2023-10-05", Precision.DAY, date(2023, 10, 5), date(2023, 10, 5)),
    ("2023-10", Precision.MONTH, date(2023, 10, 1), date(2023, 10, 31)),
    ("2024-02", Precision.MONTH, date(2024, 2, 1), date(2024, 2, 29)),
    ("2023-Q4", Precision.QUARTER, date(2023, 10, 1), date(2023, 12, 31)),
    ("2023-Q1", Precision.QUARTER, date(2023, 1, 1), date(2023, 3, 31)),
    ("2023", Precision.YEAR, date(2023, 1, 1), date(2023, 12, 31)),
    ("2022-10-01/P1Y", Precision.FISCAL_YEAR, date(2022, 10, 1), date(2023, 9, 30)),  # United States, fiscal year 2023
    ("2023-04-01/P1Y", Precision.FISCAL_YEAR, date(2023, 4, 1), date(2024, 3, 31)),  # Canada, Belize, Jamaica
    ("9999-12", Precision.MONTH, date(9999, 12, 1), date(9999, 12, 31)),  # the calendar's last month
]


@pytest.mark.parametrize(("text", "precision", "first", "last"), EXAMPLES)
def test_a_date_knows_its_first_and_last_day(text: str, precision: Precision, first: date, last: date) -> None:
    day = PartialDate.parse(text)
    assert (day.precision, day.first_day, day.last_day) == (precision, first, last)


@pytest.mark.parametrize("text", [text for text, *_ in EXAMPLES])
def test_the_text_comes_back_as_it_was(text: str) -> None:
    assert PartialDate.parse(text).iso() == text
    assert str(PartialDate.parse(text)) == text


@pytest.mark.parametrize(
    "text",
    ["", "2023-13", "2023-02-29", "2023-Q5", "2023-10-5", "2023/10/05", " 2023", "2023\n", "0000", "FY23"],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a date"):
        PartialDate.parse(text)


def test_a_refusal_says_what_was_read() -> None:
    with pytest.raises(ValueError, match='"hundreds" is not a date such as 2023, 2023-Q4'):
        PartialDate.parse("hundreds")


@pytest.mark.parametrize(
    ("first", "precision"),
    [
        (date(2023, 10, 2), Precision.MONTH),
        (date(2023, 2, 1), Precision.QUARTER),
        (date(2023, 4, 2), Precision.QUARTER),
        (date(2023, 4, 1), Precision.YEAR),
        (date(9999, 10, 1), Precision.FISCAL_YEAR),  # ends in the year 10000
    ],
)
def test_a_date_begins_where_its_kind_begins(first: date, precision: Precision) -> None:
    with pytest.raises(ValueError, match=r"is not the first day of a|beyond the calendar"):
        PartialDate(first, precision)


def test_order_is_by_the_last_day_then_by_the_first() -> None:
    written = ["2023-12-30", "2023", "2023-12", "2023-12-31", "2024-01-01", "2024-01"]
    assert [day.iso() for day in sorted(PartialDate.parse(text) for text in reversed(written))] == written
    assert PartialDate.parse("2023-12") <= PartialDate.parse("2023-12-31")
    assert PartialDate.parse("2023") != PartialDate(date(2023, 1, 1), Precision.FISCAL_YEAR)


def test_a_date_is_not_compared_with_a_text() -> None:
    with pytest.raises(TypeError):
        assert PartialDate.parse("2023") < "2024"


@pytest.mark.parametrize(
    ("first", "months", "last"),
    [
        (date(2023, 6, 12), 0, date(2023, 6, 12)),
        (date(2023, 6, 12), 1, date(2023, 7, 11)),
        (date(2023, 12, 1), 3, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
    ],
)
def test_a_period_ends_the_day_before_it_begins_again(first: date, months: int, last: date) -> None:
    assert last_day_of_period(first, months) == last


def begun(day: date, precision: Precision) -> PartialDate:
    """Make the date of this precision that the day lies in."""
    month = {Precision.QUARTER: 3 * ((day.month - 1) // 3) + 1, Precision.YEAR: 1}.get(precision, day.month)
    exact = precision in (Precision.DAY, Precision.FISCAL_YEAR)
    return PartialDate(day if exact else date(day.year, month, 1), precision)


DATES = st.builds(begun, st.dates(date(1900, 1, 1), date(9990, 1, 1)), st.sampled_from(Precision))


@given(DATES)
def test_every_date_comes_back_from_its_text(day: PartialDate) -> None:
    assert PartialDate.parse(day.iso()) == day


@given(DATES)
def test_no_date_ends_before_it_begins_or_lasts_over_a_year(day: PartialDate) -> None:
    assert 0 <= (day.last_day - day.first_day).days <= 365


@given(DATES, DATES)
def test_one_of_two_dates_is_later_or_they_are_one(one: PartialDate, other: PartialDate) -> None:
    assert [one < other, one == other, one > other].count(True) == 1


@pytest.mark.parametrize(
    ("first", "precision", "read"),
    [
        (date(2024, 2, 29), "day", PartialDate(date(2024, 2, 29))),
        (date(2024, 3, 1), "month", PartialDate(date(2024, 3, 1), Precision.MONTH)),
        (date(2024, 3, 1), "", PartialDate(date(2024, 3, 1))),
        (date(2024, 3, 17), "month", PartialDate(date(2024, 3, 17))),
        (date(2024, 2, 1), "quarter", PartialDate(date(2024, 2, 1))),
        (date(2024, 7, 1), "year", PartialDate(date(2024, 7, 1))),
        (date(9999, 6, 1), "fiscal_year", PartialDate(date(9999, 6, 1))),
        (date(2024, 7, 1), "decade", PartialDate(date(2024, 7, 1))),
    ],
)
def test_a_stored_day_that_does_not_fit_its_precision_is_read_as_that_day(
    first: date, precision: str, read: PartialDate
) -> None:
    assert PartialDate.stored(first, precision) == read
