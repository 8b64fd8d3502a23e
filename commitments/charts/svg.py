"""The bricks of every drawing: safe text, safe ids, short coordinates, the colours of paper.

Nothing here uses a style attribute, which the content security policy forbids. Shapes carry a class, which
static/css/charts.css colours from the tokens, and the light colours as attributes, which any rule of a style sheet
overrides: a drawing taken out of the page (PDF, picture) still looks right.
"""

import re

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

#: The light values of static/css/tokens.css, for drawings outside the page; a test keeps both equal.
PAPER = {
    "surface": "#ffffff",
    "ink": "#14202b",
    "muted": "#495663",
    "line": "#d8d5cb",
    "line-strong": "#747d86",
    "brand": "#0b4f6c",
    "fulfilled": "#08405f",
    "ontrack": "#2a82bd",
    "atrisk": "#bf7200",
    "atrisk-2": "#edb95f",
    "offtrack": "#b3321b",
    "offtrack-2": "#cf6a56",
    "notstarted": "#7f8993",
    "nodata": "#7f8993",
}

_IDENT = re.compile(r"[A-Za-z][A-Za-z0-9_-]*\Z")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def words(text: str) -> str:
    """A text as XML may hold it: escaped, with a replacement mark for what XML cannot carry (NUL, lone surrogates)."""
    return escape(_NOT_XML.sub("\ufffd", str(text)))


def ident(text: str) -> str:
    """An id as given, which must be one: letters, digits, hyphen, underscore. Raises ValueError."""
    if not _IDENT.match(text):
        raise ValueError(f"Not an id: {text!r}.")
    return text


def in_language(code: str) -> str:
    """The attribute of a text that is in another language than what is around it; nothing for one that is not."""
    return f' lang="{words(code)}"' if code else ""


def px(length: float) -> str:
    """A coordinate with one decimal at most."""
    shown = f"{length:.1f}".removesuffix(".0")
    return "0" if shown == "-0" else shown


def path(corners: list[tuple[float, float]]) -> str:
    """The commands of a line through these corners."""
    return "M" + "L".join(f"{px(x)} {px(y)}" for x, y in corners)


def drawn(*parts: str) -> SafeString:
    """The parts as one text that templates print as it is. Every word in it went through `words`."""
    return mark_safe("".join(parts))  # noqa: S308
