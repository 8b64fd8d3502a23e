"""Nothing of the record is dropped: every record of the files can be built again from the database."""

from typing import Any

import pytest

from commitments.glossary.models import Term
from commitments.indicators.models import Indicator
from commitments.mechanisms.models import (
    Adherence,
    AdherenceCount,
    Country,
    Mechanism,
    OrganizationKind,
    Presidency,
    Secretariat,
)
from commitments.meetings.models import Meeting
from commitments.register.models import Commitment
from commitments.sources.models import Source
from commitments.working_groups.models import Pillar, Theme, WorkingGroup
from tests.commitments.exchange import rebuilding as again
from tests.commitments.exchange import rebuilding_figures as figures
from tests.commitments.exchange import record_files as files

pytestmark = pytest.mark.usefixtures("loaded")


def by(name: str, records: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Records by the value that names them."""
    return {record[name]: record for record in records}


def test_countries() -> None:
    assert by("iso3", [again.country(row) for row in Country.objects.all()]) == by("iso3", files.COUNTRIES)


def test_mechanisms() -> None:
    assert by("code", [again.mechanism(row) for row in Mechanism.objects.all()]) == by("code", files.MECHANISMS)


def test_memberships() -> None:
    rebuilt = [again.membership(row) for row in Adherence.objects.order_by("id").select_related("mechanism", "country")]

    assert rebuilt == files.MEMBERSHIPS


def test_kinds_of_organization() -> None:
    rebuilt = [again.kind_of_organization(row) for row in OrganizationKind.objects.all()]

    assert by("code", rebuilt) == by("code", files.TERMS["stakeholders"])


def test_pillars() -> None:
    rebuilt = [again.pillar(row) for row in Pillar.objects.order_by("number")]

    assert rebuilt == files.WORKSTREAMS["pillars"]


def test_workstreams() -> None:
    own = WorkingGroup.objects.filter(mechanism__code="LAD").order_by("number")

    assert [again.workstream(row) for row in own] == files.WORKSTREAMS["workstreams"]


def test_structure_of_the_declaration() -> None:
    told, declaration = files.WORKSTREAMS["structure"], Mechanism.objects.get(code="LAD")

    assert {
        "pillars_in_declaration": declaration.pillars.count(),
        "pillars_with_workstreams": declaration.pillars.filter(has_working_groups=True).count(),
        "workstreams": declaration.groups.count(),
        "agreed": again.iso(declaration.groups_agreed_on),
        "agreed_note": declaration.groups_agreed_note,
        "public_name_of_groups": declaration.public_name_of_groups,
        "public_name_of_focal_points": declaration.public_name_of_focal_points,
    } == told


def test_groups_of_other_mechanisms() -> None:
    others = WorkingGroup.objects.exclude(mechanism__code="LAD").order_by("id")

    assert [again.other_group(row) for row in others] == files.WORKING_GROUPS


def test_themes() -> None:
    assert by("code", [again.theme(row) for row in Theme.objects.all()]) == by("code", files.TERMS["themes"])
    assert {row.theme_group: row.theme_group_note for row in Theme.objects.all()} == files.TERMS["theme_groups"]


@pytest.mark.parametrize(
    ("section", "kind"),
    [("concepts", "concept"), ("vulnerable_groups", "vulnerable_group"), ("population_groups", "population_group")],
)
def test_words_of_the_glossary(section: str, kind: str) -> None:
    rebuilt = [again.term(row) for row in Term.objects.filter(kind=kind)]

    assert by("code", rebuilt) == by("code", files.TERMS[section])


@pytest.mark.parametrize("record", files.COMMITMENTS, ids=lambda record: record["id"])
def test_commitment(record: dict[str, Any]) -> None:
    rebuilt = figures.commitment(Commitment.objects.get(reference_id=record["id"]))

    assert rebuilt == figures.without_names(record)


@pytest.mark.parametrize("record", files.INDICATORS, ids=lambda record: record["id"])
def test_indicator(record: dict[str, Any]) -> None:
    assert figures.indicator(Indicator.objects.get(reference_id=record["id"])) == record


@pytest.mark.parametrize("record", files.MEETINGS, ids=lambda record: record["id"])
def test_meeting(record: dict[str, Any]) -> None:
    assert again.meeting(Meeting.objects.get(reference_id=record["id"])) == record


def test_presidencies() -> None:
    rebuilt = [again.presidency(row) for row in Presidency.objects.order_by("id")]

    assert rebuilt == files.GOVERNANCE["presidencies"]


def test_secretariat_of_the_declaration() -> None:
    told = next(role for role in files.GOVERNANCE["roles"] if role["role"] == "Technical Secretariat")
    hosts = Secretariat.objects.filter(mechanism__code="LAD").order_by("organization__code")

    assert [host.organization.code for host in hosts] == ["OAS-DSI", "PADF"]
    for host in hosts:
        assert {
            "role": "Technical Secretariat",
            "who": host.note,
            "since": again.written(host.since, host.since_precision),
            "tasks": host.tasks,
            "source": again.source(host.source),
            "further_source": again.source(host.further_source),
        } == told


def test_counts_of_endorsing_countries() -> None:
    told = dict(files.GOVERNANCE["endorsing_countries"])
    source, note = told.pop("source"), told.pop("note")
    counts = AdherenceCount.objects.all()

    assert {count.key: count.count for count in counts} == told
    assert [again.source(count.source) for count in counts] == [source] * 3
    assert {count.note for count in counts} == {note}


def test_every_source_is_stored_once_as_the_files_tell_it() -> None:
    told: list[dict[str, Any]] = []

    def collect(value: Any) -> None:
        if isinstance(value, dict):
            if {"title", "url", "publisher"} <= value.keys():
                told.append(value)
            for part in value.values():
                collect(part)
        elif isinstance(value, list):
            for part in value:
                collect(part)

    built = {name: files.GOVERNANCE[name] for name in ("endorsing_countries", "presidencies")}
    secretariat = [role for role in files.GOVERNANCE["roles"] if role["role"] == "Technical Secretariat"]
    collect([files.COMMITMENTS, files.INDICATORS, files.MEETINGS, built, secretariat, files.TERMS])
    rebuilt = [again.source(row) for row in Source.objects.all()]

    assert len(rebuilt) == 104
    assert [source for source in told if source not in rebuilt] == []
    assert [source for source in rebuilt if source not in told] == []


def test_names_beside_a_code_are_names_of_that_code() -> None:
    """Nothing is lost with them: each code is printed with one name, known to the record."""
    actors = [actor for record in files.COMMITMENTS for actor in [record["declaring_actor"], *record["other_actors"]]]
    printed = {(actor["type"], actor["iso3"] or actor.get("code")): actor["name"] for actor in actors}
    listed = {row.iso3: row.listed_name_en or row.name_en for row in Country.objects.all()}

    assert len(printed) == len({(a["type"], a["iso3"] or a.get("code"), a["name"]) for a in actors})
    assert {code: name for (kind, code), name in printed.items() if kind == "country"}.items() <= listed.items()
    assert {code: name for (kind, code), name in printed.items() if kind == "group"} == {
        "LAD": "Endorsing countries of the Los Angeles Declaration",
        "MIRPS": "MIRPS member States",
        "QP": "Member States of the Quito Process",
        "CRM": "Regional Conference on Migration",
        "CSM": "South American Conference on Migration",
        None: "Several donors",
    }
