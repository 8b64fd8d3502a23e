"""Where files lie: by the hash of their content, outside the web root, written whole or not at all."""

import hashlib
import os
import re
import secrets
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
        if _is_whole(place, len(content), sha256):
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
