"""What a drafted promise says: each question is answered by its own facts, and by nothing less."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from commitments.formats.partial import PartialDate, Precision
from commitments.indicators.smart import Drafted, Question, missing

DAY = PartialDate(date(2027, 12, 31), Precision.DAY)
WHOLE = Drafted(
    who="Colombia",
    measured="Valid cards, counted once for each person",
    unit="people",
    target=Decimal(0),
    target_on=DAY,
    baseline=Decimal(0),
    baseline_on=DAY,
    reporter="Migration authority",
    cadence="quarterly",
)


def test_a_draft_that_says_all_leaves_nothing_open_and_an_empty_one_everything() -> None:
    assert missing(WHOLE) == ()
    assert missing(Drafted()) == tuple(Question)


@pytest.mark.parametrize(
    ("without", "open_questions"),
    [
        ({"who": " "}, {Question.WHO}),
        ({"measured": " "}, {Question.MEASURED_HOW}),
        ({"unit": ""}, {Question.HOW_MUCH, Question.MEASURED_HOW}),
        ({"target": None}, {Question.HOW_MUCH}),
        ({"target_on": None}, {Question.BY_WHEN}),
        ({"baseline": None}, {Question.FROM_WHAT}),
        ({"baseline_on": None}, {Question.FROM_WHAT}),
        ({"reporter": ""}, {Question.WHO_REPORTS}),
        ({"cadence": ""}, {Question.HOW_OFTEN}),
    ],
)
def test_what_is_not_said_is_open(without: dict[str, Any], open_questions: set[Question]) -> None:
    assert set(missing(replace(WHOLE, **without))) == open_questions
