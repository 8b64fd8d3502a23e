"""`manage.py load_demo`: invented people and one open cycle on the real record."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from commitments.exchange.demonstration.loading import NoRecordError, load_demonstration
from commitments.exchange.demonstration.people import RealAccountError
from commitments.exchange.demonstration.secret import kept_password

PASSWORD_FILE = "demo-password"  # noqa: S105  # the name of the file


class Command(BaseCommand):
    """Put the demonstration up. A second run changes nothing; dates that have come are moved ahead."""

    help = "Add invented people, one open cycle and a meeting to the record. Refused under production settings."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whether marked examples are wanted."""
        parser.add_argument("--example-reports", action="store_true", help="add marked example commitments and reports")

    def handle(self, *args: Any, **options: Any) -> None:
        """Put it up and tell who may sign in."""
        if settings.PRODUCTION:
            raise CommandError("A demonstration does not belong on a production instance. Nothing was loaded.")
        file = Path(settings.DATA_DIR) / PASSWORD_FILE
        password = settings.DEMO_PASSWORD or kept_password(file)
        try:
            stage = load_demonstration(password=password, at=timezone.now(), example_reports=options["example_reports"])
        except NoRecordError:
            raise CommandError("Load the record first: manage.py load_reference_data.") from None
        except RealAccountError as problem:
            raise CommandError(f"These accounts belong to real people: {problem}. Nothing was loaded.") from None
        for email in stage.emails:
            self.stdout.write(email)
        self.stdout.write(f"password: {'the one in DEMO_PASSWORD' if settings.DEMO_PASSWORD else f'kept in {file}'}")
        told = f"{len(stage.emails)} people, {stage.due} figures due, the next on {stage.next_due_on or 'no day'}"
        examples = f", {stage.examples} example commitments" if options["example_reports"] else ""
        self.stdout.write(f"{told}, a meeting on {stage.meeting.start}{examples}")
