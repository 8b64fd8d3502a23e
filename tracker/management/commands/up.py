"""Run everything."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone


class Command(BaseCommand):
    """Prepares the database and keeps broker, mailbox, worker, beat and web running until it is told to stop."""

    help = "Prepare the database and run broker, worker, beat, web and (in development) a mailbox under one supervisor."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-demo", action="store_true", help="load no invented people and no open cycle")
        parser.add_argument("--example-reports", action="store_true", help="load marked example records too")

    def handle(self, *args: Any, **options: Any) -> None:
        """Start, wait, say where everything is, watch; on Ctrl-C or SIGTERM stop everything and end well."""
        from tracker.supervisor import preparation, running

        with running.stopping_by_signal():
            try:
                preparation.make_directories()
                with preparation.locked():
                    preparation.check_ports()
                    self._run(demo=not options["no_demo"], example_reports=options["example_reports"])
            except running.StopRequested:
                self._say("Stopped.")

    def _run(self, *, demo: bool, example_reports: bool) -> None:
        from tracker.supervisor import plan, preparation, running, welcome

        supervisor = running.Supervisor(plan.programs(), self._say)
        try:
            supervisor.start(0)
            preparation.bring_up_to_date(self._say, demo=demo, example_reports=example_reports)
            supervisor.wait_until_ready(0)
            supervisor.start(1)
            supervisor.wait_until_ready(1)
            for line in welcome.lines(timezone.now().date()):
                self._say(line)
            supervisor.watch()
        finally:
            self._say("Stopping …")
            supervisor.stop()
            preparation.clear_away()

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
