"""Hold the kept counts against the record."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from commitments.indicators import counting


class Command(BaseCommand):
    """Says each difference, and ends with 1 where there is any."""

    help = "Compares the kept counts of commitments with the record itself; ends with 1 where they differ."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--repair` makes them anew."""
        parser.add_argument("--repair", action="store_true", help="make the counts anew where they differ")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare, tell, repair."""
        found = counting.differences()
        for line in found:
            self.stdout.write(line)
        if found and options["repair"]:
            counting.repair()
            self.stdout.write(f"{len(found)} differences; the counts were made anew.")
        elif found:
            raise CommandError(f"{len(found)} differences. --repair makes the counts anew.", returncode=1)
        else:
            self.stdout.write("The counts are what the record says.")
