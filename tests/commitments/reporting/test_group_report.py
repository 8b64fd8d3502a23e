"""A lead sends the one-page report of a group; the secretariat returns it, accepts it and publishes it."""

import re
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client

from commitments.history import actions
from commitments.reporting.actions import Asked, return_report
from commitments.reporting.enums import Section
from commitments.reporting.models import Draft, ProgressReport
from commitments.roles.enums import Role
from tests.cast import NOON, STAGE, Cast, appoint
from tests.factories import record
from tests.pages import main_words

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


def send(lead: Client, report: ProgressReport, text: dict[str, str]) -> Any:
    """Fill the form in, look at what will be sent, send it; the receipt."""
    url = f"/en/workspace/reports/{report.pk}/"
    assert lead.post(url, text).url == f"{url}check/"
    assert "Check before you send" in lead.get(f"{url}check/").content.decode()
    assert lead.post(f"{url}check/").url == f"{url}received/"
    return lead.get(f"{url}received/")


def test_report_goes_through_the_same_review(cast: Cast, report: ProgressReport) -> None:
    lead, secretary = as_person(cast.lead_labour), as_person(cast.secretary)
    write, review = f"/en/workspace/reports/{report.pk}/", f"/en/workspace/review/reports/{report.pk}/"
    assert "Write the report: Labor Mobility" in lead.get("/en/workspace/").content.decode()

    text = {"summary": "Two seasonal programmes opened.", "obstacles": "No shared registry.", "version": "1"}
    assert "Labor Mobility · November 2026" in main_words(send(lead, report, text))
    assert "Two seasonal programmes opened." in secretary.get(review).content.decode()

    asked = {"decision": "return", "version": "2", "question": "Which countries?", "due_on": "2026-12-01"}
    assert secretary.post(review, asked).status_code == 302
    assert "Which countries?" in lead.get(write).content.decode()
    answer = f"answer_{report.questions.get().pk}"
    assert lead.post(write, {**text, "version": "3"}).status_code == 200, "the question must be answered"
    send(lead, report, {**text, "version": "3", answer: "Mexico and Guatemala."})

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
    lead.post(url, {"summary": "Second text.", "obstacles": "", "version": "1"})
    clash = lead.post(f"{url}check/")
    assert clash.status_code == 409
    assert "First text." in clash.content.decode()
    assert "Second text." in clash.content.decode()


def test_the_form_is_filled_in_from_the_last_report_and_the_group(cast: Cast, report: ProgressReport) -> None:
    lead, url = as_person(cast.lead_labour), f"/en/workspace/reports/{report.pk}/"
    actions.change(cast.labour, by=STAGE, at=NOON, purpose_en="Work, fairly.", outcomes_en="A code of conduct.")
    page = lead.get(url).content.decode()
    assert "Work, fairly." in page
    before = record.cycle(due_on=date(2026, 5, 15), opens_on=date(2026, 4, 1), closes_on=date(2026, 6, 30))
    last = record.group_report(cast.labour, before)
    actions.change(last, by=STAGE, at=NOON, state="published", sent_at=NOON, purpose="Work for seasons.")
    page = lead.get(url).content.decode()
    assert "Work for seasons." in page
    assert "A code of conduct." in page
    assert "No long-term indicator on record." in page


def test_accepted_words_of_countries_stand_in_the_form_with_their_names(cast: Cast, report: ProgressReport) -> None:
    lead, url = as_person(cast.lead_labour), f"/en/workspace/reports/{report.pk}/"
    commitment = record.commitment(country=cast.colombia, group=cast.labour)
    theirs = record.country_report(commitment, report.cycle)
    actions.change(theirs.parts.get(), by=STAGE, at=NOON, answer="progress", words="Coffee and flowers.")
    for state, seen in (
        ("draft", False),
        ("sent", False),
        ("in_review", False),
        ("returned", False),
        ("accepted", True),
    ):
        actions.change(theirs, by=STAGE, at=NOON, state=state, sent_at=NOON)
        page = main_words(lead.get(url))
        assert ("Coffee and flowers." in page) is seen, state
    assert "Colombia Commitment LAD-COL-901 LAD-COL-901" in page


def test_what_is_typed_is_kept_as_a_private_draft(cast: Cast, report: ProgressReport) -> None:
    lead, url = as_person(cast.lead_labour), f"/en/workspace/reports/{report.pk}/"
    kept = lead.post(f"{url}save/", {"summary": "Half a sen\x00tence", "version": "1", "stray": "x"}).json()
    assert kept["saved"].startswith("Saved at ")
    assert "Half a sentence" in lead.get(url).content.decode()
    report.refresh_from_db()
    assert (report.summary, report.version) == ("", 1), "the record is untouched"
    assert set(Draft.objects.get().fields) == {"summary", "version"}


def test_the_receipt_says_what_and_when_and_a_second_press_sends_nothing(cast: Cast, report: ProgressReport) -> None:
    lead = as_person(cast.lead_labour)
    receipt = send(lead, report, {"summary": "All of it.", "purpose": "Work.", "outcomes": "A code.", "version": "1"})
    assert "Sent. Reference cycle-2026-12-15/labor-mobility, 24 November 2026." in main_words(receipt)
    again = lead.post(f"/en/workspace/reports/{report.pk}/check/")
    assert again.url == f"/en/workspace/reports/{report.pk}/received/"
    report.refresh_from_db()
    assert (report.state, report.version, report.purpose, report.outcomes) == ("sent", 2, "Work.", "A code.")
    assert not Draft.objects.exists()
    assert lead.get(f"/en/workspace/reports/{report.pk}/").url.endswith("/read/")


def test_a_reason_is_an_answer(cast: Cast, report: ProgressReport) -> None:
    lead, url = as_person(cast.lead_labour), f"/en/workspace/reports/{report.pk}/"
    silent = lead.post(url, {"summary": "", "cannot_reason": "other", "version": "1"})
    assert "Say why in a few words" in silent.content.decode()
    send(lead, report, {"summary": "", "cannot_reason": "not_yet", "cannot_words": "In May.", "version": "1"})
    report.refresh_from_db()
    assert (report.state, report.cannot_reason, report.cannot_words) == ("sent", "not_yet", "In May.")


def test_several_questions_stand_each_at_its_section_and_only_those_unlock(cast: Cast, report: ProgressReport) -> None:
    lead, url = as_person(cast.lead_labour), f"/en/workspace/reports/{report.pk}/"
    send(lead, report, {"summary": "All of it.", "obstacles": "None.", "version": "1"})
    report.refresh_from_db()
    asked = [Asked("Which countries?", Section.SYNTHESIS), Asked("Since when?", Section.FIGURES)]
    return_report(report=report, questions=asked, due_on=date(2026, 12, 1), by=STAGE, at=NOON)
    page = lead.get(url).content.decode()
    assert page.index("Since when?") < page.index("Which countries?")
    fields = {name: tag for tag in re.findall(r"<textarea[^>]*>", page) for name in re.findall(r'id="id_(\w+)"', tag)}
    locked = {name for name, tag in fields.items() if "disabled" in tag}
    assert locked == {"purpose", "outcomes", "obstacles", "cannot_words"}
    one, two = (f"answer_{question.pk}" for question in report.questions.order_by("pk"))
    text = {"summary": "All of it, in two countries.", "obstacles": "CHANGED", "version": "3", one: "Two."}
    assert "Answer the secretariat’s question" in lead.post(url, text).content.decode()
    send(lead, report, {**text, two: "Since May."})
    report.refresh_from_db()
    assert (report.summary, report.obstacles) == ("All of it, in two countries.", "None.")
    assert [question.answer for question in report.questions.order_by("pk")] == ["Two.", "Since May."]


def test_the_form_costs_the_same_with_one_and_three(
    cast: Cast, report: ProgressReport, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    def more(number: int) -> None:
        commitment = record.commitment(f"LAD-COL-90{number}", country=cast.colombia, group=cast.labour)
        record.measurement(record.indicator(commitment), number, NOON.date())
        theirs = record.country_report(commitment, report.cycle)
        actions.change(theirs, by=STAGE, at=NOON, state="accepted", sent_at=NOON)
        part = theirs.parts.get(commitment=commitment)
        actions.change(part, by=STAGE, at=NOON, answer="unchanged")

    lead, url = as_person(cast.lead_labour), f"/en/workspace/reports/{report.pk}/"
    more(1)
    lead.get(url)
    with django_assert_max_num_queries(50) as counted:
        lead.get(url)
    more(2)
    more(3)
    with django_assert_num_queries(len(counted)):
        lead.get(url)


@pytest.mark.parametrize("who", ["focal_colombia", "reader", "outsider", "administrator"])
def test_nobody_else_sees_an_unpublished_report(cast: Cast, report: ProgressReport, who: str) -> None:
    assert as_person(getattr(cast, who)).get(f"/en/workspace/reports/{report.pk}/").status_code == 404


def test_a_co_lead_who_comes_second_is_told_and_keeps_the_words(cast: Cast, report: ProgressReport) -> None:
    url = f"/en/workspace/reports/{report.pk}/"
    appoint(cast.outsider, Role.LEAD, group=cast.labour)
    first, second = as_person(cast.lead_labour), as_person(cast.outsider)
    mine = {"summary": "My own words.", "purpose": "Work.", "outcomes": "A code.", "version": "1"}
    second.post(url, mine)
    send(first, report, {"summary": "All of it.", "purpose": "Work.", "outcomes": "A code.", "version": "1"})
    pressed = second.post(f"{url}check/")
    assert pressed.url == f"{url}read/", "no receipt for what was never sent"
    assert "was sent meanwhile. What you typed is kept" in main_words(second.get(pressed.url))
    typed = second.post(url, {**mine, "summary": "And more of mine."})
    assert typed.url == f"{url}read/"
    assert "was sent meanwhile" in main_words(second.get(typed.url))
    [kept] = Draft.objects.all()
    assert kept.fields["summary"] == "And more of mine."
