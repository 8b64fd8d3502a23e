"""Row 19: what a change costs: `python -m benchmarks.row19_write`.

A figure saved as the product saves it, with its row of history, its lock, its version and the kept status of its
commitment, in one transaction, beside the bare update of one column of the same row, in turn, in one process.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from statistics import median

from benchmarks.databases import command, throwaway, vendor, with_record
from benchmarks.report import Line, at_most, show, told

ROUNDS, EACH = 5, 200
COMMITMENTS = 200
MOST = 6.0
AT = datetime(2026, 11, 24, 12, tzinfo=UTC)


def main() -> None:
    """Measure; with `--inside`, in this process."""
    if "--inside" in sys.argv:
        print(json.dumps(inside()))
        return
    with throwaway() as environment:
        kind = vendor(environment)
        with_record(environment)
        command(environment, "-m", "benchmarks.fill", str(COMMITMENTS))
        found = json.loads(command(environment, "-m", "benchmarks.row19_write", "--inside").splitlines()[-1])
    bare = median(found["bare update"])
    lines = [
        Line(
            what,
            f"{median(found[what]):.2f} ms",
            f"{bare:.2f} ms",
            f"{median(found[what]) / bare:.1f}",
            f"<= {MOST:g}" if what == "change, history and status" else "",
            at_most(median(found[what]) / bare, MOST) if what == "change, history and status" else "",
            told((max(found[what]) - min(found[what])) / median(found[what])),
        )
        for what in ("change with history", "status of the commitment", "change, history and status")
    ]
    notes = [f"{ROUNDS} rounds of {EACH} in turn, {COMMITMENTS:,} commitments; medians of a round's median."]
    show(f"Writing one figure, {kind}", lines, notes)


def inside() -> dict[str, list[float]]:
    """The median time of each way, round by round, in milliseconds."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "tracker.settings"
    django.setup()
    from django.db import models, transaction

    from commitments.history import actions
    from commitments.indicators.models import Measurement
    from commitments.indicators.statuses import refresh
    from commitments.roles.actor import Actor

    by = Actor.process("benchmark")
    row = Measurement.objects.filter(series__indicator__code__startswith="BENCH").order_by("pk")[0]
    commitment_id = row.series.indicator.commitment_id
    plain: models.QuerySet[Measurement] = models.QuerySet(Measurement).filter(pk=row.pk)

    def change(number: int) -> None:
        actions.change(row, by=by, at=AT, value=number)

    def status(number: int) -> None:
        refresh(commitments=[commitment_id], at=AT)

    def whole(number: int) -> None:
        with transaction.atomic():
            change(number)
            status(number)

    ways: dict[str, Callable[[int], object]] = {
        "bare update": lambda number: plain.update(value=number),
        "change with history": change,
        "status of the commitment": status,
        "change, history and status": whole,
    }
    return rounds(ways)


def rounds(ways: dict[str, Callable[[int], object]]) -> dict[str, list[float]]:
    """Every way in turn, each round."""
    found: dict[str, list[float]] = {name: [] for name in ways}
    number = 0
    for _ in range(ROUNDS):
        for name, way in ways.items():
            seconds = []
            for _again in range(EACH):
                number += 1
                began = time.perf_counter()
                way(number)
                seconds.append(time.perf_counter() - began)
            found[name].append(1000 * median(seconds))
    return found


if __name__ == "__main__":
    main()
