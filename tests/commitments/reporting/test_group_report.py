"""A lead sends the one-page report of a group; the secretariat returns it, accepts it and publishes it."""

from typing import Any

import pytest
import time_machine
from django.test import Client

from commitments.reporting.models import ProgressReport
from tests.cast import NOON, Cast
from tests.factories import record

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def report(cast: Cast) -> ProgressReport:
    return record.group_report(cast.labour, record.cycle())


def as_person(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_report_goes_through_the_same_review(cast: Cast, report: ProgressReport) -> None:
    lead, secretary = as_person(cast.lead_labour), as_person(cast.secretary)
    write, review = f"/en/workspace/reports/{report.pk}/", f"/en/workspace/review/reports/{report.pk}/"
    assert "Write the report: Labor Mobility" in lead.get("/en/workspace/").content.decode()

    text = {"summary": "Two seasonal programmes opened.", "obstacles": "No shared registry.", "version": "1"}
    assert lead.post(write, text).url == "/en/workspace/"
    assert "Two seasonal programmes opened." in secretary.get(review).content.decode()

    asked = {"decision": "return", "version": "2", "question": "Which countries?", "due_on": "2026-12-01"}
    assert secretary.post(review, asked).status_code == 302
    assert "Which countries?" in lead.get(write).content.decode()
    assert lead.post(write, {**text, "version": "3"}).status_code == 200, "the question must be answered"
    assert lead.post(write, {**text, "version": "3", "answer": "Mexico and Guatemala."}).status_code == 302

    assert secretary.post(review, {"decision": "accept", "version": "4"}).status_code == 302
    report.refresh_from_db()
    assert (report.state, report.accepted_by, report.sent_by) == ("accepted", cast.secretary, cast.lead_labour)
    assert secretary.post(review, {"decision": "publish", "version": "5"}).status_code == 302
    report.refresh_from_db()
    assert (report.state, report.published_by) == ("published", cast.secretary)
    assert [question.answer for question in report.questions.all()] == ["Mexico and Guatemala."]


def test_unfinished_report_is_kept_as_typed(cast: Cast, report: ProgressReport) -> None:
    lead = as_person(cast.lead_labour)
    lead.post(
        f"/en/workspace/reports/{report.pk}/", {"summary": "", "obstacles": "Half a", "later": "1", "version": "1"}
    )
    report.refresh_from_db()
    assert (report.state, report.obstacles) == ("draft", "Half a")


@pytest.mark.parametrize(
    ("obstacles", "words"),
    [("Half\x00a", "characters that cannot be seen"), ("x" * 5000, "Use at most 2000 characters")],
)
def test_unfinished_report_is_kept_clean(cast: Cast, report: ProgressReport, obstacles: str, words: str) -> None:
    fields = {"summary": "A text.", "obstacles": obstacles, "later": "1", "version": "1"}
    page = as_person(cast.lead_labour).post(f"/en/workspace/reports/{report.pk}/", fields)
    assert page.status_code == 200
    assert words in page.content.decode()
    report.refresh_from_db()
    assert (report.obstacles, report.version) == ("", 1)


def test_empty_summary_is_refused_with_everything_kept(cast: Cast, report: ProgressReport) -> None:
    page = as_person(cast.lead_labour).post(
        f"/en/workspace/reports/{report.pk}/", {"summary": " ", "obstacles": "No registry.", "version": "1"}
    )
    assert page.status_code == 200
    assert "Write what happened since the last report" in page.content.decode()
    assert "No registry." in page.content.decode()


def test_second_editor_sees_both(cast: Cast, report: ProgressReport) -> None:
    lead = as_person(cast.lead_labour)
    url = f"/en/workspace/reports/{report.pk}/"
    lead.post(url, {"summary": "First text.", "obstacles": "", "later": "1", "version": "1"})
    clash = lead.post(url, {"summary": "Second text.", "obstacles": "", "version": "1"})
    assert clash.status_code == 409
    assert "First text." in clash.content.decode()
    assert "Second text." in clash.content.decode()


@pytest.mark.parametrize("who", ["focal_colombia", "reader", "outsider", "administrator"])
def test_nobody_else_sees_an_unpublished_report(cast: Cast, report: ProgressReport, who: str) -> None:
    assert as_person(getattr(cast, who)).get(f"/en/workspace/reports/{report.pk}/").status_code == 404
