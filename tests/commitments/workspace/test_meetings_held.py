"""Meetings after their day: noted as held with what came of them, put right, called off, and what readers see."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from commitments.history import actions as history
from commitments.history.actions import EditedMeanwhileError
from commitments.meetings import actions
from commitments.meetings.models import Meeting
from commitments.sources.models import Source
from tests.cast import NOON, STAGE, Cast
from tests.commitments.workspace.test_queries import counter
from tests.pages import main_words

pytestmark = pytest.mark.django_db
LIST = "/en/workspace/meetings/"
MINUTES = {"source_title": "Minutes of 20 November", "source_url": "https://minutes.example"}


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOON, tick=False) as travelling:
        yield travelling


def as_person(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def a_meeting(cast: Cast, slug: str = "third", **columns: Any) -> Meeting:
    """A planned meeting of the group whose day has passed."""
    defaults: dict[str, Any] = {
        "title_en": "Third meeting",
        "group": cast.labour,
        "mechanism": cast.declaration,
        "start": date(2026, 11, 20),
        "start_precision": "day",
        "start_at": datetime(2026, 11, 20, 16, tzinfo=UTC),
        "time_zone": "America/Mexico_City",
    }
    return history.create(Meeting(slug=slug, **(defaults | columns)), by=STAGE, at=NOON - timedelta(days=9))


def address(step: str, slug: str = "third") -> str:
    return f"/en/workspace/meetings/{slug}/{step}/"


def typed(**changes: str) -> dict[str, str]:
    return {"outcome": "Six employers were approved.", **MINUTES, "version": "1", **changes}


def public(slug: str = "third", language: str = "en") -> str:
    return main_words(Client().get(f"/{language}/meetings/{slug}/"))


def of_list(person: Any) -> str:
    return main_words(as_person(person).get(LIST))


def test_it_is_noted_as_held_with_its_outcome_and_read_by_everybody(cast: Cast) -> None:
    a_meeting(cast)
    office = as_person(cast.secretary)
    assert "Their day has passed" in main_words(office.get(LIST))
    assert "Third meeting" in main_words(office.get(address("held")))
    assert "Outcome not on record" in public()
    assert office.post(address("held"), typed(is_verified="on")).url == LIST
    shown = public()
    assert "Held" in shown
    assert "Outcome Six employers were approved. Source Minutes of 20 November" in shown
    assert "Checked against the source" in shown
    after = main_words(office.get(LIST))
    assert "Their day has passed" not in after
    assert "Held or cancelled Third meeting" in after
    assert "No meeting is planned in this record." in main_words(Client().get("/en/meetings/"))
    assert "Six employers" in main_words(Client().get("/en/search/?q=employers"))


def test_the_lines_of_an_outcome_stay_lines_and_its_change_is_dated_in_french(cast: Cast) -> None:
    a_meeting(cast)
    office = as_person(cast.secretary)
    said = typed(outcome="Six <b>employers</b>.\r\n\r\nA list.", public_reason="Minutes came.")
    assert office.post(address("held"), said).status_code == 302
    page = Client().get("/en/meetings/third/").content.decode()
    assert "Six &lt;b&gt;employers&lt;/b&gt;.<br><br>A list." in page
    assert "24 novembre 2026\xa0:" in Client().get("/fr/meetings/third/").content.decode()


def test_nobody_is_offered_to_note_as_held_what_has_not_begun(cast: Cast) -> None:
    ahead: dict[str, Any] = {"start": date(2026, 12, 3), "start_at": datetime(2026, 12, 3, 16, tzinfo=UTC)}
    a_meeting(cast, "ahead", **ahead)
    a_meeting(cast, "off", **ahead, state="cancelled")
    office = as_person(cast.secretary)
    assert "Was it held?" not in main_words(office.get("/en/workspace/meetings/ahead/edit/"))
    assert "Note that it was held" not in main_words(office.get(LIST))
    told = office.get(address("held", "ahead"), follow=True)
    assert "This meeting has not begun yet: it cannot have been held." in main_words(told)
    for slug in ("ahead", "off"):
        history.change(Meeting.objects.get(slug=slug), by=STAGE, at=NOON, start_at=NOON - timedelta(minutes=5))
    assert "Was it held?" in main_words(office.get("/en/workspace/meetings/ahead/edit/"))
    assert "Note that it was held" in main_words(office.get(LIST))


def test_what_was_not_read_in_the_document_says_so(cast: Cast) -> None:
    a_meeting(cast)
    as_person(cast.secretary).post(address("held"), typed(outcome=""))
    assert "Not checked against its source yet" in public()
    assert "Outcome not on record" in public()


def test_the_outcome_is_put_right_with_a_public_reason_in_each_language_apart(cast: Cast, clock: Any) -> None:
    a_meeting(cast)
    office = as_person(cast.secretary)
    office.post(address("held"), typed())
    clock.shift(timedelta(hours=1))
    form = address("outcome")
    assert "Say why; the reason is public" in main_words(office.post(form, typed(version="2")))
    right = typed(outcome="Five employers were approved.", version="2", public_reason="A slip of the pen.")
    assert office.post(form, right).url == LIST
    assert "What came of this meeting was put right. Reason: A slip of the pen." in public()
    assert "Outcome Five employers" in public()

    clock.shift(timedelta(hours=1))
    spanish = form.replace("/en/", "/es/")
    assert "Five employers were approved. (inglés)" in main_words(office.get(spanish))
    said = typed(outcome="Se aprobaron cinco empleadores.", version="3", public_reason="La traducción del acta.")
    assert office.post(spanish, said).status_code == 302
    row = Meeting.objects.get()
    assert (row.outcome_en, row.outcome_es) == ("Five employers were approved.", "Se aprobaron cinco empleadores.")
    assert "Se aprobaron cinco empleadores." in public(language="es")
    assert "Earlier changes" in public()
    assert "Reason: A slip of the pen." in public()
    # Left empty in a third language, it leaves the others alone.
    left = typed(outcome="", version="4", public_reason="Le compte rendu est en ligne.", source_url="")
    assert office.post(form.replace("/en/", "/fr/"), left).status_code == 302
    assert Meeting.objects.get().outcome_en == "Five employers were approved."


def test_it_is_called_off_after_its_day(cast: Cast) -> None:
    a_meeting(cast)
    office = as_person(cast.secretary)
    assert "Say why; the reason is public" in main_words(office.post(address("cancel"), {"version": "1"}))
    said = {"version": "1", "public_reason": "Too few came."}
    assert [office.post(address("cancel"), said).url for _press in range(2)] == [LIST, LIST]
    assert Meeting.history.filter(slug="third").count() == 2
    assert "This meeting was cancelled. Reason: Too few came." in public()


def test_the_form_that_moves_it_calls_it_off_after_its_day_too(cast: Cast) -> None:
    a_meeting(cast)
    fields = {"title": "Third meeting", "group": str(cast.labour.pk), "day": "2026-11-20", "time": "10:00"}
    fields |= {"zone": "America/Mexico_City", "place": "", "version": "1", "public_reason": "Too few came."}
    office, edit = as_person(cast.secretary), "/en/workspace/meetings/third/edit/"
    assert "must not have passed" in main_words(office.post(edit, fields))
    assert office.post(edit, fields | {"decision": "cancel"}).status_code == 302
    assert Meeting.objects.get().state == "cancelled"


def test_what_was_noted_by_mistake_is_taken_back_with_a_reason_both_ways(cast: Cast) -> None:
    a_meeting(cast)
    office = as_person(cast.secretary)
    office.post(address("held"), typed())
    assert "its outcome leaves the site" in main_words(office.get(address("cancel")))
    assert office.post(address("cancel"), {"version": "2", "public_reason": "It was another one."}).status_code == 302
    assert "Six employers" not in public()
    again = typed(version="3")
    assert "Say why; the reason is public" in main_words(office.post(address("held"), again))
    assert office.post(address("held"), again | {"public_reason": "It was this one."}).status_code == 302
    assert "Six employers" in public()
    assert "This meeting was noted as held. Reason: It was this one." in public()


@pytest.mark.parametrize(
    "columns",
    [
        {"start": date(2026, 11, 24), "start_at": NOON + timedelta(hours=1)},
        {"start": date(2026, 11, 25), "start_at": None},
        {"start": date(2026, 12, 1), "start_precision": "month", "start_at": None},
    ],
)
def test_what_has_not_begun_cannot_have_been_held(cast: Cast, columns: dict[str, Any]) -> None:
    a_meeting(cast, **columns)
    answer = as_person(cast.secretary).post(address("held"), typed(), follow=True)
    assert "This meeting has not begun yet" in main_words(answer)
    assert Meeting.objects.get().state == "planned"


def test_of_a_meeting_announced_by_the_files_it_is_noted_too(cast: Cast) -> None:
    a_meeting(cast, state="announced", group=None, start_at=None, start=date(2025, 1, 1), start_precision="year")
    assert "Third meeting 2025" in of_list(cast.secretary)
    assert as_person(cast.secretary).post(address("held"), typed()).status_code == 302
    assert Meeting.objects.get().state == "held"


def test_two_who_note_it_meet_on_the_page_of_both_versions(cast: Cast) -> None:
    a_meeting(cast)
    for _press in range(2):
        assert as_person(cast.second_secretary).post(address("held"), typed()).url == LIST
    clash = as_person(cast.secretary).post(address("held"), typed(outcome="Seven employers were approved."))
    assert clash.status_code == 409
    shown = main_words(clash)
    assert "Six employers were approved." in shown
    assert "As you typed it Seven employers were approved." in shown
    again = as_person(cast.secretary).post(address("held"), typed(version="2", public_reason="Seen."), follow=True)
    assert "This was decided on in the meantime." in main_words(again)


@pytest.mark.parametrize(
    ("step", "changes", "words"),
    [
        ("held", {"source_title": ""}, "Say which document says so"),
        ("held", {"source_url": "no address"}, "Enter the whole address"),
        ("held", {"outcome": "x" * 4001}, "Use at most 4000 characters"),
        ("held", {"outcome": "Ask ana@example.org"}, "Look at what may be about a person, then tick the box"),
        ("cancel", {"public_reason": "x" * 501}, "Use at most 500 characters"),
    ],
)
def test_bad_input_is_named_and_nothing_typed_is_lost(
    cast: Cast, step: str, changes: dict[str, str], words: str
) -> None:
    a_meeting(cast)
    answer = as_person(cast.secretary).post(address(step), typed() | changes)
    assert answer.status_code == 200
    assert words in main_words(answer)
    assert "<title>Error: " in answer.content.decode()
    kept = next(iter(changes.values()))
    assert kept in answer.content.decode()
    assert Meeting.objects.get().version == 1


def test_who_leads_the_group_notes_its_meetings_and_nobody_elses(cast: Cast) -> None:
    a_meeting(cast)
    a_meeting(cast, "other", title_en="Of another group", group=None)
    assert "Of another group" not in of_list(cast.lead_labour)
    assert as_person(cast.lead_labour).post(address("held"), typed()).status_code == 302
    assert as_person(cast.lead_labour).post(address("held", "other"), typed()).status_code == 403
    assert Meeting.objects.get(slug="other").state == "planned"


@pytest.mark.parametrize("who", ["focal_colombia", "reader", "administrator"])
@pytest.mark.parametrize("step", ["held", "outcome", "cancel"])
def test_nobody_else_notes_anything(cast: Cast, who: str, step: str) -> None:
    a_meeting(cast)
    said = typed(public_reason="No.")
    assert as_person(getattr(cast, who)).post(address(step), said).status_code in {403, 404}
    assert Meeting.objects.get().version == 1


def test_a_step_that_does_not_exist_is_not_found_and_one_that_does_not_fit_is_said(cast: Cast) -> None:
    a_meeting(cast)
    office = as_person(cast.secretary)
    assert office.get(address("forget")).status_code == 404
    assert "does not fit the meeting" in main_words(office.get(address("outcome"), follow=True))


def test_nothing_public_is_moved_without_a_reason_nor_over_a_colleague(cast: Cast) -> None:
    meeting = a_meeting(cast, state="held", outcome_en="As it was.")
    said: dict[str, Any] = {"meeting": meeting, "by": STAGE, "at": NOON, "version": 1, "public_reason": ""}
    outcome = actions.Outcome(texts={"en": "Other."}, source=Source(title="Minutes", language="en"))
    with pytest.raises(actions.MeetingRefusedError):
        actions.put_right(outcome=outcome, **said)
    with pytest.raises(actions.MeetingRefusedError):
        actions.cancel_meeting(**said)
    with pytest.raises(EditedMeanwhileError):
        actions.put_right(outcome=outcome, **(said | {"version": 7, "public_reason": "Right."}))
    assert Source.objects.count() == 0
    assert Meeting.history.count() == 1


def test_three_meetings_cost_what_one_costs(cast: Cast) -> None:
    asked = counter(as_person(cast.secretary), LIST)
    a_meeting(cast)
    a_meeting(cast, "held-1", state="held")
    asked()
    one = asked()
    for number in (2, 3):
        a_meeting(cast, f"passed-{number}")
        a_meeting(cast, f"held-{number}", state="held")
    assert asked() == one
