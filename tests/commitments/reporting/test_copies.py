"""The frozen copies of cycles: a form that changed its meaning has a new number, and older copies show as they did."""

from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from django.test import Client

from commitments.history import actions as history
from commitments.reporting import actions, closing
from commitments.reporting.models import CycleSnapshot, ReportingCycle
from tests.cast import NOON, STAGE, Cast
from tests.factories import record
from tests.pages import main_words

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(cast: Cast) -> ReportingCycle:
    """A closed cycle of a record with one commitment that is active, two that ended and one that is suspended."""
    for number, life in enumerate(("active", "ended", "ended", "suspended"), start=1):
        record.indicator(record.commitment(f"LAD-COL-90{number}", country=cast.colombia, life_cycle=life))
    cycle = record.cycle(due_on=date(2026, 11, 10))
    actions.close_cycle(cycle=cycle, by=cast.actor(cast.secretary), at=NOON, why="Nothing is owed.")
    return cycle


def page(cycle: ReportingCycle) -> str:
    return main_words(Client().get(f"/en/cycles/{cycle.slug}/"))


def test_a_suspended_commitment_has_not_ended_in_a_copy(closed: ReportingCycle) -> None:
    told: dict[str, Any] = CycleSnapshot.objects.get().content
    counted = told["totals"]
    assert told["format"] == 2
    assert (counted["ended_not_assessed"], counted["suspended"], counted["withdrawn"]) == (2, 1, 0)
    assert (counted["no_data"], counted["on_record"]) == (1, 4)
    assert "Off track 0 Ended 2 Suspended 1" in page(closed)


def test_a_copy_of_the_first_form_is_read_and_shown_as_it_was(cast: Cast, closed: ReportingCycle) -> None:
    first = deepcopy(CycleSnapshot.objects.get().content)
    first["format"] = 1
    first["totals"] = {name: number for name, number in first["totals"].items() if name not in set(closing.STOPPED)}
    first["totals"]["ended_not_assessed"] = 3
    earlier = record.cycle(due_on=date(2026, 5, 10), opens_on=date(2026, 4, 1), closes_on=date(2026, 6, 1))
    history.change(earlier, by=STAGE, at=NOON, closed_at=NOON)
    taken = {"code": "0123456789", "sha256": closing.fingerprint(first), "taken_at": NOON}
    CycleSnapshot.objects.create(cycle=earlier, content=first, **taken)
    told = page(earlier)
    assert "commitments on record 4" in told
    assert "Suspended" not in told
    assert Client().get(f"/en/cycles/{earlier.slug}/snapshot.json").content == closing.canonical(first)
