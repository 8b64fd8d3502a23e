"""The rules by which the record is read: what is kept, what is set, and what is left empty."""

from datetime import date
from decimal import Decimal

import pytest

from commitments.formats.partial import PartialDate
from commitments.history.enums import ReportState
from commitments.indicators.models import Indicator, Measurement, Target
from commitments.indicators.queries import indicator_readings
from commitments.mechanisms.models import Country, Organization
from commitments.meetings.models import Meeting
from commitments.register.models import Commitment, CommitmentSource
from commitments.working_groups.models import WorkingGroup
from tests.commitments.exchange import record_files as files
from tests.commitments.exchange.conftest import LOADED_AT
from tests.commitments.indicators.record_table import RECORD, TODAY

pytestmark = pytest.mark.usefixtures("loaded")


def commitment(reference_id: str) -> Commitment:
    return Commitment.objects.get(reference_id=reference_id)


def test_codes_follow_the_day_and_the_slug_within_mechanism_and_maker() -> None:
    numbered: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for row in files.COMMITMENTS:
        actor = row["declaring_actor"]
        maker = actor["iso3"] or (actor["code"] if actor["type"] == "organisation" else "ALL")
        numbered.setdefault((row["mechanism"], maker), []).append((row["made_on"], row["id"]))
    expected = {
        reference_id: f"{mechanism}-{maker}-{number:03d}"
        for (mechanism, maker), rows in numbered.items()
        for number, (_made_on, reference_id) in enumerate(sorted(rows), start=1)
    }
    seen: dict[str | None, int] = {}
    for row in files.INDICATORS:
        seen[row["commitment"]] = number = seen.get(row["commitment"], 0) + 1
        expected[row["id"]] = f"{expected[row['commitment']]}-I{number}" if row["commitment"] else f"REG-I{number:02d}"

    assert expected == files.CODES
    assert (
        dict(Commitment.objects.values_list("reference_id", "code"))
        | dict(Indicator.objects.values_list("reference_id", "code"))
        == files.CODES
    )
    assert files.CODES["lad-2024-cri-biometric-partnership"] == "LAD-CRI-003"


def test_english_names_are_spelled_out() -> None:
    names = dict(Country.objects.exclude(listed_name_en="").values_list("listed_name_en", "name_en"))

    assert names == {
        "Antigua & Barbuda": "Antigua and Barbuda",
        "Bahamas": "The Bahamas",
        "St. Kitts & Nevis": "Saint Kitts and Nevis",
        "St. Lucia": "Saint Lucia",
        "St. Vincent & Grenadines": "Saint Vincent and the Grenadines",
        "Trinidad & Tobago": "Trinidad and Tobago",
    }


def test_workstreams_are_groups_of_the_declaration_and_alignments_elsewhere() -> None:
    own = commitment("lad-2022-blz-regularization")
    other = commitment("mirps-2021-blz-amnesty")

    assert (own.group.code, own.aligned_workstream) == ("WS02", None)
    assert (other.group, other.aligned_workstream.code, other.pillar.number) == (None, "WS02", 1)
    assert not Commitment.objects.exclude(mechanism__code="LAD").filter(group__isnull=False).exists()
    assert not Commitment.objects.of_declaration().filter(aligned_workstream__isnull=False).exists()


def test_makers_are_a_country_a_body_a_mechanism_or_a_named_group() -> None:
    assert commitment("r4v-2023-eu-80m").maker_organization.code == "EU"
    assert commitment("mirps-2024-statute").maker_mechanism.code == "MIRPS"
    assert commitment("mirps-2022-solidarity-210m").maker_name == "Several donors"
    assert Organization.objects.get(code="UNHCR").other_names == ["UN Refugee Agency"]


def test_only_suspended_and_ended_close_a_commitment() -> None:
    closed = {row["id"]: row["status"] for row in files.COMMITMENTS if row["status"] in {"suspended", "ended"}}
    stored = Commitment.objects.exclude(life_cycle="active")

    assert dict(stored.values_list("reference_id", "life_cycle")) == closed
    assert len(closed) == 7
    for row in stored:
        reported = row.reported_statuses.get()
        assert (row.life_cycle_as_of_date, row.life_cycle_source) == (reported.as_of_date, reported.source)


def test_the_day_of_an_end_is_empty_unless_the_notes_state_one() -> None:
    stated = {row.reference_id: row.life_cycle_date for row in Commitment.objects.exclude(life_cycle_on=None)}
    notes = {row["id"]: row["notes"] for row in files.COMMITMENTS}

    assert stated == {"lad-2024-ecu-extension-april-2025": PartialDate(date(2025, 3, 11))}
    for reference_id in stated:
        assert commitment(reference_id).life_cycle_reason in notes[reference_id]


def test_money_dated_on_the_day_of_its_announcement_is_undated() -> None:
    undated = Target.objects.exclude(date_note="")
    appeal = Target.objects.get(series__indicator__reference_id="ind-iom-2025-money")

    assert undated.count() == 12
    for target in undated:
        indicator = target.series.indicator
        assert (target.date, target.date_precision) == (None, "")
        assert indicator.unit_type == "currency"
        assert target.date_note == (
            f"{indicator.commitment.made_on} in the file: the day of the announcement, not a date to reach it by"
        )
    assert appeal.day == PartialDate(date(2026, 12, 31))


def test_a_range_keeps_its_ends_and_its_words_and_words_stay_words() -> None:
    ceiling = Measurement.objects.get(words="35,000-50,000")
    removals = Measurement.objects.get(words="hundreds")

    assert (ceiling.value, ceiling.value_min, ceiling.value_max) == (None, Decimal(35_000), Decimal(50_000))
    assert (removals.value, removals.value_min, removals.value_max) == (None, None, None)


def test_targets_and_baselines_of_the_record_have_no_source_of_their_own() -> None:
    assert not Target.objects.filter(source__isnull=False).exists()
    assert not Target.objects.filter(valid_from__isnull=False).exists()


def test_figures_of_the_record_are_public_and_accepted_by_nobody_in_particular() -> None:
    stamps = Measurement.objects.values_list("state", "accepted_at", "published_at", "accepted_by", "entered_by")

    assert set(stamps) == {(ReportState.PUBLISHED.value, LOADED_AT, LOADED_AT, None, None)}


def test_a_figure_for_several_countries_is_regional_even_under_a_commitment() -> None:
    regional = Indicator.objects.filter(is_regional=True)

    assert set(regional.exclude(commitment=None).values_list("code", flat=True)) == {
        "LAD-GTM-002-I1",
        "LAD-GTM-002-I2",
        "LAD-GTM-002-I3",
    }
    assert regional.filter(commitment=None).count() == 3


def test_hosts_outside_the_record_are_kept_by_their_code() -> None:
    assert dict(Meeting.objects.exclude(country_code="").values_list("slug", "country_code")) == {
        "r4v-2023-03-brussels": "BEL",
        "r4v-2023-12-06-geneva": "CHE",
        "mirps-2023-12-13-grf": "CHE",
        "grf-2023-12": "CHE",
    }


def test_related_processes_are_named_in_words() -> None:
    assert dict(Meeting.objects.filter(mechanism=None).values_list("slug", "process")) == {
        "imrf-2022-05": "International Migration Review Forum",
        "grf-2023-12": "Global Refugee Forum",
        "c40-2024-05-brasilia": "Cartagena+40",
        "c40-2024-06-bogota": "Cartagena+40",
    }


def test_unverified_records_are_marked() -> None:
    unverified = {row["id"] for row in files.COMMITMENTS if not row["verified"]}
    links = CommitmentSource.objects.filter(is_verified=False)

    assert set(Commitment.objects.filter(is_verified=False).values_list("reference_id", flat=True)) == unverified
    assert set(links.values_list("commitment__reference_id", flat=True)) == unverified


def test_addresses_of_groups_are_short_and_whole() -> None:
    assert list(
        WorkingGroup.objects.filter(mechanism__code="LAD").order_by("number").values_list("slug", flat=True)
    ) == [
        "integration-and-support",
        "temporary-protection",
        "international-financing",
        "combating-xenophobia",
        "labor-mobility",
        "investing-in-asylum",
        "refugee-resettlement",
        "family-reunification",
        "countering-human-smuggling",
        "return-and-reintegration",
        "aligning-visa-and-travel",
    ]


def test_every_indicator_stands_as_the_table_worked_out_by_hand_says() -> None:
    readings = indicator_readings(Indicator.objects.all(), on=TODAY)
    stands = {
        reading.indicator.reference_id: (reading.result.rule, reading.result.status, reading.result.reason)
        for reading in readings.values()
    }

    assert stands == {reference_id: row[:3] for reference_id, row in RECORD.items()}
