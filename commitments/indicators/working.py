"""How the status of an indicator follows: the rule that decided, and the figures that it was given."""

from collections.abc import Sequence
from dataclasses import dataclass

from commitments.formats.numbers import format_percent
from commitments.formats.partial import PartialDate
from commitments.indicators.enums import Counting
from commitments.indicators.facts import IndicatorFacts, MeasurementFact, Result
from commitments.indicators.method import rule_in_words
from commitments.indicators.models import Indicator
from commitments.indicators.series import has_path, period_of
from commitments.indicators.spoken import short_spoken, spoken
from commitments.indicators.wording import amount, figure_of, language, qualified, word_before


@dataclass(frozen=True, slots=True)
class Working:
    """How the status follows: the rule, and value, expected value and share, each only where there is one."""

    number: int
    words: str
    value: str
    value_when: str
    expected: str
    share: str
    formula: str
    sum: str = ""


def working_of(result: Result, facts: IndicatorFacts, indicator: Indicator) -> Working:
    """The rule that decided, and the figures it was given; the formula is worked out with the printed numbers."""
    number = amount(result.value, indicator) if result.value is not None else ""
    word = word_before(facts, lambda figure: figure.id in result.measurement_ids)
    value = qualified(number, word) if number else ""
    added = [fact for fact in facts.measurements if set(fact.ids) & set(result.measurement_ids) and fact.as_of]
    added.sort(key=lambda fact: fact.as_of or PartialDate(result.on))
    first = period_of(added[0]) if added and facts.counting is Counting.FLOW else None
    expected = amount(round(result.expected, 1), indicator) if result.expected is not None else ""
    edges = (facts.thresholds.at_risk_from, facts.thresholds.on_track_from)
    share = format_percent(result.share, language(), edges=[*edges, 1]) if result.share is not None else ""
    formula = ""
    if share and result.baseline is not None:
        base = amount(result.baseline, indicator)
        formula = f"({number} − {base}) ÷ ({expected} − {base}) = {share}"
    return Working(
        number=result.rule,
        words=rule_in_words(result.rule, facts.thresholds),
        value=value,
        value_when=spoken(result.as_of, first[0] if first else None) if result.as_of else "",
        expected=expected,
        share=share,
        formula=formula,
        sum=_sum_of(added, value, indicator) if facts.counting is Counting.FLOW and has_path(facts) else "",
    )


def _sum_of(added: Sequence[MeasurementFact], value: str, indicator: Indicator) -> str:
    """6,320 (Oct 2022 to Sep 2023) + about 25,360 (Oct 2023 to Sep 2024) = about 31,680; empty for a single period."""
    if len(added) < 2:
        return ""
    parts = [
        f"{figure_of(fact, indicator)} ({short_spoken(fact.as_of, fact.period_start)})" for fact in added if fact.as_of
    ]
    return f"{' + '.join(parts)} = {value}"
