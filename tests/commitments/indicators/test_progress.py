"""Statuses of indicators along a path, worked out with pencil and paper: from 0 to 1,000, one a day (examples.py)."""

from datetime import date
from decimal import Decimal

import pytest

from commitments.formats.partial import PartialDate
from commitments.indicators.enums import Counting, Direction, Path, Reason, Status
from commitments.indicators.facts import IndicatorFacts, MeasurementFact, TargetFact, Thresholds
from commitments.indicators.progress import status, status_at_last_value
from tests.commitments.indicators.examples import (
    AS_EXPECTED,
    BEHIND,
    DAY_UNKNOWN,
    DECREASE,
    EARLY,
    END_MISSING,
    FAR_BEHIND,
    NEARLY,
    NO_BASE,
    NO_BASELINE,
    NO_DATE,
    NO_FIGURE,
    NO_TARGET,
    NOT_COMPARABLE,
    NOT_REACHED,
    NOTHING_EXPECTED,
    ONLY_WORDS,
    REACHED_BY,
    REACHED_EARLY,
    REACHED_LATE,
    STOCK,
    WORSE,
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

words = MeasurementFact(exactly(500), words="hundreds")
undated = MeasurementFact(None, Decimal(2000))


@pytest.mark.parametrize(
    ("facts", "on", "expected"),
    [
        # rule 1 comes before everything else
        (indicator(value(500, 900), direction=Direction.OBSERVE), 500, (1, Status.NONE, Reason.OBSERVED)),
        (indicator(direction=Direction.OBSERVE, target=None), 500, (1, Status.NONE, Reason.OBSERVED)),
        # rule 2
        (indicator(value(500, 500), target=None), 500, NO_TARGET),
        (indicator(target=target(2, None, "multiple"), **NO_BASE), 500, NO_BASELINE),
        (indicator(value(500, 500), **NO_BASE), 500, NO_BASELINE),
        (
            indicator(value(500, 1500), **NO_BASE),
            500,
            NO_BASELINE,
        ),  # also above the target, while the date is ahead
        (indicator(value(500, 500), baseline=baseline(None)), 500, NO_BASELINE),  # a day, but no figure
        (indicator(value(990, 500), **NO_BASE), 1000, NO_BASELINE),  # on its day the date still lies ahead
        (indicator(value(500, 500, comparable=False)), 500, NOT_COMPARABLE),
        (indicator(value(500, 500, comparable=False), words), 500, NOT_COMPARABLE),
        (indicator(words), 500, ONLY_WORDS),
        (indicator(value(500, 2, "multiple")), 500, ONLY_WORDS),  # "doubled" is no figure of the unit
        (
            indicator(value(500, 500, comparable=False), target=target(number=None)),
            500,
            NOT_COMPARABLE,
        ),  # before rule 4
        (indicator(words, first_report_on=day(600)), 500, ONLY_WORDS),  # before rule 5
        # one value that counts is enough, whatever is listed beside it
        (indicator(value(500, 500), words, undated, value(510, 1, comparable=False)), 520, AS_EXPECTED),
    ],
)
def test_what_cannot_be_judged_is_named(facts: IndicatorFacts, on: int, expected: Verdict) -> None:
    assert verdict(status(facts, day(on))) == expected


@pytest.mark.parametrize(
    ("facts", "on", "expected"),
    [
        # rule 4: undated and not met; an undated total that is met is fulfilled
        (indicator(target=target(number=None)), 500, NO_DATE),
        (indicator(value(500, 999), target=target(number=None)), 500, NO_DATE),
        (indicator(value(500, 999), target=target(number=None), **NO_BASE), 500, NO_DATE),
        (indicator(target=target(number=None), baseline=baseline(0, 600)), 500, NO_DATE),  # before rule 5
        (indicator(value(500, 1000), target=target(number=None), **NO_BASE), 500, DAY_UNKNOWN),
        # rule 5
        (indicator(baseline=baseline(0, 10)), 9, (5, Status.NOT_STARTED, Reason.BEFORE_BASELINE)),
        (indicator(first_report_on=day(501)), 500, (5, Status.NOT_STARTED, Reason.BEFORE_FIRST_REPORT)),
        (indicator(undated, first_report_on=day(501)), 500, (5, Status.NOT_STARTED, Reason.BEFORE_FIRST_REPORT)),
        (indicator(first_report_on=day(2000)), 1000, (5, Status.NOT_STARTED, Reason.BEFORE_FIRST_REPORT)),
        (indicator(first_report_on=day(2000)), 1001, NO_FIGURE),  # the target date has passed
        (indicator(value(500, 500), first_report_on=day(600)), 510, AS_EXPECTED),  # a value came all the same
        # rule 6: a first reporting date that has come, or none on record
        (indicator(first_report_on=day(500)), 500, NO_FIGURE),
        (indicator(), 0, NO_FIGURE),
        (indicator(), 5000, NO_FIGURE),  # never counted as failure, however late
        (indicator(undated), 500, NO_FIGURE),  # listed, never judged
        (indicator(value(-1, 500)), 500, NO_FIGURE),  # the day before the baseline
        (indicator(value(0, 500)), 500, NOTHING_EXPECTED),  # the day of the baseline
        (indicator(value(-1, 5000), **NO_BASE), 1100, NO_FIGURE),  # the day before the commitment
        (indicator(value(0, 5000), **NO_BASE), 1100, REACHED_BY),  # the day of the commitment
        # made in January 2024: only from the 31st (day 30) is a day surely not before it
        (indicator(value(29, 5000), made_on=PartialDate.parse("2024-01"), **NO_BASE), 1100, NO_FIGURE),
        (indicator(value(30, 5000), made_on=PartialDate.parse("2024-01"), **NO_BASE), 1100, REACHED_BY),
        (indicator(value(5, 5000), made_on=None, **NO_BASE), 1100, NO_FIGURE),  # nothing shows that it belongs here
        (indicator(value(501, 900)), 500, NO_FIGURE),  # a day to come
    ],
)
def test_what_has_no_date_no_start_or_no_figure(facts: IndicatorFacts, on: int, expected: Verdict) -> None:
    assert verdict(status(facts, day(on))) == expected


@pytest.mark.parametrize(
    ("facts", "on", "expected", "met_on"),
    [
        (indicator(value(700, 1000)), 700, REACHED_BY, 700),
        (indicator(value(1000, 1000)), 1001, REACHED_BY, 1000),
        (indicator(value(700, 1000), value(900, 800)), 950, REACHED_BY, 700),  # a later fall undoes nothing
        (indicator(value(990, 999), value(1001, 1000)), 1100, DAY_UNKNOWN, 1001),
        (indicator(value(1000, 999), value(1001, 1000)), 1100, REACHED_LATE, 1001),
        (indicator(value(1050, 999), value(1300, 1000)), 1400, REACHED_LATE, 1300),
        (indicator(value(1050, 999, "more_than"), value(1300, 1000)), 1400, DAY_UNKNOWN, 1300),  # not shown to be below
        (indicator(value(1300, 1000), **NO_BASE), 1400, DAY_UNKNOWN, 1300),  # no path is needed
        (indicator(value(700, 1000, "more_than")), 700, REACHED_BY, 700),
        (indicator(value(700, 1001, "nearly")), 700, REACHED_BY, 700),
        (indicator(between(700, 1000, 1200)), 700, REACHED_BY, 700),
    ],
)
def test_a_total_that_meets_its_target_is_fulfilled(
    facts: IndicatorFacts, on: int, expected: Verdict, met_on: int
) -> None:
    result = status(facts, day(on))
    assert verdict(result) == expected
    assert result.met_on == exactly(met_on)


@pytest.mark.parametrize(
    ("facts", "on", "expected"),
    [
        (indicator(value(700, 1000), **STOCK), 999, REACHED_EARLY),
        (indicator(value(700, 1000), value(800, 800), **STOCK), 900, AS_EXPECTED),  # fell again: 800 of 800
        (indicator(value(908, 1000), **STOCK), 1000, REACHED_BY),  # 92 days before
        (indicator(value(907, 1000), **STOCK), 1000, AS_EXPECTED),  # 93 days before: says nothing of the date
        (indicator(value(907, 1000), **STOCK), 1093, END_MISSING),
        (indicator(value(1092, 1000), **STOCK), 1100, DAY_UNKNOWN),
        (indicator(value(990, 1000), value(1020, 800), **STOCK), 1100, REACHED_BY),  # 10 days are nearer than 20
        (indicator(value(980, 1000), value(1010, 800), **STOCK), 1100, NOT_REACHED),
        (indicator(value(990, 800), value(1010, 1000), **STOCK), 1100, DAY_UNKNOWN),  # equally near: the later
        (indicator(value(1000, 800), value(1300, 1000), **STOCK), 1400, AS_EXPECTED),  # too late to be the date's value
        (
            indicator(value(500, 1000), target=target(number=None), **STOCK),
            600,
            (3, Status.FULFILLED, Reason.REACHED_NOW),
        ),
        (indicator(value(500, 1000), value(600, 999), target=target(number=None), **STOCK), 600, NO_DATE),
    ],
)
def test_a_level_is_judged_near_its_date(facts: IndicatorFacts, on: int, expected: Verdict) -> None:
    assert verdict(status(facts, day(on))) == expected


@pytest.mark.parametrize(
    ("facts", "on", "expected"),
    [
        (indicator(value(907, 500)), 1000, FAR_BEHIND),  # 500 / 907
        (indicator(value(907, 700)), 1092, BEHIND),  # 700 / 907 = 0.77, and 92 days have passed
        (indicator(value(907, 700)), 1093, END_MISSING),
        (indicator(value(908, 998)), 1093, NOT_REACHED),
        (indicator(value(908, 998)), 1000, AS_EXPECTED),  # the date has not passed
        (indicator(value(1300, 998)), 1400, NOT_REACHED),
        (indicator(value(907, 998), value(950, 998, comparable=False)), 1093, END_MISSING),
        (indicator(value(950, 998), **NO_BASE), 1093, NOT_REACHED),
        (indicator(value(907, 998), **NO_BASE), 1050, NO_BASELINE),  # no path to judge an earlier value by
        (indicator(value(907, 998), **NO_BASE), 1093, END_MISSING),
    ],
)
def test_once_the_date_has_passed_its_own_figure_decides(facts: IndicatorFacts, on: int, expected: Verdict) -> None:
    assert verdict(status(facts, day(on))) == expected


def test_not_reached_says_how_much_of_the_way_was_done() -> None:
    assert status(indicator(value(1000, 998)), day(1001)).percent_reached == Decimal("0.998")
    # from 200 to 1,000: (800 - 200) / (1,000 - 200)
    assert status(indicator(value(1000, 800), baseline=baseline(200)), day(1001)).percent_reached == Decimal("0.75")
    # from 24,000 down to 15,000: (18,000 - 24,000) / (15,000 - 24,000)
    falling = indicator(value(1000, 18000), baseline=baseline(24000), target=target(15000), **DECREASE)
    assert status(falling, day(1001)).percent_reached == Decimal("0.6666666666666666666666666667")
    assert status(indicator(value(1000, 998), **NO_BASE), day(1001)).percent_reached is None


@pytest.mark.parametrize(
    ("number", "figure", "expected"),
    [
        (0, "0", NOTHING_EXPECTED),
        (500, "500", AS_EXPECTED),
        (500, "499.9999", NEARLY),
        (500, "450", NEARLY),  # 0.90 belongs to on track
        (500, "449.9999", BEHIND),
        (500, "350", BEHIND),  # 0.70 belongs to at risk
        (500, "349.9999", FAR_BEHIND),
        (500, "0", FAR_BEHIND),
        (99, "0", EARLY),  # 9.9 % of the time
        (100, "0", FAR_BEHIND),
        (99, "-1", WORSE),
        (500, "-1", WORSE),
        (50, "35", EARLY),  # before rules 10 to 12
        (50, "50", AS_EXPECTED),
    ],
)
@pytest.mark.parametrize("later", [0, 30, 400])
def test_the_latest_value_is_held_against_the_path_at_its_own_date(
    number: int, figure: str, expected: Verdict, later: int
) -> None:
    assert verdict(status(indicator(value(number, figure)), day(number + later))) == expected


def test_the_sentence_from_zero_has_its_ingredients() -> None:
    # 30 September 2026 is day 1,003 (366 + 365 + 272); 44,900 / 53,400 = 0.841
    facts = indicator(
        MeasurementFact(PartialDate(date(2026, 9, 30)), Decimal(44900), id=7), target=target(53400, 1003), **STOCK
    )
    result = status_at_last_value(facts, day(2000))
    assert (result.value, result.expected, result.measurement_id) == (Decimal(44900), Decimal(53400), 7)
    assert result.share is not None
    assert result.share.quantize(Decimal("0.01")) == Decimal("0.84")
    assert result.reads_from_zero
    assert verdict(result) == BEHIND


def test_the_sentence_from_a_baseline_has_its_ingredients() -> None:
    # from 24,000 on 16 May 2024 to 6,000 on 16 May 2026 is 730 days; on 16 May 2025 half of the fall: 15,000
    facts = IndicatorFacts(
        direction=Direction.DECREASE,
        counting=Counting.STOCK,
        baseline=baseline(24000, 136),
        target=TargetFact(Decimal(6000), date=PartialDate.parse("2026-05-16")),
        measurements=(MeasurementFact(PartialDate.parse("2025-05-16"), Decimal(18000)),),
    )
    result = status(facts, date(2025, 6, 1))
    assert (result.baseline, result.baseline_date) == (Decimal(24000), PartialDate.parse("2024-05-16"))
    assert (result.value, result.expected) == (Decimal(18000), Decimal(15000))
    # 6,000 of 9,000
    assert result.share == Decimal("0.6666666666666666666666666667")
    assert not result.reads_from_zero
    assert verdict(result) == FAR_BEHIND


def test_a_step_expects_nothing_until_its_date() -> None:
    step = target(path=Path.STEP)
    assert verdict(status(indicator(value(999, 0), target=step), day(999))) == NOTHING_EXPECTED
    assert verdict(status(indicator(value(999, -1), target=step), day(999))) == WORSE
    assert verdict(status(indicator(value(999, 0), target=step), day(1001))) == NOT_REACHED


def test_the_thresholds_of_the_mechanism_are_used() -> None:
    strict = Thresholds(Decimal("0.95"), Decimal("0.80"), 10, Decimal("0.50"), 5)
    assert verdict(status(indicator(value(600, 560), thresholds=strict), day(600))) == BEHIND  # 0.933
    assert verdict(status(indicator(value(600, 470), thresholds=strict), day(600))) == FAR_BEHIND  # 0.783
    assert verdict(status(indicator(value(499, 0), thresholds=strict), day(600))) == EARLY
    assert verdict(status(indicator(value(980, 980), thresholds=strict), day(1011))) == END_MISSING
    with pytest.raises(ValueError, match="At risk begins"):
        Thresholds(on_track_from=Decimal("0.60"))


def test_an_ended_commitment_is_judged_on_the_day_of_its_last_counting_value() -> None:
    facts = indicator(value(300, 300), value(500, 350), value(600, 5000, comparable=False))
    result = status_at_last_value(facts, day(5000))
    assert (result.on, verdict(result)) == (day(500), BEHIND)
    assert verdict(status_at_last_value(indicator(), day(5000))) == NO_FIGURE
