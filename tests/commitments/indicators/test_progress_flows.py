"""Targets for each period and running sums of flows, worked out by hand (examples.py)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from commitments.formats.partial import PartialDate
from commitments.indicators.enums import Counting, Direction, Per, Qualifier, Reason, Status
from commitments.indicators.facts import IndicatorFacts, MeasurementFact, TargetFact
from commitments.indicators.progress import status
from tests.commitments.indicators.examples import (
    NO_BASE,
    NO_BASELINE,
    NO_FIGURE,
    NOT_COMPARABLE,
    NOT_REACHED,
    REACHED_BY,
    Verdict,
    baseline,
    day,
    indicator,
    period,
    target,
    value,
    verdict,
)

APRIL = date(2024, 4, 1)

MET: Verdict = (9, Status.ON_TRACK, Reason.PERIOD_MET)
LOWER: Verdict = (10, Status.NO_DATA, Reason.LOWER_BOUND_ONLY)
NOT_MET: Verdict = (10, Status.OFF_TRACK, Reason.PERIOD_NOT_MET)


def month(text: str, amount: int, qualifier: str = "exact", **more: Any) -> MeasurementFact:
    """Make the amount of a month."""
    return MeasurementFact(PartialDate.parse(text), Decimal(amount), qualifier=Qualifier(qualifier), **more)


BAND = TargetFact(value_min=Decimal(20), value_max=Decimal(40), qualifier=Qualifier.RANGE, per=Per.MONTH)


def each_month(amount: int, qualifier: str = "exact") -> TargetFact:
    """Make an undated target for each month."""
    return target(amount, None, qualifier, per=Per.MONTH)


def monthly(*measurements: MeasurementFact, **changes: Any) -> IndicatorFacts:
    """30,000 a month."""
    each = {"counting": Counting.FLOW, "target": each_month(30000), "baseline": None}
    return indicator(*measurements, **(each | changes))


@pytest.mark.parametrize(
    ("facts", "on", "expected"),
    [
        (monthly(month("2024-03", 30000)), APRIL, MET),
        (monthly(month("2024-03", 29999)), APRIL, NOT_MET),
        (monthly(month("2024-03", 29999), month("2024-04", 30000)), date(2024, 5, 9), MET),  # the latest by itself
        (monthly(month("2024-03", 30000), month("2024-06", 10)), date(2024, 7, 9), NOT_MET),  # gaps do not matter
        (monthly(month("2024-03", 30000), month("2024-04", 10)), date(2024, 4, 29), MET),  # April is not complete
        (monthly(month("2024-03", 30000)), date(2024, 3, 31), MET),  # complete on its last day
        (monthly(), APRIL, NO_FIGURE),
        (monthly(period(0, 90, 90000)), APRIL, NO_FIGURE),  # a quarter is no month
        (monthly(period(60, 90, 31000)), APRIL, MET),  # 1 to 31 March, written as days
        (monthly(period(60, 89, 31000)), APRIL, NO_FIGURE),  # a day is missing
        (monthly(value(90, 31000)), APRIL, NO_FIGURE),  # a day without its period
        (monthly(month("2024-03", 30000, comparable=False)), APRIL, NOT_COMPARABLE),
        (monthly(month("2023-12", 30000)), APRIL, NO_FIGURE),  # before the commitment
        # neither the lack of a date, nor a date passed, nor one ahead without baseline, nor a reporting date matters
        (monthly(month("2024-03", 30000), target=target(30000, 30, per=Per.MONTH)), date(2030, 4, 1), MET),
        (monthly(month("2024-03", 30000), target=target(30000, 999, per=Per.MONTH)), APRIL, MET),
        (monthly(first_report_on=date(2025, 1, 1)), APRIL, NO_FIGURE),
        # words
        (monthly(month("2024-03", 29999, "more_than")), APRIL, LOWER),
        (monthly(month("2024-03", 30000, "more_than")), APRIL, MET),
        (monthly(month("2024-03", 27000), target=each_month(30000, "up_to")), APRIL, MET),
        (monthly(month("2024-03", 26999), target=each_month(30000, "up_to")), APRIL, NOT_MET),
        # the fewer the better, and a range
        (monthly(month("2024-03", 30001), direction=Direction.DECREASE), APRIL, NOT_MET),
        (monthly(month("2024-03", 30000), direction=Direction.DECREASE), APRIL, MET),
        (
            monthly(month("2024-03", 31), direction=Direction.DECREASE, target=each_month(30, "about")),
            APRIL,
            NO_BASELINE,
        ),
        (monthly(month("2024-03", 45), direction=Direction.HOLD, target=BAND), APRIL, NOT_MET),
        (monthly(month("2024-03", 40), direction=Direction.HOLD, target=BAND), APRIL, MET),
        # twice the baseline's amount, each month
        (monthly(month("2024-03", 200), target=each_month(2, "multiple"), baseline=baseline(100)), APRIL, MET),
        (monthly(month("2024-03", 200), target=each_month(2, "multiple")), APRIL, NO_BASELINE),
    ],
)
def test_a_target_for_each_month_judges_the_latest_complete_one(
    facts: IndicatorFacts, on: date, expected: Verdict
) -> None:
    assert verdict(status(facts, on)) == expected


@pytest.mark.parametrize(
    ("per", "written", "expected"),
    [
        (Per.QUARTER, "2024-Q1", MET),
        (Per.QUARTER, "2024", NO_FIGURE),
        (Per.YEAR, "2024", MET),
        (Per.FISCAL_YEAR, "2024-04-01/P1Y", MET),
        (Per.FISCAL_YEAR, "2024-Q2", NO_FIGURE),
    ],
)
def test_a_period_has_the_length_that_the_target_names(per: Per, written: str, expected: Verdict) -> None:
    facts = monthly(month(written, 20000), target=TargetFact(Decimal(20000), per=per))
    assert verdict(status(facts, date(2025, 6, 1))) == expected


def yearly(start: date, end: date, amount: int) -> MeasurementFact:
    """Make the amount of a fiscal year written with both its days."""
    return MeasurementFact(PartialDate(end), Decimal(amount), period_start=start)


ADMISSIONS = indicator(
    yearly(date(2024, 1, 1), date(2024, 12, 31), 6320),
    yearly(date(2025, 1, 1), date(2025, 12, 31), 13680),
    counting=Counting.FLOW,
    target=TargetFact(Decimal(20000), date=PartialDate.parse("2025-12-31")),
)


def test_a_flow_is_judged_by_its_running_sum() -> None:
    # 6,320 + 13,680 = 20,000, on the target date
    result = status(ADMISSIONS, date(2026, 2, 1))
    assert (verdict(result), result.value, result.met_on) == (
        REACHED_BY,
        Decimal(20000),
        PartialDate.parse("2025-12-31"),
    )


def test_the_sum_of_a_flow_is_held_against_the_sum_expected() -> None:
    # 1 Jan 2024 to 31 Dec 2025 is 730 days; 31 Dec 2024 is day 365: 20,000 x 365 / 730; 6,320 / 10,000
    result = status(replace(ADMISSIONS, measurements=ADMISSIONS.measurements[:1]), date(2025, 2, 1))
    assert verdict(result) == (10, Status.OFF_TRACK, Reason.FAR_BEHIND)
    assert (result.baseline, result.expected, result.share) == (Decimal(0), Decimal(10000), Decimal("0.632"))


def test_the_figure_of_a_flow_s_baseline_is_reference_only() -> None:
    assert status(replace(ADMISSIONS, baseline=baseline(2485)), date(2026, 2, 1)) == status(
        ADMISSIONS, date(2026, 2, 1)
    )
    assert verdict(status(replace(ADMISSIONS, baseline=baseline(None)), date(2026, 2, 1))) == REACHED_BY


def test_a_missing_period_is_said_and_not_guessed() -> None:
    missing = (2, Status.NO_DATA, Reason.PERIOD_MISSING)
    second_only = replace(ADMISSIONS, measurements=ADMISSIONS.measurements[1:])
    result = status(second_only, date(2026, 2, 1))
    assert (verdict(result), result.missing_from, result.value) == (missing, date(2024, 1, 1), None)
    third = yearly(date(2026, 1, 1), date(2026, 12, 31), 90000)
    gap = replace(ADMISSIONS, measurements=(ADMISSIONS.measurements[0], third))
    result = status(gap, date(2027, 2, 1))
    assert (verdict(result), result.missing_from, result.value) == (missing, date(2025, 1, 1), Decimal(6320))


def test_what_a_sum_reached_before_a_gap_stays_reached() -> None:
    later = yearly(date(2028, 1, 1), date(2028, 12, 31), 1)
    facts = replace(ADMISSIONS, measurements=(*ADMISSIONS.measurements, later))
    assert verdict(status(facts, date(2029, 2, 1))) == REACHED_BY


def test_a_flow_without_baseline_is_summed_from_its_first_period_once_the_date_has_passed() -> None:
    facts = replace(ADMISSIONS, **NO_BASE, made_on=PartialDate.parse("2024-06-10"))
    assert verdict(status(facts, date(2026, 2, 1))) == REACHED_BY
    assert verdict(status(facts, date(2025, 12, 31))) == NO_BASELINE


def test_a_flow_without_baseline_leaves_no_day_out_since_the_commitment_was_made() -> None:
    # Made on 10 June 2022, more than 50,000 by 31 December 2022: what came in a quarter of 2026 says nothing of it.
    facts = indicator(
        yearly(date(2026, 7, 1), date(2026, 9, 30), 12345),
        counting=Counting.FLOW,
        baseline=None,
        target=TargetFact(Decimal(50000), date=PartialDate.parse("2022-12-31")),
        made_on=PartialDate.parse("2022-06-10"),
    )
    result = status(facts, date(2026, 11, 27))
    assert verdict(result) == (2, Status.NO_DATA, Reason.PERIOD_MISSING)
    assert (result.missing_from, result.value) == (date(2022, 6, 11), None)
    since = replace(facts, measurements=(yearly(date(2022, 6, 11), date(2022, 12, 31), 12345),))
    assert verdict(status(since, date(2026, 11, 27))) == NOT_REACHED


def test_a_sum_is_only_a_lower_bound_when_one_of_its_periods_is() -> None:
    first = replace(ADMISSIONS.measurements[0], qualifier=Qualifier.MORE_THAN)
    short = replace(ADMISSIONS.measurements[1], value=Decimal(13679))
    facts = replace(ADMISSIONS, measurements=(first, short))
    assert verdict(status(facts, date(2026, 2, 1))) == (8, Status.NO_DATA, Reason.LOWER_BOUND_ONLY)
    exact = replace(ADMISSIONS, measurements=(ADMISSIONS.measurements[0], short))
    assert verdict(status(exact, date(2026, 2, 1))) == NOT_REACHED
    assert status(exact, date(2026, 2, 1)).percent_reached == Decimal(19999) / Decimal(20000)


def test_a_ceiling_is_not_fulfilled_before_its_date() -> None:
    # at most 1,000 in all: 300 by day 400 is better than the 400 that would use it up evenly
    ceiling = indicator(
        period(0, 400, 300), counting=Counting.FLOW, direction=Direction.DECREASE, target=target(1000, 1000)
    )
    assert verdict(status(ceiling, day(400))) == (3, Status.ON_TRACK, Reason.REACHED_EARLY)
