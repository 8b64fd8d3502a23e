"""The SMART meter in words: each question with what the draft says to it, or that it is not said yet."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.text import Truncator
from django.utils.translation import pgettext

from commitments.formats.language import language_of, translated
from commitments.formats.numbers import format_number
from commitments.indicators.facts import IndicatorFacts
from commitments.indicators.models import Indicator
from commitments.indicators.smart import Drafted, Question, is_said
from commitments.indicators.terms import cadence_words
from commitments.indicators.wording import amount, day_words, language, unit_words
from commitments.register.models import Commitment
from commitments.register.wording import maker_of

#: Characters of what to count that stand in the meter.
MOST = 120


@dataclass(frozen=True, slots=True)
class MeterLine:
    """One question, and the answer that the draft gives; empty while it gives none."""

    question: str
    said: str


def meter_lines(drafted: Drafted, figure: Callable[[Decimal], str] | None = None) -> list[MeterLine]:
    """Every question with its answer, in their order. `figure` writes a value with the sign of its unit."""
    words = figure or (lambda value: format_number(value, language()))
    answers = _answers(drafted, words)
    return [
        MeterLine(_question(question), answers[question] if is_said(question, drafted) else "") for question in Question
    ]


def drafted_of(indicator: Indicator, facts: IndicatorFacts, commitment: Commitment | None) -> Drafted:
    """What an indicator says with these facts: of the total line, in the language of the page."""
    target, baseline = facts.target, facts.baseline
    lang = language_of(language())
    return Drafted(
        who=maker_of(commitment).text if commitment else "",
        measured=translated(indicator, "definition", lang).text,
        unit=unit_words(indicator) or indicator.unit_in(lang).text,
        target=next((end for end in (target.value, target.value_min, target.value_max) if end is not None), None)
        if target
        else None,
        target_on=target.date if target else None,
        baseline=baseline.value if baseline else None,
        baseline_on=baseline.date if baseline else None,
        reporter=reporter_of(commitment),
        cadence=indicator.cadence,
    )


def reporter_of(commitment: Commitment | None) -> str:
    """Who reports the figures: the office on record, else the country that made the commitment."""
    if commitment is None:
        return ""
    country = commitment.maker_country
    return commitment.responsible_office or (country.name_in(language()).text if country else "")


def meter_of(indicator: Indicator, facts: IndicatorFacts, commitment: Commitment | None) -> list[MeterLine]:
    """The meter of an indicator on record, or as it would be."""
    return meter_lines(drafted_of(indicator, facts, commitment), lambda value: amount(value, indicator))


def _answers(drafted: Drafted, figure: Callable[[Decimal], str]) -> dict[Question, str]:
    def dated(value: Decimal | None, when: str) -> str:
        parts = {"figure": figure(value) if value is not None else "", "date": when}
        return pgettext("figure and date", "%(figure)s (%(date)s)") % parts

    return {
        Question.WHO: drafted.who,
        Question.HOW_MUCH: pgettext("figure and unit", "%(figure)s %(unit)s")
        % {"figure": figure(drafted.target) if drafted.target is not None else "", "unit": drafted.unit},
        Question.FROM_WHAT: dated(drafted.baseline, day_words(drafted.baseline_on)),
        Question.BY_WHEN: day_words(drafted.target_on),
        Question.MEASURED_HOW: Truncator(drafted.measured).chars(MOST),
        Question.WHO_REPORTS: drafted.reporter,
        Question.HOW_OFTEN: cadence_words(drafted.cadence),
    }


def _question(question: Question) -> str:
    return {
        Question.WHO: pgettext("question to a promise", "Who?"),
        Question.HOW_MUCH: pgettext("question to a promise", "How much?"),
        Question.FROM_WHAT: pgettext("question to a promise", "From what starting value?"),
        Question.BY_WHEN: pgettext("question to a promise", "By when?"),
        Question.MEASURED_HOW: pgettext("question to a promise", "Measured how?"),
        Question.WHO_REPORTS: pgettext("question to a promise", "Reported by whom?"),
        Question.HOW_OFTEN: pgettext("question to a promise", "Reported how often?"),
    }[question]
