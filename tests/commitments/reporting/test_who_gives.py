"""Whoever is asked for a figure may give it, has it among their tasks, is reminded of it, and nobody else is."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commitments.history import actions as history
from commitments.indicators.models import Indicator, Measurement
from commitments.mechanisms.models import Organization
from commitments.notices.models import Notice
from commitments.register.actions import set_lead
from commitments.register.models import Commitment, Party
from commitments.reminders.actions import plan
from commitments.reporting import actions
from commitments.reporting.facts import commitment_facts
from commitments.reporting.models import ReportEntry, ReportingCycle
from commitments.reporting.owing import ower_of
from tests.cast import NOON, STAGE, TODAY, Cast
from tests.factories import record
from tests.pages import main_words

pytestmark = pytest.mark.django_db

LED, ALONE, BANKS = "LAD-ALL-901", "LAD-ALL-902", "LAD-IDB-901"
TASKS = "/en/workspace/"


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


def parties(commitment: Commitment, cast: Cast, *, lead: bool = False) -> None:
    """Canada and Colombia are parties; Canada leads where one does."""
    for position, country in enumerate((cast.canada, cast.colombia)):
        is_lead = lead and country == cast.canada
        party = Party(commitment=commitment, country=country, position=position, is_lead=is_lead)
        history.create(party, by=STAGE, at=NOON)


def collective(code: str, cast: Cast, *, lead: bool = False, bank: Organization | None = None) -> Commitment:
    commitment = record.commitment(code, life_cycle="draft" if bank else "active")
    if bank is not None:
        columns: dict[str, Any] = {"maker_mechanism": None, "maker_organization": bank, "life_cycle": "active"}
        commitment = history.change(commitment, by=STAGE, at=NOON, **columns)
    parties(commitment, cast, lead=lead)
    record.indicator(commitment, title_en=f"Counted in {code}")
    return commitment


@pytest.fixture
def cycle(cast: Cast) -> ReportingCycle:
    """One that the parties made together under Canada's lead, one without a lead, one of a bank."""
    bank = history.create(Organization(code="IDB", name="A bank"), by=STAGE, at=NOON)
    collective(LED, cast, lead=True)
    collective(ALONE, cast)
    collective(BANKS, cast, lead=True, bank=bank)
    dates = {"opens_on": date(2026, 11, 1), "due_on": date(2026, 12, 2), "closes_on": date(2027, 1, 31)}
    period = {"period_start": date(2026, 7, 1), "period_end": date(2026, 9, 30)}
    new = ReportingCycle(mechanism=cast.declaration, slug="lad-2026-12", name_en="December 2026", **period, **dates)
    return actions.open_cycle(cycle=new, by=STAGE, at=NOON)


def as_person(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def form(code: str, step: str = "") -> str:
    return f"/en/workspace/indicators/{code}-I1/update/{step}"


def give(client: Client, code: str, value: str = "900") -> Any:
    """Type a figure, look at it, send it."""
    typed = {"value": value, "date_choice": "given", "source_choice": "other", "other_source": "Registry"}
    assert client.post(form(code), {**typed, "version": "0"}).url == form(code, "check/")
    return client.post(form(code, "check/"))


def entry(code: str) -> ReportEntry:
    return ReportEntry.objects.select_related("report", "measurement").get(series__indicator__commitment__code=code)


def decide(client: Client, figure: Measurement, decision: str, **more: str) -> Any:
    figure.refresh_from_db()
    step = {"decision": decision, "version": str(figure.version), **more}
    return client.post(f"/en/workspace/review/figures/{figure.pk}/", step)


def test_permission_follows_who_is_asked(cast: Cast, cycle: ReportingCycle) -> None:
    record.commitment("LAD-COL-901", country=cast.colombia)
    owers = {fact.id: ower_of(fact) for fact in commitment_facts(cast.declaration.pk)}
    rows = {row.pk: row for row in Commitment.objects.all()}
    countries = {cast.canada.pk, cast.colombia.pk}

    assert {owers[pk].country_id for pk in owers} == {None, *countries}
    assert {pk: row.country_id_for_rules for pk, row in rows.items()} == {pk: owers[pk].country_id for pk in owers}
    for country in countries:
        mine = {pk for pk, ower in owers.items() if ower.country_id == country}
        assert set(Commitment.objects.answered_by([country]).values_list("pk", flat=True)) == mine
    asked = {pk for pk, ower in owers.items() if ower.is_secretariat}
    assert set(Commitment.objects.answered_by_secretariat().values_list("pk", flat=True)) == asked


def test_the_lead_country_gives_the_figure_of_what_was_made_together(cast: Cast, cycle: ReportingCycle) -> None:
    focal, other, office = (as_person(p) for p in (cast.focal_canada, cast.focal_colombia, cast.secretary))
    assert "Update: Counted in LAD-ALL-901" in main_words(focal.get(TASKS))
    assert "Counted in LAD-ALL" not in main_words(other.get(TASKS))
    assert (focal.get(form(LED)).status_code, other.get(form(LED)).status_code) == (200, 403)
    assert "Canada" in main_words(focal.get(form(LED)))

    assert give(focal, LED).url == form(LED, "received/")
    sent = entry(LED).measurement
    assert (sent.state, sent.is_on_behalf, sent.entered_by) == ("sent", False, cast.focal_canada)
    assert "900" in main_words(focal.get(form(LED, "received/")))
    assert "Waiting for others" in main_words(focal.get(TASKS))

    asked = {"question": "Which registry?", "field": "source", "due_on": "2026-12-01"}
    assert decide(office, sent, "return", **asked).status_code == 302
    assert "Which registry?" in main_words(focal.get(TASKS))
    assert "Which registry?" not in main_words(other.get(TASKS))
    plan(NOON)
    told = Notice.objects.filter(kind="figure_question").values_list("recipient__email", flat=True)
    assert set(told) == {cast.focal_canada.email}


def test_the_secretariat_asks_where_no_country_answers(cast: Cast, cycle: ReportingCycle) -> None:
    office, second = as_person(cast.secretary), as_person(cast.second_secretary)
    for code in (ALONE, BANKS):
        assert entry(code).report.is_of_secretariat
        assert [as_person(p).get(form(code)).status_code for p in (cast.focal_canada, cast.focal_colombia)] == [403] * 2
        assert give(office, code).url == form(code, "received/")
        sent = entry(code).measurement
        assert (sent.state, sent.is_on_behalf) == ("sent", False)
        assert decide(office, sent, "publish", public_reason="").status_code == 403
        assert decide(second, sent, "publish").status_code == 302
        sent.refresh_from_db()
        assert sent.state == "published"


def test_a_question_to_the_secretariat_reaches_it(cast: Cast, cycle: ReportingCycle) -> None:
    office, second = as_person(cast.secretary), as_person(cast.second_secretary)
    give(office, BANKS)
    assert "Counted in LAD-IDB-901" in main_words(office.get(TASKS)), "it waits for a colleague"
    asked = {"question": "Which year?", "field": "source", "due_on": "2026-12-01"}
    assert decide(second, entry(BANKS).measurement, "return", **asked).status_code == 302
    assert "Which year?" in main_words(office.get(TASKS))
    assert "Which year?" not in main_words(as_person(cast.focal_canada).get(TASKS))
    plan(NOON)
    told = Notice.objects.filter(kind="figure_question").values_list("recipient__email", flat=True)
    assert set(told) == {cast.secretary.email, cast.second_secretary.email}


def test_figures_due_later_than_the_secretariats_report_are_tasks_and_reminded_of(
    cast: Cast, cycle: ReportingCycle
) -> None:
    office = as_person(cast.secretary)
    assert "Update: Counted in" not in main_words(office.get(TASKS)), "the report stands for its figures"
    owed = entry(BANKS)
    history.change(owed, by=STAGE, at=NOON, due_on=TODAY + timedelta(days=11))
    assert "Update: Counted in LAD-IDB-901" in main_words(office.get(TASKS))
    plan(NOON)
    told = Notice.objects.filter(kind="figure_due", object_id=owed.pk, offset_days=-3)
    assert {row.recipient.email for row in told} == {cast.secretary.email, cast.second_secretary.email}


def test_whoever_was_asked_may_still_answer_when_the_lead_changes(cast: Cast, cycle: ReportingCycle) -> None:
    set_lead(commitment=Commitment.objects.get(code=LED), lead=cast.colombia, by=STAGE, at=NOON)
    focal = as_person(cast.focal_canada)
    assert "Update: Counted in LAD-ALL-901" in main_words(focal.get(TASKS))
    assert as_person(cast.focal_colombia).get(form(LED)).status_code == 200
    give(focal, LED)
    sent = entry(LED).measurement
    assert (sent.is_on_behalf, sent.entered_by) == (False, cast.focal_canada)
    assert "900" in main_words(focal.get(form(LED, "received/")))


@pytest.mark.parametrize("person", ["focal_canada", "secretary"])
def test_tasks_and_queue_take_as_many_queries_for_three_as_for_one(cast: Cast, person: str) -> None:
    client, counts = as_person(getattr(cast, person)), []
    pages = [TASKS, "/en/workspace/review/"] if person == "secretary" else [TASKS, "/en/workspace/hand-over/"]
    for number in range(3):
        row = collective(f"LAD-ALL-91{number}", cast, lead=True)
        told = {"state": "sent", "accepted_at": None, "published_at": None, "entered_at": NOON}
        record.measurement(Indicator.objects.get(commitment=row), 5, TODAY - timedelta(days=60), **told)
        with CaptureQueriesContext(connection) as found:
            assert [client.get(page).status_code for page in pages] == [200, 200]
        counts.append(len(found))
    assert counts[0] == counts[2]
