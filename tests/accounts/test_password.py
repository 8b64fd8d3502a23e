"""A forgotten password, and a changed one: by a link in a letter, once, for an hour; other sessions end."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from commitments.appointments.actions import owe_password_reset
from commitments.notices.delivery import send_due
from commitments.notices.models import Notice
from tests.accounts.letters import PostOffice, html_of, link_in, text_of
from tests.accounts.test_sign_in import page_without, sign_in
from tests.cast import PASSWORD, Cast
from tests.servers import SmtpSink

RESET = "/en/account/password/reset/"
CHANGE = "/en/account/password/change/"
NEW = "four herons over the wet field"


def ask(client: Client, email: str, path: str = RESET) -> Any:
    return client.post(path, {"email": email})


def set_new(client: Client, link: str, first: str = NEW, second: str = NEW) -> Any:
    page = client.get(link, follow=True)
    path = page.redirect_chain[-1][0] if page.redirect_chain else link
    return client.post(path, {"password1": first, "password2": second})


def test_the_letter_leads_to_a_new_password_and_into_the_workspace(
    client: Client, camila: User, post_office: PostOffice
) -> None:
    assert ask(client, camila.email)["Location"] == "/en/account/password/reset/done/"
    (letter,) = post_office(camila.email)
    answer = set_new(client, link_in(letter))
    assert (answer.status_code, answer["Location"]) == (302, "/es/workspace/")
    assert client.session["_auth_user_id"] == str(camila.pk)
    assert sign_in(Client(), camila.email, NEW).status_code == 302
    assert sign_in(Client(), camila.email, PASSWORD).status_code == 200


def test_the_letter_is_in_the_persons_language_with_one_link_to_the_site(
    client: Client, camila: User, post_office: PostOffice
) -> None:
    ask(client, camila.email)
    (letter,) = post_office(camila.email)
    assert letter["Content-Language"] == "es-419"
    assert link_in(letter).startswith("/es/account/password/reset/key/")
    assert html_of(letter).count('class="button"') == 1
    assert "<img" not in html_of(letter)
    assert not {"{", "}", "%("} & set(text_of(letter))


@pytest.mark.parametrize("language", ["en", "es"])
def test_known_and_unknown_addresses_get_the_same_answer(
    client: Client, cast: Cast, camila: User, language: str
) -> None:
    path = f"/{language}/account/password/reset/"
    cast.reader.set_password(PASSWORD)
    cast.reader.is_active = False
    cast.reader.save()
    emails = [camila.email, "nobody@example.org", cast.reader.email, cast.focal_canada.email]
    answers = [ask(client, email, path) for email in emails]
    assert {(answer.status_code, answer["Location"], answer.content) for answer in answers} == {
        (302, f"{path}done/", b"")
    }
    assert len({page_without(client.get(answer["Location"])) for answer in answers}) == 1
    assert list(Notice.objects.values_list("recipient__email", flat=True)) == [camila.email]


def test_asking_twice_in_five_minutes_sends_one_letter(client: Client, camila: User, post_office: PostOffice) -> None:
    start = timezone.now().replace(minute=0, second=0, microsecond=0)
    for minutes in (0, 4, 5):
        owe_password_reset(user=camila, at=start + timedelta(minutes=minutes))
    assert Notice.objects.filter(kind="password_reset", recipient=camila).count() == 2


def test_the_link_is_built_from_the_setting_and_never_from_the_request(camila: User, post_office: PostOffice) -> None:
    hostile = Client(headers={"x-forwarded-host": "evil.example", "x-forwarded-proto": "https"})
    ask(hostile, camila.email)
    assert hostile.post(RESET, {"email": camila.email}, headers={"host": "evil.example"}).status_code == 400
    (letter,) = post_office(camila.email)
    assert "evil.example" not in letter.as_string()


def test_the_link_works_once(client: Client, camila: User, post_office: PostOffice) -> None:
    ask(client, camila.email)
    (letter,) = post_office(camila.email)
    set_new(client, link_in(letter))
    again = Client().get(link_in(letter).replace("/es/", "/en/")).content.decode()
    assert "This link does not work any more" in again
    assert 'name="password1"' not in again


def test_an_old_link_shows_how_to_get_a_new_one(client: Client, camila: User, smtp_sink: SmtpSink) -> None:
    two_hours_ago = timezone.now() - timedelta(hours=2)
    owe_password_reset(user=camila, at=two_hours_ago)
    send_due(clock=lambda: two_hours_ago)
    (letter,) = smtp_sink.to(camila.email)
    User.objects.filter(pk=camila.pk).update(last_login=timezone.now())  # anything since then closes the link too
    page = client.get(link_in(letter).replace("/es/", "/en/"))
    assert "This link does not work any more" in page.content.decode()
    assert RESET in page.content.decode()


@pytest.mark.parametrize("link", ["zzzzzzzzzzzzz-x", "0-x", "zzzzzzzzzzzzzzzzzzzz-x", "1-%00", "1-" + "x" * 2000])
def test_an_invented_link_is_no_error(client: Client, camila: User, link: str) -> None:
    page = client.get(f"/en/account/password/reset/key/{link}/")
    assert page.status_code == 200
    assert "This link does not work any more" in page.content.decode()


def test_a_letter_that_waited_too_long_is_not_sent(camila: User, post_office: PostOffice) -> None:
    owe_password_reset(user=camila, at=timezone.now() - timedelta(hours=2))
    assert post_office(camila.email) == []
    assert Notice.objects.get().state == "expired"


def test_nobody_whose_access_ended_meanwhile_gets_the_letter(camila: User, post_office: PostOffice) -> None:
    owe_password_reset(user=camila, at=timezone.now())
    camila.is_active = False
    camila.save()
    assert post_office(camila.email) == []


@pytest.mark.parametrize(
    ("first", "second", "fault"),
    [
        (NEW, "four herons over the dry field", "Enter the same new password in both fields"),
        ("short", "short", "This password is too short. It must contain at least 12 characters."),
        ("focal.colombia", "focal.colombia", "The password is too similar to the e-mail."),
        ("", "", "Enter a new password"),
    ],
)
def test_a_weak_or_mistyped_password_is_refused(
    client: Client, camila: User, post_office: PostOffice, first: str, second: str, fault: str
) -> None:
    ask(client, camila.email)
    (letter,) = post_office(camila.email)
    answer = set_new(client, link_in(letter).replace("/es/", "/en/"), first, second)
    assert answer.status_code == 200
    assert fault in answer.content.decode()
    assert answer.content.decode().count(fault) == 2  # in the summary and at the field, in the same words
    assert "<title>Error: New password" in " ".join(answer.content.decode().split())


def test_changing_the_password_ends_every_other_session(camila: User) -> None:
    here, elsewhere = Client(), Client()
    for browser in (here, elsewhere):
        sign_in(browser, camila.email)
    answer = here.post(CHANGE, {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    assert (answer.status_code, answer["Location"]) == (302, "/en/account/")
    assert here.get("/en/account/").status_code == 200
    assert elsewhere.get("/en/account/")["Location"] == "/en/account/login/?next=/en/account/"


def test_the_present_password_must_be_known(client: Client, camila: User) -> None:
    sign_in(client, camila.email)
    answer = client.post(CHANGE, {"oldpassword": "not this one", "password1": NEW, "password2": NEW})
    assert answer.status_code == 200
    assert "Enter your current password as it is now" in answer.content.decode()
    assert sign_in(Client(), camila.email).status_code == 302


def test_asking_too_often_is_answered_with_429(client: Client, db: None) -> None:
    answers = [ask(client, "nobody@example.org").status_code for _ in range(6)]
    assert answers == [302] * 5 + [429]


def test_no_second_table_keeps_addresses(client: Client, camila: User, post_office: PostOffice) -> None:
    from allauth.account.models import EmailAddress

    ask(client, camila.email)
    set_new(client, link_in(post_office(camila.email)[0]))
    assert not EmailAddress.objects.exists()
