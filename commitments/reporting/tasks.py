"""Background work on what is typed, sent in and wanted on paper. The rows say what is due; Celery only wakes this."""

from celery import shared_task
from django.utils import timezone

from commitments.notices import waking
from commitments.notices.heartbeats import with_heartbeat
from commitments.reporting.actions.printing import TASK
from commitments.reporting.actions.retention import forget
from commitments.reporting.lapses import lapse_statuses
from commitments.reporting.printing import make_waiting


@shared_task(name="reporting.forget")
def forget_what_is_old() -> dict[str, int]:
    """Delete old drafts and used form tokens, and leave a sign of life. What went, counted."""
    return with_heartbeat("forget", lambda: forget(timezone.now()), clock=timezone.now)


@shared_task(name=TASK)
def make_prints() -> dict[str, int]:
    """Make the files that wait, and leave a sign of life. What happened, counted."""
    counts = with_heartbeat("make_prints", lambda: make_waiting(clock=timezone.now), clock=timezone.now)
    if counts.get("left"):
        waking.wake(TASK)
    return counts


@shared_task(name="reporting.lapse_statuses")
def lapse_statuses_by_hand() -> int:
    """End the statuses by hand that have run out; nothing to do on nearly every tick."""
    return lapse_statuses(timezone.now())
