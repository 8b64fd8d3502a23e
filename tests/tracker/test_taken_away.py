"""What was taken off the site does not come back with the pages that stand in while the database is away."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from commitments.history.marks import data_version, forget_marks, last_taken_away, leave_mark
from commitments.history.models import DataMark
from commitments.indicators import life
from commitments.register.enums import LifeCycle
from commitments.register.life import LifeStep
from commitments.register.models import Commitment
from commitments.reporting.actions.withdrawing import withdraw
from commitments.sources.models import Source
from tests.cast import NOON, STAGE, Cast
from tests.factories import record
from tests.tracker.test_ready_pages import away

pytestmark = pytest.mark.django_db

GONE, LIST, OTHER = "/en/commitments/LAD-COL-901/", "/en/commitments/", "/en/commitments/LAD-COL-902/"


@pytest.fixture(autouse=True)
def ready(settings: Any) -> Iterator[None]:
    """Ready pages are on, without a moment's lag, and nothing is kept from before."""
    settings.READY_PAGES, settings.READY_PAGES_LAG_SECONDS = True, 0
    cache.clear()
    with time_machine.travel(NOON, tick=False):
        yield
    cache.clear()


@pytest.fixture
def commitment(cast: Cast) -> Commitment:
    record.commitment("LAD-COL-902", country=cast.colombia)
    return record.commitment("LAD-COL-901", country=cast.colombia, title_en="Taken off by decision 7")


def step(commitment: Commitment, to: LifeCycle) -> None:
    source = Source(title="Decision 7", url="https://decision.example/7", language="en")
    said = LifeStep(to=to, reason="Entered by mistake.", source=source)
    life.take_step(commitment=commitment, step=said, by=STAGE, at=NOON)


def asked() -> Client:
    """A reader, of a process of its own, to whom trouble is told as it is to everybody."""
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("is_asked_for_again", [True, False])
def test_a_removed_record_does_not_stand_in(commitment: Commitment, is_asked_for_again: bool) -> None:
    reader = asked()
    assert [reader.get(path).status_code for path in (GONE, LIST, OTHER)] == [200, 200, 200]
    step(commitment, LifeCycle.REMOVED)
    assert reader.get(OTHER).status_code == 200
    if is_asked_for_again:
        assert reader.get(GONE).status_code == 410
    for one in (reader, asked()):
        with away():
            assert [one.get(path).status_code for path in (GONE, LIST, OTHER)] == [503, 503, 200]
    assert b"Taken off by decision 7" not in reader.get(LIST).content
    with away():
        assert reader.get(LIST).status_code == 200


def test_a_record_that_ended_stands_in_as_ever(commitment: Commitment) -> None:
    reader = asked()
    reader.get(GONE)
    step(commitment, LifeCycle.ENDED)
    reader.get(OTHER)
    with away():
        assert b"Taken off by decision 7" in reader.get(GONE).content


def test_what_was_withdrawn_does_not_stand_in(commitment: Commitment) -> None:
    row = record.evidence(commitment=commitment)
    reader = asked()
    reader.get(GONE)
    withdraw(thing=row, reason="It held a name.", language="en", by=STAGE, at=NOON, version=row.version)
    reader.get(OTHER)
    with away():
        assert reader.get(GONE).status_code == 503


def test_what_took_something_away_is_remembered_however_old(commitment: Commitment) -> None:
    leave_mark(takes_away=True)
    leave_mark()
    taken = last_taken_away(data_version())
    DataMark.objects.update(at=NOON - timedelta(days=3))
    forget_marks(before=NOON - timedelta(days=2))
    assert last_taken_away(data_version()) == taken > 0


@pytest.mark.parametrize("stamp", ["12.1.40/2026-11-24/2026-11-24/abc", "12.1.40.demonstration/2026-11-24"])
def test_a_page_of_an_earlier_build_knows_of_nothing_taken_away(stamp: str) -> None:
    assert last_taken_away(stamp) == 0
