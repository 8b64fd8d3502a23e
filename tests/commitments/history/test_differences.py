"""Two states of a text, word by word."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commitments.history.differences import FEWEST_WORDS, SHOWN_AROUND, Piece, word_pieces

_TEXTS = st.lists(st.sampled_from(["a", "b", "c", "d", "e"]), max_size=80).map(" ".join)


def told(was: str, now: str) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text) for piece in word_pieces(was, now)]


def test_what_is_gone_and_what_is_new_stand_at_their_place() -> None:
    assert told("Visas for ten thousand people a year", "Visas for twelve thousand people each year") == [
        ("kept", "Visas for "),
        ("gone", "ten "),
        ("new", "twelve "),
        ("kept", "thousand people "),
        ("gone", "a "),
        ("new", "each "),
        ("kept", "year"),
    ]


def test_words_that_are_only_added_or_only_deleted() -> None:
    assert told("one two three four", "one two three four five") == [
        ("kept", "one two three "),
        ("gone", "four"),
        ("new", "four five"),
    ]
    assert told("one two x three four", "one two three four") == [
        ("kept", "one two "),
        ("gone", "x "),
        ("kept", "three four"),
    ]


def test_a_text_that_grew_shows_what_was_added() -> None:
    more = " ".join(f"further{number}" for number in range(100))
    assert told("one two three four ", f"one two three four {more}") == [
        ("kept", "one two three four "),
        ("new", more),
    ]


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("", "A text that is new altogether"),
        ("A text that is gone altogether", ""),
        ("Two words", "Two other words here"),
        ("The same text as before", "The same text as before"),
        ("nothing of this is left here", "another sentence with other content altogether"),
    ],
)
def test_what_has_little_in_common_is_told_one_after_the_other(was: str, now: str) -> None:
    assert word_pieces(was, now) == ()


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(was=_TEXTS, now=_TEXTS)
def test_no_word_of_either_text_is_lost(was: str, now: str) -> None:
    pieces = word_pieces(was, now)
    if pieces:
        assert "".join(piece.text for piece in pieces if piece.kind != "new") == was
        assert "".join(piece.text for piece in pieces if piece.kind != "gone") == now
        assert all(piece.text for piece in pieces)


def test_an_unchanged_stretch_is_folded_and_its_ends_stay() -> None:
    words = [f"w{number}" for number in range(200)]
    pieces = word_pieces(" ".join(["old", *words, "end"]), " ".join(["new", *words, "other"]))
    assert [(piece.kind, len(piece.text.split()), piece.folded) for piece in pieces] == [
        ("gone", 1, 0),
        ("new", 1, 0),
        ("kept", SHOWN_AROUND, 0),
        ("kept", 200 - 2 * SHOWN_AROUND, 200 - 2 * SHOWN_AROUND),
        ("kept", SHOWN_AROUND, 0),
        ("gone", 1, 0),
        ("new", 1, 0),
    ]


def test_too_long_a_middle_is_told_as_a_whole_between_what_stayed() -> None:
    same, gone = "same " * 3000, [f"a{number} " for number in range(2000)]
    new = [f"b{number} " if number % 2 else f"a{number} " for number in range(2000)]
    new[0], new[-1] = "first ", "last "
    pieces = word_pieces(same + "".join(gone) + same, same + "".join(new) + same)
    assert [piece.kind for piece in pieces if not piece.folded] == ["kept", "gone", "new", "kept"]
    assert pieces[2] == Piece("gone", "".join(gone))


def test_a_text_of_so_few_words_is_told_like_a_figure() -> None:
    few = " ".join("word" for _ in range(FEWEST_WORDS - 1))
    assert word_pieces(f"{few}", f"{few} more") == ()
