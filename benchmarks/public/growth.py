"""Rows 5, 7 and 9: what more commitments cost the overview, the register and its last page; row 8: the search.

Each size has a database and a server of its own, asked in turn.
"""

import json
import re

from benchmarks.databases import command
from benchmarks.measure import Page, compare
from benchmarks.public.stage import (
    BARE_LIST,
    FILTERED,
    NOISE,
    OVERVIEW,
    REGISTER,
    Stage,
    both,
    grown,
    times_line,
)  # fmt: skip
from benchmarks.report import Line, at_most, show
from benchmarks.servers import Server, fetch

#: How many times as long a page may take with ten times the rows and more, and the last page beside the first.
OVERVIEW_GROWTH, LIST_GROWTH, DEEP = 1.3, 1.3, 1.3
#: A word that few titles hold, and what a search may take of the unindexed one's time.
WORD, SEARCH = "777", 0.2
#: One that nearly all hold.
COMMON = "workers"
SEARCHES = (f"/en/search/?q={WORD}", f"{REGISTER}?q={WORD}")
#: Without filters, narrowed, by country: whatever grows, grows here.
PAGES = (OVERVIEW, REGISTER, FILTERED, "/en/countries/", "/en/late/", "/en/totals/")


def sizes(stage: Stage) -> None:
    """Rows 5 and 7."""
    if not stage.pairs:
        show("Rows 5 and 7. Growth", [Line("5, 7", "not measured: one size alone")])
    for smaller, larger in stage.pairs:
        with both(smaller) as (few, _), both(larger) as (many, _):
            lines = []
            for address in PAGES:
                row, most = ("5", OVERVIEW_GROWTH) if address == OVERVIEW else ("7", LIST_GROWTH)
                lines.append(times_line(f"{row} {address}", grown(few, many, address, stage.effort), most))
        with both(smaller) as (_, few), both(larger) as (_, many):
            lines.append(times_line(f"bare {BARE_LIST}", grown(few, many, BARE_LIST, stage.effort)))
        title = f"Rows 5 and 7. {larger.number:,} commitments (here) beside {smaller.number:,} (anchor), made anew"
        show(title, lines, [NOISE])


def deep(stage: Stage) -> None:
    """Row 9: the last page that the register leads to, and one half-way, beside its first."""
    for size in stage.sizes:
        with both(size) as (ours, _):
            last = last_page(ours, REGISTER)
            lines = [
                _deep(ours, number, stage)
                for number in sorted({max(2, last // 2), last})
                if last > 1
            ]  # fmt: skip
        show(f"Row 9. Deep pages, {size.number:,} commitments; {last} pages", lines, [NOISE])


def _deep(ours: Server, number: int, stage: Stage) -> Line:
    found = compare(Page(ours, f"{REGISTER}?page={number}"), Page(ours, REGISTER), connections=1, effort=stage.effort)
    return times_line(f"9 page {number} beside page 1", found, DEEP)


def last_page(server: Server, address: str) -> int:
    """The highest number of a page that a list leads to."""
    body = fetch(server.port, address).body.decode()
    return max((int(number) for number in re.findall(r"[?&;]page=(\d+)", body)), default=1)


def search(stage: Stage) -> None:
    """Row 8: a rare and a common word beside the same columns without an index; whole pages beside the bare one."""
    note = "Pages beside the bare search of one title column without an index: ours are whole pages."
    for size in stage.sizes:
        told = json.loads(command(size.environment, "-m", "benchmarks.searches", WORD, COMMON))
        lines = [_found(word, **milliseconds) for word, milliseconds in told.items()]
        with both(size) as (ours, bare):
            unindexed = Page(bare, f"/search?q={WORD}")
            for address in SEARCHES:
                found = compare(Page(ours, address), unindexed, connections=1, effort=stage.effort)
                lines.append(times_line(f"8 {address}", found))
        show(f"Row 8. Search, {size.number:,} commitments", lines, [note, NOISE])


def _found(word: str, here: float, icontains: float) -> Line:
    times = here / icontains
    return Line(
        f"8 “{word}” in the process, icontains", f"{here:.1f} ms", f"{icontains:.1f} ms", f"{times:.2f}",
        f"<= {SEARCH:g}", at_most(times, SEARCH),
    )  # fmt: skip
