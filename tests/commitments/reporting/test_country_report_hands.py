"""Two people at one report, the secretariat in a country's place, and what people do by accident."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from commitments.history import actions as history
from commitments.indicators.actions import OwnWorkError, StepRefusedError
from commitments.reporting import actions
from commitments.reporting.enums import Section
from commitments.reporting.models import Draft, ProgressReport
from tests.cast import NOON, STAGE, TODAY, Cast
from tests.commitments.reporting.test_country_report import answer_everything, as_person, at, fresh, send
from tests.factories import record
from tests.pages import main_words

pytestmark = pytest.mark.django_db

BASIS = {"behalf_basis": "call", "behalf_on": "2026-11-20", "behalf_words": "The ministry told us by telephone."}


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


def words(text: str, version: int, **more: str) -> dict[str, str]:
    return {"practice": text, "language": "en", "version": str(version), "done": "1", **more}


# --- Two editors -------------------------------------------------------------------------------------------------


def test_the_second_of_two_editors_sees_both_texts(cast: Cast, report: ProgressReport) -> None:
    focal, deputy = as_person(cast.focal_colombia), as_person(cast.deputy_colombia)
    assert focal.post(at(report, "practice/"), words("Mobile offices.", 1)).status_code == 302
    clash = deputy.post(at(report, "practice/"), words("Night shifts.", 1))
    page = clash.content.decode()
    assert clash.status_code == 409
    assert all(text in page for text in ("Mobile offices.", "Night shifts.", "Camila Colombia"))
    kept = deputy.post(at(report, "practice/"), words("Night shifts.", fresh(report).version))
    assert (kept.status_code, fresh(report).practice) == (302, "Night shifts.")


def test_two_sections_at_once_are_no_clash(cast: Cast, report: ProgressReport) -> None:
    focal, deputy = as_person(cast.focal_colombia), as_person(cast.deputy_colombia)
    focal.post(at(report, "practice/"), words("Mobile offices.", 1))
    typed = {"obstacles": "No registry.", "language": "en", "version": "1", "done": "1"}
    assert deputy.post(at(report, "obstacles/"), typed).status_code == 302
    both = fresh(report)
    assert (both.practice, both.obstacles, both.done_sections) == (
        "Mobile offices.",
        "No registry.",
        ["practice", "obstacles"],
    )


def test_two_answers_on_one_commitment_clash(cast: Cast, report: ProgressReport) -> None:
    focal, deputy = as_person(cast.focal_colombia), as_person(cast.deputy_colombia)
    place = at(report, f"progress/{report.parts.order_by('pk')[0].pk}/")
    typed = {"answer": "progress", "words": "One law.", "language": "en", "version": "1", "done": "1"}
    assert focal.post(place, typed).status_code == 302
    assert deputy.post(place, {**typed, "words": "Two laws."}).status_code == 409


def test_the_other_text_is_shown_where_mine_is_given_up(cast: Cast, report: ProgressReport) -> None:
    focal, deputy = as_person(cast.focal_colombia), as_person(cast.deputy_colombia)
    deputy.post(at(report, "practice/save/"), words("Night shifts.", 1))
    focal.post(at(report, "practice/"), words("Mobile offices.", 1))
    assert "Night shifts." in deputy.get(at(report, "practice/")).content.decode()
    assert "Mobile offices.</textarea>" in deputy.get(at(report, "practice/?fresh=1")).content.decode()


def test_what_was_not_read_is_not_sent(cast: Cast, report: ProgressReport) -> None:
    focal, deputy = as_person(cast.focal_colombia), as_person(cast.deputy_colombia)
    answer_everything(focal, report)
    read = fresh(report).version
    deputy.post(at(report, "practice/"), words("Added meanwhile.", read))
    refused = focal.post(at(report, "check/"), {"version": str(read)})
    assert (refused.url, fresh(report).state) == (at(report, "check/"), "draft")


# --- On behalf ---------------------------------------------------------------------------------------------------


def test_the_secretariat_writes_for_a_country_on_a_stated_basis(cast: Cast, report: ProgressReport) -> None:
    office, focal = as_person(cast.secretary), as_person(cast.focal_colombia)
    assert office.get(at(report, "practice/")).url == at(report, "on-behalf/")
    empty = office.post(at(report, "on-behalf/"), {}).content.decode()
    assert all(text in empty for text in ("Say what it rests on", "Enter the date", "what was said or written"))
    ahead = office.post(at(report, "on-behalf/"), {**BASIS, "behalf_on": "2026-12-24"})
    assert "The date must be today or earlier" in ahead.content.decode()
    assert office.post(at(report, "on-behalf/"), {**BASIS, "version": "1"}).url == at(report)

    answer_everything(office, report)
    assert send(office, report).url == at(report, "received/")
    sent = fresh(report)
    assert (sent.is_on_behalf, sent.behalf_basis, sent.sent_by) == (True, "call", cast.secretary)
    assert "Written by the secretariat on behalf of the country" in office.get(at(report)).content.decode()

    assert "Confirm: November 2026 (Colombia)" in focal.get("/en/workspace/").content.decode()
    page = focal.get(at(report, "confirm/")).content.decode()
    assert "The ministry told us by telephone." in page
    assert focal.post(at(report, "confirm/"), {"version": str(sent.version)}).status_code == 302
    done = fresh(report)
    assert (done.state, done.confirmed_by, done.accepted_by) == ("accepted", cast.focal_colombia, cast.focal_colombia)


def test_only_what_was_read_is_confirmed(cast: Cast, report: ProgressReport) -> None:
    history.change(report, by=STAGE, at=NOON, state="sent", sent_at=NOON, is_on_behalf=True, sent_by=cast.secretary)
    focal = as_person(cast.focal_colombia)
    assert focal.post(at(report, "confirm/"), {"version": "1"}).url == at(report, "confirm/")
    assert focal.post(at(report, "confirm/"), {}).url == at(report, "confirm/")
    assert fresh(report).state == "sent"


def test_own_work_is_never_accepted(cast: Cast, report: ProgressReport) -> None:
    history.change(report, by=STAGE, at=NOON, state="sent", sent_at=NOON, is_on_behalf=True, sent_by=cast.secretary)
    with pytest.raises(OwnWorkError):
        actions.accept_report(report=report, by=cast.actor(cast.secretary), at=NOON)
    accepted = actions.accept_report(report=report, by=cast.actor(cast.second_secretary), at=NOON)
    assert (accepted.state, accepted.accepted_by) == ("accepted", cast.second_secretary)


def test_the_country_that_sends_its_own_report_speaks_for_itself(cast: Cast, report: ProgressReport) -> None:
    office, focal = as_person(cast.secretary), as_person(cast.focal_colombia)
    office.post(at(report, "on-behalf/"), {**BASIS, "version": "1"})
    answer_everything(office, report)
    send(focal, report)
    sent = fresh(report)
    assert (sent.state, sent.is_on_behalf, sent.sent_by) == ("sent", False, cast.focal_colombia)


def test_a_report_of_the_country_itself_is_not_confirmed(cast: Cast, report: ProgressReport) -> None:
    history.change(report, by=STAGE, at=NOON, state="sent", sent_at=NOON, sent_by=cast.deputy_colombia)
    with pytest.raises(StepRefusedError):
        actions.confirm_report(report=report, by=cast.actor(cast.focal_colombia), at=NOON)
    assert as_person(cast.focal_colombia).get(at(report, "confirm/")).status_code == 403


def test_the_secretariat_writes_its_own_report(cast: Cast) -> None:
    own = ProgressReport(cycle=record.cycle(), is_of_secretariat=True, due_on=TODAY + timedelta(days=10))
    report = history.create(own, by=STAGE, at=NOON)
    office = as_person(cast.secretary)
    assert "Write the report: November 2026 (Secretariat)" in office.get("/en/workspace/").content.decode()
    assert office.post(at(report, "practice/"), words("A shared calendar.", 1)).status_code == 302
    assert send(office, report).url == at(report, "received/")
    assert (fresh(report).state, fresh(report).is_on_behalf) == ("sent", False)
    assert as_person(cast.focal_colombia).get(at(report)).status_code == 404


# --- Slips -------------------------------------------------------------------------------------------------------


def test_an_empty_section_that_is_done_is_a_plain_statement(cast: Cast, report: ProgressReport) -> None:
    client = as_person(cast.focal_colombia)
    assert client.post(at(report, "practice/"), words("", 1)).status_code == 302
    assert fresh(report).done_sections == ["practice"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a" * 100_000, "Use at most 20000 characters. There are 100000 now"),
        ("nul\x00inside", "This text holds characters that cannot be seen"),
    ],
    ids=["100 kB", "NUL"],
)
def test_what_cannot_be_stored_is_refused_and_kept(cast: Cast, report: ProgressReport, text: str, said: str) -> None:
    client = as_person(cast.focal_colombia)
    page = client.post(at(report, "practice/"), words(text, 1))
    assert page.status_code == 200
    assert said in page.content.decode()
    assert text.replace("\x00", "") in page.content.decode().replace("\x00", "")
    assert Draft.objects.get().fields["practice"] == text.replace("\x00", "")
    assert fresh(report).practice == ""


def test_an_answer_without_what_it_needs_is_asked_for(cast: Cast, report: ProgressReport) -> None:
    client = as_person(cast.focal_colombia)
    place = at(report, f"progress/{report.parts.order_by('pk')[0].pk}/")
    for typed, said in (
        ({}, "Choose whether there is progress, nothing changed, or you cannot report"),
        ({"answer": "x"}, "Choose whether there is progress, nothing changed, or you cannot report"),
        ({"answer": "progress"}, "Write what happened since the last report"),
        ({"answer": "cannot"}, "Choose why it cannot be given"),
        ({"answer": "cannot", "cannot_reason": "other"}, "Say in a few words why it cannot be given"),
    ):
        page = client.post(place, {**typed, "language": "en", "done": "1"})
        assert page.status_code == 200
        assert page.content.decode().count(said) == 2, "in the summary and at the field"


def test_a_session_that_ended_loses_nothing_that_was_kept(cast: Cast, report: ProgressReport) -> None:
    client = as_person(cast.focal_colombia)
    client.post(at(report, "practice/save/"), words("Mobile offices.", 1))
    client.logout()
    assert client.post(at(report, "practice/save/"), words("More.", 1)).status_code == 401
    client.force_login(cast.focal_colombia)
    assert "Mobile offices.</textarea>" in client.get(at(report, "practice/")).content.decode()


@pytest.mark.parametrize("place", ["synthesis/", "nothing/", "practice/1/", "progress/999/", "figures/0/"])
def test_a_place_that_is_not_there(cast: Cast, report: ProgressReport, place: str) -> None:
    assert as_person(cast.focal_colombia).get(at(report, place)).status_code == 404


def test_a_late_report_is_still_taken(cast: Cast, report: ProgressReport) -> None:
    with time_machine.travel(datetime(2027, 2, 1, 12, tzinfo=UTC), tick=False):
        client = as_person(cast.focal_colombia)
        assert "48 days late" in client.get(at(report)).content.decode()
        answer_everything(client, report)
        assert send(client, report).url == at(report, "received/")


def test_the_task_says_what_to_write_and_how_far_it_is(cast: Cast, report: ProgressReport) -> None:
    client = as_person(cast.focal_colombia)
    page = client.get("/en/workspace/").content.decode()
    assert "Write the report: November 2026 (Colombia)" in page
    assert "0 of 3" in page
    client.post(at(report, "progress/"), {"unchanged": "all"})
    page = client.get("/en/workspace/").content.decode()
    assert "2 of 3" in page
    assert "Continue" in page


def test_outsiders_client_cannot_post(report: ProgressReport) -> None:
    assert Client().post(at(report, "check/"), {}).status_code == 302
    assert fresh(report).state == "due"


# --- What a report without a report holds, and what comes back --------------------------------------------------


def test_what_will_be_published_is_read_before_it_is_sent(cast: Cast, report: ProgressReport) -> None:
    """Half a sentence typed before the report was given up."""
    focal = as_person(cast.focal_colombia)
    focal.post(at(report, "practice/"), words("Half a sentence", report.version))
    told = {"cannot": "1", "cannot_reason": "not_yet", "cannot_words": "Later.", "version": str(fresh(report).version)}
    focal.post(at(report, "check/"), told)
    assert "Half a sentence" in main_words(focal.get(at(report, "check/")))
    assert (
        "Obstacles and support needed" not in main_words(focal.get(at(report, "check/"))).partition("as it will be")[2]
    )


def test_an_answer_by_telephone_to_a_returned_report_is_logged(cast: Cast, report: ProgressReport) -> None:
    focal, office = as_person(cast.focal_colombia), as_person(cast.secretary)
    answer_everything(focal, report)
    send(focal, report)
    asked = [actions.Asked("Which desks?", Section.PRACTICE)]
    actions.return_report(report=fresh(report), questions=asked, due_on=TODAY, by=cast.actor(cast.secretary), at=NOON)
    page = main_words(office.get(at(report)))
    assert "This report came back with questions" in page
    assert "has not written this report yet" not in page
    version = str(fresh(report).version)
    assert office.post(at(report, "on-behalf/"), {**BASIS, "version": version}).url == at(report)
    assert (fresh(report).is_on_behalf, fresh(report).behalf_basis) == (True, "call")
    assert office.get(at(report, "practice/")).status_code == 200


def test_after_an_objection_everything_is_asked_again(cast: Cast, report: ProgressReport) -> None:
    office, focal = as_person(cast.secretary), as_person(cast.focal_colombia)
    office.post(at(report, "on-behalf/"), {**BASIS, "version": "1"})
    told = {"cannot": "1", "cannot_reason": "not_yet", "cannot_words": "Later.", "version": str(fresh(report).version)}
    office.post(at(report, "check/"), told)
    send(office, report)
    focal.post(at(report, "confirm/"), {"object": "1", "words": "We can.", "version": str(fresh(report).version)})
    assert fresh(report).state == "returned"
    focal.post(at(report, "check/"), {"can": "1", "version": str(fresh(report).version)})
    answer = send(focal, report)
    assert answer.status_code == 200, "the check page says what is missing"
    assert fresh(report).state == "returned"
