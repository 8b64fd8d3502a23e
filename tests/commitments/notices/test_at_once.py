"""Several senders at the same time, and a mail server that keeps them waiting. Each guard has a control without it."""

import threading
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from commitments.notices import letters, queue
from commitments.notices.delivery import deliver, send_due
from commitments.notices.mail_server import MailServer
from commitments.notices.models import Notice
from commitments.notices.registry import kind_named
from tests.cast import NOON, person
from tests.commitments.notices.conftest import Owing
from tests.commitments.notices.stage import PATIENCE, HandClock, mail_server, outcomes, state_of, together

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_dispatchers_at_once_send_one_mail(owed: Owing, clock: HandClock, settings: Any) -> None:
    notice = owed()
    both_have_read = threading.Barrier(2)

    def dispatch() -> None:
        [pk] = queue.due(clock(), 10)
        both_have_read.wait(PATIENCE)
        with MailServer() as line:
            deliver(pk, server=line, clock=clock)

    with mail_server(settings) as server:
        assert together(dispatch, dispatch) == []
        assert server.message_ids == [notice.message_id]
    assert (state_of(notice), len(outcomes(notice))) == (("sent", ""), 1)


def test_control_without_the_claim_the_same_two_send_two(owed: Owing, clock: HandClock, settings: Any) -> None:
    notice = owed()
    both_have_read = threading.Barrier(2)

    def dispatch() -> None:
        [pk] = queue.due(clock(), 10)
        both_have_read.wait(PATIENCE)
        row = Notice.objects.select_related("recipient").get(pk=pk)
        parcel = letters.parcel(row, letters.letter(row, kind_named(row.kind), clock()))
        with MailServer() as line:
            line.address(parcel.sender, parcel.recipient)
            line.transmit(parcel.content)
        Notice.objects.filter(pk=pk).update(state="sent", sent_at=clock())

    with mail_server(settings) as server:
        assert together(dispatch, dispatch) == []
        assert server.message_ids == [notice.message_id] * 2


def test_five_whole_runs_at_once_send_each_of_forty_once(owed: Owing, clock: HandClock, settings: Any) -> None:
    notices = [owed() for _ in range(40)]
    start = threading.Barrier(5)

    def run() -> None:
        start.wait(PATIENCE)
        send_due(clock=clock)

    with mail_server(settings) as server:
        assert together(*[run] * 5) == []
        assert sorted(server.message_ids) == sorted(notice.message_id for notice in notices)
    assert {state_of(notice)[0] for notice in notices} == {"sent"}


def test_owing_the_same_at_once_is_owing_once(owed: Owing, letterhead: object) -> None:
    somebody = person("somebody@example.org", "Somebody")
    start = threading.Barrier(4)

    def owe() -> None:
        start.wait(PATIENCE)
        owed(recipient=somebody)

    assert together(*[owe] * 4) == []
    assert Notice.objects.count() == 1


class WaitingServer:
    """Keeps the sender waiting in the middle of a message, until told to go on."""

    def __init__(self) -> None:
        self.reached, self.go_on = threading.Event(), threading.Event()

    async def __call__(self, server: Any) -> str:
        self.reached.set()
        await server.loop.run_in_executor(None, self.go_on.wait, PATIENCE)
        return "250 OK"


def touch(notice: Notice) -> bool:
    """Whether another process can write this very row right now."""
    try:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA busy_timeout = 200")
            else:
                cursor.execute("SET lock_timeout = '200ms'")
        Notice.objects.filter(pk=notice.pk).update(enqueued_at=datetime(2026, 1, 1, tzinfo=UTC))
    except DatabaseError:
        return False
    finally:
        connection.close()
    return True


@pytest.mark.parametrize(("step", "state"), [("RCPT", "claimed"), ("DATA", "handover")])
def test_while_the_mail_server_is_silent_no_transaction_is_open(
    owed: Owing, clock: HandClock, settings: Any, step: str, state: str
) -> None:
    notice, silent = owed(), WaitingServer()

    async def wait(server: Any) -> str:
        return await silent(server)

    with mail_server(settings, **{step: [wait]}) as server:
        sender = threading.Thread(target=together, args=(lambda: send_due(clock=clock),))
        sender.start()
        assert silent.reached.wait(PATIENCE)
        assert (touch(notice), state_of(notice)[0]) == (True, state)
        silent.go_on.set()
        sender.join(PATIENCE)
        assert (len(server.accepted), state_of(notice)) == (1, ("sent", ""))


def test_control_a_transaction_held_open_would_be_noticed(owed: Owing) -> None:
    notice, held, go_on = owed(), threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            Notice.objects.filter(pk=notice.pk).update(reason="held")
            held.set()
            go_on.wait(PATIENCE)

    holder = threading.Thread(target=together, args=(hold,))
    holder.start()
    assert held.wait(PATIENCE)
    assert touch(notice) is False
    go_on.set()
    holder.join(PATIENCE)


def test_a_mail_server_that_hangs_is_left_after_the_time_out(owed: Owing, clock: HandClock, settings: Any) -> None:
    settings.EMAIL_TIMEOUT = 0.3
    before, after, silent = owed(), owed(), WaitingServer()

    async def wait(server: Any) -> str:
        return await silent(server)

    with mail_server(settings, RCPT=[wait]) as server:
        send_due(clock=clock)
        silent.go_on.set()
        assert server.message_ids == [after.message_id]
    assert (state_of(before), outcomes(before)) == (("retry", ""), [("retry", "recipient", None)])
    assert clock.now == NOON
