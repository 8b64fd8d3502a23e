"""What counts as a report begun, and where the cycle's page and a reminder by hand lead."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import translation

from commitments.history import actions
from commitments.reminders.chasing import chases
from commitments.reporting import gathering
from commitments.reporting.actions import change_cycle, draft_key, keep_draft
from commitments.reporting.actions.drafts import DEPUTY_REQUEST
from commitments.reporting.board import address_of, cycle_rows
from commitments.reporting.models import Draft, ProgressReport, ReportEntry
from tests.cast import NOON, STAGE, TODAY, Cast
from tests.factories import record
from tests.pages import main_words

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(cast: Cast) -> ProgressReport:
    """Colombia owes a report on one commitment."""
    return record.country_report(record.commitment(country=cast.colombia), record.cycle())


def page(report: ProgressReport, place: str = "") -> str:
    return f"/en/workspace/country-reports/{report.pk}/{place}"


def as_person(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("place", ["obstacles", "progress"])
def test_a_draft_that_saved_itself_protects_a_report_from_new_dates(
    cast: Cast, report: ProgressReport, place: str
) -> None:
    assert gathering.begun(report.cycle, on=TODAY) == set()
    named = f"progress-{report.parts.get().pk}" if place == "progress" else place
    typed = {"obstacles": "None.", "answer": "progress", "words": "A law.", "language": "en", "version": "1"}
    kept = as_person(cast.focal_colombia).post(page(report, f"{named}/save/"), typed)
    assert kept.status_code == 200
    assert Draft.objects.get().key == draft_key(report, named)
    assert gathering.begun(report.cycle, on=TODAY) == {report.pk}

    change_cycle(cycle=report.cycle, by=STAGE, at=NOON, due_on=date(2027, 1, 10))
    report.refresh_from_db()
    assert report.due_on == date(2026, 12, 15)


def test_a_draft_of_a_groups_report_does_too(cast: Cast, report: ProgressReport) -> None:
    group = record.group_report(cast.labour, report.cycle)
    draft = {"form": "group-report", "key": str(group.pk), "fields": {"purpose": "Fair work"}, "version_read": 1}
    keep_draft(user_id=cast.lead_labour.pk, at=NOON, **draft)
    assert gathering.begun(report.cycle, on=TODAY) == {group.pk}


def test_a_draft_of_another_form_with_the_same_number_does_not(cast: Cast, report: ProgressReport) -> None:
    request = {"form": DEPUTY_REQUEST, "key": str(report.pk), "fields": {"name": "Ana"}, "version_read": 0}
    keep_draft(user_id=cast.focal_colombia.pk, at=NOON, **request)
    assert gathering.begun(report.cycle, on=TODAY) == set()


def test_a_figure_typed_while_two_cycles_ask_for_it_belongs_to_the_one_due_first(cast: Cast) -> None:
    indicator = record.indicator(record.commitment(country=cast.colombia))
    later = record.entry(indicator, record.cycle(due_on=date(2026, 12, 20)))
    sooner = record.entry(indicator, record.cycle(due_on=date(2026, 12, 10)))
    planned = record.entry(indicator, record.cycle(due_on=date(2026, 12, 5), opens_on=date(2026, 12, 1)))
    typed = {"form": "update", "key": indicator.code, "fields": {"value": "9"}, "version_read": 0}
    keep_draft(user_id=cast.focal_colombia.pk, at=NOON, **typed)

    def begun(entry: ReportEntry) -> set[int]:
        return gathering.begun(entry.report.cycle, on=TODAY)

    assert (begun(sooner), begun(later), begun(planned)) == ({sooner.report_id}, set(), set())
    with time_machine.travel(NOON, tick=False):
        tasks = main_words(as_person(cast.focal_colombia).get("/en/workspace/"))
    assert tasks.count("Draft saved 24 Nov 2026") == 1
    assert "Due 10 Dec 2026 Draft saved 24 Nov 2026" in tasks

    change_cycle(cycle=later.report.cycle, by=STAGE, at=NOON, due_on=date(2027, 1, 10))
    later.report.refresh_from_db()
    assert later.report.due_on == date(2027, 1, 10)

    actions.change(sooner, by=STAGE, at=NOON, measurement=record.measurement(indicator, 9, date(2026, 9, 30)))
    assert (begun(sooner), begun(later)) == ({sooner.report_id}, {later.report_id})


def test_the_cycles_page_and_a_reminder_by_hand_lead_to_the_report(cast: Cast, report: ProgressReport) -> None:
    actions.change(report, by=STAGE, at=NOON, due_on=TODAY - timedelta(days=4))
    [row] = cycle_rows(report.cycle, on=TODAY)
    assert row.url == page(report)
    [chase] = chases([report], on=TODAY, at=NOON)
    letter = chase.letter(NOON)
    path = f"/workspace/country-reports/{report.pk}/"
    [address] = [line for line in letter.text.splitlines() if path in line]
    assert as_person(chase.person).get(address.partition("localhost:8000")[2]).status_code == 200
    actions.change(report, by=STAGE, at=NOON, state="sent", sent_by=cast.focal_colombia, sent_at=NOON)
    with translation.override("en"):
        assert address_of(report) == f"/en/workspace/review/country-reports/{report.pk}/"


@pytest.mark.parametrize("state", ["due", "sent"])
def test_the_report_leads_to_its_reading_page_and_its_files(cast: Cast, report: ProgressReport, state: str) -> None:
    if state == "sent":
        actions.change(report, by=STAGE, at=NOON, state=state, sent_by=cast.focal_colombia, sent_at=NOON)
    client = as_person(cast.focal_colombia)
    read = client.get(page(report)).content.decode()
    for place in ("read", "files"):
        address = f"/en/workspace/reports/{report.pk}/{place}/"
        assert f'href="{address}"' in read
        assert client.get(address).status_code == 200
