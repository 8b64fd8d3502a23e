"""Databases filled with commitments, by number: gone after the run, or kept in BENCH_KEEP for the next.

What is kept is named by the number and by how it was filled, so that a changed filling is never taken for an old one.
Migrations made since are run on it. On PostgreSQL it is the data of the private server that is kept (`--postgresql`).
"""

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.databases import (
    ROOT,
    Environment,
    command,
    create,
    drop,
    inherited,
    named,
    with_commitments,
    with_record,
)  # fmt: skip
from tests.servers import redis

KEPT_IN = "BENCH_KEEP"
#: What decides about the rows.
_FILLING = ("fill.py", "copies.py", "anchors/fill.py", "anchors/models.py")


def kept_in() -> Path | None:
    """Where databases are kept, if they are."""
    told = os.environ.get(KEPT_IN, "").strip()
    return Path(told).resolve() if told else None


@contextmanager
def filled(numbers: Sequence[int]) -> Iterator[dict[int, Environment]]:
    """A database for each number of commitments, with a Redis of its own."""
    with ExitStack() as ended:
        place = kept_in()
        home = place or Path(ended.enter_context(TemporaryDirectory(prefix="tracker-bench-")))
        mark = _how_filled() if place else secrets.token_hex(4)
        command(os.environ, "manage.py", "build_assets")
        found: dict[int, Environment] = {}
        record = f"0_{mark}"
        for number in (0, *numbers):
            environment = inherited() | {"REDIS_URL": ended.enter_context(redis())}
            name = f"{number}_{mark}"
            if not place and os.environ.get("DATABASE_URL"):
                ended.callback(drop, f"tracker_bench_{name}")
            found[number] = _one(home, name, environment, number, record)
        yield {number: found[number] for number in numbers}


def _how_filled() -> str:
    told = b"".join((ROOT / "benchmarks" / name).read_bytes() for name in _FILLING)
    return hashlib.sha256(told).hexdigest()[:8]


def _one(home: Path, name: str, environment: dict[str, str], number: int, record: str) -> Environment:
    """The environment of a database, made from the record alone where it is not there yet."""
    database = f"tracker_bench_{name}"
    url = named(database)
    is_server = bool(url)
    place = home / f"{'postgresql' if is_server else 'sqlite'}_{name}"
    told = {**environment, **({"DATABASE_URL": url} if is_server else {})}
    if place.exists():
        command({**told, "DATA_DIR": str(place)}, "manage.py", "migrate", "-v0")
        return {**told, "DATA_DIR": str(place)}
    half = place.with_name(f"{place.name}-half")
    shutil.rmtree(half, ignore_errors=True)
    if is_server:
        drop(database)
        create(database, like=f"tracker_bench_{record}" if number else "template1")
    if number:
        shutil.copytree(place.with_name(place.name.replace(name, record)), half)
        with_commitments({**told, "DATA_DIR": str(half)}, number)
    else:
        half.mkdir(parents=True)
        with_record({**told, "DATA_DIR": str(half)}, build=False)
    half.rename(place)
    return {**told, "DATA_DIR": str(place)}
