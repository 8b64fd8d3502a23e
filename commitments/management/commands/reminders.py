"""Plan and send what is due, and do what else is done by the clock, without Celery: for cron, and by hand."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from commitments.exchange.tasks import keep_demonstration_ahead
from commitments.indicators.tasks import refresh_statuses
from commitments.notices.tasks import send
from commitments.reminders.tasks import plan_reminders
from commitments.reporting.tasks import forget_what_is_old, lapse_statuses_by_hand, make_prints


class Command(BaseCommand):
    """The same path that the worker's ticks take, run in the foreground."""

    help = (
        "Plans reminders and sends what is due, works out statuses for a new day, makes the prints that wait and"
        " forgets old drafts, in the foreground; may be run by cron, or beside a worker."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """`--once` is spelled out, so that nobody takes this for a service that stays."""
        parser.add_argument("--once", action="store_true", required=True, help="plan and send one time, then stop")

    def handle(self, *args: Any, **options: Any) -> None:
        """Move invented dates, plan, send, tidy; say what happened."""
        if moved := keep_demonstration_ahead():
            self.stdout.write(f"demonstration moved: {_words(moved)}")
        self.stdout.write(f"planned: {_words(plan_reminders())}")
        self.stdout.write(f"sent: {_words(send())}")
        self.stdout.write(f"statuses worked out: {refresh_statuses()}")
        self.stdout.write(f"statuses by hand ended: {lapse_statuses_by_hand()}")
        self.stdout.write(f"prints: {_words(make_prints())}")
        self.stdout.write(f"forgotten: {_words(forget_what_is_old())}")


def _words(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))
