"""The public pages against the bare project, row by row of the design's table of targets.

    python -m benchmarks.public                              rows 1-9, 12, 21, 25 at 1,000 and 10,000 commitments
    python -m benchmarks.public --rows 5 9 --sizes 1000 100000
    python -m benchmarks.public --postgresql                 the same on a private PostgreSQL
    BENCH_KEEP=/somewhere python -m benchmarks.public …      keep the filled databases there for the next run

Every figure is a ratio against the anchor in the same run, or against the smaller size.
"""

import argparse
import os
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from benchmarks.filled import kept_in
from benchmarks.measure import Effort
from benchmarks.public import browser, growth, lists, ready
from benchmarks.public.stage import Stage, stage
from tests.servers import postgresql

ROWS: dict[int, Callable[[Stage], None]] = {
    1: ready.kept,
    2: ready.kept,
    3: ready.kept,
    4: ready.anew,
    5: growth.sizes,
    6: lists.filtered,
    7: growth.sizes,
    8: growth.search,
    9: growth.deep,
    12: lists.file,
    21: browser.phone,
    25: lists.crowd,
}


def main() -> None:
    """Measure the rows asked for, each once."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=sorted(ROWS), choices=sorted(ROWS), metavar="ROW")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000], metavar="COMMITMENTS")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of each measurement, three or more")
    parser.add_argument("--seconds", type=float, default=0.5, help="length of one burst of load")
    parser.add_argument("--postgresql", action="store_true", help="on a private PostgreSQL that is gone afterwards")
    options = parser.parse_args()
    began = time.monotonic()
    with ExitStack() as kept:
        if options.postgresql:
            os.environ["DATABASE_URL"] = kept.enter_context(postgresql(_kept_server()))
        on_stage = kept.enter_context(stage(options.sizes, Effort(options.rounds, options.seconds)))
        print(f"Prepared in {time.monotonic() - began:.0f} s.", flush=True)
        for measure in dict.fromkeys(ROWS[row] for row in sorted(options.rows)):
            measure(on_stage)
    print(f"\nThe whole took {time.monotonic() - began:.0f} s.")


def _kept_server() -> Path | None:
    """Where the private PostgreSQL keeps its data for the next run."""
    kept = kept_in()
    return kept / "postgresql" if kept else None


if __name__ == "__main__":
    main()
