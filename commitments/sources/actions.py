"""Documents named and files kept: content first, then the row that says whose it is."""

from datetime import datetime, timedelta

from django.contrib.auth import get_user_model
from django.db import transaction

from commitments.history import actions as history
from commitments.intake.files import CheckedFile
from commitments.roles.actor import Actor
from commitments.sources import storing
from commitments.sources.models import Source, StoredFile

NotStoredError = storing.NotStoredError
ONE_DAY = timedelta(days=1)


def cite(source: Source | None, *, by: Actor, at: datetime) -> Source | None:
    """The source as a stored row. A document with an address is stored once; a mere name stays its record's own."""
    if source is None or source.pk is not None:
        return source
    same = Source.objects.filter(
        title=source.title, url=source.url, language=source.language, is_example=source.is_example
    )
    return (same.first() if source.url else None) or history.create(source, by=by, at=at)


def cite_again(now: Source | None, source: Source | None, *, by: Actor, at: datetime) -> Source | None:
    """The source of a record that is changed, as a stored row: the one that is named already, where it is the same."""
    if now is not None and source is not None and (now.title, now.url) == (source.title, source.url):
        return now
    return cite(source, by=by, at=at)


def store_file(*, checked: CheckedFile, by: Actor, at: datetime) -> StoredFile:
    """Keep a checked file, private until what it belongs to is published. Raises NotStoredError.

    The same content is one file on the disk, whoever sends it. The same person sending it again under the same name
    (a second click, the way back and forth) gets the row that is there. A content without a row, after a fault
    between the two, is harmless: the next one to send it uses it.
    """
    storing.write(checked.content, checked.sha256)
    with transaction.atomic():
        # Of two clicks at once, the second waits here.
        get_user_model().objects.select_for_update().filter(pk__in=[by.user_id]).first()
        same = StoredFile.objects.filter(sha256=checked.sha256, name=checked.name, uploaded_by_id=by.user_id)
        known: StoredFile | None = same.order_by("pk").first()
        if known is not None:
            # Sent anew, it counts as sent now: what nobody has used for long is taken away.
            stale = known.uploaded_at < at - ONE_DAY
            return history.change(known, by=by, at=at, uploaded_at=at) if stale else known
        row = StoredFile(
            sha256=checked.sha256,
            name=checked.name,
            media_type=checked.media_type,
            size=checked.size,
            is_stripped=checked.is_stripped,
            uploaded_by_id=by.user_id,
            uploaded_at=at,
        )
        return history.create(row, by=by, at=at)


def forget_file(*, file: StoredFile, before: datetime, by: Actor, at: datetime) -> bool:
    """Take away the row of a file that nothing belongs to, unless it was sent again since a moment. Its history stays.

    Whoever sends the same file at this moment waits, and gets a row of its own. ProtectedError where something
    belongs to it after all.
    """
    with transaction.atomic():
        get_user_model().objects.select_for_update().filter(pk__in=[file.uploaded_by_id]).first()
        fresh = StoredFile.objects.select_for_update().filter(pk=file.pk, uploaded_at__lt=before).first()
        if fresh is None:
            return False
        history.remove(fresh, by=by, at=at, why="nothing belonged to it")
        return True
