"""Quotation marks and the colon of each language."""

from commitments.formats.language import language_of

_NO_BREAK = "\u00a0"
_OUTER = {"en": ("“", "”"), "es": ("“", "”"), "pt": ("“", "”"), "fr": (f"«{_NO_BREAK}", f"{_NO_BREAK}»")}
_INNER = {"en": ("‘", "’"), "es": ("‘", "’"), "pt": ("‘", "’"), "fr": ("“", "”")}


def colon(lang: str) -> str:
    """The colon after a word: French sets it apart with a space at which no line breaks."""
    return f"{_NO_BREAK}:" if language_of(lang) == "fr" else ":"


def quoted(text: str, lang: str, inner: bool = False) -> str:
    """A text between the quotation marks of the language of the page; `inner` for a quotation inside another."""
    before, after = (_INNER if inner else _OUTER)[language_of(lang)]
    return f"{before}{text}{after}"
