"""The shipped record against the table worked out by hand: what it says of each state, and no more."""

import json
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path as FilePath
from typing import Any

import pytest

from commitments.formats.partial import PartialDate
from commitments.indicators.enums import Counting, Direction, Per, Qualifier, Reason, Status
from commitments.indicators.facts import BaselineFact, IndicatorFacts, MeasurementFact, Result, TargetFact
from commitments.indicators.progress import status, status_at_last_value
from commitments.indicators.totals import CommitmentResult, Totals, commitment_status, totals
from tests.commitments.indicators.record_table import RECORD, TODAY

FOLDER = FilePath(__file__).parents[3] / "commitments" / "reference_data"

DIRECTIONS = {"up": Direction.INCREASE, "down": Direction.DECREASE, "observe": Direction.OBSERVE}
COUNTINGS = {"stock": Counting.STOCK, "cumulative": Counting.CUMULATIVE, "period": Counting.FLOW}
PERIODS = {"month": Per.MONTH, "year": Per.YEAR, "fiscal year": Per.FISCAL_YEAR}


def records(name: str) -> dict[str, Any]:
    """Read the records of a file by their id, every number as it is written."""
    content = json.loads((FOLDER / name).read_text("utf-8"), parse_float=Decimal, parse_int=Decimal)
    return {record["id"]: record for record in content["records"]}


COMMITMENTS, INDICATORS = records("commitments.json"), records("indicators.json")


def day(text: str | None) -> PartialDate | None:
    """Read a date of the files."""
    return PartialDate.parse(text) if text else None


def is_closed(commitment: Any) -> bool:
    """Only what a source calls suspended or ended sets the life-cycle."""
    return commitment is not None and commitment["status"] in ("suspended", "ended")


def facts_of(record: Any) -> IndicatorFacts:
    """Turn a record of the file into facts, by the rules of loading."""
    commitment = COMMITMENTS.get(record["commitment"])
    baseline, target = record["baseline"], record["target"]
    made_on = day(commitment["made_on"]) if commitment else None
    baseline_day, target_day = day(baseline and baseline["date"]), day(target and target["date"])
    if record["type"] == "currency" and target_day == made_on:
        target_day = None
    return IndicatorFacts(
        direction=DIRECTIONS[record["better"]],
        counting=COUNTINGS[record["counting"]],
        baseline=BaselineFact(baseline["value"], baseline_day, Qualifier(baseline["qualifier"]))
        if baseline_day
        else None,
        target=target
        and TargetFact(
            target["value"],
            target["value_min"],
            target["value_max"],
            Qualifier(target["qualifier"]),
            target_day,
            per=PERIODS.get(record.get("per", "")),
        ),
        measurements=tuple(
            MeasurementFact(
                day(value["date"]),
                value["value"],
                words=value["value_text"] or "",
                qualifier=Qualifier(value["qualifier"]),
                period_start=date.fromisoformat(value["period_start"]) if value["period_start"] else None,
                comparable=value["comparable"],
            )
            for value in record["measurements"]
        ),
        made_on=made_on,
    )


def result_of(indicator_id: str, on: date = TODAY) -> Result:
    record = INDICATORS[indicator_id]
    judge = status_at_last_value if is_closed(COMMITMENTS.get(record["commitment"])) else status
    return judge(facts_of(record), on)


def commitment_result(commitment_id: str, on: date = TODAY) -> CommitmentResult:
    """Decide a commitment by its key indicators: those with a target that are not merely observed."""
    key = [
        result_of(indicator_id, on)
        for indicator_id, record in INDICATORS.items()
        if record["commitment"] == commitment_id and record["target"] and record["better"] != "observe"
    ]
    return commitment_status(key, [], on=on, is_closed=is_closed(COMMITMENTS[commitment_id]))


DECLARATION = [name for name, record in COMMITMENTS.items() if record["mechanism"] == "LAD"]


def test_the_table_has_every_indicator_of_the_record() -> None:
    assert len(RECORD) == 52
    assert set(RECORD) == set(INDICATORS)


@pytest.mark.parametrize("indicator_id", RECORD)
def test_each_indicator_stands_as_worked_out_by_hand(indicator_id: str) -> None:
    rule, said, reason, _ = RECORD[indicator_id]
    result = result_of(indicator_id)
    assert (result.rule, result.status, result.reason) == (rule, said, reason)


def test_the_table_adds_up() -> None:
    assert Counter(rule for rule, *_ in RECORD.values()) == {1: 8, 2: 14, 3: 2, 4: 20, 6: 7, 10: 1}


def test_colombia_reached_its_permits_on_a_day_the_record_does_not_tell() -> None:
    result = result_of("ind-col-permits")
    assert (result.value, result.target) == (Decimal(1718811), Decimal(1500000))
    assert result.met_on == PartialDate.parse("2023")


def test_the_united_states_reached_their_admissions_by_the_end_of_fiscal_year_2024() -> None:
    result = result_of("ind-usa-resettlement")
    # 6,320 + 25,360
    assert (result.value, result.met_on) == (Decimal(31680), PartialDate.parse("2024-09-30"))


def test_ecuador_s_second_process_is_judged_on_its_last_day_on_record() -> None:
    result = result_of("ind-ecu-100000")
    # 8 days of August, 30, 31, 30, 31, 31, 28, and 13 of March are 202 of 250: 100,000 x 202 / 250
    assert (result.on, result.value, result.expected) == (date(2025, 3, 13), Decimal(5000), Decimal(80800))
    # 5,000 / 80,800 = 25 / 404
    assert result.share is not None
    assert result.share.quantize(Decimal("0.0001")) == Decimal("0.0619")


def test_the_first_finding_two_can_be_assessed_and_one_was_before_it_ended() -> None:
    assert len(DECLARATION) == 68
    results = {name: commitment_result(name) for name in DECLARATION}
    assert {name for name, result in results.items() if result.can_be_assessed} == {
        "lad-2022-col-etpv",
        "lad-2022-usa-resettlement-20000",
    }
    assert {name for name, result in results.items() if result.was_assessed} == {"lad-2024-ecu-extension-april-2025"}
    # 6 closed: Ecuador's second process; Belize's amnesty, the referrals from Haiti and three safe mobility offices
    assert totals(results.values()) == Totals(fulfilled=2, no_data=60, ended_not_fulfilled=1, ended_not_assessed=5)


def test_nothing_of_the_other_mechanisms_can_be_assessed() -> None:
    others = [commitment_result(name) for name in COMMITMENTS if name not in DECLARATION]
    # 21 records; the amnesty of Belize stands under two mechanisms and ended
    assert totals(others) == Totals(no_data=20, ended_not_assessed=1)


@pytest.mark.parametrize("later", [date(2025, 5, 1), date(2026, 11, 24), date(2036, 1, 1)])
def test_a_target_date_that_passes_after_the_end_changes_nothing(later: date) -> None:
    result = commitment_result("lad-2024-ecu-extension-april-2025", later)
    assert (result.status, result.last_status, result.rule) == (Status.NONE, Status.OFF_TRACK, 1)
    assert (result.reason, result.assessed, result.key_count) == (Reason.CLOSED, 1, 1)
