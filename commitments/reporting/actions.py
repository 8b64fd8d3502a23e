"""The steps of what is sent in: figures of a cycle, group reports, and the drafts behind them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from commitments.history import actions as history
from commitments.history.enums import ReportState
from commitments.indicators import actions as figures
from commitments.indicators.actions import OwnWorkError, StepRefusedError
from commitments.indicators.models import Figure, Measurement, Series
from commitments.reporting.models import Draft, ProgressReport, ReportEntry
from commitments.roles.actor import Actor


class AlreadySentError(Exception):
    """There is no draft any more: what it held was sent a moment ago."""


def send_figure(
    *, series: Series, figure: Figure, unchanged: bool, by: Actor, at: datetime, on_behalf: bool = False
) -> Measurement:
    """Send a figure in for review; what is due for it in an open cycle is met by it.

    The person's draft goes with it, exactly once: AlreadySentError for the second of two clicks.
    """
    with transaction.atomic():
        take_draft(user_id=by.user_id, form="update", key=series.indicator.code)
        measurement = figures.enter_measurement(series=series, figure=figure, by=by, at=at, on_behalf=on_behalf)
        owed = ReportEntry.objects.select_for_update().filter(
            series=series,
            measurement__isnull=True,
            report__cycle__opens_on__lte=at.date(),
            report__cycle__closes_on__gte=at.date(),
            report__cycle__period_start__lte=figure.as_of.last_day,
        )
        for entry in owed:
            history.change(entry, by=by, at=at, measurement=measurement, is_unchanged=unchanged)
        return measurement


def answer_question(
    *,
    measurement: Measurement,
    figure: Figure,
    answer: str,
    by: Actor,
    at: datetime,
    version: int | None = None,
    on_behalf: bool = False,
) -> Measurement:
    """Answer the secretariat's question on a returned figure, or put a sent one right, and send it again."""
    with transaction.atomic():
        take_draft(user_id=by.user_id, form="update", key=measurement.series.indicator.code)
        return figures.send_again(
            measurement=measurement,
            figure=figure,
            answer=answer,
            by=by,
            at=at,
            version=version,
            on_behalf=on_behalf,
        )


@dataclass(frozen=True, slots=True)
class ReportText:
    """What a group writes on its one page."""

    summary: str
    obstacles: str
    language: str

    def columns(self) -> dict[str, Any]:
        """The text as columns of a report."""
        return {"summary": self.summary, "obstacles": self.obstacles, "language": self.language}


def save_report(
    *, report: ProgressReport, text: ReportText, by: Actor, at: datetime, version: int | None = None
) -> ProgressReport:
    """Keep the text of a report that is not sent yet; a returned one stays returned."""
    with transaction.atomic():
        fresh = history.locked(report)
        if fresh.state not in {ReportState.NOT_DUE, ReportState.DUE, ReportState.DRAFT, ReportState.RETURNED}:
            raise StepRefusedError(f"{fresh.state} → draft")
        state = fresh.state if fresh.state == ReportState.RETURNED else ReportState.DRAFT
        return history.change(fresh, by=by, at=at, version=version, state=state, **text.columns())


def send_report(
    *,
    report: ProgressReport,
    text: ReportText,
    by: Actor,
    at: datetime,
    answer: str = "",
    version: int | None = None,
) -> ProgressReport:
    """Send a report to the secretariat."""
    with transaction.atomic():
        fresh = _step(report, ReportState.SENT, version)
        return history.change(
            fresh,
            by=by,
            at=at,
            why=answer,
            answer=answer,
            state=ReportState.SENT,
            sent_by_id=by.user_id,
            sent_at=at,
            **text.columns(),
        )


def accept_report(
    *, report: ProgressReport, by: Actor, at: datetime, why: str = "", version: int | None = None
) -> ProgressReport:
    """Accept a report after review. OwnWorkError for the person who sent it."""
    with transaction.atomic():
        fresh = _step(report, ReportState.ACCEPTED, version)
        if by.user_id is not None and fresh.sent_by_id == by.user_id:
            raise OwnWorkError(str(fresh.pk))
        return history.change(
            fresh, by=by, at=at, why=why, state=ReportState.ACCEPTED, accepted_by_id=by.user_id, accepted_at=at
        )


def publish_report(
    *, report: ProgressReport, by: Actor, at: datetime, public_reason: str = "", version: int | None = None
) -> ProgressReport:
    """Make an accepted report public."""
    with transaction.atomic():
        fresh = _step(report, ReportState.PUBLISHED, version)
        return history.change(
            fresh,
            by=by,
            at=at,
            public_reason=public_reason,
            state=ReportState.PUBLISHED,
            published_by_id=by.user_id,
            published_at=at,
        )


def accept_and_publish_report(
    *, report: ProgressReport, by: Actor, at: datetime, version: int | None = None
) -> ProgressReport:
    """Accept and publish a report in one step of the secretariat."""
    with transaction.atomic():
        accepted = accept_report(report=report, by=by, at=at, version=version)
        return publish_report(report=accepted, by=by, at=at)


def return_report(
    *, report: ProgressReport, question: str, due_on: date, by: Actor, at: datetime, version: int | None = None
) -> ProgressReport:
    """Return a report with a question and a date to answer by."""
    with transaction.atomic():
        fresh = _step(report, ReportState.RETURNED, version)
        return history.change(
            fresh,
            by=by,
            at=at,
            why=question,
            state=ReportState.RETURNED,
            question=question,
            question_due_on=due_on,
            answer="",
            accepted_by_id=None,
            accepted_at=None,
        )


def _step(report: ProgressReport, to: ReportState, version: int | None) -> ProgressReport:
    fresh = history.locked(report, version=version)
    state = ReportState(fresh.state)
    lawful = to in state.may_become or (to is ReportState.SENT and state in {ReportState.DUE, ReportState.NOT_DUE})
    if not lawful:
        raise StepRefusedError(f"{state} → {to}")
    return fresh


def keep_draft(*, user_id: int, form: str, key: str, fields: dict[str, Any], version_read: int, at: datetime) -> Draft:
    """Keep what a person has typed, as typed, for nobody but them."""
    draft, _created = Draft.objects.update_or_create(
        user_id=user_id,
        form=form,
        key=key,
        defaults={"fields": fields, "version_read": version_read, "saved_at": at},
    )
    return draft


def take_draft(*, user_id: int | None, form: str, key: str) -> None:
    """Use up a draft inside a transaction; AlreadySentError when it is gone."""
    gone, _rows = Draft.objects.filter(user_id=user_id or 0, form=form, key=key).delete()
    if not gone:
        raise AlreadySentError(key)


def discard_draft(*, user_id: int, form: str, key: str) -> None:
    """Forget a draft: it was sent, or the person said so."""
    Draft.objects.filter(user_id=user_id, form=form, key=key).delete()


def draft_of(*, user_id: int, form: str, key: str) -> Draft | None:
    """The draft of a person for a form and record."""
    return Draft.objects.filter(user_id=user_id, form=form, key=key).first()
