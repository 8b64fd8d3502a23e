"""Rows 1, 2 and 4: the overview from what is kept ready, as "you have it already" (304), and made anew.

Beside the bare project's cached page of 10 KB, its hello, and its page of 50 rows. The ready page is asked for as
browsers do, compressed: that is how it is kept.
"""

from dataclasses import replace

from benchmarks.databases import Environment, throwaway, with_commitments, with_record
from benchmarks.measure import Comparison, Effort, Page, arguments, compare, p50, p95, rate
from benchmarks.report import Line, at_least, at_most, show, told
from benchmarks.servers import anchor, fetch, product, same_kind

OVERVIEW = "/en/"
GZIP = (("Accept-Encoding", "gzip"),)
#: What each way has to reach of its anchor.
READY, UNCHANGED, ANEW = 0.75, 0.8, 0.5
#: How many times the anchor's p95 a ready page may take.
SLOWEST = 2.0


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
    with anchor(environment) as bare, product(environment) as ours:
        kind = same_kind(ours, bare)
        page = Page(ours, OVERVIEW, headers=GZIP)
        first = fetch(ours.port, OVERVIEW, headers=dict(GZIP))
        known = replace(page, status=304, headers=(*GZIP, ("If-None-Match", first.headers["etag"])))
        lines = [
            *against("ready", page, Page(bare, "/cached"), READY, effort),
            *against("304", known, Page(bare, "/hello"), UNCHANGED, effort),
        ]
    with anchor(environment) as bare, product({**environment, "READY_PAGES": "0"}) as ours:
        lines += against("made anew", Page(ours, OVERVIEW), Page(bare, "/page50"), ANEW, effort)
    notes = [
        f"{kind}; one connection a request (keep-alive off); {effort.rounds} rounds of {effort.seconds:g} s in turn.",
        f"{OVERVIEW}: {len(first.body):,} bytes compressed.",
        "noise: distance from the slowest to the fastest round, as a share of the median.",
    ]
    show(f"Overview, {number:,} commitments", lines, notes)


def against(what: str, ours: Page, bare: Page, share: float, effort: Effort) -> list[Line]:
    """The lines of one way."""
    eight = compare(ours, bare, connections=8, effort=effort)
    one = compare(ours, bare, connections=1, effort=effort)
    return [
        rate_line(f"{what}: answers/s, 8 connections, {bare.address}", eight, share),
        Line(
            f"{what}: p95, 8 connections",
            f"{eight.here(p95):.1f} ms",
            f"{eight.anchor(p95):.1f} ms",
            f"{eight.here(p95) / eight.anchor(p95):.2f}",
            f"<= {SLOWEST:g}" if what == "ready" else "",
            at_most(eight.here(p95) / eight.anchor(p95), SLOWEST) if what == "ready" else "",
            told(eight.noise),
        ),
        Line(
            f"{what}: p50, 1 connection",
            f"{one.here(p50):.1f} ms",
            f"{one.anchor(p50):.1f} ms",
            f"{one.here(p50) / one.anchor(p50):.2f}",
            "",
            "",
            told(one.noise),
        ),
    ]


def rate_line(what: str, found: Comparison, share: float) -> Line:
    """A rate, held against the bare one."""
    return Line(
        what,
        f"{found.here(rate):.0f}",
        f"{found.anchor(rate):.0f}",
        f"{found.ratio:.2f}",
        f">= {share}",
        at_least(found.ratio, share),
        told(found.noise),
    )


if __name__ == "__main__":
    main()
