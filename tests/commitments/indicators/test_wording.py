"""The sentence of a status, from made-up figures (examples.py): it says what the record shows, and no more."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils import translation

from commitments.indicators.enums import Direction, Per, Qualifier, Reason, Status
from commitments.indicators.facts import IndicatorFacts, TargetFact
from commitments.indicators.models import Indicator
from commitments.indicators.progress import status
from commitments.indicators.wording import reason_words, sentence, status_word
from tests.commitments.indicators.examples import (
    DECREASE,
    STOCK,
    baseline,
    between,
    day,
    indicator,
    period,
    target,
    value,
)

PEOPLE = Indicator(unit_en="people", unit_type="count")
FALLS = {"baseline": baseline(24000), "target": target(6000), **DECREASE, **STOCK}
BAND = {"direction": Direction.HOLD, "target": target(30, 1000, "up_to"), **STOCK}


@pytest.mark.parametrize(
    ("facts", "on", "expected"),
    [
        (
            indicator(value(700, 1100, id=1), value(900, 50, "about", id=2)),
            1100,
            (
                "Reached by 1 December 2025: 1,100, target 1,000 by 27 September 2026. "
                "The latest figure on record is about 50 (19 June 2026)."
            ),
        ),
        (
            indicator(value(700, 1100, id=1), value(900, 1200, id=2)),
            1100,
            "Reached by 1 December 2025: 1,100, target 1,000 by 27 September 2026.",
        ),
        (
            indicator(value(1000, 999, id=1), value(1050, 1100, id=2), value(1060, 10, id=3)),
            1100,
            (
                "Reached late: 1,100 (16 November 2026), target 1,000 by 27 September 2026. "
                "The latest figure on record is 10 (26 November 2026)."
            ),
        ),
        (
            indicator(value(500, 1200, id=1), value(1010, 1000, id=2), value(1050, 10, id=3), **STOCK),
            1100,
            (
                "Reached near the target date: 1,000 (7 October 2026), target 1,000 by 27 September 2026. "
                "The latest figure on record is 10 (16 November 2026)."
            ),
        ),
        (
            indicator(value(700, 1100, id=1), **STOCK),
            900,
            "Target reached early: 1,100 (1 December 2025), target 1,000 by 27 September 2026.",
        ),
        (
            indicator(value(1000, 10), value(1050, 40), **BAND),
            1100,
            "Held inside the agreed range. The latest figure on record is 40 (16 November 2026).",
        ),
    ],
)
def test_what_was_reached_is_said_with_the_figure_that_shows_it(facts: IndicatorFacts, on: int, expected: str) -> None:
    assert sentence(status(facts, day(on)), facts, PEOPLE) == expected


@pytest.mark.parametrize("language", ["en", "es", "pt", "fr"])
def test_no_sentence_begins_with_the_word_of_the_status_that_stands_before_it(language: str) -> None:
    """In the description of a chart the two follow each other: "Réalisé. Réalisé à temps…" says a word twice."""
    facts = indicator(value(700, 1100, id=1))
    level = indicator(value(700, 1100, id=1), **STOCK)
    with translation.override(language):
        statuses = [status_word(one.value) for one in Status]
        said = [str(reason_words(reason)) for reason in Reason]
        for given in (facts, level):
            result = status(given, day(1100))
            said += [sentence(replace(result, reason=reason), given, PEOPLE) for reason in Reason]
        found = [(word, text) for text in said for word in statuses if text.lower().startswith(word.lower())]
    assert found == []
    assert len(said) == 3 * len(Reason)


def test_a_target_is_said_as_it_is_on_record() -> None:
    goal = TargetFact(value_min=Decimal(15000), value_max=Decimal(20000), qualifier=Qualifier.RANGE)
    facts = indicator(target=goal)
    assert sentence(status(facts, day(500)), facts, PEOPLE) == (
        "A target of 15,000 to 20,000 is on record, without a date by which to reach it."
    )
    # twice 400 is 800 people, not 800 times the starting value
    double = indicator(value(500, 900, id=1), baseline=baseline(400), target=target(2, 1000, "multiple"))
    assert sentence(status(double, day(500)), double, PEOPLE) == (
        "Reached by 15 May 2025: 900, target 800 by 27 September 2026."
    )


def test_the_word_before_one_part_of_a_sum_stands_before_the_sum() -> None:
    parts = (value(500, 300, "about", id=1), value(500, 100, id=2))
    facts = indicator(value(500, 400, parts=parts))
    assert sentence(status(facts, day(500)), facts, PEOPLE) == (
        "About 400 on 15 May 2025 is 80% of the 500 expected by that date."
    )


@pytest.mark.parametrize(
    ("facts", "on", "expected"),
    [
        # lower is better: 23,900 is below the starting value, and not worse than it
        (
            indicator(value(50, 23900), **FALLS),
            60,
            (
                "Early: less than 10% of the time has run. "
                "23,900 (20 February 2024) is not worse than the starting value of 24,000."
            ),
        ),
        # neither a period by itself nor a range to hold is held against a path
        (
            indicator(period(0, 30, 20), target=target(30, None, per=Per.MONTH)),
            40,
            "The latest complete period does not meet the target: 20 (31 January 2024), target 30.",
        ),
        (indicator(between(500, 20, 40), **BAND), 600, "Outside the agreed range."),
        (
            indicator(value(400, 40), value(500, 20), **BAND),
            600,
            "Inside the agreed range now, outside in the last 12 months.",
        ),
    ],
)
def test_what_is_not_reached_is_said_as_it_was_judged(facts: IndicatorFacts, on: int, expected: str) -> None:
    assert sentence(status(facts, day(on)), facts, PEOPLE) == expected
