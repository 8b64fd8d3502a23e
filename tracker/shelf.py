"""Ready-made public pages: what is kept of one, in this process and in the cache that all processes share."""

import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache

#: No page is shown longer than this without being made anew, whatever the version says.
LONGEST = timedelta(minutes=10)
#: How long the shared cache keeps a page at all: so long it can stand in while the database is away.
KEPT_SECONDS = 7 * 24 * 3600
#: Larger answers (files) are not kept.
MOST_BYTES = 600_000
#: What one process keeps: so many pages, and so many compressed bytes.
MOST_PAGES, MOST_KEPT_BYTES = 1_000, 16_000_000
#: Under which name the processes tell each other of what was taken off the site last.
_TAKEN = "pages:taken"
#: How long a process waits for another one that makes the same page.
WAIT_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Page:
    """One page as it was sent: its bytes, compressed, and its headers."""

    #: What it was made of: version of the record, days, build.
    stamp: str
    made_at: datetime
    #: When these very bytes were first seen: what only people inside can see never moves it.
    modified_at: datetime
    etag: str
    packed: bytes
    headers: tuple[tuple[str, str], ...]

    @property
    def content(self) -> bytes:
        """The bytes as they were before."""
        return gzip.decompress(self.packed)

    def holds(self, stamp: str, at: datetime) -> bool:
        """Whether it is what the page would be now."""
        return self.stamp == stamp and timedelta() <= at - self.made_at < LONGEST


def page_of(
    content: bytes, headers: tuple[tuple[str, str], ...], *, stamp: str, at: datetime, before: Page | None
) -> Page:
    """A page made just now; one with the same bytes as before keeps its date."""
    etag = f'W/"{hashlib.sha256(content).hexdigest()[:32]}"'
    same = before is not None and before.etag == etag
    modified_at = before.modified_at if before is not None and same else at
    return Page(stamp, at, modified_at, etag, gzip.compress(content, 6, mtime=0), headers)


class Shelf:
    """The pages of this process, those asked for last; under them the shared cache, for addresses without a query.

    There is no end of queries, so they never fill what the processes share.
    """

    def __init__(self) -> None:
        self._pages: OrderedDict[str, Page] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()
        self._making: dict[str, threading.Lock] = {}
        self._taken = 0

    def hide_before(self, taken: int) -> None:
        """From the change on that took something off the site, no page of an earlier version stands in any more."""
        if taken > self._taken:
            self._taken = taken
            cache.set(_TAKEN, max(taken, cache.get(_TAKEN) or 0), KEPT_SECONDS)

    def hidden_before(self) -> int:
        """The last such change that any process knows of."""
        return max(self._taken, cache.get(_TAKEN) or 0)

    def get(self, key: str) -> Page | None:
        """The page kept here under a key, whatever it was made of."""
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def shared(self, key: str) -> Page | None:
        """The page that any process kept last."""
        if "?" in key:
            return None
        found = cache.get(_shared(key))
        return found if isinstance(found, Page) else None

    def put(self, key: str, page: Page, *, share: bool = True) -> None:
        """Keep a page, and push out those that nobody asked for."""
        with self._lock:
            before = self._pages.pop(key, None)
            self._bytes += len(page.packed) - (len(before.packed) if before else 0)
            self._pages[key] = page
            while len(self._pages) > MOST_PAGES or (self._bytes > MOST_KEPT_BYTES and len(self._pages) > 1):
                _key, gone = self._pages.popitem(last=False)
                self._bytes -= len(gone.packed)
        if share and "?" not in key:
            cache.set(_shared(key), page, KEPT_SECONDS)

    def clear(self) -> None:
        """Forget what this process keeps."""
        with self._lock:
            self._pages.clear()
            self._bytes = 0

    @contextmanager
    def making(self, key: str) -> Iterator[None]:
        """Alone with a page, in this process: whoever else wants it waits, and finds it made."""
        with self._lock:
            lock = self._making.setdefault(key, threading.Lock())
        mine = lock.acquire(timeout=WAIT_SECONDS)
        try:
            yield
        finally:
            if mine:
                with self._lock:
                    self._making.pop(key, None)
                lock.release()

    @staticmethod
    def may_make(key: str) -> bool:
        """Whether this process shall make a page: the first to ask, until it is done or took too long."""
        return "?" in key or bool(cache.add(_shared(key) + ":making", 1, int(WAIT_SECONDS)))

    @staticmethod
    def made(key: str) -> None:
        """Say that this process made it, or could not."""
        if "?" not in key:
            cache.delete(_shared(key) + ":making")


def _shared(key: str) -> str:
    return "page:" + hashlib.sha256(key.encode()).hexdigest()[:40]
