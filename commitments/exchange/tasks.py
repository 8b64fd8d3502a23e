"""Background work on what was brought in: a demonstration that runs for weeks must not grow late by itself."""

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from commitments.exchange.demonstration.loading import move_ahead
from commitments.notices.heartbeats import with_heartbeat


@shared_task(name="exchange.keep_demonstration_ahead")
def keep_demonstration_ahead() -> dict[str, int]:
    """Move the invented dates that have come; on a production instance there is nothing to move."""
    if settings.PRODUCTION:
        return {}
    return with_heartbeat("demonstration", lambda: move_ahead(timezone.now()), clock=timezone.now)
