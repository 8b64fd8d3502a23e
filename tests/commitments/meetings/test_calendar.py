"""The calendar of meetings, read line by line as a program does: nothing made up, nothing twice, all stable."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from icalendar import Calendar

from commitments.meetings.actions import cancel_meeting, change_meeting
from commitments.meetings.models import Meeting
from tests.cast import NOON, STAGE
from tests.commitments.meetings.test_views import planned
from tests.pages import main_words

pytestmark = pytest.mark.usefixtures("real_record")

LATER = NOON + timedelta(hours=2)


def events(client: Client, language: str = "en", query: str = "") -> dict[str, dict[str, str]]:
    """The events by their uid, each a mapping of its properties; parameters stay with the name."""
    answer = client.get(f"/{language}/meetings.ics{query}")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert not answer.cookies
    text = answer.content.decode()
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n")), "RFC 5545 3.1: lines are folded"
    unfolded = re.sub("\r\n[ \t]", "", text)
    found = {}
    for block in re.findall("BEGIN:VEVENT\r\n(.*?)END:VEVENT", unfolded, re.DOTALL):
        pairs = [line.split(":", 1) for line in block.strip().split("\r\n")]
        assert len({name for name, _value in pairs}) == len(pairs), "no property twice"
        event = dict(pairs)
        assert event["UID"] not in found
        found[event["UID"]] = event
    return found


def one(client: Client, slug: str = "planned", language: str = "en") -> dict[str, str]:
    return events(client, language)[f"{slug}@localhost"]


def test_a_meeting_with_a_time_is_a_moment_and_no_end_is_made_up(client: Client) -> None:
    planned(place="Bogotá; sala 1, piso 2")
    event = one(client)
    assert event["DTSTART"] == "20261203T160000Z"
    assert "DTEND" not in event
    assert event["DTSTAMP"] == event["LAST-MODIFIED"] == "20261124T120000Z"
    assert event["SEQUENCE"] == "0"
    assert event["STATUS"] == "CONFIRMED"
    assert event["LOCATION"] == r"Bogotá\; sala 1\, piso 2"
    assert event["SUMMARY;LANGUAGE=en"] == "Review of the reports"
    assert event["URL"].endswith("/en/meetings/planned/")
    assert r"3 December 2026\, 10:00 (UTC−6)" in event["DESCRIPTION"]


def test_days_end_the_day_after_and_what_is_known_to_the_month_is_left_out(client: Client) -> None:
    event = one(client, "quito-2022-07-brasilia")
    assert (event["DTSTART;VALUE=DATE"], event["DTEND;VALUE=DATE"]) == ("20220630", "20220702")
    slugs = {uid.split("@")[0] for uid in events(client)}
    assert slugs == set(Meeting.objects.filter(start_precision="day").values_list("slug", flat=True))
    assert "lad-2023-07-climate" not in slugs
    assert "Meetings whose day is known" in main_words(client.get("/en/meetings/"))


def test_a_meeting_that_moves_keeps_its_uid_and_counts_up(client: Client) -> None:
    meeting = planned()
    moved = {"start": date(2026, 12, 10), "start_at": datetime(2026, 12, 10, 16, 0, tzinfo=UTC)}
    change_meeting(meeting=meeting, columns=moved, by=STAGE, at=LATER, public_reason="Hall taken")
    event = one(client)
    assert (event["DTSTART"], event["SEQUENCE"]) == ("20261210T160000Z", "1")
    assert event["DTSTAMP"] == event["LAST-MODIFIED"] == "20261124T140000Z"


def test_a_cancelled_meeting_stays_and_says_so(client: Client) -> None:
    cancel_meeting(meeting=planned(), by=STAGE, at=LATER, public_reason="No quorum")
    event = one(client)
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", "1")
    assert event["SUMMARY;LANGUAGE=en"] == "Cancelled: Review of the reports"
    assert one(client, language="es")["SUMMARY;LANGUAGE=en"] == "Cancelada: Review of the reports"


def test_announced_ones_are_tentative_and_invented_ones_are_named_or_left_out(client: Client) -> None:
    planned(slug="shown", is_demonstration=True)
    planned(slug="example", is_example=True)
    planned(slug="announced", state="announced")
    found = events(client)
    assert found["shown@localhost"]["SUMMARY;LANGUAGE=en"] == "Demonstration: Review of the reports"
    assert found["announced@localhost"]["STATUS"] == "TENTATIVE"
    assert "example@localhost" not in found


def test_each_language_has_its_own_and_another_reader_understands_it(client: Client) -> None:
    spanish = one(client, "lad-2022-10-06-lima", "es")
    assert spanish["URL"].endswith("/es/meetings/lad-2022-10-06-lima/")
    assert spanish["DESCRIPTION"].startswith("Celebrada")
    calendar = Calendar.from_ical(client.get("/fr/meetings.ics").content)
    assert len(list(calendar.walk("VEVENT"))) == len(events(client, "fr"))
    assert str(calendar["x-wr-calname"]) == "Réunions – Suivi de la Déclaration de Los Angeles"


def test_the_filters_of_the_page_go_with_the_link_and_others_are_refused(client: Client) -> None:
    page = client.get("/en/meetings/?mechanism=crm&page=1").content.decode()
    assert 'href="/en/meetings.ics?mechanism=crm"' in page
    assert 'href="/en/meetings.ics"' in client.get("/en/meetings/").content.decode()
    own = set(Meeting.objects.filter(start_precision="day", mechanism__code="CRM").values_list("slug", flat=True))
    assert {uid.split("@")[0] for uid in events(client, query="?mechanism=crm")} == own != set()
    for query in ("?page=1", "?mechanism=none", "?x=1", "?state=planned&state=held"):
        assert client.get(f"/en/meetings.ics{query}").status_code == 400


def test_it_is_the_same_until_something_changes(client: Client, settings: Any) -> None:
    settings.READY_PAGES, settings.READY_PAGES_LAG_SECONDS = True, 0
    cache.clear()
    meeting = planned()
    first = client.get("/en/meetings.ics")
    again = client.get("/en/meetings.ics", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    cancel_meeting(meeting=meeting, by=STAGE, at=LATER, public_reason="No quorum")
    assert client.get("/en/meetings.ics", headers={"if-none-match": first["ETag"]}).status_code == 200


def test_it_asks_as_much_for_three_meetings_as_for_one(client: Client, django_assert_num_queries: Any) -> None:
    planned()
    # The version of the record, its mechanisms, the meetings, and when each was last changed.
    with django_assert_num_queries(4):
        client.get("/en/meetings.ics")
    planned(slug="planned-2")
    planned(slug="planned-3")
    with django_assert_num_queries(4):
        client.get("/en/meetings.ics")
