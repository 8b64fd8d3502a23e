"""What is late or off track: who owes what since when, beside how commitments stand, and nothing unpublished."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from commitments.history import actions
from commitments.public.queries.late import DELIVERY, LateList
from commitments.register.models import Commitment
from commitments.reporting.models import CycleExtension, ProgressReport
from tests.cast import NOON, STAGE, TODAY, Cast
from tests.factories import record
from tests.pages import main_words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


def page(client: Client, query: str = "", language: str = "en") -> str:
    answer = client.get(f"/{language}/late/{query}")
    assert answer.status_code == 200, query
    return main_words(answer)


def owed(cast: Cast, days: int, code: str = "LAD-COL-901", **cycle: Any) -> Any:
    """A figure and a report of Colombia that fell due so many days ago."""
    known = Commitment.objects.filter(code=code).first()
    commitment = known or record.commitment(code, country=cast.colombia, group=cast.labour)
    indicator = commitment.indicators.first() or record.indicator(commitment)
    return record.entry(indicator, record.cycle(due_on=TODAY - timedelta(days=days), **cycle))


def behind(code: str, value: int, **columns: Any) -> Commitment:
    """A commitment whose latest figure is so much of the 83 expected by then."""
    commitment = record.commitment(code, **columns)
    ends = {"baseline": (0, date(2024, 1, 1)), "target": (100, date(2026, 12, 31))}
    record.measurement(record.indicator(commitment, **ends), value, date(2026, 6, 30))
    return commitment


def test_each_row_says_what_is_late_since_when_and_who_can_act(cast: Cast, client: Client) -> None:
    owed(cast, 8)
    text = page(client)
    assert (
        "1 report is late and 1 figure is awaited. The longest awaited was due on 16 November 2026. "
        "No active commitment can be shown to be off track or at risk." in text
    )
    assert "November 2026 Progress report Colombia 16 Nov 2026 8 days late none yet Focal point" in text
    assert "People counted 1 Figure Colombia 16 Nov 2026 8 days late none yet Focal point" in text
    for words in ("Focal point", cast.focal_colombia.name, cast.deputy_colombia.name):
        assert (words in text) is (words == "Focal point")


def test_groups_and_the_secretariat_are_named_by_their_role(cast: Cast, client: Client) -> None:
    cycle = record.cycle(due_on=TODAY - timedelta(days=3))
    record.group_report(cast.labour, cycle)
    own = ProgressReport(cycle=cycle, is_of_secretariat=True, due_on=cycle.due_on)
    actions.create(own, by=STAGE, at=NOON)
    text = page(client)
    assert "Progress report Labor Mobility 21 Nov 2026 3 days late none yet Lead" in text
    assert "Progress report Secretariat 21 Nov 2026 3 days late none yet Secretariat" in text


def test_the_office_on_record_and_the_last_update_stand_there(cast: Cast, client: Client) -> None:
    entry = owed(cast, 8)
    commitment = entry.series.indicator.commitment
    actions.change(commitment, by=STAGE, at=NOON, responsible_office="Ministry of Labour")
    record.measurement(entry.series.indicator, 40, date(2026, 3, 31))
    assert "8 days late latest figure: 31 Mar 2026 Ministry of Labour" in page(client)
    record.measurement(entry.series.indicator, 41, date(2026, 5, 31), entered_by=cast.focal_colombia)
    earlier = record.cycle(due_on=date(2026, 6, 30), opens_on=date(2026, 5, 1), closes_on=date(2026, 7, 31))
    report = record.country_report(commitment, earlier)
    actions.change(report, by=STAGE, at=NOON, state="published", sent_at=NOON, published_at=NOON)
    text = page(client)
    assert "8 days late 24 Nov 2026 Focal point" in text
    assert "8 days late 24 Nov 2026 Ministry of Labour" in text


def test_the_longest_awaited_comes_first_and_delivery_stands_apart(cast: Cast, client: Client) -> None:
    behind("LAD-COL-902", 60, country=cast.colombia)
    behind("LAD-COL-903", 10, country=cast.colombia)
    behind("LAD-CAN-904", 100, country=cast.canada)
    canada = record.commitment("LAD-CAN-905", country=cast.canada)
    record.country_report(canada, record.cycle(due_on=TODAY - timedelta(days=2)))
    owed(cast, 9)
    text = page(client)
    assert "1 commitment is off track and 1 is at risk." in text
    order = [text.index(words) for words in ("9 days late", "2 days late", "LAD-COL-903", "LAD-COL-902")]
    assert order == sorted(order)
    assert "LAD-CAN-904" not in text
    assert "10 days" not in text


def test_nothing_late_says_when_the_next_reports_are_due(cast: Cast, client: Client) -> None:
    assert "Nothing is late. No cycle is open" in page(client)
    record.group_report(cast.labour, record.cycle(due_on=date(2026, 12, 15)))
    text = page(client)
    assert "Nothing is late. The next reports are due on 15 December 2026." in text
    assert "15 Dec 2026 November 2026 1 report is still to come" in text
    assert 'href="#next"' in client.get("/en/late/").content.decode()


def test_a_planned_cycle_a_closed_one_and_a_demonstration_tell_nothing(cast: Cast, client: Client) -> None:
    later = {"opens_on": date(2027, 4, 1), "closes_on": date(2027, 7, 1), "name_en": "CANARY cycle"}
    planned = record.cycle(due_on=date(2027, 5, 15), **later)
    commitment = record.commitment(country=cast.colombia)
    record.country_report(commitment, planned)
    owed(cast, 8, is_demonstration=True)
    closed = {"closed_at": NOON, "opens_on": date(2026, 8, 1), "closes_on": date(2026, 10, 20)}
    record.country_report(commitment, record.cycle(due_on=date(2026, 10, 1), **closed))
    assert "Nothing is late. No cycle is open" in page(client)
    for address in ("late/", "countries/COL/"):
        assert "CANARY" not in client.get(f"/en/{address}").content.decode(), address


def test_a_figure_is_awaited_once_and_of_published_commitments_alone(cast: Cast, client: Client) -> None:
    owed(cast, 150, opens_on=date(2026, 5, 1), closes_on=date(2026, 7, 31), closed_at=NOON)
    entry = owed(cast, 8)
    assert "1 report is late and 1 figure is awaited." in page(client)
    actions.change(entry.series.indicator.commitment, by=STAGE, at=NOON, life_cycle="draft")
    assert "1 report is late. " in page(client)
    actions.change(entry.series.indicator.commitment, by=STAGE, at=NOON, life_cycle="ended")
    assert "1 report is late. " in page(client)


def test_a_figure_that_is_public_by_another_way_is_not_awaited(cast: Cast, client: Client) -> None:
    entry = owed(cast, 8)
    record.measurement(entry.series.indicator, 40, entry.report.cycle.period_end)
    assert "1 report is late. " in page(client)


def test_what_is_written_but_not_sent_is_no_answer(cast: Cast, client: Client) -> None:
    entry = owed(cast, 8)
    before = client.get("/en/late/").content
    actions.change(entry, by=STAGE, at=NOON, cannot_reason="other", cannot_words="CANARY")
    actions.change(entry.report, by=STAGE, at=NOON, state="draft", cannot_words="CANARY", obstacles="CANARY")
    assert client.get("/en/late/").content == before
    actions.change(entry.report, by=STAGE, at=NOON, state="sent", sent_at=NOON)
    text = page(client)
    assert "Nothing is late" in text
    assert "CANARY" not in text


def test_more_time_and_its_reason_are_public(cast: Cast, client: Client) -> None:
    entry = owed(cast, 8)
    granted = CycleExtension(cycle=entry.report.cycle, country=cast.colombia, due_on=entry.due_on, granted_at=NOON)
    granted.reason = "The registry was moved."
    actions.create(granted, by=STAGE, at=NOON)
    assert "More time was given: The registry was moved." in page(client)


@pytest.mark.parametrize(("hour", "is_late"), [(11, False), (12, True)])
def test_nothing_is_late_before_its_day_is_over_everywhere(
    cast: Cast, client: Client, hour: int, is_late: bool
) -> None:
    owed(cast, 1)
    with time_machine.travel(NOON.replace(hour=hour), tick=False):
        text = page(client)
    assert ("1 day late" in text) is is_late
    assert ("The next reports are due on 23 November 2026" in text) is not is_late


@pytest.mark.parametrize(
    ("query", "count", "there", "not_there"),
    [
        ("?kind=report", "2 late", "Progress report", "LAD-COL-902"),
        ("?kind=figure", "1 late", "Figure Colombia", "Progress report Colombia"),
        ("?kind=at_risk", "1 off track or at risk", "LAD-COL-902", "Progress report"),
        ("?kind=off_track", "0 off track or at risk", "matches these filters", "LAD-COL-902"),
        ("?country=COL", "2 late · 1 off track or at risk", "Progress report Colombia", "Progress report Labor"),
        ("?country=CAN", "0 late · 0 off track or at risk", "matches these filters", "Progress report"),
        ("?group=labor-mobility", "3 late · 0 off track or at risk", "Progress report Labor", "LAD-COL-902"),
        ("?country=COL&group=labor-mobility&kind=figure&page=1", "1 late", "Figure Colombia", "Progress report"),
    ],
)
def test_filters_narrow_both_lists(
    cast: Cast, client: Client, query: str, count: str, there: str, not_there: str
) -> None:
    entry = owed(cast, 8)
    record.group_report(cast.labour, entry.report.cycle)
    behind("LAD-COL-902", 60, country=cast.colombia)
    text = page(client, query)
    for words in (count, there, "Remove the filter:"):
        assert words in text
    assert not_there not in text.partition("Calendar of what is due next")[0]
    assert "report is late" not in text, "the sentence of the whole page says nothing of a part"


@pytest.mark.parametrize("kind", ["", "off_track", "at_risk"])
def test_the_numbers_of_those_behind_are_those_of_the_rows(cast: Cast, kind: str) -> None:
    behind("LAD-COL-902", 60, country=cast.colombia, group=cast.labour)
    behind("LAD-COL-903", 10, country=cast.colombia)
    behind("LAD-CAN-904", 10, country=cast.canada, group=cast.labour)
    found = {
        (country, group): LateList(on=TODAY, late_on=TODAY, kind=kind, country=country, group=group)
        for country in ("", "COL", "CAN")
        for group in ("", "labor-mobility")
    }
    for listed in found.values():
        rows = Counter(row.kind for row in listed[:10])
        assert {one: rows[one] for one in DELIVERY} == {one: listed.counts.numbers[one] for one in DELIVERY}
    if not kind:
        assert [listed.counts.behind for listed in found.values()] == [3, 2, 2, 1, 1, 1]


@pytest.mark.parametrize("query", ["?kind=late", "?country=XXX", "?group=none", "?sort=days", "?page=2", "?page=0"])
def test_what_the_page_does_not_know_is_refused_by_name(cast: Cast, client: Client, query: str) -> None:
    owed(cast, 8)
    answer = client.get(f"/en/late/{query}")
    assert answer.status_code == 400
    assert query[1:].partition("=")[0] in answer.content.decode()


def test_twenty_five_a_page_from_one_list_into_the_other(cast: Cast, client: Client) -> None:
    commitment = record.commitment(country=cast.colombia)
    cycle = record.cycle(due_on=TODAY - timedelta(days=8))
    for number in range(27):
        record.entry(record.indicator(commitment, number + 1), cycle)
    behind("LAD-COL-902", 10, country=cast.colombia)
    first, second = page(client), page(client, "?page=2")
    assert (first.count("8 days late"), second.count("8 days late")) == (25, 3)
    assert "LAD-COL-902" not in first.partition("Calendar")[0]
    assert "LAD-COL-902" in second


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("es", "1 informe tiene atraso y se espera 1 dato."),
        ("pt", "1 relatório está com atraso e 1 dado é aguardado."),
        ("fr", "1 rapport est en retard et 1 chiffre est attendu."),
    ],
)
def test_the_page_speaks_four_languages(cast: Cast, client: Client, language: str, sentence: str) -> None:
    owed(cast, 8)
    assert sentence in page(client, language=language)
