"""The tests' own ground: the cast, the triggers around transactional tests, the servers."""

import smtplib
import socket

import pytest
from django.core.mail import send_mail
from django.db import DatabaseError, connection, transaction

from commitments.history import actions, triggers
from commitments.mechanisms.models import Country
from commitments.roles.enums import Role
from tests.cast import NOON, STAGE, Cast


def _history_rows() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM commitments_historicalcountry")
        return int(cursor.fetchone()[0])


def test_everybody_on_stage_holds_the_post_of_their_name(cast: Cast) -> None:
    roles = {name: [post.role for post in cast.standing(person).standing.posts] for name, person in cast.people.items()}
    assert roles == {
        "administrator": [Role.ADMINISTRATOR],
        "secretary": [Role.SECRETARIAT],
        "second_secretary": [Role.SECRETARIAT],
        "focal_colombia": [Role.FOCAL_POINT],
        "deputy_colombia": [Role.FOCAL_POINT],
        "focal_canada": [Role.FOCAL_POINT],
        "lead_labour": [Role.LEAD],
        "reader": [Role.READER],
        "outsider": [],
    }
    assert cast.actor(cast.focal_colombia).country == "COL"
    assert cast.actor(cast.lead_labour).group == "WS05"


@pytest.mark.parametrize("turn", [1, 2])
def test_transactional_tests_start_empty_with_triggers_in_place(transactional_db: None, turn: int) -> None:
    assert Country.objects.count() == 0
    assert _history_rows() == 0
    actions.create(Country(iso3="COL", iso2="CO", kind="state", name_en="Colombia"), by=STAGE, at=NOON)
    with pytest.raises(DatabaseError, match=triggers.REFUSAL), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM commitments_historicalcountry")
    assert _history_rows() == 1


def test_no_connection_leaves_this_machine() -> None:
    with pytest.raises(RuntimeError, match=r"192\.0\.2\.1"), socket.socket() as outside:
        outside.connect(("192.0.2.1", 25))


@pytest.mark.servers
def test_the_mail_server_keeps_what_it_is_given(smtp_sink) -> None:
    send_mail("Asunto: año", "Ñandú", "from@example.org", ["to@example.org"])
    (message,) = smtp_sink.wait_for(1)
    assert (message["Subject"], message.get_content().strip()) == ("Asunto: año", "Ñandú")
    assert smtp_sink.to("to@example.org") == [message]
    assert smtp_sink.to("other@example.org") == []


@pytest.mark.servers
def test_a_real_worker_answers_on_redis(worker) -> None:
    from tracker.celery import app

    assert len(app.control.ping(timeout=2.0) or []) == 1
    assert smtplib.SMTP(worker.environment["EMAIL_HOST"], int(worker.environment["EMAIL_PORT"])).noop()[0] == 250
