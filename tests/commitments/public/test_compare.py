"""Two or three side by side: alphabetical, the same rows, published facts alone; clear words for what cannot be."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commitments.history import actions
from commitments.mechanisms.models import Adherence
from commitments.public.queries.compare import INDICATORS
from commitments.working_groups.models import GroupRole, WorkingGroup
from tests.cast import NOON, STAGE, TODAY, Cast, country
from tests.factories import record
from tests.pages import main_words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon() -> object:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def world(cast: Cast) -> Cast:
    """Colombia with a figure, a late report and a group it leads; Canada with none of them; Chile; a second group."""
    commitment = record.commitment("LAD-COL-901", country=cast.colombia, group=cast.labour)
    indicator = record.indicator(commitment, baseline=(0, date(2024, 1, 1)), target=(100, date(2027, 1, 1)))
    record.measurement(indicator, 40, date(2025, 6, 30), source=record.source("Older registry"))
    record.measurement(indicator, 60, date(2026, 6, 30), source=record.source("Newer registry"))
    record.country_report(commitment, record.cycle(due_on=TODAY - timedelta(days=8)))
    record.group_report(cast.labour, record.cycle(due_on=TODAY - timedelta(days=3), slug="groups"))
    actions.create(GroupRole(group=cast.labour, country=cast.colombia, role="lead"), by=STAGE, at=NOON)
    actions.create(Adherence(mechanism=cast.declaration, country=cast.colombia, kind="endorsing"), by=STAGE, at=NOON)
    second = WorkingGroup(mechanism=cast.declaration, code="WS99", slug="asylum", number=99, name_en="Asylum")
    actions.create(second, by=STAGE, at=NOON)
    country("CHL", "CL", "Chile")
    return cast


def compared(client: Client, query: str, status: int = 200) -> str:
    answer = client.get(f"/en/compare/?{query}")
    assert answer.status_code == status, query
    return main_words(answer)


def rows_of(text: str, *names: str) -> list[str]:
    places = [text.index(name) for name in names]
    assert places == sorted(places)
    return [text[start:end] for start, end in zip(places, [*places[1:], len(text)], strict=True)]


def test_countries_stand_in_alphabetical_order_with_the_same_rows(client: Client, world: Cast) -> None:
    text = compared(client, "country=COL&country=CAN&country=CHL")
    assert "Fact Canada Chile Colombia Declaration" in text
    declaration, commitments, reports, figures, leads, others = rows_of(
        text,
        "Colombia Declaration",
        "Commitments by status",
        "Reports by cycle",
        "Indicators, latest figure",
        "Workstreams it leads",
        "Other mechanisms",
    )
    assert "Has not endorsed Has not endorsed Endorsing country since: not stated" in declaration
    assert "None on record None on record 1 commitment · 1" in commitments
    nothing = "No reporting cycle has fallen due yet."
    assert f"{nothing} {nothing} November 2026: 8 days late" in reports
    assert "None on record None on record People counted 1 60 people 30 June 2026 · Registry" in figures
    assert "40" not in figures
    assert "None None 5 Labor Mobility" in leads
    assert "None on record None on record None on record" in others


def test_workstreams_too(client: Client, world: Cast) -> None:
    text = compared(client, f"group={world.labour.slug}&group=asylum")
    lead, commitments, reports = rows_of(text, "Lead ", "Commitments by status", "Reports by cycle")
    assert text.index("99 Asylum") < text.index("Labor")
    assert lead.startswith("Lead No lead named Colombia")
    assert "None on record 1 commitment" in commitments
    assert "3 days late" in reports


def test_nothing_unpublished_or_of_another_mechanism_counts(client: Client, world: Cast) -> None:
    before = compared(client, "country=COL&country=CAN")
    draft = record.commitment("LAD-COL-902", country=world.colombia, life_cycle="draft")
    record.indicator(draft, title_en="CANARY of a draft")
    example = record.commitment("LAD-COL-903", country=world.colombia, is_example=True)
    record.indicator(example, title_en="CANARY of an example")
    published = record.indicator(record.commitment("LAD-COL-901-X", country=world.canada, life_cycle="draft"), 2)
    record.measurement(published, 971, TODAY, state="accepted", published_at=None)
    assert compared(client, "country=COL&country=CAN") == before


def test_more_indicators_than_fit_lead_on(client: Client, world: Cast) -> None:
    commitment = record.commitment("LAD-CAN-901", country=world.canada)
    for number in range(1, INDICATORS + 1):
        record.indicator(commitment, number)
    assert "More stand with its commitments" not in compared(client, "country=COL&country=CAN")
    record.indicator(commitment, INDICATORS + 1)
    text = compared(client, "country=COL&country=CAN")
    assert "More stand with its commitments" in text
    assert text.count("People counted") == INDICATORS + 1


def test_one_alone_is_half_a_choice(client: Client, world: Cast) -> None:
    text = compared(client, "country=COL&country=&country=")
    assert "Choose one or two more to compare with." in text
    assert '<option value="COL" selected>' in client.get("/en/compare/?country=COL").content.decode()
    assert "Choose one or two more" not in compared(client, "")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("country=COL&country=CAN&country=CHL&country=USA", "does not know the value"),
        ("country=COL&country=CAN&country=CHL&country=MEX", "Choose three at most."),
        ("country=COL&group=asylum", "Choose countries or workstreams"),
        ("country=COL&country=COL", "You chose the same one twice."),
        ("country=COL&country=COL&country=CAN&country=", "You chose the same one twice."),
        ("country=XXX&country=COL", "does not know the value"),
        ("country=COL&country=%00", "cannot be seen"),
        ("country=COL&page=2", "a filter that this page does not have"),
        ("group=crm-4&group=asylum", "does not know the value"),
    ],
)
def test_a_choice_that_cannot_be_compared_is_told_so(client: Client, world: Cast, query: str, said: str) -> None:
    country("MEX", "MX", "Mexico")
    assert said in compared(client, query, status=400)


def test_what_was_chosen_stays_in_the_form_of_a_refusal(client: Client, world: Cast) -> None:
    body = client.get("/en/compare/?country=COL&group=asylum").content.decode()
    assert '<option value="COL" selected>' in body
    assert '<option value="asylum" selected>' in body


def test_country_and_group_lead_to_it(client: Client, world: Cast) -> None:
    assert 'href="/en/compare/?country=COL"' in client.get("/en/countries/COL/").content.decode()
    address = f"/en/working-groups/{world.labour.slug}/"
    assert f'href="/en/compare/?group={world.labour.slug}"' in client.get(address).content.decode()


def test_three_ask_as_much_as_two(client: Client, world: Cast) -> None:
    record.measurement(record.indicator(record.commitment("LAD-CAN-901", country=world.canada)), 5, TODAY)
    record.measurement(
        record.indicator(record.commitment("LAD-CHL-901", country=country("CHL", "CL", "Chile"))), 5, TODAY
    )

    def count(query: str) -> int:
        compared(client, query)  # what is kept for a version of the record has been read
        with CaptureQueriesContext(connection) as asked:
            compared(client, query)
        return len(asked)

    assert count("country=COL&country=CAN") == count("country=COL&country=CAN&country=CHL") == 9
