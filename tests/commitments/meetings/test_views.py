"""The pages of meetings: dates as exactly as they are known, held and announced told apart."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from commitments.history import actions
from commitments.mechanisms.models import Mechanism
from commitments.meetings.actions import cancel_meeting, change_meeting
from commitments.meetings.models import Meeting
from tests.cast import NOON, STAGE
from tests.factories import record
from tests.pages import main_words

pytestmark = pytest.mark.usefixtures("real_record")


def page(client: Client, path: str) -> str:
    answer = client.get(f"/en/meetings/{path}")
    assert answer.status_code == 200, path
    return main_words(answer)


def planned(**columns: Any) -> Meeting:
    """A meeting that lies ahead."""
    defaults: dict[str, Any] = {
        "slug": "planned",
        "title_en": "Review of the reports",
        "mechanism": Mechanism.objects.get(code="LAD"),
        "start": date(2026, 12, 3),
        "start_precision": "day",
        "start_at": datetime(2026, 12, 3, 16, 0, tzinfo=UTC),
        "time_zone": "America/Mexico_City",
        "is_verified": True,
    }
    return actions.create(Meeting(**(defaults | columns)), by=STAGE, at=NOON)


def test_dates_are_no_more_exact_than_they_are_known(client: Client) -> None:
    assert "Date July 2023" in page(client, "lad-2023-07-climate/")
    assert "Date 2025" in page(client, "lad-2025-fifth-ministerial/")
    assert "Date 30 June 2022 to 1 July 2022" in page(client, "quito-2022-07-brasilia/")


def test_announced_and_held_are_told_apart(client: Client) -> None:
    assert "Announced; no record of it was found" in page(client, "lad-2025-fifth-ministerial/")
    held = page(client, "lad-2022-10-06-lima/")
    assert "Held Ministerial meeting First Ministerial Meeting" in held
    assert "Outcome Leads and members of the action package committees confirmed" in held
    assert "Checked against the source" in held


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ({}, False),
        ({"start": date(2026, 11, 24), "start_at": None}, True),
        ({"start": date(2026, 11, 24), "start_at": None, "state": "cancelled"}, False),
    ],
)
def test_no_outcome_is_missed_before_a_meeting_or_of_one_called_off(
    client: Client, columns: dict[str, Any], says: bool
) -> None:
    planned(**columns)
    assert ("Outcome not on record" in page(client, "planned/")) is says


@pytest.mark.parametrize(
    ("language", "place"),
    [("en", "Geneva (Switzerland)"), ("es", "Geneva (Suiza)"), ("pt", "Geneva (Suíça)"), ("fr", "Geneva (Suisse)")],
)
def test_hosts_outside_the_record_are_named_not_coded(client: Client, language: str, place: str) -> None:
    assert place in main_words(client.get(f"/{language}/meetings/grf-2023-12/"))


def test_list_is_by_year_with_what_comes_next_on_top(client: Client) -> None:
    before = page(client, "")
    assert (
        "33 meetings Download these 33 (CSV) As a workbook (XLSX) Next meetings No meeting is planned in this record."
        in before
    )
    planned()
    after = page(client, "")
    assert "Next meetings 3 Dec 2026 Review of the reports" in after
    assert "34 meetings" in after


def test_time_is_the_hosts_with_the_distance_from_utc(client: Client) -> None:
    planned()
    answer = client.get("/en/meetings/planned/")
    assert "Date 3 December 2026, 10:00 (UTC−6)" in main_words(answer)
    assert '<time datetime="2026-12-03T10:00:00-06:00" data-local>' in answer.content.decode()


@pytest.mark.parametrize(
    ("query", "count"), [("mechanism=lad", 14), ("mechanism=other", 4), ("state=announced", 3), ("state=planned", 0)]
)
def test_filters(client: Client, query: str, count: int) -> None:
    assert client.get(f"/en/meetings/?{query}").context["filters"].qs.count() == count


@pytest.mark.parametrize("query", ["mechanism=xyz", "state=soon", "year=2023", "page=9"])
def test_what_it_does_not_know_is_refused(client: Client, query: str) -> None:
    assert client.get(f"/en/meetings/?{query}").status_code == 400


def test_page_tells_why_a_meeting_was_moved_or_cancelled(client: Client) -> None:
    meeting = planned(source=record.source("The invitation"), is_verified=False)
    assert "Not checked against its source yet" in page(client, "planned/")
    assert "Reason:" not in page(client, "planned/")
    columns = {"start": date(2026, 12, 10), "start_at": None}
    change_meeting(meeting=meeting, columns=columns, by=STAGE, at=NOON, public_reason="The host asked for it.")
    moved = "This meeting was moved; its date was 3 December 2026. Reason: The host asked for it."
    assert f"24 November 2026: {moved}" in page(client, "planned/")
    cancel_meeting(meeting=meeting, by=STAGE, at=NOON + timedelta(hours=1), public_reason="Too few can come.")
    assert "This meeting was cancelled. Reason: Too few can come." in page(client, "planned/")
