"""The steps of a report: kept, sent, accepted, published, returned. One transaction each."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from commitments.history import actions as history
from commitments.history.enums import ReportState
from commitments.indicators.actions import OwnWorkError, StepRefusedError
from commitments.reporting import closing
from commitments.reporting.actions.sections import LockedError
from commitments.reporting.enums import Section
from commitments.reporting.models import ProgressReport, ReportFigures, ReportPart, ReportQuestion
from commitments.reporting.queries import Missing, missing_answers
from commitments.roles.actor import Actor


@dataclass(frozen=True, slots=True)
class ReportText:
    """What a group writes in the standard format, or why it cannot."""

    summary: str
    obstacles: str
    language: str
    purpose: str = ""
    outcomes: str = ""
    cannot_reason: str = ""
    cannot_words: str = ""

    def columns(self) -> dict[str, Any]:
        """The text as columns of a report."""
        return asdict(self)


def save_report(
    *, report: ProgressReport, text: ReportText, by: Actor, at: datetime, version: int | None = None
) -> ProgressReport:
    """Keep the text of a report that is not sent yet; a returned one stays returned."""
    with transaction.atomic():
        fresh = history.locked(report)
        if fresh.state not in {ReportState.NOT_DUE, ReportState.DUE, ReportState.DRAFT, ReportState.RETURNED}:
            raise StepRefusedError(f"{fresh.state} → draft")
        _refuse_closed(fresh)
        state = fresh.state if fresh.state == ReportState.RETURNED else ReportState.DRAFT
        return history.change(fresh, by=by, at=at, version=version, state=state, **text.columns())


def send_report(
    *,
    report: ProgressReport,
    by: Actor,
    at: datetime,
    text: ReportText | None = None,
    answers: Mapping[int, str] | None = None,
    version: int | None = None,
    on_behalf: bool = False,
) -> ProgressReport:
    """Send a report to the secretariat; a returned one with an answer to each open question, by the question's id.

    Raises UnfinishedReportError where something asked has no answer, UnansweredQuestionError for a question,
    LockedError in a closed cycle. `on_behalf`: the secretariat sends it for a country, and has said on what basis.
    """
    with transaction.atomic():
        fresh = _step(report, ReportState.SENT, version)
        _refuse_closed(fresh)
        # Before the questions are closed: an objection opens all of the report, and asks for all of it again.
        missing = missing_answers(fresh) if text is None else None
        _answer(fresh, answers or {}, by=by, at=at)
        if missing and (missing.parts or missing.entries):
            raise UnfinishedReportError(missing)
        if on_behalf and not fresh.behalf_basis:
            raise StepRefusedError("Nobody has said what this rests on.")
        return history.change(
            fresh,
            by=by,
            at=at,
            state=ReportState.SENT,
            sent_by_id=by.user_id,
            sent_at=at,
            is_on_behalf=on_behalf,
            reviewed_by_id=None,
            reviewed_at=None,
            **(text.columns() if text is not None else {}),
        )


def confirm_report(*, report: ProgressReport, by: Actor, at: datetime, version: int | None = None) -> ProgressReport:
    """The focal point confirms a report that the secretariat wrote for the country: that accepts it."""
    with transaction.atomic():
        fresh = _step(report, ReportState.ACCEPTED, version)
        _refuse_own(fresh, by)
        if not fresh.is_on_behalf:
            raise StepRefusedError("Only a report written on behalf of the country is confirmed.")
        return history.change(
            fresh,
            by=by,
            at=at,
            state=ReportState.ACCEPTED,
            confirmed_by_id=by.user_id,
            confirmed_at=at,
            accepted_by_id=by.user_id,
            accepted_at=at,
        )


def take_up_report(*, report: ProgressReport, by: Actor, at: datetime, version: int | None = None) -> ProgressReport:
    """Take a report up for review, or take it over from a colleague: nobody else decides on it meanwhile."""
    with transaction.atomic():
        fresh = history.locked(report, version=version)
        if not ReportState(fresh.state).waits_for_review:
            raise StepRefusedError(f"{fresh.state} → in review")
        _refuse_own(fresh, by)
        if fresh.taken_up_by == by.user_id:
            return fresh
        return history.change(
            fresh, by=by, at=at, state=ReportState.IN_REVIEW, reviewed_by_id=by.user_id, reviewed_at=at
        )


def accept_report(
    *, report: ProgressReport, by: Actor, at: datetime, why: str = "", version: int | None = None
) -> ProgressReport:
    """Accept a report after review. OwnWorkError for the person who sent it."""
    with transaction.atomic():
        fresh = _step(report, ReportState.ACCEPTED, version)
        _refuse_own(fresh, by)
        return history.change(
            fresh, by=by, at=at, why=why, state=ReportState.ACCEPTED, accepted_by_id=by.user_id, accepted_at=at
        )


def publish_report(
    *, report: ProgressReport, by: Actor, at: datetime, public_reason: str = "", version: int | None = None
) -> ProgressReport:
    """Make an accepted report public."""
    with transaction.atomic():
        fresh = _step(report, ReportState.PUBLISHED, version)
        _freeze_figures(fresh, at)
        return history.change(
            fresh,
            by=by,
            at=at,
            public_reason=public_reason,
            state=ReportState.PUBLISHED,
            published_by_id=by.user_id,
            published_at=at,
        )


def _freeze_figures(report: ProgressReport, at: datetime) -> None:
    """The words of a group speak of the figures of their day: both stand from then on. A closed cycle has its copy."""
    if report.group_id is None or report.cycle.closed_at is not None:
        return
    if not ReportFigures.objects.filter(report=report).exists():
        content = closing.of_group(report.group_id, at=at)
        ReportFigures.objects.create(report=report, content=content, taken_at=at)


def accept_and_publish_report(
    *, report: ProgressReport, by: Actor, at: datetime, version: int | None = None
) -> ProgressReport:
    """Accept and publish a report in one step of the secretariat."""
    with transaction.atomic():
        accepted = accept_report(report=report, by=by, at=at, version=version)
        return publish_report(report=accepted, by=by, at=at)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the secretariat, and the place of the report that it is about."""

    text: str
    section: Section
    part: ReportPart | None = None


def return_report(
    *,
    report: ProgressReport,
    questions: Sequence[Asked],
    due_on: date,
    by: Actor,
    at: datetime,
    version: int | None = None,
) -> ProgressReport:
    """Return a report with one or more questions and a date to answer by. Raises ValueError without a question."""
    if not questions:
        raise ValueError("A report goes back with a question.")
    with transaction.atomic():
        fresh = _step(report, ReportState.RETURNED, version)
        for asked in questions:
            row = ReportQuestion(
                report=fresh,
                section=asked.section,
                part=asked.part,
                text=asked.text,
                asked_by_id=by.user_id,
                asked_at=at,
            )
            history.create(row, by=by, at=at)
        return history.change(
            fresh,
            by=by,
            at=at,
            why=questions[0].text,
            state=ReportState.RETURNED,
            question_due_on=due_on,
            accepted_by_id=None,
            accepted_at=None,
            confirmed_by_id=None,
            confirmed_at=None,
        )


class UnansweredQuestionError(Exception):
    """A returned report goes back to the secretariat with an answer to each question."""


class UnfinishedReportError(Exception):
    """Something that the report is asked has no answer yet; `missing` says what."""

    def __init__(self, missing: Missing) -> None:
        super().__init__(f"{len(missing.parts)} commitments, {len(missing.entries)} figures")
        self.missing = missing


def _answer(report: ProgressReport, answers: Mapping[int, str], *, by: Actor, at: datetime) -> None:
    for question in report.questions.filter(answered_at__isnull=True):
        text = answers.get(question.pk, question.answer).strip()
        if not text and not question.is_objection:
            raise UnansweredQuestionError(question.pk)
        history.change(question, by=by, at=at, answer=text, answered_by_id=by.user_id, answered_at=at)


def _step(report: ProgressReport, to: ReportState, version: int | None) -> ProgressReport:
    fresh = history.locked(report, version=version)
    state = ReportState(fresh.state)
    lawful = to in state.may_become or (to is ReportState.SENT and state in {ReportState.DUE, ReportState.NOT_DUE})
    if not lawful:
        raise StepRefusedError(f"{state} → {to}")
    return fresh


def _refuse_own(report: ProgressReport, by: Actor) -> None:
    if by.user_id is not None and report.sent_by_id == by.user_id:
        raise OwnWorkError(str(report.pk))


def _refuse_closed(report: ProgressReport) -> None:
    """A closed cycle takes nothing new; what was returned can still be answered."""
    if report.cycle.closed_at is not None and report.state != ReportState.RETURNED:
        raise LockedError("The cycle is closed.")
