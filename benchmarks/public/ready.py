"""Rows 1, 2, 3 and 4: the overview from what is kept ready, as 304, behind nginx, and made anew.

Beside the bare project's cached page of 10 KB, its hello, and its page of 50 rows. The ready page is asked for as
browsers do, compressed: that is how it is kept.
"""

import json
from collections.abc import Iterator
from dataclasses import replace

from benchmarks.databases import command
from benchmarks.measure import Effort, Page, compare
from benchmarks.public import proxy
from benchmarks.public.stage import GZIP, NOISE, OVERVIEW, Size, Stage, both, rate_line, times_line
from benchmarks.report import Line, at_most, show
from benchmarks.servers import fetch

#: What each way has to reach of its anchor, and how many times its p95 a ready page may take.
READY, UNCHANGED, ANEW, SLOWEST = 0.75, 0.8, 0.5, 2.0
MOST_QUERIES = 8
#: Pages that are made anew, each beside the bare page of 50 rows.
PAGES = (OVERVIEW, "/en/commitments/", "/en/countries/", "/en/commitments/BENCH-0000320/", "/en/totals/", "/en/late/")


def kept(stage: Stage) -> None:
    """Rows 1 to 3."""
    for size in stage.sizes:
        with both(size, ready=True) as (ours, bare):
            page = Page(ours, OVERVIEW, headers=GZIP)
            first = fetch(ours.port, OVERVIEW, headers=dict(GZIP))
            known = replace(page, status=304, headers=(*GZIP, ("If-None-Match", first.headers["etag"])))
            lines = [
                *_against("1 ready", page, Page(bare, "/cached"), READY, stage.effort, SLOWEST),
                *_against("2 304", known, Page(bare, "/hello"), UNCHANGED, stage.effort),
                *proxy.lines(ours, bare, stage.effort),
            ]
            notes = [str(ours.kind), f"{OVERVIEW}: {len(first.body):,} bytes compressed.", NOISE]
        show(f"Rows 1–3. Overview kept ready, {size.number:,} commitments", lines, notes)


def anew(stage: Stage) -> None:
    """Row 4: the overview, and other pages beside it, made for each answer."""
    for size in stage.sizes:
        lines = list(_queries(size))
        with both(size) as (ours, bare):
            fifty = Page(bare, "/page50")
            lines += _against(f"4 {OVERVIEW}", Page(ours, OVERVIEW), fifty, ANEW, stage.effort)
            for address in PAGES[1:]:
                found = compare(Page(ours, address), fifty, connections=1, effort=stage.effort)
                lines.append(times_line(f"4 {address}: p50, 1 connection", found))
            notes = [str(ours.kind), "Anchor: /page50.", NOISE]
        show(f"Row 4. Pages made anew, {size.number:,} commitments", lines, notes)


def _queries(size: Size) -> Iterator[Line]:
    counted = json.loads(command(size.environment, "-m", "benchmarks.queries", *PAGES))
    for address, found in counted.items():
        for which in ("first", "second"):
            number, took = found[which], f"{found[f'{which}_ms']:.1f} ms"
            what = f"4 {address}: queries, {which} answer of a version of the record ({took} in the process)"
            yield Line(what, str(number), "1", "", f"<= {MOST_QUERIES}", at_most(number, MOST_QUERIES))


def _against(what: str, ours: Page, bare: Page, share: float, effort: Effort, most: float | None = None) -> list[Line]:
    """The lines of one way."""
    eight, one = (compare(ours, bare, connections=number, effort=effort) for number in (8, 1))
    return [
        rate_line(f"{what}: answers, 8 connections, {bare.address}", eight, share),
        times_line(f"{what}: p95, 8 connections", eight, most, slow=True),
        times_line(f"{what}: p50, 1 connection", one),
    ]
