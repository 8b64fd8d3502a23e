"""What the tests of the ledger stand on: a clock that is moved by hand, and a mail server that answers by script."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from django.db import connection

from commitments.notices.models import Notice
from tests.cast import NOON
from tests.servers import free_port

#: No work of a test takes longer.
PATIENCE = 30


class PowerCutError(BaseException):
    """The process dies here."""


@dataclass
class HandClock:
    """A clock that stands still until it is moved. `dies_at`: the process dies when it looks for the n-th time."""

    now: datetime = NOON
    looks: int = 0
    dies_at: int = 0

    def __call__(self) -> datetime:
        self.looks += 1
        if self.looks == self.dies_at:
            raise PowerCutError
        return self.now

    def forward(self, **by: float) -> None:
        """Let time pass."""
        self.now += timedelta(**by)


@dataclass
class ScriptedServer:
    """A mail server that answers each step from a script; what is not scripted it accepts.

    Steps: MAIL, RCPT, DATA. An answer is a reply line, or a function of the server that may wait or cut the line.
    """

    port: int = 0
    script: dict[str, list[str | Callable[[Any], Any]]] = field(default_factory=dict)
    accepted: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802  # aiosmtpd's name
        """MAIL FROM."""
        return await self._answer("MAIL", server, lambda: setattr(envelope, "mail_from", address))

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802  # aiosmtpd's name
        """RCPT TO."""
        return await self._answer("RCPT", server, lambda: envelope.rcpt_tos.append(address))

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802  # aiosmtpd's name
        """The whole message has arrived."""

        def keep() -> None:
            message: Any = message_from_bytes(envelope.content, policy=policy.default)
            self.accepted.append(message)
            self.recipients.extend(envelope.rcpt_tos)

        return await self._answer("DATA", server, keep)

    async def _answer(self, step: str, server: Any, accept: Callable[[], None]) -> str:
        waiting = self.script.get(step) or ["250 OK"]
        answer = waiting.pop(0)
        if callable(answer):
            answer = await answer(server) if asyncio.iscoroutinefunction(answer) else answer(server)
        if answer.startswith("2"):
            accept()
        return answer

    @property
    def message_ids(self) -> list[str]:
        """Of the messages accepted, in order."""
        return [str(message["Message-ID"]) for message in self.accepted]


def cut(server: Any) -> str:
    """Close the line instead of answering."""
    server.transport.abort()
    return "421 gone"


def accept_and_cut(keep: ScriptedServer) -> Callable[[Any], str]:
    """Take the message, then die before saying so."""

    def answer(server: Any) -> str:
        keep.recipients.append("taken, not confirmed")
        return cut(server)

    return answer


@contextmanager
def mail_server(settings: Any, **script: list[Any]) -> Iterator[ScriptedServer]:
    """A scripted mail server on a loopback port, to which this process sends its mail."""
    scripted = ScriptedServer(port=free_port(), script=script)
    controller = Controller(scripted, hostname="127.0.0.1", port=scripted.port)
    controller.start()
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = "127.0.0.1", scripted.port, False
    try:
        yield scripted
    finally:
        controller.stop()


def state_of(notice: Notice) -> tuple[str, str]:
    """State and reason as they stand in the ledger."""
    notice.refresh_from_db()
    return (notice.state, notice.reason)


def outcomes(notice: Notice) -> list[tuple[str, str, int | None]]:
    """Every try: outcome, how far it came, the server's code."""
    return [(attempt.outcome, attempt.phase, attempt.smtp_code) for attempt in notice.attempts.order_by("id")]


def utc(*parts: int) -> datetime:
    """A moment in UTC."""
    return datetime(*parts, tzinfo=UTC)


def together(*works: Callable[[], Any]) -> list[BaseException]:
    """Run each in a thread of its own; what went wrong in them."""
    wrong: list[BaseException] = []

    def run(work: Callable[[], Any]) -> None:
        try:
            work()
        except BaseException as problem:
            wrong.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    return wrong
