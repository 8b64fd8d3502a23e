"""Lateness on the overview, the map and the page of a country: late reports first, in words beside every mark."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from commitments.history import actions
from commitments.mechanisms.models import Adherence, Country
from commitments.working_groups.models import Pillar
from tests.cast import NOON, STAGE, TODAY, Cast
from tests.commitments.public.test_late import behind, owed
from tests.factories import record
from tests.pages import main_words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


def page(client: Client, address: str, language: str = "en") -> str:
    return main_words(client.get(f"/{language}/{address}"))


def on_the_map(cast: Cast, country: Country, row: int) -> None:
    """A square of a country that endorsed the Declaration."""
    actions.change(country, by=STAGE, at=NOON, tile_row=row, tile_column=1)
    adherence = Adherence(country=country, mechanism=cast.declaration, kind="endorsing")
    actions.create(adherence, by=STAGE, at=NOON)


def test_the_overview_names_late_reports_first_and_leads_to_all(cast: Cast, client: Client) -> None:
    behind("LAD-COL-902", 10, country=cast.colombia)
    owed(cast, 8)
    text = page(client, "")
    assert "What is late? 1 report is late The longest awaited was due on 16 November 2026." in text
    assert "1 commitment is off track or at risk. See what is late or off track" in text
    late = "What is late or off track Reports that are late Colombia Progress report, due 16 November 2026 8 days late"
    assert text.index(late.partition(" Reports")[2]) < text.index("Commitments that need attention")
    assert client.get("/en/").content.decode().count('href="/en/late/"') == 3, "the cell, the list and the footer"


def test_the_overview_names_groups_too_and_no_more_than_four(cast: Cast, client: Client) -> None:
    commitment = record.commitment(country=cast.colombia)
    record.country_report(commitment, record.cycle(due_on=TODAY - timedelta(days=8)))
    pillar = record_pillar(cast)
    actions.change(cast.labour, by=STAGE, at=NOON, pillar=pillar)
    record.group_report(cast.labour, record.cycle(due_on=TODAY - timedelta(days=9)))
    text = page(client, "")
    assert text.index("9 days late") < text.index("8 days late")
    assert "Labor Mobility Progress report, due 15 November 2026 9 days late" in text


def record_pillar(cast: Cast) -> Pillar:
    return actions.create(Pillar(mechanism=cast.declaration, number=2, code="P2", name_en="Two"), by=STAGE, at=NOON)


def test_with_nothing_late_the_overview_says_so(cast: Cast, client: Client) -> None:
    owed(cast, 8, is_demonstration=True)
    text = page(client, "")
    assert "0 reports are late" in text
    assert "No report is late." in text
    assert "days late" not in text


@pytest.mark.parametrize("address", ["", "countries/"])
def test_the_map_marks_a_late_report_and_says_it_in_words(cast: Cast, client: Client, address: str) -> None:
    on_the_map(cast, cast.colombia, 1)
    on_the_map(cast, cast.canada, 2)
    assert "tile-late" not in client.get(f"/en/{address}").content.decode()
    owed(cast, 8)
    markup = client.get(f"/en/{address}").content.decode()
    assert markup.count("tile tile-late") == 1
    text = page(client, address)
    assert "Colombia: 1 commitment (1 no data). Report: 8 days late" in text
    assert "Canada: no commitment on record" in text
    assert "Report late" in text, "the key of the map"


def test_the_table_of_countries_says_the_same_in_words(cast: Cast, client: Client) -> None:
    owed(cast, 8)
    text = page(client, "countries/?view=table")
    assert "Colombia" in text
    assert text.count("8 days late") == 1


def standing(cast: Cast) -> None:
    """Three commitments of Colombia: two on track, one at risk."""
    for code, value in (("LAD-COL-902", 83), ("LAD-COL-903", 84), ("LAD-COL-904", 60)):
        behind(code, value, country=cast.colombia)


IN_FOUR = {
    "en": "Colombia made 3 commitments under the Declaration. 2 are on track and 1 is at risk.",
    "es": (
        "Colombia: 3 compromisos asumidos en el marco de la Declaración. "
        "2 avanzan según lo previsto y 1 está en riesgo."
    ),
    "pt": (
        "Colombia: 3 compromissos assumidos no âmbito da Declaração. 2 avançam conforme previsto e 1 está em risco."
    ),
    "fr": "Colombia: 3 engagements pris au titre de la Déclaration. 2 sont en bonne voie et 1 est à risque.",
}


@pytest.mark.parametrize("language", IN_FOUR)
def test_a_country_in_one_sentence(cast: Cast, client: Client, language: str) -> None:
    standing(cast)
    assert IN_FOUR[language] in page(client, "countries/COL/", language)


def test_one_commitment_has_its_own_words(cast: Cast, client: Client) -> None:
    record.commitment(country=cast.colombia, life_cycle="ended")
    text = page(client, "countries/COL/")
    assert "Colombia made 1 commitment under the Declaration. 1 has ended." in text
    assert "No commitment under the Declaration is on record." in page(client, "countries/CAN/")


@pytest.mark.parametrize(
    ("due", "sent", "closed", "words"),
    [
        (8, 9, False, "Its November 2026 report was received on time."),
        (8, 7, False, "Its November 2026 report was received 1 day late."),
        (8, 6, False, "Its November 2026 report was received 2 days late."),
        (1, None, False, "Its November 2026 report is 1 day late."),
        (8, None, False, "Its November 2026 report is 8 days late."),
        (8, None, True, "Its November 2026 report was not received."),
        (-21, None, False, "Its November 2026 report is due on 15 December 2026."),
    ],
)
def test_whether_the_report_came_goes_on_after_it(
    cast: Cast, client: Client, due: int, sent: int | None, closed: bool, words: str
) -> None:
    cycle = record.cycle(due_on=TODAY - timedelta(days=due), closed_at=NOON if closed else None)
    report = record.country_report(record.commitment(country=cast.colombia), cycle)
    if sent is not None:
        at = NOON - timedelta(days=sent)
        actions.change(report, by=STAGE, at=at, state="sent", sent_at=at)
    assert f"1 has no data. {words}" in page(client, "countries/COL/")


def test_a_planned_cycle_stands_on_no_page_of_who_will_report(cast: Cast, client: Client) -> None:
    ahead = {"opens_on": date(2027, 4, 1), "closes_on": date(2027, 7, 1), "name_en": "CANARY cycle"}
    cycle = record.cycle(due_on=date(2027, 5, 15), **ahead)
    record.country_report(record.commitment(country=cast.colombia), cycle)
    record.group_report(cast.labour, cycle)
    for address in ("", "late/", "countries/COL/", "working-groups/labor-mobility/"):
        assert "CANARY" not in client.get(f"/en/{address}").content.decode(), address
