"""Signs of life: of work that ends well, and of work that fails."""

import pytest

from commitments.notices.heartbeats import with_heartbeat
from commitments.notices.models import Heartbeat
from tests.cast import NOON
from tests.commitments.notices.stage import HandClock

pytestmark = pytest.mark.django_db


def beat() -> tuple[object, ...]:
    return Heartbeat.objects.values_list("started_at", "finished_at", "is_ok", "counts").get(job="work")


def test_work_that_ends_well_says_when_and_what(clock: HandClock) -> None:
    def work() -> dict[str, int]:
        clock.forward(seconds=5)
        return {"sent": 2}

    began = clock.now
    assert with_heartbeat("work", work, clock=clock) == {"sent": 2}
    assert beat() == (began, clock.now, True, {"sent": 2})


def test_work_that_fails_leaves_the_last_good_end_and_the_error_goes_on(clock: HandClock) -> None:
    with_heartbeat("work", lambda: {"sent": 1}, clock=clock)
    clock.forward(minutes=1)

    def fail() -> dict[str, int]:
        raise RuntimeError("the database is gone")

    with pytest.raises(RuntimeError, match="gone"):
        with_heartbeat("work", fail, clock=clock)
    assert beat() == (clock.now, NOON, False, {"sent": 1})
