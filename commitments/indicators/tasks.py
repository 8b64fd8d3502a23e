"""Background work on figures."""

from datetime import UTC

from celery import shared_task
from django.utils import timezone

from commitments.indicators import statuses


@shared_task(name="indicators.refresh_statuses")
def refresh_statuses() -> int:
    """When the day has turned, work out the statuses anew; nothing to do on every other tick."""
    now = timezone.now()
    return statuses.refresh_outdated(on=now.astimezone(UTC).date(), at=now)
