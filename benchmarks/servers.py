"""The web servers that are measured: the product and the bare project, under one kind of server or not at all."""

import http.client
import platform
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from tempfile import TemporaryFile
from urllib.parse import urlsplit

from benchmarks.databases import ROOT, Environment, vendor
from tests.servers import free_port, process, wait_until

PRODUCT = ("--config=python:tracker.gunicorn_conf", "tracker.wsgi:application")
ANCHOR = ("--config=python:benchmarks.anchors.gunicorn_conf", "benchmarks.anchors.wsgi:application")
#: What makes two gunicorns the same kind of server.
SETTINGS = ("worker_class", "workers", "threads", "preload_app", "keepalive", "max_requests", "worker_connections")


@dataclass(frozen=True)
class Kind:
    """What answers: the web server with the settings that decide its speed, the interpreter, the database."""

    server: str
    settings: tuple[tuple[str, str], ...]
    python: str
    database: str

    def __str__(self) -> str:
        told = dict(self.settings)
        return f"{self.server}, {told['workers']} {told['worker_class']} workers; Python {self.python}; {self.database}"


@dataclass(frozen=True)
class Server:
    """A running web server."""

    name: str
    port: int
    kind: Kind
    pid: int

    def most_memory(self) -> float:
        """The most memory that one of its workers has held since it was last asked, in MiB."""
        held = []
        for child in Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split():
            told = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{child}/status").read_text())
            held.append(int(told[1]) / 1024 if told else 0.0)
            Path(f"/proc/{child}/clear_refs").write_text("5")
        return max(held)


class DifferentKindsError(Exception):
    """Two servers of different kinds: the comparison would say nothing about what they serve."""


def same_kind(one: Server, other: Server) -> Kind:
    """The kind of both servers; DifferentKindsError naming what differs."""
    for part in fields(Kind):
        mine, theirs = getattr(one.kind, part.name), getattr(other.kind, part.name)
        if mine != theirs:
            raise DifferentKindsError(f"{part.name}: {one.name} has {mine}, {other.name} has {theirs}")
    return one.kind


@contextmanager
def product(environment: Environment) -> Iterator[Server]:
    """The product, as its own configuration serves it."""
    with _serving("product", PRODUCT, environment) as server:
        yield server


@contextmanager
def anchor(environment: Environment) -> Iterator[Server]:
    """The bare project."""
    with _serving("anchor", ANCHOR, environment) as server:
        yield server


def launch(arguments: tuple[str, ...]) -> list[str]:
    """The command that starts one of them."""
    return [sys.executable, "-m", "gunicorn", *arguments]


@contextmanager
def _serving(name: str, arguments: tuple[str, ...], environment: Environment) -> Iterator[Server]:
    port = free_port()
    environment = {**environment, "PORT": str(port)}
    with TemporaryFile("w+") as words, process(
        launch(arguments), cwd=ROOT, env=dict(environment), stdout=words, stderr=words
    ) as child:  # fmt: skip
        wait_until(lambda: answers(port, "/") or child.poll() is not None, name)
        if child.poll() is not None:
            words.seek(0)
            raise RuntimeError(f"The {name} ended at once:\n{words.read()[-2000:]}")
        yield Server(name, port, _kind(arguments, environment, port), child.pid)


def answers(port: int, path: str, status: int | None = None) -> bool:
    """Whether a page is answered at all, or with this status."""
    try:
        found = fetch(port, path).status
    except (OSError, http.client.HTTPException):
        return False
    return status is None or found == status


@dataclass(frozen=True)
class Answer:
    """An HTTP answer, its body as it was sent."""

    status: int
    headers: dict[str, str]
    body: bytes


def fetch(port: int, address: str, *, encoding: str = "identity", headers: Mapping[str, str] | None = None) -> Answer:
    """One page over a connection of its own. `encoding` is what the reader accepts: br, gzip or identity."""
    parts = urlsplit(address)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        target = f"{parts.path}?{parts.query}" if parts.query else parts.path
        said = {"Accept-Encoding": encoding, "Connection": "close", **(headers or {})}
        connection.request("GET", target, headers=said)
        response = connection.getresponse()
        told = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, told, response.read())
    finally:
        connection.close()


def _kind(arguments: tuple[str, ...], environment: Environment, port: int) -> Kind:
    """What the server says of itself: its header, and the settings that gunicorn prints for its command."""
    asked = [*launch(arguments), "--print-config"]
    printed = subprocess.run(asked, cwd=ROOT, env=dict(environment), capture_output=True, text=True, check=True).stdout
    held = dict(re.findall(r"^(\w+)\s+= (.*)$", printed, re.MULTILINE))
    return Kind(
        server=fetch(port, "/").headers.get("server", "unnamed"),
        settings=tuple((name, held[name]) for name in SETTINGS),
        python=platform.python_version(),
        database=vendor(environment),
    )
