"""A real Chromium, and the checks that every page must pass in it.

def test_overview(page, check_page, live_server):
    page.goto(f"{live_server.url}/en/")
    check_page(page, "overview")
"""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, sync_playwright

from accounts.models import User

#: A phone, the smallest that must work, and a desk.
WIDTHS = (320, 390, 1280)
#: WCAG 2.2 A and AA, and what axe calls good practice.
RULES = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
}


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The driver. Its event loop makes Django think that it runs asynchronously; it does not."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """The system's Chromium, one for all tests; it refuses its sandbox as root."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    arguments = ["--no-sandbox", "--disable-dev-shm-usage"] if os.getuid() == 0 else []
    chromium = playwright.chromium.launch(executable_path=program, args=arguments)
    yield chromium
    chromium.close()


@dataclass
class Visit:
    """A context of its own (cookies, storage), watched for what the browser complains about."""

    context: BrowserContext
    complaints: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        """Keep script errors and refusals of the Content-Security-Policy."""
        page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        page.on("console", self._console)

    def _console(self, message: ConsoleMessage) -> None:
        # The browser logs every answer of 400 and above as an error: those are the tests' business.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(f"console: {message.text}")


NewVisit = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, live_server: Any) -> Iterator[NewVisit]:
    """Open a page as somebody: `visit(cast.focal_colombia, width=390, dark=True, script=False)`.

    When the test ends no page may have left a script error or a refusal of the security policy behind.
    """
    visits: list[Visit] = []

    def open_page(person: User | None = None, **options: Any) -> Page:
        page_options = _context_options(**options)
        new = Visit(browser.new_context(base_url=live_server.url, **page_options))
        new.context.on("page", new.watch)
        visits.append(new)
        if person is not None:
            sign_in(new.context, live_server.url, person)
        return new.context.new_page()

    yield open_page
    complaints = [complaint for seen in visits for complaint in seen.complaints]
    for seen in visits:
        seen.context.close()
    assert complaints == []


def _context_options(
    *, width: int = 1280, height: int = 900, dark: bool = False, script: bool = True, language: str = "en", **more: Any
) -> dict[str, Any]:
    return {
        "viewport": {"width": width, "height": height},
        "color_scheme": "dark" if dark else "light",
        "java_script_enabled": script,
        "locale": language,
        "reduced_motion": "reduce",
        **more,
    }


@pytest.fixture
def page(visit: NewVisit) -> Page:
    """An anonymous visitor at a desk."""
    return visit()


def sign_in(context: BrowserContext, address: str, person: User) -> None:
    """Give a context the session of a person, without walking through the sign-in page."""
    client = Client()
    client.force_login(person)
    value = client.cookies[django_settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": django_settings.SESSION_COOKIE_NAME, "value": value, "url": address}])


@pytest.fixture(scope="session")
def check_page() -> Callable[[Page, str], None]:
    """The accessibility and layout check of one page, in light and dark and at every width."""
    return examine


def examine(page: Page, name: str, *, widths: tuple[int, ...] = WIDTHS) -> None:
    """Assert that a page, as it stands, has no axe violation, one H1, its language, and never scrolls sideways."""
    # A click returns as soon as the next page begins: it is looked at once it is all there.
    page.wait_for_load_state()
    # Without script axe would never answer: such a page is checked in a visit with script.
    assert page.evaluate("matchMedia('(scripting: enabled)').matches"), f"{name}: checked without script"
    held, before = page.viewport_size, page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    assert page.evaluate("document.documentElement.lang") != "", f"{name}: no language"
    assert page.locator("h1").count() == 1, f"{name}: not one H1"
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert overflow <= 0, f"{name}: scrolls sideways by {overflow} px at {width} px: {_widest(page)}"
        if width == min(widths):
            continue  # the smallest width is about layout; axe looks at a phone and a desk
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            found = Axe().run(page, options=RULES)
            assert found.violations_count == 0, f"{name}, {width} px, {scheme}:\n{found.generate_report()}"
    page.emulate_media(color_scheme="dark" if before else "light")
    if held is not None:
        page.set_viewport_size(held)


@pytest.fixture(scope="session")
def tab_to() -> Callable[[Page, str], None]:
    """The keyboard's way to an element: `tab_to(page, "#id_value")`; every stop on the way shows where it is."""
    return _tab_to


def _tab_to(page: Page, selector: str) -> None:
    wanted = page.locator(selector).first
    for _stop in range(80):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", page.evaluate("document.activeElement.outerHTML")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{selector} is not reached with Tab")


def _widest(page: Page) -> str:
    script = """() => [...document.querySelectorAll('body *')]
        .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
        .slice(0, 5).map(e => e.tagName.toLowerCase() + '.' + e.className).join(', ')"""
    return str(page.evaluate(script))
