"""What may be done with a report after it was sent: taken back, objected to, put right in the open."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from commitments.appointments.queries import who_answers
from commitments.history import actions as history
from commitments.history.enums import ReportState
from commitments.indicators.actions import OwnWorkError, StepRefusedError
from commitments.notices.actions import owe_decision
from commitments.reporting.actions.choices import (
    choices_of,
    columns_of,
    is_choice,
    needs_words,
    options,
    part_of,
    part_place,
    words_beside,
)
from commitments.reporting.actions.sections import LockedError
from commitments.reporting.models import ProgressReport, ReportCorrection, ReportQuestion
from commitments.roles.actor import Actor

#: The words of a report that stand in its own columns; those on a commitment stand in its parts.
WORDS = ("summary", "purpose", "outcomes", "obstacles", "practice", "coherence_words", "cannot_words")
#: The message that tells whoever proposed a correction what became of it.
CORRECTION_DECIDED = "correction_decided"
#: The message that tells those who answer for a report that its words were put right by somebody else.
REPORT_CORRECTED = "report_corrected"
#: In these states the words stand, and are put right by two persons.
STANDS = frozenset({ReportState.ACCEPTED, ReportState.PUBLISHED})


class NothingToCorrectError(Exception):
    """The words proposed are those that stand already."""


def recall_report(*, report: ProgressReport, by: Actor, at: datetime, version: int | None = None) -> ProgressReport:
    """Take a sent report back before anybody has taken it up: it stands as it stood before it was sent.

    A report that was returned is returned again, with its questions open. StepRefusedError once it is under review,
    LockedError where its cycle takes nothing new.
    """
    with transaction.atomic():
        fresh = history.locked(report, version=version)
        if fresh.state != ReportState.SENT:
            raise StepRefusedError(f"{fresh.state} → draft")
        answered = list(fresh.questions.filter(answered_at=fresh.sent_at))
        if not answered and fresh.cycle.closed_at is not None:
            raise LockedError("The cycle is closed.")
        for question in answered:
            history.change(question, by=by, at=at, answered_by_id=None, answered_at=None)
        sent: dict[str, Any] = {"sent_by_id": None, "sent_at": None}
        if answered:
            rows = ProgressReport.history.filter(id=fresh.pk, state=ReportState.RETURNED).order_by("-history_id")
            sent = rows.values(*sent).first() or sent
        state = ReportState.RETURNED if answered else ReportState.DRAFT
        return history.change(fresh, by=by, at=at, why="taken back", state=state, **sent)


def object_to_report(
    *, report: ProgressReport, words: str, due_on: date, by: Actor, at: datetime, version: int | None = None
) -> ProgressReport:
    """The focal point says why what the secretariat wrote for the country is not right: the report goes back.

    All of it is open then, for the country and for the secretariat; whoever sends it again has dealt with the words.
    """
    if not words.strip():
        raise ValueError("An objection says what is not right.")
    with transaction.atomic():
        fresh = history.locked(report, version=version)
        if not ReportState(fresh.state).waits_for_review or not fresh.is_on_behalf:
            raise StepRefusedError(f"{fresh.state} → returned")
        if by.user_id is not None and fresh.sent_by_id == by.user_id:
            raise OwnWorkError(str(fresh.pk))
        said = ReportQuestion(report=fresh, text=words, is_objection=True, asked_by_id=by.user_id, asked_at=at)
        history.create(said, by=by, at=at)
        return history.change(
            fresh, by=by, at=at, why=words, state=ReportState.RETURNED, question_due_on=due_on, reviewed_by_id=None
        )


def propose_correction(
    *,
    report: ProgressReport,
    words: Mapping[str, str],
    reason: str,
    language: str,
    by: Actor,
    at: datetime,
    is_withheld: bool = False,
    version: int | None = None,
) -> ReportCorrection:
    """Propose other words or choices for places of an accepted or published report; somebody else decides.

    `words` are by column, or by the place of a part. Raises ValueError without a reason for the public, for what is no
    place of it or cannot be chosen there, and for a choice that says nothing without words; NothingToCorrectError where
    nothing differs, LockedError in any other state, StepRefusedError while another correction waits.
    """
    if not reason.strip():
        raise ValueError("A report is corrected with a public reason.")
    with transaction.atomic():
        fresh = history.locked(report, version=version)
        if fresh.state not in STANDS:
            raise LockedError(f"{fresh.state} is not corrected but written.")
        if fresh.corrections.filter(state=ReportState.SENT).exists():
            raise StepRefusedError("another correction waits")
        stand = _words_of(fresh)
        if set(words) - set(stand):
            raise ValueError("A report is corrected in its words.")
        texts = [
            {"place": place, "code": code, "was": was, "now": words[place]}
            for place, (code, was) in stand.items()
            if place in words and words[place] != was
        ]
        if not texts:
            raise NothingToCorrectError
        _check_choices(texts, {place: words.get(place, was) for place, (_code, was) in stand.items()})
        row = ReportCorrection(
            report=fresh,
            texts=texts,
            reason=reason,
            language=language,
            is_withheld=is_withheld,
            proposed_by_id=by.user_id,
            proposed_at=at,
        )
        return history.create(row, by=by, at=at)


def approve_correction(
    *, correction: ReportCorrection, by: Actor, at: datetime, version: int | None = None, is_withheld: bool = False
) -> ReportCorrection:
    """Let a correction hold: the report stays in its state with the new words, the old ones stay with the correction.

    Summaries in other languages that rest on a corrected one are taken away with it, and wanted again. Those who
    answer for the report are told. `is_withheld` keeps the words before from the public, as whoever proposed it may.

    Raises OwnWorkError for who proposed it, StepRefusedError where the words are not those any more that it corrects.
    """
    with transaction.atomic():
        fresh = _waiting(correction, by, version)
        report = history.locked(fresh.report)
        stand = _words_of(report)
        if report.state not in STANDS or any(stand.get(row["place"], ("", ""))[1] != row["was"] for row in fresh.texts):
            raise StepRefusedError("the report says something else by now")
        who: dict[str, Any] = {"by": by.speaking(fresh.language), "at": at, "public_reason": fresh.reason}
        columns = _columns(fresh, 0)
        history.change(report, **who, corrected_at=at, **columns)
        for part in report.parts.filter(pk__in={part_of(row["place"]) for row in fresh.texts}):
            history.change(part, **who, **_columns(fresh, part.pk))
        texts = [*fresh.texts, *(_take_translations(report, **who) if "summary" in columns else ())]
        decided: dict[str, Any] = {
            "state": ReportState.PUBLISHED,
            "decided_by_id": by.user_id,
            "decided_at": at,
            "texts": texts,
            "is_withheld": fresh.is_withheld or is_withheld,
        }
        approved = history.change(fresh, **who, **decided)
        owe_decision(kind=CORRECTION_DECIDED, thing=approved, recipient=approved.proposed_by, at=at)
        for person in who_answers(country_id=report.country_id, group_id=report.group_id, on=at.date()):
            if person != approved.proposed_by:
                owe_decision(kind=REPORT_CORRECTED, thing=approved, recipient=person, at=at)
        return approved


def decline_correction(
    *, correction: ReportCorrection, answer: str, by: Actor, at: datetime, version: int | None = None
) -> ReportCorrection:
    """Leave the report as it stands, and say why. OwnWorkError for who proposed it."""
    if not answer.strip():
        raise ValueError("A correction is declined in words.")
    with transaction.atomic():
        fresh = _waiting(correction, by, version)
        decided: dict[str, Any] = {"state": ReportState.RETURNED, "decided_by_id": by.user_id, "decided_at": at}
        declined = history.change(fresh, by=by, at=at, why=answer, answer=answer, **decided)
        owe_decision(kind=CORRECTION_DECIDED, thing=declined, recipient=declined.proposed_by, at=at)
        return declined


def withdraw_correction(*, correction: ReportCorrection, by: Actor, at: datetime, version: int | None = None) -> None:
    """Take a proposed correction back before it is decided on; its history stays."""
    with transaction.atomic():
        fresh = history.locked(correction, version=version)
        if not fresh.waits:
            raise StepRefusedError(f"{fresh.state} → withdrawn")
        history.remove(fresh, by=by, at=at, why="withdrawn")


def _waiting(correction: ReportCorrection, by: Actor, version: int | None) -> ReportCorrection:
    fresh = history.locked(correction, version=version)
    if not fresh.waits:
        raise StepRefusedError(f"{fresh.state} is decided on")
    if by.user_id is not None and fresh.proposed_by_id == by.user_id:
        raise OwnWorkError(str(fresh.pk))
    return fresh


def _words_of(report: ProgressReport) -> dict[str, tuple[str, str]]:
    """Words and choices of a report as they stand, by place, with the code of the commitment that a part is about."""
    stand = {name: ("", getattr(report, name)) for name in WORDS}
    parts = list(report.parts.select_related("commitment").order_by("commitment__code", "id"))
    stand |= {part_place(part): (part.commitment.code, part.words) for part in parts}
    choices = choices_of(report, parts)
    above = {words_beside(place): place for place in choices}
    ordered: dict[str, tuple[str, str]] = {}
    for place, words in stand.items():
        ordered |= {above[place]: choices[above[place]]} if place in above else {}
        ordered[place] = words
    return ordered


def _check_choices(texts: list[dict[str, str]], told: Mapping[str, str]) -> None:
    for row in texts:
        place, now = row["place"], row["now"]
        if not is_choice(place):
            continue
        if now not in dict(options(place)):
            raise ValueError("No such choice.")
        if needs_words(place, now) and not told[words_beside(place)].strip():
            raise ValueError("This choice is told in words.")


def _columns(correction: ReportCorrection, part: int) -> dict[str, Any]:
    """What a correction writes into a part, or (0) into the report itself."""
    found: dict[str, Any] = {}
    for row in correction.texts:
        if part_of(row["place"]) == part:
            column = row["place"] if not part else "words"
            found |= columns_of(row["place"], row["now"]) if is_choice(row["place"]) else {column: row["now"]}
    return found


def _take_translations(report: ProgressReport, **who: Any) -> list[dict[str, str]]:
    texts = []
    for row in report.translations.order_by("language"):
        texts.append({"place": "summary", "code": "", "was": row.summary, "now": "", "language": row.language})
        history.remove(row, **who)
    return texts
