"""Small readings and pieces of pages kept in the process for one version of the record: what many pages share.

Kept while a public page is made, and only then: the version is read once for each page, before anything that is kept,
so that no process shows what another has changed. Whatever else asks (a form, a task) reads the record itself.
"""

import time
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

from commitments.history.marks import data_version

#: What is read past the write path leaves no mark: nothing is kept for longer, whatever the version says.
LONGEST_SECONDS = 600
#: Readings and pieces by day and language; a piece is a row of a list or a part of a page, a kilobyte or so.
MOST = 5000


class _Page:
    """A page that is being made: the readings of its version, looked up once."""

    version = ""
    readings: dict[Any, Any] | None = None


class _Store:
    """The readings of the newest version that a page of this process was made of."""

    def __init__(self) -> None:
        # Taken and put back as one: two threads may make pages of two versions.
        self._held: tuple[str, float, dict[Any, Any]] = "", 0.0, {}

    def of(self, version: str) -> dict[Any, Any]:
        """The readings of a version; none yet, where it is another one or kept for too long."""
        held, since, readings = self._held
        now = time.monotonic()
        if version != held or now - since > LONGEST_SECONDS or len(readings) > MOST:
            readings = {}
            self._held = version, now, readings
        return readings


P = ParamSpec("P")
R = TypeVar("R")
K = TypeVar("K", bound=Hashable)
_page: ContextVar[_Page | None] = ContextVar("page", default=None)
_store = _Store()


@contextmanager
def page_made() -> Iterator[None]:
    """A public page is made inside."""
    token = _page.set(_Page())
    try:
        yield
    finally:
        _page.reset(token)


def kept(read: Callable[P, R]) -> Callable[P, R]:
    """A reading that depends on the record and its arguments alone. Who gets it must not change it."""

    @wraps(read)
    def answer(*args: P.args, **named: P.kwargs) -> R:
        return kept_under((read.__module__, read.__qualname__, args, *named.items()), lambda: read(*args, **named))

    return answer


def kept_under(key: Hashable, make: Callable[[], R]) -> R:
    """What `make` gives, made once for a version of the record; made each time where no public page is being made."""
    readings = _readings()
    if readings is None:
        return make()
    if key not in readings:
        readings[key] = make()
    return cast("R", readings[key])


def each_kept(name: Hashable, keys: Iterable[K], make: Callable[[list[K]], dict[K, R]]) -> dict[K, R]:
    """What is kept of many things, in the order of their keys; `make` gives at once what is not there yet."""
    held, wanted = _readings(), list(keys)
    readings = {} if held is None else held
    missing = [key for key in wanted if (name, key) not in readings]
    for key, value in (make(missing) if missing else {}).items():
        readings[name, key] = value
    return {key: readings[name, key] for key in wanted if (name, key) in readings}


class KeptNumber:
    """A number kept for a version of the record, once somebody has counted; None before, and where no page is made."""

    def __init__(self, *key: Hashable) -> None:
        self.key = ("number", *key)

    @property
    def value(self) -> int | None:
        """The number as it was counted."""
        return cast("int | None", (_readings() or {}).get(self.key))

    @value.setter
    def value(self, number: int | None) -> None:
        readings = _readings()
        if readings is not None:
            readings[self.key] = number


def _readings() -> dict[Any, Any] | None:
    """The readings of the page that is being made; None where none is."""
    page = _page.get()
    if page is None:
        return None
    if page.readings is None:
        page.version = data_version()
        page.readings = _store.of(page.version)
    return page.readings


def version_of_page() -> str:
    """The version that the public page being made is of; empty where none is being made."""
    page = _page.get()
    return page.version if page is not None and _readings() is not None else ""


def forget() -> None:
    """Keep nothing any more."""
    _store.of("")
