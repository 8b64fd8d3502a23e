"""Alphabetical order in the four languages."""

from hypothesis import given
from hypothesis import strategies as st

from commitments.formats.collation import sort_key
from commitments.formats.language import LANGUAGES


def ordered(names: list[str], lang: str) -> list[str]:
    return sorted(names, key=lambda name: sort_key(name, lang))


def test_accents_do_not_move_a_country() -> None:
    names = ["États-Unis", "Zambie", "Équateur", "Espagne", "El Salvador", "Dominique", "Haïti", "Guyana"]
    assert ordered(names, "fr") == [
        "Dominique",
        "El Salvador",
        "Équateur",
        "Espagne",
        "États-Unis",
        "Guyana",
        "Haïti",
        "Zambie",
    ]


def test_the_spanish_letter_after_n() -> None:
    words = ["oso", "ñu", "nube", "año", "anzuelo", "ano"]
    assert ordered(words, "es") == ["ano", "anzuelo", "año", "nube", "ñu", "oso"]
    assert ordered(words, "pt") == ["ano", "año", "anzuelo", "ñu", "nube", "oso"]


def test_accents_decide_between_words_of_the_same_letters() -> None:
    assert ordered(["côté", "cote", "coté", "côte"], "fr") == ["cote", "coté", "côte", "côté"]
    assert ordered(["Peru", "peru", "Perú"], "es") == ["peru", "Peru", "Perú"]


def test_hyphens_and_apostrophes_do_not_move_a_name() -> None:
    names = ["Saint Lucia", "Saint-Kitts", "Saint Vincent", "Cote d’Ivoire", "Cote dIvoire", "Œuvre", "Oeuf"]
    assert ordered(names, "fr") == [
        "Cote dIvoire",
        "Cote d’Ivoire",
        "Oeuf",
        "Œuvre",
        "Saint-Kitts",
        "Saint Lucia",
        "Saint Vincent",
    ]


@given(st.text(), st.text(), st.sampled_from(LANGUAGES))
def test_only_equal_texts_have_equal_keys(one: str, other: str, lang: str) -> None:
    assert (sort_key(one, lang) == sort_key(other, lang)) == (one.swapcase() == other.swapcase())
