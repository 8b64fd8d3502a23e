"""The processes under supervision: started so that none of them can outlive the supervisor."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

#: Seconds from a death to the next start; the last one repeats.
BACK_OFF = (0.5, 1.0, 2.0, 5.0, 15.0, 30.0)
#: Seconds of life after which earlier deaths are forgotten.
SETTLED = 60.0
#: A log larger than this is set aside at the next start.
LOG_BYTES = 5_000_000
_PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True)
class Program:
    """What to run, under which name, with which variables beside the supervisor's own."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    #: Programs of a lower rank start first and stop last.
    rank: int = 1


class Child:
    """A running program: its own process group, its own log, and when it may be started again."""

    def __init__(self, program: Program, log_dir: Path) -> None:
        self.program = program
        self.log = log_dir / f"{program.name}.log"
        self.deaths = 0
        self.started_at = 0.0
        self.start_again_at = 0.0
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def is_running(self) -> bool:
        """Whether the process lives."""
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        """Start the process. On Linux the kernel ends it when the supervisor dies, whatever kills that."""
        _set_aside(self.log)
        with self.log.open("ab") as stream:
            self.process = subprocess.Popen(  # noqa: S603  # commands are written in plan.py
                self.program.command,
                stdin=subprocess.DEVNULL,
                stdout=stream,
                stderr=stream,
                env={**os.environ, **self.program.environment},
                start_new_session=True,
                preexec_fn=_end_with(os.getpid()),  # the supervisor has no threads
            )
        self.started_at = time.monotonic()

    def note_death(self) -> float:
        """Count a death and set when the next start may be; returns the seconds until then."""
        if time.monotonic() - self.started_at > SETTLED:
            self.deaths = 0
        pause = BACK_OFF[min(self.deaths, len(BACK_OFF) - 1)]
        self.deaths += 1
        self.start_again_at = time.monotonic() + pause
        return pause

    def signal(self, sign: int) -> None:
        """Send a signal to the process, or with SIGKILL to its whole group."""
        if self.process is None:
            return
        try:
            if sign == signal.SIGKILL:
                os.killpg(self.process.pid, sign)
            elif self.is_running:
                self.process.send_signal(sign)
        except ProcessLookupError:
            return

    def last_words(self, lines: int = 8) -> str:
        """The end of the log."""
        if not self.log.is_file():
            return ""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


def stop(children: list[Child], *, grace: float) -> None:
    """End children: SIGTERM, then after the grace SIGKILL for them and whatever is left of their groups."""
    for child in children:
        child.signal(signal.SIGTERM)
    end = time.monotonic() + grace
    while any(child.is_running for child in children) and time.monotonic() < end:
        time.sleep(0.05)
    for child in children:
        child.signal(signal.SIGKILL)
        if child.process is not None:
            child.process.wait()


def _set_aside(log: Path) -> None:
    if log.is_file() and log.stat().st_size > LOG_BYTES:
        log.replace(log.with_suffix(".log.1"))


def _end_with(supervisor: int) -> Callable[[], None] | None:
    """Ask the kernel, in the child before it runs anything, for SIGTERM when the supervisor is gone."""
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None, use_errno=True)

    def before_exec() -> None:
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != supervisor:  # it died before the kernel was asked
            os._exit(1)

    return before_exec
