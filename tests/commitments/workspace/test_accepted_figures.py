"""A reader sees what the secretariat has accepted and not published: that alone, with its source."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from commitments.indicators.models import Measurement
from tests.cast import Cast
from tests.factories import record
from tests.pages import main_words

pytestmark = pytest.mark.django_db
PAGE = "/en/workspace/figures/"
STATES = {"sent": 41_111, "in_review": 42_222, "returned": 43_333, "accepted": 44_444, "published": 45_555}


def as_person(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def figures(cast: Cast) -> dict[str, Measurement]:
    """One figure in each state, of Colombia."""
    indicator = record.indicator(record.commitment("LAD-COL-901", country=cast.colombia))
    found = {}
    for month, (state, value) in enumerate(STATES.items(), start=1):
        columns: dict[str, Any] = {"state": state, "is_used": state in {"accepted", "published"}}
        columns |= {} if state == "published" else {"published_at": None}
        columns |= {} if state in {"accepted", "published"} else {"accepted_at": None}
        found[state] = record.measurement(indicator, value, date(2026, month, 1), **columns)
    return found


def shown(page: str) -> set[str]:
    """The states of the figures that a page names."""
    return {state for state, value in STATES.items() if f"{value:,}" in page}


@pytest.mark.parametrize("who", ["reader", "focal_canada", "lead_labour", "focal_colombia", "secretary"])
def test_whoever_holds_a_post_sees_the_accepted_ones_alone(
    cast: Cast, figures: dict[str, Measurement], who: str
) -> None:
    page = main_words(as_person(getattr(cast, who)).get(PAGE))
    assert shown(page) == {"accepted"}
    assert "Colombia 44,444 people" in page
    assert figures["accepted"].source is not None
    assert figures["accepted"].source.title in page


def test_the_reader_is_led_there_and_the_outsider_is_not(cast: Cast, figures: dict[str, Measurement]) -> None:
    pages = [as_person(person).get("/en/workspace/").content.decode() for person in (cast.reader, cast.outsider)]
    assert [f'href="{PAGE}"' in page for page in pages] == [True, False]
    assert as_person(cast.outsider).get(PAGE).status_code == 403


def test_no_figure_of_a_draft_commitment_is_shown_to_others(cast: Cast) -> None:
    draft = record.commitment("LAD-COL-902", country=cast.colombia, group=cast.labour, life_cycle="draft")
    record.measurement(record.indicator(draft), 46_666, date(2026, 6, 1), state="accepted", published_at=None)
    assert "46,666" not in main_words(as_person(cast.reader).get(PAGE))


def test_an_empty_page_says_what_will_stand_there(cast: Cast) -> None:
    assert "No accepted figure waits to be published" in main_words(as_person(cast.reader).get(PAGE))


@pytest.mark.parametrize("number", ["0", "-1", "x", "9" * 30, "\x00"])
def test_a_wild_page_number_is_no_error_of_ours(cast: Cast, figures: dict[str, Measurement], number: str) -> None:
    assert as_person(cast.reader).get(PAGE, {"page": number}).status_code in {200, 400, 404}
