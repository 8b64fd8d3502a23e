"""A report that comes back after questions: the reviewer reads what stood at each changed place before."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.history import actions
from commitments.reporting.models import ProgressReport
from tests.cast import NOON, STAGE, Cast
from tests.commitments.reporting.test_review import address, decide, whole
from tests.commitments.reporting.test_update import as_person
from tests.pages import main_words

pytestmark = pytest.mark.django_db
__all__ = ["whole"]

BEFORE = "Before it was returned"


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOON, tick=False) as moved:
        yield moved


def back(cast: Cast, report: ProgressReport, at: Any, **texts: str) -> None:
    """The secretariat asks; the country changes these texts, in two saves, and sends it again."""
    decide(cast, "secretary", report, decision="return", **{"q-obstacles": "Which registry?"})
    report.refresh_from_db()
    actions.change(report, by=STAGE, at=at, obstacles="A first try.")
    actions.change(report, by=STAGE, at=at, **texts)
    question = report.questions.order_by("-pk")[0]
    actions.change(question, by=STAGE, at=at, answer="The visa registry.", answered_at=at)
    actions.change(report, by=STAGE, at=at, state="sent", sent_at=at)


def test_what_was_changed_stands_beside_what_it_was(cast: Cast, whole: ProgressReport, clock: Any) -> None:
    client = as_person(cast.secretary)
    assert BEFORE not in main_words(client.get(address(whole)))
    part = whole.parts.get(commitment__code="LAD-COL-901")
    quiet = whole.parts.get(commitment__code="LAD-COL-902")
    clock.shift(timedelta(hours=1))
    later = NOON + timedelta(hours=2)
    back(cast, whole, later, obstacles="No registry of visas.", coherence="partly")
    actions.change(part, by=STAGE, at=later, words="Four offices opened.")
    actions.change(quiet, by=STAGE, at=later, answer="progress", words="A law.")
    answer = client.get(address(whole))
    page = main_words(answer)
    for now, was in (("Four offices opened.", "Three offices opened."), ("No registry of visas.", "No registry.")):
        assert f"{now} {BEFORE} {was}" in page
    assert f"A law. {BEFORE} Nothing changed Nothing was written here." in page
    assert f"Partly {BEFORE} Nothing was written here." in page
    assert "A first try." not in page
    assert page.count(BEFORE) == 4
    assert "Mobile offices. Before" not in page

    clock.shift(timedelta(hours=3))
    back(cast, whole, NOON + timedelta(hours=5), obstacles="No registry of visas and permits.")
    page = main_words(client.get(address(whole)))
    assert f"No registry of visas and permits. {BEFORE} No registry of visas. " in page
    assert page.count(BEFORE) == 1


def test_it_costs_the_same_for_one_change_and_for_three(cast: Cast, whole: ProgressReport, clock: Any) -> None:
    client, counts = as_person(cast.secretary), []
    clock.shift(timedelta(hours=1))
    back(cast, whole, NOON + timedelta(hours=2), obstacles="No registry of visas.")
    client.get(address(whole))
    for texts in ({}, {"practice": "None.", "coherence": "partly"}):
        actions.change(whole, by=STAGE, at=NOON + timedelta(hours=3), **texts)
        with CaptureQueriesContext(connection) as asked:
            client.get(address(whole))
        counts.append(len(asked))
    assert counts[0] == counts[1]
