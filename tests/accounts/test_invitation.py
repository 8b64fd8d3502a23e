"""An invitation: a link of seven days that works once, sets a password and signs in."""

from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from accounts import actions
from accounts.enums import LinkState
from accounts.models import Invitation, User
from commitments.appointments.actions import invite_again, invite_person
from commitments.notices.delivery import send_due
from commitments.notices.models import Notice
from tests.accounts.letters import PostOffice, html_of, link_in, text_of
from tests.cast import PASSWORD, Cast
from tests.servers import SmtpSink

NEW = "four herons over the wet field"
EMAIL = "nueva.colombia@example.org"


def invited(cast: Cast, *, days_ago: int = 0, language: str = "es", email: str = EMAIL) -> User:
    return invite_person(
        email=email,
        name="Nadia N.",
        language=language,
        time_zone="America/Bogota",
        by=cast.actor(cast.administrator),
        at=timezone.now() - timedelta(days=days_ago),
    )


def accept(client: Client, link: str, first: str = NEW, second: str = NEW) -> Any:
    return client.post(link, {"password1": first, "password2": second})


@pytest.mark.parametrize(("language", "lang"), [("en", "en"), ("es", "es-419"), ("pt", "pt-BR"), ("fr", "fr")])
def test_the_letter_speaks_the_persons_language_and_has_one_button(
    cast: Cast, post_office: PostOffice, language: str, lang: str
) -> None:
    invited(cast, language=language)
    (letter,) = post_office(EMAIL)
    assert (letter["Content-Language"], letter["Auto-Submitted"]) == (lang, "auto-generated")
    assert link_in(letter).startswith(f"/{language}/account/invitation/")
    assert html_of(letter).count('class="button"') == 1
    assert "<img" not in html_of(letter)
    # A long subject begins on a line of its own in the message, which leaves a space before it.
    assert f"<title>{letter['Subject'].strip()}</title>" in unescape(html_of(letter))
    assert not {"{", "}", "%("} & set(text_of(letter))
    assert "UTC−5" in text_of(letter)


def test_accepting_sets_the_password_and_signs_in(client: Client, cast: Cast, post_office: PostOffice) -> None:
    person = invited(cast)
    (letter,) = post_office(EMAIL)
    link = link_in(letter)
    assert client.get(link).status_code == 200
    answer = accept(client, link)
    assert (answer.status_code, answer["Location"]) == (302, "/es/workspace/")
    assert client.session["_auth_user_id"] == str(person.pk)
    assert User.objects.get(pk=person.pk).check_password(NEW)
    assert client.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == ""  # gone when the browser closes


def test_opening_the_page_uses_nothing_up(client: Client, cast: Cast, post_office: PostOffice) -> None:
    invited(cast)
    link = link_in(post_office(EMAIL)[0])
    for _ in range(3):
        assert client.get(link).status_code == 200
    assert accept(client, link).status_code == 302


def test_the_link_works_once_and_then_says_how_to_sign_in(cast: Cast, post_office: PostOffice) -> None:
    invited(cast, language="en")
    link = link_in(post_office(EMAIL)[0])
    accept(Client(), link)
    again = accept(Client(), link, "another long password", "another long password")
    assert again.status_code == 410
    assert "This invitation was accepted" in again.content.decode()
    assert "/en/account/login/" in again.content.decode()
    assert User.objects.get(email=EMAIL).check_password(NEW)


@pytest.mark.parametrize(("days", "status"), [(6, 200), (7, 410)])
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_link_ends_after_seven_days_and_the_page_says_how_to_get_another(
    client: Client, cast: Cast, smtp_sink: SmtpSink, language: str, days: int, status: int
) -> None:
    sent = timezone.now() - timedelta(days=days, minutes=1)
    invite_person(email=EMAIL, name="N", language=language, time_zone="UTC", by=cast.actor(cast.administrator), at=sent)
    send_due(clock=lambda: sent)
    link = link_in(smtp_sink.to(EMAIL)[0])
    assert client.get(link).status_code == status
    assert accept(client, link).status_code == (302 if status == 200 else 410)
    if status == 410:
        assert "mailto:secretariat@example.org" in client.get(link).content.decode()
        assert not User.objects.get(email=EMAIL).has_accepted


def test_the_days_run_from_the_sending_not_from_the_asking(cast: Cast, client: Client, smtp_sink: SmtpSink) -> None:
    invited(cast, days_ago=6)
    send_due(clock=timezone.now)
    link = link_in(smtp_sink.to(EMAIL)[0])
    invitation = Invitation.objects.get()
    assert invitation.link_state(timezone.now() + timedelta(days=6, hours=23)) is LinkState.OPEN
    assert invitation.link_state(timezone.now() + timedelta(days=7)) is LinkState.EXPIRED
    assert client.get(link).status_code == 200


def test_an_invented_link_is_not_found_and_names_nobody(client: Client, cast: Cast) -> None:
    answer = client.get("/en/account/invitation/0123456789abcdef/")
    assert answer.status_code == 404
    assert "This link does not work" in answer.content.decode()


def test_only_the_hash_of_the_link_is_stored(cast: Cast, post_office: PostOffice) -> None:
    invited(cast)
    token = link_in(post_office(EMAIL)[0]).rstrip("/").rsplit("/", 1)[-1]
    stored = Invitation.objects.values().get()
    assert token not in {str(value) for value in stored.values()}
    assert stored["token_hash"] == Invitation.hash_of(token)


def test_a_message_sent_twice_carries_the_same_link(cast: Cast) -> None:
    invitation = actions.invite(user=invited(cast), by_id=cast.administrator.pk, at=timezone.now())
    first = actions.issue_token(invitation=invitation, at=timezone.now())
    until = invitation.expires_at
    assert actions.issue_token(invitation=invitation, at=timezone.now() + timedelta(hours=3)) == first
    assert invitation.expires_at == until


def test_inviting_again_sends_another_link_and_using_one_uses_up_both(cast: Cast, post_office: PostOffice) -> None:
    person = invited(cast)
    post_office(EMAIL)
    invite_again(user=person, by=cast.actor(cast.administrator), at=timezone.now())
    first, second = (link_in(letter) for letter in post_office(EMAIL))
    assert first != second
    assert accept(Client(), first).status_code == 302
    assert Client().get(second).status_code == 410


def test_an_invitation_that_was_overtaken_is_not_sent(cast: Cast, post_office: PostOffice) -> None:
    person = invited(cast)
    invite_again(user=person, by=cast.actor(cast.administrator), at=timezone.now())
    assert len(post_office(EMAIL)) == 1
    assert sorted(Notice.objects.values_list("state", "reason")) == [("cancelled", "used"), ("sent", "")]


def test_the_link_of_somebody_whose_access_ended_is_closed(client: Client, cast: Cast, post_office: PostOffice) -> None:
    person = invited(cast)
    link = link_in(post_office(EMAIL)[0])
    actions.close_account(user=person, by_id=cast.administrator.pk, at=timezone.now(), why="wrong address")
    assert accept(client, link).status_code == 410


def test_accepting_takes_over_from_whoever_was_signed_in(client: Client, cast: Cast, post_office: PostOffice) -> None:
    client.force_login(cast.reader)
    before = client.session.session_key
    person = invited(cast)
    accept(client, link_in(post_office(EMAIL)[0]))
    assert client.session["_auth_user_id"] == str(person.pk)
    assert client.session.session_key != before


def test_the_rules_for_passwords_hold(client: Client, cast: Cast, post_office: PostOffice) -> None:
    invited(cast, language="en")
    link = link_in(post_office(EMAIL)[0])
    for first, second, fault in [
        ("short", "short", "This password is too short"),
        (EMAIL, EMAIL, "The password is too similar to the e-mail"),
        (NEW, PASSWORD, "Enter the same new password in both fields"),
    ]:
        answer = accept(client, link, first, second)
        assert answer.status_code == 200
        assert fault in answer.content.decode()
    assert not User.objects.get(email=EMAIL).has_accepted


def test_before_accepting_no_reset_letter_goes_out(client: Client, cast: Cast, post_office: PostOffice) -> None:
    invited(cast)
    post_office(EMAIL)
    client.post("/en/account/password/reset/", {"email": EMAIL})
    assert len(post_office(EMAIL)) == 1
