"""The words looked for, marked in what is shown of a result."""

import re

from django.utils.html import escape
from django.utils.safestring import SafeString

from commitments.search.folding import Wanted

_WORD = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
#: How much of a text is shown around the first word found in it.
AROUND = 90


def with_marks(text: str, wanted: Wanted) -> SafeString:
    """A text for a page, escaped, the words looked for inside <mark>."""
    parts, end = [], 0
    for start, stop in places(text, wanted):
        parts += [escape(text[end:start]), "<mark>", escape(text[start:stop]), "</mark>"]
        end = stop
    return SafeString("".join([*parts, escape(text[end:])]))


def places(text: str, wanted: Wanted) -> list[tuple[int, int]]:
    """Where the words looked for stand in a text."""
    return [found.span() for found in _WORD.finditer(text) if wanted.begins(found.group())]


def excerpt(text: str, wanted: Wanted) -> str:
    """The part of a text around the first word looked for, cut between words; empty where it holds none."""
    found = places(text, wanted)
    if not found:
        return ""
    start, stop = max(0, found[0][0] - AROUND), min(len(text), found[0][1] + 2 * AROUND)
    if start:
        start = text.index(" ", start, found[0][0]) + 1 if " " in text[start : found[0][0]] else found[0][0]
    if stop < len(text):
        cut = text.rfind(" ", found[0][1], stop)
        stop = cut if cut > 0 else stop
    before, after = ("… " if start else ""), (" …" if stop < len(text) else "")
    return f"{before}{' '.join(text[start:stop].split())}{after}"
