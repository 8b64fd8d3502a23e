"""Row 6: the register with two filters beside the bare list; rows 12 and 25: the file, and 32 readers at once.

The bare list shows 50 rows. The register shows fewer on a page: it is measured against a bare list of that many too.
"""

import http.client
import json
import re
import time
from statistics import median

from benchmarks.databases import command
from benchmarks.measure import Effort, Page, compare, p50, p95
from benchmarks.public.stage import (
    BARE_LIST,
    FILTERED,
    GZIP,
    NOISE,
    OVERVIEW,
    Stage,
    both,
    rate_line,
    times_line,
)  # fmt: skip
from benchmarks.report import Line, at_most, show
from benchmarks.servers import Server, fetch

SHARE, MOST_QUERIES, P50_MS, P95_MS = 0.55, 15, 10.0, 60.0
CROWD, CROWDED, CROWD_MS = 32, 1.5, 300.0
#: The file of the register may take so many times the bare one, its first byte so long, and so many MiB more.
FILE, FIRST_BYTE_MS, MEMORY = 2.0, 200.0, 30.0
FILES = ("/en/commitments/commitments.csv",)


def filtered(stage: Stage) -> None:
    """Row 6."""
    for size in stage.sizes:
        counted = json.loads(command(size.environment, "-m", "benchmarks.queries", FILTERED))[FILTERED]
        queries = max(counted["first"], counted["second"])
        lines = [Line("6 queries", str(queries), "2", "", f"<= {MOST_QUERIES}", at_most(queries, MOST_QUERIES))]
        told = f"{counted['first_ms']:.1f} ms", f"{counted['second_ms']:.1f} ms"
        lines.append(Line("6 in the process, first answer of a version of the record; second", *told))
        with both(size) as (ours, bare):
            rows = len(re.findall(rb'class="row-title"', fetch(ours.port, FILTERED).body))
            for shown in sorted({50, rows}, reverse=True):
                lines += _beside(ours, bare, shown, stage.effort)
        notes = [str(ours.kind), f"{FILTERED}: {rows} rows, {counted['bytes']:,} bytes. Anchor: {BARE_LIST}.", NOISE]
        show(f"Row 6. Register, two filters, {size.number:,} commitments", lines, notes)


def _beside(ours: Server, bare: Server, shown: int, effort: Effort) -> list[Line]:
    """The lines for a bare list of so many rows."""
    pages = Page(ours, FILTERED), Page(bare, f"{BARE_LIST}&rows={shown}")
    one, eight = (compare(*pages, connections=number, effort=effort) for number in (1, 8))
    return [
        rate_line(f"6 answers, 1 connection, bare {shown} rows", one, SHARE),
        rate_line(f"6 answers, 8 connections, bare {shown} rows", eight, SHARE),
        _within(times_line(f"6 p50, 1 connection, bare {shown} rows", one), one.here(p50), P50_MS),
        _within(times_line(f"6 p95, 8 connections, bare {shown} rows", eight, slow=True), eight.here(p95), P95_MS),
    ]


def _within(line: Line, milliseconds: float, most: float) -> Line:
    return Line(
        line.what, line.here, line.anchor, line.ratio, f"<= {most:g} ms", at_most(milliseconds, most), line.noise
    )


def crowd(stage: Stage) -> None:
    """Row 25: 32 connections on the overview and on lists, ready as browsers get them (compressed), and made anew."""
    for size in stage.sizes:
        lines = []
        for ready in (True, False):
            with both(size, ready=ready) as (ours, bare):
                for address in (OVERVIEW, FILTERED) if ready else (OVERVIEW, FILTERED, "/en/countries/"):
                    bare_page = Page(bare, "/cached" if ready else BARE_LIST)
                    page = Page(ours, address, headers=GZIP if ready else ())
                    found = compare(page, bare_page, connections=CROWD, effort=stage.effort)
                    how = "ready" if ready else "made anew"
                    lines.append(times_line(f"25 {address} {how}: p95, {bare_page.address}", found, CROWDED, slow=True))
        note = f"{CROWD} connections; an error on any of them ends the run. Aim: {CROWD_MS:g} ms at most."
        show(f"Row 25. A crowd, {size.number:,} commitments", lines, [note, NOISE])


def file(stage: Stage) -> None:
    """Row 12: the file of all commitments beside the bare one of as many rows."""
    for size in stage.sizes:
        with both(size) as (ours, bare):
            address = next((one for one in FILES if fetch(ours.port, one).status == 200), "")
            lines = _file_lines(ours, bare, address) if address else [Line("12", "not measured: no file of the list")]
        show(f"Row 12. The register as a file, {size.number:,} commitments", lines)


def _file_lines(ours: Server, bare: Server, address: str) -> list[Line]:
    for _each in range(8):
        fetch(ours.port, f"{address}?country=COL")  # what every file needs is loaded in each worker
    ours.most_memory()
    before = ours.most_memory()
    rounds = [(_download(ours, address), _download(bare, "/csv")) for _round in range(3)]
    mine, theirs = zip(*rounds, strict=True)
    more = ours.most_memory() - before
    first, whole = (median(one[place] for one in mine) for place in (0, 1))
    bare_whole = median(one[1] for one in theirs)
    times = whole / bare_whole
    return [
        Line(f"12 whole, {address}", f"{whole:.2f} s", f"{bare_whole:.2f} s", f"{times:.2f}", f"<= {FILE:g}",
             at_most(times, FILE)),
        Line("12 first byte", f"{1000 * first:.0f} ms", "", "", f"<= {FIRST_BYTE_MS:g} ms",
             at_most(1000 * first, FIRST_BYTE_MS)),
        Line("12 memory of a worker", f"+{more:.0f} MiB", "", "", f"<= +{MEMORY:g} MiB", at_most(more, MEMORY)),
    ]  # fmt: skip


def _download(server: Server, address: str) -> tuple[float, float]:
    """Seconds to the first byte of the body, and to the last."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
    began = time.perf_counter()
    connection.request("GET", address)
    answer = connection.getresponse()
    answer.read(1)
    first = time.perf_counter() - began
    answer.read()
    connection.close()
    return first, time.perf_counter() - began
