"""The change under way: set by `history.actions` alone, read when a row of history is written."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from commitments.roles.actor import Actor


class UntrackedWriteError(RuntimeError):
    """A write that would leave no history, or history without an author."""


@dataclass(frozen=True, slots=True)
class Change:
    """Who changes something, why, and the reason that the public may read."""

    by: Actor
    public_reason: str = ""


_change: ContextVar[Change | None] = ContextVar("change", default=None)


def is_writing() -> bool:
    """Whether `history.actions` is at work in this thread."""
    return _change.get() is not None


def current_change() -> Change:
    """The change under way; UntrackedWriteError outside one."""
    change = _change.get()
    if change is None:
        raise UntrackedWriteError("History is written through history.actions only.")
    return change


@contextmanager
def writing(change: Change) -> Iterator[None]:
    """Open the write path for one change."""
    token = _change.set(change)
    try:
        yield
    finally:
        _change.reset(token)
