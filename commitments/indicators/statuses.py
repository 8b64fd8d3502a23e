"""The kept statuses: one derived row per public commitment, so that lists need no arithmetic."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from commitments.history.marks import leave_mark
from commitments.indicators.lines import columns_for, rows_for
from commitments.indicators.models import CommitmentStatus
from commitments.indicators.queries import Audience, CommitmentReading, commitment_readings
from commitments.register.models import Commitment

#: How many commitments are read at once: keeps memory flat at any size.
BATCH = 500


def site_day(at: datetime) -> date:
    """The day that the public pages speak of at a moment: the site's, wherever the person is who changes something."""
    return at.astimezone(UTC).date()


def refresh(*, at: datetime, commitments: Iterable[int] | None = None) -> int:
    """Recompute the kept statuses of these commitments, of all when none are named; how many were written."""
    if commitments is None:
        commitments = Commitment.objects.public().values_list("pk", flat=True)
    ids = sorted(commitments)
    return sum(_write(ids[first : first + BATCH], site_day(at)) for first in range(0, len(ids), BATCH))


def refresh_outdated(*, at: datetime) -> int:
    """Recompute what was computed for another day, or never: cheap when there is nothing to do."""
    outdated = (
        Commitment.objects.public()
        .filter(Q(computed__isnull=True) | ~Q(computed__on=site_day(at)))
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    ids = list(outdated)
    return refresh(commitments=ids, at=at) if ids else 0


@transaction.atomic(savepoint=False)
def _write(ids: Sequence[int], on: date) -> int:
    """Recompute some. Their kept rows are locked before anything is read: the last to write has seen every change."""
    if connection.features.has_select_for_update:
        kept = CommitmentStatus.objects.filter(commitment__in=ids)
        list(kept.select_for_update().order_by("commitment_id").values_list("pk"))
    batch = list(rows_for(Audience.STATUSES, _commitments, ids, on))
    readings = commitment_readings(batch, on=on, audience=Audience.STATUSES)
    CommitmentStatus.objects.bulk_create(
        [_row(readings[commitment.pk], on) for commitment in batch],
        update_conflicts=True,
        unique_fields=["commitment"],
        update_fields=["on", "status", "reason", "assessed", "key_count", "last_status", "last_published_at"],
    )
    leave_mark()
    return len(batch)


def _commitments(audience: Audience, ids: Sequence[int], on: date) -> QuerySet[Commitment]:
    rows = Commitment.objects.public().filter(pk__in=ids).order_by("pk")
    return columns_for(audience, rows)


def _row(reading: CommitmentReading, on: date) -> CommitmentStatus:
    result = reading.result
    published = [row.published_at for item in reading.indicators for row in item.measurements if row.published_at]
    return CommitmentStatus(
        commitment=reading.commitment,
        on=on,
        status=result.status.value,
        reason=result.reason.value,
        assessed=result.assessed,
        key_count=result.key_count,
        last_status=result.last_status.value if result.last_status else "",
        last_published_at=max(published, default=None),
    )
