"""One command runs everything, and leaves nothing behind however it ends."""

import http.client
import os
import signal
import smtplib
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from redis import Redis, RedisError

from tests import servers
from tracker import environment

pytestmark = [pytest.mark.servers, pytest.mark.once]
ROOT = Path(__file__).resolve().parents[2]
READY = "Stop with Ctrl-C."


def processes_of(data_dir: Path) -> list[int]:
    """Every process that was told this data directory or works in it, whoever its parent is by now."""
    mark = f"DATA_DIR={data_dir}".encode()
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            # The broker writes its title over its environment, but works in its own directory.
            told = mark in (entry / "environ").read_bytes().split(b"\0")
            if (told or (entry / "cwd").readlink().is_relative_to(data_dir)) and (entry / "cmdline").read_bytes():
                found.append(int(entry.name))
        except (FileNotFoundError, PermissionError, ProcessLookupError):
            continue
    return found


class Running:
    """`manage.py up` on a data directory and a port of its own."""

    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir
        self.port = servers.free_port()
        self.smtp_port, self.page_port = servers.free_port(), servers.free_port()
        self.output = data_dir.parent / f"{data_dir.name}.txt"
        self.process = self.start()

    def start(self, **more: str) -> subprocess.Popen[bytes]:
        kept = ("PATH", "HOME", "LANG")
        environment = {name: os.environ[name] for name in kept if name in os.environ} | {
            "DATA_DIR": str(self.data_dir),
            "PORT": str(self.port),
            "MAILBOX_SMTP_PORT": str(self.smtp_port),
            "MAILBOX_PAGE_PORT": str(self.page_port),
        }
        command = [sys.executable, "manage.py", "up", "--no-demo"]
        with self.output.open("ab") as stream:
            return subprocess.Popen(
                command, cwd=ROOT, env=environment | more, stdout=stream, stderr=stream, start_new_session=True
            )

    def said(self, words: str) -> bool:
        assert self.process.poll() is None, self.output.read_text()
        return words in self.output.read_text()

    def wait_until_ready(self) -> None:
        servers.wait_until(lambda: self.said(READY), "the tracker", patience=150)

    def get(self, path: str, port: int | None = None) -> tuple[int, str]:
        connection = http.client.HTTPConnection("localhost", port or self.port, timeout=30)
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()

    def refuses(self, **more: str) -> str:
        """The one sentence with which a second start on this ground ends."""
        before = len(self.output.read_text())
        assert self.start(**more).wait(timeout=60) == 1
        return self.output.read_text()[before:].strip()

    def broker_answers(self) -> bool:
        try:
            with Redis(unix_socket_path=str(self.data_dir / "run" / "broker.sock")) as client:
                return bool(client.ping())
        except (RedisError, OSError):
            return False

    def is_gone(self) -> bool:
        return processes_of(self.data_dir) == []


@contextmanager
def up(data_dir: Path) -> Iterator[Running]:
    running = Running(data_dir)
    try:
        yield running
    finally:
        for left in processes_of(data_dir):
            os.kill(left, signal.SIGKILL)
        running.process.wait()


def test_runs_everything_and_stops_cleanly(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    with up(data_dir) as running:
        running.wait_until_ready()

        assert running.get("/healthz") == (200, "ok\n")
        status, body = running.get("/readyz")
        assert (status, '"state": "ready"' in body, '"broker": "embedded"' in body) == (200, True, True)
        assert running.get("/en/")[0] == 200
        assert f"http://localhost:{running.port}/" in running.output.read_text()

        private = {path.name: stat.S_IMODE(path.stat().st_mode) for path in data_dir.iterdir() if path.is_dir()}
        assert private == {"broker": 0o700, "log": 0o700, "mailbox": 0o700, "run": 0o700}

        with smtplib.SMTP("127.0.0.1", running.smtp_port) as post:
            post.sendmail("a@example.org", ["b@example.org"], "Subject: Reunión <1>\r\n\r\nHello".encode())
        assert "Reunión &lt;1&gt;" in running.get("/", running.page_port)[1]

        assert running.refuses(PORT=str(servers.free_port())).startswith(
            f"CommandError: The tracker already runs on {data_dir}"
        )
        elsewhere = str(tmp_path / "elsewhere")
        assert running.refuses(DATA_DIR=elsewhere) == (
            f"CommandError: Port {running.port} is in use: choose another one with PORT=…"
        )

        (broker,) = [one for one in processes_of(data_dir) if "python" not in Path(f"/proc/{one}/exe").readlink().name]
        os.kill(broker, signal.SIGKILL)
        servers.wait_until(lambda: running.said("broker ended (-9)"), "the death to be seen")
        servers.wait_until(running.broker_answers, "the broker's return")

        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(timeout=60) == 0
        assert processes_of(data_dir) == []
        assert running.output.read_text().endswith("Stopping …\nStopped.\n")


def test_leaves_no_process_when_it_is_killed_itself(tmp_path: Path) -> None:
    with up(tmp_path / "data") as running:
        running.wait_until_ready()
        assert (
            len(processes_of(running.data_dir)) >= 8
        )  # itself, broker, mailbox, two of the worker, beat, two of the web
        running.process.kill()
        running.process.wait()
        servers.wait_until(running.is_gone, "every process to end")


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM"])
def test_stops_cleanly_in_the_middle_of_starting(tmp_path: Path, name: str) -> None:
    with up(tmp_path / "data") as running:
        servers.wait_until(running.broker_answers, "the broker")
        running.process.send_signal(getattr(signal, name))
        assert running.process.wait(timeout=60) == 0
        assert processes_of(running.data_dir) == []


def test_a_data_directory_with_a_long_path_gets_short_sockets(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 60) / ("e" * 60)
    deep.parent.mkdir()
    with up(deep) as running:
        running.wait_until_ready()
        short = environment.runtime_dir(deep)
        assert ((deep / "run").exists(), short.is_dir(), stat.S_IMODE(short.stat().st_mode)) == (False, True, 0o700)
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(timeout=60) == 0
        assert not short.exists()
