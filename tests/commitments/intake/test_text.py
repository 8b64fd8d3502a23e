"""Text as people type it: one form, nothing hidden."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.intake.text import BadText, TextProblem, clean_name, clean_prose, same_name_key

#: Hidden or turning characters, none of which a name may hold.
HIDDEN_IN_NAMES = [
    "\x00",
    "\x07",
    "\x1b",
    "\x7f",
    "\x85",
    "\u00ad",
    "\u061c",
    "\u180e",
    "\u200b",
    "\u200c",
    "\u200d",
    "\u200e",
    "\u200f",
    "\u202a",
    "\u202b",
    "\u202c",
    "\u202d",
    "\u202e",
    "\u2060",
    "\u2066",
    "\u2067",
    "\u2068",
    "\u2069",
    "\ufeff",
    "\ufff9",
    "\ufffe",
    "\ufdd0",
    "\ue000",
    "\ud800",
    "\udfff",
    "\U000e0041",
    "\U0001fffe",
]
ALLOWED_IN_PROSE = {"\u00ad", "\u061c", "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u2060"}


@pytest.mark.parametrize("letter", HIDDEN_IN_NAMES)
def test_hidden_characters_are_refused_in_names_and_mostly_in_prose(letter: str) -> None:
    text = f"Panama{letter}City"
    with pytest.raises(BadText) as refused:
        clean_name(text)
    assert refused.value.problem is TextProblem.HIDDEN
    if letter in ALLOWED_IN_PROSE:
        assert clean_prose(text) == text
    else:
        with pytest.raises(BadText):
            clean_prose(text)


@pytest.mark.parametrize(
    "name",
    [
        "São Tomé",
        "Ñuñoa",
        "Côte d’Ivoire",
        "O'Brien",
        "東京",
        "Ελλάδα",
        "קהיר",
        "القاهرة",
        "Nguyễn",
        "Plan 🌎",
        "a\u00a0: b",
    ],
)
def test_names_of_all_scripts_stay_as_they_are(name: str) -> None:
    assert clean_name(name) == name


def test_twins_become_one_form() -> None:
    assert clean_name("Peru\u0301") == "Per\u00fa"
    assert clean_prose("Peru\u0301") == "Per\u00fa"


def test_a_name_is_one_line_with_single_spaces() -> None:
    assert clean_name("  Vía \t regular\r\n por decreto\u2028 ") == "Vía regular por decreto"


def test_prose_keeps_its_lines() -> None:
    assert clean_prose("\ufeffOne  \r\ntwo\r\rthree\u2029four\n\n") == "One\ntwo\n\nthree\nfour"
    assert clean_prose("  indented\n\tby a tab") == "  indented\n\tby a tab"
    assert clean_prose(" \n ") == ""


def test_length_is_counted_after_cleaning() -> None:
    assert clean_name("e\u0301" * 10, longest=10) == "é" * 10
    with pytest.raises(BadText) as refused:
        clean_name("é" * 11, longest=10)
    assert (refused.value.problem, refused.value.length) == (TextProblem.TOO_LONG, 11)
    with pytest.raises(BadText) as refused:
        clean_prose("e" + "\u0301" * 10_000_000)
    assert refused.value.problem is TextProblem.TOO_LONG


def test_piled_up_marks_are_refused() -> None:
    assert clean_name("a\u0316\u0317\u0318\u0319") == "a\u0316\u0317\u0318\u0319"
    with pytest.raises(BadText):
        clean_name("a\u0316\u0317\u0318\u0319\u031c")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Perú", "peru\u0301"),
        ("Côte d’Ivoire", "CÔTE D'IVOIRE"),
        ("Straße", "STRASSE"),
        ("ﬁscal year", "fiscal  year"),
        ("Ｌｉｍａ", "lima"),
    ],
)
def test_names_that_look_alike_are_one(one: str, other: str) -> None:
    assert same_name_key(one) == same_name_key(other)


def test_accents_tell_names_apart() -> None:
    assert same_name_key("Perú") != same_name_key("Peru")


@given(st.text())
def test_what_enters_is_clean_and_cleaning_twice_changes_nothing(text: str) -> None:
    for clean in (clean_name, clean_prose):
        try:
            entered = clean(text)
        except BadText:
            continue
        assert clean(entered) == entered
        assert unicodedata.is_normalized("NFC", entered)
        assert entered.encode().decode() == entered
        assert "\x00" not in entered


@given(st.text())
def test_the_key_of_a_name_is_its_own_key(name: str) -> None:
    assert same_name_key(same_name_key(name)) == same_name_key(name)
