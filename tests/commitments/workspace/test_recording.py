"""Recording a commitment: where it belongs, who made it, and dates that may be a slip."""

import re
from typing import Any

import pytest
import time_machine

from commitments.history import actions
from commitments.history.once import new_token
from commitments.mechanisms.models import Mechanism, Organization
from commitments.register.models import Commitment
from commitments.working_groups.models import Pillar, WorkingGroup
from tests.cast import NOON, STAGE, Cast
from tests.commitments.workspace.test_records import INDICATOR, as_person, typed
from tests.factories import record
from tests.pages import main_words

pytestmark = pytest.mark.django_db
NEW = "/en/workspace/commitments/new/"


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def agency(cast: Cast) -> Organization:
    return actions.create(Organization(code="ORGA", name_en="Agency", name_es="Agencia"), by=STAGE, at=NOON)


@pytest.fixture
def process(cast: Cast) -> Mechanism:
    row = Mechanism(code="APR", slug="apr", name_en="The Process", name_es="El Proceso")
    return actions.create(row, by=STAGE, at=NOON)


def group_of(mechanism: Mechanism, **columns: Any) -> WorkingGroup:
    row = WorkingGroup(mechanism=mechanism, code="PRO-1", slug="pro-1", name_en="Visas", name_es="Visados", **columns)
    return actions.create(row, by=STAGE, at=NOON)


def pillar(cast: Cast, number: int) -> Pillar:
    row = Pillar(mechanism=cast.declaration, number=number, code=f"P{number}", name_en=f"Pillar number {number}")
    return actions.create(row, by=STAGE, at=NOON)


def test_an_organization_makes_one_of_no_group(cast: Cast, agency: Organization, process: Mechanism) -> None:
    second = pillar(cast, 2)
    fields = typed(cast, group="", mechanism=str(process.pk), pillar=str(second.pk), maker="ORGA")
    answer = as_person(cast.secretary).post(NEW, {**fields, "parties": ["CAN", "COL"]})
    assert answer.url == "/en/workspace/commitments/APR-ORGA-001/edit/"
    made = Commitment.objects.get()
    assert (made.maker_organization, made.mechanism, made.pillar, made.group) == (agency, process, second, None)
    assert [row.country.iso3 for row in made.parties.all()] == ["CAN", "COL"]


def test_a_named_group_makes_one_and_an_organization_is_party_to_it(cast: Cast, agency: Organization) -> None:
    secretary = as_person(cast.secretary)
    fields = typed(cast, group="", mechanism=str(cast.declaration.pk), maker="group", maker_name="Several donors")
    fields |= {"parties": ["ORGA"], "lead": "COL", **INDICATOR}
    edit = secretary.post(NEW, fields).url
    made = Commitment.objects.get()
    assert (made.code, made.maker_name, made.maker_mechanism) == ("LAD-ALL-001", "Several donors", None)
    parties = [(row.country or row.organization, row.is_lead) for row in made.parties.order_by("position")]
    assert parties == [(cast.colombia, True), (agency, False)]
    as_person(cast.second_secretary).post(edit, {"decision": "publish", "version": "1"})
    page = main_words(as_person(cast.reader).get(f"/en/commitments/{made.code}/"))
    assert "Several donors" in page
    assert "Agency" in page
    again = secretary.post(NEW, {**fields, "once": new_token()})
    assert "It may be on record already LAD-ALL-001" in main_words(again)


def test_a_group_brings_its_mechanism_and_its_pillar(cast: Cast, process: Mechanism) -> None:
    first, second = pillar(cast, 1), pillar(cast, 2)
    group = group_of(process, pillar=first)
    secretary = as_person(cast.secretary)
    wrong = typed(cast, group=str(group.pk), mechanism=str(cast.declaration.pk), pillar=str(second.pk))
    page = secretary.post(NEW, wrong)
    text = main_words(page)
    assert "This working group is of another mechanism (The Process). Leave this empty, or choose that one" in text
    assert "This working group is of another pillar (Pillar number 1). Leave this empty, or choose that one" in text
    for name in ("title", "mechanism", "pillar", "group", "maker", "source_title"):
        assert str(page.context["form"][name].value()) == wrong[name]
    assert secretary.post(NEW, {**wrong, "mechanism": "", "pillar": ""}).url.endswith("/APR-COL-001/edit/")
    made = Commitment.objects.get()
    assert (made.mechanism, made.pillar, made.group) == (process, first, group)


def test_what_does_not_fit_is_said_at_its_field(cast: Cast, agency: Organization) -> None:
    secretary = as_person(cast.secretary)

    def said(**changes: str) -> str:
        return main_words(secretary.post(NEW, typed(cast, **changes)))

    assert "Choose the mechanism, or a working group" in said(group="")
    assert "Enter the name of the group that made it" in said(maker="group")
    assert "Leave the name empty, or choose above" in said(maker_name="Several donors")
    assert "an organization made it, and the secretariat asks for the figures" in said(maker="ORGA", lead="COL")
    for maker in ("ORGB", "ALL", "col", "1"):
        assert "There is a problem" in said(maker=maker)
    assert Commitment.objects.count() == 0


def test_a_lead_records_in_the_own_group_alone(cast: Cast, process: Mechanism) -> None:
    other, lead = group_of(process), as_person(cast.lead_labour)
    page = lead.get(NEW)
    assert list(page.context["form"].fields)[-3:] == ["source_publisher", "source_published", "looked"]
    assert not {"mechanism", "pillar"} & set(page.context["form"].fields)
    assert "Visas" not in main_words(page)
    for group in ("", str(other.pk)):
        refused = lead.post(NEW, typed(cast, group=group, mechanism=str(process.pk)))
        assert "There is a problem" in main_words(refused)
    assert lead.post(NEW, typed(cast)).status_code == 302


def test_groups_stand_under_their_mechanism_in_the_language_of_the_page(cast: Cast, process: Mechanism) -> None:
    group = group_of(process)
    for page in ("commitments", "meetings"):
        words = as_person(cast.secretary).get(f"/es/workspace/{page}/new/").content.decode()
        choice = re.search(r'<select name="group".*?</select>', words, re.DOTALL)
        assert choice is not None
        assert f'<optgroup label="El Proceso"><option value="{group.pk}">Visados</option></optgroup>' in choice[0]
        assert choice[0].index("Los Angeles") < choice[0].index("El Proceso"), "the Declaration first"


def test_dates_out_of_order_are_pointed_out_and_one_more_press_goes_on(cast: Cast) -> None:
    record.commitment("LAD-COL-001", country=cast.colombia, title_en="Open a seasonal programme")
    lead, fields = as_person(cast.lead_labour), typed(cast, made_on="2026-11-01", due_on="2026-10-31")
    page = lead.post(NEW, fields)
    assert "It falls due before it was made" in main_words(page)
    assert 'name="dates" value="2026-11-01 2026-10-31"' in page.content.decode()
    assert page.context["form"]["title"].value() == fields["title"]
    other = lead.post(NEW, {**fields, "due_on": "2026-10-30", "dates": "2026-11-01 2026-10-31"})
    assert "It falls due before it was made" in main_words(other), "other dates are looked at anew"
    fields["dates"] = "2026-11-01 2026-10-31"
    likely = lead.post(NEW, fields)
    assert "It falls due before it was made" not in main_words(likely)
    assert "It may be on record already" in main_words(likely)
    assert '<input type="hidden" name="dates" value="2026-11-01 2026-10-31">' in likely.content.decode()
    edit = lead.post(NEW, {**fields, "another": "1"}).url
    assert edit.endswith("/LAD-COL-002/edit/")
    assert lead.post(NEW, {**fields, "dates": ""}).url == edit, "the same form again asks nothing"


def test_a_change_that_brings_dates_out_of_order_is_saved_and_remarked_on(cast: Cast) -> None:
    commitment, secretary = record.commitment(country=cast.colombia), as_person(cast.secretary)
    url = f"/es/workspace/commitments/{commitment.code}/edit/"
    fields = {"title": "T", "summary": "S", "kind": "national", "made_on": "2024-01-01", "public_reason": "A slip."}
    remark = "Vence antes de la fecha en que se asumió. Si es un error, corrija una de las dos fechas."
    first = secretary.post(url, {**fields, "due_on": "2024-02-01", "version": "1"}, follow=True)
    assert remark not in main_words(first)
    page = secretary.post(url, {**fields, "due_on": "2023-12-31", "version": "2"}, follow=True)
    assert remark in main_words(page)
    assert "Guardado." in [str(message) for message in page.context["messages"]]
    commitment.refresh_from_db()
    assert str(commitment.due) == "2023-12-31"


def test_who_publishes_a_draft_sees_who_made_it_with_whom_and_by_which_document(
    cast: Cast, agency: Organization, process: Mechanism
) -> None:
    group = group_of(process, pillar=pillar(cast, 2))
    fields = {**typed(cast, group=str(group.pk), due_on="2026-10-31"), "parties": ["CAN", "ORGA"]}
    fields["dates"] = "2026-11-01 2026-10-31"
    edit = as_person(cast.secretary).post(NEW, fields).url
    page = main_words(as_person(cast.second_secretary).get(edit))
    facts = "Made by Colombia With Canada, Agency Mechanism The Process Pillar 2 Pillar number 2 Working group Visas"
    assert f"Facts {facts} Source Joint statement" in page
    assert "It falls due before it was made. If that is a slip, correct one of the two dates." in page
    assert 'href="https://statement.example/1"' in as_person(cast.secretary).get(edit).content.decode()


def test_the_meter_names_the_organization_that_makes_it(cast: Cast, agency: Organization) -> None:
    secretary = as_person(cast.secretary)

    def who(**fields: str) -> str:
        return secretary.post(NEW + "preview/", fields).content.decode()

    assert "Agency" in who(maker="ORGA")
    assert "Several donors" in who(maker="group", maker_name="Several donors")
    assert "Colombia" in who(maker="together", lead="COL")
    assert "Colombia" not in who(maker="ORGA", lead="COL")
