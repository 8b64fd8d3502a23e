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
from commitments.reporting.actions.sections import LockedError
from commitments.reporting.models import ProgressReport, ReportCorrection, ReportPart, ReportQuestion
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


def part_place(part: ReportPart) -> str:
    """The name of the words on one commitment, among the texts of a correction."""
    return f"part-{part.pk}"


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
    """Propose other words for places of an accepted or published report; somebody else decides.

    `words` are by column, or by the place of a part. Raises ValueError without a reason for the public or for what is
    no place of it, NothingToCorrectError where nothing differs, LockedError in any other state, StepRefusedError while
    another correction waits.
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
        who: dict[str, Any] = {"by": by, "at": at, "public_reason": fresh.reason}
        columns = {row["place"]: row["now"] for row in fresh.texts if row["place"] in WORDS}
        history.change(report, **who, corrected_at=at, **columns)
        for part in report.parts.filter(pk__in=[_number(row["place"]) for row in fresh.texts]):
            now = next(row["now"] for row in fresh.texts if row["place"] == part_place(part))
            history.change(part, **who, words=now)
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
    """The words of a report as they stand, each by its place, with the code of the commitment that a part is about."""
    stand = {name: ("", getattr(report, name)) for name in WORDS}
    parts = report.parts.select_related("commitment").order_by("commitment__code", "id")
    return stand | {part_place(part): (part.commitment.code, part.words) for part in parts}


def _number(place: str) -> int:
    return int(place.removeprefix("part-")) if place.startswith("part-") else 0


def _take_translations(report: ProgressReport, **who: Any) -> list[dict[str, str]]:
    texts = []
    for row in report.translations.order_by("language"):
        texts.append({"place": "summary", "code": "", "was": row.summary, "now": "", "language": row.language})
        history.remove(row, **who)
    return texts
