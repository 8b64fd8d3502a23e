"""Signing in and out: the right people, in their language, without a word on who has an account."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.cast import PASSWORD, Cast

LOGIN = "/en/account/login/"


def sign_in(client: Client, email: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post(LOGIN, {"login": email, "password": password, **more})


def page_without(response: Any, *typed: str) -> str:
    """The page without what differs by nature: the token of the form and what was typed into it."""
    text = re.sub(r'(name="csrfmiddlewaretoken" value=)"[^"]*"', r"\1", response.content.decode())
    for words in typed:
        text = text.replace(words, "")
    return text


def test_signing_in_leads_to_the_workspace_in_the_persons_own_language(client: Client, camila: User) -> None:
    response = sign_in(client, camila.email)
    assert (response.status_code, response["Location"]) == (302, "/es/workspace/")
    assert client.session["_auth_user_id"] == str(camila.pk)
    assert client.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == ""  # gone when the browser closes


def test_the_address_is_compared_without_regard_to_case(client: Client, camila: User) -> None:
    assert sign_in(client, "  Focal.COLOMBIA@example.org ").status_code == 302


def test_a_new_session_key_is_made_at_sign_in(client: Client, camila: User) -> None:
    client.session["before"] = "kept by a stranger"
    client.session.save()
    before = client.session.session_key
    sign_in(client, camila.email)
    assert client.session.session_key != before


@pytest.mark.parametrize("language", ["en", "es"])
def test_unknown_address_and_wrong_password_get_the_same_answer(
    client: Client, cast: Cast, camila: User, language: str
) -> None:
    path = f"/{language}/account/login/"
    cases = {
        "known": camila.email,
        "unknown": "nobody.colombia@example.org",
        "invited, without a password": cast.focal_canada.email,
        "ended": ended(cast.reader).email,
    }
    answers = {name: client.post(path, {"login": email, "password": "wrong but long"}) for name, email in cases.items()}
    assert {response.status_code for response in answers.values()} == {200}
    assert {response["Content-Type"] for response in answers.values()} == {"text/html; charset=utf-8"}
    pages = {page_without(answers[name], email) for name, email in cases.items()}
    assert len(pages) == 1


def ended(person: User) -> User:
    person.set_password(PASSWORD)
    person.is_active = False
    person.save()
    return person


def test_somebody_whose_access_ended_learns_it_with_the_right_password_only(client: Client, cast: Cast) -> None:
    response = client.post(LOGIN, {"login": ended(cast.reader).email, "password": PASSWORD}, follow=True)
    assert response.redirect_chain == [("/en/account/inactive/", 302)]
    assert "Your access has ended" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_the_sixth_wrong_password_is_answered_with_429_and_a_time_to_wait(client: Client, camila: User) -> None:
    answers = [sign_in(client, camila.email, "wrong but long").status_code for _ in range(6)]
    assert answers == [200, 200, 200, 200, 200, 429]
    refused = sign_in(client, camila.email)
    assert (refused.status_code, refused["Retry-After"]) == (429, "300")


def test_an_unknown_address_is_throttled_like_a_known_one(client: Client, db: None) -> None:
    answers = [sign_in(client, "nobody@example.org", "wrong but long").status_code for _ in range(6)]
    assert answers == [200, 200, 200, 200, 200, 429]


def test_a_stranger_elsewhere_does_not_lock_the_person_out(camila: User) -> None:
    stranger, person = Client(REMOTE_ADDR="192.0.2.1"), Client(REMOTE_ADDR="192.0.2.2")
    for _ in range(6):
        sign_in(stranger, camila.email, "wrong but long")
    assert sign_in(person, camila.email).status_code == 302


def test_signing_in_does_not_use_up_the_attempts(client: Client, camila: User) -> None:
    for _ in range(6):
        assert sign_in(client, camila.email).status_code == 302
        client.logout()


def test_many_addresses_from_one_place_are_slowed_down_together(client: Client, db: None) -> None:
    answers = [sign_in(client, f"person{n}@example.org", "wrong but long").status_code for n in range(11)]
    assert answers == [200] * 10 + [429]


def test_attempts_from_everywhere_on_one_address_end_at_sixty_an_hour(camila: User) -> None:
    answers = [
        sign_in(Client(REMOTE_ADDR=f"198.51.100.{n}"), camila.email, "wrong but long").status_code for n in range(61)
    ]
    assert answers == [200] * 60 + [429]


@pytest.mark.parametrize(
    "goal",
    [
        "//evil.example",
        "///evil.example",
        "////evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "\\/evil.example",
        "https://evil.example",
        "http://evil.example/en/workspace/",
        "http:evil.example",
        "http:/evil.example",
        "http:///evil.example",
        "https:\\\\evil.example",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "ftp://testserver/",
        "//testserver@evil.example",
        "http://testserver@evil.example/",
        "http://testserver.evil.example/",
        "http://evil.example\\@testserver/",
        "http://evil.example#@testserver/",
        "http://evil.example?testserver",
        "http://[::1]@evil.example",
        "http://localhost/",
        "http://127.0.0.1/",
        "%2F%2Fevil.example/../..//evil.example",
        "/\t/evil.example",
        "/\n/evil.example",
        "/\r/evil.example",
        "\t//evil.example",
        "\x00//evil.example",
        "\x08//evil.example",
        "//evil%E3%80%82example",
        "//ⓔvil.example",
        "/%09/evil.example/",
        "?next=//evil.example",
        "mailto:x@evil.example",
    ],
)
def test_no_address_elsewhere_is_followed_after_sign_in_or_out(client: Client, camila: User, goal: str) -> None:
    landed = sign_in(client, camila.email, next=goal)
    assert landed.status_code in {302, 400}
    if landed.status_code == 302:
        assert stays_here(landed["Location"])
    left = client.post("/en/account/logout/", {"next": goal})
    assert left.status_code in {302, 400}
    if left.status_code == 302:
        assert stays_here(left["Location"])


def stays_here(location: str) -> bool:
    """As a browser reads it: controls are dropped, a backslash is a slash; what follows must be a path of this host."""
    seen = re.sub(r"[\x00-\x20]", "", location).replace("\\", "/")
    return seen.startswith("http://testserver/") or not re.match(r"(?i)[a-z][a-z0-9+.-]*:|//", seen)


def test_a_page_of_this_site_is_followed(client: Client, camila: User) -> None:
    assert sign_in(client, camila.email, next="/en/workspace/review/")["Location"] == "/en/workspace/review/"


def test_signing_out_asks_first_and_ends_the_session(client: Client, camila: User) -> None:
    sign_in(client, camila.email)
    asked = client.get("/es/account/logout/")
    assert asked.status_code == 200
    assert "_auth_user_id" in client.session
    left = client.post("/es/account/logout/")
    assert (left.status_code, left["Location"]) == (302, "/es/")
    assert "_auth_user_id" not in client.session


def test_signing_out_without_a_session_leads_to_the_public_site(client: Client, db: None) -> None:
    assert client.get("/en/account/logout/")["Location"] == "/en/"


@pytest.mark.parametrize(
    "path", ["signup/", "email/", "confirm-email/", "reauthenticate/", "password/set/", "login/code/"]
)
def test_nobody_signs_up_and_nothing_else_of_allauth_is_reachable(client: Client, db: None, path: str) -> None:
    assert client.get(f"/en/account/{path}").status_code == 404
    assert client.post(f"/en/account/{path}", {"email": "new@example.org"}).status_code == 404
    assert not User.objects.exists()


def test_a_form_without_its_token_is_refused(camila: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(LOGIN, {"login": camila.email, "password": PASSWORD}).status_code == 403


@pytest.mark.parametrize("name", ["account", "account_change_password"])
def test_pages_about_ones_account_ask_to_sign_in(client: Client, db: None, name: str) -> None:
    path = reverse(name)
    assert client.get(path)["Location"] == f"/en/account/login/?next={path}"


@pytest.mark.parametrize("name", ["account_login", "account_reset_password", "account_reset_password_done"])
def test_no_account_page_is_stored_on_the_way(client: Client, db: None, name: str) -> None:
    stored = client.get(reverse(name))["Cache-Control"]
    assert {"private", "no-store"} <= set(stored.split(", "))
