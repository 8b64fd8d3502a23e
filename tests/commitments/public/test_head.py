"""What search engines and the cards of other sites are told: one address, four languages, title and description."""

import html
import re
from typing import Any
from xml.etree import ElementTree

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commitments.history import actions
from commitments.history.enums import ReportState
from commitments.reporting.models import ReportTranslation
from tests.cast import NOON, STAGE, Cast
from tests.factories import record

pytestmark = pytest.mark.django_db
SITE = "http://localhost:8000"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
OTHER = "{http://www.w3.org/1999/xhtml}link"


def head(path: str) -> str:
    answer = Client().get(path)
    assert answer.status_code == 200, path
    return answer.content.decode().partition("</head>")[0]


def named(words: str, name: str) -> list[str]:
    found = re.findall(rf'<meta (?:name|property)="{name}" content="([^"]*)">', words)
    return [html.unescape(text) for text in found]


def read(path: str) -> Any:
    answer = Client().get(path)
    assert answer.status_code == 200, path
    assert answer["Content-Type"] == "application/xml"
    return ElementTree.fromstring(answer.content)  # noqa: S314  # our own answer


def addresses(section: str) -> list[str]:
    return [str(found.text) for found in read(f"/sitemap-{section}.xml").iter(f"{MAP}loc")]


def test_the_card_of_a_page_says_what_the_page_says(cast: Cast) -> None:
    record.commitment(
        country=cast.colombia, title_en='Work & "visas" <b>now</b>', summary_en='Permits for "all" & more.'
    )
    words = head("/en/commitments/LAD-COL-901/")
    assert named(words, "og:title") == ['Work & "visas" <b>now</b> – Colombia']
    assert named(words, "og:description") == named(words, "description") == ['Permits for "all" & more.']
    assert named(words, "og:locale") == ["en_GB"]
    assert named(words, "og:locale:alternate") == ["es_LA", "pt_BR", "fr_FR"]
    assert "<b>now" not in words


@pytest.mark.parametrize(
    ("language", "title"), [("en", "Contact"), ("es", "Contacto"), ("pt", "Contato"), ("fr", "Contact")]
)
def test_a_page_about_no_record_has_a_card_too(language: str, title: str) -> None:
    words = head(f"/{language}/contact/")
    assert named(words, "og:title") == [title]
    (description,) = named(words, "og:description")
    assert len(description) > 60


def test_pages_behind_the_door_have_no_card(client: Client, cast: Cast) -> None:
    client.force_login(cast.secretary)
    words = client.get("/en/workspace/").content.decode()
    assert 'rel="canonical"' not in words
    assert "og:title" not in words


def test_robots_are_told_where_the_map_is(client: Client) -> None:
    assert client.get("/robots.txt").content.decode().splitlines()[-1] == f"Sitemap: {SITE}/sitemap.xml"


def test_the_map_holds_what_is_public_and_real_alone(cast: Cast) -> None:
    with time_machine.travel(NOON, tick=False):
        record.indicator(record.commitment("LAD-COL-901", country=cast.colombia))
        draft = record.commitment("LAD-COL-902", country=cast.colombia, life_cycle="draft")
        record.indicator(draft)
        record.commitment("LAD-COL-903", country=cast.colombia, is_example=True)
        record.cycle(is_demonstration=True)
        assert [path for path in addresses("commitment") if "/en/" in path] == [f"{SITE}/en/commitments/LAD-COL-901/"]
        assert [path for path in addresses("indicator") if "/en/" in path] == [f"{SITE}/en/indicators/LAD-COL-901-I1/"]
        assert addresses("cycle") == addresses("report") == []


def test_a_section_asks_once_however_long_it_is(cast: Cast) -> None:
    def asked() -> int:
        addresses("commitment")  # what is kept for a version of the record has been read
        with CaptureQueriesContext(connection) as queries:
            addresses("commitment")
        return len(queries)

    record.commitment("LAD-COL-901", country=cast.colombia)
    once = asked()
    for number in (2, 3):
        record.commitment(f"LAD-COL-90{number}", country=cast.colombia)
    assert asked() == once == 2  # and the version of the record


def test_the_map_says_when_a_countrys_report_last_changed(cast: Cast) -> None:
    owed = record.cycle()
    commitment = record.commitment("LAD-COL-901", country=cast.colombia, group=cast.labour)
    public = {"state": ReportState.PUBLISHED, "sent_at": NOON, "published_at": NOON, "language": "es"}
    report = record.country_report(commitment, owed)
    for one in (report, record.group_report(cast.labour, owed)):
        actions.change(one, by=STAGE, at=NOON, **public)

    def told() -> dict[str, set[str | None]]:
        found: dict[str, set[str | None]] = {}
        for url in read("/sitemap-report.xml").iter(f"{MAP}url"):
            place = url.findtext(f"{MAP}loc", "").rstrip("/").rsplit("/", 1)[-1]
            found.setdefault(place, set()).add(url.findtext(f"{MAP}lastmod"))
        return found

    assert told() == {"COL": {"2026-11-24"}, cast.labour.slug: {None}}
    earlier = record.country_report(record.commitment("LAD-CAN-901", country=cast.canada), owed)
    actions.change(earlier, by=STAGE, at=NOON.replace(day=25), summary="A draft.")
    assert told() == {"COL": {"2026-11-24"}, cast.labour.slug: {None}}
    translated = ReportTranslation(report=report, language="en", summary="All well.")
    actions.create(translated, by=STAGE, at=NOON.replace(day=26))
    assert told()["COL"] == {"2026-11-26"}
