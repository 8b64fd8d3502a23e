"""Plan and send what is due, without Celery: for cron where there is no worker, and by hand."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from commitments.notices.tasks import send
from commitments.reminders.tasks import plan_reminders


class Command(BaseCommand):
    """The same path that the worker's ticks take, run in the foreground."""

    help = "Plans reminders and sends what is due, in the foreground; may be run by cron, or beside a worker."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--once` is spelled out, so that nobody takes this for a service that stays."""
        parser.add_argument("--once", action="store_true", required=True, help="plan and send one time, then stop")

    def handle(self, *args: Any, **options: Any) -> None:
        """Plan, then send; say what happened."""
        self.stdout.write(f"planned: {_words(plan_reminders())}")
        self.stdout.write(f"sent: {_words(send())}")


def _words(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items()))
