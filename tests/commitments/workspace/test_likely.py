"""A commitment that may be on record already, the lead of one made together, and what one belongs to."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commitments.history import actions, once
from commitments.indicators import life
from commitments.register.enums import LifeCycle, LinkKind
from commitments.register.life import LifeStep
from commitments.register.links import PartOfItselfError, link_commitments
from commitments.register.models import Commitment, CommitmentLink, Party
from commitments.reminders.queries import figures_due
from commitments.sources.models import Source
from tests.cast import NOON, STAGE, TODAY, Cast
from tests.commitments.workspace.test_records import INDICATOR, as_person, typed
from tests.factories import record
from tests.pages import links, main_words

pytestmark = pytest.mark.django_db
NEW = "/en/workspace/commitments/new/"


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


def test_the_likely_one_is_pointed_out_and_one_more_press_goes_on(cast: Cast) -> None:
    twin = record.commitment(
        "LAD-COL-001", country=cast.colombia, title_en="Open a programme for seasonal work", made_on=date(2026, 11, 3)
    )
    record.indicator(twin, target=(4800, None))
    lead, fields = as_person(cast.lead_labour), {**typed(cast), **INDICATOR, "once": once.new_token()}
    page = lead.post(NEW, fields)
    text = main_words(page)
    assert "It may be on record already LAD-COL-001 Open a programme for seasonal work" in text
    assert "Made by the same country or body, similar title, 5,000 and 4,800, made within a month of each other" in text
    assert 'value="Open a seasonal programme"' in page.content.decode()
    assert Commitment.objects.count() == 1
    first = lead.post(NEW, {**fields, "another": "1"})
    assert first.url == "/en/workspace/commitments/LAD-COL-002/edit/"
    assert lead.post(NEW, fields).url == first.url, "the same form again makes no second one and asks nothing"
    edit = main_words(lead.get(first.url))
    assert "Similar ones on record LAD-COL-001" in edit


def test_drafts_of_others_are_not_given_away(cast: Cast) -> None:
    record.commitment("LAD-COL-001", country=cast.colombia, title_en="Open a seasonal programme", life_cycle="draft")
    answer = as_person(cast.lead_labour).post(NEW, {**typed(cast), "once": once.new_token()})
    assert answer.status_code == 302


def test_a_draft_that_is_likely_the_same_can_be_looked_at(cast: Cast) -> None:
    record.commitment("LAD-COL-001", country=cast.colombia, title_en="Open a seasonal programme", life_cycle="draft")
    answer = as_person(cast.secretary).post(NEW, {**typed(cast), "once": once.new_token()})
    assert "LAD-COL-001 Open a seasonal programme (Draft)" in main_words(answer)
    assert "/en/workspace/commitments/LAD-COL-001/edit/" in links(answer)


def test_pointing_out_costs_the_same_with_more_rows(cast: Cast) -> None:
    client = as_person(cast.secretary)

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.post(NEW, {**typed(cast), "once": once.new_token()}).status_code == 200
        return len(asked)

    record.commitment("LAD-COL-001", country=cast.colombia, title_en="Open a seasonal programme")
    few = cost()
    for number in (2, 3):
        record.commitment(f"LAD-COL-00{number}", country=cast.colombia, title_en="Open a seasonal programme")
    assert cost() == few


def test_lead_of_a_commitment_made_together(cast: Cast) -> None:
    secretary = as_person(cast.secretary)
    fields = typed(cast, maker="together", lead="COL", kind="collective", once=once.new_token())
    edit = secretary.post(NEW, fields).url
    commitment = Commitment.objects.get()
    assert [(row.country.iso3, row.is_lead) for row in commitment.parties.order_by("position")] == [
        ("COL", True),
        ("CAN", False),
    ]
    form = secretary.get(edit).context["form"]
    assert (form.fields["lead"].initial, len(form.fields["lead"].choices)) == ("COL", 3)
    change = {
        "title": "T",
        "summary": "S",
        "kind": "collective",
        "made_on": "2026-11-01",
        "version": "1",
        "lead": "CAN",
    }
    assert secretary.post(edit, change).status_code == 302
    assert Party.objects.get(is_lead=True).country == cast.canada
    secretary.post(edit, {"decision": "publish", "version": "2"})
    assert "Canada (lead)" in main_words(Client().get(f"/en/commitments/{commitment.code}/"))


def test_a_country_of_its_own_commitment_has_no_lead_beside_it(cast: Cast) -> None:
    page = as_person(cast.secretary).post(NEW, typed(cast, lead="CAN", once=once.new_token()))
    assert "Leave the lead empty: the country that made it answers for it" in main_words(page)


def test_links_are_recorded_taken_back_and_never_run_in_a_circle(cast: Cast) -> None:
    one, two, three = (record.commitment(f"LAD-COL-00{n}", country=cast.colombia) for n in (1, 2, 3))
    secretary, url = as_person(cast.secretary), "/en/workspace/commitments/LAD-COL-001/links/"
    assert secretary.post(url, {"code": "lad-col-002", "kind": "part_of"}).status_code == 302
    assert "part of: LAD-COL-002" in main_words(secretary.get(url))
    link_commitments(commitment=two, other=three, kind=LinkKind.PART_OF, by=STAGE, at=NOON)
    with pytest.raises(PartOfItselfError):
        link_commitments(commitment=three, other=one, kind=LinkKind.PART_OF, by=STAGE, at=NOON)
    page = secretary.post(url.replace("001", "003"), {"code": "LAD-COL-001", "kind": "part_of"})
    assert "a commitment cannot be part of itself" in main_words(page)
    assert "No commitment has this code" in main_words(secretary.post(url, {"code": "X", "kind": "related"}))
    assert "Choose how they belong together" in main_words(secretary.post(url, {"code": "LAD-COL-003"}))
    link = CommitmentLink.objects.get(commitment=one)
    assert secretary.post(url, {"remove": str(link.pk)}).status_code == 302
    assert CommitmentLink.objects.filter(commitment=one).count() == 0


def test_nothing_is_asked_of_a_commitment_that_ended(cast: Cast) -> None:
    commitment = record.commitment(country=cast.colombia)
    owed = record.entry(record.indicator(commitment), record.cycle(due_on=TODAY + timedelta(days=3)))
    actions.change(owed.report, by=STAGE, at=NOON, state="accepted", sent_at=NOON)
    assert [due.thing for due in figures_due(TODAY)] == [owed]
    focal = as_person(cast.focal_colombia)
    assert "People counted 1" in main_words(focal.get("/en/workspace/"))
    step = LifeStep(to=LifeCycle.ENDED, reason="Repealed.", source=Source(title="Decree"))
    life.take_step(commitment=commitment, step=step, by=STAGE, at=NOON)
    assert figures_due(TODAY) == []
    assert "People counted 1" not in main_words(focal.get("/en/workspace/"))
    owed.refresh_from_db()
    assert owed.measurement is None, "what was asked stays on record"


def test_the_meter_follows_what_is_typed(cast: Cast) -> None:
    commitment = record.commitment(country=cast.colombia)
    url = f"/en/workspace/commitments/{commitment.code}/indicators/new/"
    focal = as_person(cast.focal_colombia)
    assert "Who? Colombia" in main_words(focal.get(url))
    fields = {"title": "Workers admitted", "unit": "people", "target": "5,000", "cadence": "quarterly"}
    live = focal.post(url + "preview/", fields).content.decode()
    for words in ("5,000 people", "every three months", "Not said yet"):
        assert words in live
    live = as_person(cast.secretary).post(NEW + "preview/", {"maker": "COL", "indicator-target": "12"}).content.decode()
    assert "Colombia" in live


def test_lead_is_changed_through_history(cast: Cast) -> None:
    commitment = record.commitment()
    party = actions.create(Party(commitment=commitment, country=cast.colombia, is_lead=True), by=STAGE, at=NOON)
    actions.change(party, by=STAGE, at=NOON, is_lead=False)
    history = main_words(Client().get(f"/en/commitments/{commitment.code}/history/"))
    assert "Leads this commitment was Yes → now No" in history
