"""Signs of life of the periodic jobs."""

from collections.abc import Callable
from datetime import datetime

from commitments.notices.models import Heartbeat

Clock = Callable[[], datetime]


def with_heartbeat(job: str, work: Callable[[], dict[str, int]], *, clock: Clock) -> dict[str, int]:
    """Do the work of a periodic job and note when it began, when it ended, how, and what it counted."""
    Heartbeat.objects.update_or_create(job=job, defaults={"started_at": clock()})
    try:
        counts = work()
    except Exception:
        Heartbeat.objects.filter(job=job).update(is_ok=False)
        raise
    Heartbeat.objects.filter(job=job).update(finished_at=clock(), is_ok=True, counts=counts)
    return counts
