"""What a commitment rests on and what documents say of its state, kept after it was recorded, and what readers see."""

from typing import Any

import pytest
import time_machine
from django.test import Client

from commitments.history.actions import EditedMeanwhileError, NoReason
from commitments.history.once import new_token
from commitments.register import told
from commitments.register.models import Commitment, CommitmentSource, ReportedStatus
from commitments.sources.models import Source
from tests.cast import NOON, STAGE, Cast
from tests.commitments.workspace.test_queries import counter
from tests.factories import record
from tests.pages import main_words

pytestmark = pytest.mark.django_db
DECREE = {"source_title": "Decree 12", "source_url": "https://decree.example"}


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
    return f"/en/workspace/commitments/{commitment.code}/sources/{rest}"


def public(commitment: Commitment, rest: str = "") -> str:
    return main_words(Client().get(f"/en/commitments/{commitment.code}/{rest}"))


def said(**changes: str) -> dict[str, str]:
    words = {"value": "completed", "basis": "stated", "as_of": "2026-10-05", "as_of_precision": "month"}
    return {**words, **DECREE, "once": new_token(), **changes}


def named(commitment: Commitment, title: str = "Decree 12") -> CommitmentSource:
    document = told.Named(source=Source(title=title, url="https://decree.example", language="en"))
    return told.name_source(commitment=commitment, said=document, by=STAGE, at=NOON)


def reported(commitment: Commitment, title: str = "Decree 12") -> ReportedStatus:
    words = told.Reported(
        value=told.ReportedValue.IN_PROGRESS,
        basis=told.ReportedBasis.STATED,
        as_of=None,
        source=Source(title=title, language="en"),
    )
    return told.report_status(commitment=commitment, said=words, by=STAGE, at=NOON)


def test_documents_are_named_changed_and_taken_away_and_readers_see_it(cast: Cast, commitment: Commitment) -> None:
    office, url = as_person(cast.secretary), address(commitment)
    assert "No source is on record." in main_words(office.get(url))
    new = address(commitment, "documents/new/")
    assert office.post(new, {**DECREE, "once": new_token()}).url == url
    second = {"source_title": "Gazette 7", "source_url": "", "is_verified": "on", "once": new_token()}
    assert [office.post(new, second).url for _press in range(2)] == [url, url]
    shown = public(commitment)
    assert "Decree 12" in shown
    assert "Gazette 7 English Checked against the source Further source" in shown
    main, further = CommitmentSource.objects.order_by("position")
    assert [main.role, further.role] == ["main", "further"]

    change = address(commitment, f"documents/{main.pk}/change/")
    other = {"source_title": "Decree 13", "source_url": "https://decree.example/13", "version": "1"}
    assert "Say why; the reason is public" in main_words(office.post(change, other))
    assert office.post(change, other | {"public_reason": "It was replaced."}).url == url
    assert "Decree 13" in public(commitment)
    away = address(commitment, f"documents/{further.pk}/take-away/")
    assert [office.post(away, {"version": "1", "public_reason": "A slip."}).url for _press in range(2)] == [url, url]
    assert "Gazette 7" not in public(commitment)
    history = public(commitment, "history/")
    for words in ("Decree 12", "Decree 13", "Reason: It was replaced.", "Gazette 7", "Reason: A slip."):
        assert words in history


def test_a_commitment_keeps_what_it_rests_on_and_names_it_once(cast: Cast, commitment: Commitment) -> None:
    row, office = named(commitment), as_person(cast.secretary)
    away = office.post(address(commitment, f"documents/{row.pk}/take-away/"), {"version": "1", "public_reason": "No."})
    assert "The commitment rests on this document." in main_words(away)
    again = office.post(address(commitment, "documents/new/"), {**DECREE, "once": new_token()})
    assert "This document is on record here already." in main_words(again)
    assert CommitmentSource.objects.count() == 1


def test_what_a_document_says_is_recorded_changed_and_taken_away(cast: Cast, commitment: Commitment) -> None:
    office, url = as_person(cast.secretary), address(commitment)
    before = main_words(Client().get("/en/"))
    assert office.post(address(commitment, "statuses/new/"), said()).url == url
    assert "According to Decree 12, completed (October 2026). Basis: stated by the source." in public(commitment)
    # It changes no colour.
    assert main_words(Client().get("/en/")) == before

    row = ReportedStatus.objects.get()
    change = said(value="in_progress", basis="derived", version="1")
    at = address(commitment, f"statuses/{row.pk}/change/")
    assert "Say why; the reason is public" in main_words(office.post(at, change))
    assert office.post(at, change | {"public_reason": "Its numbers show it."}).url == url
    assert "in progress (October 2026). Basis: derived from its figures." in public(commitment)
    away = {"version": "2", "public_reason": "Of another law."}
    assert office.post(address(commitment, f"statuses/{row.pk}/take-away/"), away).url == url
    assert "According to Decree 12" not in public(commitment)
    history = public(commitment, "history/")
    for words in ("derived from its figures", "Reason: Its numbers show it.", "Reason: Of another law."):
        assert words in history


def test_of_a_draft_nothing_is_shown_and_no_reason_asked(cast: Cast) -> None:
    draft = record.commitment(country=cast.colombia, life_cycle="draft")
    row, office = reported(draft), as_person(cast.secretary)
    at = address(draft, f"statuses/{row.pk}/change/")
    assert "Public reason" not in main_words(office.get(at))
    assert office.post(at, said(version="1")).status_code == 302
    assert Client().get(f"/en/commitments/{draft.code}/").status_code == 404


@pytest.mark.parametrize(
    ("rest", "changes", "words"),
    [
        ("documents/new/", {"source_title": ""}, "Say which document says so"),
        ("documents/new/", {"source_url": "no address"}, "Enter the whole address"),
        ("statuses/new/", {"value": ""}, "Choose what the document says"),
        ("statuses/new/", {"value": "splendid"}, "Choose from the list again"),
        ("statuses/new/", {"basis": ""}, "Choose whether the document states it"),
        ("statuses/new/", {"as_of": "2026-12-24", "as_of_precision": "day"}, "This day cannot lie ahead"),
        ("statuses/new/", {"as_of": "", "source_title": "Kept", "source_url": ""}, "is on record already"),
        ("statuses/new/", {"source_title": "Ask ana@example.org"}, "Look at what may be about a person"),
        ("statuses/new/", {"once": ""}, "it was not clear whether this had been sent before"),
    ],
)
def test_bad_input_is_named(cast: Cast, commitment: Commitment, rest: str, changes: dict[str, str], words: str) -> None:
    reported(commitment, "Kept")
    answer = as_person(cast.secretary).post(address(commitment, rest), said() | changes)
    assert answer.status_code == 200
    assert words in main_words(answer)
    assert "<title>Error: " in answer.content.decode()
    assert (ReportedStatus.objects.count(), CommitmentSource.objects.count()) == (1, 0)


def test_the_second_of_two_editors_sees_both_versions(cast: Cast, commitment: Commitment) -> None:
    row = reported(commitment)
    at, why = address(commitment, f"statuses/{row.pk}/change/"), {"version": "1", "public_reason": "It says so."}
    for _press in range(2):
        assert as_person(cast.second_secretary).post(at, said(value="ended") | why).status_code == 302
    clash = as_person(cast.secretary).post(at, said(value="suspended") | why)
    assert clash.status_code == 409
    assert "ended As you typed it suspended" in main_words(clash)
    assert ReportedStatus.objects.get().value == "ended"


@pytest.mark.parametrize("who", ["focal_colombia", "lead_labour", "reader"])
def test_nobody_else_keeps_them(cast: Cast, commitment: Commitment, who: str) -> None:
    row, person = reported(commitment), as_person(getattr(cast, who))
    assert person.get(address(commitment)).status_code == 403
    assert person.post(address(commitment, "documents/new/"), {**DECREE, "once": new_token()}).status_code == 403
    away = address(commitment, f"statuses/{row.pk}/take-away/")
    assert person.post(away, {"version": "1", "public_reason": "No."}).status_code == 403
    assert (ReportedStatus.objects.count(), CommitmentSource.objects.count()) == (1, 0)


def test_what_does_not_exist_is_not_found(cast: Cast, commitment: Commitment) -> None:
    row, office = reported(commitment), as_person(cast.secretary)
    for rest in ("papers/new/", f"statuses/{row.pk}/forget/", "statuses/999/change/"):
        assert office.get(address(commitment, rest)).status_code == 404


def test_what_is_public_is_not_moved_without_a_reason_nor_over_a_colleague(commitment: Commitment) -> None:
    for row in (reported(commitment), named(commitment)):
        them: dict[str, Any] = {"row": row, "by": STAGE, "at": NOON, "version": 1, "public_reason": ""}
        with pytest.raises(NoReason):
            told.take_away(**them)
    status = {"row": ReportedStatus.objects.get(), "by": STAGE, "at": NOON}
    with pytest.raises(EditedMeanwhileError):
        told.take_away(**status, version=7, public_reason="Twice.")


def test_three_of_each_cost_what_one_costs(cast: Cast, commitment: Commitment) -> None:
    pages = [(as_person(cast.secretary), address(commitment)), (Client(), f"/en/commitments/{commitment.code}/")]
    asked = [counter(*page) for page in pages]
    named(commitment, "First")
    reported(commitment, "First")
    for count in asked:
        count()
    one = [count() for count in asked]
    for title in ("Second", "Third"):
        named(commitment, title)
        reported(commitment, title)
    for count in asked:
        count()
    assert [count() for count in asked] == one
