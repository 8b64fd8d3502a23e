"""How long what is nobody's record is kept: drafts, tokens of sent forms, stray files, what readers reported."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from commitments.history import once
from commitments.history.marks import forget_marks
from commitments.indicators.models import Evidence
from commitments.mistakes.actions import MISTAKES_KEPT, forget_mistakes
from commitments.reporting.models import Draft, PrintedReport, ReportDocument
from commitments.roles.actor import Actor
from commitments.roles.enums import Door
from commitments.sources import storing
from commitments.sources.actions import forget_file
from commitments.sources.models import StoredFile

#: A draft is private and nobody rests on it: what was not touched for so long is forgotten.
DRAFTS_KEPT = timedelta(days=90)
#: Nobody sends a form again that was sent so long ago; until then its token leads to what came of it.
TOKENS_KEPT = timedelta(days=30)
#: No change takes so long to commit: older marks of changes tell nothing new.
MARKS_KEPT = timedelta(days=2)
#: A file may wait so long, beside no draft even, before it is taken for left behind; a content without a row as well.
FILES_KEPT = timedelta(days=30)
#: So many files are taken away at once; the rest waits for the next hour.
MOST_FILES = 500
HOURS = 24


def forget(at: datetime) -> dict[str, int]:
    """Delete what has been kept long enough. What went, counted; the second time nothing does."""
    drafts, _models = Draft.objects.filter(saved_at__lt=at - DRAFTS_KEPT).delete()
    return {
        "drafts": drafts,
        "tokens": once.forget(before=at - TOKENS_KEPT),
        "marks": forget_marks(before=at - MARKS_KEPT),
        "files": forget_files(at),
        "contents": sweep_contents(at),
        "mistakes": forget_mistakes(before=at - MISTAKES_KEPT),
    }


def forget_files(at: datetime) -> int:
    """Take away files that were sent long ago, and that nothing ever belonged to and no draft remembers. How many.

    What stood beside something once stays, taken away from there or not: the history names it.
    """
    before, by = at - FILES_KEPT, Actor.process("forget", door=Door.TASK)
    drafts = Draft.objects.filter(fields__has_key="file").values_list("fields__file", flat=True)
    remembered = [int(key) for key in drafts if str(key).isdecimal()]
    rows = StoredFile.objects.filter(uploaded_at__lt=before).exclude(pk__in=remembered)
    belonging: tuple[Any, ...] = (
        *(Evidence.history, Evidence.objects),
        *(ReportDocument.history, ReportDocument.objects),
    )
    for told in belonging:
        rows = rows.exclude(pk__in=told.filter(file_id__isnull=False).values("file_id"))
    return sum(_forget_file(row, before, by, at) for row in rows.order_by("pk")[:MOST_FILES])


def _forget_file(row: StoredFile, before: datetime, by: Actor, at: datetime) -> bool:
    try:
        with transaction.atomic():
            return forget_file(file=row, before=before, by=by, at=at)
    except (IntegrityError, ProtectedError):  # something belongs to it since a moment ago
        return False


def sweep_contents(at: datetime, folders: Collection[str] | None = None) -> int:
    """Delete contents on the disk that no row speaks of any more: every hour a part of the folders. How many."""
    if not (StoredFile.objects.exists() or PrintedReport.objects.exclude(content_sha256="").exists()):
        return 0  # a database that knows of no file at all is more likely a wrong one
    mine = [name for number, name in enumerate(storing.folders()) if number % HOURS == at.hour]
    return sum(
        storing.sweep(folder, before=at - FILES_KEPT, wanted=wanted)
        for folder in (mine if folders is None else folders)
    )


def wanted(hashes: Collection[str]) -> set[str]:
    """Which of these contents some file or print speaks of. Two queries for each five hundred."""
    told, found = list(hashes), set[str]()
    for first in range(0, len(told), MOST_FILES):
        some = told[first : first + MOST_FILES]
        found |= {*StoredFile.objects.filter(sha256__in=some).values_list("sha256", flat=True)}
        found |= {*PrintedReport.objects.filter(content_sha256__in=some).values_list("content_sha256", flat=True)}
    return found
