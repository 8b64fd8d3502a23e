"""A report after it was sent: taken back, objected to, put right by two persons in the open."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commitments.appointments.models import Appointment
from commitments.history import actions as history
from commitments.history.actions import EditedMeanwhileError
from commitments.indicators.actions import OwnWorkError, StepRefusedError
from commitments.notices.models import Notice
from commitments.reporting import actions, printing
from commitments.reporting.codes import spaced
from commitments.reporting.enums import Section
from commitments.reporting.gathering import received_on
from commitments.reporting.models import PrintedReport, ProgressReport, ReportCorrection, ReportQuestion
from commitments.reporting.punctuality import report_squares
from tests.cast import NOON, STAGE, TODAY, Cast
from tests.commitments.reporting.papers import made
from tests.commitments.reporting.test_country_report import answer_everything, as_person, at, fresh, send
from tests.factories import record
from tests.pages import links, main_words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon_and_own_files")]

COUNTRY = "/en/reports/cycle-2026-12-15/COL/"
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def report(cast: Cast) -> ProgressReport:
    """Colombia owes two commitments, one of them with a figure."""
    cycle = record.cycle()
    record.entry(record.indicator(record.commitment("LAD-COL-903", country=cast.colombia)), cycle)
    return record.country_report(record.commitment("LAD-COL-902", country=cast.colombia), cycle)


def correct(report: ProgressReport) -> str:
    return f"/en/workspace/reports/{report.pk}/correct/"


def texts(report: ProgressReport, **changed: str) -> dict[str, str]:
    """The form as it comes, with some texts changed."""
    stand = {name: getattr(report, name) for name in ("summary", "obstacles", "practice", "coherence_words")}
    stand |= {f"part-{part.pk}": part.words for part in report.parts.all()}
    return {**stand, "reason": "A slip of the pen.", "language": "en", "version": str(report.version), **changed}


def proposed(cast: Cast, report: ProgressReport, by: Any = None, **changed: str) -> ReportCorrection:
    """A correction that the focal point sent, or somebody else."""
    answer = as_person(by or cast.focal_colombia).post(correct(report), texts(report, **changed))
    assert answer.status_code == 302, answer.content.decode()
    return report.corrections.get(state="sent")


def decide(person: Any, row: ReportCorrection, **said: str) -> Any:
    typed = {"decision": "approve", "version": str(row.version), **said}
    return as_person(person).post(f"/en/workspace/review/corrections/{row.pk}/", typed)


# --- Taken back --------------------------------------------------------------------------------------------------


def test_a_sent_report_is_taken_back_changed_and_sent_again(cast: Cast, report: ProgressReport) -> None:
    focal = as_person(cast.focal_colombia)
    answer_everything(focal, report)
    send(focal, report)
    assert correct(report) in focal.get(at(report)).content.decode()
    assert "Nobody has begun to read it." in main_words(focal.get(correct(report)))
    taken = focal.post(correct(report), {"recall": "1", "version": str(fresh(report).version)})
    assert (taken.url, fresh(report).state, fresh(report).sent_at, fresh(report).sent_by) == (
        at(report),
        "draft",
        None,
        None,
    )
    typed = {"practice": "Mobile offices.", "language": "en", "version": str(fresh(report).version), "done": "1"}
    assert focal.post(at(report, "practice/"), typed).status_code == 302
    assert send(focal, report).url == at(report, "received/")
    assert (fresh(report).state, fresh(report).practice) == ("sent", "Mobile offices.")


def test_what_was_taken_back_did_not_come_in_time(cast: Cast, report: ProgressReport) -> None:
    history.change(report, by=STAGE, at=NOON, state="sent", sent_at=NOON, sent_by=cast.focal_colombia)
    by, late = cast.actor(cast.focal_colombia), datetime(2026, 12, 18, 12, tzinfo=UTC)

    def seen(on: date) -> tuple[str, int | None]:
        [square] = report_squares(on=on, country=cast.colombia)
        received = received_on(report.cycle).get(report.pk)
        return square.kind, (received - report.due_on).days if received else None

    assert seen(TODAY)[0] == "on_time"
    actions.recall_report(report=fresh(report), by=by, at=NOON)
    assert seen(date(2026, 12, 17)) == ("missing", None)
    history.change(fresh(report), by=by, at=late, state="sent", sent_at=late)
    assert seen(date(2026, 12, 20)) == ("late", 3)


def test_what_answered_a_question_comes_back_with_its_question(cast: Cast, report: ProgressReport) -> None:
    focal = as_person(cast.focal_colombia)
    answer_everything(focal, report)
    send(focal, report)
    first = fresh(report).sent_at
    asked = [actions.Asked("Which ones?", Section.OBSTACLES)]
    by = cast.actor(cast.secretary)
    actions.return_report(report=fresh(report), questions=asked, due_on=TODAY, by=by, at=NOON)
    question = report.questions.get()
    step = {"report": fresh(report), "by": cast.actor(cast.focal_colombia)}
    actions.send_report(answers={question.pk: "The two in the south."}, at=LATER, **step)
    actions.recall_report(report=fresh(report), by=cast.actor(cast.focal_colombia), at=LATER)
    question.refresh_from_db()
    assert (question.is_open, question.answer) == (True, "The two in the south.")
    assert (fresh(report).state, fresh(report).sent_at) == ("returned", first)
    page = focal.get(at(report, "obstacles/")).content.decode()
    assert "The two in the south.</textarea>" in page
    assert focal.get(at(report, "practice/")).content.decode().count("<textarea") == 0, "only its place is open"


@pytest.mark.parametrize("state", ["in_review", "accepted", "published"])
def test_what_is_being_read_or_decided_on_is_not_taken_back(cast: Cast, report: ProgressReport, state: str) -> None:
    history.change(report, by=STAGE, at=NOON, state=state, sent_at=NOON, sent_by=cast.focal_colombia)
    focal = as_person(cast.focal_colombia)
    assert focal.post(correct(report), {"recall": "1", "version": str(report.version)}).url == correct(report)
    assert fresh(report).state == state
    page = main_words(focal.get(correct(report)))
    assert ("The secretariat is reading it." in page) == (state == "in_review")


def test_nothing_is_taken_back_in_a_closed_cycle(cast: Cast, report: ProgressReport) -> None:
    history.change(report, by=STAGE, at=NOON, state="sent", sent_at=NOON, sent_by=cast.focal_colombia)
    history.change(report.cycle, by=STAGE, at=NOON, closed_at=NOON)
    with pytest.raises(actions.LockedError):
        actions.recall_report(report=fresh(report), by=cast.actor(cast.focal_colombia), at=NOON)


def test_only_those_who_sent_it_take_it_back(cast: Cast, report: ProgressReport) -> None:
    history.change(report, by=STAGE, at=NOON, state="sent", sent_at=NOON, sent_by=cast.focal_colombia)
    said = {"recall": "1", "version": str(report.version)}
    assert as_person(cast.secretary).post(correct(report), said).status_code == 403
    assert as_person(cast.focal_canada).get(correct(report)).status_code == 404
    assert fresh(report).state == "sent"
    history.change(report, by=STAGE, at=NOON, is_on_behalf=True, sent_by_id=cast.secretary.pk)
    said = {"recall": "1", "version": str(report.version)}
    assert as_person(cast.focal_colombia).post(correct(report), said).status_code == 403
    assert as_person(cast.second_secretary).post(correct(report), said).url == at(report)


# --- Not confirmed -----------------------------------------------------------------------------------------------


@pytest.fixture
def on_behalf(cast: Cast, report: ProgressReport) -> ProgressReport:
    """The secretariat wrote it and sent it for Colombia."""
    said = {"behalf_basis": "call", "behalf_on": TODAY, "practice": "Mobile offices."}
    sent = {"state": "sent", "sent_at": NOON, "sent_by": cast.secretary, "is_on_behalf": True}
    return history.change(report, by=STAGE, at=NOON, language="en", **said, **sent)


def test_a_country_says_why_what_was_written_for_it_is_not_right(cast: Cast, on_behalf: ProgressReport) -> None:
    focal, office = as_person(cast.focal_colombia), as_person(cast.secretary)
    empty = focal.post(at(on_behalf, "confirm/"), {"object": "1", "version": str(on_behalf.version)})
    assert empty.content.decode().count("Say what is not right<") == 2, "in the summary and at the field"
    said = {"object": "1", "words": "The offices are **not** mobile.", "version": str(on_behalf.version)}
    assert focal.post(at(on_behalf, "confirm/"), said).url == at(on_behalf)
    back = fresh(on_behalf)
    assert (back.state, back.confirmed_by, back.accepted_by) == ("returned", None, None)
    assert ProgressReport.history.filter(id=back.pk).first().history_change_reason == "The offices are **not** mobile."
    assert "Put the report right: November 2026 (Colombia)" in office.get("/en/workspace/").content.decode()
    page = office.get(at(on_behalf)).content.decode()
    assert "The country does not confirm this report" in page
    assert "The offices are <strong>not</strong> mobile." in page

    typed = {"practice": "Two offices.", "language": "en", "version": str(back.version), "done": "1"}
    assert office.post(at(on_behalf, "practice/"), typed).status_code == 302
    answer_everything(office, on_behalf)
    assert send(office, on_behalf).url == at(on_behalf, "received/")
    again = fresh(on_behalf)
    assert (again.state, again.practice, again.is_on_behalf) == ("sent", "Two offices.", True)
    assert not again.questions.get().is_open
    read = main_words(as_person(cast.second_secretary).get(f"/en/workspace/review/country-reports/{again.pk}/"))
    assert "The country did not confirm it, because: The offices are not mobile." in read
    assert focal.post(at(on_behalf, "confirm/"), {"version": str(again.version)}).status_code == 302
    assert fresh(on_behalf).state == "accepted"


def test_the_country_may_write_its_own_instead(cast: Cast, on_behalf: ProgressReport) -> None:
    focal = as_person(cast.focal_colombia)
    focal.post(at(on_behalf, "confirm/"), {"object": "1", "words": "No.", "version": str(on_behalf.version)})
    assert "Write the report: November 2026 (Colombia)" in focal.get("/en/workspace/").content.decode()
    typed = {"practice": "Our own words.", "language": "en", "version": str(fresh(on_behalf).version), "done": "1"}
    assert focal.post(at(on_behalf, "practice/"), typed).status_code == 302
    answer_everything(focal, on_behalf)
    assert send(focal, on_behalf).url == at(on_behalf, "received/")
    sent = fresh(on_behalf)
    assert (sent.state, sent.is_on_behalf, sent.sent_by) == ("sent", False, cast.focal_colombia)


def test_only_a_report_for_the_country_is_objected_to_once_and_as_it_was_read(
    cast: Cast, on_behalf: ProgressReport
) -> None:
    focal = as_person(cast.focal_colombia)
    stale = focal.post(at(on_behalf, "confirm/"), {"object": "1", "words": "Not so.", "version": "1"})
    assert "Read it again, then send your words" in stale.content.decode()
    assert "Not so.</textarea>" in stale.content.decode()
    step: dict[str, Any] = {"words": "No.", "due_on": TODAY, "at": NOON}
    with pytest.raises(OwnWorkError):
        actions.object_to_report(report=fresh(on_behalf), by=cast.actor(cast.secretary), **step)
    actions.object_to_report(report=fresh(on_behalf), by=cast.actor(cast.focal_colombia), **step)
    with pytest.raises(StepRefusedError):
        actions.object_to_report(report=fresh(on_behalf), by=cast.actor(cast.focal_colombia), **step)
    assert ReportQuestion.objects.count() == 1


# --- Put right ---------------------------------------------------------------------------------------------------


def test_a_published_report_is_put_right_by_two_persons_in_the_open(cast: Cast, country_report: ProgressReport) -> None:
    part = country_report.parts.get()
    old = made(country_report)
    changed = {"obstacles": "Visas take *nine* weeks.", f"part-{part.pk}": "Places opened in coffee."}
    row = proposed(cast, country_report, **changed)
    assert (fresh(country_report).obstacles, len(row.texts)) == ("Visas take long.", 2)
    waits = main_words(as_person(cast.focal_colombia).get(correct(country_report)))
    assert "A correction waits since 24 November 2026." in waits
    queue = as_person(cast.secretary).get("/en/workspace/review/").content.decode()
    assert f"/en/workspace/review/corrections/{row.pk}/" in queue

    with time_machine.travel(LATER, tick=False):
        assert decide(cast.secretary, row).url == "/en/workspace/review/"
        now = fresh(country_report)
        assert (now.state, now.obstacles, now.corrected_at) == ("published", "Visas take *nine* weeks.", LATER)
        part.refresh_from_db()
        assert part.words == "Places opened in coffee."
        page = Client().get(COUNTRY)
        words = main_words(page)
        assert "<em>nine</em> weeks" in page.content.decode()
        assert "Corrected on 24 November 2026" in words
        assert "A slip of the pen. Words before" in words
        assert "Visas take long." in words
        assert "Places opened in coffee and flowers." in words
        assert "The files are being made" in words, "the file of before is not offered as the report"

        checked = main_words(Client().get(f"/en/check/{spaced(old.code)}/"))
        assert "The words of this report were corrected on 24 November 2026, after this file was made." in checked
        assert "This is the newest file" not in checked
        assert printing.owe_published(LATER) == 4
        new = made(now)
    assert new.version == old.version + 1
    checked = main_words(Client().get(f"/en/check/{spaced(old.code)}/"))
    assert "Save the newest file" in checked
    assert "This is the newest file" in main_words(Client().get(f"/en/check/{spaced(new.code)}/"))
    assert Client().get(f"/en/reports/files/{old.code}/").status_code == 200, "what was cited can be had"


def test_nobody_decides_on_their_own_correction(cast: Cast, country_report: ProgressReport) -> None:
    office = as_person(cast.secretary)
    assert office.post(correct(country_report), texts(country_report, practice="Two desks.")).status_code == 302
    row = country_report.corrections.get()
    assert decide(cast.secretary, row).status_code == 403
    assert "You proposed this yourself." in main_words(office.get(f"/en/workspace/review/corrections/{row.pk}/"))
    with pytest.raises(OwnWorkError):
        actions.approve_correction(correction=row, by=cast.actor(cast.secretary), at=NOON)
    for person in (cast.focal_colombia, cast.lead_labour, cast.administrator):
        assert decide(person, row).status_code in {403, 404}
    assert fresh(country_report).practice == "One desk for all."
    assert decide(cast.second_secretary, row).status_code == 302
    assert fresh(country_report).practice == "Two desks."


def test_a_correction_is_declined_with_words_and_another_may_follow(cast: Cast, country_report: ProgressReport) -> None:
    row = proposed(cast, country_report, practice="Two desks.")
    empty = decide(cast.secretary, row, decision="decline", answer="")
    assert empty.content.decode().count("Say why the report stays as it is<") == 2
    decide(cast.secretary, row, decision="decline", answer="There is one desk.")
    row.refresh_from_db()
    assert (row.state, row.answer, fresh(country_report).practice) == (
        "returned",
        "There is one desk.",
        "One desk for all.",
    )
    page = main_words(as_person(cast.focal_colombia).get(correct(country_report)))
    assert "Declined, because: There is one desk." in page
    assert "There is one desk." not in main_words(Client().get(COUNTRY)), "what was not agreed is not public"
    assert proposed(cast, country_report, practice="A desk.").pk != row.pk


def test_a_correction_can_be_withdrawn_by_its_author_alone(cast: Cast, country_report: ProgressReport) -> None:
    row = proposed(cast, country_report, practice="Two desks.")
    said = {"withdraw": "1", "version": str(row.version)}
    assert as_person(cast.secretary).post(correct(country_report), said).status_code == 403
    assert as_person(cast.focal_colombia).post(correct(country_report), said).status_code == 302
    assert country_report.corrections.count() == 0
    assert ReportCorrection.history.filter(id=row.pk, history_type="-").count() == 1


@pytest.mark.parametrize(
    ("changed", "said", "status"),
    [
        ({"reason": " ", "practice": "Two desks."}, "Say what was wrong: the reason is public", 200),
        ({}, "Change at least one of the texts or answers", 200),
        ({"practice": "Two desks.", "version": "99"}, "The report was changed in the meantime.", 409),
    ],
    ids=["no reason", "no change", "another version"],
)
def test_what_is_no_correction_comes_back_as_typed(
    cast: Cast, country_report: ProgressReport, changed: dict[str, str], said: str, status: int
) -> None:
    typed = texts(country_report, **changed)
    page = as_person(cast.focal_colombia).post(correct(country_report), typed)
    assert page.status_code == status
    assert said in page.content.decode()
    assert typed["practice"] in page.content.decode()
    assert ReportCorrection.objects.count() == 0


def test_two_corrections_at_once_are_one_and_nothing_typed_is_lost(cast: Cast, country_report: ProgressReport) -> None:
    proposed(cast, country_report, practice="Two desks.")
    again = as_person(cast.focal_colombia).post(correct(country_report), texts(country_report, practice="Two desks."))
    assert again.url == correct(country_report), "the second of two clicks"
    second = as_person(cast.deputy_colombia).post(correct(country_report), texts(country_report, practice="Three."))
    assert "Somebody else proposed a correction meanwhile" in main_words(second)
    assert "Three." in main_words(second)
    assert [row.texts[0]["now"] for row in ReportCorrection.objects.all()] == ["Two desks."]


def test_words_of_who_decides_second_are_not_lost(cast: Cast, country_report: ProgressReport) -> None:
    row = proposed(cast, country_report, practice="Two desks.")
    assert decide(cast.secretary, row).url == "/en/workspace/review/"
    late = decide(cast.second_secretary, row, decision="decline", answer="Three desks, we were told.")
    assert late.status_code == 409
    assert "This was decided on in the meantime." in late.content.decode()
    assert "Your answer Three desks, we were told." in main_words(late)


def test_a_correction_holds_only_for_the_words_that_it_corrects(cast: Cast, country_report: ProgressReport) -> None:
    row = proposed(cast, country_report, practice="Two desks.")
    history.change(fresh(country_report), by=STAGE, at=NOON, practice="Somebody else’s words.")
    with pytest.raises(StepRefusedError):
        actions.approve_correction(correction=row, by=cast.actor(cast.secretary), at=NOON)
    with pytest.raises(EditedMeanwhileError):
        actions.approve_correction(correction=row, by=cast.actor(cast.secretary), at=NOON, version=7)
    row.refresh_from_db()
    assert row.state == "sent"


def test_an_accepted_report_is_put_right_before_it_is_public(cast: Cast, report: ProgressReport) -> None:
    accepted = {"state": "accepted", "sent_at": NOON, "sent_by": cast.focal_colombia, "accepted_at": NOON}
    history.change(report, by=STAGE, at=NOON, obstacles="Nien.", language="en", **accepted)
    row = proposed(cast, fresh(report), obstacles="Nine.")
    decide(cast.secretary, row)
    assert (fresh(report).state, fresh(report).obstacles) == ("accepted", "Nine.")
    with time_machine.travel(LATER, tick=False):
        actions.publish_report(report=fresh(report), by=cast.actor(cast.secretary), at=LATER)
        words = main_words(Client().get(COUNTRY))
    assert "Nine." in words
    assert "Nien." not in words, "what nobody could read before is not told"
    assert "Corrected on" not in words


def test_a_summary_put_right_loses_its_translations(cast: Cast, group_report: ProgressReport) -> None:
    typed = {name: getattr(group_report, name) for name in ("purpose", "outcomes", "obstacles")}
    typed |= {
        "reason": "Three.",
        "language": "en",
        "version": str(group_report.version),
        "summary": "Three programmes.",
    }
    assert as_person(cast.lead_labour).post(correct(group_report), typed).status_code == 302
    decide(cast.secretary, group_report.corrections.get())
    assert group_report.translations.count() == 0
    page = main_words(Client().get("/fr/reports/cycle-2026-12-15/labor-mobility/"))
    assert "Three programmes." in page
    assert "Deux programmes saisonniers ont été ouverts." in page, "as a text from before"


def test_words_that_hold_personal_data_are_kept_and_not_shown(cast: Cast, country_report: ProgressReport) -> None:
    old = made(country_report)
    row = proposed(cast, country_report, practice="One desk.", is_withheld="on")
    with time_machine.travel(LATER, tick=False):
        decide(cast.secretary, row)
        words = main_words(Client().get(COUNTRY))
        assert "The words before held personal data and are not shown." in words
        assert "One desk for all." not in words
        assert Client().get(f"/en/reports/files/{old.code}/").status_code == 404
    assert row.texts[0]["was"] == "One desk for all."


def test_a_file_made_while_words_are_being_withheld_does_not_show_them(
    cast: Cast, country_report: ProgressReport
) -> None:
    """The approver's request begins, a file is made of the words that still stand, and then the request is done."""
    row = proposed(cast, country_report, practice="One desk.", is_withheld="on")
    with time_machine.travel(LATER, tick=False):
        old = made(country_report)
        public = f"/en/reports/files/{old.code}/"
        assert Client().get(public).status_code == 200
        actions.approve_correction(correction=row, by=cast.actor(cast.secretary), at=NOON)
        assert Client().get(public).status_code == 404
        assert f"/en/reports/files/{old.code}/" not in links(Client().get(COUNTRY))
        new = made(fresh(country_report))
        assert Client().get(f"/en/reports/files/{new.code}/").status_code == 200
        checked = main_words(Client().get(f"/en/check/{spaced(old.code)}/"))
    assert "The words of this report were corrected on 24 November 2026, after this file was made." in checked


def test_what_may_be_about_a_person_is_looked_at_before_it_is_public(
    cast: Cast, country_report: ProgressReport
) -> None:
    row = proposed(cast, country_report, practice="Write to ana@example.org.")
    assert "tick the box" in decide(cast.secretary, row).content.decode()
    assert fresh(country_report).practice == "One desk for all."
    assert decide(cast.secretary, row, looked="on").status_code == 302
    assert fresh(country_report).practice == "Write to ana@example.org."


@pytest.mark.parametrize(
    ("said", "withheld"), [({"is_withheld": "on"}, True), ({"looked": "on"}, False)], ids=["withheld", "looked at"]
)
def test_who_agrees_looks_at_the_words_before_and_may_withhold_them(
    cast: Cast, country_report: ProgressReport, said: dict[str, str], withheld: bool
) -> None:
    history.change(country_report, by=STAGE, at=NOON, practice="Write to ana@example.org.")
    row = proposed(cast, fresh(country_report), practice="One desk.")
    page = main_words(as_person(cast.secretary).get(f"/en/workspace/review/corrections/{row.pk}/"))
    assert "The words before may be about a person an e-mail address (ana@example.org)" in page
    assert "tick the box" in decide(cast.secretary, row).content.decode()
    assert fresh(country_report).practice == "Write to ana@example.org."
    assert decide(cast.secretary, row, **said).status_code == 302
    words = main_words(Client().get(COUNTRY))
    assert ("The words before held personal data and are not shown." in words) is withheld
    assert ("ana@example.org" in words) is not withheld


def test_hostile_words_are_harmless_wherever_a_correction_is_read(cast: Cast, country_report: ProgressReport) -> None:
    hostile = "<script>alert(1)</script> [x](javascript:alert(2)) <img src=x onerror=alert(3)>"
    row = proposed(cast, country_report, practice=hostile, reason=hostile)
    pages = [as_person(cast.secretary).get(f"/en/workspace/review/corrections/{row.pk}/")]
    pages.append(as_person(cast.focal_colombia).get(correct(country_report)))
    decide(cast.secretary, row, looked="on")
    pages += [Client().get(COUNTRY), as_person(cast.focal_colombia).get(correct(country_report))]
    for page in pages:
        text = page.content.decode()
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert 'href="javascript:' not in text
    assert fresh(country_report).practice == hostile


def test_who_proposed_it_is_told_once_what_became_of_it(cast: Cast, country_report: ProgressReport) -> None:
    row = proposed(cast, country_report, practice="Two desks.")
    assert Notice.objects.count() == 0
    decide(cast.secretary, row)
    told = Notice.objects.get(kind="correction_decided")
    assert (told.recipient, told.object_id) == (cast.focal_colombia, row.pk)


@pytest.mark.parametrize("stands_in", [True, False])
def test_who_answers_for_a_report_is_told_when_somebody_else_put_it_right(
    cast: Cast, country_report: ProgressReport, stands_in: bool
) -> None:
    if not stands_in:
        post = Appointment.objects.get(user=cast.deputy_colombia)
        history.change(post, by=STAGE, at=NOON, valid_until=TODAY - timedelta(days=1))
    row = proposed(cast, country_report, practice="Two desks.", by=cast.secretary)
    decide(cast.second_secretary, row)
    told = Notice.objects.get(kind="report_corrected")
    answers = cast.deputy_colombia if stands_in else cast.focal_colombia
    assert (told.recipient, told.object_id) == (answers, row.pk)
    row = proposed(cast, fresh(country_report), practice="Three desks.", by=answers)
    decide(cast.secretary, row)
    assert not Notice.objects.filter(kind="report_corrected", object_id=row.pk).exists()


def test_a_cycle_is_not_closed_while_a_correction_waits(cast: Cast, country_report: ProgressReport) -> None:
    close = f"/en/workspace/cycles/{country_report.cycle.slug}/close/"
    office = as_person(cast.second_secretary)
    assert "Nothing waits for review." in main_words(office.get(close))
    row = proposed(cast, country_report, practice="Two desks.", by=cast.secretary)
    page = office.get(close)
    assert "1 thing waits for your decision." in main_words(page)
    assert "/en/workspace/review/" in links(page)
    assert f"/en/workspace/review/corrections/{row.pk}/" in links(office.get("/en/workspace/review/"))
    decide(cast.second_secretary, row)
    assert "Nothing waits for review." in main_words(office.get(close))


def test_nobody_is_told_of_a_correction_that_was_declined(cast: Cast, country_report: ProgressReport) -> None:
    row = proposed(cast, country_report, practice="Two desks.", by=cast.secretary)
    decide(cast.second_secretary, row, decision="decline", answer="No.")
    assert not Notice.objects.filter(kind="report_corrected").exists()


def test_the_public_page_asks_as_much_whatever_was_corrected(cast: Cast, country_report: ProgressReport) -> None:
    counted = []
    for number in range(3):
        decide(cast.secretary, proposed(cast, fresh(country_report), practice=f"Desk {number}."))
        with CaptureQueriesContext(connection) as queries:
            Client().get(COUNTRY)
        counted.append(len(queries))
    assert counted[0] == counted[2]
    assert PrintedReport.objects.count() == 0
