"""Reminders of a country's report and of the secretariat's own, word for word (see test_letters.py)."""

import os
from datetime import UTC, date, datetime

import pytest

from accounts.models import User
from commitments.history import actions
from commitments.notices import letters
from commitments.notices.models import Notice
from commitments.notices.registry import kind_named
from commitments.reminders.actions import plan
from commitments.reporting.models import ProgressReport, ReportQuestion
from tests.cast import NOON, STAGE
from tests.commitments.reminders.conftest import DUE, World
from tests.commitments.reminders.test_letters import LETTERS

pytestmark = pytest.mark.django_db

MOMENTS = {
    "report_due": datetime(2026, 12, 1, 18, tzinfo=UTC),
    "report_late": datetime(2026, 12, 16, 18, tzinfo=UTC),
    "report_question": NOON,
}


def owed(world: World, whose: str, kind: str) -> ProgressReport:
    """A report of Colombia with a commitment and a figure, or the secretariat's own; back with a question if asked."""
    report = world.entry.report
    if whose == "secretariat":
        own = ProgressReport(cycle=world.cycle, is_of_secretariat=True, due_on=DUE)
        report = actions.create(own, by=STAGE, at=NOON)
    world.change(report, state="draft", sent_at=None)
    if kind == "report_question":
        question = ReportQuestion(report=report, section="obstacles", text="Which offices?", asked_at=NOON)
        actions.create(question, by=STAGE, at=NOON)
        world.change(report, state="returned", question_due_on=date(2026, 12, 1))
    return report


@pytest.mark.parametrize("language", ["en", "es", "pt", "fr"])
@pytest.mark.parametrize("kind", list(MOMENTS))
@pytest.mark.parametrize("whose", ["country", "secretariat"])
def test_each_letter_word_for_word(world: World, whose: str, kind: str, language: str) -> None:
    report = owed(world, whose, kind)
    User.objects.update(language=language)
    plan(MOMENTS[kind])
    notice = Notice.objects.filter(kind=kind, object_id=report.pk).order_by("-offset_days", "recipient__email")[0]
    letter = letters.letter(notice, kind_named(kind), MOMENTS[kind])
    written = f"{letter.subject}\n\n{letter.text}".replace(f"/{report.pk}/", "/7/")

    kept = LETTERS / f"{whose}_{kind}.{language}.txt"
    if os.environ.get("WRITE_LETTERS"):
        kept.write_text(written, encoding="utf-8")
    assert written == kept.read_text(encoding="utf-8")
