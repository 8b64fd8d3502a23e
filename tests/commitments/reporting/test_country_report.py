"""A focal point writes the report of a country section by section, sends it, and answers what is asked."""

from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commitments.history import actions
from commitments.reporting.actions import Asked, return_report
from commitments.reporting.enums import Section
from commitments.reporting.models import Draft, ProgressReport
from tests.cast import NOON, STAGE, TODAY, Cast
from tests.factories import record
from tests.pages import main_words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def report(cast: Cast) -> ProgressReport:
    """Colombia owes two commitments, one of them with a figure."""
    cycle = record.cycle()
    record.entry(record.indicator(record.commitment(country=cast.colombia)), cycle)
    return record.country_report(record.commitment("LAD-COL-902", country=cast.colombia), cycle)


def as_person(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def at(report: ProgressReport, place: str = "", language: str = "en") -> str:
    return f"/{language}/workspace/country-reports/{report.pk}/{place}"


def fresh(report: ProgressReport) -> ProgressReport:
    return ProgressReport.objects.get(pk=report.pk)


def answer_everything(client: Client, report: ProgressReport) -> None:
    """The least that can be sent: nothing changed, and a figure that comes later."""
    client.post(at(report, "progress/"), {"unchanged": "all"})
    entry = report.entries.get()
    client.post(at(report, f"figures/{entry.pk}/"), {"cannot_reason": "not_yet", "cannot_words": "", "done": "1"})


def send(client: Client, report: ProgressReport) -> Any:
    return client.post(at(report, "check/"), {"version": str(fresh(report).version)})


def test_a_report_is_written_section_by_section_and_sent(cast: Cast, report: ProgressReport) -> None:
    client = as_person(cast.focal_colombia)
    first = client.get(at(report)).content.decode()
    assert first.count("Not started") == 6
    assert "0 of 2" in first

    part = report.parts.get(commitment__code="LAD-COL-902")
    typed = {"answer": "progress", "words": "Two laws passed.", "language": "es", "version": "1", "done": "1"}
    assert client.post(at(report, f"progress/{part.pk}/"), typed).url == at(report, "progress/")
    assert client.post(at(report, "progress/"), {"unchanged": "all"}).status_code == 302
    client.post(at(report, f"figures/{report.entries.get().pk}/"), {"cannot_reason": "not_collected", "done": "1"})
    words = {"obstacles": "No shared registry.", "language": "es", "version": "1", "done": "1"}
    assert client.post(at(report, "obstacles/"), words).url == at(report)
    client.post(
        at(report, "coherence/"), {"coherence": "partly", "coherence_words": "", "language": "es", "later": "1"}
    )

    written = fresh(report)
    assert (written.state, written.language, written.obstacles) == ("draft", "es", "No shared registry.")
    assert (written.done_sections, written.coherence) == (["obstacles"], "partly")
    page = client.get(at(report, "check/"))
    check = page.content.decode()
    assert "Still to answer" not in check
    assert "Not marked as done. You can send it all the same: National coherence" in main_words(page)
    assert "Good practice Empty: the report will say that nothing was said here." in main_words(page)
    assert "Documents No document yet." in main_words(page)

    assert send(client, report).url == at(report, "received/")
    sent = fresh(report)
    assert (sent.state, sent.sent_by, sent.is_on_behalf) == ("sent", cast.focal_colombia, False)
    receipt = client.get(at(report, "received/")).content.decode()
    assert f"Sent. Reference {report.reference}, 24 November 2026." in receipt
    assert "Two laws passed." in client.get(at(report)).content.decode()


def test_sending_says_what_is_missing_and_leads_there(cast: Cast, report: ProgressReport) -> None:
    client = as_person(cast.focal_colombia)
    page = send(client, report)
    text = page.content.decode()
    assert page.status_code == 200
    assert "There is a problem" in text
    assert "<title>Error: Check before you send" in text.replace("\n", "")
    for part in report.parts.all():
        assert f'href="{at(report, f"progress/{part.pk}/")}"' in text
    entry = report.entries.get()
    figure = f"Send the figure, or say why it cannot be given: LAD-COL-901-I1 {entry.series.indicator.title_en}"
    assert figure in main_words(page)
    for part in report.parts.all():
        words = f"or that nothing changed: {part.commitment.code} {part.commitment.title_en}"
        assert words in main_words(page)
    assert fresh(report).state == "due"


def test_sending_twice_is_sending_once(cast: Cast, report: ProgressReport) -> None:
    client = as_person(cast.focal_colombia)
    answer_everything(client, report)
    version = {"version": str(fresh(report).version)}
    answers = [client.post(at(report, "check/"), version).url for _press in range(3)]
    assert answers == [at(report, "received/")] * 3
    assert ProgressReport.history.filter(id=report.pk, state="sent").count() == 1


def test_no_report_at_all_is_an_answer(cast: Cast, report: ProgressReport) -> None:
    client = as_person(cast.focal_colombia)
    nothing = client.post(at(report, "check/"), {"cannot": "1", "cannot_reason": "other", "cannot_words": ""})
    assert "Say in a few words why it cannot be given" in nothing.content.decode()
    said = {"cannot": "1", "cannot_reason": "other", "cannot_words": "The ministry is being moved.", "version": "1"}
    assert client.post(at(report, "check/"), said).status_code == 302
    assert send(client, report).url == at(report, "received/")
    assert (fresh(report).state, fresh(report).cannot_words) == ("sent", "The ministry is being moved.")


def test_a_returned_report_opens_only_where_it_was_asked_about(cast: Cast, report: ProgressReport) -> None:
    focal, secretary = as_person(cast.focal_colombia), cast.actor(cast.secretary)
    answer_everything(focal, report)
    send(focal, report)
    part = report.parts.order_by("pk")[0]
    questions = [Asked("Which offices?", Section.PROGRESS, part), Asked("What support?", Section.OBSTACLES)]
    return_report(report=fresh(report), questions=questions, due_on=TODAY, by=secretary, at=NOON)

    page = focal.get(at(report)).content.decode()
    assert "The secretariat asks 2 questions" in page
    assert "Reply by 24 November 2026." in page
    other = report.parts.order_by("pk")[1]
    for closed in ("practice/", f"progress/{other.pk}/"):
        typed = {"practice": "New.", "answer": "progress", "words": "New.", "language": "en", "done": "1"}
        focal.post(at(report, closed), typed)
    other.refresh_from_db()
    assert (fresh(report).practice, other.answer) == ("", "unchanged")

    first, second = fresh(report).questions.order_by("pk")
    place = at(report, f"progress/{part.pk}/")
    assert "Which offices?" in focal.get(place).content.decode()
    unanswered = focal.post(place, {"answer": "unchanged", "words": "", "language": "en", "done": "1"})
    assert "Answer the secretariat’s question" in unanswered.content.decode()
    said = {"answer": "progress", "words": "Nine offices.", f"answer_{first.pk}": "All nine.", "language": "en"}
    assert focal.post(place, {**said, "done": "1"}).status_code == 302
    assert "Answer the question: Obstacles and support needed" in send(focal, report).content.decode()

    words = {"obstacles": "Staff.", f"answer_{second.pk}": "Training.", "language": "en", "done": "1"}
    assert focal.post(at(report, "obstacles/"), words).status_code == 302
    assert send(focal, report).url == at(report, "received/")
    again = fresh(report)
    assert (again.state, again.obstacles) == ("sent", "Staff.")
    assert [question.answer for question in again.questions.order_by("pk")] == ["All nine.", "Training."]
    assert all(question.answered_by == cast.focal_colombia for question in again.questions.all())


def test_a_sent_figure_is_locked_with_a_link_to_correct_it(cast: Cast, report: ProgressReport) -> None:
    entry = report.entries.get()
    indicator = entry.series.indicator
    figure = record.measurement(indicator, 44_900, TODAY, state="sent", accepted_at=None, published_at=None)
    actions.change(entry, by=STAGE, at=NOON, measurement=figure)
    client = as_person(cast.focal_colombia)
    page = client.get(at(report, "figures/")).content.decode()
    assert "44,900" in page
    assert f"/en/workspace/indicators/{indicator.code}/update/" in page
    client.post(at(report, f"figures/{entry.pk}/"), {"cannot_reason": "not_yet", "done": "1"})
    entry.refresh_from_db()
    assert entry.cannot_reason == ""


def test_last_times_words_stand_beside_and_can_be_copied(cast: Cast, report: ProgressReport) -> None:
    days = {"period_start": "2025-07-01", "period_end": "2025-09-30", "opens_on": "2025-11-01"}
    before = record.cycle(due_on=report.due_on.replace(year=2025), **days)
    commitment = report.parts.get(commitment__code="LAD-COL-902").commitment
    old = record.country_report(commitment, before)
    actions.change(old, by=STAGE, at=NOON, state="published", sent_at=NOON, language="es", obstacles="Sin registro.")
    actions.change(old.parts.get(), by=STAGE, at=NOON, answer="progress", words="Una ley.")
    client = as_person(cast.focal_colombia)
    assert "Sin registro." in client.get(at(report, "obstacles/")).content.decode()
    part = report.parts.get(commitment=commitment)
    assert "Una ley." in client.get(at(report, f"progress/{part.pk}/")).content.decode()
    copied = client.post(at(report, "obstacles/"), {"copy": "Sin registro.", "language": "es"}).content.decode()
    assert "Sin registro.</textarea>" in copied
    assert fresh(report).obstacles == ""


def test_a_closed_cycle_takes_nothing_new(cast: Cast, report: ProgressReport) -> None:
    client = as_person(cast.focal_colombia)
    answer_everything(client, report)
    actions.change(report.cycle, by=STAGE, at=NOON, closed_at=NOON)
    assert "This cycle is closed" in client.get(at(report)).content.decode()
    assert send(client, report).url == at(report)
    client.post(at(report, "practice/"), {"practice": "Late.", "language": "en", "done": "1"})
    assert (fresh(report).state, fresh(report).practice) == ("draft", "")


@pytest.mark.parametrize("who", ["focal_canada", "lead_labour", "reader", "outsider", "administrator"])
def test_nobody_else_reads_an_unpublished_report(cast: Cast, report: ProgressReport, who: str) -> None:
    for place in ("", "progress/", "obstacles/", "check/", "received/", "confirm/", "on-behalf/"):
        assert as_person(getattr(cast, who)).get(at(report, place)).status_code == 404, place


def test_pages_ask_as_many_queries_for_three_rows_as_for_one(cast: Cast) -> None:
    cycle, client = record.cycle(), as_person(cast.focal_colombia)
    asked: dict[str, set[int]] = {"": set(), "progress/": set(), "figures/": set(), "check/": set()}
    for number in range(3):
        record.entry(record.indicator(record.commitment(f"LAD-COL-91{number}", country=cast.colombia)), cycle)
        report = ProgressReport.objects.get()
        for place, counts in asked.items():
            client.get(at(report, place))
            with CaptureQueriesContext(connection) as queries:
                assert client.get(at(report, place)).status_code == 200
            counts.add(len(queries))
    assert {place: len(counts) for place, counts in asked.items()} == dict.fromkeys(asked, 1)


def test_what_is_typed_is_a_private_draft_until_it_is_saved(cast: Cast, report: ProgressReport) -> None:
    focal, office = as_person(cast.focal_colombia), as_person(cast.secretary)
    typed = {"practice": "Mobile offices.", "language": "en", "version": "1"}
    kept = focal.post(at(report, "practice/save/"), typed)
    assert kept.json() == {"saved": "Saved at 07:00. You can close this page."}
    assert Draft.objects.get().key == f"{report.pk}:practice"
    assert "Mobile offices." in focal.get(at(report, "practice/")).content.decode()
    assert "Mobile offices." not in office.get(at(report)).content.decode()
    assert "Draft saved, not in the report yet" in focal.get(at(report)).content.decode()
    assert fresh(report).practice == ""

    answer_everything(focal, report)
    assert "You typed something that is not in the report yet" in send(focal, report).content.decode()
    focal.post(at(report, "practice/"), {**typed, "done": "1"})
    assert not Draft.objects.exists()
    assert send(focal, report).url == at(report, "received/")
