"""What was sent twice is carried out once, and nobody is told of their own change as of somebody else's."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from commitments.reporting.models import CycleExtension, ReportingCycle
from tests.cast import NOON, Cast
from tests.factories import record
from tests.pages import main_words

pytestmark = pytest.mark.django_db
SOMEBODY = "Somebody changed this while you were writing"


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOON, tick=False) as travelling:
        yield travelling


@pytest.fixture
def cycle(cast: Cast) -> ReportingCycle:
    found = record.cycle()
    record.entry(record.indicator(record.commitment(country=cast.colombia)), found)
    return found


def as_person(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def dates(cycle: ReportingCycle, **changed: str) -> dict[str, str]:
    """The form of a cycle's dates as it was read."""
    named = ("period_start", "period_end", "opens_on", "due_on", "closes_on")
    told = {name: getattr(cycle, name).isoformat() for name in named}
    return {**told, "asks_groups": "on", "name_en": "November", "version": "1", "step": "save", **changed}


def test_dates_sent_twice_are_saved_once(cast: Cast, cycle: ReportingCycle) -> None:
    office, url = as_person(cast.secretary), f"/en/workspace/cycles/{cycle.slug}/"
    for _press in range(2):
        assert office.post(f"{url}dates/", dates(cycle, due_on="2026-12-20")).url == url
    assert ReportingCycle.history.filter(id=cycle.pk).count() == 2
    assert SOMEBODY not in main_words(office.get(url))


def test_whoever_moves_a_cycle_that_was_moved_sees_both_dates(cast: Cast, cycle: ReportingCycle, clock: Any) -> None:
    url = f"/en/workspace/cycles/{cycle.slug}/dates/"
    as_person(cast.second_secretary).post(url, dates(cycle, due_on="2026-12-20"))
    clash = as_person(cast.secretary).post(url, dates(cycle, due_on="2026-12-22"))
    text = main_words(clash)
    assert clash.status_code == 409
    assert "15 December 2026 As it stands now 20 December 2026 As you typed it 22 December 2026" in text
    assert f"{cast.second_secretary.name} changed this at 12:00." in text

    clock.shift(timedelta(days=2))
    later = main_words(as_person(cast.secretary).post(url, dates(cycle, due_on="2026-12-22")))
    assert f"{cast.second_secretary.name} changed this on 24 November 2026, 12:00 (UTC)." in later


def test_a_statement_sent_twice_is_said_once(cast: Cast) -> None:
    focal, url = as_person(cast.focal_colombia), "/en/workspace/statement/?country=COL"
    for _press in range(2):
        assert focal.post(url, {"version": "0", "en": "We opened two offices."}).url == url
    other = main_words(focal.post(url, {"version": "0", "en": "Three offices."}))
    assert "You changed this in the meantime" in other
    assert SOMEBODY not in other
    assert "We opened two offices." in other


def test_a_clash_shows_words_where_codes_are_stored(cast: Cast, cycle: ReportingCycle) -> None:
    report = cycle.reports.get(country=cast.colombia)
    url = f"/en/workspace/country-reports/{report.pk}/on-behalf/"
    said = {"behalf_basis": "call", "behalf_on": "2026-11-20", "version": "1"}
    as_person(cast.second_secretary).post(url, {**said, "behalf_words": "Called in the morning."})
    clash = main_words(as_person(cast.secretary).post(url, {**said, "behalf_words": "Called at noon."}))
    assert "As it stands now A telephone call As you typed it A telephone call" in clash
    for label in ("What it rests on", "Date of what it rests on", "Who said what"):
        assert f"{label} When you opened it Empty" in clash


def test_what_a_report_rests_on_is_no_slip_of_the_year(cast: Cast, cycle: ReportingCycle) -> None:
    report = cycle.reports.get(country=cast.colombia)
    said = {"behalf_basis": "call", "behalf_on": "1026-11-20", "version": "1", "behalf_words": "Called in the morning."}
    answer = as_person(cast.secretary).post(f"/en/workspace/country-reports/{report.pk}/on-behalf/", said)
    assert "Check the year of this date: 1026" in main_words(answer)
    report.refresh_from_db()
    assert report.behalf_basis == ""


def test_more_time_given_twice_is_given_once(cast: Cast, cycle: ReportingCycle) -> None:
    office, url = as_person(cast.secretary), f"/en/workspace/cycles/{cycle.slug}/extend/"
    token = str(office.get(url).context["once"])
    said = {"who": f"c{cast.colombia.pk}", "due_on": "2026-12-20", "reason": "Elections in May.", "once": token}
    answers = [office.post(url, said) for _press in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert CycleExtension.objects.get().due_on == date(2026, 12, 20)
    assert main_words(office.get(answers[0].url)).count("Extended.") == 1


def test_a_step_taken_twice_is_taken_once_and_a_colleagues_is_said(cast: Cast) -> None:
    commitment = record.commitment(country=cast.colombia)
    url, edit = (f"/en/workspace/commitments/{commitment.code}/{page}/" for page in ("life", "edit"))
    said = {
        "to": "suspended",
        "on_precision": "day",
        "as_of_precision": "day",
        "reason": "No money.",
        "source_title": "Decree 12",
        "version": str(commitment.version),
        "step": "take",
    }
    office, meanwhile = as_person(cast.secretary), "This was decided on in the meantime"
    assert [office.post(url, said).url for _press in range(2)] == [edit, edit]
    assert meanwhile not in main_words(office.get(edit))
    assert meanwhile in main_words(as_person(cast.second_secretary).post(url, said, follow=True))
