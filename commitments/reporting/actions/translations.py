"""The summary of a published report in another language than its own: entered, changed, taken away."""

from datetime import datetime

from django.db import transaction

from commitments.history import actions as history
from commitments.history.actions import EditedMeanwhileError
from commitments.history.enums import ReportState
from commitments.indicators.actions import StepRefusedError
from commitments.reporting.models import ProgressReport, ReportTranslation
from commitments.roles.actor import Actor


def put_summary(
    *, report: ProgressReport, language: str, summary: str, by: Actor, at: datetime, version: int
) -> ReportTranslation | None:
    """Publish the summary of a report in another language; an empty one takes it away.

    `version` is that of the translation that was read, 0 where there was none. Raises
    history.actions.EditedMeanwhileError, and StepRefusedError for a report that is not public.
    """
    with transaction.atomic():
        # The report's row is the lock of a translation that does not exist yet.
        fresh = history.locked(report)
        if fresh.state != ReportState.PUBLISHED:
            raise StepRefusedError(f"summary of a report that is {fresh.state}")
        row = ReportTranslation.objects.filter(report=fresh, language=language).first()
        if row is None:
            blank = ReportTranslation(report=fresh, language=language, summary=summary)
            return history.create(blank, by=by, at=at) if summary else None
        if row.version != version and row.summary != summary:
            raise EditedMeanwhileError(row, {"summary": summary})
        if not summary:
            history.remove(row, by=by, at=at)
            return None
        return history.change(row, by=by, at=at, summary=summary)
