"""What people are told of decisions on what they proposed, and the secretariat of an objection; word for word."""

import os
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from accounts.models import User
from commitments.history import actions as history
from commitments.indicators import proposals, revising
from commitments.indicators.models import Revision
from commitments.notices import letters
from commitments.notices.enums import Reason
from commitments.notices.models import Notice
from commitments.notices.registry import kind_named
from commitments.reminders.actions import plan
from commitments.reporting.actions import (
    approve_correction,
    decline_correction,
    object_to_report,
    propose_correction,
)
from tests.cast import NOON, STAGE, Cast
from tests.commitments.reminders.conftest import World
from tests.commitments.reminders.test_letters import LETTERS
from tests.factories import record

pytestmark = pytest.mark.django_db


def revision(world: World) -> Revision:
    """A change of the target that the focal point proposed."""
    return record.revision(world.indicator, proposed_by=world.cast.focal_colombia)


def returned(world: World) -> None:
    step: dict[str, Any] = {"by": world.cast.actor(world.cast.secretary), "at": NOON}
    revising.return_revision(revision=revision(world), question="Who was\nenlarged?", **step)


def agreed(world: World) -> None:
    revising.approve_revision(revision=revision(world), by=world.cast.actor(world.cast.secretary), at=NOON)


def proposal(world: World) -> Any:
    commitment = world.indicator.commitment
    assert commitment is not None
    return record.indicator(commitment, 2, state="sent", proposed_by=world.cast.focal_colombia)


def proposal_returned(world: World) -> None:
    by = world.cast.actor(world.cast.secretary)
    proposals.return_indicator(indicator=proposal(world), question="Of which\nage?", by=by, at=NOON)


def proposal_published(world: World) -> None:
    proposals.publish_indicator(indicator=proposal(world), by=world.cast.actor(world.cast.secretary), at=NOON)


def correction(world: World, proposer: str = "focal_colombia") -> Any:
    report = history.change(
        world.entry.report, by=STAGE, at=NOON, state="published", published_at=NOON, practice="One."
    )
    said: dict[str, Any] = {"words": {"practice": "Two."}, "reason": "A slip.", "language": "en"}
    return propose_correction(report=report, by=world.cast.actor(getattr(world.cast, proposer)), at=NOON, **said)


def corrected(world: World) -> None:
    approve_correction(correction=correction(world), by=world.cast.actor(world.cast.secretary), at=NOON)


def put_right(world: World) -> None:
    by = world.cast.actor(world.cast.second_secretary)
    approve_correction(correction=correction(world, "secretary"), by=by, at=NOON)


def declined(world: World) -> None:
    by = world.cast.actor(world.cast.secretary)
    decline_correction(correction=correction(world), answer="There is\none desk.", by=by, at=NOON)


def objected(world: World) -> None:
    sent = {"state": "sent", "is_on_behalf": True, "behalf_basis": "call", "sent_by": world.cast.secretary}
    report = history.change(world.entry.report, by=STAGE, at=NOON, **sent)
    by = world.cast.actor(world.cast.focal_colombia)
    object_to_report(report=report, words="Nobody\ncalled us.", due_on=date(2026, 12, 1), by=by, at=NOON)
    plan(NOON)


#: What happens, which kind of message follows, and to whom.
LETTER_OF: dict[str, tuple[Callable[[World], None], str, set[str]]] = {
    "revision_returned": (returned, "revision_decided", {"focal_colombia"}),
    "revision_agreed": (agreed, "revision_decided", {"focal_colombia"}),
    "proposal_returned": (proposal_returned, "proposal_decided", {"focal_colombia"}),
    "proposal_published": (proposal_published, "proposal_decided", {"focal_colombia"}),
    "correction_agreed": (corrected, "correction_decided", {"focal_colombia"}),
    "correction_declined": (declined, "correction_decided", {"focal_colombia"}),
    "report_corrected": (put_right, "report_corrected", {"deputy_colombia"}),
    "not_confirmed": (objected, "report_question", {"secretary", "second_secretary"}),
}


@pytest.mark.parametrize("language", ["en", "es", "pt", "fr"])
@pytest.mark.parametrize("name", list(LETTER_OF))
def test_each_letter_word_for_word(world: World, name: str, language: str) -> None:
    happens, kind, people = LETTER_OF[name]
    User.objects.update(language=language)
    happens(world)
    rows = Notice.objects.filter(kind=kind, offset_days=0)
    assert {row.recipient for row in rows} == {getattr(world.cast, person) for person in people}
    letter = letters.letter(rows[0], kind_named(kind), NOON)
    written = f"{letter.subject}\n\n{letter.text}"
    for number in {rows[0].object_id, world.entry.report_id}:
        written = written.replace(f"/{number}/", "/7/")

    kept = LETTERS / f"{name}.{language}.txt"
    if os.environ.get("WRITE_LETTERS"):
        kept.write_text(written, encoding="utf-8")
    assert written == kept.read_text(encoding="utf-8")


def test_what_was_dealt_with_before_the_letter_went_is_not_told(world: World) -> None:
    returned(world)
    row = Revision.objects.get()
    history.change(row, by=STAGE, at=NOON, state="sent")
    told = Notice.objects.get()
    assert kind_named(told.kind).recheck(told, NOON) == Reason.MOVED
    revising.withdraw_revision(revision=row, by=STAGE, at=NOON)
    assert kind_named(told.kind).recheck(told, NOON) == Reason.GONE


def test_a_second_question_is_a_second_letter_and_a_proposal_of_no_person_none(world: World, cast: Cast) -> None:
    returned(world)
    row = Revision.objects.get()
    history.change(row, by=STAGE, at=NOON, state="sent")
    revising.return_revision(revision=row, question="And how?", by=cast.actor(cast.secretary), at=NOON)
    assert Notice.objects.filter(kind="revision_decided").count() == 2
    nobodys = record.revision(world.indicator, subject="baseline")
    revising.return_revision(revision=nobodys, question="Whose?", by=cast.actor(cast.secretary), at=NOON)
    assert Notice.objects.filter(kind="revision_decided").count() == 2


def test_the_decision_and_its_letter_stand_or_fall_together(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_what: Any) -> None:
        raise RuntimeError("no ledger")

    monkeypatch.setattr(revising, "owe_decision", fail)
    with pytest.raises(RuntimeError):
        returned(world)
    assert [row.state for row in Revision.objects.all()] == ["sent"]
