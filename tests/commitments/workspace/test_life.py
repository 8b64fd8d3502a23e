"""The life of a commitment after its publication: each step with its date, reason and source; the record stays."""

import csv
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commitments.formats.partial import PartialDate
from commitments.history.actions import EditedMeanwhileError
from commitments.indicators import life
from commitments.indicators.models import CommitmentStatus
from commitments.register.actions import LifeRefusedError
from commitments.register.enums import LifeCycle
from commitments.register.life import LifeStep, SupersededInACircleError, lawful_steps
from commitments.register.models import Commitment
from commitments.sources.models import Source
from tests.cast import NOON, STAGE, Cast
from tests.factories import record
from tests.pages import main_words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


def step(to: LifeCycle, **says: Any) -> LifeStep:
    return LifeStep(to=to, reason="The decree was repealed.", source=Source(title="Decree 12", language="es"), **says)


def take(commitment: Commitment, to: LifeCycle, **says: Any) -> Commitment:
    return life.take_step(commitment=commitment, step=step(to, **says), by=STAGE, at=NOON)


def as_person(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def typed(commitment: Commitment, **changes: str) -> dict[str, str]:
    return {
        "to": "suspended",
        "on": "2026-10-01",
        "on_precision": "month",
        "reason": "The money ran out.",
        "source_title": "Press note",
        "source_url": "https://note.example",
        "version": str(commitment.version),
        "step": "take",
        **changes,
    }


def test_suspended_and_taken_up_again_with_date_reason_and_source(cast: Cast) -> None:
    commitment = record.commitment(country=cast.colombia)
    record.measurement(
        record.indicator(commitment, target=(100, date(2027, 1, 1)), baseline=(0, date(2026, 1, 1))),
        90,
        date(2026, 9, 1),
    )
    closed = take(commitment, LifeCycle.SUSPENDED, on=PartialDate.parse("2026-10"))
    assert (closed.life_cycle, closed.life_cycle_date, closed.life_cycle_source.title) == (
        "suspended",
        PartialDate.parse("2026-10"),
        "Decree 12",
    )
    kept = CommitmentStatus.objects.get()
    assert (kept.status, kept.last_status) == ("none", "on_track")
    again = take(commitment, LifeCycle.ACTIVE)
    assert (again.life_cycle, again.life_cycle_on) == ("active", None)
    assert CommitmentStatus.objects.get().status == "on_track"


def test_the_step_back_too_keeps_its_date_and_its_source(cast: Cast) -> None:
    commitment = record.commitment(country=cast.colombia)
    take(commitment, LifeCycle.SUSPENDED, on=PartialDate.parse("2026-10"))
    commitment.refresh_from_db()
    decree = {"source_title": "Decree 13", "on": "2026-11-20", "on_precision": "day", "reason": "A court ruled."}
    here = f"/en/workspace/commitments/{commitment.code}/life/"
    assert as_person(cast.secretary).post(here, typed(commitment, to="active", **decree)).status_code == 302
    told = main_words(Client().get(f"/en/commitments/{commitment.code}/history/"))
    assert "Date of this step was October 2026 → now 20 November 2026" in told
    assert "Source of this step was Decree 12 → now Decree 13" in told
    assert "Reason: A court ruled." in told
    shown = main_words(Client().get(f"/en/commitments/{commitment.code}/"))
    assert [words in shown for words in ("Decree 13", "20 November 2026", "Suspended")] == [False] * 3
    file = csv.DictReader(b"".join(Client().get("/data/commitments.csv")).decode("utf-8-sig").splitlines())
    assert [(row["life_cycle"], row["life_cycle_on"]) for row in file] == [("active", "")]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(list(LifeCycle)), max_size=5))
def test_only_lawful_steps_are_taken(cast: Cast, path: list[LifeCycle]) -> None:
    number = Commitment.objects.count() + 1
    commitment = record.commitment(f"LAD-COL-{number:03d}", country=cast.colombia)
    other = record.commitment(f"LAD-COL-{number + 1:03d}", country=cast.colombia)
    for to in path:
        before = LifeCycle(commitment.life_cycle)
        lawful = to in before.may_become
        says = {"superseded_by": other} if to is LifeCycle.SUPERSEDED else {}
        if lawful:
            commitment = take(commitment, to, **says)
        else:
            with pytest.raises(LifeRefusedError):
                take(commitment, to, **says)
        assert commitment.life_cycle == (to if lawful else before)


def test_commitments_are_never_replaced_in_a_circle(cast: Cast) -> None:
    first, second, third = (record.commitment(f"LAD-COL-00{n}", country=cast.colombia) for n in (1, 2, 3))
    take(first, LifeCycle.SUPERSEDED, superseded_by=second)
    take(second, LifeCycle.SUPERSEDED, superseded_by=third)
    draft = record.commitment("LAD-COL-004", country=cast.colombia, life_cycle="draft")
    for successor in (first, second, third, draft, None):
        with pytest.raises(SupersededInACircleError):
            take(third, LifeCycle.SUPERSEDED, superseded_by=successor)
    first.refresh_from_db()
    assert lawful_steps(first) == (LifeCycle.REMOVED,)


def test_the_page_says_why_in_the_language_it_was_written_in_and_names_the_source(cast: Cast) -> None:
    commitment = record.commitment(country=cast.colombia)
    office, page = as_person(cast.secretary), f"commitments/{commitment.code}/"
    said = {"on_precision": "day", "reason": "Se agotó el presupuesto.", "source_title": "Nota 44", "source_url": ""}
    assert office.post(f"/es/workspace/{page}life/", typed(commitment, **said)).status_code == 302
    spanish, english = (Client().get(f"/{language}/{page}") for language in ("es", "en"))
    assert "Motivo: Se agotó el presupuesto. Fuente: Nota 44" in main_words(spanish)
    assert "Reason: Se agotó el presupuesto. (Spanish) Source: Nota 44" in main_words(english)
    assert '<span lang="es-419">Se agotó el presupuesto.</span>' in english.content.decode()
    again = typed(Commitment.objects.get(), to="active")
    assert office.post(f"/en/workspace/{page}life/", again).status_code == 302
    ended = typed(Commitment.objects.get(), to="ended", reason="It was repealed")
    assert office.post(f"/en/workspace/{page}life/", ended).status_code == 302
    assert "Reason: It was repealed. Source: Press note" in main_words(Client().get(f"/en/{page}"))


def test_second_editor_does_not_end_what_moved_on(cast: Cast) -> None:
    commitment = record.commitment(country=cast.colombia)
    take(commitment, LifeCycle.SUSPENDED)
    with pytest.raises(EditedMeanwhileError):
        life.take_step(commitment=commitment, step=step(LifeCycle.ENDED), by=STAGE, at=NOON, version=1)


def test_secretariat_sees_the_effect_first_and_the_public_sees_reason_and_source(cast: Cast) -> None:
    commitment = record.commitment(country=cast.colombia)
    secretary, url = as_person(cast.secretary), f"/en/workspace/commitments/{commitment.code}/life/"
    effect = main_words(secretary.post(url, typed(commitment, step="check")))
    for words in ("Active → Suspended", "It loses its colour.", "It can be taken up again at any time", "October 2026"):
        assert words in effect
    assert Commitment.objects.get().life_cycle == "active"
    assert secretary.post(url, typed(commitment)).status_code == 302
    public = main_words(Client().get(f"/en/commitments/{commitment.code}/"))
    assert "Suspended: October 2026." in public
    assert "The money ran out." in public
    history = main_words(Client().get(f"/en/commitments/{commitment.code}/history/"))
    assert "Reason: The money ran out." in history


def test_end_without_a_date_is_told_according_to_its_source(cast: Cast) -> None:
    commitment = record.commitment(country=cast.colombia)
    fields = typed(commitment, to="ended", on="", as_of="2026-09-15")
    url = f"/en/workspace/commitments/{commitment.code}/life/"
    secretary = as_person(cast.secretary)
    assert "not stated by the source" in main_words(secretary.post(url, fields | {"step": "check"}))
    secretary.post(url, fields)
    public = main_words(Client().get(f"/en/commitments/{commitment.code}/"))
    assert "Ended, according to Press note, as of 15 September 2026." in public
    assert "Remove it from the site" in main_words(secretary.get(url))
    assert "Take it up again" not in main_words(secretary.get(url))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"to": ""}, "Choose what happens to it"),
        ({"to": "draft"}, "Choose from the list again"),
        ({"reason": " "}, "Say why; the reason is public"),
        ({"source_title": "", "source_url": ""}, "Say which document says so"),
        ({"to": "superseded", "superseded_by": "LAD-XXX-001"}, "Enter the code of another published commitment"),
        ({"to": "superseded", "superseded_by": "LAD-COL-901"}, "Enter the code of another published commitment"),
        ({"to": "removed", "source_url": ""}, "A record is removed by a published decision only"),
        ({"on": "2027-01-01"}, "Check the year of this date"),
    ],
)
def test_bad_input_is_named_and_kept(cast: Cast, changes: dict[str, str], words: str) -> None:
    commitment = record.commitment(country=cast.colombia)
    url = f"/en/workspace/commitments/{commitment.code}/life/"
    answer = as_person(cast.secretary).post(url, typed(commitment, **changes))
    assert answer.status_code == 200
    assert words in main_words(answer)
    assert Commitment.objects.get().life_cycle == "active"


def test_what_was_typed_comes_back(cast: Cast) -> None:
    commitment = record.commitment(country=cast.colombia)
    url = f"/en/workspace/commitments/{commitment.code}/life/"
    page = as_person(cast.secretary).post(url, typed(commitment, step="back")).content.decode()
    assert "The money ran out." in page
    assert 'value="Press note"' in page


def test_a_reason_that_may_be_about_a_person_is_looked_at_first(cast: Cast) -> None:
    commitment, secretary = record.commitment(country=cast.colombia), as_person(cast.secretary)
    url, fields = f"/en/workspace/commitments/{commitment.code}/life/", typed(commitment, reason="Ask ana@example.org.")
    page = main_words(secretary.post(url, fields))
    assert "This text may be about a person an e-mail address (ana@example.org)" in page
    assert "tick the box" in page
    check = secretary.post(url, {**fields, "looked": "on", "step": "check"})
    assert '<input type="hidden" name="looked" value="on">' in check.content.decode()
    assert secretary.post(url, {**fields, "looked": "on"}).status_code == 302
    commitment.refresh_from_db()
    assert commitment.life_cycle == "suspended"


def test_it_is_removed_by_a_published_decision_and_put_back(cast: Cast) -> None:
    commitment, secretary = record.commitment(country=cast.colombia), as_person(cast.secretary)
    url, page = f"/en/workspace/commitments/{commitment.code}/life/", f"/en/commitments/{commitment.code}/"
    form = main_words(secretary.get(url))
    assert "Link Optional, except to remove the record: only a published decision removes it." in form
    assert "Link (optional)" not in form
    fields = typed(commitment, to="removed")
    effect = main_words(secretary.post(url, fields | {"step": "check"}))
    for words in ("Active → Removed", "leave the site at once", "It can be put back at any time"):
        assert words in effect
    assert Client().get(page).status_code == 200
    assert secretary.post(url, fields).status_code == 302
    assert Client().get(page).status_code == 410
    assert "Publish this commitment" not in main_words(
        secretary.get(f"/en/workspace/commitments/{commitment.code}/edit/", follow=True)
    )
    commitment.refresh_from_db()
    back = typed(commitment, to="active", on="", on_precision="")
    assert "are public again" in main_words(secretary.post(url, back | {"step": "check"}))
    assert secretary.post(url, back).status_code == 302
    assert Client().get(page).status_code == 200
