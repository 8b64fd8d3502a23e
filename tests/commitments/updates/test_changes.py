"""What changed since: what is told, in which order, of whom, and what never is."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from commitments.formats.partial import PartialDate
from commitments.history import actions
from commitments.history.wording import LOADER
from commitments.indicators.models import StatusByHand
from commitments.mechanisms import belonging
from commitments.mechanisms.belonging import Said
from commitments.mechanisms.models import Adherence, Organization, Presidency, Secretariat
from commitments.reporting.models import ProgressReport
from commitments.roles.actor import Actor
from commitments.sources.models import Source
from commitments.updates import views
from commitments.updates.queries import Kind, Place, Wanted, events
from tests.cast import NOON, STAGE, TODAY, Cast
from tests.factories import record
from tests.pages import links, main_words

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def world(cast: Cast) -> Any:
    """A figure, its correction, a report and its correction, a status by hand, a target agreed anew, and a cycle."""
    with time_machine.travel(NOON, tick=False):
        by = cast.actor(cast.secretary)
        commitment = record.commitment("LAD-COL-901", country=cast.colombia)
        indicator = record.indicator(commitment, target=(100, date(2028, 1, 1)))
        first = record.measurement(indicator, 2560, date(2026, 6, 30), published_at=NOON + MINUTE)
        second = record.measurement(
            indicator, 2600, date(2026, 6, 30), published_at=NOON + 2 * MINUTE, replaces=first, is_used=False
        )
        actions.change(
            first, by=by, at=NOON + 2 * MINUTE, state="corrected", is_used=False, public_reason="Late records"
        )
        actions.change(second, by=by, at=NOON + 2 * MINUTE, is_used=True)
        cycle = record.cycle()
        report = ProgressReport(cycle=cycle, country=cast.canada, due_on=cycle.due_on, state="published")
        report.published_at, report.corrected_at = NOON + 3 * MINUTE, NOON + 4 * MINUTE
        actions.create(report, by=STAGE, at=NOON)
        stated = StatusByHand(commitment=commitment, status="at_risk", reason="A decree was lifted", language="en")
        stated.valid_from, stated.valid_until, stated.set_at = TODAY, date(2027, 1, 1), NOON + 5 * MINUTE
        actions.create(stated, by=STAGE, at=NOON)
        record.revision(indicator, state="published", decided_at=NOON + 6 * MINUTE)
        actions.change(
            commitment, by=by, at=NOON + 7 * MINUTE, life_cycle="suspended", life_cycle_reason="A court ruled"
        )
        yield {"commitment": commitment, "indicator": indicator, "cycle": cycle, "report": report, "stated": stated}


def told(**wanted: Any) -> list[tuple[str, datetime]]:
    found = events(Wanted(on=TODAY, **wanted), most=50)
    return [(event.kind.value, event.place.at) for event in found]


def test_a_source_stands_beside_each_figure(world: dict[str, Any]) -> None:
    page = Client().get("/en/changes/").content.decode()
    figure = re.search(r'<li id="figure-\d+">.*?</li>', page, re.DOTALL)
    assert figure is not None
    assert "Monthly registry" in figure[0]
    assert page.count('class="source"') == 1


def test_everything_that_happened_is_told_newest_first(world: dict[str, Any]) -> None:
    assert told() == [
        ("commitment", NOON + 7 * MINUTE),
        ("agreed", NOON + 6 * MINUTE),
        ("status", NOON + 5 * MINUTE),
        ("report-corrected", NOON + 4 * MINUTE),
        ("report", NOON + 3 * MINUTE),
        ("figure", NOON + 2 * MINUTE),
        ("commitment", NOON),
        ("cycle-opened", datetime(2026, 11, 1, tzinfo=UTC)),
    ]


def test_the_page_says_it_in_words(client: Client, world: dict[str, Any]) -> None:
    words = main_words(client.get("/en/changes/"))
    for said in (
        "12:07 (UTC) Commitment Colombia Commitment LAD-COL-901 was Active → now Suspended Reason: A court ruled",
        "12:06 (UTC) Target changed by agreement Colombia People counted 1 Reason: The programme was enlarged.",
        "12:05 (UTC) Status set by hand Colombia Commitment LAD-COL-901 At risk Reason: A decree was lifted",
        "12:04 (UTC) Report corrected Canada November 2026",
        "12:02 (UTC) Figure corrected Colombia People counted 1 was 2,560 people (30 June 2026) → now 2,600 people",
        "12:00 (UTC) New commitment Colombia Commitment LAD-COL-901",
        "1 November 2026 Reporting cycle opened November 2026",
    ):
        assert said in words, said


def test_what_is_taken_up_again_says_why(client: Client, cast: Cast, world: dict[str, Any]) -> None:
    again = {"life_cycle": "active", "life_cycle_reason": ""}
    by = cast.actor(cast.secretary).speaking("es")
    actions.change(world["commitment"], by=by, at=NOON + 8 * MINUTE, public_reason="Otra sentencia", **again)
    assert "was Suspended → now Active Reason: Otra sentencia (Spanish)" in main_words(client.get("/en/changes/"))


def test_each_line_leads_to_the_history_of_its_record(client: Client, world: dict[str, Any]) -> None:
    found = set(links(client.get("/en/changes/")))
    wanted = {
        "/en/commitments/LAD-COL-901/history/",
        "/en/indicators/LAD-COL-901-I1/history/",
        "/en/reports/cycle-2026-12-15/CAN/",
        "/en/cycles/cycle-2026-12-15/",
    }
    assert wanted <= found
    assert {path: client.get(path).status_code for path in wanted} == dict.fromkeys(wanted, 200)


def test_one_country_and_a_day_narrow_the_list(client: Client, world: dict[str, Any]) -> None:
    assert [kind for kind, _at in told(country="CAN")] == ["report-corrected", "report"]
    assert "cycle-opened" not in [kind for kind, _at in told(country="COL")]
    assert len(told(since=TODAY)) == 7
    assert told(since=TODAY + timedelta(days=1)) == []
    words = main_words(client.get(f"/en/changes/?since={(TODAY + timedelta(days=1)).isoformat()}"))
    assert "Nothing changed that matches these filters." in words


def test_the_end_of_a_status_by_hand_and_of_a_cycle_are_told(cast: Cast, world: dict[str, Any]) -> None:
    by = cast.actor(cast.secretary)
    day = TODAY - timedelta(days=1)
    actions.change(world["stated"], by=by, at=NOON, lapsed_on=day, lapsed_because="date")
    actions.change(world["cycle"], by=by, at=NOON, closed_at=NOON + 9 * MINUTE)
    assert told()[0] == ("cycle-closed", NOON + 9 * MINUTE)
    assert ("status-ended", datetime(day.year, day.month, day.day, tzinfo=UTC)) in told()


def test_nothing_that_is_not_public_or_not_real_is_told(cast: Cast, world: dict[str, Any]) -> None:
    before = told()
    draft = record.commitment("LAD-COL-902", country=cast.colombia, life_cycle="draft")
    record.measurement(record.indicator(draft), 1, TODAY)
    example = record.commitment("LAD-COL-903", country=cast.colombia, is_example=True)
    record.measurement(record.indicator(example, is_example=True), 1, TODAY, is_example=True)
    record.measurement(record.indicator(world["commitment"], 2, state="sent"), 1, TODAY)
    for number, state in enumerate(("sent", "returned", "accepted", "in_review")):
        accepted = NOON if state == "accepted" else None
        day = date(2026, 7, 1 + number)
        record.measurement(world["indicator"], 9, day, state=state, accepted_at=accepted)
    record.revision(world["indicator"])
    record.cycle(due_on=date(2026, 12, 20), opens_on=TODAY + timedelta(days=1))
    record.cycle(due_on=date(2026, 12, 21), is_demonstration=True)
    assert told() == before
    actions.change(draft, by=cast.actor(cast.secretary), at=NOON + 8 * MINUTE, life_cycle="active")
    assert told()[0] == ("commitment", NOON + 8 * MINUTE), "and with its publication it is"


def test_pages_by_place_hold_everything_once(
    client: Client, cast: Cast, world: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    indicator = record.indicator(world["commitment"], 2)
    for number in range(1, 6):
        record.measurement(indicator, number, date(2026, 1, number), published_at=NOON + 2 * MINUTE)
    monkeypatch.setattr(views, "PER_PAGE", 3)
    path, anchors = "/en/changes/", []
    for _page in range(20):  # and no further, should a page lead back to itself
        body = client.get(path).content.decode()
        anchors += re.findall(r'<li id="([a-z-]+-\d+)">', body)
        older = re.search(r'href="([^"]+)" rel="next"', body)
        if older is None:
            break
        path = older.group(1).replace("&amp;", "&")
    assert len(anchors) == len(set(anchors)) == len(told()) == 13


def test_each_place_is_read_on_from_whatever_kind_it_is(world: dict[str, Any]) -> None:
    whole = [event.place for event in events(Wanted(on=TODAY), most=50)]
    for number, place in enumerate(whole):
        rest = events(Wanted(on=TODAY), before=Place.read(str(place)), most=50)
        assert [event.place for event in rest] == whole[number + 1 :]


def test_things_of_one_moment_at_midnight_keep_their_order(cast: Cast, world: dict[str, Any]) -> None:
    midnight = datetime(2026, 11, 1, tzinfo=UTC)
    record.measurement(record.indicator(world["commitment"], 2), 1, date(2026, 1, 1), published_at=midnight)
    whole = events(Wanted(on=TODAY), most=50)
    assert [event.kind for event in whole[-2:]] == [Kind.FIGURE, Kind.CYCLE_OPENED]
    assert events(Wanted(on=TODAY), before=whole[-2].place, most=50) == whole[-1:]
    assert events(Wanted(on=TODAY), before=whole[-1].place, most=50) == []


def test_what_is_dated_by_its_day_stands_at_its_beginning(cast: Cast, world: dict[str, Any]) -> None:
    by = cast.actor(cast.secretary)
    actions.change(world["stated"], by=by, at=NOON, lapsed_on=TODAY, lapsed_because="date")
    actions.change(world["cycle"], by=by, at=NOON, closed_at=NOON - MINUTE)
    whole = events(Wanted(on=TODAY), most=50)
    (closed,) = [event.place for event in whole if event.kind is Kind.CYCLE_CLOSED]
    after = [event.kind for event in events(Wanted(on=TODAY), before=closed, most=50)]
    assert after == [Kind.LAPSED, Kind.CYCLE_OPENED]


@pytest.mark.parametrize(
    "query",
    [
        "before=x",
        "before=1.2",
        "before=1.99.3",
        "before=-1.1.1",
        f"before={'9' * 18}.1.1",
        f"before={'9' * 40}.1.1",
        "before=٣.1.1",
        "since=yesterday",
        "since=0001-01-01",
        "country=XXX",
        "page=2",
        "other=1",
    ],
)
def test_what_the_list_does_not_know_is_refused_in_words(client: Client, cast: Cast, query: str) -> None:
    assert client.get(f"/en/changes/?{query}").status_code == 400


def test_what_came_with_the_public_record_says_so(client: Client, cast: Cast) -> None:
    by = Actor.process(LOADER)
    row = record.commitment("LAD-COL-901", country=cast.colombia, life_cycle="draft")
    actions.change(row, by=by, at=NOON, life_cycle="active")
    record.measurement(record.indicator(row), 40, date(2026, 6, 30))
    record.measurement(record.indicator(row, 2), 50, date(2026, 6, 30), entered_by=cast.focal_colombia)
    words = main_words(client.get("/en/changes/"))
    assert "Commitment taken over from the public record Colombia Commitment LAD-COL-901" in words
    assert "Figure taken over from the public record Colombia People counted 1 40 people" in words
    assert "Figure published Colombia People counted 2 50 people" in words


def test_who_belongs_chairs_and_serves_is_told_but_not_what_came_with_the_files(client: Client, cast: Cast) -> None:
    def said(**days: str) -> Said:
        known = {name: PartialDate.parse(day) for name, day in days.items()}
        return Said(source=Source(title="Note verbale 7", language="en"), **known)

    lad, by = cast.declaration, cast.actor(cast.secretary)
    loaded = Presidency(mechanism=lad, country=cast.canada, since=date(2024, 1, 1), since_precision="year")
    actions.create(loaded, by=Actor.process(LOADER), at=NOON)
    assert told() == []
    with time_machine.travel(NOON, tick=False):
        turn = Presidency(mechanism=lad, country=cast.colombia)
        belonging.record(row=turn, said=said(since="2025"), by=by, at=NOON + MINUTE)
        why = {"by": by, "public_reason": "The chair was handed over.", "version": 1}
        belonging.end(row=turn, until=PartialDate.parse("2026-06"), at=NOON + 2 * MINUTE, **why)
        joined = Adherence(mechanism=lad, country=cast.colombia)
        joining = Said(source=Source(title="Note verbale 8", language="en"), kind="endorsing")
        belonging.record(row=joined, said=joining, by=by, at=NOON + 3 * MINUTE)
        belonging.take_away(row=joined, at=NOON + 4 * MINUTE, **(why | {"public_reason": "By mistake."}))
        body = actions.create(Organization(code="IOM", name_en="Migration body"), by=STAGE, at=NOON)
        serving = Secretariat(mechanism=lad, organization=body)
        belonging.record(row=serving, said=said(), by=by, at=NOON + 5 * MINUTE)
        belonging.change(row=serving, said=said(since="2022-06"), at=NOON + 6 * MINUTE, **why)
    words = main_words(client.get("/en/changes/"))
    title = "Los Angeles Declaration"
    for line in (
        f"12:06 (UTC) Technical secretariat changed Migration body {title} Reason: The chair was handed over.",
        f"12:05 (UTC) Technical secretariat recorded Migration body {title}",
        f"12:04 (UTC) Record of a country in a mechanism removed Colombia {title} Reason: By mistake.",
        f"12:03 (UTC) Country recorded in a mechanism Colombia {title}",
        f"12:02 (UTC) Presidency pro tempore ended Colombia {title} Reason: The chair was handed over.",
        f"12:01 (UTC) Presidency pro tempore recorded Colombia {title}",
    ):
        assert line in words, line
    assert [kind for kind, _at in told(country="COL")] == ["adherence", "adherence", "presidency", "presidency"]
    assert told(country="CAN") == []
    assert "/en/mechanisms/lad/history/" in links(client.get("/en/changes/"))
