"""Words before figures and dates of low precision, worked out with pencil and paper (examples.py)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from commitments.formats.partial import PartialDate
from commitments.indicators.enums import Qualifier, Reason, Status
from commitments.indicators.facts import IndicatorFacts, MeasurementFact, TargetFact
from commitments.indicators.progress import status
from tests.commitments.indicators.examples import (
    AS_EXPECTED,
    BEHIND,
    DECREASE,
    NEARLY,
    NO_BASE,
    NO_BASELINE,
    NOT_REACHED,
    REACHED_BY,
    STOCK,
    Verdict,
    baseline,
    between,
    day,
    exactly,
    indicator,
    target,
    value,
    verdict,
)


@pytest.mark.parametrize(
    ("written", "on", "expected"),
    [
        ("2025-06", date(2025, 7, 1), 546),  # stands for 30 June: 366 + 180
        ("2025-Q2", date(2025, 7, 1), 546),
        ("2024", date(2025, 7, 1), 365),  # 31 December 2024
        ("2024-07-01/P1Y", date(2025, 7, 1), 546),  # a fiscal year from July
    ],
)
def test_a_date_of_low_precision_stands_for_its_last_day(written: str, on: date, expected: int) -> None:
    result = status(indicator(MeasurementFact(PartialDate.parse(written), Decimal(300))), on)
    assert (result.expected, result.as_of) == (Decimal(expected), PartialDate.parse(written))


def test_the_baseline_stands_for_its_first_day_and_the_target_for_its_last() -> None:
    # 1 Jan 2024 to 31 Dec 2025 is 730 days; 1 Jan 2025 is day 366: 730 x 366 / 730
    facts = indicator(
        value(366, 366),
        baseline=baseline(0),
        target=TargetFact(Decimal(730), date=PartialDate.parse("2025")),
    )
    assert status(facts, day(400)).expected == Decimal(366)
    assert verdict(status(facts, date(2025, 12, 31))) == AS_EXPECTED


@pytest.mark.parametrize(
    ("goal", "facts", "on", "expected"),
    [
        (target(1000, 1000, "about"), indicator(value(950, 900)), 1001, REACHED_BY),
        (target(1000, 1000, "nearly"), indicator(value(950, "899.9999")), 1001, NOT_REACHED),
        (target(1000, 1000, "up_to"), indicator(value(950, 920), baseline=baseline(200)), 1001, REACHED_BY),
        (
            target(1000, 1000, "up_to"),
            indicator(value(950, 919), baseline=baseline(200)),
            1001,
            NOT_REACHED,
        ),  # 200 + 720
        (target(1000, 1000, "at_least"), indicator(value(950, 999)), 1001, NOT_REACHED),
        (target(1000, 1000, "more_than"), indicator(value(950, 1000)), 1001, REACHED_BY),
        (target(1000, 1000, "about"), indicator(value(950, 900), **NO_BASE), 1001, REACHED_BY),  # the way from 0
        (target(1000, 1000, "about"), indicator(value(950, 1100), **DECREASE, **NO_BASE), 1001, NO_BASELINE),
        (
            target(1000, 1000, "about"),
            indicator(value(950, 1000), **DECREASE, **NO_BASE, **STOCK),
            1001,
            REACHED_BY,
        ),
        # a target behind the baseline leaves no way to measure: met from itself
        (target(1000, 1000, "about"), indicator(value(950, 1000), baseline=baseline(1200)), 1001, REACHED_BY),
        (target(1000, 1000, "about"), indicator(value(950, 999), baseline=baseline(1200)), 1001, NOT_REACHED),
        (target(2, 1000, "multiple"), indicator(value(950, 800), baseline=baseline(400)), 1001, REACHED_BY),  # double
        (target(2, 1000, "multiple"), indicator(value(500, 600), baseline=baseline(400)), 500, AS_EXPECTED),
        (target(0, 1000), indicator(value(950, 0), baseline=baseline(50), **DECREASE, **STOCK), 1001, REACHED_BY),
        (target(0, 1000), indicator(value(500, 25), baseline=baseline(50), **DECREASE, **STOCK), 600, AS_EXPECTED),
    ],
)
def test_the_word_before_the_target_decides_from_where_it_is_met(
    goal: TargetFact, facts: IndicatorFacts, on: int, expected: Verdict
) -> None:
    changed = replace(facts, target=goal)
    assert verdict(status(changed, day(on))) == expected


def test_a_range_is_met_from_its_lower_end() -> None:
    goal = TargetFact(value_min=Decimal(1000), value_max=Decimal(2000), qualifier=Qualifier.RANGE, date=exactly(1000))
    result = status(indicator(value(500, 450), target=goal), day(500))
    assert (result.target, result.expected, verdict(result)) == (Decimal(1000), Decimal(500), NEARLY)
    assert verdict(status(indicator(value(900, 1000), target=goal), day(900))) == REACHED_BY


LOWER = Reason.LOWER_BOUND_ONLY
falls = {"baseline": baseline(1000), "target": target(0), **DECREASE, **STOCK}  # 500 expected on day 500


@pytest.mark.parametrize(
    ("facts", "on", "expected"),
    [
        (indicator(value(500, 500, "more_than")), 500, AS_EXPECTED),
        (indicator(value(500, 460, "at_least")), 500, NEARLY),
        (indicator(value(500, 400, "at_least")), 500, (11, Status.NO_DATA, LOWER)),
        (indicator(value(500, 100, "more_than")), 500, (10, Status.NO_DATA, LOWER)),
        (indicator(value(990, 900, "more_than")), 1001, (8, Status.NO_DATA, LOWER)),
        (indicator(MeasurementFact(exactly(500), value_min=Decimal(100))), 500, (10, Status.NO_DATA, LOWER)),
        (indicator(value(500, 400, "about")), 500, BEHIND),
        (indicator(value(500, 400, "up_to")), 500, BEHIND),
        (indicator(value(700, 1000, "nearly")), 700, AS_EXPECTED),  # not fulfilled by equality
        (indicator(value(700, 1000, "up_to")), 700, AS_EXPECTED),
        (indicator(MeasurementFact(exactly(700), value_max=Decimal(1000))), 700, AS_EXPECTED),
        (indicator(between(500, 440, 600)), 500, BEHIND),  # the lower end
        (indicator(between(500, 440, 600), **falls), 500, (11, Status.AT_RISK, Reason.BEHIND)),  # the upper: 400 of 500
        (indicator(value(500, 500, "more_than"), **falls), 500, (9, Status.NO_DATA, LOWER)),  # may be far more
        (indicator(value(990, 0, "at_least"), **falls), 1001, (9, Status.NO_DATA, LOWER)),
    ],
)
def test_the_word_before_the_value_never_proves_more_than_it_says(
    facts: IndicatorFacts, on: int, expected: Verdict
) -> None:
    assert verdict(status(facts, day(on))) == expected
