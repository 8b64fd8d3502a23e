"""Numbers as people type them: read, asked about, or refused; never guessed."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from commitments.formats.language import LANGUAGES
from commitments.intake.numbers import MOST_DIGITS, MOST_PLACES, NumberProblem, read_number


def read(text: str, places: int = 4, lang: str = "en") -> list[str]:
    return [str(candidate) for candidate in read_number(text, lang, places).candidates]


def problem(text: str, places: int = 4) -> str:
    found = read_number(text, "en", places).problem
    assert found is not None
    return found.value


@pytest.mark.parametrize(
    "text",
    [
        "44900",
        "44 900",
        "44\u00a0900",
        "44\u202f900",
        "44\u2009900",
        "44\u3000900",
        "44  900",
        "44'900",
        "44’900",
        " 44900\n",
        "\u200e44900\ufeff",
        "+44900",
        "４４９００",
        "44900,0",
        "44.900,00",
        "44,900.00",
        "44 900.0",
        "044900",
    ],
)
def test_one_number_in_many_writings(text: str) -> None:
    assert {tuple(read(text, lang=lang)) for lang in LANGUAGES} == {("44900",)}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("44.90", "44.9"),
        ("0.500", "0.5"),
        ("0,125", "0.125"),
        (".5", "0.5"),
        ("1,234,567", "1234567"),
        ("1.234.567,89", "1234567.89"),
        ("1 234 567,8901", "1234567.8901"),
        ("1,234.567", "1234.567"),
        ("1'234.5", "1234.5"),
        ("4000,500", "4000.5"),
        ("44,9000", "44.9"),
        ("-5", "-5"),
        ("−5", "-5"),
        ("– 5,5", "-5.5"),
        ("-0", "0"),
        ("0", "0"),
        ("999999999999999", "999999999999999"),
        ("99999999999.9999", "99999999999.9999"),
    ],
)
def test_marks_that_can_mean_one_thing_only(text: str, value: str) -> None:
    assert {tuple(read(text, lang=lang)) for lang in LANGUAGES} == {(value,)}


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("4.000", ["4000", "4"]),
        ("4,000", ["4000", "4"]),
        ("44,900", ["44900", "44.9"]),
        ("120.125", ["120125", "120.125"]),
        ("-4.000", ["-4000", "-4"]),
    ],
)
def test_a_single_mark_before_three_digits_is_asked_about(text: str, readings: list[str]) -> None:
    assert {tuple(read(text, lang=lang)) for lang in LANGUAGES} == {tuple(readings)}
    assert read_number(text, "en").is_ambiguous
    assert read_number(text, "en").value is None


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("44,900", {"en": ["44900"], "es": ["44900"], "pt": ["44900"], "fr": ["44900"]}),
        ("44.900", {"en": ["44900"], "es": ["44900"], "pt": ["44900"], "fr": ["44900"]}),
        ("4,000", {"en": ["4000"], "es": ["4000", "4"], "pt": ["4000", "4"], "fr": ["4000", "4"]}),
        ("4.000", {"en": ["4000", "4"], "es": ["4000", "4"], "pt": ["4000"], "fr": ["4000", "4"]}),
        ("4.000,0", {"en": ["4000"], "es": ["4000"], "pt": ["4000"], "fr": ["4000"]}),
    ],
)
def test_people_come_whole(text: str, readings: dict[str, list[str]]) -> None:
    assert {lang: read(text, 0, lang) for lang in LANGUAGES} == readings


def test_decimals_narrow_the_readings() -> None:
    assert read("44.955", places=2) == ["44955"]
    assert read("44.950", places=2) == ["44950", "44.95"]


@pytest.mark.parametrize(
    "text",
    [
        "about 45 thousand",
        "NaN",
        "Infinity",
        "1e5",
        "0x10",
        "5.",
        "5,",
        ",",
        "-",
        "--5",
        "5-",
        "(5)",
        "5%",
        "US$5",
        "1,2.3",
        "1.2.3",
        "12,34,567",
        "1,2345,678",
        "1.234 567",
        "1 23",
        "012,345",
        "1_000",
        "10²",
        "①②",
        "½",
        "٤٤٩٠٠",
        "४४",
        "𝟒𝟒",
        "4\n4",
        "4\x004",
        "\ud800",
        "\u202e009",
    ],
)
def test_words_and_wild_writings_are_refused(text: str) -> None:
    assert {read_number(text, lang).problem for lang in LANGUAGES} == {NumberProblem.NOT_A_NUMBER}


@pytest.mark.parametrize("text", ["", "   ", "\u00a0", "\n"])
def test_nothing_is_not_zero(text: str) -> None:
    assert problem(text) == "empty"


def test_what_is_too_long_or_too_precise_is_named() -> None:
    assert problem("1" * (MOST_DIGITS + 1)) == "too_long"
    assert problem("1" * 5000) == "too_long"
    assert problem("123456789012.3456") == "too_long"
    assert problem("0.12345") == "too_precise"
    assert problem("44.9", places=0) == "too_precise"
    assert problem("44.955.5", places=0) == "not_a_number"
    assert read("0.1234000") == ["0.1234"]


anything = st.text() | st.text(alphabet="0123456789.,' \u202f+-−eE٤²\x00\ud800")


@given(anything, st.sampled_from(LANGUAGES), st.integers(0, 6))
@example("9" * 400, "en", 4)
@example("0" * 60 + ".1", "en", 4)
def test_any_text_is_read_asked_about_or_refused(text: str, lang: str, places: int) -> None:
    read = read_number(text, lang, places)
    assert (read.problem is None) == (1 <= len(read.candidates) <= 2)
    assert len(set(read.candidates)) == len(read.candidates)
    for number in read.candidates:
        assert number.is_finite()
        assert abs(number) < Decimal(10) ** MOST_DIGITS
        assert number == round(number, min(places, MOST_PLACES))


@given(st.integers(0, 10**15 - 1), st.sampled_from([",", ".", " ", "'", "\u202f", "\u00a0", ""]))
def test_thousands_grouped_with_any_mark_are_always_among_the_readings(number: int, mark: str) -> None:
    assert number in read_number(f"{number:,}".replace(",", mark), "en").candidates


@given(st.integers(1000, 10**15 - 1), st.sampled_from([",", "."]))
def test_two_readings_differ_by_a_factor_of_a_thousand(number: int, mark: str) -> None:
    read = read_number(f"{number:,}".replace(",", mark), "es")
    assert read.is_ambiguous == (number < 10**6)
    if read.is_ambiguous:
        assert read.candidates == (Decimal(number), Decimal(number) / 1000)
