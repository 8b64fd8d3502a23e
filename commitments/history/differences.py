"""Two states of a text, word by word: what stayed, what is gone, what is new. Pure, and bounded for long texts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

#: Words with the space after them, so that nothing is lost when they are put together again.
_WORD = re.compile(r"\S+\s*|\s+")
#: The middle of two texts is compared as long as it has no more pairs of words than these: about 500 against 500.
MOST_PAIRS = 250_000
#: With less than this part of the shorter one in common two texts are told one after the other, not as a patchwork.
LEAST_ALIKE = 0.6
#: A text of fewer words is told as a whole, like a figure.
FEWEST_WORDS = 4
#: Of an unchanged stretch longer than twice this, the words at its ends are shown and the rest is folded.
SHOWN_AROUND = 25


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text: kept, gone or new; `folded` counts the words of a kept one that a page may fold away."""

    kind: str
    text: str
    folded: int = 0


def word_pieces(was: str, now: str) -> tuple[Piece, ...]:
    """Two states of a text as one, word by word; empty where they are better told one after the other."""
    before, after = _WORD.findall(was), _WORD.findall(now)
    if min(len(before), len(after)) < FEWEST_WORDS or was == now:
        return ()
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    gone, new = before[start : len(before) - end], after[start : len(after) - end]
    steps = [*_kept(before[:start]), *_steps(gone, new), *_kept(before[len(before) - end :])]
    kept = sum(len(words) for kind, words in steps if kind == "kept")
    if kept < LEAST_ALIKE * min(len(before), len(after)):
        return ()
    return tuple(_pieces(_joined(steps)))


def _common(one: list[str], other: list[str]) -> int:
    """How many words both begin with."""
    pairs = zip(one, other, strict=False)
    return next((place for place, (left, right) in enumerate(pairs) if left != right), min(len(one), len(other)))


def _steps(gone: list[str], new: list[str]) -> Iterator[tuple[str, list[str]]]:
    """The middle of two texts, where they differ; too long a one as a whole."""
    if len(gone) * len(new) > MOST_PAIRS:
        yield from (("gone", gone), ("new", new))
        return
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, gone, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield "kept", gone[i1:i2]
        else:
            yield from (("gone", gone[i1:i2]), ("new", new[j1:j2]))


def _kept(words: list[str]) -> list[tuple[str, list[str]]]:
    return [("kept", words)] if words else []


def _joined(steps: list[tuple[str, list[str]]]) -> list[tuple[str, list[str]]]:
    """The steps without empty ones, neighbours of one kind put together."""
    joined: list[tuple[str, list[str]]] = []
    for kind, words in steps:
        if not words:
            continue
        if joined and joined[-1][0] == kind:
            joined[-1][1].extend(words)
        else:
            joined.append((kind, list(words)))
    return joined


def _pieces(steps: list[tuple[str, list[str]]]) -> Iterator[Piece]:
    """The stretches of a text; of a long unchanged one, what lies far from every change apart, to be folded."""
    for place, (kind, words) in enumerate(steps):
        if kind != "kept" or len(words) <= 2 * SHOWN_AROUND:
            yield Piece(kind, "".join(words))
            continue
        first = SHOWN_AROUND if place else 0
        last = len(words) - (SHOWN_AROUND if place < len(steps) - 1 else 0)
        parts = (words[:first], 0), (words[first:last], last - first), (words[last:], 0)
        yield from (Piece("kept", "".join(part), folded) for part, folded in parts if part)
