"""A decision badly filled in that nobody can make any more: the page says what happened, and keeps the words."""

import re
from typing import Any

import pytest

from commitments.history import actions as history
from commitments.indicators import proposals, revising
from commitments.indicators.models import Indicator, Measurement
from commitments.reporting import actions
from commitments.reporting.models import ProgressReport
from tests.cast import NOON, STAGE, Cast
from tests.commitments.reporting.test_corrections import proposed
from tests.commitments.reporting.test_review import address, asked_at, decide, thing
from tests.commitments.reporting.test_update import as_person
from tests.commitments.workspace.test_revisions import indicator, sent
from tests.factories import record
from tests.pages import main_words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon_and_own_files")]
__all__ = ["indicator", "thing"]

MEANWHILE = "This was decided on in the meantime. Nothing was changed."


def shows(answer: Any, status: int, words: str) -> str:
    """The page that comes again: with this status and these words to copy, and no link that leads nowhere."""
    page: str = answer.content.decode()
    assert answer.status_code == status
    assert f"<blockquote>{words}</blockquote>" in page
    assert "There is a problem" not in page
    assert "<title>Error:" not in page
    ids = set(re.findall(r'\bid="([^"]+)"', page))
    assert {link for link in re.findall(r'href="#([^"]+)"', page) if not link.startswith("i-")} <= ids
    return main_words(answer)


def badly_asked(thing: Any) -> dict[str, str]:
    """A question whose date to answer by is none."""
    return asked_at(thing) | {"due_on": "soon"}


def test_a_bad_question_on_what_was_decided_meanwhile(cast: Cast, thing: Any) -> None:
    decide(cast, "second_secretary", thing, decision="publish")
    assert MEANWHILE in shows(decide(cast, "secretary", thing, **badly_asked(thing)), 409, "Which offices?")


def test_a_bad_question_on_what_a_colleague_took_up(cast: Cast, thing: Any) -> None:
    decide(cast, "second_secretary", thing, decision="take")
    page = shows(decide(cast, "secretary", thing, **badly_asked(thing)), 409, "Which offices?")
    assert "Nothing was changed: take it over first." in page


def test_the_day_to_answer_by_comes_back_with_the_question_it_was_chosen_for(cast: Cast, thing: Any) -> None:
    decide(cast, "second_secretary", thing, decision="take")
    asked = asked_at(thing) | {"field": "source"}
    page = shows(decide(cast, "secretary", thing, **asked, due_on="2026-12-09"), 409, "9 December 2026")
    assert "Answer by 9 December 2026" in page
    assert ("About Source" in page) is isinstance(thing, Measurement)
    assert "Which offices?" in page
    page = shows(decide(cast, "secretary", thing, **asked), 409, "Which offices?")
    assert "Answer by 1 December 2026" not in page, "the day that stood there already"


@pytest.mark.parametrize("due_on", ["soon", "2026-12-01"])
def test_a_question_on_what_is_ones_own_by_now(cast: Cast, thing: Any, due_on: str) -> None:
    own = {"entered_by": cast.secretary} if isinstance(thing, Measurement) else {"sent_by": cast.secretary}
    history.change(thing, by=STAGE, at=NOON, **own)
    page = shows(decide(cast, "secretary", thing, **badly_asked(thing) | {"due_on": due_on}), 403, "Which offices?")
    assert "another member of the secretariat" in page


def test_a_decision_without_words_on_what_was_decided_meanwhile_leads_to_the_queue(cast: Cast, thing: Any) -> None:
    decide(cast, "second_secretary", thing, decision="publish")
    fields = {"decision": "return", "due_on": "2026-12-01", "version": "1"}
    answer = as_person(cast.secretary).post(address(thing), fields, follow=True)
    assert answer.redirect_chain == [("/en/workspace/review/", 302)]
    assert MEANWHILE in main_words(answer)


def test_a_bad_question_on_what_reads_otherwise_by_now(cast: Cast, thing: Any) -> None:
    stale = str(thing.version)
    changed = {"reason": "Counted anew."} if isinstance(thing, Measurement) else {"obstacles": "Counted anew."}
    history.change(thing, by=STAGE, at=NOON, **changed)
    answer = decide(cast, "secretary", thing, **badly_asked(thing), version=stale)
    assert answer.status_code == 409
    page = main_words(answer)
    assert "Somebody changed this in the meantime. Read it again, then decide." in page
    assert "There is a problem" in page, "its form is there: what is wrong is said too"
    assert "Which offices?" in page


def test_a_correction_declined_without_words_after_it_was_decided(cast: Cast, country_report: ProgressReport) -> None:
    row = proposed(cast, country_report, practice="Two desks.")
    actions.approve_correction(correction=row, by=cast.actor(cast.second_secretary), at=NOON)
    long = "Three desks, we were told. " * 200
    for answer in ("", long):
        fields = {"decision": "decline", "answer": answer, "version": "1"}
        page = as_person(cast.secretary).post(f"/en/workspace/review/corrections/{row.pk}/", fields)
        assert page.status_code == 409
        assert MEANWHILE in main_words(page)
        assert "There is a problem" not in page.content.decode()
        assert answer.strip() in page.content.decode()


def test_a_bad_correction_while_another_waits_keeps_its_words(cast: Cast, country_report: ProgressReport) -> None:
    proposed(cast, country_report, practice="Two desks.")
    typed = {"practice": "Three desks.", "reason": "", "version": str(country_report.version)}
    answer = as_person(cast.deputy_colombia).post(f"/en/workspace/reports/{country_report.pk}/correct/", typed)
    page = main_words(answer)
    assert "Somebody else proposed a correction meanwhile" in page
    assert "Three desks." in page


def test_a_bad_question_on_a_proposed_change_that_was_agreed_meanwhile(cast: Cast, indicator: Indicator) -> None:
    row = sent(cast, indicator)
    revising.approve_revision(revision=row, by=cast.actor(cast.second_secretary), at=NOON)
    long = "Who pays? " * 100 + "End."
    fields = {"decision": "return", "question": long, "version": "1"}
    answer = as_person(cast.secretary).post(f"/en/workspace/review/revisions/{row.pk}/", fields)
    assert MEANWHILE in shows(answer, 409, long)


def test_an_agreement_to_what_fits_no_more_wants_no_second_look(cast: Cast, indicator: Indicator) -> None:
    row = sent(cast, indicator, reason="Ask Ana, ana@example.org.", looked="on")
    row = history.change(row, by=STAGE, at=NOON, value=None)
    answer = as_person(cast.secretary).post(
        f"/en/workspace/review/revisions/{row.pk}/", {"decision": "approve", "version": str(row.version)}
    )
    assert answer.status_code == 409
    assert "The figure is missing." in main_words(answer)
    assert "There is a problem" not in main_words(answer)


def test_a_bad_question_on_a_proposed_indicator_that_was_published_meanwhile(cast: Cast) -> None:
    row = record.indicator(record.commitment(country=cast.colombia), state="sent")
    proposals.publish_indicator(indicator=row, by=cast.actor(cast.second_secretary), at=NOON, version=row.version)
    long = "Who pays? " * 100 + "End."
    fields = {"decision": "return", "question": long, "version": "1"}
    answer = as_person(cast.secretary).post(f"/en/workspace/review/indicators/{row.code}/", fields)
    assert MEANWHILE in shows(answer, 409, long)


@pytest.mark.parametrize("due_on", ["soon", "2026-12-01"])
def test_a_question_on_a_report_that_was_taken_back(cast: Cast, country_report: ProgressReport, due_on: str) -> None:
    row = history.change(country_report, by=STAGE, at=NOON, state="draft", published_at=None, accepted_at=None)
    asked = {"decision": "return", "q-obstacles": "Which registry?", "due_on": due_on}
    page = shows(decide(cast, "secretary", row, **asked), 409, "Which registry?")
    assert "Whoever sent it took it back in the meantime; it comes again when it is sent. Nothing was changed." in page
    assert "decided on" not in page
    assert "This report has not been sent." in page


def test_what_is_back_with_a_question_is_not_called_decided(cast: Cast, thing: Any) -> None:
    decide(cast, "secretary", thing, **asked_at(thing))
    page = main_words(as_person(cast.secretary).get(address(thing)))
    assert "Returned with a question. It comes back when it is answered." in page
    assert "is decided on" not in page
