"""The update form's script in a real browser: what it saves, what it says, and that nothing typed is ever lost."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

STATIC = Path(__file__).resolve().parents[2] / "static"
LINE, PREVIEW, VALUE = "[data-save-line]", "[data-preview-line]", "#value"
FORM = """<!doctype html><html lang="en"><title>Update</title>
<script type="module" src="/static/js/update.js"></script>
<form method="post" action="/check" data-autosave="/autosave" data-preview="/preview" data-draft="u7-CRI-003-I1"
  data-saving="Saving" data-offline="Kept on this device" data-failed="Not saved" data-signed-out="Signed out"
  data-restored="Brought back">
<input type="hidden" name="csrfmiddlewaretoken" value="one-visit"><input type="hidden" name="version" value="1">
<input id="value" name="value" value="41,200">
<button name="unchanged" value="40,000" data-fill="value">Nothing changed</button>
<label><input type="radio" name="day" value="given" checked>Given</label>
<label><input type="radio" name="day" value="other">Other</label><textarea id="reason" name="reason"></textarea>
<p role="status" data-preview-line>On track</p><p role="status" data-save-line></p>
<button id="send">Send</button></form>"""
DONE = """<!doctype html><html lang="en"><title>Done</title><script type="module" src="/static/js/update.js"></script>
<h1 data-draft-done="u7-CRI-003-I1">Sent</h1>"""

ELSEWHERE = """<!doctype html><html lang="en"><title>Elsewhere</title><h1>Elsewhere</h1>"""


class Server(ThreadingHTTPServer):
    """A server of the two pages that answers the script as told and remembers what it was sent."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.saved: list[dict[str, list[str]]] = []
        self.sent: list[dict[str, list[str]]] = []
        self.answer: tuple[int, dict[str, Any]] = (200, {})
        self.version = 1
        #: Whether /autosave answers; until then it is on its way.
        self.answers = threading.Event()
        self.answers.set()

    def say(self, status: int, **answer: Any) -> None:
        """What /autosave answers from now on."""
        self.answer = (status, answer)


class Handler(BaseHTTPRequestHandler):
    """The pages, the script itself, and the two addresses it calls."""

    server: Server

    def do_GET(self) -> None:
        if self.path.startswith("/static/"):
            self._send(200, (STATIC / self.path.removeprefix("/static/")).read_text("utf-8"), "text/javascript")
        else:
            form = FORM.replace('name="version" value="1"', f'name="version" value="{self.server.version}"')
            self._send(200, DONE if self.path == "/done" else form)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        if self.path == "/autosave":
            self.server.saved.append(parse_qs(body, keep_blank_values=True))
            self.server.answers.wait(20)
            status, answer = self.server.answer
            self._send(status, json.dumps(answer), "application/json")
        elif self.path == "/preview":
            self._send(200, f"<b>{parse_qs(body)['value'][0]} is at risk</b>")
        else:
            self.server.sent.append(parse_qs(body, keep_blank_values=True))
            self._send(200, ELSEWHERE if self.path == "/elsewhere" else DONE)

    def _send(self, status: int, text: str, kind: str = "text/html") -> None:
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/login")
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield running
        running.shutdown()


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    context = browser.new_context(base_url=f"http://127.0.0.1:{server.server_port}")
    page = context.new_page()
    page.clock.install(time="2026-11-24T09:00:00Z")
    page.goto("/")
    # From here on time passes only where a test says so.
    page.clock.pause_at("2026-11-24T10:00:00Z")
    yield page
    context.close()


def kept(page: Page) -> object:
    """What the browser keeps of the draft."""
    return page.evaluate("localStorage.getItem('draft:u7-CRI-003-I1')")


def test_typing_is_saved_after_five_seconds_and_then_not_again(page: Page, server: Server) -> None:
    server.say(200, saved="Saved at 09:41.", version="2")
    page.locator(VALUE).press_sequentially("9")
    page.clock.fast_forward(4_900)
    page.evaluate("fetch('/static/js/site.js').then((answer) => answer.text())")  # a round trip
    assert server.saved == []

    page.clock.fast_forward(200)

    expect(page.locator(LINE)).to_have_text("Saved at 09:41.")
    expect(page.locator("[name=version]")).to_have_value("2")
    assert kept(page) is None
    page.clock.fast_forward(60_000)
    page.locator(VALUE).blur()
    assert [(sent["value"], sent["version"], sent["csrfmiddlewaretoken"]) for sent in server.saved] == [
        (["941,200"], ["1"], ["one-visit"])
    ]


def test_leaving_a_field_saves_at_once(page: Page, server: Server) -> None:
    server.say(200, saved="Saved.")
    page.fill("#reason", "Late records")
    page.locator("#reason").blur()

    expect(page.locator(LINE)).to_have_text("Saved.")
    assert [sent["reason"] for sent in server.saved] == [["Late records"]]


def test_what_no_server_confirmed_comes_back_on_the_next_visit(page: Page, server: Server) -> None:
    server.say(503)
    page.fill(VALUE, "44,900")
    page.check("[value=other]")
    page.clock.run_for(1)
    expect(page.locator(LINE)).to_have_text("Not saved")
    assert "one-visit" not in str(kept(page))

    server.say(200, saved="Saved.")
    page.reload()

    expect(page.locator(VALUE)).to_have_value("44,900")
    expect(page.locator("[value=other]")).to_be_checked()
    expect(page.locator(LINE)).to_have_text("Saved.")
    assert kept(page) is None


def test_a_failed_save_is_tried_again(page: Page, server: Server) -> None:
    server.say(503)
    page.fill(VALUE, "44,900")
    page.locator(VALUE).blur()
    expect(page.locator(LINE)).to_have_text("Not saved")

    server.say(200, saved="Saved.")
    page.clock.fast_forward(15_000)

    expect(page.locator(LINE)).to_have_text("Saved.")


def test_without_a_connection_the_draft_waits_on_the_device(page: Page, server: Server) -> None:
    server.say(200, saved="Saved.")
    page.context.set_offline(True)
    page.fill(VALUE, "44,900")
    page.locator(VALUE).blur()
    expect(page.locator(LINE)).to_have_text("Kept on this device")
    assert server.saved == []

    page.context.set_offline(False)

    expect(page.locator(LINE)).to_have_text("Saved.")
    assert [sent["value"] for sent in server.saved] == [["44,900"]]


def test_sending_without_a_connection_stays_on_the_page(page: Page, server: Server) -> None:
    page.fill(VALUE, "44900")
    page.locator(VALUE).blur()
    page.context.set_offline(True)
    page.press("#send", "Enter")
    expect(page.locator(LINE)).to_have_text("Kept on this device")
    assert (page.url, page.input_value(VALUE)) == (f"http://127.0.0.1:{server.server_port}/", "44900")
    page.context.set_offline(False)
    page.press("#send", "Enter")
    expect(page.locator("h1")).to_have_text("Sent")
    assert [form["value"] for form in server.sent] == [["44900"]]


def test_a_computer_that_says_wrongly_that_it_is_offline_still_sends(page: Page, server: Server) -> None:
    page.evaluate("Object.defineProperty(navigator, 'onLine', { get: () => false })")
    page.fill(VALUE, "44900")
    page.press("#send", "Enter")
    expect(page.locator("h1")).to_have_text("Sent")
    assert [form["value"] for form in server.sent] == [["44900"]]


def test_another_persons_change_is_told_with_the_way_to_choose(page: Page, server: Server) -> None:
    server.say(409, message="Luis R. changed this at 09:38.", url="/choose")
    page.fill(VALUE, "44,900")
    page.locator(VALUE).blur()

    expect(page.locator(f"{LINE} a")).to_have_text("Luis R. changed this at 09:38.")
    expect(page.locator(f"{LINE} a")).to_have_attribute("href", "/choose")
    expect(page.locator(VALUE)).to_have_value("44,900")
    assert "44,900" in str(kept(page))


def test_a_signed_out_person_is_told_and_loses_nothing(page: Page, server: Server) -> None:
    server.say(302)
    page.fill(VALUE, "44,900")
    page.locator(VALUE).blur()

    expect(page.locator(LINE)).to_have_text("Signed out")
    assert "44,900" in str(kept(page))


def test_nothing_changed_fills_the_field_and_asks_what_it_shows(page: Page, server: Server) -> None:
    server.say(200, saved="Saved.")
    page.click("text=Nothing changed")

    expect(page.locator(VALUE)).to_have_value("40,000")
    expect(page.locator(VALUE)).to_be_focused()
    page.clock.fast_forward(600)
    expect(page.locator(PREVIEW)).to_have_text("40,000 is at risk")
    expect(page.locator(PREVIEW)).not_to_have_attribute("aria-busy", "true")


def test_the_page_after_sending_forgets_the_draft(page: Page, server: Server) -> None:
    server.say(503)
    page.fill(VALUE, "44,900")
    page.locator(VALUE).blur()
    expect(page.locator(LINE)).to_have_text("Not saved")
    page.click("#send")

    expect(page.locator("h1")).to_have_text("Sent")
    page.wait_for_function("localStorage.getItem('draft:u7-CRI-003-I1') === null")


def send_while_saving(page: Page, server: Server) -> list[str]:
    """Type and press Send at once: leaving the field saves, and that save is still on its way."""
    given_up: list[str] = []
    page.on("requestfailed", lambda request: given_up.append(request.url.rpartition("/")[2]))
    server.answers.clear()
    page.fill(VALUE, "45,000")
    with page.expect_request("**/autosave"):
        page.locator(VALUE).blur()
    page.fill("#reason", "Late records")
    page.click("#send")
    expect(page.locator("h1")).to_have_text("Sent")
    return given_up


def test_sending_gives_up_the_save_on_its_way_and_begins_none(page: Page, server: Server) -> None:
    assert send_while_saving(page, server) == ["autosave"]
    assert [sent["reason"] for sent in server.saved] == [[""]]


def test_the_form_says_that_it_is_later_than_the_saves_before_it(page: Page, server: Server) -> None:
    server.say(200, saved="Saved.")
    page.fill(VALUE, "44,900")
    page.locator(VALUE).blur()
    expect(page.locator(LINE)).to_have_text("Saved.")
    assert send_while_saving(page, server) == ["autosave"]
    turns = [told["turn"][0].split(":") for told in (*server.saved, *server.sent)]
    assert [number for _visit, number in turns] == ["1", "2", "3"]
    assert len({visit for visit, _number in turns}) == 1
    assert turns[0][0] not in {"", "undefined"}


def test_what_is_said_while_the_pointer_is_down_takes_no_click_away(page: Page, server: Server) -> None:
    """Pressing Send leaves the field, which saves: the line that says so stands above the button and would move it."""
    server.say(503)
    page.fill(VALUE, "44,900")
    page.locator("#send").hover()
    with page.expect_response("**/autosave"):
        page.mouse.down()
    page.evaluate("fetch('/static/js/site.js').then((answer) => answer.text())")  # a round trip
    expect(page.locator(LINE)).to_be_empty()
    page.mouse.up()
    expect(page.locator("h1")).to_have_text("Sent")


def go_elsewhere_after_sending(page: Page, server: Server) -> None:
    """Send to a page that does not say the draft is done, and open the form anew."""
    page.evaluate("document.forms[0].action = '/elsewhere'")
    page.fill(VALUE, "44,900")
    with page.expect_navigation():
        page.click("#send")
    assert "44,900" in str(kept(page))


def test_what_arrived_with_the_form_does_not_come_back_over_a_newer_version(page: Page, server: Server) -> None:
    server.say(503)
    go_elsewhere_after_sending(page, server)
    server.version = 2
    page.goto("/")
    expect(page.locator(VALUE)).to_have_value("41,200")
    assert kept(page) is None


def test_what_did_not_arrive_with_the_form_comes_back(page: Page, server: Server) -> None:
    server.say(503)
    go_elsewhere_after_sending(page, server)
    server.say(200, saved="Saved.")
    page.goto("/")
    expect(page.locator(VALUE)).to_have_value("44,900")
    expect(page.locator(LINE)).to_have_text("Saved.")
