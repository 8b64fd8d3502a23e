"""Words as the search compares them: without accents, capitals and punctuation, the same on every database."""

import re
import unicodedata
from dataclasses import dataclass

#: Letters that do not come apart into a base letter and an accent.
_SPELT_OUT = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
_WORD = re.compile(r"[^\W_]+")
#: Nobody reads results of more words, and no word of the record is longer.
MOST_WORDS, LONGEST_WORD = 12, 60
#: No name is told from another by what comes after; a database takes no word of any length.
LONGEST_NAME = 400


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for: words that must all begin a word of the record; `left_out` where there were too many."""

    words: tuple[str, ...]
    #: All of it as one word, to compare with a code or a name.
    whole: str
    left_out: bool = False

    def __bool__(self) -> bool:
        return bool(self.words)

    def begins(self, word: str) -> bool:
        """Whether a word, as it stands in a text, is one of those looked for."""
        folded = fold(word)
        return any(folded.startswith(one) if len(one) > 1 else folded == one for one in self.words)


def fold(text: str) -> str:
    """A text without accents and capitals: "Protección" is "proteccion"."""
    apart = unicodedata.normalize("NFKD", text.casefold().translate(_SPELT_OUT))
    return "".join(mark for mark in apart if not unicodedata.combining(mark)).casefold()


def words_of(text: str) -> list[str]:
    """The words of a text, folded: "LAD-COL-001" is lad, col, 001."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(fold(text))]


def wanted(text: str) -> Wanted:
    """What a line typed into a search box asks for. Signs, quotes and operators are nothing but gaps between words."""
    every = words_of(text)
    words = list(dict.fromkeys(every))
    return Wanted(tuple(words[:MOST_WORDS]), one_word(text), left_out=len(words) > MOST_WORDS)


def one_word(name: str) -> str:
    """A code or a name as one word: "LAD-COL-001" is ladcol001."""
    return "".join(words_of(name))[:LONGEST_NAME]


def distinct(texts: list[str]) -> str:
    """The words of some texts, each once."""
    return " ".join(dict.fromkeys(word for text in texts for word in words_of(text)))
