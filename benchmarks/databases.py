"""Throw-away databases, one of the product and one of the bare project: SQLite, or PostgreSQL with DATABASE_URL."""

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from environ import Env
from psycopg import sql

from tests.servers import redis

ROOT = Path(__file__).resolve().parent.parent
#: What the shell may carry that would change what is measured.
DROPPED = ("TRACKER_ENV", "DEBUG", "PORT", "HOST", "SITE_URL", "EMAIL_HOST", "DJANGO_SETTINGS_MODULE", "WEB_WORKERS")

Environment = Mapping[str, str]


@contextmanager
def throwaway() -> Iterator[Environment]:
    """The environment of processes that work on a new, empty database with a Redis of their own; gone afterwards."""
    with TemporaryDirectory(prefix="tracker-bench-") as home, redis() as redis_url, _database() as database_url:
        environment = inherited()
        if database_url:
            environment["DATABASE_URL"] = database_url
        yield {**environment, "DATA_DIR": home, "REDIS_URL": redis_url}


def inherited() -> dict[str, str]:
    """The environment of this process without what would change what is measured."""
    environment = {name: value for name, value in os.environ.items() if name not in DROPPED}
    return {**environment, "LOG_LEVEL": "WARNING"}


def vendor(environment: Environment) -> str:
    """The kind of database that processes in this environment use."""
    return "postgresql" if environment.get("DATABASE_URL", "").startswith("postgres") else "sqlite"


def command(environment: Environment, *arguments: str) -> str:
    """What a Python program of the repository prints; an error with its last words when it fails."""
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=dict(environment), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(arguments)} failed ({done.returncode}):\n{done.stderr[-2000:]}")
    return done.stdout


def with_record(environment: Environment, *, build: bool = True) -> None:
    """The product's tables, with the shipped record in them; pages need the built styles and translations."""
    if build:
        command(environment, "manage.py", "build_assets")
    command(environment, "manage.py", "migrate", "-v0")
    command(environment, "manage.py", "load_reference_data", "-v0")


def with_commitments(environment: Environment, number: int) -> None:
    """Fill the product with this many commitments, and the bare project with as many rows."""
    command(environment, "-m", "benchmarks.fill", str(number))
    command(environment, "-m", "benchmarks.anchors.fill", str(number))


@contextmanager
def _database() -> Iterator[str]:
    """A new PostgreSQL database on the server that DATABASE_URL names; nothing where none is named."""
    name = f"tracker_bench_{secrets.token_hex(4)}"
    if not (url := named(name)):
        yield ""
        return
    create(name)
    try:
        yield url
    finally:
        drop(name)


def named(database: str) -> str:
    """The URL of a database on the PostgreSQL server that DATABASE_URL names; nothing where none is named."""
    url = os.environ.get("DATABASE_URL", "").strip()
    if not url.startswith("postgres"):
        return ""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"{parts.path.rpartition('/')[0]}/{database}"))


def create(database: str, like: str = "template1") -> None:
    """A new database on that server, a copy of another one."""
    names = sql.Identifier(database), sql.Identifier(like)
    _administer(os.environ["DATABASE_URL"], sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*names))


def drop(database: str) -> None:
    """Take a database away, whoever still reads it."""
    statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
    _administer(os.environ["DATABASE_URL"], statement.format(sql.Identifier(database)))


def _administer(url: str, statement: sql.Composed) -> None:
    named = Env.db_url_config(url)
    keys = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    given: dict[str, Any] = {key: str(named[word]) for key, word in keys.items() if named.get(word)}
    with psycopg.connect(**given, autocommit=True) as connection:
        connection.execute(statement)
