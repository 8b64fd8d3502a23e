"""A message that failed is handed over once more when the office asks for it."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from commitments.notices.actions import send_again
from commitments.notices.delivery import send_due
from commitments.notices.models import Notice
from tests.cast import NOON, Cast
from tests.commitments.notices.conftest import Letterhead, Owing
from tests.commitments.notices.stage import HandClock, mail_server, outcomes, state_of
from tests.pages import main_words

pytestmark = pytest.mark.django_db
PAGE = "/en/workspace/reminders/"


@pytest.fixture
def office(cast: Cast) -> Any:
    client = Client()
    client.force_login(cast.secretary)
    with time_machine.travel(NOON, tick=False):
        yield client


def ask(client: Client, notice: Notice) -> str:
    return main_words(client.post(f"{PAGE}{notice.pk}/again/", follow=True))


def test_a_refused_address_that_was_put_right_gets_the_same_message(
    office: Client, cast: Cast, owed: Owing, clock: HandClock, settings: Any
) -> None:
    notice = owed()
    with mail_server(settings, RCPT=["550 no such user"]):
        send_due(clock=clock)
    assert state_of(notice) == ("failed_address", "address_refused")
    person = notice.recipient
    person.email = "right@example.org"
    person.save()
    assert "Send again" in main_words(office.get(PAGE))
    assert "It is handed over once more" in ask(office, notice)
    assert "Nothing was sent: it is on its way already" in ask(office, notice)
    with mail_server(settings) as server:
        send_due(clock=clock)
    assert server.recipients == ["right@example.org"]
    assert server.message_ids == [notice.message_id]
    assert state_of(notice) == ("sent", "")
    assert [told[0] for told in outcomes(notice)] == ["address_refused", "sent"]
    told = main_words(office.get(PAGE))
    assert f"Sent again by {cast.secretary.name}, 24 November 2026, 12:00 (UTC)" in told
    assert "Nothing was sent" in ask(office, notice)
    assert Notice.objects.get(pk=notice.pk).state == "sent"


def test_it_is_looked_at_anew_whether_it_is_still_wanted(
    cast: Cast, owed: Owing, letterhead: Letterhead, clock: HandClock, settings: Any
) -> None:
    notice = owed()
    with mail_server(settings, DATA=["552 too big"]):
        send_due(clock=clock)
    assert state_of(notice) == ("dead", "content_refused")
    assert send_again(notice=notice, by=cast.secretary, at=NOON)
    letterhead.reason = "done"
    with mail_server(settings) as server:
        send_due(clock=clock)
    assert (server.accepted, state_of(notice)) == ([], ("cancelled", "done"))


@pytest.mark.parametrize("state", ["planned", "pending", "sent", "cancelled", "superseded", "expired"])
def test_nothing_else_is_sent_again(cast: Cast, owed: Owing, state: str) -> None:
    notice = owed()
    Notice.objects.filter(pk=notice.pk).update(state=state, sent_at=NOON if state == "sent" else None)
    assert not send_again(notice=notice, by=cast.secretary, at=NOON)
    assert state_of(notice)[0] == state


def test_nor_what_comes_too_late(cast: Cast, owed: Owing) -> None:
    notice = owed()
    Notice.objects.filter(pk=notice.pk).update(state="dead", expires_at=NOON + timedelta(hours=1))
    assert not send_again(notice=notice, by=cast.secretary, at=NOON + timedelta(hours=1))
    assert send_again(notice=notice, by=cast.secretary, at=NOON)
