"""Every kind of public page in a real browser, in four languages, light and dark, on a telephone and at a desk.

What each page must pass stands in `test_every_page_holds`: axe, no sideways scroll at 320 px, at 200 % text and with
the reader's own spacing, nothing that moves, and on paper a length that somebody would print.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from commitments.exchange.reference.loading import load_reference_data
from tests.kinds_of_pages import PAGES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LANGUAGES = ("en", "es", "pt", "fr")
#: Pages that refuse: each has to be as good as the others.
REFUSALS = {"nothing/here/": 404, "commitments/?status=late": 400}
#: The reader's own spacing (WCAG 2.2, 1.4.12), and letters of twice the size (1.4.4).
SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-bottom: 2em !important }"""
LARGE = "html { font-size: 200% !important }"
#: What is printed most, and on how many sheets of A4 at most.
PRINTED = {
    "": 3,
    "countries/COL/": 2,
    "commitments/LAD-ECU-002/": 2,
    "working-groups/temporary-protection/": 3,
}
#: A last sheet with fewer letters than this is hardly worth its paper.
ALONE = 60


@pytest.fixture
def record(live_server: Any) -> None:
    """The record of public facts, behind a real server."""
    load_reference_data(at=datetime(2026, 11, 24, 9, 0, tzinfo=UTC))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_holds(
    record: None, visit: Callable[..., Page], check_page: Callable[[Page, str], None], language: str
) -> None:
    page = visit(language=language)
    asked: list[str] = []
    said: list[tuple[str, str]] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append((message.location["url"], message.text)))
    statuses = {**dict.fromkeys(PAGES, 200), **REFUSALS}
    for path, status in statuses.items():
        answer = page.goto(f"/{language}/{path}")
        assert answer is not None
        assert answer.status == status, path
        page.evaluate("document.querySelectorAll('main details').forEach(part => { part.open = true })")
        name = f"{language} {path or 'overview'}"
        check_page(page, name)
        stretches(page, name)
        rests(page, name)
    here = urlsplit(page.url).netloc
    assert {urlsplit(url).netloc for url in asked if not url.startswith("data:")} == {here}, "another host was asked"
    refused = {f"/{language}/{path}" for path in REFUSALS}
    assert [text for text in said if not is_refusal(*text, refused)] == []


def is_refusal(url: str, text: str, refused: set[str]) -> bool:
    """Whether the browser says no more than that a page refused, of those that should."""
    where = urlsplit(url)
    return text.startswith("Failed to load resource") and f"{where.path}?{where.query}".rstrip("?") in refused


def test_what_fails_beside_the_pages_that_refuse_would_be_found() -> None:
    """The control: the mark of the site that a page asks for and does not find is no refusal of a page."""
    refused = {f"/en/{path}" for path in REFUSALS}
    text = "Failed to load resource: the server responded with a status of 404 (Not Found)"
    assert [
        is_refusal(f"http://localhost:1{path}", text, refused)
        for path in ("/en/nothing/here/", "/en/commitments/?status=late", "/favicon.ico", "/en/commitments/")
    ] == [True, True, False, False]
    assert not is_refusal("http://localhost:1/en/nothing/here/", "Refused to apply a style", refused)


def stretches(page: Page, name: str) -> None:
    """With the reader's spacing on a telephone, and with letters twice as large at any width: nothing sideways."""
    for width, sheet in ((320, SPACING), (1280, LARGE), (640, LARGE), (320, LARGE)):
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(
            "text => { const sheet = new CSSStyleSheet(); sheet.replaceSync(text);"
            " document.adoptedStyleSheets = [sheet] }",
            sheet,
        )
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        page.evaluate("document.adoptedStyleSheets = []")
        assert overflow <= 0, f"{name}: scrolls sideways by {overflow} px at {width} px with {sheet[:30]}"
    page.set_viewport_size({"width": 1280, "height": 900})


def rests(page: Page, name: str) -> None:
    """Nothing moves for a reader who asked for rest (every visit of these tests does)."""
    moving = page.evaluate(
        """[...document.querySelectorAll('*')].filter(element => {
            const style = getComputedStyle(element)
            const long = text => text.split(',').some(part => parseFloat(part) > 0.01)
            return long(style.transitionDuration) || (style.animationName !== 'none' && long(style.animationDuration))
        }).map(element => element.outerHTML.slice(0, 80))"""
    )
    assert moving == [], f"{name}: moves"


def test_a_status_is_seen_in_the_readers_own_colours(record: None, visit: Callable[..., Page]) -> None:
    """Forced colours take away every background: tags keep a border, bars their patterns and outlines."""
    page = visit(forced_colors="active")
    page.goto("/en/commitments/")
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    tags = page.evaluate(
        "[...document.querySelectorAll('main .tag')].map(tag => parseFloat(getComputedStyle(tag).borderTopWidth))"
    )
    assert tags
    assert min(tags) >= 1
    page.goto("/en/")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    fills = page.evaluate(
        """[...document.querySelectorAll('main svg.ch-bar rect, main svg.ch-bar path')].map(part => {
            const style = getComputedStyle(part); return style.fill === 'none' ? style.stroke : style.fill })"""
    )
    assert fills
    assert ground not in fills


def test_paper_has_the_whole_page_on_few_sheets(record: None, visit: Callable[..., Page]) -> None:
    page = visit()
    for language in ("en", "es"):
        for path, most in PRINTED.items():
            page.goto(f"/{language}/{path}")
            page.emulate_media(media="print")
            heading = page.locator("h1").inner_text()
            named = page.locator(".figure-source")
            assert named.locator("a").filter(visible=True).count() == named.count(), f"{language} {path}: a source"
            printed = PdfReader(BytesIO(page.pdf(format="A4", print_background=True)))
            page.emulate_media(media="screen")
            sheets = [" ".join(sheet.extract_text().split()) for sheet in printed.pages]
            assert len(printed.pages) <= most, f"{language} {path}: {len(printed.pages)} sheets"
            assert " ".join(heading.split())[:20] in sheets[0], f"{language} {path}"
            assert f"/{language}/{path} · " in sheets[0], f"{language} {path}: it does not say where it is from"
            assert len(sheets[-1]) > ALONE, f"{language} {path}: the last sheet holds {sheets[-1]}"


def test_keyboard_walks_from_a_deep_page_to_its_proof(
    record: None, visit: Callable[..., Page], tab_to: Callable[[Page, str], None]
) -> None:
    page = visit()
    page.goto("/en/commitments/LAD-COL-001/")
    tab_to(page, "a[href$='/commitments/LAD-COL-001/history/']")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("History of changes")
    page.wait_for_load_state()
    tab_to(page, "main a[href='/en/commitments/LAD-COL-001/']")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Ten-year temporary protection")
    page.wait_for_load_state()
    tab_to(page, "main a[href^='https://']")
