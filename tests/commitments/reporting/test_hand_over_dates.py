"""The next dates on the page of somebody new in a post: of their own reports, while these are not sent."""

from datetime import date

import pytest
import time_machine

from commitments.history import actions
from tests.cast import NOON, STAGE, Cast
from tests.commitments.reporting.test_update import as_person
from tests.factories import record
from tests.pages import main_words

pytestmark = pytest.mark.django_db
DATES = "Next dates Due 20 Dec 2026: November 2026 Before you"


def test_the_date_is_the_reports_own_and_goes_when_it_is_sent(cast: Cast) -> None:
    report = record.country_report(record.commitment(country=cast.colombia), record.cycle(due_on=date(2026, 12, 15)))
    record.country_report(record.commitment("LAD-CAN-901", country=cast.canada), report.cycle)
    actions.change(report, by=STAGE, at=NOON, due_on=date(2026, 12, 20))
    with time_machine.travel(NOON, tick=False):
        focal = as_person(cast.focal_colombia)
        assert DATES in main_words(focal.get("/en/workspace/hand-over/"))
        actions.change(report, by=STAGE, at=NOON, state="sent", sent_by=cast.focal_colombia, sent_at=NOON)
        assert "Next dates No date is set." in main_words(focal.get("/en/workspace/hand-over/"))
