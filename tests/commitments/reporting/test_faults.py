"""What goes wrong on the way: the session ended, the token is stale, the same form comes twice. Nothing is lost."""

import html
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from accounts.models import User
from commitments.indicators.models import Evidence, Measurement
from commitments.reporting.models import Draft, ReportEntry
from commitments.sources.models import StoredFile
from tests import cast as people
from tests.cast import NOON, PASSWORD, Cast
from tests.factories import files, record
from tests.pages import main_words

REASON = 'Renewals moved to another office.\nSee "Anexo" <2>'


@pytest.fixture(autouse=True)
def the_day(settings: Any, tmp_path: Any) -> Iterator[None]:
    settings.FILES_DIR = tmp_path / "files"
    settings.ACCOUNT_RATE_LIMITS = {}
    with time_machine.travel(NOON, tick=False):
        yield


def owe(cast: Cast) -> ReportEntry:
    commitment = record.commitment(country=cast.colombia, group=cast.labour)
    indicator = record.indicator(commitment, baseline=(20_000, date(2025, 1, 1)))
    record.measurement(indicator, 41_200, date(2026, 6, 30))
    return record.entry(indicator, record.cycle())


@pytest.fixture
def owed(cast: Cast) -> ReportEntry:
    return owe(cast)


def page(owed: ReportEntry, more: str = "", language: str = "es") -> str:
    return f"/{language}/workspace/indicators/{owed.series.indicator.code}/update/{more}"


def answers(**changed: Any) -> dict[str, Any]:
    return {"value": "42000", "date_choice": "given", "source_choice": "same", "reason": REASON, **changed}


def carried(response: Any) -> dict[str, str]:
    """The hidden fields of the form in the main part of a page, as a browser sends them on."""
    text = response.content.decode().partition("<main")[2]
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', text)
    return {name: html.unescape(value) for name, value in fields if name != "csrfmiddlewaretoken"}


def sign_in(client: Client, person: User, fields: dict[str, str]) -> Any:
    return client.post("/es/account/login/", {"login": person.email, "password": PASSWORD, **fields})


@pytest.mark.django_db
def test_session_that_ended_while_typing_gives_everything_back_after_signing_in(cast: Cast, owed: ReportEntry) -> None:
    person = cast.focal_colombia
    person.set_password(PASSWORD)
    person.save()
    client = Client()
    asked = client.post(page(owed), answers())
    assert asked.status_code == 401
    assert "no-store" in asked["Cache-Control"]
    assert "Nada se perdió" in main_words(asked)
    assert not asked.cookies.get("sessionid")
    assert Draft.objects.count() == 0

    wrong = sign_in(client, person, carried(asked) | {"password": "wrong"})
    assert "Nada se perdió" in main_words(wrong)
    entered = sign_in(client, person, carried(wrong))
    assert entered.url == "/es/account/continue/"
    shown = client.get(entered.url)
    assert "Renewals moved to another office." in main_words(shown)
    typed = carried(shown)
    assert typed == answers()
    assert f'action="{page(owed)}"' in shown.content.decode()
    assert client.post(page(owed), typed).url == page(owed, "check/")
    client.post(page(owed, "check/"))
    assert Measurement.objects.get(state="sent").reason == REASON


@pytest.mark.django_db
def test_parcel_that_somebody_made_up_or_that_is_old_leads_to_the_tasks(cast: Cast, owed: ReportEntry) -> None:
    person = cast.focal_colombia
    person.set_password(PASSWORD)
    person.save()
    for parcel in ("", "x", "a:b:c", "\x00", carried(Client().post(page(owed), answers()))["parcel"][:-1] + "~"):
        assert sign_in(Client(), person, {"parcel": parcel}).url == "/es/workspace/"
    old = carried(Client().post(page(owed), answers()))
    with time_machine.travel(NOON.replace(hour=14), tick=False):
        assert sign_in(Client(), person, old).url == "/es/workspace/"
    client = Client()
    client.force_login(person)
    assert client.get("/es/account/continue/").url == "/es/workspace/"


@pytest.mark.django_db
def test_parcel_holds_no_password_and_no_token_and_is_not_endless(owed: ReportEntry) -> None:
    asked = Client().post(page(owed), {"password": "secret", "csrfmiddlewaretoken": "t"})
    assert asked.status_code == 302
    asked = Client().post(page(owed), answers(reason="x" * 300_000))
    assert asked.status_code == 302
    assert asked.url.startswith("/es/account/login/?next=")


@pytest.mark.django_db
def test_save_in_the_background_is_told_that_the_session_ended(owed: ReportEntry) -> None:
    assert Client().post(page(owed, "save/"), answers()).status_code == 401


@pytest.mark.django_db
def test_file_that_cannot_be_carried_is_named(cast: Cast, owed: ReportEntry) -> None:
    person = cast.focal_colombia
    person.set_password(PASSWORD)
    person.save()
    client = Client()
    asked = client.post(page(owed), answers(document=SimpleUploadedFile("a.pdf", files.pdf())))
    shown = client.get(sign_in(client, person, carried(asked)).url)
    assert "No es posible conservar un archivo" in main_words(shown)


@pytest.mark.django_db
def test_stale_token_gives_back_what_was_typed_to_our_own_pages_alone(cast: Cast, owed: ReportEntry) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.focal_colombia)
    own = client.post(page(owed), answers(csrfmiddlewaretoken="old"), headers={"Origin": "http://testserver"})
    assert own.status_code == 403
    assert carried(own) == answers()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', own.content.decode())
    assert token
    assert client.post(page(owed), {**carried(own), "csrfmiddlewaretoken": token[1]}).url == page(owed, "check/")
    for origin in ("https://evil.example", "null", ""):
        other = client.post(page(owed), answers(), headers={"Origin": origin} if origin else {})
        assert other.status_code == 403
        assert carried(other) == {}


@pytest.mark.django_db
def test_a_stale_token_gives_a_readers_report_back_too() -> None:
    client, url = Client(enforce_csrf_checks=True), "/en/report-a-mistake/"
    typed = {"wrong": "The date is of last year.", "page": "/en/"}
    own = client.post(url, {**typed, "csrfmiddlewaretoken": "old"}, headers={"Origin": "http://testserver"})
    assert (own.status_code, carried(own)) == (403, typed)
    other = client.post(url, typed, headers={"Origin": "https://evil.example"})
    assert (other.status_code, carried(other)) == (403, {})


@pytest.mark.django_db
def test_back_and_resend_makes_one_figure(cast: Cast, owed: ReportEntry) -> None:
    client = Client()
    client.force_login(cast.focal_colombia)
    client.post(page(owed), answers(document=SimpleUploadedFile("a.pdf", files.pdf())))
    sent = [client.post(page(owed, "check/")).url for _click in range(3)]
    assert set(sent) == {page(owed, "received/")}
    assert Measurement.objects.filter(state="sent").count() == Evidence.objects.count() == 1


@pytest.mark.django_db
def test_second_tab_loses_nothing(cast: Cast, owed: ReportEntry) -> None:
    first, second = Client(), Client()
    for tab in (first, second):
        tab.force_login(cast.focal_colombia)
        tab.get(page(owed))
    first.post(page(owed), answers())
    first.post(page(owed, "check/"))
    late = second.post(page(owed), answers(value="43000", reason="Typed in the second tab"))
    assert late.url == page(owed, "check/")
    asked = second.post(page(owed, "check/"))
    assert asked.status_code in {302, 409}
    shown = main_words(asked) if asked.status_code == 409 else ""
    assert Measurement.objects.filter(state="sent").count() == 1
    kept = Measurement.objects.get(state="sent").reason
    assert "Typed in the second tab" in shown + kept


@pytest.mark.django_db(transaction=True)
def test_twenty_clicks_at_once_make_one_figure_and_one_file() -> None:
    cast = people.assemble()
    owed = owe(cast)
    client = Client()
    client.force_login(cast.focal_colombia)
    client.post(page(owed), answers(document=SimpleUploadedFile("a.pdf", files.pdf())))

    def click(_number: int) -> tuple[int, str]:
        try:
            again = Client()
            again.cookies.update(client.cookies)
            answer = again.post(page(owed, "check/"))
            return answer.status_code, answer.get("Location", "")
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answered = set(pool.map(click, range(20)))
    assert answered == {(302, page(owed, "received/"))}
    assert Measurement.objects.filter(state="sent").count() == 1
    assert (Evidence.objects.count(), StoredFile.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_same_file_sent_eight_times_at_once_is_one_row() -> None:
    cast = people.assemble()
    owed = owe(cast)
    client = Client()
    client.force_login(cast.focal_colombia)

    def click(_number: int) -> int:
        try:
            again = Client()
            again.cookies.update(client.cookies)
            return again.post(page(owed), answers(document=SimpleUploadedFile("a.pdf", files.pdf()))).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(click, range(8))) == {302}
    assert StoredFile.objects.count() == 1
    assert Draft.objects.count() == 1
