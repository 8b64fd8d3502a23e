"""Row 18: the log of changes at a million rows beside ten thousand: `python -m benchmarks.row18_history`.

The page of the 50 newest, a page half-way down, the page of one kind of record, one entry with its difference, and a
page amid the many changes of one moment that the opening of a cycle makes. Each size has a new database and a process
of its own; in it the bare query for the 50 newest rows of one table, so that a slower moment of the machine shows in
both. Rows of history are written in bulk: allowed here alone.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from statistics import median
from typing import Any

from benchmarks.databases import command, throwaway, vendor, with_record
from benchmarks.report import Line, at_most, show

SIZES = (10_000, 1_000_000)
ROUNDS = 60
#: Rows of history of one record.
EACH = 200
#: One change in so many was made in one and the same moment, as by the opening of a cycle.
AT_ONCE = 28
GROWTH = 1.3
#: After the record was loaded: these are the newest.
BEGIN = datetime(2027, 1, 1, tzinfo=UTC)
PAGES = ("newest 50", "half-way down", "one kind", "one entry", "amid one moment")


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
    entries = log.kinds()["reportentry"].history.model
    fill(table, size)
    fill(entries, size // AT_ONCE, moment=True)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    client = Client()
    client.force_login(administrator())
    half = table._base_manager.order_by("history_id")[size // 2]
    place = log.Place(half.history_date, half.history_id, "measurement")
    amid = log.Place(BEGIN, entries._base_manager.order_by("history_id")[size // AT_ONCE // 2].pk, "reportentry")
    addresses = {
        "newest 50": "/en/workspace/audit/",
        "half-way down": f"/en/workspace/audit/?before={token_of(place)}",
        "one kind": "/en/workspace/audit/?kind=measurement",
        "one entry": f"/en/workspace/audit/measurement/{half.history_id}/",
        "amid one moment": f"/en/workspace/audit/?kind=reportentry&before={token_of(amid)}",
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
    asked = len(queries)  # now: the next request begins the list anew
    seconds = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        step()
        seconds.append(time.perf_counter() - began)
    return {"ms": 1000 * median(seconds), "queries": float(asked)}


def fill(table: Any, size: int, *, moment: bool = False) -> None:
    """So many rows of history in one statement, each a minute after the one before or all of one moment."""
    from django.db import connection

    sqlite, name = connection.vendor == "sqlite", connection.ops.quote_name
    minutes = "0" if moment else "number"
    made = {
        "id": f"1 + number %% {max(size // EACH, 1)}",
        "series_id": f"1 + number %% {max(size // EACH, 1)}",
        "version": f"1 + number / {EACH}",
        "history_date": f"datetime('{BEGIN:%Y-%m-%d %H:%M}', {minutes} || ' minutes')"
        if sqlite
        else f"TIMESTAMPTZ '{BEGIN:%Y-%m-%d %H:%M}Z' + {minutes} * INTERVAL '1 minute'",
    }
    row = table(history_type="~", history_change_reason="", actor_role="secretariat", door="web")
    if hasattr(row, "value"):
        made["value"], row.state = "number", "published"
    if hasattr(row, "due_on"):
        row.due_on = BEGIN.date()
    said = [field for field in table._meta.concrete_fields if field.attname not in made and not field.primary_key]
    values = [field.get_db_prep_save(getattr(row, field.attname), connection) for field in said]
    columns = ", ".join(name(column) for column in (*made, *(field.column for field in said)))
    out = ", ".join([*made.values(), *["%s"] * len(said)])
    counted = "SELECT 0 UNION ALL SELECT number + 1 FROM n WHERE number < %s"
    statement = f"INSERT INTO {name(table._meta.db_table)} ({columns}) WITH RECURSIVE n(number) AS ({counted})"
    with connection.cursor() as cursor:
        if not sqlite:
            cursor.execute("SET statement_timeout = 0")
        cursor.execute(f"{statement} SELECT {out} FROM n", [size - 1, *values])  # noqa: S608  # names of ours


def administrator() -> Any:
    """Somebody who may read the log."""
    from accounts.models import User
    from commitments.appointments.models import Appointment
    from commitments.history import actions
    from commitments.roles.actor import Actor

    person = User.objects.create_user("admin@example.org")
    post = Appointment(user=person, role="administrator", valid_from=date(2020, 1, 1))
    actions.create(post, by=Actor.process("benchmark"), at=BEGIN)
    return person


if __name__ == "__main__":
    main()
