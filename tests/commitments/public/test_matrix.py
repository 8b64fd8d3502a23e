"""The matrices against the files of the record, read on their own; a choice gives a list; nothing is guessed."""

import csv
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from commitments.history import actions
from commitments.mechanisms.models import Adherence, Mechanism
from commitments.public.queries.matrix import lines, matrix, members
from commitments.working_groups.models import Alignment, GroupRole, WorkingGroup
from tests.cast import NOON, STAGE, Cast, country
from tests.pages import main_words

FOLDER = Path(__file__).parents[3] / "commitments" / "reference_data"
ONLY_HERE = {4, 7, 10, 11}


def groups_of_the_file() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((FOLDER / "working_groups.json").read_text("utf-8"))["working_groups"]
    return found


def memberships_of_the_file() -> list[dict[str, str]]:
    with (FOLDER / "memberships.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def rows(client: Client, name: str, language: str = "en") -> list[dict[str, str]]:
    answer = client.get(f"/{language}/mechanisms/matrix/{name}.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(StringIO(answer.content.decode())))


@pytest.mark.usefixtures("real_record")
class TestTheShippedRecord:
    def test_every_match_of_the_file_stands_in_its_cell_and_nowhere_else(self) -> None:
        by_file = {
            (row["mechanism"], number, row["id"]) for row in groups_of_the_file() for number in row["workstreams"]
        } | {
            (row["mechanism"], f"pillar {row['pillar']}", row["id"])
            for row in groups_of_the_file()
            if row["alignment"] == "pillar"
        }
        shown = {
            (
                cell.column.mechanism.code,
                row.group.number if row.group else f"pillar {row.pillar.number}",
                entry.group.code,
            )
            for row in matrix("en").rows
            for cell in row.cells
            for entry in cell.related
        }
        assert shown == by_file

    def test_workstreams_without_a_counterpart_are_those_of_the_source(self) -> None:
        found = matrix("en")
        assert {row.group.number for row in found.rows if row.group and row.is_only_here} == ONLY_HERE
        assert len([row for row in found.rows if row.group]) == 11
        assert [pillar.pillar.number for pillar in found.pillars] == [1, 2, 3, 4]

    def test_topics_outside_the_declaration_are_listed_apart(self) -> None:
        found = matrix("en")
        by_kind: dict[str, set[str]] = {}
        for row in groups_of_the_file():
            by_kind.setdefault(row["alignment"], set()).add(row["id"])
        assert {entry.group.code for entry in found.elsewhere} == by_kind["not_in_declaration"]
        assert {entry.group.code for entry in found.unplaced} == by_kind["not_placed"]

    def test_every_membership_of_the_file_stands_in_the_second_table(self) -> None:
        kinds = {"endorser": "endorsing", "observer": "observer", "member": "member"}
        by_file = {(row["mechanism"], row["iso3"], kinds[row["status"]]) for row in memberships_of_the_file()}
        shown = {
            (cell.column.mechanism.code, row.country.iso3, cell.adherence.kind)
            for row in members("en").rows
            for cell in row.cells
            if cell.adherence
        }
        assert shown == by_file

    def test_the_drawing_has_the_rows_of_the_table_and_leads_to_it_and_to_its_file(self, client: Client) -> None:
        body = client.get("/en/mechanisms/matrix/").content.decode()
        figure, table = body.split('id="overview"', 1)[1].split("</figure>", 1)[0], body.split('id="groups"', 1)[1]
        for number in (1, 2, 3, 4):
            assert (f"Pillar {number} as a whole" in figure) is (f"Pillar {number} as a whole" in table)
        assert "Pillar 4 as a whole" in figure
        assert 'href="#groups"' in figure
        assert 'href="/en/mechanisms/matrix/groups.csv"' in figure

    def test_where_sources_differ_both_stand(self, client: Client) -> None:
        text = main_words(client.get("/en/mechanisms/matrix/"))
        assert "Sources differ Figure 3 · Costa Rica (in use); Section 3, pillar 1 · Panama" in text
        assert "Member Sources differ Figure 1 · yes; Figure 2 · no Figure 1 · 2023" in text
        differ = {
            (cell.column.mechanism.code, row.country.iso3)
            for row in members("en").rows
            for cell in row.cells
            if cell.differs
        }
        assert differ == {("CRM", "USA"), ("CSM", "MEX"), ("LAD", "ESP")}

    def test_every_entry_names_where_it_stands_in_the_source(self, client: Client) -> None:
        assert "Labor Migration Lead: Panama Figure 1, Figure 3, Section 3 · 2023" in main_words(
            client.get("/en/mechanisms/matrix/")
        )
        assert "Panamá Figura 1, Figura 3, Sección 3 · 2023" in main_words(client.get("/es/mechanisms/matrix/"))

    def test_files_hold_what_the_tables_show(self, client: Client) -> None:
        told = rows(client, "groups", "fr")
        assert {row["workstream"] for row in told if row["match"] == "only_here"} == {str(n) for n in ONLY_HERE}
        assert {row["group"] for row in told} - {""} == {row["id"] for row in groups_of_the_file()}
        assert next(row for row in told if row["group"] == "MIRPS-3")["sources_differ"] == (
            "Figure 3: Costa Rica; section 3, Pillar 1: Panama"
        )
        held = rows(client, "members", "es")
        assert len(held) == len(memberships_of_the_file())
        assert next(row for row in held if row["iso3"] == "GUY" and row["mechanism"] == "LAD")["since"] == "2022"

    def test_a_choice_gives_a_list(self, client: Client) -> None:
        text = main_words(client.get("/en/mechanisms/matrix/?mechanism=mirps"))
        assert "1 Integration and Support for Host Communities Jobs and Livelihoods MIRPS · Lead: Costa Rica" in text
        assert "4 Combating Xenophobia None known" in text
        assert "Internal Displacement" in text[text.index("match nothing in the Declaration") :]
        assert "<table" not in client.get("/en/mechanisms/matrix/?mechanism=mirps").content.decode()
        text = main_words(client.get("/en/mechanisms/matrix/?group=labor-mobility"))
        assert "Regional Conference on Migration Labor Migration CRM · Lead: Panama" in text
        assert "Regional Conference on Migration Pillar 2 as a whole Protection" in text
        assert "Jobs and Livelihoods" not in text
        assert len(lines(matrix("en"), mechanism="crm", group="labor-mobility")) == 2

    @pytest.mark.parametrize(
        "query", ["mechanism=lad", "mechanism=", "group=none", "mechanism=mirps&mechanism=crm", "page=2", "group=%00"]
    )
    def test_what_it_does_not_know_is_refused(self, client: Client, query: str) -> None:
        expected = 200 if query == "mechanism=" else 400
        assert client.get(f"/en/mechanisms/matrix/?{query}").status_code == expected

    def test_mechanisms_and_groups_lead_to_it(self, client: Client) -> None:
        assert 'href="/en/mechanisms/matrix/"' in client.get("/en/mechanisms/").content.decode()
        own = client.get("/en/working-groups/labor-mobility/").content.decode()
        assert 'href="/en/mechanisms/matrix/?group=labor-mobility"' in own
        assert 'href="/en/mechanisms/matrix/?mechanism=crm"' in client.get("/en/working-groups/crm-4/").content.decode()


@pytest.mark.usefixtures("real_record")
def test_who_left_and_who_leads_no_more_stand_nowhere() -> None:
    held = Adherence.objects.get(mechanism__code="CRM", country__iso3="NIC")
    actions.change(held, by=STAGE, at=NOON, until=NOON.date())
    role = GroupRole.objects.get(group__code="CRM-4")
    actions.change(role, by=STAGE, at=NOON, until=NOON.date())
    nicaragua = next(row for row in members("en").rows if row.country.iso3 == "NIC")
    assert [cell.adherence.mechanism_id for cell in nicaragua.cells if cell.adherence] == [
        Mechanism.objects.get(code="CAM").pk
    ]
    labour = next(row for row in matrix("en").rows if row.group and row.group.slug == "labor-mobility")
    assert [entry.leads for cell in labour.cells for entry in cell.related] == [[]]


@pytest.mark.usefixtures("real_record")
def test_a_group_that_nobody_placed_is_not_lost(cast: Cast) -> None:
    other = actions.create(Mechanism(code="ABC", slug="abc", name_en="Another"), by=STAGE, at=NOON)
    group = WorkingGroup(mechanism=other, code="ABC-1", slug="abc-1", number=1, name_en="Something")
    actions.create(group, by=STAGE, at=NOON)
    assert [entry.group.code for entry in matrix("en").unplaced] == ["ABC-1", "CSM-3", "QP-HIV"]
    actions.create(Alignment(group=group, kind="workstream", workstream=cast.labour), by=STAGE, at=NOON)
    assert [entry.group.code for entry in matrix("en").unplaced] == ["CSM-3", "QP-HIV"]


@pytest.mark.usefixtures("real_record")
def test_both_tables_ask_as_much_for_three_as_for_one(
    cast: Cast, client: Client, django_assert_num_queries: Any
) -> None:
    other = actions.create(Mechanism(code="ABC", slug="abc", name_en="Another"), by=STAGE, at=NOON)
    for number in (1, 2, 3):
        place = country(f"ZZ{number}", f"Z{number}", f"Country {number}")
        group = WorkingGroup(
            mechanism=other, code=f"ABC-{number}", slug=f"abc-{number}", number=number, name_en=f"Group {number}"
        )
        group.lead_claims = {"Figure 1": "COL", "Figure 3": "CAN"}
        actions.create(group, by=STAGE, at=NOON)
        actions.create(GroupRole(group=group, country=place, role="lead"), by=STAGE, at=NOON)
        actions.create(Alignment(group=group, kind="workstream", workstream=cast.labour), by=STAGE, at=NOON)
        actions.create(Adherence(mechanism=other, country=place, kind="member"), by=STAGE, at=NOON)
        if number != 2:
            with django_assert_num_queries(7):
                client.get("/en/mechanisms/matrix/")
            with django_assert_num_queries(1):  # kept for this version of the record: the version alone is asked for
                client.get("/en/mechanisms/matrix/?mechanism=abc")
