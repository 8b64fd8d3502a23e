"""A reporting cycle at 1×, 10× and 100×: `python -m benchmarks.cycle`.

35 countries with 10, 100 and 1,000 commitments each, one figure asked for with each, one in fifty sent and waiting:
opening the cycle, the board of who owes what, and the queue of review. Each size has a new database and a process of
its own, so that its peak of memory is its own. Beside it, in the same process, the bare price of as many rows: plain
INSERT statements into a table without index, key or history.
"""

import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

from benchmarks.databases import Environment, command, throwaway, vendor, with_record
from benchmarks.report import Line, at_most, show

COUNTRIES = 35
SIZES = (10, 100, 1000)
#: One figure in so many waits for review.
WAITING = 50
BATCH = 1000
AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
#: How much more than ten times the time ten times the rows may take.
LINEAR = 1.3
#: How much more memory a hundred times the rows may need, in MiB.
FLAT_MIB = 60.0


def main() -> None:
    """Every size in turn; with `--inside`, one size in this process."""
    if "--inside" in sys.argv:
        print(json.dumps(inside(int(sys.argv[-1]))))
        return
    found = {}
    kind = ""
    for size in SIZES:
        with throwaway() as environment:
            kind = vendor(environment)
            found[size] = measured(environment, size)
    for what in ("bare rows", "open", "board", "queue"):
        show(f"{what}: {COUNTRIES} countries, {kind}", lines(found, what))


def measured(environment: Environment, size: int) -> dict[str, dict[str, float]]:
    """The figures of one size, from a process of its own."""
    with_record(environment)
    command(environment, "-m", "benchmarks.cycle", "--inside", str(-size))
    said = command(environment, "-m", "benchmarks.cycle", "--inside", str(size))
    told: dict[str, dict[str, float]] = json.loads(said.splitlines()[-1])
    return told


def lines(found: dict[int, dict[str, dict[str, float]]], what: str) -> list[Line]:
    """One line a size: queries, seconds, the peak, and the growth beside that of the bare rows."""
    told = []
    for earlier, size in zip((0, *SIZES), SIZES, strict=False):
        here, bare = found[size][what], found[size]["bare rows"]
        line = {
            "what": f"{COUNTRIES} x {size:,}",
            "here": f"{here['queries']:.0f} queries, {here['seconds']:.2f} s, peak {here['peak']:.0f} MiB",
            "anchor": f"{bare['seconds']:.2f} s",
        }
        if earlier:
            growth = here["seconds"] / found[earlier][what]["seconds"]
            more = here["peak"] - found[earlier][what]["peak"]
            line |= {
                "ratio": f"{growth:.1f} times, {more:+.0f} MiB",
                "target": f"{10 * LINEAR:.0f} times, {FLAT_MIB:+.0f} MiB",
                "met": at_most(growth, 10 * LINEAR) if more <= FLAT_MIB else "no",
            }
        told.append(Line(**line))
    return told


def inside(size: int) -> dict[str, dict[str, float]]:
    """Fill (a negative size), or measure: the work of one process."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    import django

    django.setup()
    if size < 0:
        fill(-size)
        return {}
    return measure(size)


def fill(size: int) -> None:
    """Commitments of every country with a published indicator and its series, and the figures that wait; in bulk."""
    from commitments.indicators.models import Indicator, Series
    from commitments.mechanisms.models import Country, Mechanism
    from commitments.register.models import Commitment
    from commitments.working_groups.models import WorkingGroup

    own = Mechanism.objects.get(code="LAD")
    groups = list(WorkingGroup.objects.filter(mechanism=own).order_by("pk"))
    countries = list(Country.objects.order_by("pk")[:COUNTRIES])
    for number, country in enumerate(countries):
        rows = [
            Commitment(
                code=f"BENCH-{country.iso3}-{place}",
                title_en="Open regular pathways",
                mechanism=own,
                group=groups[(number + place) % len(groups)],
                maker_country=country,
                kind="national",
                made_on=date(2024, 1, 1),
                made_on_precision="day",
                life_cycle="active",
            )
            for place in range(size)
        ]
        indicators = [Indicator(code=f"{row.code}-I1", state="published", title_en="People") for row in rows]
        stored(rows)
        for row, indicator in zip(rows, indicators, strict=True):
            indicator.commitment = row
        stored(indicators)
        stored([Series(indicator=row) for row in indicators])


def stored(rows: list[Any]) -> None:
    """Rows of one table past the write path: here alone, in a database that is thrown away."""
    from django.db import models

    models.QuerySet(type(rows[0])).bulk_create(rows, batch_size=BATCH)


@contextmanager
def watched(into: dict[str, float]) -> Iterator[None]:
    """Queries, seconds, and the peak of memory of the process so far."""
    from django.db import connection

    counted = [0]

    def count(execute: Callable[..., Any], *arguments: Any) -> Any:
        counted[0] += 1
        return execute(*arguments)

    began = time.perf_counter()
    with connection.execute_wrapper(count):
        yield
    into |= {
        "queries": counted[0],
        "seconds": time.perf_counter() - began,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def measure(size: int) -> dict[str, dict[str, float]]:
    """Open a cycle, then ask for the pages that the secretariat opens most."""
    from django.test import Client
    from django.utils import translation

    from commitments.mechanisms.models import Mechanism
    from commitments.reporting.actions import open_cycle
    from commitments.reporting.models import ReportingCycle
    from commitments.roles.actor import Actor

    told: dict[str, dict[str, float]] = {name: {} for name in ("bare rows", "open", "board", "queue")}
    cycle = ReportingCycle(
        mechanism=Mechanism.objects.get(code="LAD"),
        slug="bench",
        name_en="Benchmark",
        period_start=date(2026, 7, 1),
        period_end=date(2026, 9, 30),
        opens_on=date(2026, 10, 1),
        due_on=date(2026, 11, 10),
        closes_on=date(2027, 12, 31),
    )
    with watched(told["open"]):
        open_cycle(cycle=cycle, by=Actor.process("benchmark"), at=AT)
    client = Client()
    client.force_login(secretary())
    send(size)
    with translation.override("en"):
        for name, address in (("board", "/en/workspace/board/?cycle=bench"), ("queue", "/en/workspace/review/")):
            client.get(address)
            with watched(told[name]):
                answer = client.get(address)
            if answer.status_code != 200:
                raise SystemExit(f"{address} answered {answer.status_code}")
    with watched(told["bare rows"]):
        bare(4 * COUNTRIES * size)
    return told


def secretary() -> Any:
    """Somebody of the secretariat."""
    from accounts.models import User
    from commitments.appointments.models import Appointment

    user = User.objects.create_user("bench@example.org", name="Bench")
    stored([Appointment(user=user, role="secretariat", valid_from=date(2020, 1, 1))])
    return user


def send(size: int) -> None:
    """Figures that wait for review, one in so many of those asked for."""
    from commitments.indicators.models import Measurement
    from commitments.reporting.models import ReportEntry

    asked = ReportEntry.objects.filter(report__cycle__slug="bench").order_by("pk").values_list("series_id", flat=True)
    wanted = list(asked[: COUNTRIES * size : WAITING])
    stored(
        [
            Measurement(series_id=line, value=5, as_of=date(2026, 9, 30), as_of_precision="day", entered_at=AT)
            for line in wanted
        ]
    )


def bare(number: int) -> None:
    """As many rows as parts, figures and their history make, in the plainest way there is."""
    from django.db import connection, transaction

    row = ("+", "benchmark", "2026-11-24 12:00:00", 1, 2, 3, "2026-11-10", "", "", 1)
    marks = ", ".join(["%s"] * len(row))
    with transaction.atomic(), connection.cursor() as cursor:
        columns = ", ".join(f"c{place} varchar(40)" for place in range(len(row)))
        cursor.execute(f"CREATE TABLE benchmark_rows ({columns})")
        for _ in range(0, number, 500):
            values = ", ".join([f"({marks})"] * 500)
            cursor.execute(
                f"INSERT INTO benchmark_rows VALUES {values}",  # noqa: S608  # a table and marks of ours
                [str(value) for _each in range(500) for value in row],
            )


if __name__ == "__main__":
    main()
