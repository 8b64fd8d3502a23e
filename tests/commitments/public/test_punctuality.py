"""Lateness of real cycles on public pages, beside delivery and never mixed with it; and a country's own words."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from commitments.history import actions
from commitments.reporting.enums import Punctuality
from commitments.reporting.models import CountryStatement
from commitments.reporting.punctuality import report_squares
from tests.cast import NOON, STAGE, TODAY, Cast
from tests.factories import record

pytestmark = pytest.mark.django_db

#: What the overview says of one late report.
LATE = "1 <small>report is late</small>"


@pytest.fixture(autouse=True)
def noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


def page(client: Client, address: str) -> str:
    answer = client.get(f"/en/{address}")
    assert answer.status_code == 200
    return " ".join(str(answer.content.decode()).split())


def owed(cast: Cast, days: int, **cycle: Any) -> Any:
    """A figure and a report of Colombia that fell due so many days ago."""
    commitment = record.commitment(country=cast.colombia)
    return record.entry(record.indicator(commitment), record.cycle(due_on=TODAY - timedelta(days=days), **cycle))


def test_a_late_figure_is_late_on_the_pages_of_indicator_and_country(cast: Cast, client: Client) -> None:
    owed(cast, 8)
    assert "8 days late" in page(client, "indicators/LAD-COL-901-I1/")
    country = page(client, "countries/COL/")
    assert "Figures awaited" in country
    assert "Report: November 2026" in country
    assert LATE in page(client, "")


@pytest.mark.parametrize("whole", [False, True])
def test_what_was_sent_or_cannot_be_given_is_not_late(cast: Cast, client: Client, whole: bool) -> None:
    entry = owed(cast, 8)
    actions.change(entry.report if whole else entry, by=STAGE, at=NOON, cannot_reason="not_collected")
    assert "8 days late" in page(client, "indicators/LAD-COL-901-I1/"), "what is not sent shows nowhere"
    assert "Figures awaited" in page(client, "countries/COL/")
    actions.change(entry.report, by=STAGE, at=NOON, state="sent", sent_at=NOON)
    assert "days late" not in page(client, "indicators/LAD-COL-901-I1/")
    assert "Figures awaited" not in page(client, "countries/COL/")
    assert LATE not in page(client, "")


BEFORE = NOON - timedelta(days=60)


@pytest.mark.parametrize(
    ("figure", "is_late"),
    [
        ({"on": date(2026, 9, 30)}, False),
        ({"on": date(2026, 8, 31)}, False),
        ({"on": date(2026, 7, 1), "as_of_precision": "quarter", "published_at": BEFORE}, False),
        ({"on": date(2026, 8, 31), "published_at": BEFORE}, True),
        ({"on": date(2026, 6, 30)}, True),
        ({"on": date(2026, 9, 30), "is_used": False}, True),
        ({"on": date(2026, 9, 30), "state": "accepted", "published_at": None}, True),
    ],
    ids=["its last day", "a day of it", "all of it", "on record before", "a day before it", "not in use", "not public"],
)
def test_a_figure_that_came_after_the_cycle_was_closed_is_late_no_more(
    cast: Cast, client: Client, figure: dict[str, Any], is_late: bool
) -> None:
    entry = owed(cast, 8, closed_at=NOON, closes_on=TODAY)
    assert "8 days late" in page(client, "indicators/LAD-COL-901-I1/")
    record.measurement(entry.series.indicator, 5, **figure)
    assert ("8 days late" in page(client, "indicators/LAD-COL-901-I1/")) is is_late
    assert ("Figures awaited" in page(client, "countries/COL/")) is is_late


def test_a_demonstration_is_never_late(cast: Cast, client: Client) -> None:
    owed(cast, 8, is_demonstration=True)
    for address in ("", "countries/COL/", "indicators/LAD-COL-901-I1/"):
        text = page(client, address)
        assert "days late" not in text
        assert LATE not in text
    assert "No reporting cycle has fallen due yet" in page(client, "countries/COL/")


def test_squares_tell_on_time_late_missing_and_not_due(cast: Cast, client: Client) -> None:
    commitment = record.commitment(country=cast.colombia)
    for days, sent in ((400, 401), (300, 290), (200, None), (-20, None)):
        cycle = record.cycle(
            due_on=TODAY - timedelta(days=days),
            opens_on=TODAY - timedelta(days=days + 30),
            closes_on=TODAY - timedelta(days=days - 60),
            closed_at=NOON - timedelta(days=days - 60) if days == 200 else None,
        )
        report = record.country_report(commitment, cycle)
        if sent is not None:
            at = NOON - timedelta(days=sent)
            actions.change(report, by=STAGE, at=at, state="sent", sent_at=at)
            # Asked back and sent again much later: the first time counts.
            actions.change(report, by=STAGE, at=NOON, sent_at=NOON)
    squares = report_squares(on=TODAY, country=cast.colombia)
    assert [square.kind for square in squares] == [
        Punctuality.ON_TIME,
        Punctuality.LATE,
        Punctuality.MISSING,
        Punctuality.NOT_DUE,
    ]
    text = page(client, "countries/COL/")
    for words in (": on time", ": 10 days late", ": missing", ": not due yet"):
        assert words in text


@pytest.mark.parametrize(
    ("hour", "words"),
    [(11, "on time"), (12, "1 day late")],
)
def test_a_due_day_lasts_until_it_is_over_everywhere(cast: Cast, client: Client, hour: int, words: str) -> None:
    cycle = record.cycle(due_on=TODAY - timedelta(days=1))
    report = record.country_report(record.commitment(country=cast.colombia), cycle)
    at = NOON.replace(hour=hour)
    with time_machine.travel(at, tick=False):
        assert (LATE in page(client, "")) is (hour == 12)
        actions.change(report, by=STAGE, at=at, state="sent", sent_at=at)
        assert f": {words}" in page(client, "countries/COL/")
        listed = page(client, f"cycles/{cycle.slug}/")
    assert ("Received late" in listed) is (hour == 12)


def focal(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.focal_colombia)
    return client


STATEMENT = {"en": "We do <b>more</b> than the figures show.", "version": "0"}


def test_a_statement_is_public_at_once_and_labelled(cast: Cast, client: Client) -> None:
    assert "No statement yet: Colombia." in page(client, "countries/COL/")
    assert focal(cast).post("/en/workspace/statement/", STATEMENT).status_code == 302
    text = page(client, "countries/COL/")
    for words in ("In the country’s words", "We do &lt;b&gt;more&lt;/b&gt; than", "24 November 2026"):
        assert words in text
    assert "No statement yet" not in text
    assert "No statement yet: Canada." in page(client, "countries/CAN/")


def test_a_statement_taken_back_leaves_the_page_and_stays_in_history(cast: Cast, client: Client) -> None:
    one = focal(cast)
    one.post("/en/workspace/statement/", STATEMENT)
    one.post("/en/workspace/statement/", {**STATEMENT, "en": "Another one.", "version": "1"})
    stale = one.post("/en/workspace/statement/", {**STATEMENT, "en": "A third.", "take_back": "1", "version": "1"})
    assert stale.status_code == 409
    assert "It was not taken back" in stale.content.decode()
    assert "A third." in stale.content.decode()
    assert "Another one." in page(client, "countries/COL/")
    gone = one.post("/en/workspace/statement/", {**STATEMENT, "en": "A third.", "take_back": "1", "version": "2"})
    assert "A third.</textarea>" in gone.content.decode()
    assert one.post("/en/workspace/statement/", {"take_back": "1", "version": "2"}).status_code == 302
    assert "We do" not in page(client, "countries/COL/")
    assert "A third." not in page(client, "countries/COL/")
    assert "Another one." not in page(client, "countries/COL/")
    assert "No statement yet: Colombia." in page(client, "countries/COL/")
    assert CountryStatement.history.count() == 3


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"en": ""}, "at least one language"),
        ({"en": "x" * 1001}, "at most 1000 characters"),
        ({"en": "a\u202eb"}, "cannot be seen"),
        ({"en": "Write to maria.lopez@example.org"}, "Is this about a person?"),
    ],
)
def test_what_should_not_be_published_as_it_is_comes_back(cast: Cast, typed: dict[str, str], sentence: str) -> None:
    answer = focal(cast).post("/en/workspace/statement/", {**STATEMENT, **typed})
    assert sentence in answer.content.decode()
    assert CountryStatement.objects.count() == 0


def test_a_doubt_is_a_question_and_no_refusal(cast: Cast) -> None:
    typed = {**STATEMENT, "en": "Write to office@example.org", "anyway": "1"}
    assert focal(cast).post("/en/workspace/statement/", typed).status_code == 302


def test_two_people_writing_see_both_versions(cast: Cast) -> None:
    one = focal(cast)
    one.post("/en/workspace/statement/", STATEMENT)
    one.post("/en/workspace/statement/", {**STATEMENT, "en": "Mine.", "version": "1"})
    assert one.post("/en/workspace/statement/", {**STATEMENT, "en": "Yours.", "version": "1"}).status_code == 409


def test_nobody_speaks_for_another_country(cast: Cast) -> None:
    assert focal(cast).get("/en/workspace/statement/?country=CAN").status_code == 404
    client = Client()
    client.force_login(cast.secretary)
    assert client.get(reverse("workspace:statement")).status_code == 403
