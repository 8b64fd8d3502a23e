"""What every row of the public pages is measured on: a database of each size, and servers on it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from benchmarks.databases import Environment
from benchmarks.filled import filled
from benchmarks.measure import Comparison, Effort, Page, compare, p50, p95, rate
from benchmarks.report import Line, at_least, at_most, told
from benchmarks.servers import Server, anchor, product

#: What browsers say: a ready page is kept compressed.
GZIP = (("Accept-Encoding", "gzip"),)
OVERVIEW = "/en/"
REGISTER = "/en/commitments/"
FILTERED = "/en/commitments/?mechanism=lad&status=on_track"
BARE_LIST = "/flist?kind=national&status=on_track"
NOISE = "noise: distance from the slowest to the fastest round, as a share of the median."


@dataclass(frozen=True)
class Size:
    """A database with so many commitments."""

    number: int
    environment: Environment


@dataclass(frozen=True)
class Stage:
    """All sizes of one run, the smallest first, and how long to measure."""

    sizes: tuple[Size, ...]
    effort: Effort

    @property
    def pairs(self) -> list[tuple[Size, Size]]:
        """Each size beside the next larger one."""
        return list(zip(self.sizes, self.sizes[1:], strict=False))


@contextmanager
def stage(numbers: list[int], effort: Effort) -> Iterator[Stage]:
    """Databases of these sizes."""
    with filled(sorted(set(numbers))) as environments:
        yield Stage(tuple(Size(number, environment) for number, environment in environments.items()), effort)


@contextmanager
def both(size: Size, *, ready: bool = False) -> Iterator[tuple[Server, Server]]:
    """The product and the bare project on one database; `ready` pages are kept, others are made for each answer."""
    environment = {**size.environment, "READY_PAGES": "1" if ready else "0"}
    with anchor(size.environment) as bare, product(environment) as ours:
        yield ours, bare


def rate_line(what: str, found: Comparison, share: float) -> Line:
    """A rate, held against the bare one."""
    return Line(
        what,
        f"{found.here(rate):.0f}/s",
        f"{found.anchor(rate):.0f}/s",
        f"{found.ratio:.2f}",
        f">= {share:g}",
        at_least(found.ratio, share),
        told(found.noise),
    )


def times_line(what: str, found: Comparison, most: float | None = None, *, slow: bool = False) -> Line:
    """How many times as long an answer takes: the median one, or (`slow`) the one that one in twenty exceeds."""
    figure = p95 if slow else p50
    times = found.here(figure) / found.anchor(figure)
    return Line(
        what,
        f"{found.here(figure):.1f} ms",
        f"{found.anchor(figure):.1f} ms",
        f"{times:.2f}",
        f"<= {most:g}" if most else "",
        at_most(times, most) if most else "",
        told(found.noise),
    )


def grown(smaller: Server, larger: Server, address: str, effort: Effort, other: str = "") -> Comparison:
    """A page of the larger record beside the same page (or another one) of the smaller; one connection."""
    return compare(Page(larger, address), Page(smaller, other or address), connections=1, effort=effort)
