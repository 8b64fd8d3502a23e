"""Alphabetical order in four languages: Équateur under E, Spanish ñ after n.

A small part of the Unicode collation algorithm, enough for Latin script: letters first, then accents, then capitals.
Python's and the database's own order put "Équateur" after "Zambia".
"""

import unicodedata
from typing import NamedTuple

from commitments.formats.language import language_of

#: Letters that do not come apart into a base letter and an accent.
_SPELT_OUT = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
#: Marks that do not take part in the order of letters; a hyphen counts as a space.
_PASSED_OVER = str.maketrans(dict.fromkeys("'’‘ʼ.,;:!¡?¿()[]«»“”\"", "") | dict.fromkeys("-‐‑–—/\u00a0\u202f", " "))
#: Sorts after every letter that can follow an n.
_AFTER_N = "n\U0010fffd"


class SortKey(NamedTuple):
    """Letters, then accents, then the text itself: comparable with keys of the same language only."""

    letters: str
    accents: str
    text: str


def sort_key(text: str, lang: str) -> SortKey:
    """The key that sorts names as a reader of the language expects."""
    folded = unicodedata.normalize("NFC", text).casefold().translate(_PASSED_OVER).translate(_SPELT_OUT)
    folded = " ".join(folded.split())
    accents = unicodedata.normalize("NFD", folded)
    if language_of(lang) == "es":
        folded = folded.replace("ñ", _AFTER_N)
    bare = "".join(mark for mark in unicodedata.normalize("NFD", folded) if not unicodedata.combining(mark))
    return SortKey(bare, accents, text.swapcase())


def first_letter(text: str, lang: str) -> str:
    """The letter under which the language's alphabet lists a name: É under E, Spanish Ñ by itself."""
    letters = sort_key(text, lang).letters
    return "Ñ" if letters.startswith(_AFTER_N) else letters[:1].upper()
