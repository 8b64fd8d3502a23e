"""The secretariat's page of the ledger: what failed, what comes, what went out."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from commitments.notices import breaker
from commitments.notices.models import Heartbeat, Notice
from tests.cast import NOON, Cast, person
from tests.commitments.notices.conftest import Owing

pytestmark = pytest.mark.django_db
PAGE = "/en/workspace/reminders/"


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def office(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.secretary)
    return client


def text(client: Client, address: str = PAGE) -> str:
    page = client.get(address)
    assert page.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def settle(notice: Notice, **columns: Any) -> None:
    Notice.objects.filter(pk=notice.pk).update(**columns)


def test_three_parts_in_order_with_reasons_in_words(office: Client, owed: Owing) -> None:
    failed, called_off, sent = owed(), owed(), owed()
    owed(not_before=NOON + timedelta(days=5), recipient=person("camila@example.org", "Camila", language="es"))
    settle(failed, state="failed_address", reason="address_refused", settled_at=NOON)
    settle(called_off, state="cancelled", reason="done", settled_at=NOON)
    settle(sent, state="sent", sent_at=NOON - timedelta(hours=1), language="fr", address_used="old@example.org")

    words = text(office).partition("Needs attention")[2]

    parts = [
        "Person 1 person1@example.org",
        "Address refused",
        "the mail server does not accept the address",
        "The next 14 days",
        "29 November 2026, 12:00 (UTC) Camila camila@example.org",
        "Español Planned",
        "Sent and called off",
        "Cancelled the task is done",
        "24 November 2026, 11:00 (UTC) Person 3 old@example.org",
        "Français Sent",
    ]
    places = [words.find(part) for part in parts]
    assert [part for part, place in zip(parts, places, strict=True) if place < 0] == []
    assert places[:7] == sorted(places[:7])


def test_an_empty_ledger_says_what_would_be_here(office: Client) -> None:
    words = text(office)
    assert "Nothing is planned. Messages appear here 14 days before they are sent." in words
    assert "Nothing has been sent yet." in words
    assert "Needs attention" not in words


@pytest.mark.parametrize(
    ("query", "shown"),
    [("", [1, 2]), ("?state=sent", [2]), ("?state=planned", [1]), ("?kind=letter_of_the_tests", [1, 2])],
)
def test_filters_narrow_every_part(office: Client, owed: Owing, query: str, shown: list[int]) -> None:
    owed(not_before=NOON + timedelta(days=1))
    settle(owed(), state="sent", sent_at=NOON)
    words = text(office, PAGE + query)
    assert [number for number in (1, 2) if f"person{number}@example.org" in words] == shown


def test_one_person_can_be_picked(office: Client, owed: Owing) -> None:
    somebody, other = owed(), owed()
    words = text(office, f"{PAGE}?person={somebody.recipient_id}")
    assert (somebody.recipient.email in words, other.recipient.email in words) == (True, False)


@pytest.mark.parametrize("query", ["?colour=red", "?state=lost", "?person=abc", "?page=0", "?kind=a&kind=b", "?page=2"])
def test_an_unknown_filter_is_refused(office: Client, query: str) -> None:
    assert office.get(PAGE + query).status_code == 400


@pytest.mark.parametrize(("silent", "other"), [("send_due", "plan"), ("plan", "send_due")])
def test_silence_is_said_aloud(office: Client, silent: str, other: str) -> None:
    Heartbeat.objects.create(job=other, finished_at=NOON)
    beat = Heartbeat.objects.create(job=silent, finished_at=NOON - timedelta(minutes=2))
    assert "Reminders have not run" not in text(office)

    beat.finished_at = NOON - timedelta(minutes=4)
    beat.save()
    for hours in (3, 2):
        breaker.trip(NOON - timedelta(hours=hours))
    words = text(office)
    assert "Reminders have not run since 24 November 2026, 11:56 (UTC). Tell the administrator." in words
    assert "The mail server cannot be used since 24 November 2026, 09:00 (UTC)." in words


def test_trouble_that_is_over_is_not_told(office: Client) -> None:
    breaker.trip(NOON - timedelta(hours=3))
    breaker.mend(NOON - timedelta(hours=2))
    assert "The mail server" not in text(office).partition("What you can rely on")[0]

    breaker.trip(NOON)
    assert "The mail server cannot be used since 24 November 2026, 12:00 (UTC)" in text(office)


def test_old_trouble_makes_room(office: Client, owed: Owing) -> None:
    settle(owed(), state="dead", reason="broken", settled_at=NOON - timedelta(days=31))
    assert "Needs attention" not in text(office)


def queries_of(client: Client, counter: Any) -> int:
    with counter as seen:
        assert client.get(PAGE).status_code == 200
    return len(seen)


def test_the_number_of_queries_does_not_grow(office: Client, owed: Owing, django_assert_max_num_queries: Any) -> None:
    def fill() -> None:
        owed(not_before=NOON + timedelta(days=1))
        settle(owed(), state="dead", reason="broken", settled_at=NOON)
        settle(owed(), state="sent", sent_at=NOON)

    fill()
    one = queries_of(office, django_assert_max_num_queries(25))
    fill()
    fill()
    assert queries_of(office, django_assert_max_num_queries(25)) == one
