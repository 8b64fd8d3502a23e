"""Who leads and takes part in a group and what of the Declaration it works on, kept here, and what readers see."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client

from commitments.formats.partial import PartialDate
from commitments.history import actions as history
from commitments.history.actions import EditedMeanwhileError, NoReason
from commitments.history.once import new_token
from commitments.mechanisms.models import Mechanism, Organization
from commitments.sources.models import Source
from commitments.working_groups import actions
from commitments.working_groups.enums import GroupRoleKind
from commitments.working_groups.models import Alignment, GroupRole, Pillar, WorkingGroup
from tests.cast import NOON, STAGE, Cast
from tests.commitments.workspace.test_queries import counter
from tests.factories import rows
from tests.pages import main_words

pytestmark = pytest.mark.django_db
PAPER = {"source_title": "Minutes of March", "source_url": "https://minutes.example"}


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOON, tick=False) as travelling:
        yield travelling


@pytest.fixture
def other(cast: Cast) -> WorkingGroup:
    """A group of another mechanism."""
    mechanism = rows.stored(Mechanism, code="CRM", slug="crm", name_en="The Conference")
    columns: dict[str, Any] = {"code": "CRM-1", "slug": "crm-1", "name_en": "Work across borders"}
    return history.create(WorkingGroup(mechanism=mechanism, **columns), by=STAGE, at=NOON)


@pytest.fixture
def pillar(cast: Cast) -> Pillar:
    row = Pillar(mechanism=cast.declaration, number=2, code="P2", name_en="Regular pathways")
    return history.create(row, by=STAGE, at=NOON)


def as_person(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(group: WorkingGroup, rest: str = "") -> str:
    return f"/en/workspace/groups/{group.code}/{rest}"


def typed(cast: Cast, **changes: str) -> dict[str, str]:
    days = {"since": "2026-03-17", "since_precision": "month"}
    return {"country": str(cast.colombia.pk), "role": "lead", **days, **PAPER, "once": new_token(), **changes}


def on_record(group: WorkingGroup, role: str = "lead", since: str = "2026-03", **whose: Any) -> GroupRole:
    said = actions.SaidRole(
        role=GroupRoleKind(role), source=Source(title="Minutes of March", language="en"), since=PartialDate.parse(since)
    )
    return actions.record_role(row=GroupRole(group=group, **whose), said=said, by=STAGE, at=NOON)


def placed(group: WorkingGroup, kind: str = "not_placed", **where: Any) -> Alignment:
    return history.create(Alignment(group=group, kind=kind, **where), by=STAGE, at=NOON)


def public(group: WorkingGroup, rest: str = "") -> str:
    return main_words(Client().get(f"/en/working-groups/{group.slug}/{rest}"))


def test_a_role_is_recorded_changed_and_ended_and_readers_see_it_at_once(cast: Cast) -> None:
    office, url = as_person(cast.secretary), address(cast.labour)
    assert "WS05" in main_words(office.get("/en/workspace/groups/"))
    assert "Nobody is on record in this group yet." in main_words(office.get(url))
    assert "Lead No lead named" in public(cast.labour)
    assert office.post(address(cast.labour, "roles/new/"), typed(cast)).url == url
    assert "Colombia · Lead since March 2026 Minutes of March" in main_words(office.get(url))
    assert "Lead Colombia (since March 2026)" in public(cast.labour)
    assert "Minutes of March" in public(cast.labour)
    assert "Labor Mobility Lead" in main_words(Client().get("/en/countries/COL/"))

    row = GroupRole.objects.get()
    change = {"role": "co_lead", "since": "2026-01-01", "since_precision": "year", "version": "1"} | PAPER
    assert "Say why; the reason is public" in main_words(
        office.post(address(cast.labour, f"roles/{row.pk}/change/"), change)
    )
    said = change | {"public_reason": "Both lead it."}
    assert office.post(address(cast.labour, f"roles/{row.pk}/change/"), said).url == url
    assert "Co-leads Colombia (since 2026)" in public(cast.labour)

    end = address(cast.labour, f"roles/{row.pk}/end/")
    ended = {"until": "2026-11-20", "version": "2", "public_reason": "Its turn is over."}
    assert [office.post(end, ended).url for _press in range(2)] == [url, url]
    assert "No lead named" in public(cast.labour)
    assert "until 20 November 2026" in main_words(office.get(url))
    assert "Labor Mobility Co-lead" not in main_words(Client().get("/en/countries/COL/"))
    told = public(cast.labour, "history/")
    for words in ("Colombia", "Co-lead", "20 November 2026", "Reason: Both lead it.", "Reason: Its turn is over."):
        assert words in told


def test_an_organization_takes_part(cast: Cast) -> None:
    body = rows.stored(Organization, name="Office of Everything")
    said = typed(cast, country="", organization=str(body.pk), role="participant")
    assert as_person(cast.secretary).post(address(cast.labour, "roles/new/"), said).status_code == 302
    assert "Participants Office of Everything" in public(cast.labour)


def test_who_has_a_role_gets_no_second_one_before_it_ends(cast: Cast) -> None:
    first = on_record(cast.labour, country=cast.colombia)
    office, new = as_person(cast.secretary), address(cast.labour, "roles/new/")
    second = typed(cast, role="participant", source_title="Another paper")
    refused = office.post(new, second)
    assert "It has a role in this group already." in main_words(refused)
    assert 'value="Another paper"' in refused.content.decode()
    actions.end_role(row=first, until=date(2026, 11, 1), by=STAGE, at=NOON, public_reason="Over.", version=1)
    assert office.post(new, second).status_code == 302
    assert "Participants Colombia" in public(cast.labour)
    # The first is not taken up again beside the second.
    stored = {"role": "lead", "since": "2026-03-01", "since_precision": "month", "until": "", "version": "2"} | PAPER
    again = office.post(address(cast.labour, f"roles/{first.pk}/change/"), stored | {"public_reason": "Not over."})
    assert "It has a role in this group already." in main_words(again)


def test_a_role_is_taken_away_with_a_reason_and_told(cast: Cast) -> None:
    row, office, url = on_record(cast.labour, country=cast.colombia), as_person(cast.secretary), address(cast.labour)
    end = address(cast.labour, f"roles/{row.pk}/take-away/")
    assert "Say why; the reason is public" in main_words(office.post(end, {"version": "1"}))
    said = {"version": "1", "public_reason": "It was another country."}
    assert [office.post(end, said).url for _press in range(2)] == [url, url]
    assert GroupRole.objects.count() == 0
    assert "Reason: It was another country." in public(cast.labour, "history/")
    assert office.get(address(cast.labour, "roles/999/take-away/")).status_code == 404


def test_recorded_twice_it_stands_once(cast: Cast) -> None:
    office, said = as_person(cast.secretary), typed(cast)
    for _press in range(2):
        assert office.post(address(cast.labour, "roles/new/"), said).url == address(cast.labour)
    assert GroupRole.objects.count() == 1


def test_the_second_of_two_editors_sees_both_versions(cast: Cast) -> None:
    row = on_record(cast.labour, country=cast.colombia)
    url = address(cast.labour, f"roles/{row.pk}/change/")
    said = {"since": "2026-03-01", "since_precision": "month", "version": "1", "public_reason": "As it is."} | PAPER
    for _press in range(2):
        assert as_person(cast.second_secretary).post(url, said | {"role": "co_lead"}).status_code == 302
    clash = as_person(cast.secretary).post(url, said | {"role": "participant"})
    assert clash.status_code == 409
    assert "Co-lead As you typed it Participant" in main_words(clash)
    assert GroupRole.objects.get().role == "co_lead"


@pytest.mark.parametrize(
    ("rest", "changes", "words"),
    [
        ("roles/new/", {"country": ""}, "Choose the country, or the organization"),
        ("roles/new/", {"role": ""}, "Choose the role"),
        ("roles/new/", {"role": "chair"}, "Choose from the list again"),
        ("roles/new/", {"source_title": ""}, "Say which document says so"),
        ("roles/new/", {"since": "2026-12-24", "since_precision": "day"}, "This day cannot lie ahead"),
        ("roles/new/", {"since": "2999-01-01"}, "Check the year of this date: 2999"),
        ("roles/{pk}/end/", {"until": ""}, "Enter the day on which it ended"),
        ("roles/{pk}/end/", {"until": "2026-12-24"}, "This day cannot lie ahead"),
        ("roles/{pk}/end/", {"until": "2026-02-27"}, "The end cannot lie before the beginning"),
        ("roles/{pk}/end/", {"public_reason": "Ask ana@example.org"}, "Look at what may be about a person"),
    ],
)
def test_bad_input_is_named(cast: Cast, rest: str, changes: dict[str, str], words: str) -> None:
    row = on_record(cast.labour, country=cast.canada)
    said = typed(cast, until="2026-11-20", version="1", public_reason="Over.") | changes
    answer = as_person(cast.secretary).post(address(cast.labour, rest.format(pk=row.pk)), said)
    assert answer.status_code == 200
    assert words in main_words(answer)
    assert "<title>Error: " in answer.content.decode()
    assert (GroupRole.objects.count(), GroupRole.objects.get().version) == (1, 1)


def test_an_end_on_record_is_moved_by_a_change_and_taken_back_by_one(cast: Cast) -> None:
    row, office = on_record(cast.labour, country=cast.colombia), as_person(cast.secretary)
    actions.end_role(row=row, until=date(2026, 11, 1), by=STAGE, at=NOON, public_reason="Over.", version=1)
    said = {"until": "2026-11-02", "version": "2", "public_reason": "Later."}
    refused = office.post(address(cast.labour, f"roles/{row.pk}/end/"), said)
    assert "An end is on record already. Change it instead" in main_words(refused)
    back = {"role": "lead", "since": "2026-03-01", "since_precision": "month", "until": "", "version": "2"} | PAPER
    url = address(cast.labour, f"roles/{row.pk}/change/")
    assert "Leave it empty if it has not ended after all." in main_words(office.get(url))
    assert office.post(url, back | {"public_reason": "It goes on."}).status_code == 302
    assert "Lead Colombia" in public(cast.labour)


def test_a_group_is_placed_beside_the_declaration_and_elsewhere(
    cast: Cast, other: WorkingGroup, pillar: Pillar
) -> None:
    history.change(cast.labour, by=STAGE, at=NOON, pillar=pillar)
    office, url = as_person(cast.secretary), address(other)
    new = address(other, "places/new/")
    said = {"kind": "workstream", "workstream": str(cast.labour.pk), "pillar": "", "public_reason": ""}
    assert office.post(new, said | {"once": new_token()}).url == url
    assert "matches a workstream 5 Labor Mobility" in main_words(office.get(url))
    assert "Labor Mobility" in public(other)
    assert "Work across borders" in public(cast.labour)
    assert "Work across borders" in main_words(Client().get("/en/mechanisms/matrix/"))
    twice = office.post(new, said | {"once": new_token()})
    assert "The group is placed there already" in main_words(twice)

    row = Alignment.objects.get()
    change = {
        "kind": "pillar",
        "workstream": "",
        "pillar": str(pillar.pk),
        "version": "1",
        "public_reason": "All of it.",
    }
    assert office.post(address(other, f"places/{row.pk}/change/"), change).url == url
    assert "matches a pillar as a whole Regular pathways" in public(other)
    assert "Work across borders" not in public(cast.labour)
    told = public(other, "history/")
    for words in ("matches a workstream: Labor Mobility", "pillar as a whole: Regular pathways", "Reason: All of it."):
        assert words in told

    away = {"version": "2", "public_reason": "It was another group."}
    assert office.post(address(other, f"places/{row.pk}/take-away/"), away).url == url
    assert Alignment.objects.count() == 0
    assert "Reason: It was another group." in public(other, "history/")


@pytest.mark.parametrize(
    ("stands", "said", "words"),
    [
        ("workstream", {"kind": "not_placed"}, "The group has a place already."),
        ("not_placed", {"kind": "workstream"}, "The record says that the group has no place."),
        ("not_placed", {"kind": "not_placed"}, "The group is placed there already"),
        ("not_in_declaration", {"kind": "not_placed"}, "The group has a place already."),
        ("", {"kind": "workstream", "workstream": ""}, "Choose the workstream"),
        ("", {"kind": "pillar", "pillar": ""}, "Choose the pillar"),
        ("", {"kind": "not_placed", "pillar": "it"}, "This does not go with the answer above"),
        ("", {"kind": ""}, "Choose how it relates to the Declaration"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(
    cast: Cast, other: WorkingGroup, pillar: Pillar, stands: str, said: dict[str, str], words: str
) -> None:
    if stands:
        placed(other, stands, workstream=cast.labour if stands == "workstream" else None)
    before = Alignment.objects.count()
    chosen = {"workstream": str(cast.labour.pk) if said["kind"] == "workstream" else "", "pillar": ""} | said
    chosen["pillar"] = chosen["pillar"].replace("it", str(pillar.pk))
    answer = as_person(cast.secretary).post(address(other, "places/new/"), chosen | {"once": new_token()})
    assert answer.status_code == 200
    assert words in main_words(answer)
    assert Alignment.objects.count() == before


def test_the_declarations_own_groups_have_no_place_beside_it(cast: Cast) -> None:
    office = as_person(cast.secretary)
    assert "In the Declaration" not in main_words(office.get(address(cast.labour)))
    assert office.get(address(cast.labour, "places/new/")).status_code == 404
    assert office.get(address(cast.labour, "chairs/new/")).status_code == 404


@pytest.mark.parametrize("who", ["focal_colombia", "lead_labour", "reader", "administrator"])
def test_nobody_else_keeps_them(cast: Cast, who: str) -> None:
    row, person = on_record(cast.labour, country=cast.colombia), as_person(getattr(cast, who))
    assert person.get("/en/workspace/groups/").status_code == 403
    assert person.post(address(cast.labour, "roles/new/"), typed(cast)).status_code in {403, 404}
    end = {"version": "1", "public_reason": "No."}
    assert person.post(address(cast.labour, f"roles/{row.pk}/take-away/"), end).status_code in {403, 404}
    assert GroupRole.objects.count() == 1


def test_what_is_public_is_not_moved_without_a_reason_nor_over_a_colleague(cast: Cast) -> None:
    row = on_record(cast.labour, country=cast.colombia)
    said: dict[str, Any] = {"row": row, "by": STAGE, "at": NOON, "version": 1, "public_reason": ""}
    for step in (actions.take_away, lambda **them: actions.end_role(until=date(2026, 11, 1), **them)):
        with pytest.raises(NoReason):
            step(**said)
        with pytest.raises(EditedMeanwhileError):
            step(**(said | {"version": 7, "public_reason": "Over."}))
    assert GroupRole.history.count() == 1


def test_three_of_each_cost_what_one_costs(cast: Cast, other: WorkingGroup, pillar: Pillar) -> None:
    office = as_person(cast.secretary)
    pages = [
        (office, "/en/workspace/groups/"),
        (office, address(other)),
        (Client(), f"/en/working-groups/{other.slug}/"),
        (Client(), f"/en/working-groups/{other.slug}/history/"),
    ]
    asked = [counter(*page) for page in pages]
    on_record(other, country=cast.colombia)
    on_record(other, "participant", organization=rows.stored(Organization))
    placed(other, "workstream", workstream=cast.labour)
    placed(other, "pillar", pillar=pillar)
    for count in asked:
        count()
    one = [count() for count in asked]
    on_record(other, country=cast.canada)
    on_record(other, "participant", organization=rows.stored(Organization))
    placed(other, "pillar", pillar=rows.stored(Pillar, mechanism=cast.declaration, number=3))
    for count in asked:
        count()
    assert [count() for count in asked] == one
