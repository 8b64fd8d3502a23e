"""Row 18: the log of changes at a million rows beside ten thousand: `python -m benchmarks.row18_history`.

The page of the 50 newest, a page half-way down, the page of one kind of record, and one entry with its difference.
Each size has a new database and a process of its own; in it the bare query for the 50 newest rows of one table, so
that a slower moment of the machine shows in both. Rows of history are written in bulk: allowed here alone.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any

from benchmarks.databases import command, throwaway, vendor, with_record
from benchmarks.report import Line, at_most, show

SIZES = (10_000, 1_000_000)
BATCH = 5000
ROUNDS = 60
#: Rows of history of one record.
EACH = 200
GROWTH = 1.3
BEGIN = datetime(2020, 1, 1, tzinfo=UTC)
PAGES = ("newest 50", "half-way down", "one kind", "one entry")


def main() -> None:
    """Both sizes in turn; with `--inside`, one size in this process."""
    if "--inside" in sys.argv:
        print(json.dumps(inside(int(sys.argv[-1]))))
        return
    found, kind = {}, ""
    for size in SIZES:
        with throwaway() as environment:
            kind = vendor(environment)
            with_record(environment)
            said = command(environment, "-m", "benchmarks.row18_history", "--inside", str(size))
            found[size] = json.loads(said.splitlines()[-1])
    few, many = (found[size] for size in SIZES)
    notes = [
        f"bare: the 50 newest rows of one table by index, {few['bare']['ms']:.2f} ms and {many['bare']['ms']:.2f} ms.",
        f"{ROUNDS} requests each, inside one process, signed in; median. Ratio: {SIZES[1]:,} rows to {SIZES[0]:,}.",
    ]
    show(f"Log of changes, {SIZES[1]:,} rows, {kind}", [line(page, few[page], many[page]) for page in PAGES], notes)


def line(page: str, few: dict[str, float], many: dict[str, float]) -> Line:
    """One page at both sizes."""
    growth = many["ms"] / few["ms"]
    return Line(
        page,
        f"{many['ms']:.1f} ms, {many['queries']:.0f} queries",
        f"{few['ms']:.1f} ms, {few['queries']:.0f} queries",
        f"{growth:.2f}",
        f"<= {GROWTH}",
        at_most(growth, GROWTH),
    )


def inside(size: int) -> dict[str, dict[str, float]]:
    """Fill, then measure each page and the bare query."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "tracker.settings"
    django.setup()
    from django.db import connection
    from django.test import Client

    from commitments.history import log
    from commitments.workspace.filters import token_of

    table = log.kinds()["measurement"].history.model
    fill(table, size)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    client = Client()
    client.force_login(administrator())
    half = table._base_manager.order_by("history_id")[size // 2]
    place = log.Place(half.history_date, half.history_id, "measurement")
    addresses = {
        "newest 50": "/en/workspace/audit/",
        "half-way down": f"/en/workspace/audit/?before={token_of(place)}",
        "one kind": "/en/workspace/audit/?kind=measurement",
        "one entry": f"/en/workspace/audit/measurement/{half.history_id}/",
    }
    found = {page: measured(lambda url=url: answered(client, url)) for page, url in addresses.items()}
    newest = table._base_manager.order_by("-history_date", "-history_id")
    return {**found, "bare": measured(lambda: list(newest.values_list("history_date", "history_id")[:50]))}


def answered(client: Any, url: str) -> None:
    """Ask for a page; SystemExit when it is none."""
    answer = client.get(url)
    if answer.status_code != 200:
        raise SystemExit(f"{url}: {answer.status_code}")


def measured(step: Callable[[], object]) -> dict[str, float]:
    """The median time of a step, and its queries."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    step()
    with CaptureQueriesContext(connection) as queries:
        step()
    seconds = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        step()
        seconds.append(time.perf_counter() - began)
    return {"ms": 1000 * median(seconds), "queries": float(len(queries))}


def fill(table: Any, size: int) -> None:
    """So many rows of history of figures, the newest of all tables."""
    for first in range(0, size, BATCH):
        table._base_manager.bulk_create(list(rows(table, first, min(first + BATCH, size))))


def rows(table: Any, first: int, last: int) -> Iterator[Any]:
    """Rows of history, each a minute after the one before, record after record."""
    for number in range(first, last):
        yield table(
            id=1 + number % max(last // EACH, 1),
            version=1 + number // EACH,
            value=number,
            is_used=True,
            is_comparable=True,
            state="published",
            history_date=BEGIN + timedelta(minutes=number),
            history_type="~",
            actor_role="secretariat",
            door="web",
        )


def administrator() -> Any:
    """Somebody who may read the log."""
    from accounts.models import User
    from commitments.appointments.models import Appointment
    from commitments.history import actions
    from commitments.roles.actor import Actor

    person = User.objects.create_user("admin@example.org")
    post = Appointment(user=person, role="administrator", valid_from=BEGIN.date())
    actions.create(post, by=Actor.process("benchmark"), at=BEGIN)
    return person


if __name__ == "__main__":
    main()
