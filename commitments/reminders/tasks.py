"""The periodic planning. Nothing depends on when, how often, or by whom it is run."""

from celery import shared_task
from django.utils import timezone

from commitments.notices.heartbeats import with_heartbeat
from commitments.reminders.actions import plan


@shared_task(name="reminders.plan")
def plan_reminders() -> dict[str, int]:
    """Bring the ledger in line with what is due, and leave a sign of life. What changed, counted."""
    return with_heartbeat("plan", lambda: plan(timezone.now()), clock=timezone.now)
