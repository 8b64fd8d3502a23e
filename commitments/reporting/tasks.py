"""Background work on what is typed and sent in."""

from celery import shared_task
from django.utils import timezone

from commitments.notices.heartbeats import with_heartbeat
from commitments.reporting.actions.retention import forget


@shared_task(name="reporting.forget")
def forget_what_is_old() -> dict[str, int]:
    """Delete old drafts and used form tokens, and leave a sign of life. What went, counted."""
    return with_heartbeat("forget", lambda: forget(timezone.now()), clock=timezone.now)
