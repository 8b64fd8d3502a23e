"""What must be true before the programs start: directories, free ports, tables, records."""

import errno
import fcntl
import os
import shutil
import socket
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import CommandError
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.executor import MigrationExecutor

from tracker import gunicorn_conf
from tracker.assets.building import build_all
from tracker.supervisor import plan


def make_directories() -> None:
    """The data directory and what lies in it, for this user alone; CommandError when it is somebody else's."""
    for path in (settings.DATA_DIR, settings.RUN_DIR, log_dir(), plan.broker_dir(), plan.mailbox_dir()):
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        held = path.lstat()
        if not stat.S_ISDIR(held.st_mode) or held.st_uid != os.getuid():
            raise CommandError(f"{path} must be a directory of the user who starts the tracker.")
        path.chmod(0o700)
    # A schedule kept from the last run would delay the first look at what is due.
    for kept in Path(settings.RUN_DIR).glob("beat*"):
        kept.unlink()


def clear_away() -> None:
    """Leave no sockets behind: a short runtime directory outside the data directory lives only while something runs."""
    if not Path(settings.RUN_DIR).is_relative_to(settings.DATA_DIR):
        shutil.rmtree(settings.RUN_DIR, ignore_errors=True)


def log_dir() -> Path:
    """Where each program writes what it has to say."""
    return Path(settings.DATA_DIR) / "log"


@contextmanager
def locked() -> Iterator[None]:
    """The right to run on this data directory; CommandError when another supervisor has it."""
    with (Path(settings.DATA_DIR) / "up.lock").open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CommandError(
                f"The tracker already runs on {settings.DATA_DIR}: stop it, or choose another DATA_DIR and PORT."
            ) from None
        yield


def check_ports() -> None:
    """Every port that will be listened on is free; CommandError naming the one that is not."""
    wanted = [("PORT", gunicorn_conf.HOST, settings.PORT)]
    if plan.needs_mailbox():
        wanted.append(("MAILBOX_SMTP_PORT", "127.0.0.1", settings.MAILBOX_SMTP_PORT))
        wanted.append(("MAILBOX_PAGE_PORT", "127.0.0.1", settings.MAILBOX_PAGE_PORT))
    for variable, host, port in wanted:
        _check_port(variable, host, port)


def _check_port(variable: str, host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            if problem.errno == errno.EADDRINUSE:
                raise CommandError(f"Port {port} is in use: choose another one with {variable}=…") from None
            raise CommandError(f"Cannot listen on {host}:{port} ({variable}): {problem.strerror}.") from None


def bring_up_to_date(say: Callable[[str], None], *, demo: bool, example_reports: bool) -> None:
    """Built assets, migrated tables, loaded records. Each step finds out fast that there is nothing to do."""
    if built := build_all():
        say(f"Built: {', '.join(built)}.")
    migrated = _migrate(say)
    available = get_commands()
    if "load_reference_data" in available:
        say(f"Reference data: {_last_line('load_reference_data')}.")
    if demo and not settings.PRODUCTION and "load_demo" in available:
        say(f"Demonstration: {_last_line('load_demo', example_reports=example_reports)}.")
    if migrated and "search_index" in available:
        # Migrations write past the path that keeps the index in step.
        say(f"Search index: {_last_line('search_index', rebuild=True)}.")
    connections.close_all()


def _migrate(say: Callable[[str], None]) -> bool:
    """Migrate, and say so, only when a migration is missing: the full command rebuilds its view of every model."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    say("Bringing the tables of the database up to date …")
    call_command("migrate", interactive=False, verbosity=0)
    return True


def _last_line(command: str, **options: bool) -> str:
    """Run a command that tells all it does, and keep its summary."""
    told = StringIO()
    call_command(command, stdout=told, **{name: value for name, value in options.items() if value})
    lines = told.getvalue().strip().splitlines()
    return lines[-1].rstrip(".") if lines else "nothing to do"
