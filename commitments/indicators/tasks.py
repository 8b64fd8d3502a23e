"""Background work on figures."""

import logging

from celery import shared_task
from django.utils import timezone

from commitments.indicators import counting, statuses
from commitments.notices.heartbeats import with_heartbeat

log = logging.getLogger(__name__)


@shared_task(name="indicators.refresh_statuses")
def refresh_statuses() -> int:
    """When the day has turned, work out the statuses anew; nothing to do on every other tick."""
    written = statuses.refresh_outdated(at=timezone.now())
    counting.gather()
    return written


@shared_task(name=counting.CHECK)
def check_counts() -> dict[str, int]:
    """Hold the kept counts against the record, and leave a sign of life, a bad one where they differ.

    Raises CountsDifferError.
    """
    return with_heartbeat(counting.CHECK, _checked, clock=timezone.now)


def _checked() -> dict[str, int]:
    found = counting.differences()
    for line in found:
        log.error("A kept count is not what the record says: %s", line)
    if found:
        raise counting.CountsDifferError(len(found))
    return {"differences": 0}
