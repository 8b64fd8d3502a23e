"""What was chosen in a report, as a correction writes it: places, values and their words.

The answer about a commitment and the reason that it may need are one choice: "progress", "unchanged" or
"cannot:confidential".
"""

from typing import Any

from commitments.reporting.enums import Answer, CannotReport, Coherence
from commitments.reporting.models import ProgressReport, ReportPart

COHERENCE, REASON = "coherence", "cannot_reason"
_PART, _ANSWER, _BETWEEN = "part-", "answer-", ":"


def part_place(part: ReportPart) -> str:
    """The name of the words on one commitment, among the texts of a correction."""
    return f"{_PART}{part.pk}"


def answer_place(part: ReportPart) -> str:
    """The name of the answer about one commitment."""
    return f"{_ANSWER}{part.pk}"


def part_of(place: str) -> int:
    """The number of the part that a place belongs to; 0 for a place of the report itself."""
    prefix = next((prefix for prefix in (_PART, _ANSWER) if place.startswith(prefix)), "")
    return int(place.removeprefix(prefix)) if prefix else 0


def is_choice(place: str) -> bool:
    """Whether something is chosen at a place, rather than written."""
    return place in {COHERENCE, REASON} or place.startswith(_ANSWER)


def words_beside(place: str) -> str:
    """The place of the words that go with a choice."""
    if place.startswith(_ANSWER):
        return f"{_PART}{part_of(place)}"
    return {COHERENCE: "coherence_words", REASON: "cannot_words"}[place]


def answer_of(part: ReportPart) -> str:
    """The answer about a commitment with its reason, as one value."""
    return _BETWEEN.join(filter(None, [part.answer, part.cannot_reason]))


def choices_of(report: ProgressReport, parts: Any) -> dict[str, tuple[str, str]]:
    """What is chosen in a report, each by its place, with the code of the commitment that a part is about."""
    answers = {answer_place(part): (part.commitment.code, answer_of(part)) for part in parts}
    return {COHERENCE: ("", report.coherence), REASON: ("", report.cannot_reason), **answers}


def options(place: str) -> list[tuple[str, str]]:
    """What can be chosen at a place: value and words."""
    if place == COHERENCE:
        return [(value, str(label)) for value, label in Coherence.choices]
    reasons = [(value, str(label)) for value, label in CannotReport.choices]
    if place == REASON:
        return reasons
    said = [(answer.value, str(answer.label)) for answer in (Answer.PROGRESS, Answer.UNCHANGED)]
    cannot = Answer.CANNOT
    return [*said, *((f"{cannot.value}{_BETWEEN}{value}", f"{cannot.label}: {label}") for value, label in reasons)]


def word_of(place: str, value: str) -> str:
    """A chosen value in words; one that is no option, as it stands."""
    return dict(options(place)).get(value, value)


def needs_words(place: str, value: str) -> bool:
    """Whether a choice says nothing without words beside it."""
    last = value.rpartition(_BETWEEN)[2]
    return place != COHERENCE and last in {Answer.PROGRESS.value, CannotReport.OTHER.value}


def columns_of(place: str, value: str) -> dict[str, str]:
    """The columns in which a choice stands."""
    if not place.startswith(_ANSWER):
        return {place: value}
    answer, _between, reason = value.partition(_BETWEEN)
    return {"answer": answer, "cannot_reason": reason}
