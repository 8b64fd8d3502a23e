"""Figures as the four languages write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.formats.language import LANGUAGES
from commitments.formats.numbers import (
    bare_number,
    format_money,
    format_number,
    format_percent,
    format_quantity,
    plural_category,
)
from commitments.intake.numbers import MOST_DIGITS, read_number

figures = st.decimals(min_value=-(10**11), max_value=10**11, places=4) | st.integers(-(10**14), 10**14).map(Decimal)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("41200", ("41,200", "41\u202f200", "41.200", "41\u202f200")),
        ("4000.5", ("4,000.5", "4\u202f000,5", "4.000,5", "4\u202f000,5")),
        ("1297760", ("1,297,760", "1\u202f297\u202f760", "1.297.760", "1\u202f297\u202f760")),
        ("44900.0000", ("44,900", "44\u202f900", "44.900", "44\u202f900")),
        ("66.2537", ("66.2537", "66,2537", "66,2537", "66,2537")),
        ("-12", ("−12", "−12", "−12", "−12")),
        ("-0.0", ("0", "0", "0", "0")),
        ("1E+3", ("1,000", "1\u202f000", "1.000", "1\u202f000")),
    ],
)
def test_a_figure_has_the_marks_of_its_language(value: str, written: tuple[str, ...]) -> None:
    assert tuple(format_number(Decimal(value), lang) for lang in LANGUAGES) == written


def test_regional_tags_mean_the_same_languages() -> None:
    assert [format_number(41200, tag) for tag in ("es-419", "pt-br", "pt_BR", "fr-CA", "")] == [
        "41\u202f200",
        "41.200",
        "41.200",
        "41\u202f200",
        "41,200",
    ]


def test_decimals_are_cut_or_filled_only_on_request() -> None:
    assert format_number(Decimal("2.25"), "en", places=1) == "2.3"
    assert format_number(Decimal("2"), "fr", places=1) == "2,0"
    assert format_number(Decimal("999.96"), "en", places=1) == "1,000.0"


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (999_999, ("999,999", "999\u202f999", "999.999", "999\u202f999")),
        (1_000_000, ("1 million", "1 millón", "1 milhão", "1 million")),
        (1_500_000, ("1.5 million", "1,5 millones", "1,5 milhão", "1,5 million")),
        (2_134_567, ("2.1 million", "2,1 millones", "2,1 milhões", "2,1 millions")),
        (1_960_000, ("2 million", "2 millones", "2 milhões", "2 millions")),
        (1_200_000_000, ("1,200 million", "1\u202f200 millones", "1.200 milhões", "1\u202f200 millions")),
        (-2_100_000, ("−2.1 million", "−2,1 millones", "−2,1 milhões", "−2,1 millions")),
    ],
)
def test_millions_are_a_word_that_agrees(value: int, written: tuple[str, ...]) -> None:
    shown = tuple(format_number(value, lang, millions=True).replace("\u00a0", " ") for lang in LANGUAGES)
    assert shown == written


@pytest.mark.parametrize(
    ("value", "lang", "noun", "millions", "written"),
    [
        (44_900, "en", "people", False, "44,900 people"),
        (1_000_000, "es", "personas", False, "1\u202f000\u202f000 de personas"),
        (1_000_001, "es", "personas", False, "1\u202f000\u202f001 personas"),
        (2_100_000, "es", "personas", True, "2,1 millones de personas"),
        (2_100_000, "pt", "pessoas", True, "2,1 milhões de pessoas"),
        (3_000_000, "fr", "engagements", False, "3\u202f000\u202f000 d’engagements"),
        (2_100_000, "fr", "personnes", True, "2,1 millions de personnes"),
        (2_100_000, "en", "people", True, "2.1 million people"),
        (12, "fr", "", False, "12"),
    ],
)
def test_whole_millions_take_a_preposition(value: int, lang: str, noun: str, millions: bool, written: str) -> None:
    assert format_quantity(value, noun, lang, millions).replace("\u00a0", " ") == written


@pytest.mark.parametrize(
    ("value", "categories"),
    [
        ("0", ("other", "other", "one", "one")),
        ("1", ("one", "one", "one", "one")),
        ("1.5", ("other", "other", "one", "one")),
        ("2", ("other", "other", "other", "other")),
        ("1000000", ("other", "many", "many", "many")),
        ("1000001", ("other", "other", "other", "other")),
        ("3000000.00", ("other", "many", "many", "many")),
    ],
)
def test_the_plural_of_a_figure(value: str, categories: tuple[str, ...]) -> None:
    assert tuple(plural_category(Decimal(value), lang) for lang in LANGUAGES) == categories


@pytest.mark.parametrize(
    ("share", "written"),
    [
        ("0.84082", "84%"),
        ("0.6666", "67%"),
        ("1.0513", "105%"),
        ("0.998", "99.8%"),
        ("0.99996", "99.996%"),
        ("0.9999999", "99.9999%"),
        ("1", "100%"),
        ("0.0004", "0.04%"),
        ("0", "0%"),
        ("-0.004", "−0.4%"),
        ("40", "4,000%"),
    ],
)
def test_a_percentage_never_rounds_up_to_all_nor_down_to_nothing(share: str, written: str) -> None:
    assert format_percent(Decimal(share), "en") == written


def test_a_percentage_below_a_threshold_stays_below_it() -> None:
    limits = (Decimal("0.70"), Decimal("0.90"), Decimal(1))
    assert format_percent(Decimal("0.8996"), "en") == "90%"
    assert format_percent(Decimal("0.8996"), "en", edges=limits) == "89.96%"
    assert format_percent(Decimal("0.9004"), "en", edges=limits) == "90%"
    assert format_percent(Decimal("0.698"), "fr", edges=limits) == "69,8\u202f%"


def test_the_percent_sign_is_joined_as_the_language_does() -> None:
    assert [format_percent(Decimal("0.63"), lang) for lang in LANGUAGES] == ["63%", "63\u202f%", "63%", "63\u202f%"]
    assert format_percent(Decimal("0.66253"), "pt", places=None) == "66,253%"
    assert format_percent(Decimal("0.66253"), "pt", places=1) == "66,3%"


@pytest.mark.parametrize(
    ("arguments", "written"),
    [
        ({"lang": "en"}, "US$240,000,000"),
        ({"lang": "en", "millions": True}, "US$240 million"),
        ({"lang": "es", "millions": True}, "US$ 240 millones"),
        ({"lang": "pt", "millions": True}, "US$ 240 milhões"),
        ({"lang": "fr", "millions": True}, "240 millions de dollars des États-Unis"),
        ({"lang": "fr", "millions": True, "table": True}, "240 M $ US"),
        ({"lang": "fr"}, "240\u202f000\u202f000 de dollars des États-Unis"),
        ({"lang": "fr", "table": True}, "240\u202f000\u202f000 $ US"),
    ],
)
def test_an_amount_of_dollars(arguments: dict[str, object], written: str) -> None:
    shown = format_money(240_000_000, "USD", **arguments)
    assert shown.replace("\u00a0", " ") == written


def test_other_currencies_cents_and_none() -> None:
    assert format_money(Decimal("12.5"), "EUR", "en") == "€12.50"
    assert format_money(20, "CAD", "es") == "CAD\u00a020"
    assert format_money(20, "CAD", "fr", table=True) == "20\u00a0$\u00a0CA"
    assert format_money(1, "EUR", "fr") == "1 euro"
    assert format_money(-5, "USD", "pt") == "−US$\u00a05"
    assert format_money(5, "", "en") == "5"


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "1E+41"])
def test_what_is_no_printable_figure_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="finite"):
        format_number(Decimal(value), "en")


@given(figures, st.sampled_from(LANGUAGES))
def test_no_figure_loses_a_digit_on_the_way_to_the_page_and_back(value: Decimal, lang: str) -> None:
    read = read_number(format_number(value, lang), lang)
    assert value in read.candidates


@given(figures, st.sampled_from(LANGUAGES))
def test_the_form_of_a_figure_in_a_field_is_never_ambiguous(value: Decimal, lang: str) -> None:
    assert read_number(bare_number(value, lang), lang).value == value


def test_the_round_trip_covers_the_longest_figures() -> None:
    longest = Decimal("9" * MOST_DIGITS)
    assert [read_number(format_number(longest, lang), lang).value for lang in LANGUAGES] == [longest] * 4
