"""Whatever people write in a report, in a question, in a statement: markup is set, and nothing does any harm."""

import re
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from commitments.history import actions as history
from commitments.reporting import printing
from commitments.reporting.actions.statement import say
from commitments.reporting.models import PrintedReport, ProgressReport, ReportQuestion
from tests.cast import NOON, STAGE, TODAY, Cast
from tests.commitments.reporting.papers import content, made
from tests.commitments.reporting.test_country_report import as_person, at
from tests.factories import record
from tests.pages import main_words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon_and_own_files")]

HOSTILE = (
    "**Strong** words.\n\n"
    "<script>alert(1)</script> <img src=x onerror=alert(2)> <a href='javascript:alert(3)'>go</a>\n\n"
    "[here](javascript:alert(4)) ![seen](https://evil.example/x.png) {{ secret }} {% now %}\n\n"
    "- <svg onload=alert(5)>\n- </blockquote></div></main>"
)
REPORT = "/en/reports/cycle-2026-12-15/COL/"


class _Tags(HTMLParser):
    """What a browser would make of a page: its tags with their attributes, and what stands in its scripts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))


def harmless(page: str) -> None:
    """No tag, address or handler of the words is alive, and no part of the page is closed by them."""
    for tag, attributes in _Tags(page).tags:
        assert tag not in {"img", "iframe", "object", "embed"}, tag
        assert tag != "script" or "src" in attributes or attributes.get("type", "").endswith("json"), "a script inside"
        assert [name for name in attributes if name.startswith("on")] == [], tag
        addresses = [attributes.get(name, "").strip().lower() for name in ("href", "src", "action")]
        assert not any(address.startswith(("javascript:", "data:")) for address in addresses), addresses
        assert not any("evil.example" in address for address in addresses), addresses
    assert page.count("</main>") <= 1


@pytest.fixture
def hostile_report(cast: Cast, country_report: ProgressReport) -> ProgressReport:
    """A published report of nothing else, with a question and its answer."""
    columns = dict.fromkeys(("summary", "obstacles", "practice", "coherence_words"), HOSTILE)
    history.change(country_report.parts.get(), by=STAGE, at=NOON, words=HOSTILE)
    asked = {"section": "practice", "text": HOSTILE, "answer": HOSTILE, "asked_at": NOON, "answered_at": NOON}
    history.create(ReportQuestion(report=country_report, **asked), by=STAGE, at=NOON)
    return history.change(country_report, by=STAGE, at=NOON, coherence="partly", **columns)


def test_the_public_page_sets_the_markup_and_nothing_else(hostile_report: ProgressReport) -> None:
    html = Client().get(REPORT).content.decode()
    harmless(html)
    assert html.count("<strong>Strong</strong> words.") == 5
    assert main_words(Client().get(REPORT)).count("Strong words.") == 5


def test_questions_and_answers_are_set_as_the_report_is(cast: Cast, hostile_report: ProgressReport) -> None:
    office, focal = as_person(cast.secretary), as_person(cast.focal_colombia)
    pages = {
        "the sent report": (focal.get(at(hostile_report)), 6),
        "the review": (office.get(f"/en/workspace/review/country-reports/{hostile_report.pk}/"), 7),
    }
    for name, (page, number) in pages.items():
        html = page.content.decode()
        harmless(html)
        assert html.count("<strong>Strong</strong> words.") == number, name


def test_a_question_that_waits_is_set_at_its_place(cast: Cast, hostile_report: ProgressReport) -> None:
    asked = ReportQuestion(report=hostile_report, section="obstacles", text=HOSTILE, asked_at=NOON)
    history.create(asked, by=STAGE, at=NOON)
    history.change(hostile_report, by=STAGE, at=NOON, state="returned", question_due_on=TODAY, published_at=None)
    focal = as_person(cast.focal_colombia)
    for address in ("/en/workspace/", at(hostile_report), at(hostile_report, "obstacles/")):
        html = focal.get(address).content.decode()
        harmless(re.sub(r"<textarea.*?</textarea>", "", html, flags=re.DOTALL))
        assert "<strong>Strong</strong> words." in html, address


def test_a_figures_question_is_set_at_its_form(cast: Cast) -> None:
    indicator = record.indicator(record.commitment(country=cast.colombia))
    back = {
        "state": "returned",
        "question": HOSTILE,
        "question_field": "value",
        "accepted_at": None,
        "published_at": None,
    }
    record.measurement(indicator, 7, TODAY, **back)
    html = as_person(cast.focal_colombia).get(f"/en/workspace/indicators/{indicator.code}/update/").content.decode()
    harmless(html)
    assert "<strong>Strong</strong> words." in html


def test_the_file_holds_the_words_and_no_way_out(hostile_report: ProgressReport) -> None:
    row = PrintedReport(report=hostile_report, language="en", code="0000000000", version=1)
    html = printing.html_of(row, at=NOON)
    harmless(html)
    file = PdfReader(BytesIO(content(made(hostile_report))))
    text = " ".join(" ".join(page.extract_text() for page in file.pages).split())
    assert text.count("Strong words.") == 5
    assert "<script>alert(1)</script>" in text, "as the letters that were typed"
    links: list[Any] = [
        note.get_object()["/A"].get("/URI", "") for page in file.pages for note in page.get("/Annots", [])
    ]
    assert [str(link) for link in links if not str(link).startswith("http://localhost:8000/")] == []


def test_a_statement_is_set_and_harmless(cast: Cast) -> None:
    by = cast.actor(cast.focal_colombia)
    say(country=cast.colombia, texts={"en": HOSTILE}, by=by, at=NOON)
    say(country=cast.colombia, texts={"en": "**Newer** words."}, by=by, at=NOON)
    html = Client().get("/en/countries/COL/").content.decode()
    harmless(html)
    assert "<strong>Newer</strong> words." in html
    assert "<strong>Strong</strong> words." in html, "the statement before"
