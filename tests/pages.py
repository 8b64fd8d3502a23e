"""Reading pages as a person does: their words, their links."""

import html
import re
from typing import Any

_HIDDEN = re.compile(r"<(script|style|svg)\b.*?</\1>", re.DOTALL)
_TAGS = re.compile(r"<[^>]+>")


def words(response: Any) -> str:
    """The text of a page, tags and drawings taken out, spaces made one."""
    text = _TAGS.sub(" ", _HIDDEN.sub(" ", response.content.decode()))
    return re.sub(r"\s+([.,;:)])", r"\1", " ".join(html.unescape(text).split()))


def main_words(response: Any) -> str:
    """The text of what is between header and footer."""
    page = response.content.decode()
    start, end = page.index("<main"), page.index("</main>")
    text = _TAGS.sub(" ", _HIDDEN.sub(" ", page[start:end]))
    return re.sub(r"\s+([.,;:)])", r"\1", " ".join(html.unescape(text).split()))


def links(response: Any) -> list[str]:
    """The addresses on this site that a page leads to, without their anchors."""
    found = re.findall(r'<a\b[^>]*\bhref="([^"]+)"', response.content.decode())
    own = [html.unescape(address) for address in found if address.startswith(("/", "?"))]
    return sorted({address.split("#")[0] for address in own} - {""})
