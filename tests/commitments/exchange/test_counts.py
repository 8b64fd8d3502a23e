"""Count in, count out: what the files hold is what the database holds, and what the loader says it did."""

from collections import Counter
from datetime import date

import pytest

from commitments.exchange.reference.report import Outcome, Report
from commitments.formats.partial import PartialDate
from commitments.glossary.models import Term
from commitments.indicators.models import Baseline, CommitmentStatus, Indicator, Measurement, Series, Target
from commitments.mechanisms.models import (
    Adherence,
    AdherenceCount,
    Country,
    Mechanism,
    Organization,
    Presidency,
    Secretariat,
    Thresholds,
)
from commitments.meetings.models import Meeting
from commitments.register.models import Commitment, CommitmentLink, CommitmentSource, Party, ReportedStatus
from commitments.working_groups.models import Alignment, GroupRole, Theme, ThemeGroup, WorkingGroup
from tests.commitments.exchange import record_files as files

pytestmark = pytest.mark.usefixtures("loaded")


def test_countries_and_territories() -> None:
    assert Country.objects.count() == len(files.COUNTRIES) == 38
    assert Counter(Country.objects.values_list("kind", flat=True)) == {"state": 36, "territory": 2}


def test_mechanisms_and_their_settings() -> None:
    assert Mechanism.objects.count() == len(files.MECHANISMS) == 7
    assert [row.valid_from for row in Thresholds.objects.all()] == [date(2022, 6, 10)] * 7


def test_memberships_with_the_claims_of_both_figures() -> None:
    claims = Counter(Adherence.objects.values_list("mechanism__code", "kind", "figure1_claim", "figure2_claim"))

    kinds = {"endorser": "endorsing", "observer": "observer", "member": "member"}
    assert claims == Counter(
        (row["mechanism"], kinds[row["status"]], row["fig1"], row["fig2"]) for row in files.MEMBERSHIPS
    )
    assert claims.total() == len(files.MEMBERSHIPS) == 118


def test_twenty_one_endorsing_countries_are_named_and_a_later_source_counts_twenty_two() -> None:
    named = Adherence.objects.filter(mechanism__code="LAD", kind="endorsing")
    latest = AdherenceCount.objects.get(key="by_2024")

    assert named.count() == 21
    assert {row.as_of_date for row in named} == {PartialDate.parse("2023")}
    assert (latest.count, latest.as_of_date) == (22, PartialDate.parse("2024-09"))
    assert latest.source is not None
    assert latest.source.published == "2024-09-26"
    assert [(row.count, str(row.as_of_date)) for row in AdherenceCount.objects.order_by("id")] == [
        (20, "2022-06"),
        (21, "2022"),
        (22, "2024-09"),
    ]


def test_working_groups_with_roles_and_alignments() -> None:
    own = files.WORKSTREAMS["workstreams"]
    others = files.WORKING_GROUPS

    assert WorkingGroup.objects.filter(mechanism__code="LAD").count() == len(own) == 11
    assert WorkingGroup.objects.exclude(mechanism__code="LAD").count() == len(others) == 28
    assert GroupRole.objects.count() == sum(
        len(row.get(name, []))
        for row in [*own, *others]
        for name in ("leads", "co_leads", "participants", "lead_organisations")
    )
    assert Alignment.objects.count() == sum(len(row["workstreams"]) or 1 for row in others)
    cited = {row.group.code: row.cited_in for row in Alignment.objects.select_related("group")}
    assert cited == {row["id"]: row["source"] for row in others}


def test_themes_with_their_links() -> None:
    themes = files.TERMS["themes"]

    assert Theme.objects.count() == len(themes) == 25
    assert ThemeGroup.objects.count() == sum(len(row["workstreams"]) for row in themes) == 5


def test_words_of_the_glossary() -> None:
    kinds = {"concepts": "concept", "vulnerable_groups": "vulnerable_group", "population_groups": "population_group"}
    counted = Counter(Term.objects.values_list("kind", flat=True))

    assert counted == {kind: len(files.TERMS[section]) for section, kind in kinds.items()}
    assert counted.total() == 15 + 6 + 7
    assert Counter(Term.objects.values_list("agreement", flat=True)) == {"none": 15, "": 13}
    assert Term.objects.exclude(definition_source=None).count() == 6


def test_commitments_with_parties_sources_statuses_and_links() -> None:
    records = files.COMMITMENTS

    assert Commitment.objects.count() == len(records) == 89
    assert Commitment.objects.of_declaration().count() == 68
    assert Party.objects.count() == sum(len(row["other_actors"]) for row in records)
    assert CommitmentSource.objects.count() == sum(1 + len(row["further_sources"]) for row in records)
    assert ReportedStatus.objects.count() == sum(row["status"] is not None for row in records) == 26
    assert CommitmentLink.objects.count() == sum(len(row["related"]) + ("part_of" in row) for row in records)


def test_commitments_by_mechanism() -> None:
    counted = Counter(Commitment.objects.values_list("mechanism__code", flat=True))

    assert counted == Counter(row["mechanism"] for row in files.COMMITMENTS)


def test_indicators_with_baselines_targets_and_measurements() -> None:
    records = files.INDICATORS

    assert Indicator.objects.public().count() == len(records) == 52
    assert Series.objects.filter(country=None, breakdown="").count() == Series.objects.count() == 52
    assert Baseline.objects.count() == sum(row["baseline"] is not None for row in records) == 20
    assert Target.objects.count() == sum(row["target"] is not None for row in records) == 32
    assert Measurement.objects.published().used().count() == sum(len(row["measurements"]) for row in records) == 34
    assert Measurement.objects.count() == 34


def test_meetings() -> None:
    assert Meeting.objects.count() == len(files.MEETINGS) == 33
    assert Meeting.objects.filter(mechanism=None).count() == 4


def test_presidencies_and_secretariats() -> None:
    hosts = [host for row in files.MECHANISMS for host in row["technical_secretariat"]["hosts"]]

    assert Presidency.objects.count() == len(files.GOVERNANCE["presidencies"]) == 12
    assert Secretariat.objects.filter(since=None).count() == len(hosts) == 9
    assert [str(row.since_date) for row in Secretariat.objects.exclude(since=None)] == ["2024-09-25", "2024-09-25"]


def test_bodies_come_from_makers_hosts_and_group_leads() -> None:
    assert list(Organization.objects.order_by("code").values_list("code", flat=True)) == [
        "EU",
        "ILO",
        "IOM",
        "OAS",
        "OAS-DSI",
        "PADF",
        "SAVE",
        "UNHCR",
        "UNICEF",
    ]
    assert Organization.objects.filter(kind=None).count() == 0


def test_every_public_commitment_has_its_status_kept() -> None:
    assert CommitmentStatus.objects.count() == 89
    assert set(CommitmentStatus.objects.values_list("on", flat=True)) == {date(2026, 11, 24)}


def test_the_report_counts_the_records_of_each_file(first_load: Report) -> None:
    created = {file: first_load.count(file, Outcome.CREATED) for file in first_load.outcomes}

    assert created == {
        "countries.json": 38,
        "terms.json": 18 + 25 + 28,
        "organizations.csv": 9,
        "mechanisms.json": 7,
        "memberships.csv": 118,
        "workstreams.json": 4 + 11,
        "working_groups.json": 28,
        "commitments.json": 89,
        "indicators.json": 52,
        "meetings.json": 33,
        "governance.json": 12 + 1 + 3,
    }
    assert first_load.total(Outcome.CHANGED) == first_load.total(Outcome.LEFT) == 0
    assert first_load.kept == []


def test_what_has_no_room_yet_is_kept_for_later(first_load: Report) -> None:
    assert first_load.waiting == {
        ("countries.json", "subregions"): 5,
        ("figure2_rows.csv", "records"): 37,
        ("finance.json", "records"): 27,
        ("gcm_objectives.json", "objectives"): 23,
        ("gcm_objectives.json", "gcr_objectives"): 4,
        ("gcm_objectives.json", "sdg_targets"): 22,
        ("governance.json", "pillars"): 4,
        ("governance.json", "action_package_committees"): 11,
        ("governance.json", "reversals"): 5,
        ("governance.json", "roles"): 4,
        ("recommendations.json", "recommendations"): 6,
        ("recommendations.json", "challenges"): 7,
        ("recommendations.json", "other_suggestions"): 3,
    }
    assert first_load.remarks == [
        "codes.csv: 141 rows consulted",
        "life_cycle_dates.csv: 1 rows consulted",
        "meeting_processes.csv: 4 rows consulted",
    ]
