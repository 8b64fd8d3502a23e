"""A save that was long on its way: what a person has sent since stands, and what is sent is what was read."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from commitments.history import actions as history
from commitments.indicators.models import Measurement
from commitments.reporting.actions import keep_draft
from commitments.reporting.models import Draft, ProgressReport, ReportPart, ReportQuestion
from tests.cast import NOON, STAGE, Cast
from tests.commitments.reporting.test_country_report import as_person, at
from tests.commitments.reporting.test_update import answers, url
from tests.factories import record

pytestmark = pytest.mark.django_db
SENT = {"answer": "progress", "words": "Two laws passed.", "cannot_reason": "", "language": "en", "version": "1"}
#: What the page saved a moment before the words were typed, and what it would save after.
BEFORE, AFTER = {**SENT, "words": ""}, {**SENT, "words": "Three laws."}


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def part(cast: Cast) -> ReportPart:
    report = record.country_report(record.commitment(country=cast.colombia), record.cycle())
    found: ReportPart = report.parts.get()
    return found


def place(part: ReportPart, save: bool = False) -> str:
    return at(part.report, f"progress-{part.pk}/save/" if save else f"progress/{part.pk}/")


def test_a_save_that_comes_after_the_form_keeps_nothing(cast: Cast, part: ReportPart) -> None:
    client = as_person(cast.focal_colombia)
    client.post(place(part), {**SENT, "done": "1"})
    late = client.post(place(part, save=True), BEFORE)
    assert late.status_code == 409
    assert late.json() == {
        "message": "You saved this on another page meanwhile. What you type here is kept on this device only.",
        "url": f"{place(part)}?fresh=1",
    }
    assert Draft.objects.count() == 0
    assert ReportPart.objects.get().words == "Two laws passed."


def test_a_save_that_came_in_before_an_answer_was_given_keeps_nothing(cast: Cast, part: ReportPart) -> None:
    """The answer alone changes no version: what counts is which of the two came in first."""
    client, report = as_person(cast.focal_colombia), part.report
    history.change(report, by=STAGE, at=NOON, state="returned", sent_at=NOON)
    question = ReportQuestion(report=report, section="obstacles", text="Which ones?", asked_at=NOON)
    history.create(question, by=STAGE, at=NOON)
    typed = {"language": "en", "version": str(ProgressReport.objects.get().version)}
    name = f"answer_{question.pk}"
    with time_machine.travel(NOON + timedelta(seconds=1), tick=False):
        stored = client.post(at(report, "obstacles/"), {**typed, name: "Two of them.", "done": "1"})
    assert (stored.status_code, ReportQuestion.objects.get().answer) == (302, "Two of them.")
    assert client.post(at(report, "obstacles/save/"), {**typed, name: "Two"}).status_code == 409
    assert Draft.objects.count() == 0
    with time_machine.travel(NOON + timedelta(seconds=2), tick=False):
        assert client.post(at(report, "obstacles/save/"), {**typed, name: "Two of them!"}).status_code == 200
    assert Draft.objects.count() == 1


def test_what_is_typed_on_what_stands_is_kept(cast: Cast, part: ReportPart) -> None:
    client = as_person(cast.focal_colombia)
    client.post(place(part), {**SENT, "done": "1"})
    now = ReportPart.objects.get().version
    assert client.post(place(part, save=True), {**AFTER, "version": str(now)}).status_code == 200
    assert Draft.objects.get().fields["words"] == "Three laws."


def test_what_another_person_saved_meanwhile_takes_nothing_from_this_one(cast: Cast, part: ReportPart) -> None:
    client, deputy = as_person(cast.focal_colombia), as_person(cast.deputy_colombia)
    deputy.post(place(part), {**SENT, "done": "1"})
    assert client.post(place(part, save=True), AFTER).status_code == 200
    assert Draft.objects.get(user=cast.focal_colombia).fields["words"] == "Three laws."


def test_a_section_saved_elsewhere_does_not_make_another_one_old(cast: Cast, part: ReportPart) -> None:
    client, report = as_person(cast.focal_colombia), part.report
    typed = {"obstacles": "No registry.", "language": "es", "version": str(report.version)}
    client.post(at(report, "practice/"), {"practice": "Mobile offices.", "language": "en", "version": "1", "done": "1"})
    assert ProgressReport.objects.get().version > report.version
    assert client.post(at(report, "obstacles/save/"), typed).status_code == 200
    assert Draft.objects.get().fields["obstacles"] == "No registry."


def test_a_press_keeps_what_the_page_alone_would_not(cast: Cast, part: ReportPart) -> None:
    client = as_person(cast.focal_colombia)
    client.post(place(part), {**SENT, "done": "1"})
    assert client.post(place(part), {**BEFORE, "done": "1"}).status_code == 200
    assert Draft.objects.get().fields["answer"] == "progress"


@pytest.mark.parametrize(
    ("turn", "later", "stands"),
    [
        ("a:2", "a:1", "first"),
        ("a:2", "a:3", "second"),
        ("a:9", "a:10", "second"),
        ("a:2", "b:1", "second"),
        ("", "", "second"),
        ("a:2", "", "second"),
        ("a:2", "a:x", "second"),
        ("a:2", "a:²", "second"),
    ],
)
def test_of_one_visit_the_later_save_stands(cast: Cast, turn: str, later: str, stands: str) -> None:
    of: dict[str, Any] = {
        "user_id": cast.focal_colombia.pk,
        "form": "update",
        "key": "LAD-COL-901-I1",
        "version_read": 0,
    }
    keep_draft(**of, fields={"reason": "first"}, at=NOON, turn=turn)
    keep_draft(**of, fields={"reason": "second"}, at=NOON + timedelta(seconds=1), turn=later)
    assert Draft.objects.get().fields == {"reason": stands}


def mark_on(client: Client, address: str) -> str:
    """What the check page says that it shows."""
    found = re.search(r'name="mark" value="(\w{16})"', client.get(address).content.decode())
    assert found is not None
    return found[1]


def test_the_figure_that_is_sent_is_the_one_that_was_read(cast: Cast) -> None:
    indicator = record.indicator(record.commitment(country=cast.colombia), target=(100_000, date(2027, 12, 31)))
    record.measurement(indicator, 40_000, date(2026, 6, 30))
    record.entry(indicator, record.cycle())
    client, check = as_person(cast.focal_colombia), url(indicator.code, "check/")
    client.post(url(indicator.code), answers(value="41,200", reason="More offices."))
    read = mark_on(client, check)
    client.post(url(indicator.code, "save/"), answers(value="44,120", reason="More offices."))
    again = client.post(check, {"mark": read})
    assert again.status_code == 200
    assert "What you typed has changed since you read it here." in again.content.decode()
    assert "44,120" in again.content.decode()
    assert not Measurement.objects.filter(state="sent").exists()
    assert client.post(check, {"mark": mark_on(client, check)}).url == url(indicator.code, "received/")
    assert Measurement.objects.get(state="sent").value == 44120


def test_the_words_that_are_sent_are_those_that_were_read(cast: Cast) -> None:
    report = record.group_report(cast.labour, record.cycle())
    lead, write = as_person(cast.lead_labour), f"/en/workspace/reports/{report.pk}/"
    lead.post(write, {"summary": "Two programmes opened.", "version": "1"})
    read = mark_on(lead, f"{write}check/")
    lead.post(f"{write}save/", {"summary": "Two programmes.", "version": "1"})
    again = lead.post(f"{write}check/", {"mark": read})
    assert again.status_code == 200
    assert ProgressReport.objects.get().sent_at is None
    assert lead.post(f"{write}check/", {"mark": mark_on(lead, f"{write}check/")}).url == f"{write}received/"
    assert ProgressReport.objects.get().summary == "Two programmes."


def test_a_groups_page_saves_nothing_older_than_its_report(cast: Cast) -> None:
    report = record.group_report(cast.labour, record.cycle())
    lead, write = as_person(cast.lead_labour), f"/en/workspace/reports/{report.pk}/"
    lead.post(write, {"summary": "Two programmes opened.", "version": "1", "later": "1"})
    assert ProgressReport.objects.get().summary == "Two programmes opened."
    late = lead.post(f"{write}save/", {"summary": "Two", "version": "1"})
    assert (late.status_code, late.json()["url"]) == (409, write)
    assert Draft.objects.count() == 0
    history.change(ProgressReport.objects.get(), by=STAGE, at=NOON, obstacles="No registry.")
    assert lead.post(f"{write}save/", {"summary": "Three", "version": "2"}).status_code == 200
