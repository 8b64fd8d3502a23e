"""Measuring two servers side by side: bounded load over the loopback address, rounds in turn, medians and their noise.

One request, one connection: synchronous workers close each connection after its answer, so keep-alive would change
nothing (`keep_alive` is there for servers that offer it, and is part of what is printed).
"""

import argparse
import http.client
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median, quantiles

from benchmarks.servers import Server, fetch, same_kind

#: No burst sends more requests than this, however fast the server is.
MOST_REQUESTS = 20_000
ENOUGH_ROUNDS = 3
#: Requests of each connection, also where a page takes longer than the burst.
FEWEST = 2


@dataclass(frozen=True)
class Page:
    """An address on a server, the status that every answer must have, and what the reader says beside the address."""

    server: Server
    address: str
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()


@dataclass
class Burst:
    """What one stretch of load showed: seconds that each request took, and how long the whole went on."""

    seconds: list[float] = field(default_factory=list)
    duration: float = 0.0


Figure = Callable[[Burst], float]


def rate(burst: Burst) -> float:
    """Answers a second."""
    return len(burst.seconds) / burst.duration


def p50(burst: Burst) -> float:
    """The median request, in milliseconds."""
    return 1000 * median(burst.seconds)


def p95(burst: Burst) -> float:
    """The request that one in twenty exceeds, in milliseconds."""
    return 1000 * quantiles(burst.seconds, n=20, method="inclusive")[-1]


@dataclass(frozen=True)
class Effort:
    """How often and how long to measure: rounds, and seconds of load in each."""

    rounds: int
    seconds: float


@dataclass(frozen=True)
class Comparison:
    """Rounds of two pages in turn. Every figure is a median over the rounds."""

    ours: tuple[Burst, ...]
    bare: tuple[Burst, ...]

    def here(self, figure: Figure) -> float:
        """A figure of the product."""
        return median(figure(burst) for burst in self.ours)

    def anchor(self, figure: Figure) -> float:
        """A figure of the bare project."""
        return median(figure(burst) for burst in self.bare)

    @property
    def ratio(self) -> float:
        """How much of the bare rate the product reaches, round by round."""
        return median(rate(mine) / rate(bare) for mine, bare in zip(self.ours, self.bare, strict=True))

    @property
    def noise(self) -> float:
        """How far the rounds lie apart, as a share of the median rate: the worse of the two."""
        return max(spread([rate(burst) for burst in bursts]) for bursts in (self.ours, self.bare))


def spread(values: Sequence[float]) -> float:
    """The distance from the lowest to the highest value as a share of the median."""
    return (max(values) - min(values)) / median(values)


def compare(ours: Page, bare: Page, *, connections: int, effort: Effort) -> Comparison:
    """Put both pages under the same load, in turn, each first in every other round.

    Raises DifferentKindsError when the servers are not of one kind.
    """
    same_kind(ours.server, bare.server)
    if effort.rounds < ENOUGH_ROUNDS:
        raise ValueError(f"{ENOUGH_ROUNDS} rounds at least: a median of fewer is none.")
    pages = (ours, bare)
    for page in pages:
        load(page, connections=8, seconds=0.25)  # every worker has answered before the first round
    found: dict[Page, list[Burst]] = {page: [] for page in pages}
    for number in range(effort.rounds):
        for page in pages if number % 2 == 0 else reversed(pages):
            found[page].append(load(page, connections=connections, seconds=effort.seconds))
    return Comparison(tuple(found[ours]), tuple(found[bare]))


def load(page: Page, *, connections: int, seconds: float, keep_alive: bool = False) -> Burst:
    """Ask for a page over so many connections at a time until the time is over.

    Every answer must have the status and the length of the first; RuntimeError otherwise.
    """
    first = fetch(page.server.port, page.address, headers=dict(page.headers))
    if first.status != page.status:
        raise RuntimeError(f"{page.server.name} answers {page.address} with {first.status}")
    burst = Burst()
    problems: list[str] = []
    started = time.perf_counter()
    readers = [
        threading.Thread(
            target=_read,
            args=(page, len(first.body), started + seconds, MOST_REQUESTS // connections, keep_alive, burst, problems),
        )
        for _ in range(connections)
    ]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    burst.duration = time.perf_counter() - started
    if problems or len(burst.seconds) < 2:
        raise RuntimeError(f"{page.server.name} {page.address}: {problems[:1] or 'too few answers'}")
    return burst


def _read(page: Page, length: int, end: float, most: int, keep_alive: bool, burst: Burst, problems: list[str]) -> None:
    """One connection's worth of load."""
    asked = {"Accept-Encoding": "identity", "Connection": "keep-alive" if keep_alive else "close"}
    headers = asked | dict(page.headers)
    connection = http.client.HTTPConnection("127.0.0.1", page.server.port, timeout=30)
    try:
        for number in range(most):
            began = time.perf_counter()
            if began >= end and number >= FEWEST:
                return
            connection.request("GET", page.address, headers=headers)
            response = connection.getresponse()
            body = response.read()
            if not keep_alive:
                connection.close()
            burst.seconds.append(time.perf_counter() - began)
            if response.status != page.status or len(body) != length:
                problems.append(f"status {response.status}, {len(body)} bytes instead of {length}")
                return
    except (OSError, http.client.HTTPException) as problem:
        problems.append(repr(problem))
    finally:
        connection.close()


def arguments(what: str | None) -> argparse.ArgumentParser:
    """What every program can be told."""
    parser = argparse.ArgumentParser(description=what, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--commitments", type=int, nargs="+", default=[1000, 10_000], metavar="NUMBER")
    parser.add_argument("--rounds", type=int, default=5, help="rounds of each measurement, three or more")
    parser.add_argument("--seconds", type=float, default=3.0, help="length of one burst of load")
    return parser
