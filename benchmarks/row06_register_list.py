"""Row 6: the register with two filters against the bare list of the same rows.

Answers a second at one connection and at eight, as a share of the bare project's; queries; the waiting of one reader
(p50) and of eight at a time (p95). The bare list shows 50 rows. The register shows fewer on a page: the same is
therefore measured against a bare list of that many rows too, and has to reach the same share of it.
"""

import json
import re

from benchmarks.databases import Environment, command, throwaway, with_commitments, with_record
from benchmarks.measure import Comparison, Effort, Page, arguments, compare, p50, p95, rate
from benchmarks.report import Line, at_least, at_most, show, told
from benchmarks.servers import Server, anchor, fetch, product, same_kind

REGISTER = "/en/commitments/?mechanism=lad&status=on_track"
BARE = "/flist?kind=national&status=on_track"
SHARE = 0.55
MOST_QUERIES = 15
P50_MS = 10.0
P95_MS = 60.0


def main() -> None:
    """Measure at each number of commitments."""
    options = arguments(__doc__).parse_args()
    with throwaway() as environment:
        with_record(environment)
        for number in sorted(options.commitments):
            with_commitments(environment, number)
            measure(environment, number, Effort(options.rounds, options.seconds))


def measure(environment: Environment, number: int, effort: Effort) -> None:
    """One table."""
    counted = json.loads(command(environment, "-m", "benchmarks.queries", REGISTER))[REGISTER]
    queries = max(counted["first"], counted["second"])
    lines = [Line("queries", str(queries), "2", "", f"<= {MOST_QUERIES}", at_most(queries, MOST_QUERIES))]
    with anchor(environment) as bare, product(environment) as ours:
        kind = same_kind(ours, bare)
        rows = len(re.findall(rb'class="row-title"', fetch(ours.port, REGISTER).body))
        for shown in sorted({50, rows}, reverse=True):
            lines += against(ours, bare, shown, effort)
    notes = [
        f"{kind}; one connection a request (keep-alive off); {effort.rounds} rounds of {effort.seconds:g} s in turn.",
        f"{REGISTER}: {rows} rows, {counted['bytes']:,} bytes. Anchor: {BARE}&rows=…",
        "noise: distance from the slowest to the fastest round, as a share of the median.",
    ]
    show(f"Register, two filters, {number:,} commitments", lines, notes)


def against(ours: Server, bare: Server, shown: int, effort: Effort) -> list[Line]:
    """The lines for a bare list of so many rows."""
    pages = Page(ours, REGISTER), Page(bare, f"{BARE}&rows={shown}")
    one = compare(*pages, connections=1, effort=effort)
    eight = compare(*pages, connections=8, effort=effort)
    beside = f"bare {shown} rows"
    return [
        rate_line(f"answers/s, 1 connection, {beside}", one),
        rate_line(f"answers/s, 8 connections, {beside}", eight),
        Line(
            f"p50, 1 connection, {beside}",
            f"{one.here(p50):.1f} ms",
            f"{one.anchor(p50):.1f} ms",
            f"{one.here(p50) / one.anchor(p50):.2f}",
            f"<= {P50_MS:g} ms",
            at_most(one.here(p50), P50_MS),
            told(one.noise),
        ),
        Line(
            f"p95, 8 connections, {beside}",
            f"{eight.here(p95):.1f} ms",
            f"{eight.anchor(p95):.1f} ms",
            f"{eight.here(p95) / eight.anchor(p95):.2f}",
            f"<= {P95_MS:g} ms",
            at_most(eight.here(p95), P95_MS),
            told(eight.noise),
        ),
    ]


def rate_line(what: str, found: Comparison) -> Line:
    """A rate, held against the bare one."""
    return Line(
        what,
        f"{found.here(rate):.0f}",
        f"{found.anchor(rate):.0f}",
        f"{found.ratio:.2f}",
        f">= {SHARE} of bare",
        at_least(found.ratio, SHARE),
        told(found.noise),
    )


if __name__ == "__main__":
    main()
