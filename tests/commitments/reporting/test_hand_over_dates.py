"""The next dates on the page of somebody new in a post: of their own reports, while these are not sent."""

from datetime import date, timedelta

import pytest
import time_machine

from commitments.history import actions
from commitments.roles.enums import Role
from tests.cast import NOON, STAGE, TODAY, Cast, appoint, person
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


def test_who_began_on_this_day_of_utc_is_told_of_who_was_there_before(cast: Cast) -> None:
    mateo = person("mateo@example.org", "Mateo", time_zone="America/Lima")
    appoint(cast.outsider, Role.FOCAL_POINT, country=cast.colombia, valid_until=TODAY)
    appoint(mateo, Role.FOCAL_POINT, country=cast.colombia, valid_from=TODAY + timedelta(days=1))
    with time_machine.travel("2026-11-25T02:30:00Z", tick=False):
        focal = as_person(mateo)
        page = main_words(focal.get("/en/workspace/hand-over/"))
        assert "Nobody held this post before" not in page
        assert "Focal point: Colombia" in page.partition("Before you")[2]
        assert 'href="/en/workspace/hand-over/"' in focal.get("/en/workspace/").content.decode()
