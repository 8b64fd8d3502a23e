"""Taking off the site what must not stand there: a document, or the words of why something cannot be reported."""

from datetime import datetime
from typing import Any

from django.db import transaction

from commitments.history import actions as history
from commitments.history.actions import EditedMeanwhileError
from commitments.history.enums import ReportState
from commitments.history.marks import leave_mark
from commitments.indicators.actions import StepRefusedError
from commitments.indicators.models import Evidence
from commitments.reporting.models import ProgressReport, ReportCorrection, ReportDocument, ReportEntry
from commitments.roles.actor import Actor

#: What can be withdrawn: a document, or the words of an entry or of a report.
Withdrawn = Evidence | ReportDocument | ReportEntry | ProgressReport


def withdraw(*, thing: Withdrawn, reason: str, language: str, by: Actor, at: datetime, version: int) -> None:
    """Take a published document or text off the site; the date and the public reason stand in its place.

    A file is withdrawn wherever it stands: the same content elsewhere too. Files of the report made before are handed
    out no more. Nobody outside sees what stood there; its history keeps it. There is no way back but to add it anew.
    Raises EditedMeanwhileError, and StepRefusedError for what is withdrawn already.
    """
    said: dict[str, Any] = {"withdrawn_at": at, "withdrawn_reason": reason, "withdrawn_language": language}
    who: dict[str, Any] = {"by": by, "at": at, "public_reason": reason}
    with transaction.atomic():
        rows = _same_as(thing)
        reports = _locked_reports(thing, rows)
        for row in rows:
            fresh = reports.get(row.pk) if isinstance(row, ProgressReport) else None
            fresh = fresh or history.locked(row)
            if row == thing and fresh.version != version:
                raise EditedMeanwhileError(fresh, {})
            if row == thing and fresh.withdrawn_at is not None:
                raise StepRefusedError("withdrawn already")
            words: dict[str, Any] = {"cannot_words": ""} if isinstance(row, ReportEntry | ProgressReport) else {}
            history.change(fresh, **who, **said, **words)
        for report in reports.values():
            history.change(report, **who, files_since=at)
        if isinstance(thing, ProgressReport):
            _withhold(thing, who)
        leave_mark(takes_away=True)


def _same_as(thing: Withdrawn) -> list[Withdrawn]:
    """The thing itself and, of a file, whatever else holds the same content and is not withdrawn."""
    file = getattr(thing, "file", None)
    if file is None:
        return [thing]
    found: list[Withdrawn] = [thing]
    for model in (Evidence, ReportDocument):
        same = model.objects.filter(file__sha256=file.sha256, withdrawn_at=None).order_by("pk")
        found += [row for row in same.select_related("file") if row != thing]
    return found


def _locked_reports(thing: Withdrawn, rows: list[Withdrawn]) -> dict[int, ProgressReport]:
    """The reports in which any of it stands, locked in their order before anything else."""
    ids = {row.report_id for row in rows if isinstance(row, ReportDocument | ReportEntry)}
    ids |= {thing.pk} if isinstance(thing, ProgressReport) else set()
    found = ProgressReport.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    return {report.pk: report for report in found}


def _withhold(report: ProgressReport, who: dict[str, Any]) -> None:
    """Words that were put right before are shown to nobody outside either."""
    for row in ReportCorrection.objects.filter(report=report, state=ReportState.PUBLISHED, is_withheld=False):
        if any(text["place"] == "cannot_words" for text in row.texts):
            history.change(row, **who, is_withheld=True)
