"""Documents beside figures: named with their link and date, everywhere in the same way, in the language they are in."""

import re
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser

import pytest
import time_machine
from django.test import Client

from commitments.history import actions
from commitments.indicators.models import Indicator
from commitments.sources.models import Source
from tests.cast import NOON, STAGE, Cast
from tests.factories import record
from tests.kinds_of_pages import PAGES
from tests.pages import main_words

COMMITMENT = "commitments/LAD-COL-901/"
LISTED = "/en/indicators/LAD-COL-901-I1/#figures"
#: Elements that have no end.
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "path", "rect", "source", "use", "wbr"}


@pytest.fixture
def world(cast: Cast) -> Iterator[Cast]:
    """A commitment of Colombia with one indicator; each test publishes its figures."""
    with time_machine.travel(NOON, tick=False):
        commitment = record.commitment("LAD-COL-901", country=cast.colombia)
        record.indicator(commitment, baseline=(0, date(2024, 1, 1)), target=(100, date(2026, 12, 31)))
        yield cast


def published(source: Source | None) -> None:
    row = Indicator.objects.get(code="LAD-COL-901-I1")
    record.measurement(row, 30, date(2025, 7, 1))
    newest = record.measurement(row, 80, date(2026, 7, 1))
    actions.change(newest, by=STAGE, at=NOON, source=source)


def caption(path: str) -> str:
    """The source line of the first figure of a page, its spaces made one."""
    page = Client().get(path).content.decode()
    found = re.search(r'<span class="figure-source">(.*?)</span>\s*<a href="[^"]*#figures">(?!</a>)', page, re.DOTALL)
    return " ".join(found[1].split()) if found else ""


@pytest.mark.django_db
@pytest.mark.parametrize("path", [COMMITMENT, ""])
def test_a_caption_links_the_document_and_says_its_publisher_and_date(world: Cast, path: str) -> None:
    published(record.source("Monthly registry", published="2026-07-14"))
    assert caption(f"/en/{path}") == (
        'Source: <a href="https://registry.example/monthly" rel="noopener" hreflang="en">Monthly registry</a>'
        " · Registry · 14 July 2026"
    )
    assert caption(f"/es/{path}") == (
        'Fuente: <a href="https://registry.example/monthly" rel="noopener" hreflang="en">'
        '<span lang="en">Monthly registry</span> <span class="language-label">(inglés)</span></a>'
        ' · <span lang="en">Registry</span> · 14 de julio de 2026'
    )


@pytest.mark.django_db
def test_a_document_without_address_leads_to_where_it_is_listed(world: Cast) -> None:
    published(record.source("Printed registry", url=""))
    assert caption(f"/en/{COMMITMENT}") == f'Source: <a href="{LISTED}">Printed registry</a> · Registry'
    assert "Printed registry" in main_words(Client().get("/en/indicators/LAD-COL-901-I1/"))


@pytest.mark.django_db
def test_a_figure_without_a_document_says_so(world: Cast) -> None:
    published(None)
    assert "Source: No document named" in main_words(Client().get(f"/en/{COMMITMENT}"))


class Spoken(HTMLParser):
    """The texts of a page, each with the language that it is marked with."""

    def __init__(self) -> None:
        super().__init__()
        self.inside: list[tuple[str, str]] = []
        self.texts: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            around = self.inside[-1][1] if self.inside else ""
            self.inside.append((tag, (dict(attrs).get("lang") or around)[:2]))

    def handle_endtag(self, tag: str) -> None:
        while tag not in VOID and self.inside and self.inside.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if data.strip() and self.inside:
            self.texts.append((" ".join(data.split()), self.inside[-1][1]))


def told(path: str) -> list[tuple[str, str]]:
    reader = Spoken()
    reader.feed(Client().get(path).content.decode())
    return reader.texts


@pytest.mark.usefixtures("real_record")
@pytest.mark.parametrize("language", ["en", "es", "pt", "fr"])
def test_titles_and_publishers_are_marked_with_their_language_on_every_kind_of_page(language: str) -> None:
    names: dict[str, set[str]] = {}
    for source in Source.objects.all():
        for name in filter(None, (source.title, source.publisher)):
            names.setdefault(" ".join(name.split()), set()).add(source.language)
    found, seen = set(), 0
    for path in PAGES:
        for text, spoken in told(f"/{language}/{path}"):
            if text in names:
                seen += 1
                if spoken not in names[text]:
                    found.add((path, text, spoken))
    assert found == set()
    assert seen > 100
