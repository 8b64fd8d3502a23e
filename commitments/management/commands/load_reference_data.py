"""`manage.py load_reference_data`: the record of public facts, from files into the database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from commitments.exchange.reference.loading import load_reference_data
from commitments.exchange.reference.problems import BrokenFilesError


class Command(BaseCommand):
    """Load the record; tell what was created, changed, left, and kept for later."""

    help = "Load the record of public facts. All of it or nothing; a second run changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where the files are, and whether to store anything."""
        parser.add_argument("--dry-run", action="store_true", help="only tell what would happen")
        parser.add_argument("--from", type=Path, metavar="DIRECTORY", help="files of the same format from elsewhere")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and tell; a broken file ends with every problem named and nothing loaded."""
        try:
            report = load_reference_data(at=timezone.now(), directory=options["from"], dry_run=options["dry_run"])
        except BrokenFilesError as refusal:
            raise CommandError(f"{refusal}\nNothing was loaded.") from refusal
        if options["dry_run"]:
            self.stdout.write("Dry run: nothing was stored.")
        for line in report.lines():
            self.stdout.write(line)
