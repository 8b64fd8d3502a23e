"""The lists of the workspace ask the database as often for three rows as for one."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commitments.history import actions
from commitments.meetings.models import Meeting
from tests.cast import NOON, STAGE, Cast
from tests.factories import record

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


def one_of_each(cast: Cast, number: int) -> None:
    """A figure owed, a figure sent, a proposal, a draft, a report and a meeting."""
    commitment = record.commitment(f"LAD-COL-90{number}", country=cast.colombia, group=cast.labour)
    record.commitment(f"LAD-COL-80{number}", country=cast.colombia, group=cast.labour, life_cycle="draft")
    owed, sent = record.indicator(commitment), record.indicator(commitment, 2)
    record.indicator(commitment, 3, state="sent")
    cycle = record.cycle(due_on=date(2026, 12, 10 + number))
    record.entry(owed, cycle)
    record.group_report(cast.labour, cycle)
    waiting = {"state": "sent", "entered_by": cast.focal_colombia, "entered_at": NOON}
    record.measurement(sent, 5, date(2026, 9, number), accepted_at=None, published_at=None, **waiting)
    record.measurement(sent, 6, date(2026, 8, number), state="accepted", published_at=None)
    meeting = Meeting(slug=f"m{number}", title_en="Planned", group=cast.labour, mechanism=cast.declaration)
    meeting.start = date(2026, 12, number)
    actions.create(meeting, by=STAGE, at=NOON)


@pytest.mark.parametrize(
    ("page", "who"),
    [
        ("/en/workspace/", "focal_colombia"),
        ("/en/workspace/", "lead_labour"),
        ("/en/workspace/", "secretary"),
        ("/en/workspace/review/", "secretary"),
        ("/en/workspace/commitments/", "secretary"),
        ("/en/workspace/commitments/", "focal_colombia"),
        ("/en/workspace/meetings/", "lead_labour"),
        ("/en/workspace/figures/", "reader"),
    ],
)
def test_three_rows_cost_what_one_costs(cast: Cast, page: str, who: str) -> None:
    client = Client()
    client.force_login(getattr(cast, who))
    asked = counter(client, page)
    one_of_each(cast, 1)
    asked()
    one = asked()
    one_of_each(cast, 2)
    one_of_each(cast, 3)
    assert asked() == one


def counter(client: Client, page: str) -> Callable[[], int]:
    """Count the queries of a page."""

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page).status_code == 200
        return len(queries)

    return asked
