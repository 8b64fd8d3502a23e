"""Close the site for maintenance, and open it again."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from tracker.maintenance import sign


class Command(BaseCommand):
    """Lays down the sign that every web process looks for, or takes it away."""

    help = "Close the site for maintenance (on) and open it again (off). Public pages that are ready go on being sent."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("state", choices=["on", "off"])

    def handle(self, *args: Any, **options: Any) -> None:
        """Close or open, and say so."""
        if options["state"] == "on":
            sign().parent.mkdir(parents=True, exist_ok=True)
            sign().touch()
        else:
            sign().unlink(missing_ok=True)
        self.stdout.write("The site is closed for maintenance." if options["state"] == "on" else "The site is open.")
