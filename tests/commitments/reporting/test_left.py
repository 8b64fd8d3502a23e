"""What was typed into a report and not sent: a deputy and a successor find it where it belongs, nobody else does."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from commitments.appointments import succession
from commitments.appointments.models import Appointment
from commitments.history import actions as history
from commitments.meetings.models import Meeting
from commitments.reporting.actions import Asked, return_report
from commitments.reporting.enums import Section
from commitments.reporting.models import Draft, ProgressReport
from commitments.roles.enums import Role
from commitments.working_groups.models import GroupRole
from tests.cast import NOON, STAGE, TODAY, Cast, appoint
from tests.commitments.reporting.test_country_report import as_person, at, fresh
from tests.factories import record
from tests.pages import links, main_words

pytestmark = pytest.mark.django_db
HAND_OVER = "/en/workspace/hand-over/"
TOMORROW = TODAY + timedelta(days=1)
TEXT = "Offices on wheels reach the islands."


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


def typed(text: str, version: int = 1) -> dict[str, str]:
    return {"practice": text, "language": "en", "version": str(version), "done": "1"}


def keep(person: Any, report: ProgressReport, text: str = TEXT) -> None:
    assert as_person(person).post(at(report, "practice/save/"), typed(text, fresh(report).version)).status_code == 200


def hand_over(cast: Cast, before: Any, to: Any) -> None:
    post = Appointment.objects.get(user=before)
    by = cast.actor(cast.administrator)
    succession.hand_over(appointment=post, to=to, on=TOMORROW, move_deputies=False, by=by, at=NOON, why="letter")


def test_the_deputy_sees_what_the_other_typed_in_a_section(cast: Cast, report: ProgressReport) -> None:
    keep(cast.focal_colombia, report)
    deputy = as_person(cast.deputy_colombia)
    page = main_words(deputy.get(at(report, "practice/")))
    assert "Draft of Camila Colombia, 24 Nov 2026" in page
    assert TEXT in page
    assert at(report, "practice/") in links(deputy.get(at(report)))
    for place in ("", "check/"):
        assert "Typed by another person, not in the report yet Good practice" in main_words(
            deputy.get(at(report, place))
        )


def test_others_do_not_see_it_nor_the_principal_the_deputys(cast: Cast, report: ProgressReport) -> None:
    keep(cast.deputy_colombia, report)
    focal = as_person(cast.focal_colombia)
    assert TEXT not in main_words(focal.get(at(report, "practice/")))
    assert "Typed by another person" not in main_words(focal.get(at(report)))
    keep(cast.focal_colombia, report)
    office = as_person(cast.secretary)
    office.post(
        at(report, "on-behalf/"),
        {"behalf_basis": "call", "behalf_on": "2026-11-20", "behalf_words": "Told us.", "version": "1"},
    )
    assert TEXT not in main_words(office.get(at(report, "practice/")))


def test_going_on_keeps_a_draft_of_ones_own_and_saving_makes_the_others_old(cast: Cast, report: ProgressReport) -> None:
    keep(cast.focal_colombia, report)
    deputy = as_person(cast.deputy_colombia)
    keep(cast.deputy_colombia, report, "Offices on boats.")
    page = main_words(deputy.get(at(report, "practice/")))
    assert "Offices on boats." in page
    assert "Draft of" not in page
    assert deputy.post(at(report, "practice/"), typed("Offices on boats.")).status_code == 302
    assert "Draft of" not in main_words(deputy.get(at(report, "practice/")))
    assert "Typed by another person" not in main_words(deputy.get(at(report)))
    assert TEXT in main_words(as_person(cast.focal_colombia).get(at(report, "practice/"))), "it is still theirs"


def test_another_section_saved_leaves_the_draft_where_it_was(cast: Cast, report: ProgressReport) -> None:
    keep(cast.focal_colombia, report)
    deputy = as_person(cast.deputy_colombia)
    saved = {"obstacles": "No registry.", "language": "en", "version": "1", "done": "1"}
    assert deputy.post(at(report, "obstacles/"), saved).status_code == 302
    page = deputy.get(at(report, "practice/")).content.decode()
    assert TEXT in page
    version = page.partition('name="version" value="')[2].partition('"')[0]
    assert deputy.post(at(report, "practice/"), typed(TEXT, int(version))).status_code == 302
    assert fresh(report).practice == TEXT


def test_answers_on_a_commitment_and_reasons_for_a_figure_are_left_too(cast: Cast, report: ProgressReport) -> None:
    focal, deputy = as_person(cast.focal_colombia), as_person(cast.deputy_colombia)
    part, entry = report.parts.get(commitment__code="LAD-COL-902"), report.entries.get()
    focal.post(at(report, f"progress-{part.pk}/save/"), {"answer": "progress", "words": "One law.", "version": "1"})
    focal.post(at(report, f"figures-{entry.pk}/save/"), {"cannot_reason": "other", "cannot_words": "A flood."})
    assert "One law." in main_words(deputy.get(at(report, f"progress/{part.pk}/")))
    assert "A flood." in main_words(deputy.get(at(report, f"figures/{entry.pk}/")))
    deputy.post(at(report, f"progress/{part.pk}/"), {"answer": "unchanged", "version": "1", "language": "en"})
    assert "One law." not in main_words(deputy.get(at(report, f"progress/{part.pk}/")))


def test_a_leads_deputy_sees_the_draft_and_sends_only_what_they_kept(cast: Cast) -> None:
    report = record.group_report(cast.labour, record.cycle())
    address = f"/en/workspace/reports/{report.pk}/"
    lead_post = Appointment.objects.get(user=cast.lead_labour)
    appoint(cast.outsider, Role.LEAD, group=cast.labour, deputy_of=lead_post)
    as_person(cast.lead_labour).post(f"{address}save/", {"summary": TEXT, "version": "1"})
    deputy = as_person(cast.outsider)
    page = main_words(deputy.get(address))
    assert "Draft of Lucía Lead, 24 Nov 2026" in page
    assert TEXT in page
    assert deputy.get(f"{address}check/").url == address
    assert deputy.post(address, {"summary": TEXT, "version": "1"}).url == f"{address}check/"
    assert deputy.post(f"{address}check/").url == f"{address}received/"
    report.refresh_from_db()
    assert (report.state, report.summary, report.sent_by) == ("sent", TEXT, cast.outsider)


def test_the_successor_finds_what_is_owed_asked_and_left_on_one_page(cast: Cast, report: ProgressReport) -> None:
    keep(cast.focal_colombia, report)
    code = report.entries.get().series.indicator.code
    as_person(cast.focal_colombia).post(f"/en/workspace/indicators/{code}/update/save/", {"value": "44900"})
    hand_over(cast, cast.focal_colombia, cast.outsider)
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        successor = as_person(cast.outsider)
        answer = successor.get(HAND_OVER)
        page = main_words(answer)
        assert "Write the report: November 2026 (Colombia) Due 15 Dec 2026" in page
        left = page.partition("Typed before you and not sent")[2].partition("Last figures")[0]
        assert "Good practice · November 2026 (Colombia) Draft saved 24 Nov 2026" in left
        assert "People counted 1 Draft saved 24 Nov 2026" in left
        assert at(report, "practice/") in links(answer)
        assert "Camila" not in page
        assert TEXT in main_words(successor.get(at(report, "practice/")))
    with time_machine.travel(NOON + timedelta(days=91), tick=False):
        assert "Typed before you" not in main_words(as_person(cast.outsider).get(HAND_OVER))


def test_the_successor_reads_it_from_the_moment_that_the_post_is_theirs(cast: Cast, report: ProgressReport) -> None:
    keep(cast.focal_colombia, report)
    figure = f"/en/workspace/indicators/{report.entries.get().series.indicator.code}/update/"
    as_person(cast.focal_colombia).post(f"{figure}save/", {"value": "44900"})
    hand_over(cast, cast.focal_colombia, cast.outsider)
    User.objects.filter(pk=cast.outsider.pk).update(time_zone="America/Lima")
    with time_machine.travel("2026-11-25T02:30:00Z", tick=False):  # in Lima still the day before
        successor = as_person(cast.outsider)
        assert "Typed before you and not sent" in main_words(successor.get(HAND_OVER))
        assert TEXT in main_words(successor.get(at(report, "practice/")))
        for place in ("", "check/"):
            assert "Typed by another person" in main_words(successor.get(at(report, place)))
        assert "Draft of Camila Colombia" in main_words(successor.get(figure))


def test_a_lead_reads_it_from_the_moment_that_the_post_is_theirs(cast: Cast) -> None:
    address = f"/en/workspace/reports/{record.group_report(cast.labour, record.cycle()).pk}/"
    as_person(cast.lead_labour).post(f"{address}save/", {"summary": TEXT, "version": "1"})
    hand_over(cast, cast.lead_labour, cast.outsider)
    User.objects.filter(pk=cast.outsider.pk).update(time_zone="America/Lima")
    with time_machine.travel("2026-11-25T02:30:00Z", tick=False):
        assert TEXT in main_words(as_person(cast.outsider).get(address))


def test_the_page_takes_as_many_queries_for_three_as_for_one(cast: Cast, report: ProgressReport) -> None:
    places = [f"progress-{part.pk}" for part in report.parts.order_by("pk")] + ["obstacles"]
    hand_over(cast, cast.focal_colombia, cast.outsider)
    counts = []
    for place in places:
        as_person(cast.focal_colombia).post(at(report, f"{place}/save/"), {"words": TEXT, "version": "1"})
        with time_machine.travel(NOON + timedelta(days=1), tick=False):
            client = as_person(cast.outsider)
            with CaptureQueriesContext(connection) as found:
                pages = [client.get(address).status_code for address in (HAND_OVER, at(report))]
        assert pages == [200, 200]
        counts.append(len(found))
    assert counts[0] == counts[2]


def test_open_questions_and_next_dates_of_a_country_stand_on_the_page(cast: Cast, report: ProgressReport) -> None:
    sent = history.change(report, by=STAGE, at=NOON, state="sent", sent_at=NOON, sent_by=cast.focal_colombia)
    asked = [Asked("Which law?", Section.OBSTACLES), Asked("Since when?", Section.PRACTICE)]
    due_on = TODAY + timedelta(days=6)
    return_report(report=sent, questions=asked, due_on=due_on, by=cast.actor(cast.secretary), at=NOON)
    indicator = report.entries.get().series.indicator
    told = {"state": "returned", "question": "Which month?", "question_due_on": due_on}
    record.measurement(indicator, 41_200, TODAY - timedelta(days=90), source=record.source("Registry of permits"))
    record.measurement(indicator, 5, TODAY, accepted_at=None, published_at=None, **told)
    role = GroupRole(group=cast.labour, country=cast.colombia, role="participant")
    history.create(role, by=STAGE, at=NOON)
    meeting = Meeting(slug="labour", title_en="Labour mobility: next steps", mechanism=cast.declaration)
    meeting.group, meeting.start, meeting.state = cast.labour, TODAY + timedelta(days=16), "planned"
    history.create(meeting, by=STAGE, at=NOON)
    hand_over(cast, cast.focal_colombia, cast.outsider)
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        page = main_words(as_person(cast.outsider).get(HAND_OVER))
    questions = page.partition("Open questions")[2].partition("What is owed")[0]
    for text in ("Answer 2 questions: November 2026 (Colombia)", "Which law?", "Since when?", "Which month?"):
        assert text in questions
    assert questions.count("Reply by 30 Nov 2026") == 2
    figures = page.partition("Last figures and their sources")[2].partition("Next dates")[0]
    assert "41,200" in figures
    assert "Registry of permits" in figures
    dates = page.partition("Next dates")[2].partition("Before you")[0]
    assert "Due 15 Dec 2026: November 2026" in dates
    assert "10 Dec 2026: Labour mobility: next steps" in dates


def test_a_leads_successor_finds_the_groups_report_and_what_was_typed_in_it(cast: Cast) -> None:
    report = record.group_report(cast.labour, record.cycle())
    address = f"/en/workspace/reports/{report.pk}/"
    as_person(cast.lead_labour).post(f"{address}save/", {"summary": TEXT, "version": "1"})
    hand_over(cast, cast.lead_labour, cast.outsider)
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        successor = as_person(cast.outsider)
        answer = successor.get(HAND_OVER)
        page = main_words(answer)
        assert "Write the report: Labor Mobility November 2026 Due 15 Dec 2026" in page
        assert "Typed before you and not sent Labor Mobility Draft saved 24 Nov 2026" in page
        assert address in links(answer)
        assert TEXT in main_words(successor.get(address))
        assert as_person(cast.lead_labour).get(address).status_code == 404


def test_next_dates_are_those_of_cycles_that_ask_something_of_the_person(cast: Cast, report: ProgressReport) -> None:
    record.cycle(due_on=TODAY + timedelta(days=9), name_en="Asked of others")
    hand_over(cast, cast.focal_colombia, cast.outsider)
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        page = main_words(as_person(cast.outsider).get(HAND_OVER))
    assert "Due 15 Dec 2026: November 2026" in page
    assert "Asked of others" not in page


@pytest.mark.parametrize("text", [TEXT, f"{TEXT}\r\nAnd more."])
def test_draft_that_arrives_after_its_form_is_no_draft(cast: Cast, report: ProgressReport, text: str) -> None:
    page, version = as_person(cast.focal_colombia), report.version
    page.post(at(report, "practice/"), typed(text, version))
    keep(cast.focal_colombia, report, text)
    late = page.post(at(report, "practice/save/"), typed(text.replace("\r\n", "\n"), version))
    assert (late.status_code, Draft.objects.count()) == (200, 0)
    assert "not saved" not in main_words(page.get(at(report, "check/")))


def test_typing_back_what_is_on_record_ends_the_draft(cast: Cast, report: ProgressReport) -> None:
    as_person(cast.focal_colombia).post(at(report, "practice/"), typed(TEXT, report.version))
    keep(cast.focal_colombia, report, "Something else")
    assert Draft.objects.count() == 1
    keep(cast.focal_colombia, report, TEXT)
    assert Draft.objects.count() == 0
