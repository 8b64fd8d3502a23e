"""Delivery against real mail servers that accept, refuse, fall silent and cut the line."""

import socket
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model

from commitments.notices import breaker
from commitments.notices.delivery import send_due
from commitments.notices.models import Heartbeat, Notice
from commitments.notices.queue import LEASE, MOST_TRIES, RETRY_MINUTES
from tests.cast import NOON, person
from tests.commitments.notices.conftest import Letterhead, Owing
from tests.commitments.notices.stage import (
    HandClock,
    PowerCutError,
    accept_and_cut,
    cut,
    mail_server,
    outcomes,
    state_of,
)
from tests.servers import free_port

pytestmark = pytest.mark.django_db


def test_a_due_message_is_sent_once(owed: Owing, clock: HandClock, settings: Any) -> None:
    settings.DEFAULT_FROM_EMAIL = "The Secretariat <desk@tracker.example>"
    notice = owed(recipient=person("camila@example.org", "Camila", language="es"))
    with mail_server(settings) as server:
        assert send_due(clock=clock) == {"recovered": 0, "ended": 0, "sent": 1}
        assert send_due(clock=clock) == {"recovered": 0, "ended": 0}

    [message] = server.accepted
    assert server.recipients == ["camila@example.org"]
    assert message["To"] == "camila@example.org"
    assert message["From"] == "The Secretariat <desk@tracker.example>"
    assert message["Subject"] == "A subject"
    assert message["Message-ID"] == notice.message_id
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Content-Language"] == "es-419"
    assert [part.get_content_type() for part in message.iter_parts()] == ["text/plain", "text/html"]
    assert "A sentence." in message.get_body(("plain",)).get_content()
    notice.refresh_from_db()
    assert (notice.state, notice.sent_at, notice.smtp_code, notice.attempt) == ("sent", NOON, 250, 1)
    assert (notice.language, notice.address_used, len(notice.content_sha256)) == ("es", "camila@example.org", 64)
    assert outcomes(notice) == [("sent", "sent", 250)]


def test_nothing_goes_out_before_its_time(owed: Owing, clock: HandClock, settings: Any) -> None:
    notice = owed(not_before=NOON + timedelta(hours=1))
    with mail_server(settings) as server:
        clock.forward(minutes=59)
        send_due(clock=clock)
        assert (server.accepted, state_of(notice)) == ([], ("planned", ""))
        clock.forward(minutes=1)
        send_due(clock=clock)
        assert (len(server.accepted), state_of(notice)) == (1, ("sent", ""))


def test_urgent_messages_go_first(owed: Owing, clock: HandClock, settings: Any) -> None:
    owed(recipient=person("calm@example.org", ""), not_before=NOON - timedelta(hours=2))
    owed(recipient=person("urgent@example.org", ""), lane="urgent")
    with mail_server(settings) as server:
        send_due(clock=clock)
    assert server.recipients == ["urgent@example.org", "calm@example.org"]


def test_many_messages_share_one_line(owed: Owing, clock: HandClock, settings: Any) -> None:
    for _ in range(5):
        owed()
    lines: set[int] = set()

    def note(server: Any) -> str:
        lines.add(id(server))
        return "250 OK"

    with mail_server(settings, MAIL=[note] * 5) as server:
        send_due(clock=clock)
    assert (len(server.accepted), len(lines)) == (5, 1)


def test_an_idle_line_closed_by_the_server_costs_no_try(owed: Owing, clock: HandClock, settings: Any) -> None:
    notices = [owed(), owed()]
    with mail_server(settings, MAIL=["250 OK", cut]) as server:
        send_due(clock=clock)
    assert len(server.accepted) == 2
    assert [outcomes(notice) for notice in notices] == [[("sent", "sent", 250)]] * 2


# --- Refusals -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("script", "state", "tried"),
    [
        ({"RCPT": ["550 no such user"]}, ("failed_address", "address_refused"), ("address_refused", "recipient", 550)),
        ({"RCPT": ["451 try later"]}, ("retry", ""), ("retry", "recipient", 451)),
        ({"RCPT": ["421 closing"]}, ("retry", ""), ("retry", "recipient", 421)),
        ({"RCPT": [cut]}, ("retry", ""), ("retry", "recipient", None)),
        ({"MAIL": ["451 try later"]}, ("retry", ""), ("retry", "sender", 451)),
        ({"MAIL": ["550 not from you"]}, ("pending", ""), ("unreachable", "sender", 550)),
        ({"DATA": ["451 greylisted"]}, ("retry", ""), ("retry", "data", 451)),
        ({"DATA": ["552 too big"]}, ("dead", "content_refused"), ("content_refused", "data", 552)),
        ({"DATA": [cut]}, ("uncertain", ""), ("uncertain", "data", None)),
    ],
)
def test_each_answer_of_the_mail_server_has_its_consequence(
    owed: Owing, clock: HandClock, settings: Any, script: Any, state: Any, tried: Any
) -> None:
    notice = owed()
    with mail_server(settings, **{step: list(answers) for step, answers in script.items()}) as server:
        send_due(clock=clock)
        assert server.accepted == []
    assert (state_of(notice), outcomes(notice)) == (state, [tried])


def test_a_refused_address_stops_nobody_else(owed: Owing, clock: HandClock, settings: Any) -> None:
    refused, fine = owed(), owed()
    with mail_server(settings, RCPT=["550 no such user"]) as server:
        send_due(clock=clock)
    assert server.recipients == [fine.recipient.email]
    assert [state_of(refused)[0], state_of(fine)[0]] == ["failed_address", "sent"]


def test_an_address_that_cannot_be_written_to_the_server_is_refused(
    owed: Owing, clock: HandClock, settings: Any
) -> None:
    notice = owed()
    get_user_model().objects.filter(pk=notice.recipient_id).update(email="josé@example.org")
    with mail_server(settings, RCPT=["550 no such user"]):
        send_due(clock=clock)
    assert state_of(notice) == ("failed_address", "address_refused")


def test_temporary_refusals_are_tried_again_at_growing_distances(owed: Owing, clock: HandClock, settings: Any) -> None:
    notice = owed()
    waited = []
    with mail_server(settings, RCPT=["451 later"] * 20) as server:
        for _ in range(MOST_TRIES):
            send_due(clock=clock)
            notice.refresh_from_db()
            if notice.next_attempt_at:
                waited.append(int((notice.next_attempt_at - clock.now).total_seconds() // 60))
                clock.now = notice.next_attempt_at - timedelta(seconds=1)
                assert "retry" not in send_due(clock=clock), "nothing is tried before its time"
                clock.forward(seconds=1)
        assert server.accepted == []
    assert waited == [1, 5, 15, 60, 180, 360] == list(RETRY_MINUTES)
    assert (state_of(notice), len(outcomes(notice))) == (("dead", "tries_used"), MOST_TRIES)


def test_no_try_is_made_after_the_message_has_become_useless(owed: Owing, clock: HandClock, settings: Any) -> None:
    notice = owed(expires_at=NOON + timedelta(minutes=4))
    with mail_server(settings, RCPT=["451 later", "451 later"]) as server:
        send_due(clock=clock)
        clock.forward(minutes=1)
        send_due(clock=clock)
        clock.forward(minutes=5)
        send_due(clock=clock)
        assert server.accepted == []
    assert (state_of(notice), len(outcomes(notice))) == (("expired", "too_late"), 2)


# --- No mail server -----------------------------------------------------------------------------------------------


def garbage_server() -> tuple[socket.socket, int]:
    listener = socket.create_server(("127.0.0.1", 0))

    def greet() -> None:
        while True:
            try:
                line, _address = listener.accept()
            except OSError:
                return
            with line:
                line.sendall(b"\x00\x01 this is no mail server\r\n")

    threading.Thread(target=greet, daemon=True).start()
    return listener, listener.getsockname()[1]


def test_trouble_of_the_mail_server_uses_up_no_tries_and_pauses_everything(
    owed: Owing, clock: HandClock, settings: Any
) -> None:
    first, second = owed(), owed()
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    paused = []
    for _ in range(12):
        send_due(clock=clock)
        until = breaker.paused_until(clock.now)
        assert until is not None
        paused.append(int((until - clock.now).total_seconds() // 60))
        clock.now = until
    assert paused == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10, 10]
    first.refresh_from_db()
    assert (first.state, first.attempt, outcomes(second)) == ("pending", 0, [])

    with mail_server(settings) as server:
        send_due(clock=clock)
        assert len(server.accepted) == 2
    assert (breaker.paused_until(clock.now), Heartbeat.objects.get(job="mail_server").is_ok) == (None, True)


def test_while_paused_nobody_knocks(owed: Owing, clock: HandClock, settings: Any) -> None:
    owed()
    breaker.trip(clock.now)
    with mail_server(settings) as server:
        clock.forward(seconds=59)
        assert send_due(clock=clock) == {"recovered": 0, "ended": 0}
        clock.forward(seconds=1)
        send_due(clock=clock)
        assert len(server.accepted) == 1


def test_a_greeting_that_is_none_counts_as_no_mail_server(owed: Owing, clock: HandClock, settings: Any) -> None:
    notice = owed()
    listener, settings.EMAIL_PORT = garbage_server()
    with listener:
        settings.EMAIL_HOST = "127.0.0.1"
        send_due(clock=clock)
    assert (state_of(notice), outcomes(notice)[0][:2]) == (("pending", ""), ("unreachable", "connect"))


def test_a_server_without_the_encryption_we_ask_for_gets_nothing(owed: Owing, clock: HandClock, settings: Any) -> None:
    notice = owed()
    with mail_server(settings) as server:
        settings.EMAIL_USE_TLS = True
        send_due(clock=clock)
        assert server.accepted == []
    assert (state_of(notice), outcomes(notice)[0][:2]) == (("pending", ""), ("unreachable", "connect"))


# --- Power cuts ---------------------------------------------------------------------------------------------------


def test_a_process_that_dies_before_the_hand_over_loses_and_doubles_nothing(
    owed: Owing, clock: HandClock, settings: Any
) -> None:
    notice = owed()
    with mail_server(settings) as server:
        clock.dies_at = 4  # send_due, its time check, deliver, then the note of the hand-over
        with pytest.raises(PowerCutError):
            send_due(clock=clock)
        assert (state_of(notice), server.accepted) == (("claimed", ""), [])

        clock.forward(seconds=LEASE.total_seconds() - 1)
        send_due(clock=clock)
        assert server.accepted == [], "the lease still holds"
        clock.forward(seconds=1)
        send_due(clock=clock)
        assert (state_of(notice), server.message_ids) == (("sent", ""), [notice.message_id])
    assert [outcome for outcome, _, _ in outcomes(notice)] == ["interrupted", "sent"]


def test_a_process_that_dies_after_the_server_accepted_sends_twice_with_one_message_id(
    owed: Owing, clock: HandClock, settings: Any
) -> None:
    notice = owed()
    with mail_server(settings) as server:
        clock.dies_at = 5  # when the acceptance is to be noted
        with pytest.raises(PowerCutError):
            send_due(clock=clock)
        assert (state_of(notice), len(server.accepted)) == (("handover", ""), 1)

        clock.forward(seconds=LEASE.total_seconds())
        send_due(clock=clock)
        assert (state_of(notice), server.message_ids) == (("sent", ""), [notice.message_id] * 2)
    assert [outcome for outcome, _, _ in outcomes(notice)] == ["uncertain", "sent"]


def test_an_uncertain_message_is_sent_once_more_and_then_shown(owed: Owing, clock: HandClock, settings: Any) -> None:
    notice = owed()
    with mail_server(settings) as server:
        server.script["DATA"] = [accept_and_cut(server), accept_and_cut(server)]
        for _ in range(5):
            send_due(clock=clock)
            clock.forward(minutes=10)
        assert server.recipients == ["taken, not confirmed"] * 2
    assert (state_of(notice), outcomes(notice)) == (("uncertain", ""), [("uncertain", "data", None)] * 2)


def test_a_message_that_kills_its_sender_is_given_up(owed: Owing, clock: HandClock, settings: Any) -> None:
    notice = owed()
    with mail_server(settings) as server:
        for _ in range(MOST_TRIES):
            clock.looks, clock.dies_at = 0, 4
            with pytest.raises(PowerCutError):
                send_due(clock=clock)
            clock.forward(seconds=LEASE.total_seconds())
        clock.dies_at = 0
        send_due(clock=clock)
        assert server.accepted == []
    assert state_of(notice) == ("dead", "tries_used")


def test_a_sender_that_was_overtaken_hands_nothing_over(owed: Owing, clock: HandClock, settings: Any) -> None:
    notice = owed()

    def slow(server: Any) -> str:
        clock.forward(seconds=LEASE.total_seconds())
        return "250 OK"

    with mail_server(settings, RCPT=[slow]) as server:
        assert send_due(clock=clock)["taken"] == 1
        assert (server.accepted, state_of(notice)) == ([], ("claimed", ""))
        send_due(clock=clock)
        assert (server.message_ids, state_of(notice)) == ([notice.message_id], ("sent", ""))


# --- Poison -------------------------------------------------------------------------------------------------------


def test_a_message_that_cannot_be_written_is_given_up_and_the_others_flow(
    owed: Owing, clock: HandClock, settings: Any
) -> None:
    poison = owed(kind="broken_of_the_tests")
    others = [owed() for _ in range(9)]
    with mail_server(settings) as server:
        for _ in range(10):
            send_due(clock=clock)
            clock.forward(minutes=30)
    assert len(server.accepted) == 9
    assert {state_of(other)[0] for other in others} == {"sent"}
    poison.refresh_from_db()
    assert (poison.state, poison.reason, poison.error_class) == ("dead", "broken", "TemplateDoesNotExist")
    assert [outcome for outcome, _, _ in outcomes(poison)] == ["broken"] * 3


def test_a_line_break_in_a_subject_is_never_sent(
    owed: Owing, clock: HandClock, settings: Any, letterhead: Letterhead
) -> None:
    letterhead.subject = "A subject\r\nBcc: everybody@example.org"
    notice = owed()
    with mail_server(settings) as server:
        send_due(clock=clock)
        assert server.accepted == []
    notice.refresh_from_db()
    assert (notice.state, notice.reason, notice.error_class) == ("dead", "broken", "BadHeaderError")


def test_a_kind_that_no_release_knows_any_more_is_given_up(owed: Owing, clock: HandClock, settings: Any) -> None:
    notice = owed()
    Notice.objects.filter(pk=notice.pk).update(kind="from_an_older_release")
    with mail_server(settings):
        for _ in range(4):
            send_due(clock=clock)
            clock.forward(minutes=30)
    assert state_of(notice) == ("dead", "broken")


# --- Asked again at sending -----------------------------------------------------------------------------------------


def test_what_is_not_wanted_any_more_is_not_sent(
    owed: Owing, clock: HandClock, settings: Any, letterhead: Letterhead
) -> None:
    done = owed()
    letterhead.reason = "done"
    with mail_server(settings) as server:
        send_due(clock=clock)
        assert server.accepted == []
    assert state_of(done) == ("cancelled", "done")


def test_somebody_without_access_gets_nothing(owed: Owing, clock: HandClock, settings: Any) -> None:
    notice = owed()
    get_user_model().objects.filter(pk=notice.recipient_id).update(is_active=False)
    with mail_server(settings) as server:
        send_due(clock=clock)
        assert server.accepted == []
    assert state_of(notice) == ("cancelled", "inactive")


def test_language_name_and_address_are_those_at_sending(owed: Owing, clock: HandClock, settings: Any) -> None:
    notice = owed(not_before=NOON + timedelta(days=1))
    get_user_model().objects.filter(pk=notice.recipient_id).update(
        email="new@example.org", name="New Name", language="fr"
    )
    clock.forward(days=1)
    with mail_server(settings) as server:
        send_due(clock=clock)
    [message] = server.accepted
    assert (server.recipients, message["Content-Language"]) == (["new@example.org"], "fr")
    assert "New Name" in message.get_body(("plain",)).get_content()


def test_after_a_silence_only_the_newest_of_several_goes_out(owed: Owing, clock: HandClock, settings: Any) -> None:
    somebody, other = person("somebody@example.org", ""), person("other@example.org", "")
    rows = [
        owed(recipient=somebody, offset_days=days, not_before=NOON + timedelta(days=days)) for days in (-14, -3, 1, 8)
    ]
    untouched = owed(recipient=other, offset_days=-3)
    clock.forward(days=3)
    with mail_server(settings) as server:
        send_due(clock=clock)
    assert sorted(server.recipients) == ["other@example.org", "somebody@example.org"]
    assert [state_of(row) for row in rows] == [
        ("superseded", "catch_up"),
        ("superseded", "catch_up"),
        ("sent", ""),
        ("planned", ""),
    ]
    assert state_of(untouched) == ("sent", "")


def test_staging_sends_everything_to_one_address(owed: Owing, clock: HandClock, settings: Any) -> None:
    settings.MAIL_REDIRECT_ALL_TO = "staging@example.org"
    notice = owed()
    with mail_server(settings) as server:
        send_due(clock=clock)
    [message] = server.accepted
    assert (server.recipients, message["To"]) == (["staging@example.org"], "staging@example.org")
    assert message["X-Redirected-From"] == notice.recipient.email
