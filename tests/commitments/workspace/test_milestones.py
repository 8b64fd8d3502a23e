"""Milestones of a commitment: recorded, changed, reached and taken away by the secretariat, and what readers see."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from commitments.formats.partial import PartialDate
from commitments.history.actions import EditedMeanwhileError
from commitments.history.once import new_token
from commitments.indicators import milestones
from commitments.indicators.actions import StepRefusedError
from commitments.indicators.models import CommitmentStatus, Milestone
from commitments.register.models import Commitment
from commitments.sources.models import Source
from tests.cast import NOON, STAGE, Cast
from tests.commitments.workspace.test_queries import counter
from tests.factories import record
from tests.pages import main_words

pytestmark = pytest.mark.django_db
SAID = {"source_title": "Decree 12", "source_url": "https://decree.example"}


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOON, tick=False) as travelling:
        yield travelling


@pytest.fixture
def commitment(cast: Cast) -> Commitment:
    return record.commitment(country=cast.colombia)


def as_person(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(commitment: Commitment, rest: str = "") -> str:
    return f"/en/workspace/commitments/{commitment.code}/milestones/{rest}"


def typed(**changes: str) -> dict[str, str]:
    days = {"due_on": "2026-10-01", "due_on_precision": "month"}
    return {"title": "The law is in force", **days, **SAID, "once": new_token(), **changes}


def on_record(commitment: Commitment, title: str = "The law is in force", due: str = "2026-10") -> Milestone:
    said = milestones.Step(
        titles={"en": title}, due=PartialDate.parse(due), done=None, source=Source(title="Decree 12", language="en")
    )
    return milestones.record(commitment=commitment, step=said, by=STAGE, at=NOON)


def public(commitment: Commitment, rest: str = "") -> str:
    return main_words(Client().get(f"/en/commitments/{commitment.code}/{rest}"))


def status() -> str:
    return CommitmentStatus.objects.get().status


def test_it_is_recorded_read_by_everybody_and_reached(cast: Cast, commitment: Commitment) -> None:
    office, url = as_person(cast.secretary), address(commitment)
    assert "No milestone is on record yet." in main_words(office.get(url))
    assert office.post(url, typed()).url == url
    assert "The law is in force due: October 2026 Decree 12" in main_words(office.get(url))
    assert "The law is in force due: October 2026 Decree 12" in public(commitment)
    assert "Milestone due, not done The law is in force" in public(commitment)
    assert status() == "at_risk"

    row = Milestone.objects.get()
    reached = {"done_on": "2026-11-20", "version": "1", "source_title": "Gazette 7", "public_reason": "In the gazette."}
    assert office.post(address(commitment, f"{row.pk}/reached/"), reached).url == url
    assert "The law is in force done: 20 November 2026 Gazette 7" in public(commitment)
    assert status() == "fulfilled"
    told = public(commitment, "history/")
    for words in (
        "Milestone The law is in force",
        "20 November 2026",
        "Decree 12",
        "Gazette 7",
        "Reason: In the gazette.",
    ):
        assert words in told


def test_a_change_is_told_with_its_reason_and_moves_the_status(cast: Cast, commitment: Commitment) -> None:
    row, office = on_record(commitment, due="2027-02"), as_person(cast.secretary)
    assert status() == "not_started"
    url, said = address(commitment, f"{row.pk}/change/"), typed(due_on="2026-01-01", version="1")
    assert "Say why; the reason is public" in main_words(office.post(url, said))
    assert office.post(url, said | {"public_reason": "The decree says January."}).status_code == 302
    assert "due: January 2026" in public(commitment)
    assert status() == "off_track"
    assert "Reason: The decree says January." in public(commitment, "history/")


def test_what_was_not_reached_after_all_is_put_right(cast: Cast, commitment: Commitment) -> None:
    row, office = on_record(commitment), as_person(cast.secretary)
    document = Source(title="Decree 12", language="en")
    milestones.reached(milestone=row, done=PartialDate(NOON.date()), source=document, by=STAGE, at=NOON, version=1)
    assert status() == "fulfilled"
    url = address(commitment, f"{row.pk}/change/")
    assert "Leave it empty if it was not reached after all." in main_words(office.get(url))
    said = typed(done_on="", version="2", public_reason="Not signed.")
    assert office.post(url, said).status_code == 302
    assert Milestone.objects.get().done is None
    assert status() == "at_risk"


def test_it_is_taken_away_with_a_reason_and_told(cast: Cast, commitment: Commitment) -> None:
    row, office, url = on_record(commitment), as_person(cast.secretary), address(commitment)
    end = address(commitment, f"{row.pk}/take-away/")
    assert "Say why; the reason is public" in main_words(office.post(end, {"version": "1"}))
    for _press in range(2):
        assert office.post(end, {"version": "1", "public_reason": "It stood there twice."}).url == url
    assert Milestone.objects.count() == 0
    assert "The law is in force" not in public(commitment)
    assert status() == "no_data"
    assert "Reason: It stood there twice." in public(commitment, "history/")
    assert office.get(address(commitment, "999/take-away/")).status_code == 404


def test_of_a_draft_commitment_it_is_nobodys_to_read_before(cast: Cast, clock: Any) -> None:
    draft = record.commitment(country=cast.colombia, life_cycle="draft")
    office = as_person(cast.secretary)
    assert "becomes public with the commitment" in main_words(office.get(address(draft)))
    assert office.post(address(draft), typed()).status_code == 302
    row = Milestone.objects.get()
    assert Client().get(f"/en/commitments/{draft.code}/").status_code == 404
    assert "The law is in force" not in Client().get("/en/changes/").content.decode()
    edit = address(draft, f"{row.pk}/change/")
    assert "Public reason" not in main_words(office.get(edit))
    assert office.post(edit, typed(title="The decree is signed", version="1")).status_code == 302
    clock.shift(timedelta(hours=1))
    publish = f"/en/workspace/commitments/{draft.code}/edit/"
    assert office.post(publish, {"decision": "publish", "version": str(draft.version)}).status_code == 302
    assert "The decree is signed due: October 2026" in public(draft)
    assert "The law is in force" not in public(draft, "history/")
    assert status() == "at_risk"


def test_a_draft_is_published_after_a_look_at_its_milestones(cast: Cast) -> None:
    draft = record.commitment(country=cast.colombia, life_cycle="draft")
    on_record(draft, "Ask ana@example.org")
    url, said = f"/en/workspace/commitments/{draft.code}/edit/", {"decision": "publish", "version": str(draft.version)}
    assert "an e-mail address (ana@example.org)" in main_words(as_person(cast.secretary).post(url, said))


def test_recorded_twice_it_stands_once(cast: Cast, commitment: Commitment) -> None:
    office, said = as_person(cast.secretary), typed()
    for _press in range(2):
        assert office.post(address(commitment), said).url == address(commitment)
    assert Milestone.objects.count() == 1
    unclear = main_words(office.post(address(commitment), said | {"once": ""}))
    assert "it was not clear whether this had been sent before" in unclear


def test_the_second_of_two_editors_sees_both_versions(cast: Cast, commitment: Commitment) -> None:
    row = on_record(commitment)
    url, why = address(commitment, f"{row.pk}/change/"), {"version": "1", "public_reason": "As the decree says."}
    first = typed(title="The decree is signed") | why
    for _press in range(2):
        assert as_person(cast.second_secretary).post(url, first).url == address(commitment)
    clash = as_person(cast.secretary).post(url, typed(title="The decree is in force") | why)
    assert clash.status_code == 409
    assert "The decree is signed As you typed it The decree is in force" in main_words(clash)
    assert Milestone.objects.get().title_en == "The decree is signed"


def test_two_who_say_that_it_was_reached(cast: Cast, commitment: Commitment) -> None:
    row = on_record(commitment)
    url, said = (
        address(commitment, f"{row.pk}/reached/"),
        SAID | {"source_url": "", "done_on": "2026-11-20", "version": "1"},
    )
    office = as_person(cast.secretary)
    assert [office.post(url, said).status_code for _press in range(2)] == [302, 302]
    assert Milestone.history.filter(id=row.pk).count() == 2
    again = office.post(url, said | {"done_on": "2026-11-21", "version": "2"}, follow=True)
    assert "This was decided on in the meantime." in main_words(again)
    assert Milestone.objects.get().done == PartialDate(date(2026, 11, 20))


def test_a_title_in_another_language_leaves_the_original_alone(cast: Cast, commitment: Commitment) -> None:
    row = on_record(commitment)
    url = address(commitment, f"{row.pk}/change/").replace("/en/", "/es/")
    said = typed(title="", due_on="2026-09-01", version="1", public_reason="Lo dice el decreto.")
    assert as_person(cast.secretary).post(url, said).status_code == 302
    changed = Milestone.objects.get()
    assert (changed.title_en, changed.title_es or "") == ("The law is in force", "")
    assert changed.due == PartialDate.parse("2026-09")


@pytest.mark.parametrize(
    ("rest", "changes", "words"),
    [
        ("", {"title": " "}, "Say what is to be done"),
        ("", {"title": "x" * 301}, "Use at most 300 characters"),
        ("", {"source_title": ""}, "Say which document says so"),
        ("", {"due_on": "2999-01-01"}, "Check the year of this date: 2999"),
        ("", {"due_on": "tomorrow"}, "Enter the day, month and year"),
        ("", {"due_on_precision": "century"}, "Choose from the list again"),
        ("", {"source_url": "no address"}, "Enter the whole address"),
        ("", {"title": "Ask ana@example.org"}, "Look at what may be about a person, then tick the box"),
        ("reached/", {"done_on": ""}, "Enter the day on which it was reached"),
        ("reached/", {"done_on": "2026-12-24"}, "The day on which it was reached cannot lie ahead"),
        ("reached/", {"source_title": ""}, "Say which document says so"),
    ],
)
def test_bad_input_is_named(cast: Cast, commitment: Commitment, rest: str, changes: dict[str, str], words: str) -> None:
    at = f"{on_record(commitment).pk}/{rest}" if rest else ""
    said = typed(done_on="2026-11-20", version="1") | changes
    answer = as_person(cast.secretary).post(address(commitment, at), said)
    assert answer.status_code == 200
    assert words in main_words(answer)
    assert "<title>Error: " in answer.content.decode()
    assert Milestone.objects.filter(version__gt=1).count() == 0
    assert Milestone.objects.count() == bool(rest)


def test_a_step_that_does_not_exist_is_not_found(cast: Cast, commitment: Commitment) -> None:
    row = on_record(commitment)
    assert as_person(cast.secretary).get(address(commitment, f"{row.pk}/forget/")).status_code == 404


@pytest.mark.parametrize("who", ["focal_colombia", "lead_labour", "reader"])
def test_nobody_else_keeps_them(cast: Cast, commitment: Commitment, who: str) -> None:
    row, person = on_record(commitment), as_person(getattr(cast, who))
    assert person.post(address(commitment), typed()).status_code == 403
    end = address(commitment, f"{row.pk}/take-away/")
    assert person.post(end, {"version": "1", "public_reason": "No."}).status_code == 403
    assert Milestone.objects.count() == 1


def test_what_is_public_is_not_moved_without_a_reason_nor_over_a_colleague(commitment: Commitment) -> None:
    row = on_record(commitment)
    said = {"by": STAGE, "at": NOON, "version": 1, "public_reason": ""}
    with pytest.raises(StepRefusedError):
        milestones.take_away(milestone=row, **said)
    step = milestones.Step(titles={}, due=None, done=None, source=Source(title="Decree 12", language="en"))
    with pytest.raises(StepRefusedError):
        milestones.change(milestone=row, step=step, **said)
    with pytest.raises(EditedMeanwhileError):
        milestones.take_away(milestone=row, **(said | {"version": 7, "public_reason": "Twice."}))
    assert Milestone.history.count() == 1


def test_three_milestones_cost_what_one_costs(cast: Cast, commitment: Commitment) -> None:
    pages = [(as_person(cast.secretary), address(commitment)), (Client(), f"/en/commitments/{commitment.code}/")]
    asked = [counter(*page) for page in pages]
    for count in asked:
        count()
    on_record(commitment)
    one = [count() for count in asked]
    on_record(commitment, "The office opens", "2026-11")
    on_record(commitment, "The register runs", "2026-12")
    assert [count() for count in asked] == one
