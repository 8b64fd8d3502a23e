"""Organizations kept by the secretariat: their codes, their names in four languages, what rests on them."""

from typing import Any

import pytest
import time_machine
from django.test import Client

from commitments.history.actions import NoReason
from commitments.history.once import new_token
from commitments.mechanisms import organizations
from commitments.mechanisms.models import Organization, Secretariat
from tests.cast import NOON, STAGE, Cast
from tests.commitments.workspace.test_queries import counter
from tests.factories import rows as any_row
from tests.pages import main_words

pytestmark = pytest.mark.django_db
HOME = "/en/workspace/organizations/"
WHY = {"public_reason": "It took another name."}


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOON, tick=False) as travelling:
        yield travelling


def as_person(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def on_record(code: str = "IOM", **names: str) -> Organization:
    names = names or {"en": "International Organization for Migration", "es": "", "pt": "", "fr": ""}
    return organizations.record(code=code, names=names, kind=None, by=STAGE, at=NOON)


def typed(**changes: Any) -> dict[str, str]:
    names = {"name_en": "International Organization for Migration", "name_es": "", "name_pt": "", "name_fr": ""}
    return {"code": "iom", **names, "once": new_token(), **{name: str(value) for name, value in changes.items()}}


def test_it_is_recorded_renamed_and_named_in_the_language_of_the_reader(cast: Cast) -> None:
    office = as_person(cast.secretary)
    assert office.post(f"{HOME}new/", typed(name_es="Organización Internacional para las Migraciones")).url == HOME
    row = Organization.objects.get()
    assert (row.code, row.name_en) == ("IOM", "International Organization for Migration")
    any_row.stored(Secretariat, mechanism=cast.declaration, organization=row)
    spanish = main_words(Client().get("/es/mechanisms/lad/"))
    assert "Organización Internacional para las Migraciones" in spanish
    assert "International Organization" not in spanish
    assert "International Organization for Migration" in main_words(Client().get("/fr/mechanisms/lad/"))

    change = {"name_en": "IOM – UN Migration", "name_fr": "OIM", "version": "1"}
    url = f"{HOME}{row.pk}/change/"
    assert "Say why; the reason is public" in main_words(office.post(url, typed(**change)))
    assert office.post(url, typed(**change, **WHY)).url == HOME
    row.refresh_from_db()
    assert row.other_names == ["International Organization for Migration"]
    assert row.history.first().public_reason == "It took another name."
    assert "IOM – UN Migration" in main_words(Client().get("/en/mechanisms/lad/"))
    assert "OIM" in main_words(Client().get("/fr/mechanisms/lad/"))


def test_a_code_is_one_makers(cast: Cast) -> None:
    on_record()
    office = as_person(cast.secretary)
    for code, words in (
        ("iom", "This code belongs to somebody else already"),
        ("COL", "This code belongs to somebody else already"),
        ("all", "This code belongs to somebody else already"),
        ("I-M", "Use letters and digits alone"),
        ("", "Enter a code"),
        ("X" * 21, "Use at most 20 characters"),
    ):
        answer = office.post(f"{HOME}new/", typed(code=code))
        assert answer.status_code == 200
        assert words in main_words(answer), code
        assert 'value="International Organization for Migration"' in answer.content.decode()
    assert Organization.objects.count() == 1


def test_it_has_a_name_in_one_language_at_least(cast: Cast) -> None:
    office = as_person(cast.secretary)
    assert "Enter the name in one language at least" in main_words(office.post(f"{HOME}new/", typed(name_en=" ")))
    assert office.post(f"{HOME}new/", typed(name_en="", name_pt="Organização Internacional")).url == HOME
    assert Organization.objects.get().name_in("en").text == "Organização Internacional"


def test_only_what_nothing_names_is_taken_away(cast: Cast) -> None:
    row, office = on_record(), as_person(cast.secretary)
    serving = any_row.stored(Secretariat, mechanism=cast.declaration, organization=row)
    end, said = f"{HOME}{row.pk}/take-away/", {"version": "1", "public_reason": "It was no organization."}
    assert end not in office.get(HOME).content.decode()
    assert "Other records name this organization, so it stays" in main_words(office.post(end, said))
    from commitments.history import actions

    actions.remove(serving, by=STAGE, at=NOON)
    assert end in office.get(HOME).content.decode()
    assert [office.post(end, said).url for _press in range(2)] == [HOME, HOME]
    assert Organization.objects.count() == 0
    assert office.get(f"{HOME}999/take-away/").status_code == 404
    assert office.get(f"{HOME}{row.pk}/forget/").status_code == 404


def test_recorded_twice_it_stands_once(cast: Cast) -> None:
    office, said = as_person(cast.secretary), typed()
    assert [office.post(f"{HOME}new/", said).url for _press in range(2)] == [HOME, HOME]
    assert Organization.objects.count() == 1


def test_the_second_of_two_editors_sees_both_versions(cast: Cast) -> None:
    row = on_record()
    url = f"{HOME}{row.pk}/change/"
    first = typed(name_es="OIM", version=1, **WHY)
    for _press in range(2):
        assert as_person(cast.second_secretary).post(url, first).url == HOME
    clash = as_person(cast.secretary).post(url, typed(name_es="La OIM", version=1, **WHY))
    assert clash.status_code == 409
    assert "Name (Spanish) When you opened it Empty As it stands now OIM As you typed it La OIM" in main_words(clash)


def test_the_list_is_searched_by_name_and_code(cast: Cast) -> None:
    on_record()
    on_record("PAHO", en="Pan American Health Organization", es="Organización Panamericana de la Salud", pt="", fr="")
    office = as_person(cast.secretary)
    for asked, found in (("", 2), ("paho", 1), ("panamericana", 1), ("organization", 2), ("nobody", 0)):
        answer = office.get(f"{HOME}?q={asked}")
        assert len(answer.context["page"].object_list) == found, asked
    assert "No organization matches these filters." in main_words(office.get(f"{HOME}?q=nobody"))
    assert office.get(f"{HOME}?stray=x").status_code == 400


def test_a_name_that_is_missing_stands_on_the_list_of_translations(cast: Cast) -> None:
    on_record()
    assert "Organization · IOM" in main_words(as_person(cast.secretary).get("/en/workspace/texts/?kind=organization"))


@pytest.mark.parametrize("who", ["administrator", "focal_colombia", "lead_labour", "reader", "outsider"])
def test_nobody_else_keeps_them(cast: Cast, who: str) -> None:
    row, person = on_record(), as_person(getattr(cast, who))
    assert person.get(HOME).status_code == 403
    assert person.post(f"{HOME}new/", typed(code="PAHO")).status_code == 403
    assert person.post(f"{HOME}{row.pk}/change/", typed(version=1, **WHY)).status_code == 403
    assert Organization.history.count() == 1


def test_what_is_public_is_not_changed_without_a_reason() -> None:
    row = on_record()
    said: dict[str, Any] = {"organization": row, "by": STAGE, "at": NOON, "version": 1, "public_reason": ""}
    with pytest.raises(NoReason):
        organizations.change(**said, names={"en": "OIM"}, kind=None)
    with pytest.raises(NoReason):
        organizations.take_away(**said)


def test_three_organizations_cost_what_one_costs(cast: Cast) -> None:
    count = counter(as_person(cast.secretary), HOME)
    on_record()
    count()
    one = count()
    on_record("PAHO")
    on_record("ILO")
    assert count() == one
