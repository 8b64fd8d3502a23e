"""Build font subsets, style sheet, message catalogues and static files."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    """Leaves out every step whose inputs are the same as last time."""

    help = "Build the font subsets, the style sheet, the message catalogues and the static files, as far as needed."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--force", action="store_true", help="build everything anew")

    def handle(self, *args: Any, **options: Any) -> None:
        """Build, and say what was built."""
        from tracker.assets.building import build_all

        built = build_all(force=options["force"])
        self.stdout.write(f"Built: {', '.join(built)}." if built else "Assets are up to date.")
