"""Background work on figures."""

from celery import shared_task
from django.utils import timezone

from commitments.indicators import statuses


@shared_task(name="indicators.refresh_statuses")
def refresh_statuses() -> int:
    """When the day has turned, work out the statuses anew; nothing to do on every other tick."""
    return statuses.refresh_outdated(at=timezone.now())
