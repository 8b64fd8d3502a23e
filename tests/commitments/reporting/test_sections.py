"""A report section by section, and the whole as it is read."""

from typing import Any

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from commitments.history import actions
from commitments.reporting.enums import SectionState
from commitments.reporting.models import Draft, ProgressReport, ReportQuestion
from commitments.reporting.sections import contents, reading, sections_of
from tests.cast import NOON, STAGE, TODAY, Cast
from tests.factories import record

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(cast: Cast) -> ProgressReport:
    """Colombia owes two commitments, one of them with a figure."""
    cycle = record.cycle()
    commitment = record.commitment(country=cast.colombia, title_es="Compromiso")
    record.entry(record.indicator(commitment), cycle)
    return record.country_report(record.commitment("LAD-COL-902", country=cast.colombia), cycle)


def states(report: ProgressReport, **who: Any) -> dict[str, str]:
    report.refresh_from_db()
    return {line.section.value: line.state.value for line in sections_of(contents(report, **who))}


def change(row: Any, **values: Any) -> None:
    actions.change(row, by=STAGE, at=NOON, **values)


def test_nothing_is_started_at_first(report: ProgressReport) -> None:
    assert set(states(report).values()) == {"not_started"}


def test_each_section_by_what_is_in_it(cast: Cast, report: ProgressReport) -> None:
    first, second = report.parts.order_by("pk")
    change(first, answer="unchanged")
    assert states(report)["progress"] == "in_progress"
    change(second, answer="progress")
    assert states(report)["progress"] == "in_progress", "progress without a word is no answer"
    change(second, words="Two laws passed.")
    assert states(report)["progress"] == "done"

    change(report.entries.get(), cannot_reason="not_yet")
    assert states(report)["figures"] == "done"

    change(report, obstacles="No registry.", done_sections=["practice"])
    found = states(report)
    assert (found["obstacles"], found["practice"], found["coherence"]) == ("in_progress", "done", "not_started")

    Draft.objects.create(
        user=cast.focal_colombia, form="report", key=f"{report.pk}:coherence", fields={}, saved_at=NOON
    )
    assert states(report, user_id=cast.focal_colombia.pk)["coherence"] == "in_progress"
    assert states(report, user_id=cast.deputy_colombia.pk)["coherence"] == "not_started"


def test_a_returned_report_opens_where_it_was_asked_about(report: ProgressReport) -> None:
    part = report.parts.order_by("pk")[0]
    change(report, state="returned", question_due_on=TODAY)
    for section, place in (("progress", part), ("obstacles", None)):
        question = ReportQuestion(report=report, section=section, part=place, text="Which one?", asked_at=NOON)
        actions.create(question, by=STAGE, at=NOON)
    held = contents(report)
    lines = {line.section.value: line for line in sections_of(held)}
    assert lines["obstacles"].state is lines["progress"].state is SectionState.QUESTION
    assert [name for name, line in lines.items() if line.may_write] == ["progress", "obstacles"]
    assert held.places.allows("progress", part.pk)
    assert not held.places.allows("progress", report.parts.order_by("pk")[1].pk)


def test_a_closed_cycle_takes_nothing_new_but_answers(report: ProgressReport) -> None:
    change(report.cycle, closed_at=NOON)
    assert not contents(report).places
    change(report, state="returned", question_due_on=TODAY)
    question = ReportQuestion(report=report, section="practice", text="Which one?", asked_at=NOON)
    actions.create(question, by=STAGE, at=NOON)
    assert contents(report).places.allows("practice")


def test_reading_marks_the_language_of_the_text(report: ProgressReport) -> None:
    change(report, obstacles="Sin registro.", language="es", coherence="partly")
    with translation.override("fr"):
        page = render_to_string("reporting/_report_text.html", {"reading": reading(report)})
    assert '<div class="prose" lang="es-419"><p>Sin registro.</p></div>' in page


def test_public_reading_names_nothing_unpublished(cast: Cast, report: ProgressReport) -> None:
    entry = report.entries.get()
    sent = record.measurement(entry.series.indicator, 44_900, TODAY, state="sent", accepted_at=None, published_at=None)
    change(entry, measurement=sent)
    question = ReportQuestion(
        report=report, section="practice", text="Which offices?", answer="Nine.", asked_at=NOON, answered_at=NOON
    )
    actions.create(question, by=STAGE, at=NOON)
    inside = render_to_string("reporting/_report_text.html", {"reading": reading(report)})
    outside = render_to_string("reporting/_report_text.html", {"reading": reading(report, public=True), "public": True})
    assert all(text in inside for text in ("44,900", "Which offices?"))
    assert not any(text in outside for text in ("44,900", "Which offices?", "Nine."))
    assert "Not published yet" in outside


@pytest.mark.parametrize("count", [1, 3])
def test_constant_queries(cast: Cast, count: int) -> None:
    cycle = record.cycle()
    for number in range(count):
        commitment = record.commitment(f"LAD-COL-91{number}", country=cast.colombia)
        record.entry(record.indicator(commitment), cycle)
    report = ProgressReport.objects.select_related("cycle").get()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        held = contents(report, user_id=cast.focal_colombia.pk)
        sections_of(held)
        render_to_string("reporting/_report_text.html", {"reading": reading(report, held=held)})
    assert len(asked) == 5
