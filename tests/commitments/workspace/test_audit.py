"""The log of changes: everything is in it, in order, and nothing is guessed."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.db.models import Q
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commitments.history import actions, log
from commitments.register.models import Commitment
from commitments.roles.actor import Actor
from commitments.workspace.audit.subjects import KINDS, lookups_of
from tests.cast import NOON, STAGE, TODAY, Cast
from tests.factories import record, rows

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)


@pytest.fixture(autouse=True)
def noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def office(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.secretary)
    return client


def page(client: Client, **query: str) -> str:
    answer = client.get(reverse("workspace:audit"), query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def changed(cast: Cast, code: str = "LAD-COL-901") -> Commitment:
    """A commitment whose title and life the secretariat changed."""
    row = record.commitment(code, country=cast.colombia)
    by = cast.actor(cast.secretary)
    actions.change(row, by=by, at=LATER, why="the note of May", title_en="Another title", notes="=cmd|' /C calc'!A0")
    return row


def test_every_kind_of_record_has_a_word_and_something_to_be_known_by() -> None:
    assert set(KINDS) == set(log.kinds())
    nameless = {name for name, model in log.kinds().items() if not lookups_of(model)}
    assert nameless == {"officesettings", "source", "storedfile"}


@pytest.mark.parametrize("kind", sorted(log.kinds()))
def test_every_kind_of_entry_can_be_read(office: Client, kind: str) -> None:
    row = rows.stored(log.kinds()[kind])
    actions.change(row, by=STAGE, at=NOON, **rows.other_value(row))
    actions.remove(row, by=STAGE, at=NOON)
    listed = page(office, kind=kind)
    for entry in type(row).history.filter(id=row.history.model.objects.order_by("-history_id").first().id):
        address = reverse("workspace:audit-entry", args=[kind, entry.history_id])
        assert address in listed
        assert office.get(address).status_code == 200


def test_the_log_says_who_what_when_and_through_which_door(cast: Cast, office: Client) -> None:
    changed(cast)
    text = page(office, kind="commitment")
    for words in ("LAD-COL-901", "Another title", "Sofía Secretary", "Secretariat", "website", "13:00 (UTC)"):
        assert words in text


def test_an_entry_opens_its_difference_with_its_reason(cast: Cast, office: Client) -> None:
    row = changed(cast)
    entry = row.history.order_by("-history_id").first()
    text = office.get(reverse("workspace:audit-entry", args=["commitment", entry.history_id])).content.decode()
    for words in ("Title (English)", "Commitment LAD-COL-901", "Another title", "the note of May", "Earlier change"):
        assert words in text


def test_columns_that_no_page_tells_are_told_here(cast: Cast, office: Client) -> None:
    indicator = record.indicator(record.commitment(country=cast.colombia))
    figure = record.measurement(indicator, 5, TODAY, state="sent", accepted_at=None, published_at=None)
    actions.change(figure, by=STAGE, at=LATER, question="Which month?")
    entry = figure.history.order_by("-history_id").first()
    text = office.get(reverse("workspace:audit-entry", args=["measurement", entry.history_id])).content.decode()
    assert "Which month?" in text


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"role": "secretariat"}, 1),
        ({"role": "system", "kind": "commitment"}, 1),
        ({"kind": "commitment"}, 2),
        ({"country": "COL"}, 0),
        ({"door": "web"}, 1),
        ({"since": "2026-11-25"}, 0),
        ({"since": "2026-11-24", "until": "2026-11-24", "kind": "commitment"}, 2),
        ({"until": "2026-11-23"}, 0),
    ],
)
def test_filters_narrow_the_log(cast: Cast, office: Client, query: dict[str, str], count: int) -> None:
    changed(cast)
    assert page(office, **query).count('<th scope="row">') == count


def test_a_person_is_a_filter(cast: Cast, office: Client) -> None:
    changed(cast)
    assert page(office, person=str(cast.secretary.pk)).count('<th scope="row">') == 1
    assert page(office, person=str(cast.reader.pk)).count('<th scope="row">') == 0


@pytest.mark.parametrize(
    "query",
    [
        {"kind": "nothing"},
        {"colour": "red"},
        {"since": "yesterday"},
        {"since": "9999-12-31"},
        {"person": "9" * 30},
        {"door": "window"},
    ],
)
@pytest.mark.parametrize("address", ["audit", "audit-export"])
def test_wild_filters_are_refused_by_name(office: Client, query: dict[str, str], address: str) -> None:
    assert office.get(reverse(f"workspace:{address}"), query).status_code == 400


@pytest.mark.parametrize("before", ["x", "1-1-nothing", f"{'9' * 17}-1-commitment", f"1-{'9' * 19}-commitment"])
def test_a_wild_place_to_read_on_from_is_refused(office: Client, before: str) -> None:
    assert office.get(reverse("workspace:audit"), {"before": before}).status_code == 400


def test_pages_follow_each_other_without_gap_or_repetition(cast: Cast) -> None:
    for number in range(3):
        changed(cast, f"LAD-COL-91{number}")
    models = list(log.kinds().values())
    whole = log.newest(models, Q(), limit=1000)
    assert whole == sorted(
        whole, key=lambda place: (place.at, place.number, [-ord(c) for c in place.kind]), reverse=True
    )
    pages, place = [], None
    while found := log.newest(models, Q(), limit=7, before=place):
        pages += found
        place = found[-1]
    assert pages == whole
    assert len(whole) == sum(model.history.count() for model in models)


def test_older_entries_are_one_link_away(cast: Cast, office: Client) -> None:
    row = record.commitment(country=cast.colombia)
    for number in range(60):
        actions.change(row, by=STAGE, at=NOON + timedelta(minutes=number), notes=f"note {number}")
    first = page(office, kind="commitment")
    assert first.count('<th scope="row">') == 50
    older = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    second = office.get(older).content.decode()
    assert second.count('<th scope="row">') == 11


def test_the_export_holds_what_the_filters_show_and_no_formula(cast: Cast, office: Client) -> None:
    row = changed(cast)
    actions.change(row, by=Actor(1, "secretariat"), at=LATER, why="=HYPERLINK(1)", public_reason="+1", notes="x")
    answer = office.get(reverse("workspace:audit-export"), {"kind": "commitment"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text)))
    assert [line["change"] for line in lines] == ["changed", "changed", "created"]
    assert (lines[0]["why"], lines[0]["public_reason"]) == ("'=HYPERLINK(1)", "'+1")
    assert (
        lines[1]["changed_columns"].split() == ["title", "title_en", "notes"]
        or "title_en" in lines[1]["changed_columns"]
    )
    assert {line["code"] for line in lines} == {"LAD-COL-901"}


def test_three_changes_take_as_many_queries_as_one(cast: Cast, office: Client) -> None:
    counts = []
    for number in range(3):
        changed(cast, f"LAD-COL-92{number}")
        with CaptureQueriesContext(connection) as listed:
            page(office)
        with CaptureQueriesContext(connection) as exported:
            b"".join(office.get(reverse("workspace:audit-export")).streaming_content)
        counts.append((len(listed), len(exported)))
    assert counts[0] == counts[2]


def test_the_frame_and_one_kind_of_record_take_few_queries(cast: Cast, office: Client) -> None:
    changed(cast)
    places = log.newest(list(log.kinds().values()), Q(), limit=50)
    assert len(places) > 10
    with CaptureQueriesContext(connection) as found:
        log.entries(log.newest([Commitment], Q(), limit=50), with_before=True)
    assert len(found) == 3
