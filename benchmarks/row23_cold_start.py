"""Row 23: how long after its start the product answers.

The web process alone: from its start to the first 200 of the overview, beside the bare project's first 200 of /page50,
in turn. Everything (`make run` with the packages installed, that is `manage.py up` in a fresh copy of the repository):
from its start until it says that all programs are ready. The first start makes assets, tables, record and
demonstration; the second finds them.
"""

import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.databases import ROOT, Environment, command, throwaway, vendor, with_commitments, with_record
from benchmarks.measure import arguments, spread
from benchmarks.report import Line, at_most, show, told
from benchmarks.servers import ANCHOR, PRODUCT, anchor, answers, launch, product, same_kind
from tests.servers import free_port, listens, process, wait_until

OVERVIEW, BARE = "/en/", "/page50"
WEB_SECONDS, SECOND_SECONDS = 2.0, 10.0
READY = "The tracker is ready."
#: Seconds between two questions whether a server answers.
PAUSE = 0.01
PATIENCE = 180.0


def main() -> None:
    """Measure everything on an empty database, then both at each number of commitments."""
    options = arguments(__doc__).parse_args()
    with fresh_copy() as home:
        with throwaway() as environment:
            first = everything(environment, home)
            show(
                "Start of everything, the shipped record and the demonstration",
                [
                    Line("first start", f"{first:.1f} s"),
                    second_start(environment, home, options.rounds),
                ],
                [f"{vendor(environment)}; assets, tables, record and demonstration are made by the first start."],
            )
        for number in sorted(options.commitments):
            with throwaway() as environment:
                with_record(environment)
                with_commitments(environment, number)
                measure(environment, home, number, options.rounds)


def measure(environment: Environment, home: Path, number: int, rounds: int) -> None:
    """The table of one number of commitments."""
    command(environment, "manage.py", "build_assets")
    with anchor(environment) as bare, product(environment) as ours:
        kind = same_kind(ours, bare)
    pairs = [
        (first_answer(PRODUCT, OVERVIEW, environment), first_answer(ANCHOR, BARE, environment)) for _ in range(rounds)
    ]
    lines = [line("web, to the first 200", pairs, WEB_SECONDS)]
    everything(environment, home)  # adds the demonstration once
    lines.append(second_start(environment, home, rounds))
    notes = [f"{kind}; {rounds} rounds in turn; the anchor is the bare web process, to its first 200 of {BARE}."]
    show(f"Cold start, {number:,} commitments", lines, notes)


def second_start(environment: Environment, home: Path, rounds: int) -> Line:
    """Starts that find everything made, each beside a bare one."""
    command(environment, "-m", "benchmarks.anchors.fill", "50")
    pairs = [(everything(environment, home), first_answer(ANCHOR, BARE, environment)) for _ in range(rounds)]
    return line("everything, second start", pairs, SECOND_SECONDS)


def line(what: str, pairs: Sequence[tuple[float, float]], most: float) -> Line:
    """Seconds of ours and of the bare web process, with the target for ours."""
    ours, bare = zip(*pairs, strict=True)
    return Line(
        what,
        f"{median(ours):.2f} s",
        f"{median(bare):.2f} s",
        f"{median(mine / other for mine, other in pairs):.1f}",
        f"<= {most:g} s",
        at_most(median(ours), most),
        told(max(spread(ours), spread(bare))),
    )


def first_answer(server: tuple[str, ...], address: str, environment: Environment) -> float:
    """Seconds from the start of a web server to the first 200 of an address."""
    port = free_port()
    began = time.perf_counter()
    with process(
        launch(server), cwd=ROOT, env={**environment, "PORT": str(port)}, stderr=subprocess.DEVNULL
    ):  # fmt: skip
        ask_until(lambda: answers(port, address, 200), address)
        return time.perf_counter() - began


def ask_until(answer: Callable[[], bool], what: str) -> None:
    """Ask every few milliseconds until the answer is yes."""
    end = time.perf_counter() + PATIENCE
    while not answer():
        if time.perf_counter() > end:
            raise TimeoutError(f"waited {PATIENCE:.0f} s for {what}")
        time.sleep(PAUSE)


def everything(environment: Environment, home: Path) -> float:
    """Seconds until all programs are ready; then stop them, and see that nobody listens any more."""
    ports = [free_port() for _ in range(3)]
    names = ("PORT", "MAILBOX_SMTP_PORT", "MAILBOX_PAGE_PORT")
    given = {**environment, **{name: str(port) for name, port in zip(names, ports, strict=True)}}
    del given["REDIS_URL"]  # the broker of its own is one of the programs to start
    began = time.perf_counter()
    with process(
        [sys.executable, "manage.py", "up"],
        cwd=home, env=given, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    ) as child:  # fmt: skip
        ready = wait_for_word(child)
        taken = time.perf_counter() - began
        if not ready or not answers(ports[0], OVERVIEW, 200):
            raise RuntimeError("Said to be ready, and does not answer.")
        child.send_signal(signal.SIGTERM)
        code = child.wait(timeout=60)
    wait_until(lambda: not any(listens(port) for port in ports), "all ports to be free again")
    if code:
        raise RuntimeError(f"manage.py up ended with {code}.")
    return taken


def wait_for_word(child: "subprocess.Popen[str]") -> bool:
    """Read what it says until it is ready; the rest is read on, so that it never waits for a reader."""
    assert child.stdout is not None  # noqa: S101  # it was asked for
    heard: list[str] = []
    for text in child.stdout:
        heard.append(text)
        if READY in text:
            threading.Thread(target=child.stdout.read, daemon=True).start()
            return True
    raise RuntimeError("manage.py up ended:\n" + "".join(heard[-20:]))


@contextmanager
def fresh_copy() -> Iterator[Path]:
    """The repository as a new clone holds it: nothing built, nothing compiled, no data."""
    made = shutil.ignore_patterns(".git", ".venv", "build", "fonts", "var", "__pycache__", "*.mo", ".*_cache", ".env")
    with TemporaryDirectory(prefix="tracker-copy-") as directory:
        home = Path(directory) / "copy"
        shutil.copytree(ROOT, home, ignore=made)
        yield home


if __name__ == "__main__":
    main()
