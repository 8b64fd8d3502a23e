"""What is typed for a step on a record that cannot be taken any more comes back with the reason, to copy."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import time_machine

from commitments.history import actions as history
from commitments.indicators import life, revising
from commitments.indicators.models import Indicator
from commitments.meetings import actions as meetings
from commitments.register.enums import LifeCycle
from tests.cast import NOON, STAGE, Cast
from tests.commitments.reporting.test_not_done import gives_back
from tests.commitments.workspace import test_life, test_meetings_held, test_milestones, test_organizations, test_told
from tests.commitments.workspace.test_life import as_person
from tests.commitments.workspace.test_revisions import indicator, sent, typed
from tests.factories import record
from tests.pages import main_words

pytestmark = pytest.mark.django_db
__all__ = ["indicator"]
DECIDED = "This was decided on in the meantime. Nothing was changed."
GONE = "What you wrote about is not here any more, so your words could not be kept."


@pytest.fixture(autouse=True)
def _noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


# --- Meetings ----------------------------------------------------------------------------------------------------


def test_an_outcome_of_a_meeting_that_was_cancelled_meanwhile(cast: Cast) -> None:
    meeting = test_meetings_held.a_meeting(cast)
    by = cast.actor(cast.second_secretary)
    cancelled = meetings.cancel_meeting(meeting=meeting, public_reason="A storm.", version=1, by=by, at=NOON)
    said = test_meetings_held.typed(public_reason="As the minutes say.", version=str(cancelled.version))
    answer = as_person(cast.secretary).post(test_meetings_held.address("outcome"), said)
    texts = ["Six employers were approved.", "Minutes of 20 November", "https://minutes.example", "As the minutes say."]
    gives_back(answer, *texts, why=DECIDED, back="/en/workspace/meetings/")


def test_a_meeting_that_was_moved_ahead_meanwhile_was_not_held(cast: Cast) -> None:
    moved = test_meetings_held.a_meeting(cast, start=date(2026, 12, 4), start_at=None)
    said = test_meetings_held.typed(version=str(moved.version))
    answer = as_person(cast.secretary).post(test_meetings_held.address("held"), said)
    texts = ["Six employers were approved.", "Minutes of 20 November", "https://minutes.example"]
    why = "This meeting has not begun yet: it cannot have been held. Nothing was changed."
    gives_back(answer, *texts, why=why, back="/en/workspace/meetings/")


def test_a_meeting_that_is_over_is_not_moved_and_gives_back_what_was_changed_alone(cast: Cast) -> None:
    meeting = test_meetings_held.a_meeting(cast, start=date(2026, 12, 4), start_at=None)
    held = history.change(meeting, by=STAGE, at=NOON, state="held")
    said = {
        "title": "Third meeting",
        "group": str(cast.labour.pk),
        "day": "2026-12-11",
        "time": "10:00",
        "zone": "America/Mexico_City",
        "place": "Bogotá",
        "public_reason": "The room was taken.",
        "version": str(held.version),
    }
    answer = as_person(cast.secretary).post("/en/workspace/meetings/third/edit/", said)
    why = "This meeting is over or cancelled. Nothing was changed."
    texts = ["11 December 2026", "10:00", "Bogotá", "The room was taken."]
    gives_back(answer, *texts, why=why, back="/en/workspace/meetings/")


def test_a_time_and_a_zone_come_back_in_words(cast: Cast) -> None:
    meeting = test_meetings_held.a_meeting(cast, start=date(2026, 12, 4), start_at=None)
    history.change(meeting, by=STAGE, at=NOON, state="held")
    said = {"group": str(cast.labour.pk), "day": "2026-12-04", "time": "09:30", "zone": "America/Bogota"}
    said |= {"title": "Third meeting", "place": meeting.place, "public_reason": "Voilà.", "version": "2"}
    answer = as_person(cast.secretary).post("/fr/workspace/meetings/third/edit/", said)
    gives_back(
        answer,
        "Third meeting",
        "9\u00a0h\u00a030",
        "Colombie\u00a0: Bogota",
        "Voilà.",
        why="",
        back="/fr/workspace/meetings/",
    )


# --- Milestones, documents, organizations -------------------------------------------------------------------------


def test_a_milestone_that_was_reached_on_another_day_meanwhile(cast: Cast) -> None:
    commitment = record.commitment(country=cast.colombia)
    row = test_milestones.on_record(commitment)
    url = test_milestones.address(commitment, f"{row.pk}/reached/")
    said = {"done_on_precision": "day", "source_title": "Gazette 7", "version": "1"}
    first = as_person(cast.second_secretary).post(url, {**said, "done_on": "2026-10-01"})
    assert first.status_code == 302
    row.refresh_from_db()
    answer = as_person(cast.secretary).post(url, {**said, "done_on": "2026-10-05", "version": str(row.version)})
    gives_back(answer, "5 October 2026", "Gazette 7", why=DECIDED, back=test_milestones.address(commitment))


def of_milestone(cast: Cast) -> tuple[str, dict[str, str]]:
    commitment = record.commitment(country=cast.colombia)
    row = test_milestones.on_record(commitment)
    return test_milestones.address(commitment, f"{row.pk}/"), test_milestones.typed(title="The law is published")


def of_document(cast: Cast) -> tuple[str, dict[str, str]]:
    commitment = record.commitment(country=cast.colombia)
    row = test_told.reported(commitment)
    return test_told.address(commitment, f"statuses/{row.pk}/"), test_told.said(source_title="The law is published")


def of_organization(_cast: Cast) -> tuple[str, dict[str, str]]:
    row = test_organizations.on_record()
    return f"{test_organizations.HOME}{row.pk}/", test_organizations.typed(name_en="The law is published")


@pytest.mark.parametrize("of", [of_milestone, of_document, of_organization])
def test_a_change_of_what_a_colleague_took_away_gives_back_its_words(
    cast: Cast, of: Callable[[Cast], tuple[str, dict[str, str]]]
) -> None:
    url, said = of(cast)
    why = {"public_reason": "It was recorded twice.", "version": "1"}
    colleague = as_person(cast.second_secretary)
    homes = [colleague.post(f"{url}take-away/", why, follow=True) for _click in range(2)]
    assert [("Taken away." in main_words(home), home.status_code) for home in homes] == [(True, 200)] * 2
    changed = as_person(cast.secretary).post(f"{url}change/", {**said, **why})
    assert changed.status_code == 404
    assert GONE in main_words(changed)
    assert "The law is published" in main_words(changed)
    assert "It was recorded twice." in main_words(changed)
    assert "Taken away." in main_words(as_person(cast.secretary).get(f"{url}change/", follow=True))


# --- The life of a commitment, and its status by hand ---------------------------------------------------------------


@pytest.mark.parametrize(("to", "own"), [("suspended", False), ("suspended", True)])
def test_a_step_that_was_taken_meanwhile_in_other_words(cast: Cast, to: str, own: bool) -> None:
    commitment = record.commitment(country=cast.colombia)
    url = f"/en/workspace/commitments/{commitment.code}/life/"
    said = test_life.typed(commitment, to=to)
    first, second = as_person(cast.secretary if own else cast.second_secretary), as_person(cast.secretary)
    back = f"/en/workspace/commitments/{commitment.code}/edit/"
    assert [first.post(url, said).url for _click in range(2)] == [back, back]
    answer = second.post(url, {**said, "reason": "A decree ended it."})
    texts = ["1 October 2026", "Only the month", "A decree ended it.", "Press note", "https://note.example"]
    gives_back(answer, *texts, why=DECIDED, back=back)


def test_a_step_that_is_not_lawful_any_more_in_the_moment_of_saving(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    commitment = record.commitment(country=cast.colombia)
    taken = life.take_step

    def overtaken(**said: Any) -> Any:
        taken(commitment=commitment, step=test_life.step(LifeCycle.ENDED), by=STAGE, at=NOON)
        return taken(**{**said, "version": None})

    monkeypatch.setattr(life, "take_step", overtaken)
    answer = as_person(cast.secretary).post(
        f"/en/workspace/commitments/{commitment.code}/life/", test_life.typed(commitment)
    )
    back = f"/en/workspace/commitments/{commitment.code}/edit/"
    texts = ["1 October 2026", "Only the month", "The money ran out.", "Press note", "https://note.example"]
    gives_back(answer, "Suspend it", *texts, why=DECIDED, back=back)


def test_a_status_by_hand_of_what_was_ended_meanwhile_gives_back_its_reason(cast: Cast) -> None:
    commitment = record.commitment(country=cast.colombia)
    test_life.take(commitment, LifeCycle.ENDED)
    said = {"status": "on_track", "reason": "The registry was moved.", "until": "2027-03-31"}
    answer = as_person(cast.secretary).post(f"/en/workspace/commitments/{commitment.code}/status/", said)
    texts = ["On track", "The registry was moved.", "31 March 2027"]
    gives_back(answer, *texts, why=DECIDED, back=f"/en/workspace/commitments/{commitment.code}/edit/")


# --- Proposals -----------------------------------------------------------------------------------------------------


def returned(cast: Cast, indicator: Indicator) -> tuple[Any, str, dict[str, str]]:
    """A proposed target that came back with a question, and what is sent to answer it."""
    row = sent(cast, indicator)
    by = cast.actor(cast.secretary)
    row = revising.return_revision(revision=row, question="Which programme?", by=by, at=NOON)
    said = typed(step="send", value="4,000", answer="The one for harvests.", version=str(row.version))
    return row, f"/en/workspace/revisions/{row.pk}/", said


def test_an_answer_that_somebody_of_the_post_gave_meanwhile(cast: Cast, indicator: Indicator) -> None:
    _row, url, said = returned(cast, indicator)
    first = as_person(cast.deputy_colombia)
    assert first.post(url, {**said, "answer": "The one for farms."}).url == url
    answer = as_person(cast.focal_colombia).post(url, said)
    gives_back(answer, "31 December 2028", "The one for harvests.", why=DECIDED, back=url)
    other = as_person(cast.focal_colombia).post(url, {**said, "value": "5,000", "step": "check"})
    gives_back(other, "5,000", "31 December 2028", "The one for harvests.", why=DECIDED, back=url)


def test_an_answer_clicked_twice_is_given_once(cast: Cast, indicator: Indicator) -> None:
    row, url, said = returned(cast, indicator)
    focal = as_person(cast.focal_colombia)
    assert focal.post(url, said).url == url
    again = focal.post(url, said)
    assert again.status_code == 200
    assert "What you typed" not in main_words(again)
    assert row.history.count() == 3


def test_a_proposed_indicator_that_was_sent_again_meanwhile(cast: Cast) -> None:
    row = record.indicator(record.commitment(country=cast.colombia), state="returned")
    url = f"/en/workspace/indicators/{row.code}/propose/"
    said = {
        "title": "People placed by the service",
        "unit": "people",
        "counting": "cumulative",
        "direction": "increase",
        "target": "4,000",
        "target_on": "2028-12-31",
        "version": str(row.version),
    }
    focal = as_person(cast.focal_colombia)
    clicks = [focal.post(url, said, follow=True) for _click in range(2)]
    assert [click.redirect_chain for click in clicks] == [[("/en/workspace/", 302)]] * 2
    assert "in the meantime" not in main_words(clicks[1])
    other = focal.post(url, {**said, "target": "5,000"})
    gives_back(other, "5,000", why=DECIDED, back="/en/workspace/")
    late = as_person(cast.deputy_colombia).post(url, {**said, "title": "Placed by anybody"})
    gives_back(late, "Placed by anybody", why=DECIDED, back="/en/workspace/")


# --- Whoever may not any more --------------------------------------------------------------------------------------


def test_whoever_left_the_post_while_typing_gets_the_words_back(cast: Cast) -> None:
    commitment = record.commitment(country=cast.colombia)
    url = test_milestones.address(commitment)
    office = as_person(cast.secretary)
    assert office.get(url).status_code == 200
    for post in cast.secretary.appointments.all():
        history.change(post, by=STAGE, at=NOON, valid_until=date(2026, 11, 1), role="reader")
    answer = office.post(url, test_milestones.typed())
    assert answer.status_code in {403, 404}
    assert "The law is in force" in main_words(answer)


def test_a_decision_without_words_that_one_may_not_take_gives_nothing_back(cast: Cast) -> None:
    row = record.indicator(record.commitment(country=cast.colombia))
    answer = as_person(cast.reader).post(f"/en/workspace/commitments/{row.commitment.code}/milestones/", {"step": "a"})
    assert answer.status_code == 403
    assert "What you typed" not in main_words(answer)
    assert "Where you can go" in main_words(answer)
