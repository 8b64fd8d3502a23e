"""Quotation marks of each language."""

from commitments.formats.language import language_of

_NO_BREAK = "\u00a0"
_OUTER = {"en": ("“", "”"), "es": ("“", "”"), "pt": ("“", "”"), "fr": (f"«{_NO_BREAK}", f"{_NO_BREAK}»")}
_INNER = {"en": ("‘", "’"), "es": ("‘", "’"), "pt": ("‘", "’"), "fr": ("“", "”")}


def quoted(text: str, lang: str, inner: bool = False) -> str:
    """A text between the quotation marks of the language of the page; `inner` for a quotation inside another."""
    before, after = (_INNER if inner else _OUTER)[language_of(lang)]
    return f"{before}{text}{after}"
