"""Background work on the search."""

import logging

from celery import shared_task
from django.utils import timezone

from commitments.notices.heartbeats import with_heartbeat
from commitments.search.actions import rebuild

log = logging.getLogger(__name__)


@shared_task(name="search.rebuild")
def rebuild_index() -> dict[str, int]:
    """Put right what two changes at one moment left out of the index, and leave a sign of life."""
    return with_heartbeat("search.rebuild", _put_right, clock=timezone.now)


def _put_right() -> dict[str, int]:
    found = rebuild()
    if found:
        log.warning("The search index was not what the record says: %s", found)
    return {"missing": found.missing, "different": found.different, "unfounded": found.unfounded}
