"""Whatever is posted to the forms of what is sent in: an answer in words, never a fault."""

from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Any
from urllib.parse import quote

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commitments.reporting.models import ReportEntry
from tests.cast import NOON, PASSWORD, Cast
from tests.factories import files, record

pytestmark = pytest.mark.django_db
WILD = [
    "", "\x00", "a\x00b", "\udfff", "9" * 5000, "1e30", "-" + "9" * 31, "1" + "0" * 30, "NaN", "Infinity", "²", "१२",
    "\u202e", "x" * 9000, "[]", '{"a": 1}', "2026-02-30", "0000-00-00", "9999-12-31", "None", "true", "<script>",
    "javascript:alert(1)", "http://[::1", "'; --", "%s%n", "\ufeff", "😀" * 500, " ", "\r\n" * 300,
]  # fmt: skip
UPDATE = [
    "value", "date_choice", "period_start", "other_date", "source_choice", "other_source", "other_link", "reason",
    "answer", "reading", "version", "unchanged", "later", "document", "remove_document", "file", "stray",
]  # fmt: skip
#: Tried on every address of the form; the others differ on none.
COMPUTED_WITH = {"value", "other_date", "version"}
EVIDENCE = ["title", "document", "link", "once", "take_away"]
HONEST = {"value": "42000", "date_choice": "given", "source_choice": "same", "reason": ""}


@pytest.fixture(autouse=True)
def the_day(settings: Any, tmp_path: Any) -> Iterator[None]:
    settings.FILES_DIR = tmp_path / "files"
    settings.ACCOUNT_RATE_LIMITS = {}
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def owed(cast: Cast) -> ReportEntry:
    indicator = record.indicator(record.commitment(country=cast.colombia), baseline=(20_000, date(2025, 1, 1)))
    record.measurement(indicator, 41_200, date(2026, 6, 30))
    return record.entry(indicator, record.cycle())


def as_person(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def body(fields: dict[str, str]) -> str:
    """A form's body, with bytes that are no letters where a text holds half a letter."""
    return "&".join(
        f"{quote(name.encode('utf-8', 'surrogatepass'))}={quote(value.encode('utf-8', 'surrogatepass'))}"
        for name, value in fields.items()
    )


def post(client: Client, url: str, fields: dict[str, str]) -> int:
    answer = client.post(url, body(fields), content_type="application/x-www-form-urlencoded")
    return answer.status_code


def addresses(owed: ReportEntry) -> list[str]:
    code = owed.series.indicator.code
    return [f"/es/workspace/indicators/{code}/update/{more}" for more in ("", "save/", "preview/", "check/")]


@pytest.mark.parametrize("name", UPDATE)
def test_each_field_of_the_update_form_takes_anything(cast: Cast, owed: ReportEntry, name: str) -> None:
    client = as_person(cast.focal_colombia)
    for url, wild in product(addresses(owed)[: None if name in COMPUTED_WITH else 1], WILD):
        assert post(client, url, HONEST | {name: wild}) in {200, 302, 409}, (url, wild[:20])
    assert client.get(addresses(owed)[0]).status_code == 200


@pytest.mark.parametrize("name", EVIDENCE)
def test_each_field_of_the_evidence_form_takes_anything(cast: Cast, owed: ReportEntry, name: str) -> None:
    client = as_person(cast.secretary)
    url = f"/fr/workspace/commitments/{owed.series.indicator.commitment.code}/evidence/"
    for number, wild in enumerate(WILD):
        fields = {"title": "A page", "link": "https://example.org", "once": f"a-token-of-form-{number:04}", name: wild}
        assert post(client, url, fields) in {200, 302}, wild[:20]
    assert client.get(url).status_code == 200


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(fields=st.dictionaries(st.sampled_from(UPDATE), st.sampled_from(WILD) | st.text(max_size=60), max_size=8))
def test_fields_together_take_anything(cast: Cast, owed: ReportEntry, fields: dict[str, str]) -> None:
    client = as_person(cast.focal_colombia)
    for url in addresses(owed):
        assert post(client, url, fields) in {200, 302, 409}
    assert client.get(addresses(owed)[0]).status_code == 200


@pytest.mark.parametrize(
    "name", ["a.pdf", "../a.pdf", "..", "/", "\\", "", "\x00.pdf", "a" * 300 + ".pdf", "\u202e.pdf"]
)
@pytest.mark.parametrize("content", [b"", b"\x00", b"PK\x03\x04", b"%PDF-1.7\n", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"])
def test_any_name_and_content_is_answered(cast: Cast, owed: ReportEntry, name: str, content: bytes) -> None:
    head = b'--x\r\nContent-Disposition: form-data; name="document"; filename="'
    sent = head + name.encode() + b'"\r\nContent-Type: text/html\r\n\r\n' + content + b"\r\n--x--\r\n"
    for url in addresses(owed)[:1]:
        answer = as_person(cast.focal_colombia).post(url, sent, content_type="multipart/form-data; boundary=x")
        assert answer.status_code == 200


def test_body_that_breaks_off_or_holds_too_much_is_answered(cast: Cast, owed: ReportEntry) -> None:
    client, url = as_person(cast.focal_colombia), addresses(owed)[0]
    broken = b'--x\r\nContent-Disposition: form-data; name="document"; filename="a.pdf"\r\n\r\n%PDF'
    multipart = "multipart/form-data; boundary=x"
    assert client.post(url, broken, content_type=multipart).status_code in {200, 400}
    assert client.post(url, b"", content_type=multipart).status_code in {200, 400}
    assert client.post(url, b"x", content_type="multipart/form-data").status_code == 400
    many = {f"file{number}": SimpleUploadedFile("a.pdf", files.pdf()) for number in range(9)}
    assert client.post(url, many).status_code == 400
    assert client.post(url, {f"f{number}": "x" for number in range(600)}).status_code == 400


def test_stranger_may_send_anything_too(cast: Cast, owed: ReportEntry) -> None:
    person = cast.focal_colombia
    person.set_password(PASSWORD)
    person.save()
    for wild in WILD:
        assert post(Client(), addresses(owed)[0], {"reason": wild, wild[:30] or "x": "y"}) in {302, 401}
        told = {"login": person.email, "password": PASSWORD, "parcel": wild}
        assert post(Client(), "/es/account/login/", told) in {200, 302, 429}


@pytest.mark.parametrize("key", ["0", "9" * 19, "9" * 40])
def test_file_of_any_number_is_not_there(cast: Cast, key: str) -> None:
    assert as_person(cast.secretary).get(f"/en/workspace/files/{key}/x").status_code == 404
    for public in (
        f"/files/{key[:16]:0>16}/x",
        "/files/zz/x",
        f"/files/{'a' * 16}/%00",
        f"/files/{'a' * 16}/{'x' * 300}",
    ):
        assert Client().get(public).status_code == 404
