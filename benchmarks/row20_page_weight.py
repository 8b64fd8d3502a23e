"""Row 20: what the first view of the public overview weighs, in a real Chromium with an empty cache.

Bytes are those that travel, headers included, in KB of 1,000 bytes. Chromium takes Brotli from the machine's own
address as it does over HTTPS. Where the product sends its HTML plain, a proxy in front has to compress it: then both
weights are held against the limit, the plain one and the one that gzip makes of it at nginx's level. Bytes do not
depend on the machine, so there is no anchor. The queries of the overview are counted beside.
"""

import gzip
import json
import os
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import brotli
from playwright.sync_api import sync_playwright

from benchmarks.databases import Environment, command, throwaway, with_commitments, with_record
from benchmarks.measure import arguments
from benchmarks.report import Line, at_most, show
from benchmarks.servers import Server, fetch, product

OVERVIEW = "/en/"
#: Chromium's kinds of resource, and what each may weigh in KB; all but the font together have a limit of their own.
KINDS = {"Document": ("HTML", 30), "Stylesheet": ("CSS", 25), "Script": ("JS", 20), "Font": ("font", 45)}
WITHOUT_FONT, MOST_REQUESTS, MOST_NODES, MOST_QUERIES = 100, 12, 1500, 15
#: What a proxy does to a page on its way.
GZIP_LEVEL, BROTLI_QUALITY = 6, 5


@dataclass
class View:
    """What a browser fetched to show a page."""

    requests: dict[str, tuple[str, str]] = field(default_factory=dict)  # id: (kind, address)
    sizes: Counter[str] = field(default_factory=Counter)  # id: bytes on the wire
    nodes: int = 0

    def weigh(self, kind: str) -> int:
        """Bytes of one kind of resource."""
        return sum(self.sizes[mark] for mark, (held, _) in self.requests.items() if held == kind)

    @property
    def foreign(self) -> list[str]:
        """Addresses of other hosts."""
        hosts = (urlsplit(address).hostname for _, address in self.requests.values())
        return sorted({host for host in hosts if host and host != "127.0.0.1"})


def main() -> None:
    """Weigh the page at the shipped record and at each number of commitments."""
    options = arguments(__doc__).parse_args()
    with throwaway() as environment:
        with_record(environment)
        show_weight(environment, "the shipped record")
        for number in sorted(options.commitments):
            with_commitments(environment, number)
            show_weight(environment, f"{number:,} commitments")


def show_weight(environment: Environment, what: str) -> None:
    """One table."""
    with product(environment) as server:
        found = first_view(server)
        plain = fetch(server.port, OVERVIEW).body
        sent = fetch(server.port, OVERVIEW, encoding="br, gzip")
    show(
        f"Page weight of the overview, {what}",
        [*lines(found, plain), queries_line(environment)],
        list(notes(plain, sent.headers)),
    )


def lines(found: View, plain: bytes) -> Iterator[Line]:
    """The figures with their targets."""
    weights = {name: found.weigh(kind) for kind, (name, _) in KINDS.items()}
    other = sum(found.sizes.values()) - weights["font"] - weights["HTML"]
    yield weight_line("HTML as sent", weights["HTML"], KINDS["Document"][1])
    if weights["HTML"] > len(plain):
        weights["HTML"] += len(gzip.compress(plain, GZIP_LEVEL)) - len(plain)
        yield weight_line("HTML behind gzip", weights["HTML"], KINDS["Document"][1])
    for name, most in [held for held in KINDS.values() if held[0] != "HTML"]:
        yield weight_line(name, weights[name], most)
    yield weight_line("all compressed, without the font", other + weights["HTML"], WITHOUT_FONT)
    for what, number, most in (
        ("requests", len(found.requests), MOST_REQUESTS),
        ("third parties", len(found.foreign), 0),
        ("DOM nodes", found.nodes, MOST_NODES),
    ):
        yield Line(what, f"{number:,}", target=f"<= {most:,}", met=at_most(number, most))


def queries_line(environment: Environment) -> Line:
    """How often the overview asks the database."""
    counted = json.loads(command(environment, "-m", "benchmarks.queries", OVERVIEW))[OVERVIEW]
    queries = max(counted["first"], counted["second"])
    return Line("queries", str(queries), target=f"<= {MOST_QUERIES}", met=at_most(queries, MOST_QUERIES))


def weight_line(what: str, weight: int, most: int) -> Line:
    """A weight in KB with its limit."""
    return Line(what, kilobytes(weight), target=f"<= {most} KB", met=at_most(weight, 1000 * most))


def kilobytes(weight: int) -> str:
    """Bytes in KB of 1,000."""
    return f"{weight / 1000:.1f} KB"


def notes(plain: bytes, headers: dict[str, str]) -> Iterator[str]:
    """The page over plain HTTP."""
    small = len(brotli.compress(plain, quality=BROTLI_QUALITY))
    yield (
        f"HTML body: {len(plain):,} bytes plain, {len(gzip.compress(plain, GZIP_LEVEL)):,} gzip, {small:,} Brotli; "
        f"the product itself sends it {headers.get('content-encoding', 'plain')}."
    )
    yield "Bytes on the wire with headers, first view at 1280 x 800, until the network is quiet."


def first_view(server: Server) -> View:
    """Open the overview in a new Chromium and note all that it fetches."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    switches = ["--no-sandbox", "--disable-dev-shm-usage"] if os.getuid() == 0 else []
    view = View()
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=switches)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        network = page.context.new_cdp_session(page)
        network.on("Network.requestWillBeSent", lambda event: note_request(view, event))
        network.on("Network.loadingFinished", lambda event: note_size(view, event))
        network.send("Network.enable")
        page.goto(f"http://127.0.0.1:{server.port}{OVERVIEW}", wait_until="networkidle")
        view.nodes = page.evaluate("document.getElementsByTagName('*').length")
        browser.close()
    return view


def note_request(view: View, event: dict[str, Any]) -> None:
    """A request begins; what lies in the page itself (data:) is none."""
    address = event["request"]["url"]
    if not address.startswith(("data:", "blob:")):
        view.requests[event["requestId"]] = (event["type"], address)


def note_size(view: View, event: dict[str, Any]) -> None:
    """A request has ended."""
    if event["requestId"] in view.requests:
        view.sizes[event["requestId"]] += int(event["encodedDataLength"])


if __name__ == "__main__":
    main()
