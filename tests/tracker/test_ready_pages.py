"""Public pages kept ready: the same for everybody, new when the record is, there while the database is away."""

import gzip
import re
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.cache import cache
from django.db import OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from commitments.history import actions
from commitments.history.marks import data_version, forget_marks, leave_mark
from commitments.history.models import DataMark
from commitments.indicators.statuses import refresh
from commitments.register.models import Commitment
from commitments.roles.gate import public_page
from tests.cast import NOON, STAGE, Cast
from tests.factories import record
from tracker import pages
from tracker.pages import ReadyPages

PAGE = "/en/commitments/LAD-COL-901/"


@pytest.fixture(autouse=True)
def ready(settings: Any) -> Iterator[None]:
    """Ready pages are on, without a moment's lag, and nothing is kept from before."""
    settings.READY_PAGES, settings.READY_PAGES_LAG_SECONDS = True, 0
    cache.clear()
    with time_machine.travel(NOON, tick=False):
        yield
    cache.clear()


@pytest.fixture
def commitment(cast: Cast) -> Commitment:
    return record.commitment(country=cast.colombia, group=cast.labour)


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


@pytest.mark.django_db
def test_a_file_sent_line_by_line_is_handed_on_as_it_comes(client: Client, commitment: Commitment) -> None:
    for _again in range(2):
        answer = client.get("/en/commitments/commitments.csv")
        assert answer.streaming
        assert b"LAD-COL-901" in b"".join(answer.streaming_content)


@pytest.mark.django_db
def test_second_reader_costs_one_small_question(client: Client, commitment: Commitment) -> None:
    assert queries(client, PAGE) > 1
    assert queries(client, PAGE) == 1
    assert queries(Client(), PAGE) == 1, "another process finds it in the shared cache"


@pytest.mark.django_db
def test_the_form_for_mistakes_is_each_readers_own_and_looks_nothing_up(commitment: Commitment) -> None:
    token, path = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"'), "/en/report-a-mistake/"
    first, second = (Client().get(path) for _reader in range(2))
    assert token.findall(first.content.decode()) != token.findall(second.content.decode())
    assert "no-store" in first["Cache-Control"]
    with CaptureQueriesContext(connection) as asked:
        Client().get(path)
    assert [row["sql"] for row in asked if DataMark._meta.db_table in row["sql"]] == []


@pytest.mark.django_db
def test_every_change_shows_at_once(client: Client, commitment: Commitment) -> None:
    before = client.get(PAGE)
    actions.change(commitment, by=STAGE, at=NOON, title_en="Another title of it")
    after = client.get(PAGE)
    assert "Another title of it" in after.content.decode()
    assert after["ETag"] != before["ETag"]
    indicator = record.indicator(commitment)
    record.measurement(indicator, 41_200, NOON.date() - timedelta(days=30))
    refresh(at=NOON, commitments=[commitment.pk])
    assert "41,200" in client.get(PAGE).content.decode()


@pytest.mark.django_db
def test_what_only_people_inside_see_moves_nothing(client: Client, cast: Cast, commitment: Commitment) -> None:
    before = client.get(PAGE)
    with time_machine.travel(NOON + timedelta(minutes=3), tick=False):
        record.commitment("LAD-COL-902", country=cast.colombia, title_en="Seen by nobody", life_cycle="draft")
        assert queries(client, PAGE) > 1, "made anew"
        after = client.get(PAGE)
    assert (after["ETag"], after["Last-Modified"], after.content) == (
        before["ETag"],
        before["Last-Modified"],
        before.content,
    )


@pytest.mark.django_db
def test_the_same_bytes_for_everybody(client: Client, cast: Cast, commitment: Commitment) -> None:
    inside = Client()
    inside.force_login(cast.secretary)
    first, second = inside.get(PAGE), client.get(PAGE)
    told = {name: value for name, value in first.items() if name != "X-Request-ID"}
    assert told == {name: value for name, value in second.items() if name != "X-Request-ID"}
    assert first.content == second.content
    assert not first.cookies
    assert first["Vary"] == "Accept-Encoding"
    assert first["Cache-Control"] == "public, max-age=0, s-maxage=60, stale-while-revalidate=300"
    assert "Content-Security-Policy" in second


@pytest.mark.django_db
def test_compressed_and_plain_are_one_page(client: Client, commitment: Commitment) -> None:
    plain, packed = client.get(PAGE), client.get(PAGE, headers={"accept-encoding": "gzip, br"})
    assert gzip.decompress(packed.content) == plain.content
    assert (packed["ETag"], packed["Content-Length"]) == (plain["ETag"], str(len(packed.content)))
    assert len(packed.content) < len(plain.content) / 3


@pytest.mark.django_db
def test_who_has_it_already_gets_nothing(client: Client, commitment: Commitment) -> None:
    first = client.get(PAGE)
    again = client.get(PAGE, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    since = client.get(PAGE, headers={"if-modified-since": first["Last-Modified"]})
    assert since.status_code == 304
    actions.change(commitment, by=STAGE, at=NOON, title_en="Another title of it")
    assert client.get(PAGE, headers={"if-none-match": first["ETag"]}).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("hour", "zones"),
    [
        (0, ()),
        (12, ()),
        (5, ("America/Bogota", "America/Bogota")),
        (5, ("America/Bogota", "America/Mexico_City")),
        (6, ("America/Bogota", "America/Mexico_City")),
    ],
    ids=["the site's day", "over everywhere", "both days", "the site's day in Bogotá", "over in Mexico City"],
)
def test_a_new_day_makes_new_pages(
    client: Client, commitment: Commitment, settings: Any, hour: int, zones: tuple[str, ...]
) -> None:
    """Twenty seconds lie between the two: no page is too old by then."""
    for name, zone in zip(("SITE_TIME_ZONE", "DUE_TIME_ZONE"), zones, strict=False):
        setattr(settings, name, ZoneInfo(zone))
    turn = (NOON + timedelta(days=1)).replace(hour=hour)
    with time_machine.travel(turn - timedelta(seconds=10), tick=False):
        client.get(PAGE)
        assert queries(client, PAGE) == 1
    with time_machine.travel(turn + timedelta(seconds=10), tick=False):
        assert queries(client, PAGE) > 1
        assert queries(client, PAGE) == 1


@pytest.mark.django_db
def test_a_site_that_goes_by_another_zone_makes_new_pages(
    client: Client, commitment: Commitment, settings: Any
) -> None:
    """At noon it is the same day in both: the words about the zone are others."""
    client.get("/en/late/")
    assert queries(client, "/en/late/") == 1
    settings.DUE_TIME_ZONE = ZoneInfo("America/Bogota")
    assert "(UTC−5)" in client.get("/en/late/").content.decode()


@pytest.mark.django_db
def test_what_the_office_says_of_the_site_makes_new_pages(client: Client, settings: Any) -> None:
    client.get("/en/about/")
    settings.FUNDED_BY = "Nobody in particular"
    assert "<p>Nobody in particular</p>" in client.get("/en/about/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/en/nowhere/", 404),
        ("/en/commitments/?colour=red", 400),
        ("/en/workspace/", 302),
        ("/", 302),
        ("/readyz", 200),
    ],
)
def test_what_is_no_public_page_is_not_kept(client: Client, path: str, status: int) -> None:
    for _again in range(2):
        answer = client.get(path)
        assert answer.status_code == status
        assert not answer.has_header("ETag")


@pytest.mark.django_db
def test_no_flood_of_addresses_fills_what_the_processes_share(client: Client, commitment: Commitment) -> None:
    client.get("/en/commitments/?q=visa")
    assert queries(client, "/en/commitments/?q=visa") == 1
    assert queries(Client(), "/en/commitments/?q=visa") > 1, "kept by the process that made it, and by none else"


@pytest.mark.django_db
def test_while_the_database_is_away_the_last_page_says_of_when_it_is(
    client: Client, commitment: Commitment, settings: Any
) -> None:
    kept = client.get(PAGE)
    spanish = client.get(PAGE.replace("/en/", "/es/"))
    with away():
        answer = client.get(PAGE)
        assert answer.status_code == 200
        assert "Our database is away just now" in answer.content.decode()
        assert "24 November 2026, 12:00 (UTC)" in answer.content.decode()
        assert answer["Cache-Control"] == "no-store"
        assert not answer.has_header("ETag")
        assert "registrado el 24 de noviembre de 2026" in client.get(PAGE.replace("/en/", "/es/")).content.decode()
        assert "Our database" not in spanish.content.decode()
        unknown = Client(raise_request_exception=False).get("/en/countries/")
        assert (unknown.status_code, unknown["Retry-After"]) == (503, "120")
        assert "Volvemos en unos minutos" in unknown.content.decode()
    assert client.get(PAGE).content == kept.content


@pytest.mark.django_db
def test_a_file_is_refused_while_the_database_is_away_and_never_breaks_off(commitment: Commitment) -> None:
    client = Client(raise_request_exception=False)
    for path in ("/data/commitments.csv", "/data/commitments.json", "/en/commitments/commitments.csv"):
        with away():
            assert client.get(path).status_code == 503, path
        assert client.get(path).status_code == 200, path


@pytest.mark.django_db
def test_what_is_no_page_says_how_old_it_is_while_the_database_is_away(client: Client, commitment: Commitment) -> None:
    kept = client.get("/en/changes/feed.atom")
    with away():
        answer = client.get("/en/changes/feed.atom")
    assert (answer.content, answer["Cache-Control"]) == (kept.content, "no-store")
    assert answer["Last-Modified"] == kept["Last-Modified"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/sitemap.xml", "/sitemap-page.xml", "/data/datapackage.json", "/robots.txt"])
def test_what_says_the_same_in_every_language_is_kept_for_all(commitment: Commitment, path: str) -> None:
    first = Client().get(path, headers={"accept-language": "pt"})
    second = Client().get(path, headers={"accept-language": "fr", "if-none-match": first["ETag"]})
    assert (first.status_code, second.status_code) == (200, 304)
    assert first["Vary"] == "Accept-Encoding"
    assert not first.has_header("Content-Language")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/data/commitments.csv", "/en/commitments/commitments.csv"])
def test_what_is_sent_line_by_line_is_packed(commitment: Commitment, path: str) -> None:
    plain, packed = (Client().get(path, headers={"accept-encoding": how}) for how in ("identity", "gzip"))
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(b"".join(packed)) == b"".join(plain)
    assert "Accept-Language" not in packed.get("Vary", "")


@pytest.mark.django_db
def test_the_front_door_varies_with_the_readers_language(client: Client) -> None:
    assert "Accept-Language" in client.get("/", headers={"accept-language": "pt"})["Vary"]
    assert "Accept-Language" in client.get("/nothing", headers={"accept-language": "pt"})["Vary"]


@pytest.mark.django_db
def test_nothing_in_between_answers_for_the_process(client: Client) -> None:
    assert client.get("/healthz")["Cache-Control"] == "no-store"


class away:  # noqa: N801  # reads as a sentence
    """The database cannot be reached: every statement is refused at the connection."""

    def __enter__(self) -> None:
        def refuse(*_told: Any) -> None:
            raise OperationalError("connection refused")

        self.wrapper = connection.execute_wrapper(refuse)
        self.wrapper.__enter__()

    def __exit__(self, *problem: Any) -> None:
        self.wrapper.__exit__(*problem)


@pytest.mark.django_db
def test_a_hundred_at_once_are_served_by_one_making() -> None:
    made: list[int] = []
    begin = threading.Barrier(25)

    @public_page
    def slow(request: HttpRequest) -> HttpResponse:
        made.append(1)
        time.sleep(0.2)
        return HttpResponse("<main>slow</main>")

    def inner(request: HttpRequest) -> HttpResponse:
        request.resolver_match = type("Match", (), {"func": slow})  # type: ignore[assignment]
        return slow(request)  # type: ignore[return-value]

    front = ReadyPages(inner)
    front._stamp = lambda request: "one"  # type: ignore[method-assign]  # threads have no database of this test

    def ask(_number: int) -> int:
        request = RequestFactory().get("/en/slow/")
        request.at, request.on = NOON, NOON.date()
        if _number < 25:
            begin.wait()
        return front(request).status_code

    with ThreadPoolExecutor(25) as readers:
        answers = list(readers.map(ask, range(100)))
    assert (answers, len(made)) == ([200] * 100, 1)


@pytest.mark.django_db
def test_a_page_that_fails_is_not_kept_and_tried_again(client: Client, commitment: Commitment) -> None:
    calls: list[int] = []

    def inner(request: HttpRequest) -> HttpResponse:
        calls.append(1)
        return HttpResponse("no", status=500)

    front = ReadyPages(inner)
    for _again in range(2):
        request = RequestFactory().get("/en/fails/")
        request.at, request.on, request.resolver_match = NOON, NOON.date(), None
        assert front(request).status_code == 500
    assert len(calls) == 2


@pytest.mark.django_db
def test_the_version_is_another_one_after_every_change() -> None:
    seen = {data_version()}
    for _again in range(3):
        leave_mark()
        seen.add(data_version())
    assert len(seen) == 4
    before = data_version()
    DataMark.objects.update(at=NOON - timedelta(days=3))
    assert forget_marks(before=NOON - timedelta(days=2)) == 2
    assert DataMark.objects.count() == 1
    assert data_version() != before


@pytest.mark.django_db
def test_pages_say_at_once_that_people_are_invented(client: Client, cast: Cast, commitment: Commitment) -> None:
    """An account leaves no mark, yet no page that was ready before may stay without the notice."""
    notice = b"Demonstration: people, cycle and due dates are invented"
    assert notice not in client.get(PAGE).content
    User.objects.filter(pk=cast.reader.pk).update(is_demonstration=True)
    assert notice in client.get(PAGE).content
    assert notice in client.get("/en/about/").content


@pytest.mark.django_db(transaction=True)
def test_a_change_that_began_early_and_commits_late_is_seen() -> None:
    """Its mark is older than the newest. (SQLite lets one write after the other: there it has committed before.)"""
    began, go_on = threading.Event(), threading.Event()
    at_once = connection.vendor == "postgresql"
    if not at_once:
        go_on.set()

    def early() -> None:
        with transaction.atomic():
            leave_mark()
            began.set()
            go_on.wait(10)
        connection.close()

    thread = threading.Thread(target=early)
    thread.start()
    began.wait(10)
    if at_once:
        leave_mark()
    seen = data_version()
    go_on.set()
    thread.join()
    if not at_once:
        leave_mark()
    assert data_version() != seen
    assert DataMark.objects.count() == 2


@pytest.mark.django_db
def test_the_build_belongs_to_what_a_page_is_made_of(client: Client, commitment: Commitment, settings: Any) -> None:
    client.get(PAGE)
    settings.BASE_DIR = settings.BASE_DIR / "docs"  # another place, other files
    pages._build.cache_clear()
    try:
        assert queries(client, PAGE) > 1
    finally:
        pages._build.cache_clear()


@pytest.mark.django_db
def test_files_are_handed_out_by_themselves(client: Client) -> None:
    @public_page
    def file(request: HttpRequest) -> HttpResponse:
        return HttpResponse(b"%PDF-1.7", content_type="application/pdf")

    front = ReadyPages(file)
    request = RequestFactory().get("/en/reports/files/1/")
    request.at, request.on = NOON, NOON.date()
    request.resolver_match = type("Match", (), {"func": file})  # type: ignore[assignment]
    assert not front(request).has_header("ETag")
