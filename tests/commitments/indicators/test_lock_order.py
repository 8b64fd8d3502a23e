"""Two people decide on the same figure at once: they wait for each other in one order, and never in a circle."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from functools import partial
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction

from commitments.history import actions as history
from commitments.indicators.actions import accept_measurement, confirm_measurement, publish_measurement
from commitments.indicators.models import Measurement
from tests import servers
from tests.cast import NOON, STAGE, Cast
from tests.factories import record
from tests.locks import PATIENCE, count_waiting, row_locks_only

pytestmark = [pytest.mark.django_db(transaction=True), row_locks_only]


@pytest.fixture
def figure(cast: Cast) -> Measurement:
    indicator = record.indicator(record.commitment(country=cast.colombia), baseline=(0, date(2024, 1, 1)))
    given: dict[str, Any] = {"accepted_at": None, "published_at": None, "is_used": False, "is_on_behalf": True}
    return record.measurement(indicator, 300, date(2026, 9, 30), state="sent", entered_by=cast.secretary, **given)


def accepts(figure: Measurement) -> None:
    accept_measurement(measurement=figure, by=STAGE, at=NOON)


def confirms(figure: Measurement) -> None:
    confirm_measurement(measurement=figure, by=STAGE, at=NOON)


def accepts_the_other_way_round(figure: Measurement) -> None:
    """The control: the figure first, then what it belongs to."""
    fresh = history.locked(figure)
    history.locked(fresh.series)
    history.change(fresh, by=STAGE, at=NOON, state="accepted", accepted_at=NOON, is_used=True)


def one_behind_the_other(figure: Measurement, steps: list[Callable[[Measurement], None]]) -> list[str]:
    """Begin each step once the one before waits for the figure, which is held; then let go of it. What stopped them."""
    is_held, may_let_go = threading.Event(), threading.Event()

    def hold() -> None:
        try:
            with transaction.atomic():
                history.locked(figure)
                is_held.set()
                may_let_go.wait(PATIENCE)
        finally:
            connection.close()

    def run(step: Callable[[Measurement], None]) -> str:
        try:
            with transaction.atomic():
                step(Measurement.objects.get(pk=figure.pk))
        except OperationalError as problem:
            return str(problem)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(len(steps) + 1) as pool:
        holding = pool.submit(hold)
        running: list[Future[str]] = []
        try:
            servers.wait_until(lambda: is_held.is_set() or holding.done(), "the figure to be held")
            for number, step in enumerate(steps, start=1):
                running.append(pool.submit(run, step))
                waits = partial(_are_waiting, number, running[-1])
                servers.wait_until(waits, "the next to wait", patience=PATIENCE)
        finally:
            may_let_go.set()
        holding.result(PATIENCE)
        return [each.result(PATIENCE) for each in running]


def _are_waiting(count: int, last: Future[str]) -> bool:
    return last.done() or count_waiting() >= count


def publishes(figure: Measurement) -> None:
    publish_measurement(measurement=figure, by=STAGE, at=NOON)


@pytest.mark.parametrize("first", [accepts, confirms])
def test_who_publishes_waits_for_who_accepts(figure: Measurement, first: Callable[[Measurement], None]) -> None:
    assert one_behind_the_other(figure, [first, publishes]) == ["", ""]
    assert Measurement.objects.get().state == "published"


def test_control_in_the_opposite_order_they_wait_for_each_other(figure: Measurement) -> None:
    stopped = one_behind_the_other(figure, [accepts_the_other_way_round, publishes])
    assert sum("deadlock detected" in words for words in stopped) == 1
