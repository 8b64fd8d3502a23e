"""What somebody sent stays in sight: with the secretariat since when, back with questions, public with its page."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commitments.history import actions as history
from commitments.reporting.actions import Asked, return_report
from commitments.reporting.enums import Section
from commitments.reporting.models import ProgressReport
from tests.cast import NOON, STAGE, TODAY, Cast
from tests.factories import record
from tests.pages import links, main_words

pytestmark = pytest.mark.django_db
TASKS = "/en/workspace/"


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


def as_person(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def country_report(cast: Cast, due_on: date = date(2026, 12, 15)) -> ProgressReport:
    commitment = record.commitment(f"LAD-COL-9{due_on:%d}", country=cast.colombia)
    opens = {"opens_on": due_on - timedelta(days=45), "closes_on": due_on + timedelta(days=45)}
    period = {"period_start": due_on - timedelta(days=180), "period_end": due_on - timedelta(days=60)}
    return record.country_report(commitment, record.cycle(due_on=due_on, **opens, **period))


def move(report: ProgressReport, state: str, **columns: Any) -> ProgressReport:
    return history.change(report, by=STAGE, at=NOON, state=state, **columns)


def block(page: str, first: str, after: str = "Reminders") -> str:
    """The words between two headings of a page; empty without the first."""
    return page.partition(first)[2].partition(after)[0]


def test_a_sent_report_waits_with_the_secretariat(cast: Cast) -> None:
    report = move(country_report(cast), "sent", sent_at=NOON - timedelta(days=200), sent_by=cast.focal_colombia)
    for person in (cast.focal_colombia, cast.deputy_colombia):
        answer = as_person(person).get(TASKS)
        waiting = block(main_words(answer), "Waiting for others")
        assert "November 2026 (Colombia), sent 8 May 2026" in waiting
        assert f"/en/workspace/country-reports/{report.pk}/" in links(answer)
    assert "Waiting for others" not in main_words(as_person(cast.focal_canada).get(TASKS))
    move(report, "in_review")
    assert "November 2026 (Colombia)" in block(main_words(as_person(cast.focal_colombia).get(TASKS)), "Waiting for")


def test_a_sent_group_report_waits_for_its_lead(cast: Cast) -> None:
    report = record.group_report(cast.labour, record.cycle())
    move(report, "sent", sent_at=NOON, sent_by=cast.lead_labour)
    assert "Labor Mobility, sent 24 Nov 2026" in block(
        main_words(as_person(cast.lead_labour).get(TASKS)), "Waiting for others", "Your account"
    )


def test_a_report_written_on_behalf_is_to_confirm_and_waits_for_nobody_else(cast: Cast) -> None:
    move(country_report(cast), "sent", sent_at=NOON, sent_by=cast.secretary, is_on_behalf=True, behalf_basis="call")
    page = main_words(as_person(cast.focal_colombia).get(TASKS))
    assert "Confirm: November 2026 (Colombia)" in page
    assert "Waiting for others" not in page


def test_a_returned_report_is_to_answer_with_the_number_of_its_questions(cast: Cast) -> None:
    report = move(country_report(cast), "sent", sent_at=NOON, sent_by=cast.focal_colombia)
    asked = [Asked("Which law?", Section.OBSTACLES), Asked("Since when?", Section.PRACTICE)]
    office = {"by": cast.actor(cast.secretary), "at": NOON, "due_on": TODAY + timedelta(days=3)}
    return_report(report=report, questions=asked[:1], **office)
    client = as_person(cast.focal_colombia)
    assert "Answer a question: November 2026 (Colombia)" in block(main_words(client.get(TASKS)), "Do first")
    report.refresh_from_db()
    move(report, "sent", sent_at=NOON)
    report.refresh_from_db()
    return_report(report=report, questions=asked[1:], **office)
    page = main_words(client.get(TASKS))
    assert "Answer 2 questions: November 2026 (Colombia)" in block(page, "Do first")
    assert all(text in page for text in ("Which law?", "Since when?", "Reply by 27 Nov 2026"))
    assert "Waiting for others" not in page
    spanish = main_words(client.get("/es/workspace/"))
    assert "Responder 2 preguntas: November 2026 (Colombia)" in spanish


def test_a_published_report_is_done_with_its_public_page(cast: Cast) -> None:
    columns = {"accepted_at": NOON - timedelta(days=45), "published_at": NOON - timedelta(days=2)}
    report = move(country_report(cast), "published", sent_at=NOON - timedelta(days=50), **columns)
    client = as_person(cast.focal_colombia)
    answer = client.get(TASKS)
    done = block(main_words(answer), "Done last 30 days")
    assert "November 2026 (Colombia), sent 5 Oct 2026 Published 22 Nov 2026" in done
    public = f"/en/reports/{report.cycle.slug}/COL/"
    assert public in links(answer)
    assert client.get(public).status_code == 200


def test_an_accepted_report_is_done_and_an_old_one_is_gone(cast: Cast) -> None:
    move(country_report(cast), "accepted", sent_at=NOON, accepted_at=NOON - timedelta(days=30))
    old = country_report(cast, date(2026, 6, 30))
    long_ago = NOON - timedelta(days=60)
    move(old, "published", sent_at=long_ago, accepted_at=long_ago, published_at=NOON - timedelta(days=31))
    done = block(main_words(as_person(cast.focal_colombia).get(TASKS)), "Done last 30 days")
    assert done.count("November 2026 (Colombia)") == 1
    assert "Accepted" in done


def test_the_list_takes_as_many_queries_for_three_as_for_one(cast: Cast) -> None:
    client, counts = as_person(cast.focal_colombia), []
    states = [("sent", {}), ("accepted", {"accepted_at": NOON}), ("returned", {"question_due_on": TODAY})]
    for number in range(3):
        for offset, (state, columns) in enumerate(states):
            report = country_report(cast, date(2026, 12, 1 + number * 3 + offset))
            move(report, state, sent_at=NOON, **columns)
        with CaptureQueriesContext(connection) as found:
            assert client.get(TASKS).status_code == 200
        counts.append(len(found))
    assert counts[0] == counts[2]
