"""Waking the worker by name: with a broker, with none, and with one that does not speak."""

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
import redis
from celery import current_app
from django.db import connection, transaction
from django.test import Client
from kombu.exceptions import OperationalError

from commitments.notices import waking
from commitments.notices.actions import owe
from commitments.notices.models import Notice
from tests.cast import NOON, PASSWORD, person
from tests.commitments.notices.conftest import KIND
from tests.servers import free_port

SECONDS = 3


@pytest.fixture(autouse=True)
def _no_memory_of_failures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waking, "_silent_until", 0.0)


@pytest.fixture
def silent_broker(monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    """Accepts every connection and never says a word."""
    with socket.create_server(("127.0.0.1", 0), backlog=20) as listener:
        monkeypatch.setenv("CELERY_BROKER_URL", f"redis://127.0.0.1:{listener.getsockname()[1]}/0")
        yield listener


def returns(work: Any) -> bool:
    """Whether the work ends while nothing around it changes."""
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(SECONDS)
    return not thread.is_alive()


def test_the_task_is_published_by_name(published_to: str) -> None:
    assert waking.wake() is True
    [message] = redis.Redis.from_url(published_to).lrange("celery", 0, -1)
    assert b'"task": "notices.send_due"' in message


def test_without_a_broker_nothing_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CELERY_BROKER_URL", f"redis://127.0.0.1:{free_port()}/0")
    assert waking.wake() is False


def test_a_silent_broker_keeps_nobody_waiting(silent_broker: socket.socket) -> None:
    assert returns(waking.wake)


def test_control_without_our_limits_a_silent_broker_keeps_everybody_waiting(silent_broker: socket.socket) -> None:
    def publish() -> None:
        # It ends in an error when the silent broker goes away with the test.
        with suppress(OperationalError), current_app.connection_for_write() as line:
            current_app.send_task(waking.TASK, connection=line, retry=False, ignore_result=True)

    assert not returns(publish)


def test_after_a_failure_a_silent_broker_is_left_alone(silent_broker: socket.socket) -> None:
    assert (waking.wake(), waking.wake(), waking.wake()) == (False, False, False)

    knocks = 0
    silent_broker.settimeout(0)
    while True:
        try:
            silent_broker.accept()
        except BlockingIOError:
            break
        knocks += 1
    assert knocks == 1


@pytest.mark.django_db(transaction=True)
def test_what_was_saved_stays_saved_when_the_broker_is_silent(silent_broker: socket.socket, letterhead: object) -> None:
    somebody = person("somebody@example.org", "Somebody")

    with transaction.atomic():
        owe(kind=KIND, thing=somebody, recipient=somebody, at=NOON, due_revision="1", lane="urgent")

    assert Notice.objects.get().state == "pending"


@pytest.mark.django_db(transaction=True)
def test_a_form_posted_while_the_broker_is_silent_is_saved_and_answered(silent_broker: socket.socket) -> None:
    user = person("camila@example.org", "Camila", password=PASSWORD)
    answers: list[int] = []

    def post() -> None:
        address = "/en/account/password/reset/"
        answers.append(Client().post(address, {"email": user.email}).status_code)
        connection.close()

    assert returns(post), "the broker has not said a word, and the person has their answer"
    assert answers == [302]
    assert list(Notice.objects.values_list("kind", "recipient", "state")) == [("password_reset", user.pk, "pending")]
