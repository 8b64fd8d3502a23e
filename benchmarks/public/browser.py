"""Row 21: what a reader with a telephone on a slow link sees, measured in Chromium by its own tools (CDP).

Slow 4G as Lighthouse throttles it (1.6 Mbit/s, 150 ms a round trip), a processor four times slower, an empty cache.
FCP, LCP and CLS are the browser's own observations; TBT adds up what long tasks take beyond 50 ms after the FCP.
Loopback has no TLS: over HTTPS a round trip or two come on top. No Lighthouse score is worked out.
"""

import os
import shutil
from collections.abc import Iterator
from statistics import median
from typing import Any

from playwright.sync_api import sync_playwright

from benchmarks.public.stage import OVERVIEW, REGISTER, Stage, both
from benchmarks.report import Line, at_most, show
from benchmarks.servers import Server

ROUNDS = 3
#: What Lighthouse calls slow 4G: bytes a second both ways, milliseconds of latency; and how much slower the processor.
LINK = {"offline": False, "latency": 150, "downloadThroughput": 1_600_000 / 8, "uploadThroughput": 750_000 / 8}
SLOWER = 4
#: Name, unit, most, by how much a figure is divided.
FIGURES = (("fcp", "s", 1.0, 1000), ("lcp", "s", 1.3, 1000), ("tbt", "ms", 50, 1), ("cls", "", 0.02, 1))
WATCH = """
window.seen = {fcp: 0, lcp: 0, cls: 0, long: []};
const watch = (type, each) => new PerformanceObserver(list => list.getEntries().forEach(each))
  .observe({type, buffered: true});
watch('paint', entry => { if (entry.name === 'first-contentful-paint') seen.fcp = entry.startTime; });
watch('largest-contentful-paint', entry => { seen.lcp = entry.startTime; });
watch('layout-shift', entry => { if (!entry.hadRecentInput) seen.cls += entry.value; });
watch('longtask', entry => seen.long.push([entry.startTime, entry.duration]));
"""


def phone(stage: Stage) -> None:
    """Row 21, at the largest size."""
    size = stage.sizes[-1]
    with both(size, ready=True) as (ours, _):
        lines = [line for address in (OVERVIEW, REGISTER) for line in _lines(ours, address)]
        plain = {address: _readable(ours, address) for address in (OVERVIEW, REGISTER)}
    lines += [Line(f"21 {address} without script", "readable" if is_so else "not readable", target="readable",
                   met="yes" if is_so else "no") for address, is_so in plain.items()]  # fmt: skip
    show(f"Row 21. A telephone on slow 4G, {size.number:,} commitments", lines, [f"Median of {ROUNDS} first views."])


def _lines(server: Server, address: str) -> Iterator[Line]:
    views = [_view(server, address) for _ in range(ROUNDS)]
    for name, unit, most, divisor in FIGURES:
        value = median(view[name] for view in views) / divisor
        shown = f"{value:.0f}" if unit == "ms" else f"{value:.3f}" if not unit else f"{value:.2f}"
        yield Line(f"21 {address} {name.upper()}", f"{shown} {unit}".strip(), "", "", f"<= {most:g} {unit}".strip(),
                   at_most(value, most))  # fmt: skip


def _browser(driver: Any) -> Any:
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    switches = ["--no-sandbox", "--disable-dev-shm-usage"] if os.getuid() == 0 else []
    return driver.chromium.launch(executable_path=program, args=switches)


def _view(server: Server, address: str) -> dict[str, float]:
    """One first view in a new browser."""
    with sync_playwright() as driver:
        browser = _browser(driver)
        page = browser.new_page(viewport={"width": 412, "height": 823}, device_scale_factor=1.75, is_mobile=True)
        page.add_init_script(WATCH)
        network = page.context.new_cdp_session(page)
        network.send("Network.enable")
        network.send("Network.emulateNetworkConditions", LINK)
        network.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        page.goto(f"http://127.0.0.1:{server.port}{address}", wait_until="networkidle")
        page.wait_for_timeout(500)
        seen = page.evaluate("window.seen")
        browser.close()
    blocked = sum(max(0, length - 50) for begin, length in seen["long"] if begin + length > seen["fcp"])
    return {"fcp": seen["fcp"], "lcp": seen["lcp"], "cls": seen["cls"], "tbt": blocked}


def _readable(server: Server, address: str) -> bool:
    """Whether the page says something with script switched off."""
    with sync_playwright() as driver:
        browser = _browser(driver)
        page = browser.new_page(java_script_enabled=False)
        page.goto(f"http://127.0.0.1:{server.port}{address}")
        found = page.locator("main h1").is_visible() and len(page.locator("main").inner_text()) > 500
        browser.close()
    return bool(found)
