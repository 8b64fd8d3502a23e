"""Asking for a report as a file. The row is the truth: a task makes what waits, whoever wakes it."""

from datetime import datetime

from django.db import transaction

from commitments.notices import waking
from commitments.reporting.codes import new_code
from commitments.reporting.enums import PrintState
from commitments.reporting.models import CycleSnapshot, PrintedReport, ProgressReport

#: The task that makes the files, by name.
TASK = "reporting.make_prints"


def ask_for_print(
    *, report: ProgressReport, language: str, by: int | None, at: datetime, wake: bool = True
) -> PrintedReport:
    """Note that a report is wanted as a file in a language; the same wish twice, while it waits, is one."""
    with transaction.atomic():
        same = PrintedReport.objects.filter(report=report, language=language, state=PrintState.WAITING).first()
        if same is not None:
            return same
        row = PrintedReport.objects.create(
            report=report,
            snapshot=CycleSnapshot.objects.filter(cycle_id=report.cycle_id).first(),
            code=new_code(),
            language=language,
            version=report.version,
            asked_by_id=by,
            asked_at=at,
        )
        if wake:
            transaction.on_commit(lambda: waking.wake(TASK), robust=True)
        return row
