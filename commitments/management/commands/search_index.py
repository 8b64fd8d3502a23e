"""The search index by hand: compare it with the record, or put right what is not as the record says."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from commitments.search.actions import Differences, compare, rebuild


class Command(BaseCommand):
    """Compares, and rebuilds where asked."""

    help = (
        "Compares the index of the search with the record and fails where they differ; with --rebuild, puts it right"
        " first. Every change of the record keeps it up to date: this is for a database that was changed otherwise."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """One switch."""
        parser.add_argument("--rebuild", action="store_true", help="write what is missing, wrong or too much")

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what differed; fail where something still does."""
        if options["rebuild"]:
            self.stdout.write(f"put right: {_words(rebuild())}")
            return
        found = compare()
        for kind, differences in found.items():
            self.stdout.write(f"{kind}: {_words(differences)}")
        if any(found.values()):
            raise CommandError("The index is not what the record says: run search_index --rebuild.")


def _words(differences: Differences) -> str:
    if not differences:
        return "as the record says"
    return f"missing {differences.missing}, different {differences.different}, unfounded {differences.unfounded}"
