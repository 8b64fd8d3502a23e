"""Readers report a mistake: without an account, nothing lost, nothing public, and forgotten in time."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from commitments.mistakes.actions import MISTAKES_KEPT, SAME, forget_mistakes, report_mistake
from commitments.mistakes.filters import own_page
from commitments.mistakes.models import MistakeReport
from commitments.notices.enums import NoticeState
from commitments.notices.models import Notice
from commitments.notices.registry import kind_named
from commitments.reporting.tasks import forget_what_is_old
from tests.cast import NOON, Cast
from tests.pages import main_words, words

pytestmark = pytest.mark.django_db

FORM = "/en/report-a-mistake/"
THANKS = "/en/report-a-mistake/received/?page=%2Fen%2Fcountries%2FCOL%2F"
TOLD = {
    "page": "/en/countries/COL/",
    "wrong": "The year is 2023, not 2024.\nSee the second line.",
    "right": "2023",
    "source": "https://example.org/act, page 3",
    "email": "reader@example.org",
}


@pytest.fixture(autouse=True)
def noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


def stored(**columns: Any) -> MistakeReport:
    defaults = {
        "page": "/en/",
        "wrong": "A slip.",
        "right": "",
        "source": "",
        "email": "",
        "language": "en",
        "at": NOON,
    }
    return report_mistake(**(defaults | columns))


def test_a_report_is_kept_as_written_and_the_secretariat_owed_a_message_each(cast: Cast, client: Client) -> None:
    answer = client.post(FORM.replace("/en/", "/es/"), TOLD)
    assert (answer.status_code, answer["Location"]) == (302, THANKS.replace("/en/", "/es/"))
    row = MistakeReport.objects.get()
    assert {name: getattr(row, name) for name in TOLD} == TOLD
    assert (row.language, row.state, row.received_at, row.state_by) == ("es", "new", NOON, None)
    told = Notice.objects.filter(kind="mistake_reported", object_id=row.pk, state=NoticeState.PENDING)
    assert {notice.recipient for notice in told} == {cast.secretary, cast.second_secretary}


def test_the_letter_names_the_page_and_holds_nothing_of_what_was_written(cast: Cast, client: Client) -> None:
    client.post(FORM, TOLD)
    notice = Notice.objects.get(recipient=cast.secretary)
    kind = kind_named(notice.kind)
    assert kind.recheck(notice, NOON) is None
    told = kind.context(notice, NOON)
    assert told["subject"] == "A reader reports a mistake: /en/countries/COL/"
    assert told["url"].endswith(f"/en/workspace/mistakes/#mistake-{notice.object_id}")
    assert "2023" not in str(told)
    assert kind.about([notice.object_id], "en") == {notice.object_id: "/en/countries/COL/"}
    MistakeReport.objects.update(state="closed", state_at=NOON, state_by=cast.secretary)
    assert kind.recheck(notice, NOON) == "done"
    MistakeReport.objects.all().delete()
    assert kind.recheck(notice, NOON) == "gone"


def test_who_was_thanked_goes_back_to_the_page(cast: Cast, client: Client) -> None:
    back = '<a class="btn btn-outline-primary" href="/en/countries/COL/">Back to the page</a>'
    assert back in client.post(FORM, TOLD, follow=True).content.decode()
    assert "Back to the page" not in client.get(THANKS.split("?")[0]).content.decode()
    assert client.get(THANKS.split("?")[0] + "?page=//elsewhere.example/").status_code == 400


def test_only_page_and_words_are_needed(cast: Cast, client: Client) -> None:
    assert client.post(FORM, {"page": "/fr/", "wrong": "Faux."}).status_code == 302
    assert MistakeReport.objects.get().email == ""


def test_the_page_is_filled_in_from_the_link_of_every_public_page(cast: Cast, client: Client) -> None:
    link = f'href="{FORM}?page=/en/countries/COL/"'
    assert link in client.get("/en/countries/COL/?page=1").content.decode()
    assert 'value="/en/countries/COL/"' in client.get(f"{FORM}?page=/en/countries/COL/").content.decode()
    assert f'href="{FORM}"' in client.get("/en/nothing/of/the/kind/").content.decode()
    assert f'href="{FORM}"' in client.get(FORM).content.decode(), "the form does not report itself"


@pytest.mark.parametrize(
    "page",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/en/",
        "javascript:alert(1)",
        "/en/workspace/",
        "/en/account/login/",
        "/en/no/such/page/",
        "/en/%00",
        "/de/",
        "en/",
        "/en/countries/COL/\\evil",
        "/" + "a" * 400,
    ],
)
def test_what_is_no_page_of_this_site_is_refused_in_link_and_form(cast: Cast, client: Client, page: str) -> None:
    assert client.get(FORM, {"page": page}).status_code == 400
    answer = client.post(FORM, TOLD | {"page": page})
    assert answer.status_code == 200
    assert not MistakeReport.objects.exists()
    assert "The year is 2023, not 2024." in words(answer)


def test_an_address_of_this_site_is_taken_whole_or_in_part() -> None:
    for address in ("/pt/late/", "http://localhost:8000/pt/late/", "/pt/late/?kind=report#top"):
        assert own_page(address) == "/pt/late/"


def test_unknown_parameters_are_refused(client: Client) -> None:
    for query in ("x=1", "page=/en/&page=/es/", "page=%00"):
        assert client.get(f"{FORM}?{query}").status_code == 400


def test_nothing_typed_is_lost_where_something_is_wrong(cast: Cast, client: Client) -> None:
    for change in ({"wrong": ""}, {"email": "no address"}, {"right": "a\x00b"}, {"wrong": "x" * 4001}):
        answer = client.post(FORM, TOLD | change)
        assert answer.status_code == 200
        body = answer.content.decode()
        assert "There is a problem" in body
        for name in set(TOLD) - set(change) - {"wrong"}:
            assert TOLD[name].split("\n")[0] in body, (name, change)
    assert not MistakeReport.objects.exists()


def test_a_program_that_fills_in_everything_is_thanked_and_forgotten(cast: Cast, client: Client) -> None:
    body = client.get(FORM).content.decode()
    trap = re.search(r'<div class="visually-hidden" aria-hidden="true">.*?name="website".*?</div>', body, re.DOTALL)
    assert trap
    assert 'tabindex="-1"' in trap.group()
    answer = client.post(FORM, TOLD | {"website": "https://spam.example"})
    assert (answer.status_code, answer["Location"]) == (302, THANKS)
    assert not MistakeReport.objects.exists()
    assert not Notice.objects.exists()


def test_too_many_from_one_network_wait_and_keep_their_words(cast: Cast, client: Client) -> None:
    for number in range(5):
        assert client.post(FORM, TOLD | {"right": str(number)}).status_code == 302
    answer = client.post(FORM, TOLD | {"right": "the sixth"})
    assert answer.status_code == 429
    assert "the sixth" in answer.content.decode()
    assert "Many reports came from your network" in words(answer)
    assert client.post(FORM, TOLD | {"right": "x"}, REMOTE_ADDR="203.0.113.9").status_code == 302
    with time_machine.travel(NOON + timedelta(hours=1, seconds=1), tick=False):
        assert client.post(FORM, TOLD | {"right": "later"}).status_code == 302
    assert MistakeReport.objects.count() == 7


def test_a_second_press_makes_no_second_report(cast: Cast, client: Client) -> None:
    client.post(FORM, TOLD)
    assert client.post(FORM, TOLD)["Location"] == THANKS
    assert (MistakeReport.objects.count(), Notice.objects.count()) == (1, 2)
    with time_machine.travel(NOON + SAME, tick=False):
        client.post(FORM, TOLD)
    assert MistakeReport.objects.count() == 2


def test_the_form_is_protected_and_is_the_only_page_with_a_cookie(cast: Cast, settings: Any) -> None:
    settings.READY_PAGES = True
    cache.clear()
    strict = Client(enforce_csrf_checks=True)
    first = strict.get(FORM)
    assert list(first.cookies) == [settings.CSRF_COOKIE_NAME]
    assert first["Cache-Control"] == "private, no-store"
    assert not strict.get(FORM, headers={"accept-encoding": "gzip"}).has_header("Content-Encoding")
    assert strict.post(FORM, TOLD).status_code == 403
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', first.content.decode())
    assert token
    assert strict.post(FORM, TOLD | {"csrfmiddlewaretoken": token.group(1)}).status_code == 302
    assert not Client().get(THANKS).cookies
    assert Client().get(FORM).content != Client().get(FORM).content, "each reader has a token of their own"


def test_nothing_of_it_stands_on_any_public_page(cast: Cast, client: Client) -> None:
    before = {path: Client().get(path).content for path in ("/en/", "/en/countries/COL/", THANKS)}
    client.post(FORM, TOLD | {"wrong": "CANARY"})
    assert {path: Client().get(path).content for path in before} == before


def test_it_is_forgotten_after_180_days(cast: Cast) -> None:
    stored(wrong="older", at=NOON - MISTAKES_KEPT - timedelta(seconds=1))
    stored(wrong="just kept", at=NOON - MISTAKES_KEPT)
    assert timedelta(days=180) == MISTAKES_KEPT
    assert [forget_what_is_old()["mistakes"], forget_what_is_old()["mistakes"]] == [1, 0]
    assert [row.wrong for row in MistakeReport.objects.all()] == ["just kept"]
    assert forget_mistakes(before=NOON) == 1


def test_pages_say_how_long_it_is_kept(cast: Cast, client: Client) -> None:
    assert "It is deleted 180 days after it came" in main_words(client.get(FORM))
    assert "deleted after 180 days" in main_words(client.get(THANKS))
    assert "What readers reported as a mistake: 180 days." in main_words(client.get("/en/privacy/"))


class TestTheListOfTheSecretariat:
    LIST = "/en/workspace/mistakes/"

    def test_the_newest_stands_first_with_all_that_was_written(self, cast: Cast, client: Client) -> None:
        stored(**TOLD)
        stored(wrong="<b>Second</b>")
        client.force_login(cast.secretary)
        text = main_words(client.get(self.LIST))
        assert text.index("<b>Second</b>") < text.index("The year is 2023, not 2024.")
        for told in ("/en/countries/COL/", "2023", "https://example.org/act, page 3", "reader@example.org"):
            assert told in text
        assert "2 reports" in text

    def test_its_state_is_kept_with_who_and_when(self, cast: Cast, client: Client) -> None:
        row = stored()
        client.force_login(cast.secretary)
        answer = client.post(f"{self.LIST}{row.pk}/", {"state": "answered"})
        assert answer["Location"] == f"{self.LIST}#mistake-{row.pk}"
        row.refresh_from_db()
        assert (row.state, row.state_by, row.state_at) == ("answered", cast.secretary, NOON)
        assert "Answered: Sofía Secretary" in main_words(client.get(self.LIST))
        assert "1 report" in main_words(client.get(f"{self.LIST}?state=answered"))
        assert "No reader has reported" in main_words(client.get(f"{self.LIST}?state=new"))

    @pytest.mark.parametrize("state", ["", "lost", "NEW"])
    def test_a_state_that_is_none_changes_nothing(self, cast: Cast, client: Client, state: str) -> None:
        row = stored()
        client.force_login(cast.secretary)
        answer = client.post(f"{self.LIST}{row.pk}/", {"state": state}, follow=True)
        assert "Nothing was changed." in main_words(answer)
        assert MistakeReport.objects.get().state == "new"

    def test_three_ask_as_much_as_one(self, cast: Cast, client: Client, django_assert_num_queries: Any) -> None:
        client.force_login(cast.secretary)
        stored(wrong="1")
        client.get(self.LIST)
        with django_assert_num_queries(7) as asked:
            client.get(self.LIST)
        stored(wrong="2")
        stored(wrong="3")
        with django_assert_num_queries(len(asked)):
            client.get(self.LIST)
