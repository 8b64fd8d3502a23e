"""The periodic scan. The ledger knows what is due; Celery only wakes this."""

from celery import shared_task
from django.utils import timezone

from commitments.notices.delivery import send_due
from commitments.notices.heartbeats import with_heartbeat
from commitments.notices.waking import TASK


@shared_task(name=TASK)
def send() -> dict[str, int]:
    """Send what is due, and leave a sign of life. What happened, counted."""
    return with_heartbeat("send_due", lambda: send_due(clock=timezone.now), clock=timezone.now)
