"""What a row says of how far a commitment is: the share of its deciding indicator, its target, its last update."""

import csv
import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client

from commitments.history import actions
from commitments.indicators import statuses
from commitments.indicators.models import CommitmentStatus
from commitments.mechanisms.models import Thresholds
from commitments.register.models import Commitment, CommitmentSource
from tests.cast import NOON, STAGE, Cast
from tests.factories import record
from tests.pages import main_words

pytestmark = pytest.mark.django_db


@pytest.fixture
def commitment(cast: Cast) -> Commitment:
    """One with three key indicators, of each of which about 100 was expected by the end of 2025."""
    made = record.commitment("LAD-COL-901", country=cast.colombia, group=cast.labour)
    for number, value in ((1, 95), (2, 65), (3, 60)):
        row = record.indicator(made, number, baseline=(0, date(2024, 1, 1)), target=(200, date(2027, 12, 31)))
        record.measurement(row, value, date(2025, 12, 31), entered_by=cast.focal_colombia)
    return made


def refreshed(row: Commitment) -> CommitmentStatus:
    statuses.refresh(commitments=[row.pk], at=NOON)
    return CommitmentStatus.objects.select_related("deciding").get(commitment=row)


def csv_row(address: str) -> dict[str, str]:
    answer: Any = Client().get(address)
    (row,) = csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig")))
    return row


def test_the_least_advanced_of_those_that_stand_as_the_whole_decides(commitment: Commitment) -> None:
    kept = refreshed(commitment)
    assert (kept.status, kept.rule) == ("off_track", 3)
    assert kept.deciding is not None
    assert (kept.deciding.code, kept.value, kept.target_on) == ("LAD-COL-901-I3", 60, date(2027, 12, 31))
    assert kept.share is not None
    assert kept.expected is not None
    assert abs(kept.share - kept.value / kept.expected) < Decimal("0.00001")


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "LAD-COL-901 · 60% of expected · target 31 Dec 2027 · updated 24 Nov 2026"),
        ("es", "LAD-COL-901 · 60 % de lo esperado · meta: 31 dic. 2027 · actualizado: 24 nov. 2026"),
        ("pt", "LAD-COL-901 · 60% do esperado · meta: 31 dez. 2027 · atualizado: 24 nov. 2026"),
        ("fr", "LAD-COL-901 · 60 % du niveau attendu · cible: 31 déc. 2027 · mis à jour: 24 nov. 2026"),
    ],
)
def test_a_row_says_share_target_and_last_update_in_one_line(commitment: Commitment, language: str, told: str) -> None:
    for path in ("commitments/", "countries/COL/", "working-groups/labor-mobility/", ""):
        page = main_words(Client().get(f"/{language}/{path}")).replace("\u00a0", " ").replace("\u202f", " ")
        assert told in page, path
        assert "least advanced" not in page


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "LAD-COL-902 · This record holds no indicator with a target · latest figure: Jun 2023"),
        ("es", "LAD-COL-902 · Este registro no contiene ningún indicador con meta · último dato: jun. 2023"),
        ("pt", "LAD-COL-902 · Este registro não contém nenhum indicador com meta · último dado: jun. 2023"),
        ("fr", "LAD-COL-902 · Aucun indicateur assorti d’une cible au registre · dernier chiffre: juin 2023"),
    ],
)
def test_a_figure_of_the_record_was_not_reported_on_the_day_it_was_loaded(cast: Cast, language: str, told: str) -> None:
    row = record.indicator(record.commitment("LAD-COL-902", country=cast.colombia, group=cast.labour))
    record.measurement(row, 5, date(2022, 1, 1), as_of_precision="year")
    record.measurement(row, 5, date(2023, 6, 1), as_of_precision="month")
    for path in ("commitments/", "countries/COL/", "working-groups/labor-mobility/"):
        page = main_words(Client().get(f"/{language}/{path}")).replace("\u00a0", " ")
        assert told in page, path
    kept = CommitmentStatus.objects.get()
    assert (kept.last_published_at, str(kept.figure_day)) == (None, "2023-06")
    told_in_file = csv_row(f"/{language}/commitments/commitments.csv")
    assert list(told_in_file.values())[-5:-3] == ["", "2023-06"]


def test_without_a_figure_a_row_says_why(cast: Cast) -> None:
    record.indicator(record.commitment("LAD-COL-901", country=cast.colombia))
    assert "No indicator with a target" not in main_words(Client().get("/en/commitments/"))
    assert "of expected" not in main_words(Client().get("/en/commitments/"))
    assert "updated" not in main_words(Client().get("/en/commitments/"))


def test_a_share_is_never_rounded_over_a_threshold_in_force(cast: Cast) -> None:
    """At risk below 85 percent by the mechanism's own decision: 84.9 percent is not said as 85."""
    decided = {"on_track_from": Decimal("0.85"), "at_risk_from": Decimal("0.5"), "valid_from": date(2022, 6, 10)}
    actions.create(Thresholds(mechanism=cast.declaration, **decided), by=STAGE, at=NOON)
    made = record.commitment("LAD-COL-903", country=cast.colombia)
    row = record.indicator(made, baseline=(0, date(2024, 1, 1)), target=(2000, date(2027, 12, 31)))
    record.measurement(row, 849, date(2025, 12, 31))
    assert refreshed(made).status == "at_risk"
    assert "84.9% of expected" in main_words(Client().get("/en/commitments/"))


def test_a_target_that_was_not_reached_in_time_is_said_so(cast: Cast) -> None:
    made = record.commitment("LAD-COL-901", country=cast.colombia)
    row = record.indicator(made, baseline=(0, date(2024, 1, 1)), target=(1000, date(2025, 12, 31)))
    record.measurement(row, 998, date(2025, 12, 31))
    refreshed(made)
    assert "Not reached (99.8%)" in main_words(Client().get("/en/commitments/"))


def test_the_file_of_the_list_carries_figure_expected_share_rule_and_source(
    commitment: Commitment,
) -> None:
    actions.create(CommitmentSource(commitment=commitment, source=record.source("Fact sheet")), by=STAGE, at=NOON)
    kept = refreshed(commitment)
    with time_machine.travel(NOON, tick=False):
        row = csv_row("/en/commitments/commitments.csv")
        data = csv_row("/data/commitments.csv")
    assert (row["Number of the rule"], row["Deciding indicator (code)"], row["Value"]) == ("3", "LAD-COL-901-I3", "60")
    assert (Decimal(row["Expected by now"]), Decimal(row["Share of what was expected"])) == (kept.expected, kept.share)
    assert (row["Source"], row["Address of the source"]) == ("Fact sheet", "https://registry.example/monthly")
    assert (data["deciding_indicator"], data["value"], data["rule"]) == ("LAD-COL-901-I3", "60", "3")
    assert (Decimal(data["expected"]), Decimal(data["share"])) == (kept.expected, kept.share)
