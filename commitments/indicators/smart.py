"""What a drafted promise already says: who, how much, from what, by when, measured how. No score, no pass or fail.

Pure: the questions and which of them are answered. A starting value is one only with its date; a title says what is
measured, not how: that is what to count, in which unit.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from commitments.formats.partial import PartialDate


class Question(StrEnum):
    """What a reader wants to know of any promise that is to be measured."""

    WHO = "who"
    HOW_MUCH = "how_much"
    FROM_WHAT = "from_what"
    BY_WHEN = "by_when"
    MEASURED_HOW = "measured_how"
    WHO_REPORTS = "who_reports"
    HOW_OFTEN = "how_often"


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """A promise as far as it is drafted. Texts are empty and figures None while they are not said."""

    who: str = ""
    measured: str = ""
    unit: str = ""
    target: Decimal | None = None
    target_on: PartialDate | None = None
    baseline: Decimal | None = None
    baseline_on: PartialDate | None = None
    reporter: str = ""
    cadence: str = ""


def is_said(question: Question, drafted: Drafted) -> bool:
    """Whether the draft answers a question."""
    return {
        Question.WHO: bool(drafted.who.strip()),
        Question.HOW_MUCH: drafted.target is not None and bool(drafted.unit.strip()),
        Question.FROM_WHAT: drafted.baseline is not None and drafted.baseline_on is not None,
        Question.BY_WHEN: drafted.target_on is not None,
        Question.MEASURED_HOW: bool(drafted.measured.strip() and drafted.unit.strip()),
        Question.WHO_REPORTS: bool(drafted.reporter.strip()),
        Question.HOW_OFTEN: bool(drafted.cadence.strip()),
    }[question]


def missing(drafted: Drafted) -> tuple[Question, ...]:
    """The questions that are still open, always in the same order."""
    return tuple(question for question in Question if not is_said(question, drafted))
