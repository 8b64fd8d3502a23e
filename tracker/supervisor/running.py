"""The supervisor: starts the programs, waits until all work, starts again what dies, and stops everything."""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from types import FrameType

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone

from tracker.supervisor import children, preparation, readiness
from tracker.supervisor.children import Child, Program

#: Seconds until all must be ready, on a slow machine too.
PATIENCE = 120.0
#: Seconds that programs get to end by themselves.
GRACE = 15.0
#: Seconds between two looks for a worker that lives but is silent.
LOOK_AGAIN = 30.0
Say = Callable[[str], None]


class StopRequested(BaseException):
    """Ctrl-C, SIGTERM or the end of the terminal."""


@contextmanager
def stopping_by_signal() -> Iterator[None]:
    """Signals that ask for an end raise StopRequested inside the block, and are not heard any more after it."""
    signs = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def ask(_number: int, _frame: FrameType | None) -> None:
        for sign in signs:
            signal.signal(sign, signal.SIG_IGN)  # one request is enough; the way down is not to be disturbed
        raise StopRequested

    for sign in signs:
        signal.signal(sign, ask)
    try:
        yield
    finally:
        for sign in signs:
            signal.signal(sign, signal.SIG_IGN)


class Supervisor:
    """All programs of one installation."""

    def __init__(self, programs: list[Program], say: Say) -> None:
        self.children = [Child(program, preparation.log_dir()) for program in programs]
        self.say = say
        self.started: datetime = timezone.now()
        self._next_look = 0.0

    def start(self, rank: int) -> None:
        """Start the programs of a rank."""
        for child in self._ranked(rank):
            child.start()

    def wait_until_ready(self, rank: int) -> None:
        """Return when every program of a rank does its work; CommandError when one ends or never gets there."""
        waiting = readiness.checks(rank, self.started)
        end = time.monotonic() + PATIENCE
        while waiting:
            waiting = {name: check for name, check in waiting.items() if not check()}
            self._refuse_the_dead(rank)
            if waiting and time.monotonic() > end:
                names = ", ".join(waiting)
                raise CommandError(f"Not ready within {PATIENCE:.0f} s: {names}. See {preparation.log_dir()}")
            time.sleep(0.1)

    def _refuse_the_dead(self, rank: int) -> None:
        for child in self._ranked(rank):
            if child.process is not None and not child.is_running:
                raise CommandError(f"{child.program.name} ended at once; its log says:\n{child.last_words()}")

    def watch(self) -> None:
        """Start again what dies, with a growing pause, and a worker that has fallen silent. Never returns."""
        while True:
            for child in self.children:
                self._look_after(child)
            if time.monotonic() > self._next_look:
                self._next_look = time.monotonic() + LOOK_AGAIN
                self._wake_the_silent()
            time.sleep(0.2)

    def _look_after(self, child: Child) -> None:
        if child.is_running:
            return
        if child.process is not None:
            code = child.process.poll()
            child.signal(signal.SIGKILL)  # what is left of its group
            child.process = None
            pause = child.note_death()
            self.say(f"{child.program.name} ended ({code}); starting it again in {pause:g} s. See {child.log}")
        if time.monotonic() >= child.start_again_at:
            child.start()

    def _wake_the_silent(self) -> None:
        """A worker can live and yet not consume, after the broker was away: silence for three ticks ends it."""
        silence = timedelta(seconds=3 * settings.TICK_SECONDS + 60)
        moment = max(filter(None, (readiness.last_scan(), self.started)))
        if timezone.now() - moment < silence:
            return
        self.started = timezone.now()
        for child in self._ranked(1):
            if child.program.name in {"worker", "beat"} and child.is_running:
                self.say(f"{child.program.name} has been silent for {silence}; starting it again.")
                children.stop([child], grace=GRACE)

    def stop(self) -> None:
        """End everything; the broker and the mailbox last, because the others still talk to them on their way down."""
        for rank in (1, 0):
            children.stop(self._ranked(rank), grace=GRACE)

    def _ranked(self, rank: int) -> list[Child]:
        return [child for child in self.children if child.program.rank == rank]
