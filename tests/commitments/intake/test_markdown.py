"""Narrative: a little markup, and nothing that can do harm, whatever is typed."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.intake.markdown import ATTRIBUTES, TAGS, as_html

pytestmark = pytest.mark.once
SCRIPT = "alert(1)"
#: Ways that were tried on other sites: raw HTML, addresses, markup that turns into HTML, and what parsers trip over.
ADDRESSES = [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "java\nscript:alert(1)",
    "java&#x09;script:alert(1)", "&#106;avascript:alert(1)", "&#x6A;avascript:alert(1)", "javascript&colon;alert(1)",
    "\x01javascript:alert(1)", " javascript:alert(1)", "vbscript:msgbox(1)", "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==", "data:image/svg+xml,<svg onload=alert(1)>",
    "file:" + "///etc/passwd", "//evil.example", "/workspace/review/", "#top", "feed:javascript:alert(1)",
    "view-source:javascript:alert(1)", "blob:https://example.org/1", "ftp://example.org", "tel:1", "jar:javascript:a!",
]  # fmt: skip
RAW = [
    "<script>alert(1)</script>", "<ScRiPt>alert(1)</sCrIpT>", "<script src=//evil.example/x.js></script>",
    "<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)//", "<svg onload=alert(1)>", "<svg><script>alert(1)",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>", "<iframe src=javascript:alert(1)>",
    "<body onload=alert(1)>", "<a href=javascript:alert(1)>x</a>", "<a href='data:text/html,x'>x</a>",
    "<form action=//evil.example><input>", "<input autofocus onfocus=alert(1)>", "<details open ontoggle=alert(1)>",
    "<video><source onerror=alert(1)>", "<object data=javascript:alert(1)>", "<embed src=javascript:alert(1)>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>", "<link rel=stylesheet href=//evil.example>",
    "<style>*{background:url(//evil.example)}</style>", "<base href=//evil.example>", "<!--><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>", "<?xml version='1.0'?><script>alert(1)</script>",
    "<p style=x:expression(1)>",
    "<div onclick=alert(1)>x</div>", "<button formaction=javascript:alert(1)>x", "<marquee onstart=alert(1)>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>", "<template><script>alert(1)</script></template>",
    "<xss id=x tabindex=1 onfocus=alert(1)>", "</p><script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;",
]  # fmt: skip
MARKUP = [
    "![x](javascript:alert(1))", "![x\"onerror=\"alert(1)](x)", "![x](x\"onerror=\"alert(1))", "![<script>](x)",
    "[x](https://example.org\"onmouseover=\"alert(1))", "[x](https://example.org 'a\" onclick=\"alert(1)')",
    "[<img src=x onerror=alert(1)>](https://example.org)", "`<script>alert(1)</script>`",
    "```html\n<script>alert(1)</script>\n```", "```\"><script>alert(1)</script>\nx\n```", "# <svg onload=alert(1)>",
    "> <script>alert(1)</script>", "| <script> | b |\n|---|---|\n| <img onerror=alert(1)> | 2 |",
    "[a]: javascript:alert(1)\n\n[x][a]", "[a]: <javascript:alert(1)>\n\n[x][a]", "<https://example.org/<script>>",
    "<javascript:alert(1)>", "[x](<javascript:alert(1)>)", "[x](javascript\\:alert(1))", "**<b onclick=alert(1)>**",
    "a\x00<script>alert(1)</script>", "\ud800<script>alert(1)</script>", "[" * 3000, "![" * 2000, "> " * 2000 + "x",
    "*" * 3000 + "a" + "*" * 3000, "- " * 1500 + "x", "`" * 3001, "[x](" * 1500, "\\" * 3000 + "<script>",
    "|a|\n|-|\n" * 300, "<" * 3000, "&" * 3000 + "#x3c;script&gt;",
]  # fmt: skip
VECTORS = [*RAW, *MARKUP, *(f"[x]({address})" for address in ADDRESSES), *(f"<{address}>" for address in ADDRESSES)]


class Reader(HTMLParser):
    """What a browser would make of it: every element with its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))


def elements(text: str) -> list[tuple[str, dict[str, str | None]]]:
    reader = Reader()
    reader.feed(as_html(text))
    reader.close()
    return reader.elements


def assert_harmless(text: str) -> None:
    for tag, attributes in elements(text):
        assert tag in TAGS, tag
        assert attributes.keys() <= ATTRIBUTES.get(tag, set()) | ({"rel"} if tag == "a" else set()), attributes
        if "href" in attributes:
            assert (attributes["href"] or "").startswith(("https://", "http://", "mailto:")), attributes
        if tag == "a":
            assert attributes["rel"] == "noopener nofollow ugc"


@pytest.mark.parametrize("text", VECTORS)
def test_nothing_that_was_tried_elsewhere_gets_through(text: str) -> None:
    assert_harmless(text)


def test_there_are_enough_of_them() -> None:
    assert len(set(VECTORS)) >= 100


@given(st.text(st.sampled_from(list("<>&\"'()[]!`*#|-:/\\ \n\tajvscript=onerror;x0")), max_size=200))
def test_nothing_made_up_gets_through(text: str) -> None:
    assert_harmless(text)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("One\ntwo\n\nThree", "<p>One<br>\ntwo</p>\n<p>Three</p>"),
        ("*a* and **b**", "<p><em>a</em> and <strong>b</strong></p>"),
        ("# Title\n### Lower", "<h4>Title</h4>\n<h6>Lower</h6>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("![a boat](https://example.org/b.png)", "<p>a boat</p>"),
        (
            "[the report](https://example.org/?a=1&b=2)",
            '<p><a href="https://example.org/?a=1&amp;b=2" rel="noopener nofollow ugc">the report</a></p>',
        ),
        ("5 < 6 & 7 > 2", "<p>5 &lt; 6 &amp; 7 &gt; 2</p>"),
    ],
)
def test_what_people_write_is_shown_as_they_mean_it(typed: str, shown: str) -> None:
    assert as_html(typed).strip() == shown
