"""A session says when it ends, and lasts its whole length again when its person asks for it."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from accounts.models import User
from tests.cast import NOON, PASSWORD

pytestmark = pytest.mark.django_db

LENGTH = settings.SESSION_COOKIE_AGE


def left(client: Client) -> str:
    page = client.get("/en/workspace/").content.decode()
    return page.split('data-session-left="')[1].split('"')[0]


@pytest.fixture
def signed_in(client: Client, camila: User) -> Client:
    with time_machine.travel(NOON, tick=False):
        client.post("/en/account/login/", {"login": camila.email, "password": PASSWORD})
    return client


def test_a_page_says_how_long_the_session_still_lasts(signed_in: Client) -> None:
    for hours in (0, 3):
        with time_machine.travel(NOON + timedelta(hours=hours), tick=False):
            assert left(signed_in) == str(LENGTH - hours * 3600)


def test_asking_for_more_gives_the_whole_length_again(signed_in: Client) -> None:
    almost = NOON + timedelta(seconds=LENGTH - 60)
    with time_machine.travel(almost, tick=False):
        answer = signed_in.post("/en/account/stay/", headers={"X-Requested-With": "fetch"})
        assert answer.json() == {"left": LENGTH}
        assert left(signed_in) == str(LENGTH)
    # The session itself lasts as long as it said: a page after its first end is still open.
    with time_machine.travel(almost + timedelta(seconds=LENGTH - 60), tick=False):
        assert left(signed_in) == "60"
    with time_machine.travel(almost + timedelta(seconds=LENGTH + 60), tick=False):
        assert signed_in.get("/en/workspace/").status_code == 302


def test_without_script_the_button_leads_back_to_the_workspace(signed_in: Client) -> None:
    with time_machine.travel(NOON, tick=False):
        answer = signed_in.post("/en/account/stay/", follow=True)
        assert answer.redirect_chain == [("/en/workspace/", 302)]
        assert "You stay signed in." in answer.content.decode()
        assert signed_in.get("/en/account/stay/").status_code == 405


def test_public_pages_know_no_session(signed_in: Client) -> None:
    with time_machine.travel(NOON, tick=False):
        assert b"data-session-left" not in signed_in.get("/en/").content


def test_a_session_without_a_known_end_says_nothing_of_it(client: Client, camila: User) -> None:
    client.force_login(camila)
    assert "data-session-left" not in client.get("/en/workspace/").content.decode()
