"""A record that a published decision took off the site: gone everywhere, and its addresses say why."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from commitments.indicators import counting, life
from commitments.register.enums import LifeCycle
from commitments.register.life import LifeStep
from commitments.register.models import Commitment
from commitments.sources.models import Source
from tests.cast import NOON, STAGE, Cast
from tests.crawl import crawl, look
from tests.factories import record
from tests.pages import main_words

pytestmark = pytest.mark.django_db

MARK = "zorrillo"
DECISION = Source(title="Decision 7 of the Steering Committee", url="https://decision.example/7", language="en")


@pytest.fixture
def commitment(cast: Cast) -> Commitment:
    """A public commitment with a figure, each of its texts marked, beside another without the mark."""
    record.commitment("LAD-COL-901", country=cast.colombia)
    found = record.commitment("LAD-COL-900", country=cast.colombia, title_en=f"Title {MARK}", summary_en=f"Sum {MARK}")
    indicator = record.indicator(
        found, title_en=f"Indicator {MARK}", target=(100, date(2027, 1, 1)), baseline=(0, date(2026, 1, 1))
    )
    record.measurement(indicator, 90, date(2026, 9, 1))
    return found


def take(commitment: Commitment, to: LifeCycle) -> Commitment:
    commitment.refresh_from_db()
    source = Source(title=DECISION.title, url=DECISION.url, language="en")
    step = LifeStep(to=to, reason="Entered by mistake.", source=source)
    return life.take_step(commitment=commitment, step=step, by=STAGE, at=NOON)


def walked() -> dict[str, Any]:
    """What every public address answers, its texts alone."""
    return crawl(["/en/", "/en/changes/", "/sitemap.xml", "/robots.txt"], client=Client())


def addresses(commitment: Commitment) -> list[str]:
    code = commitment.indicators.get().code
    return [
        f"/en/commitments/{commitment.code}/",
        f"/en/commitments/{commitment.code}/history/",
        f"/en/indicators/{code}/",
        f"/en/indicators/{code}/history/",
        f"/en/indicators/{code}/values.csv",
        f"/en/indicators/{code}/values.json",
        f"/en/commitments/{commitment.code}/dates.csv",
        f"/en/embed/commitments/{commitment.code}/",
        f"/en/charts/commitments/{commitment.code}.svg",
        f"/en/embed/indicators/{code}/",
        f"/en/charts/indicators/{code}.svg",
        f"/en/charts/indicators/{code}.png",
    ]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("commitments/LAD-COL-900/", 410),
        ("embed/commitments/LAD-COL-900/", 410),
        ("commitments/LAD-COL-999/", 404),
        ("nowhere/", 404),
        ("commitments/?page=x", 400),
        ("about/?no=1", 400),
    ],
)
def test_no_cache_in_between_holds_a_refusal(commitment: Commitment, path: str, status: int) -> None:
    take(commitment, LifeCycle.REMOVED)
    answer = Client().get(f"/en/{path}")
    assert (answer.status_code, answer.get("Cache-Control")) == (status, "no-store")


def test_nothing_of_it_is_left_on_the_site_and_its_addresses_are_gone(commitment: Commitment) -> None:
    before = walked()
    told = [address for address, seen in before.items() if MARK.encode() in seen.body]
    assert len(told) > 10
    take(commitment, LifeCycle.REMOVED)
    assert [address for address, seen in walked().items() if MARK.encode() in seen.body] == []
    after = {address: look(Client(), address) for address in {*told, *addresses(commitment)}}
    assert [address for address, seen in after.items() if MARK.encode() in seen.body] == []
    assert {address for address, seen in after.items() if seen.status == 410} >= set(addresses(commitment))
    assert {seen.status for seen in after.values()} <= {200, 404, 410}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "a published decision took it off this site"),
        ("es", "una decisión publicada"),
        ("pt", "uma decisão publicada"),
        ("fr", "une décision publiée"),
    ],
)
def test_the_address_says_why_and_by_which_decision(commitment: Commitment, language: str, words: str) -> None:
    take(commitment, LifeCycle.REMOVED)
    answer = Client().get(f"/{language}/commitments/{commitment.code}/")
    told = main_words(answer)
    assert answer.status_code == 410
    assert words in told
    assert commitment.code in told
    assert "Entered by mistake." in told
    assert DECISION.title in told
    assert DECISION.url in answer.content.decode()


def test_in_the_frame_of_another_site_it_says_so_too(commitment: Commitment) -> None:
    code = commitment.indicators.get().code
    take(commitment, LifeCycle.REMOVED)
    for place in (f"commitments/{commitment.code}", f"indicators/{code}"):
        answer = Client().get(f"/es/embed/{place}/")
        assert answer.status_code == 410
        assert "frame-ancestors *" in answer["Content-Security-Policy"]
        assert not answer.has_header("X-Frame-Options")
        assert "Este registro fue suprimido" in main_words(answer)
        assert "Entered by mistake. (inglés)" in main_words(answer)
        assert MARK.encode() not in answer.content
        assert f'href="/es/commitments/{commitment.code}/" target="_blank"' in answer.content.decode()
        assert re.findall(r"<(script|form|input|button|nav)\b", answer.content.decode()) == []


def test_what_was_never_public_is_not_found(cast: Cast, commitment: Commitment) -> None:
    draft = record.commitment("LAD-COL-950", country=cast.colombia, life_cycle="draft")
    proposed = record.indicator(commitment, 9, state="draft")
    take(commitment, LifeCycle.REMOVED)
    client = Client()
    for address in (
        f"/en/commitments/{draft.code}/",
        f"/en/indicators/{proposed.code}/",
        "/en/commitments/LAD-COL-999/",
    ):
        assert client.get(address).status_code == 404, address


def test_it_is_counted_nowhere_and_can_be_put_back(commitment: Commitment) -> None:
    def counted() -> int:
        return sum(row["number"] for row in counting.counted(counting.Face.MAKER))

    was = counted()
    take(commitment, LifeCycle.REMOVED)
    assert (counted(), counting.differences()) == (was - 1, [])
    take(commitment, LifeCycle.ENDED)
    assert (counted(), counting.differences()) == (was, [])
    answer = Client().get(f"/en/commitments/{commitment.code}/")
    assert answer.status_code == 200
    assert f"Title {MARK}" in main_words(answer)


def test_the_changes_tell_the_removal_by_its_code_alone(commitment: Commitment) -> None:
    take(commitment, LifeCycle.REMOVED)
    told = main_words(Client().get("/en/changes/"))
    assert "Removed" in told
    assert commitment.code in told
    assert "Entered by mistake." in told
    assert MARK not in told


def test_it_is_not_found_by_searching(commitment: Commitment) -> None:
    assert MARK in main_words(Client().get(f"/en/search/?q={MARK}")).replace(f"“{MARK}”", "")
    take(commitment, LifeCycle.REMOVED)
    answer = Client().get(f"/en/search/?q={MARK}").content.decode()
    assert f"Title {MARK}" not in answer


def test_its_people_have_nothing_to_do_with_it(cast: Cast, commitment: Commitment) -> None:
    take(commitment, LifeCycle.REMOVED)
    client = Client()
    client.force_login(cast.focal_colombia)
    assert MARK not in client.get("/en/workspace/").content.decode()
    assert client.get(f"/en/workspace/commitments/{commitment.code}/").status_code in {403, 404}
