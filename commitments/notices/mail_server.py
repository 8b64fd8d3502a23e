"""The conversation with the mail server, step by step, so that it is known how far a message came.

Django's SMTP backend opens the line (address, TLS and sign-in are its EMAIL_* settings), smtplib speaks the steps.
The ledger always speaks SMTP, whatever EMAIL_BACKEND says; in tests the fixture `smtp_sink` listens.
"""

import smtplib
from enum import StrEnum
from types import TracebackType
from typing import Self

from django.core.mail.backends.smtp import EmailBackend

#: Servers close a line that carried too many messages; we do it first.
MOST_ON_ONE_LINE = 100
#: 421: "closing the line", at any step.
CLOSING = 421
#: 553: "mailbox name not allowed", as a server would say of an address that cannot even be written to it.
NO_SUCH_NAME = 553


class Phase(StrEnum):
    """How far a conversation came."""

    CONNECT = "connect"
    SENDER = "sender"
    RECIPIENT = "recipient"
    DATA = "data"


class MailProblem(Exception):
    """The message was not taken: at which step, and the server's code; None when the line was cut instead."""

    def __init__(self, phase: Phase, code: int | None, text: str = "") -> None:
        super().__init__(f"{phase}: {code} {text}".strip())
        self.phase = phase
        # smtplib gives an answer that is no SMTP answer a negative code: then the line is as good as cut.
        self.code = code if code is not None and 400 <= code < 600 else None

    @property
    def is_final(self) -> bool:
        """Whether the server says that trying again is of no use."""
        return self.code is not None and self.code >= 500

    @property
    def is_about_us(self) -> bool:
        """Whether the server refuses to talk to us at all, whatever the message."""
        return self.phase is Phase.CONNECT or (self.phase is Phase.SENDER and self.is_final)


class MailServer:
    """One line to the mail server, opened when it is needed, used for several messages, closed after any problem."""

    def __init__(self) -> None:
        self._backend: EmailBackend | None = None
        self._carried = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.hang_up()

    def address(self, sender: str, recipient: str) -> None:
        """Name sender and recipient: after this the server is ready for the message. Raises MailProblem."""
        if self._carried >= MOST_ON_ONE_LINE:
            self.hang_up()
        was_open = self._backend is not None
        try:
            self._name(Phase.SENDER, sender)
        except MailProblem as problem:
            if not was_open or problem.code not in {None, CLOSING}:
                raise
            # The server had closed a line of ours meanwhile: that is no failure of this message.
            self._name(Phase.SENDER, sender)
        self._name(Phase.RECIPIENT, recipient)

    def transmit(self, content: bytes) -> int:
        """Hand over the message; the server's code of acceptance. Raises MailProblem."""
        try:
            code, text = self._line(Phase.DATA).data(content)
        except smtplib.SMTPDataError as refusal:
            code, text = refusal.smtp_code, _bytes(refusal.smtp_error)
        except OSError as cut:
            self.hang_up()
            raise MailProblem(Phase.DATA, None, str(cut)) from cut
        self._carried += 1
        return self._taken(Phase.DATA, code, text)

    def hang_up(self) -> None:
        """Close the line; an open message is dropped with it."""
        backend, self._backend, self._carried = self._backend, None, 0
        if backend is None:
            return
        try:
            backend.close()
        except OSError:
            return

    def _name(self, phase: Phase, address: str) -> None:
        line = self._line(phase)
        try:
            code, text = line.mail(address) if phase is Phase.SENDER else line.rcpt(address)
        except UnicodeError as problem:
            self.hang_up()
            raise MailProblem(phase, NO_SUCH_NAME, str(problem)) from problem
        except OSError as cut:
            self.hang_up()
            raise MailProblem(phase, None, str(cut)) from cut
        self._taken(phase, code, text)

    def _taken(self, phase: Phase, code: int, text: bytes) -> int:
        if 200 <= code < 300:
            return code
        self.hang_up()
        raise MailProblem(phase, code, text.decode("utf-8", "replace"))

    def _line(self, phase: Phase) -> smtplib.SMTP:
        if self._backend is None and phase is Phase.SENDER:
            backend = EmailBackend(fail_silently=False)
            try:
                backend.open()
                if backend.connection is not None:
                    # Without TLS and sign-in Django has not greeted yet, and many servers insist.
                    backend.connection.ehlo_or_helo_if_needed()
            except OSError as problem:
                backend.connection = None
                raise MailProblem(Phase.CONNECT, getattr(problem, "smtp_code", None), str(problem)) from problem
            self._backend = backend
        line = self._backend.connection if self._backend else None
        if line is None:
            raise MailProblem(phase, None, "the line is closed")
        return line


def _bytes(text: bytes | str) -> bytes:
    return text if isinstance(text, bytes) else text.encode()
