"""Real servers of the tests, each private to one run: PostgreSQL, Redis, a mail server, a worker.

As a command it runs another command against a private PostgreSQL:

    python -m tests.servers postgresql pytest tests
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

#: No server of ours needs longer to come up, even on a busy machine.
PATIENCE = 60.0


def free_port() -> int:
    """A port of the loopback address that nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def wait_until(answer: Callable[[], bool], what: str, *, patience: float = PATIENCE) -> None:
    """Ask again until the answer is yes; TimeoutError naming what never came."""
    end = time.monotonic() + patience
    while not answer():
        if time.monotonic() > end:
            raise TimeoutError(f"waited {patience:.0f} s for {what}")
        threading.Event().wait(0.05)


def listens(port: int) -> bool:
    """Whether somebody accepts connections on a loopback port."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def process(command: Sequence[str], **options: Any) -> Iterator[subprocess.Popen[bytes]]:
    """A child process in a group of its own that is gone when the block ends."""
    child = subprocess.Popen(command, start_new_session=True, **options)
    try:
        yield child
    finally:
        stop(child)


def stop(child: subprocess.Popen[bytes], *, grace: float = 10.0) -> int:
    """End a child and its group: politely, then not. Returns its exit code."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        if child.poll() is None:
            try:
                os.killpg(child.pid, sign)
                return child.wait(timeout=grace)
            except (ProcessLookupError, subprocess.TimeoutExpired):
                continue
    return child.wait()


# --- PostgreSQL -------------------------------------------------------------------------------------------------
def _postgres_program(name: str) -> str:
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    found = str(versions[-1]) if versions else shutil.which(name)
    if not found:
        raise RuntimeError(f"{name} is missing: apt-get install postgresql")
    return found


def _postgres_owner() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: then it runs as Debian's own user."""
    if os.getuid() != 0:
        return {}
    entry = pwd.getpwnam("postgres")
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


@contextmanager
def postgresql(kept: Path | None = None) -> Iterator[str]:
    """A private PostgreSQL on a Unix socket, fast and forgetful; yields its DATABASE_URL.

    Its data are gone afterwards, or stay in `kept` for the next time.
    """
    owner = _postgres_owner()
    home = kept or Path(tempfile.mkdtemp(prefix="tracker-pg-"))
    home.mkdir(parents=True, exist_ok=True)
    is_new = not (home / "data").exists()
    if owner:
        os.chown(home, owner["user"], owner["group"])
    try:
        make = [_postgres_program("initdb"), "-D", str(home / "data"), "-U", "tests", "-A", "trust", "--no-sync"]
        make += ["-E", "UTF8", "--locale=C.UTF-8"]
        if is_new:
            subprocess.run(make, check=True, stdout=subprocess.DEVNULL, cwd=home, **owner)
        quick = ["fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=60"]
        command = [_postgres_program("postgres"), "-D", str(home / "data"), "-k", str(home), "-h", ""]
        with process(
            [*command, *(part for option in quick for part in ("-c", option))],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=home, **owner,
        ) as server:  # fmt: skip
            ready = [_postgres_program("pg_isready"), "-h", str(home), "-U", "tests", "-q", "-d", "postgres"]
            wait_until(lambda: subprocess.run(ready, check=False).returncode == 0, "PostgreSQL")
            make = [_postgres_program("createdb"), "-h", str(home), "-U", "tests", "tracker"]
            if is_new:
                subprocess.run(make, check=True, cwd=home)
            yield f"postgres://tests@/{home}/tracker"
            server.send_signal(signal.SIGINT)
            server.wait(PATIENCE)
    finally:
        if kept is None:
            shutil.rmtree(home, ignore_errors=True)


# --- Redis ------------------------------------------------------------------------------------------------------
@contextmanager
def redis(port: int | None = None) -> Iterator[str]:
    """A private Redis on a loopback port, without persistence; yields its REDIS_URL."""
    program = shutil.which("redis-server")
    if not program:
        raise RuntimeError("redis-server is missing: apt-get install redis-server")
    port = port or free_port()
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    with tempfile.TemporaryDirectory(prefix="tracker-redis-") as home, process(
        [*command, "--dir", home], stdout=subprocess.DEVNULL
    ):  # fmt: skip
        wait_until(lambda: listens(port), "Redis")
        yield f"redis://127.0.0.1:{port}/0"


# --- Mail -------------------------------------------------------------------------------------------------------
@dataclass
class SmtpSink:
    """A mail server that keeps what it is given."""

    port: int
    messages: list[EmailMessage] = field(default_factory=list)
    _changed: threading.Condition = field(default_factory=threading.Condition)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802  # aiosmtpd's name
        """Accept one message. The envelope's recipients are kept in X-Rcpt-To."""
        message: Any = message_from_bytes(envelope.content, policy=policy.default)
        message["X-Rcpt-To"] = ", ".join(envelope.rcpt_tos)
        with self._changed:
            self.messages.append(message)
            self._changed.notify_all()
        return "250 OK"

    def wait_for(self, count: int, *, patience: float = PATIENCE) -> list[EmailMessage]:
        """The messages, as soon as there are this many; TimeoutError otherwise."""
        with self._changed:
            if not self._changed.wait_for(lambda: len(self.messages) >= count, timeout=patience):
                raise TimeoutError(f"{len(self.messages)} of {count} messages after {patience:.0f} s")
            return list(self.messages)

    def to(self, address: str) -> list[EmailMessage]:
        """The messages handed over for one address."""
        return [message for message in self.messages if address in message["X-Rcpt-To"].split(", ")]

    @property
    def environment(self) -> dict[str, str]:
        """What a process must be told to send its mail here."""
        return {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(self.port), "EMAIL_USE_TLS": "no"}


@contextmanager
def smtp() -> Iterator[SmtpSink]:
    """A mail server on a loopback port."""
    sink = SmtpSink(port=free_port())
    controller = Controller(sink, hostname="127.0.0.1", port=sink.port)
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()


# --- Worker -----------------------------------------------------------------------------------------------------
@dataclass
class Worker:
    """A Celery worker in a process of its own."""

    child: subprocess.Popen[bytes]
    environment: Mapping[str, str]

    def kill(self) -> None:
        """As a power cut would: no clean-up."""
        os.killpg(self.child.pid, signal.SIGKILL)
        self.child.wait()


@contextmanager
def celery_worker(environment: Mapping[str, str], *, pool: str = "prefork") -> Iterator[Worker]:
    """A real worker of this product; ready when it answers a ping."""
    from tracker.celery import app

    name = f"tests-{os.getpid()}@{socket.gethostname()}"
    command = [sys.executable, "-m", "celery", "-A", "tracker", "worker", "--without-gossip", "--without-mingle"]
    with process(
        [*command, "-P", pool, "-c", "1", "-n", name, "-l", "WARNING"],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tracker.settings", **environment},
        stderr=subprocess.DEVNULL,
    ) as child:
        wait_until(lambda: bool(app.control.ping(destination=[name], timeout=1.0)), "the worker")
        yield Worker(child, environment)


def main(arguments: Sequence[str]) -> int:
    """`postgresql COMMAND …`: run a command with DATABASE_URL of a private PostgreSQL."""
    if len(arguments) < 2 or arguments[0] != "postgresql":
        sys.stderr.write("Usage: python -m tests.servers postgresql COMMAND …\n")
        return 2
    with postgresql() as url:
        return subprocess.run(arguments[1:], env={**os.environ, "DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
