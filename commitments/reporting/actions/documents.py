"""The documents of a report: added and taken away while its section of documents is open."""

from datetime import datetime
from typing import Any

from django.db import transaction

from commitments.history import actions as history
from commitments.reporting.actions.sections import opened
from commitments.reporting.enums import Section
from commitments.reporting.models import ProgressReport, ReportDocument
from commitments.roles.actor import Actor
from commitments.sources.models import StoredFile


def add_document(
    *, report: ProgressReport, file: StoredFile, title: str, language: str, by: Actor, at: datetime
) -> ReportDocument:
    """Put a kept file beside a report. The same file again changes its title alone. LockedError once it is sent.

    The report itself stays as it is: whoever writes its texts in another window is not interrupted.
    """
    with transaction.atomic():
        fresh = opened(report, Section.DOCUMENTS)
        named: dict[str, Any] = {"title": title or file.name, "language": language}
        known = fresh.documents.filter(file=file).first()
        if known is not None:
            return history.change(known, by=by, at=at, **named)
        return history.create(ReportDocument(report=fresh, file=file, **named), by=by, at=at)


def remove_document(*, document: ReportDocument, by: Actor, at: datetime) -> None:
    """Take a document out of its report; that it was there stays in the history. LockedError once it is sent."""
    with transaction.atomic():
        opened(document.report, Section.DOCUMENTS)
        history.remove(document, by=by, at=at)
