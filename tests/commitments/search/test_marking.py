"""The words looked for are marked as they stand in the text, and nothing typed or stored becomes markup."""

import pytest

from commitments.search.folding import fold, wanted, words_of
from commitments.search.marking import excerpt, with_marks


@pytest.mark.parametrize(
    ("text", "typed", "shown"),
    [
        ("Protección temporal", "proteccion", "<mark>Protección</mark> temporal"),
        ("Protección temporal", "TEMP prot", "<mark>Protección</mark> <mark>temporal</mark>"),
        ("Proteccio\u0301n", "protección", "<mark>Proteccio\u0301n</mark>"),
        ("L’Œuvre d’asile", "oeuv d", "L’<mark>Œuvre</mark> <mark>d</mark>’asile"),
        ("<b>asylum</b> & more", "asylum", "&lt;b&gt;<mark>asylum</mark>&lt;/b&gt; &amp; more"),
        ("LAD-COL-001", "lad-col-001", "<mark>LAD</mark>-<mark>COL</mark>-<mark>001</mark>"),
        ("Plan a b", "a", "Plan <mark>a</mark> b"),
        ("Nothing", "asylum", "Nothing"),
        ("", "asylum", ""),
    ],
)
def test_words_are_marked_as_they_stand(text: str, typed: str, shown: str) -> None:
    assert with_marks(text, wanted(typed)) == shown


def test_an_excerpt_is_the_part_around_the_first_word() -> None:
    text = "First words. " * 20 + "Then asylum is named. " + "Last words. " * 40
    part = excerpt(text, wanted("asylum"))
    assert part.startswith("… ")
    assert part.endswith(" …")
    assert "Then asylum is named." in part
    assert len(part) < 320
    assert excerpt("Asylum first.", wanted("asylum")) == "Asylum first."
    assert excerpt("Nothing here.", wanted("asylum")) == ""
    assert "asylum" in excerpt("x" * 500 + " asylum" + "y" * 3, wanted("asylum"))


def test_folding_makes_letters_equal() -> None:
    assert fold("ÁÉÍÓÚ ñ ç Œ Łø ß İ") == "aeiou n c oe lo ss i"
    assert words_of("LAD-COL-001: l’asile, (2024)") == ["lad", "col", "001", "l", "asile", "2024"]


def test_a_line_asks_for_so_many_words_and_no_more() -> None:
    asked = wanted(" ".join(f"word{number}" for number in range(30)))
    assert (len(asked.words), asked.left_out) == (12, True)
    assert not wanted("one two two").left_out
    assert wanted("one two two").words == ("one", "two")
