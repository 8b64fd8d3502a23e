"""Where files lie: by the hash of their content, outside the web root, written whole or not at all."""

import hashlib
import os
import re
import secrets
from collections.abc import Callable, Collection, Iterator
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)


class NotStoredError(Exception):
    """The file could not be written: the disk is full or may not be written to. Nothing of it is left."""


def path_of(sha256: str) -> Path:
    """The place of a content: files/ab/cdef…; nothing that people typed is part of it."""
    if not _HASH.fullmatch(sha256):
        raise ValueError("no hash")
    return Path(settings.FILES_DIR) / sha256[:2] / sha256[2:]


def write(content: bytes, sha256: str) -> None:
    """Keep a content, once for all who send the same. Raises NotStoredError.

    It is written beside its place, made safe on the disk and moved there in one step: whoever reads finds it whole or
    not at all, also after a loss of power.
    """
    place = path_of(sha256)
    try:
        if _is_whole(place, len(content), sha256) and _touched(place):
            return
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside = place.parent / f".{secrets.token_hex(8)}"
        try:
            _write_safely(beside, content)
            beside.replace(place)
        finally:
            beside.unlink(missing_ok=True)
        _settle(place.parent)
    except OSError as problem:
        raise NotStoredError(problem.strerror or "not stored") from problem


def read(sha256: str) -> bytes | None:
    """A kept content; None where it is missing or no longer what it was."""
    try:
        content = path_of(sha256).read_bytes()
    except OSError:
        return None
    return content if hashlib.sha256(content).hexdigest() == sha256 else None


def folders() -> list[str]:
    """The names of the folders in which contents lie: the first two digits of their hashes."""
    root = Path(settings.FILES_DIR)
    return sorted(each.name for each in root.iterdir() if each.is_dir()) if root.is_dir() else []


def sweep(folder: str, *, before: datetime, wanted: Callable[[Collection[str]], Collection[str]]) -> int:
    """Delete contents of a folder that nobody wants and nobody has sent since a moment. How many.

    `wanted` says which of these hashes something refers to. Safe beside somebody who sends the same content now: they
    touch it before they rely on it, and what was touched after it was taken away is put back.
    """
    gone = 0
    old = [place for place in _contents(folder) if _is_old(place, before)]
    for place in (each for each in old if _hash_of(each) is None):
        place.unlink(missing_ok=True)  # left by a write that a fault cut short
    hashes = {sha256: place for place in old if (sha256 := _hash_of(place)) is not None}
    unwanted = set(hashes) - set(wanted(hashes))
    for sha256 in sorted(unwanted):
        gone += _discard(hashes[sha256], sha256, before, wanted)
    return gone


def _discard(place: Path, sha256: str, before: datetime, wanted: Callable[[Collection[str]], Collection[str]]) -> bool:
    aside = place.parent / f".{secrets.token_hex(8)}"
    try:
        place.replace(aside)
    except OSError:
        return False
    if _is_old(aside, before) and not wanted([sha256]):
        aside.unlink(missing_ok=True)
        return True
    aside.replace(place)  # the same bytes, whoever has written them there meanwhile
    return False


def _contents(folder: str) -> Iterator[Path]:
    try:
        yield from sorted((Path(settings.FILES_DIR) / folder).iterdir())
    except OSError:
        return


def _is_old(place: Path, before: datetime) -> bool:
    try:
        return datetime.fromtimestamp(place.stat().st_mtime, UTC) < before
    except OSError:
        return False


def _hash_of(place: Path) -> str | None:
    sha256 = place.parent.name + place.name
    return sha256 if _HASH.fullmatch(sha256) else None


def _touched(place: Path) -> bool:
    """Whether the content is still there, known from now on to be needed."""
    try:
        os.utime(place)
    except FileNotFoundError:
        return False
    return True


def _is_whole(place: Path, size: int, sha256: str) -> bool:
    return place.is_file() and place.stat().st_size == size and read(sha256) is not None


def _write_safely(beside: Path, content: bytes) -> None:
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    """The entry in the folder too, and the folder's in its own."""
    for level in (folder, folder.parent):
        handle = os.open(level, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
