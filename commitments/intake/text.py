"""Text as people type it: one form of every letter, nothing hidden in it."""

import re
import unicodedata
from enum import StrEnum

#: Invisible, but of use inside running text: joiners of scripts and emoji, direction marks, soft hyphen. The characters
#: that turn the direction around are not among them: they can make a text read as another text.
_INVISIBLE = frozenset("\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u2060")
_REFUSED = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_MOST_MARKS = 4


class TextProblem(StrEnum):
    """Why a text may not enter."""

    HIDDEN = "hidden_characters"
    TOO_LONG = "too_long"


class BadText(ValueError):
    """A text that may not enter, and why."""

    def __init__(self, problem: TextProblem, length: int) -> None:
        super().__init__(problem.value)
        self.problem = problem
        self.length = length


def clean_name(text: str, longest: int = 200) -> str:
    """A text of one line: names, titles, labels. Runs of spaces become one. Raises BadText."""
    return _checked(re.sub("[ \t\r\n\u2028\u2029]+", " ", text).strip(), longest, frozenset())


def clean_prose(text: str, longest: int = 4000) -> str:
    """A text of several lines, with line feeds, spaces at their ends removed. Raises BadText."""
    lines = re.sub("\r\n?|\u2028|\u2029", "\n", text).removeprefix("\ufeff").split("\n")
    return _checked("\n".join(line.rstrip(" \t") for line in lines).strip("\n"), longest, _INVISIBLE | {"\n", "\t"})


def same_name_key(text: str) -> str:
    """Two names with the same key are one name: letter forms, capitals, spaces and apostrophes made equal."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(folded.translate(_ONE_APOSTROPHE).split())


_ONE_APOSTROPHE = str.maketrans(dict.fromkeys("’‘ʼ´`", "'"))


def _checked(text: str, longest: int, allowed: frozenset[str]) -> str:
    # Length first: normalising ten megabytes of marks takes seconds.
    if len(text) > 4 * longest:
        raise BadText(TextProblem.TOO_LONG, len(text))
    text = unicodedata.normalize("NFC", text)
    if any(_is_hidden(letter, allowed) for letter in text) or is_piled_up(text):
        raise BadText(TextProblem.HIDDEN, len(text))
    if len(text) > longest:
        raise BadText(TextProblem.TOO_LONG, len(text))
    return text


def _is_hidden(letter: str, allowed: frozenset[str]) -> bool:
    """Controls (NUL), formats, lone surrogates, private code points, line separators, and what is no character."""
    if letter in allowed:
        return False
    point = ord(letter)
    is_none = point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF
    return is_none or unicodedata.category(letter) in _REFUSED


def is_piled_up(text: str) -> bool:
    """More marks on one letter than any language writes."""
    marks = 0
    for letter in text:
        marks = marks + 1 if unicodedata.category(letter) in {"Mn", "Me"} else 0
        if marks > _MOST_MARKS:
            return True
    return False
