"""Messages as files: one `.eml` each, named by arrival, newest last."""

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any


class Keeper:
    """The receiving end: aiosmtpd calls it for each message."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._numbers = itertools.count()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802  # aiosmtpd's name
        """Keep one message; a file is complete as soon as it has its name."""
        stamp = f"{datetime.now(UTC):%Y%m%d-%H%M%S-%f}-{next(self._numbers):04d}"
        being_written = self.directory / f"{stamp}.part"
        being_written.write_bytes(envelope.content)
        being_written.rename(self.directory / f"{stamp}.eml")
        return "250 Kept"


def newest(directory: Path, limit: int = 200) -> Iterator[tuple[str, EmailMessage]]:
    """The latest messages by name, the newest first."""
    for path in sorted(directory.glob("*.eml"), reverse=True)[:limit]:
        yield path.stem, _read(path)


def named(directory: Path, name: str) -> EmailMessage | None:
    """One message; None when there is none of that name."""
    path = directory / f"{name}.eml"
    known = {found.name for found in directory.glob("*.eml")}
    return _read(path) if path.name in known else None


def text_of(message: EmailMessage) -> str:
    """The words of a message: its plain part."""
    part = message.get_body(preferencelist=("plain", "html"))
    return str(part.get_content()) if part is not None else ""


def _read(path: Path) -> EmailMessage:
    return message_from_bytes(path.read_bytes(), policy=policy.default)
