"""The feeds of what changed: valid Atom, ids that stay, the same answer asked again."""

from datetime import date, timedelta
from typing import Any
from xml.etree import ElementTree

import pytest
import time_machine
from django.test import Client

from commitments.history import actions
from tests.cast import NOON, Cast
from tests.factories import record

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def world(cast: Cast) -> Any:
    """A commitment of Colombia with a figure and markup in its title, and one of Canada."""
    with time_machine.travel(NOON, tick=False):
        commitment = record.commitment("LAD-COL-901", country=cast.colombia, title_en="Work & <b>visas</b>")
        record.measurement(record.indicator(commitment), 40, date(2026, 6, 30), entered_by=cast.focal_colombia)
        record.commitment("LAD-CAN-901", country=cast.canada)
        yield commitment


def read(path: str) -> Any:
    answer = Client().get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert not answer.cookies
    return ElementTree.fromstring(answer.content)  # noqa: S314  # our own answer


def text(element: Any, name: str) -> str:
    (found,) = element.findall(f"{ATOM}{name}")
    return str(found.text or "")


def test_a_feed_has_what_atom_asks_for(world: Any) -> None:
    feed = read("/en/changes/feed.atom")
    assert feed.tag == f"{ATOM}feed"
    assert (text(feed, "id"), text(feed, "title")) == (
        "tag:localhost,2026:changes-en",
        "What changed – Los Angeles Declaration Tracker",
    )
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links == {
        "alternate": "http://localhost:8000/en/changes/",
        "self": "http://localhost:8000/en/changes/feed.atom",
    }
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 3
    assert text(feed, "updated") == max(text(entry, "updated") for entry in entries)
    for entry in entries:
        assert text(entry, "id").startswith("tag:localhost,2026:")
        assert text(entry, "title")
        assert entry.find(f"{ATOM}link").get("href").startswith("http://localhost:8000/en/")
    assert len({text(entry, "id") for entry in entries}) == 3


def test_an_entry_says_what_happened_and_is_never_markup(world: Any) -> None:
    told = {text(entry, "title"): entry for entry in read("/en/changes/feed.atom").findall(f"{ATOM}entry")}
    assert "New commitment: Work & <b>visas</b> (Colombia)" in told
    figure = told["Figure published: People counted 1 (Colombia)"]
    assert text(figure, "summary") == "40 people (30 June 2026). Source: Monthly registry."


def test_the_text_of_an_entry_is_html_that_says_what_was_typed(cast: Cast, world: Any) -> None:
    by = cast.actor(cast.secretary)
    later = NOON + timedelta(hours=1)
    actions.change(world, by=by, at=later, life_cycle="suspended", life_cycle_reason="<b>Courts</b> & laws")
    entry = read("/en/changes/feed.atom").find(f"{ATOM}entry")
    assert entry.find(f"{ATOM}summary").get("type") == "html"
    assert text(entry, "summary") == "Was Active, now Suspended. Reason: &lt;b&gt;Courts&lt;/b&gt; &amp; laws"


def test_an_entry_keeps_its_id_in_every_language_and_after_other_changes(cast: Cast, world: Any) -> None:
    ids = {
        language: {text(entry, "id") for entry in read(f"/{language}/changes/feed.atom").findall(f"{ATOM}entry")}
        for language in ("en", "es", "pt", "fr")
    }
    assert len(set(map(frozenset, ids.values()))) == 1
    actions.change(world, by=cast.actor(cast.secretary), at=NOON + timedelta(hours=1), title_en="Another title")
    again = {text(entry, "id") for entry in read("/en/changes/feed.atom").findall(f"{ATOM}entry")}
    assert again == ids["en"]


def test_the_feed_of_a_country_holds_what_is_of_it(world: Any) -> None:
    feed = read("/en/countries/CAN/changes.atom")
    assert text(feed, "id") == "tag:localhost,2026:changes-en-CAN"
    assert text(feed, "title") == "What changed: Canada – Los Angeles Declaration Tracker"
    assert [text(entry, "title") for entry in feed.findall(f"{ATOM}entry")] == [
        "New commitment: Commitment LAD-CAN-901 (Canada)"
    ]
    assert Client().get("/en/countries/XXX/changes.atom").status_code == 404


def test_pages_name_their_feed(client: Client, world: Any) -> None:
    pages = {
        "/en/changes/": "/en/changes/feed.atom",
        "/en/changes/?country=CAN": "/en/countries/CAN/changes.atom",
        "/en/countries/CAN/": "/en/countries/CAN/changes.atom",
        "/en/": "/en/changes/feed.atom",
    }
    for page, feed in pages.items():
        body = client.get(page).content.decode()
        assert body.count('type="application/atom+xml"') == 1, page
        assert f'href="{feed}"' in body, page


def test_a_feed_that_did_not_change_is_not_sent_again(client: Client, settings: Any, cast: Cast, world: Any) -> None:
    settings.READY_PAGES, settings.READY_PAGES_LAG_SECONDS = True, 0
    with time_machine.travel(NOON + timedelta(hours=1), tick=False):
        first = client.get("/en/changes/feed.atom")
        again = client.get("/en/changes/feed.atom", headers={"if-none-match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        record.commitment("LAD-CAN-902", country=cast.canada)
        assert client.get("/en/changes/feed.atom", headers={"if-none-match": first["ETag"]}).status_code == 200
