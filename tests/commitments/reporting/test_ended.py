"""A commitment that ended while a cycle is open: nothing is asked of it any more, and its page says so."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from commitments.history import actions as history
from commitments.indicators.models import Measurement
from commitments.reminders.queries import figure_questions, figures_due
from commitments.reporting.board import board
from commitments.reporting.enums import Timeliness
from commitments.reporting.models import Draft, ReportEntry
from commitments.reporting.punctuality import late_figures
from commitments.reporting.queries import cycle_progress
from tests.cast import NOON, STAGE, TODAY, Cast
from tests.commitments.reporting.test_country_report import as_person, at, fresh, send
from tests.commitments.reporting.test_update import answers, code, url
from tests.factories import record
from tests.pages import main_words

pytestmark = pytest.mark.django_db

ENDED = "No figure is asked for any more, and nobody is reminded of one."


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def owed(cast: Cast) -> ReportEntry:
    """Colombia owes a figure of one commitment, and an answer on another."""
    indicator = record.indicator(
        record.commitment(country=cast.colombia), baseline=(0, date(2024, 1, 1)), target=(100_000, date(2027, 12, 31))
    )
    record.measurement(indicator, 41_200, date(2026, 6, 30))
    entry = record.entry(indicator, record.cycle())
    record.country_report(record.commitment("LAD-COL-902", country=cast.colombia), entry.report.cycle)
    return entry


def end(owed: ReportEntry, life_cycle: str = "ended", on: date | None = date(2026, 8, 31)) -> None:
    """The commitment is closed, on a day that the record states or does not."""
    stated = {"life_cycle_on": on, "life_cycle_on_precision": "day"} if on else {}
    commitment = owed.series.indicator.commitment
    assert commitment is not None
    history.change(commitment, by=STAGE, at=NOON, life_cycle=life_cycle, life_cycle_reason="It was repealed.", **stated)


def form_of(client: Client, owed: ReportEntry, query: str = "") -> Any:
    return client.get(url(code(owed)) + query)


@pytest.mark.parametrize("life_cycle", ["ended", "withdrawn", "suspended", "superseded"])
def test_a_bookmark_leads_to_the_answer_that_it_ended(cast: Cast, owed: ReportEntry, life_cycle: str) -> None:
    client = as_person(cast.focal_colombia)
    assert "Check and send" in main_words(form_of(client, owed))
    end(owed, life_cycle)
    words = main_words(form_of(client, owed))
    assert f"{life_cycle.capitalize()}: 31 August 2026. {ENDED}" in words
    assert "Last figure: 41,200 (30 June 2026). It was repealed." in words
    assert "Check and send" not in words
    assert client.post(url(code(owed)), answers()).status_code == 409
    assert (Measurement.objects.count(), Draft.objects.count()) == (1, 0)


def test_what_was_typed_before_the_end_is_not_sent_from_the_check_page(cast: Cast, owed: ReportEntry) -> None:
    client = as_person(cast.focal_colombia)
    assert client.post(url(code(owed)), answers(reason="Slower.")).status_code == 302
    end(owed)
    assert ENDED in main_words(client.get(url(code(owed), "check/")))
    assert ENDED in main_words(client.post(url(code(owed), "check/")))
    assert Measurement.objects.count() == 1


def test_a_figure_for_the_time_before_the_end_can_be_given(cast: Cast, owed: ReportEntry) -> None:
    end(owed)
    client = as_person(cast.focal_colombia)
    assert "?before=1" in form_of(client, owed).content.decode()
    page = form_of(client, owed, "?before=1").content.decode()
    assert '<input type="hidden" name="before" value="1">' in page
    typed = answers(before="1", date_choice="other", other_date="2026-08-30", reason="Slower.")
    assert client.post(url(code(owed)), typed).url == url(code(owed), "check/")
    assert client.post(url(code(owed), "check/")).url == url(code(owed), "received/")
    assert Measurement.objects.filter(state="sent", as_of=date(2026, 8, 30)).count() == 1


def test_what_is_asked_only_of_a_time_after_the_end_has_no_form(cast: Cast, owed: ReportEntry) -> None:
    end(owed, on=date(2026, 6, 30))
    client = as_person(cast.focal_colombia)
    assert "?before=1" not in form_of(client, owed).content.decode()
    assert ENDED in main_words(form_of(client, owed, "?before=1"))


def test_a_question_on_what_was_sent_can_still_be_answered_and_is_not_asked(cast: Cast, owed: ReportEntry) -> None:
    question = {"state": "returned", "question": "Of which month?", "question_field": "value", "accepted_at": None}
    record.measurement(owed.series.indicator, 62_000, date(2026, 9, 30), published_at=None, **question)
    client = as_person(cast.focal_colombia)
    assert "Of which month?" in main_words(client.get("/en/workspace/"))
    assert len(figure_questions(TODAY)) == 1
    end(owed)
    assert "Of which month?" not in main_words(client.get("/en/workspace/"))
    assert figure_questions(TODAY) == []
    assert "Of which month?" in main_words(form_of(client, owed))


def test_nothing_of_it_is_asked_counted_or_reminded_of(cast: Cast, owed: ReportEntry) -> None:
    client = as_person(cast.focal_colombia)
    history.change(owed, by=STAGE, at=NOON, due_on=TODAY + timedelta(days=3))
    assert [due.thing for due in figures_due(TODAY)] == [owed]
    assert [progress.total for progress in cycle_progress([cast.colombia.pk], on=TODAY)] == [3]
    assert late_figures(cast.colombia, on=TODAY + timedelta(days=4)) == [owed]
    end(owed)
    assert figures_due(TODAY) == []
    assert late_figures(cast.colombia, on=TODAY + timedelta(days=4)) == []
    assert [progress.total for progress in cycle_progress([cast.colombia.pk], on=TODAY)] == [1]
    assert "Update: People counted 1" not in main_words(client.get("/en/workspace/"))
    figures = main_words(client.get(at(owed.report, "figures/")))
    assert "figures answered" not in figures
    assert "Ended: 31 August 2026. Nothing is asked for" in figures
    assert "Ended: 31 August 2026. Nothing is asked for" in main_words(client.get(at(owed.report, "progress/")))
    client.post(
        at(owed.report, "progress/"), {"unchanged": str(owed.report.parts.get(commitment__code="LAD-COL-902").pk)}
    )
    assert send(client, owed.report).url == at(owed.report, "received/")
    assert fresh(owed.report).state == "sent"


def on_board(owed: ReportEntry) -> dict[str, int]:
    """How many things of each kind the board shows of the cycle, after its last day."""
    lines = board(owed.report.cycle, on=owed.due_on + timedelta(days=1)).lines
    counted = sum((cell.counts for line in lines for cell in line.cells), Counter[Timeliness]())
    return {kind.value: number for kind, number in counted.items()}


def test_the_board_does_not_miss_what_is_asked_no_more(cast: Cast, owed: ReportEntry) -> None:
    third = record.commitment("LAD-COL-903", country=cast.colombia)
    record.country_report(third, owed.report.cycle)
    figure = record.entry(record.indicator(record.commitment("LAD-COL-904", country=cast.colombia)), owed.report.cycle)
    assert on_board(owed) == {"missing": 4}
    for commitment in (owed.series.indicator.commitment, third, figure.series.indicator.commitment):
        assert commitment is not None
        history.change(commitment, by=STAGE, at=NOON, life_cycle="ended")
    assert on_board(owed) == {"missing": 1}
    sent = record.measurement(figure.series.indicator, 5, date(2026, 9, 30), entered_at=NOON)
    history.change(figure, by=STAGE, at=NOON, measurement=sent)
    assert on_board(owed) == {"missing": 1, "on_time": 1}
