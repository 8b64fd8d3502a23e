"""Narrative as people write it, with a little markup, made into HTML that can do no harm.

Raw HTML is text here, pictures are their words, links lead to the web or to a mailbox and say so to search engines.
The result is cleaned once more against a list of what may stand in it: two locks on one door.
"""

from collections.abc import Sequence
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

#: What narrative may be made of. Headings are those under the page's own two.
TAGS = {
    "p", "br", "hr", "strong", "em", "s", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "a", "code", "pre",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
ATTRIBUTES: dict[str, set[str]] = {"a": {"href"}, "ol": {"start"}, "*": set()}
SCHEMES = {"http", "https", "mailto"}
LINK = "noopener nofollow ugc"
#: How deep lists and quotations go; deeper ones stay text.
DEEPEST = 12


class _Renderer(RendererHTML):
    """Pictures become the words that describe them; headings go under those of the page."""

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """The words alone: nothing is fetched from elsewhere when somebody reads."""
        words: str = self.renderInlineAsText(tokens[idx].children or [], options, env)
        return nh3.clean_text(words)

    def heading_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """A first heading is a fourth here."""
        return f"<{_level(tokens[idx])}>"

    def heading_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """And ends as one."""
        return f"</{_level(tokens[idx])}>\n"


def _level(heading: Token) -> str:
    return f"h{min(6, int(heading.tag[1:]) + 3)}"


def _reader() -> MarkdownIt:
    settings: dict[str, Any] = {"html": False, "linkify": False, "breaks": True, "maxNesting": DEEPEST}
    return MarkdownIt("commonmark", settings, renderer_cls=_Renderer).enable(["table", "strikethrough"])


_READER = _reader()


def as_html(text: str) -> str:
    """The narrative as HTML, safe whatever was typed."""
    return nh3.clean(
        _READER.render(text.encode("utf-8", "replace").decode()),
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel=LINK,
        clean_content_tags={"script", "style"},
        strip_comments=True,
        url_relative="deny",
    )
