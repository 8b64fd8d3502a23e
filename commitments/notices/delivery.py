"""Sending what is due, one message at a time. No database transaction is open while the mail server is spoken to.

Claim with a lease, ask again whether the message is wanted, write it, name sender and recipient, note the hand-over,
hand over, note that it was sent. What is promised: each due message is handed to the mail server at least once while
it is useful. Only if a process dies, or the line is cut, between the server's acceptance and our note of it, the
message goes out a second time, with the same Message-ID.
"""

import logging
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.mail import BadHeaderError
from django.db import DatabaseError

from commitments.notices import breaker, letters
from commitments.notices.enums import NoticeState, Outcome, Reason
from commitments.notices.heartbeats import Clock
from commitments.notices.mail_server import MailProblem, MailServer
from commitments.notices.models import Notice
from commitments.notices.queue import LEASE, MOST_TRIES, RETRY_MINUTES, claim, due, fall_due, record, recover
from commitments.notices.registry import kind_named
from commitments.notices.steps import step

#: One run ends before the worker's time limit would end it.
RUN = timedelta(seconds=45)
MOST_IN_A_RUN = 2000
#: A message that cannot be written will hardly be writable later.
MOST_TRIES_TO_WRITE = 3

logger = logging.getLogger(__name__)


def send_due(*, clock: Clock, limit: int = MOST_IN_A_RUN) -> dict[str, int]:
    """Send what is due. Safe to run twice, late, or several at once. What happened, counted."""
    begun = clock()
    happened: Counter[str] = Counter(recovered=recover(begun), ended=fall_due(begun))
    if breaker.paused_until(begun):
        return dict(happened)
    with MailServer() as server:
        for notice_id in due(begun, limit):
            if clock() - begun > RUN:
                break
            outcome = deliver(notice_id, server=server, clock=clock)
            happened[outcome] += 1
            if outcome is Outcome.UNREACHABLE:
                break
    return dict(happened)


def deliver(notice_id: int, *, server: MailServer, clock: Clock) -> Outcome:
    """Deliver one message, as far as it is still wanted."""
    at = clock()
    notice = claim(notice_id, at)
    if notice is None:
        return Outcome.TAKEN
    try:
        if unwanted := _unwanted(notice, at):
            return _end(notice, *unwanted, at)
        written = letters.letter(notice, kind_named(notice.kind), at)
        parcel = letters.parcel(notice, written)
    except DatabaseError:
        raise
    except Exception as problem:  # anything may be wrong with one message; the others must flow
        return _broken(notice, problem, clock())
    return _Handover(notice, written, parcel, server, clock, at).carry_out()


def _unwanted(notice: Notice, at: datetime) -> tuple[NoticeState, str] | None:
    """Asked at the last moment: why the message must not go out any more."""
    if notice.expires_at is not None and notice.expires_at <= at:
        return NoticeState.EXPIRED, Reason.TOO_LATE
    if not notice.recipient.is_active:
        return NoticeState.CANCELLED, Reason.INACTIVE
    reason = kind_named(notice.kind).recheck(notice, at)
    return (NoticeState.CANCELLED, reason) if reason else None


def _end(notice: Notice, to: NoticeState, reason: str, at: datetime) -> Outcome:
    step(notice, to, at=at, reason=reason)
    return Outcome.EXPIRED if to is NoticeState.EXPIRED else Outcome.CANCELLED


def _broken(notice: Notice, problem: Exception, at: datetime) -> Outcome:
    logger.exception("Notice %s could not be written.", notice.pk, exc_info=problem)
    columns: dict[str, Any] = {"error_class": type(problem).__name__}
    if isinstance(problem, BadHeaderError) or notice.attempt >= MOST_TRIES_TO_WRITE:
        record(notice, NoticeState.DEAD, Outcome.BROKEN, at, reason=Reason.BROKEN, **columns)
    else:
        record(notice, NoticeState.RETRY, Outcome.BROKEN, at, next_attempt_at=_next_try(notice, at), **columns)
    return Outcome.BROKEN


def _next_try(notice: Notice, at: datetime) -> datetime:
    return at + timedelta(minutes=RETRY_MINUTES[min(notice.attempt, len(RETRY_MINUTES)) - 1])


@dataclass(frozen=True, slots=True)
class _Handover:
    """One message on its way to the mail server."""

    notice: Notice
    written: letters.Letter
    parcel: letters.Parcel
    server: MailServer
    clock: Clock
    started_at: datetime

    def carry_out(self) -> Outcome:
        """Speak to the mail server and note how it went."""
        try:
            self.server.address(self.parcel.sender, self.parcel.recipient)
            if not self._note_handover():
                self.server.hang_up()
                return Outcome.TAKEN
            code = self.server.transmit(self.parcel.content)
        except MailProblem as problem:
            return self._note(problem)
        at = self.clock()
        self._record(NoticeState.SENT, Outcome.SENT, at, phase="sent", code=code, sent_at=at, smtp_code=code)
        breaker.mend(at)
        return Outcome.SENT

    def _note_handover(self) -> bool:
        """From here on a second sending may be a duplicate. False when the lease has run out meanwhile."""
        at = self.clock()
        if self.notice.lease_until is None or self.notice.lease_until <= at:
            return False
        return step(
            self.notice,
            NoticeState.HANDOVER,
            at=at,
            handover_at=at,
            lease_until=at + LEASE,
            address_used=self.parcel.recipient,
            language=self.written.language,
            content_sha256=self.written.sha256,
        )

    def _note(self, problem: MailProblem) -> Outcome:
        at = self.clock()
        if problem.is_about_us:
            return self._put_back(problem, at)
        breaker.mend(at)
        to, outcome, columns = self._verdict(problem, at)
        self._record(to, outcome, at, phase=problem.phase, code=problem.code, smtp_code=problem.code, **columns)
        return outcome

    def _verdict(self, problem: MailProblem, at: datetime) -> tuple[NoticeState, Outcome, dict[str, Any]]:
        handed_over = self.notice.state == NoticeState.HANDOVER
        if handed_over and problem.code is None:
            return NoticeState.UNCERTAIN, Outcome.UNCERTAIN, {}
        if problem.is_final:
            if handed_over:
                return NoticeState.DEAD, Outcome.CONTENT_REFUSED, {"reason": Reason.CONTENT_REFUSED}
            refused = {"reason": Reason.ADDRESS_REFUSED, "address_used": self.parcel.recipient}
            return NoticeState.FAILED_ADDRESS, Outcome.ADDRESS_REFUSED, refused
        if self.notice.attempt >= MOST_TRIES:
            return NoticeState.DEAD, Outcome.RETRY, {"reason": Reason.TRIES_USED}
        return NoticeState.RETRY, Outcome.RETRY, {"next_attempt_at": _next_try(self.notice, at)}

    def _put_back(self, problem: MailProblem, at: datetime) -> Outcome:
        """The mail server cannot be used: pause everything; this message has not used up a try."""
        logger.warning("The mail server cannot be used (%s).", problem)
        breaker.trip(at)
        self._record(
            NoticeState.PENDING, Outcome.UNREACHABLE, at, phase=problem.phase, code=problem.code,
            attempt=self.notice.attempt - 1, lease_owner="", lease_until=None,
        )  # fmt: skip
        return Outcome.UNREACHABLE

    def _record(self, to: NoticeState, outcome: Outcome, at: datetime, **columns: Any) -> None:
        record(self.notice, to, outcome, at, started_at=self.started_at, **columns)
