"""My account: name, language, time zone."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from tests.cast import Cast

PATH = "/en/account/"


def save(client: Client, path: str = PATH, **typed: str) -> Any:
    start = {"name": "Camila C.", "language": "es", "time_zone": "America/Bogota"}
    return client.post(path, {**start, **typed})


@pytest.fixture
def signed_in(client: Client, cast: Cast) -> Client:
    client.force_login(cast.focal_colombia)
    return client


def test_settings_are_saved(signed_in: Client, cast: Cast) -> None:
    save(signed_in, name="  Camila \t Cárdenas ", language="pt", time_zone="America/Sao_Paulo")
    person = User.objects.get(pk=cast.focal_colombia.pk)
    assert (person.name, person.language, person.time_zone) == ("Camila Cárdenas", "pt", "America/Sao_Paulo")


@pytest.mark.parametrize(("chosen", "heading"), [("en", "My account"), ("es", "/es/account/"), ("fr", "/fr/account/")])
def test_the_page_answers_in_the_chosen_language(signed_in: Client, chosen: str, heading: str) -> None:
    answer = save(signed_in, language=chosen)
    assert answer["Location"] == f"/{chosen}/account/"
    page = signed_in.get(answer["Location"])
    assert page.status_code == 200
    assert heading in page.content.decode()


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ({"name": ""}, "Enter your name"),
        ({"name": "Ca\u202emila"}, "This name holds characters that cannot be seen. Type it here again"),
        ({"name": "x" * 121}, "Use at most 120 characters. There are 121 now"),
    ],
)
def test_a_name_that_is_none_is_refused_in_words(signed_in: Client, typed: dict[str, str], fault: str) -> None:
    answer = save(signed_in, **typed)
    assert answer.status_code == 200
    assert answer.content.decode().count(fault) == 2


@pytest.mark.parametrize("typed", [{"language": "de"}, {"time_zone": "Mars/Olympus"}, {"time_zone": ""}])
def test_unknown_choices_are_refused(signed_in: Client, cast: Cast, typed: dict[str, str]) -> None:
    assert save(signed_in, **typed).status_code == 200
    person = User.objects.get(pk=cast.focal_colombia.pk)
    assert (person.language, person.time_zone) == ("es", "America/Bogota")


def test_fields_of_no_form_are_never_stored(signed_in: Client, cast: Cast) -> None:
    save(signed_in, email="other@example.org", is_active="", is_staff="1", is_superuser="1", password="x", id="1")
    person = User.objects.get(pk=cast.focal_colombia.pk)
    assert (person.email, person.is_active, person.is_staff, person.is_superuser) == (
        "focal.colombia@example.org",
        True,
        False,
        False,
    )


def test_a_zone_set_under_an_older_name_stays(signed_in: Client, cast: Cast) -> None:
    User.objects.filter(pk=cast.focal_colombia.pk).update(time_zone="America/Buenos_Aires")
    assert '<option value="America/Buenos_Aires" selected>' in signed_in.get(PATH).content.decode()


def test_somebody_without_a_post_has_an_account_too(client: Client, cast: Cast) -> None:
    client.force_login(cast.outsider)
    assert client.get(PATH).status_code == 200
