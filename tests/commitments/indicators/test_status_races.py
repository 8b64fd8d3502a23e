"""Two figures of one commitment are published at the same moment: the status that is kept knows of both.

The control writes the status as somebody would who forgot the lock: the last to write knows its own figure only.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from commitments.history import actions as history
from commitments.indicators import statuses
from commitments.indicators.actions import publish_measurement
from commitments.indicators.models import CommitmentStatus, Measurement
from commitments.indicators.queries import Audience, commitment_readings
from commitments.register.models import Commitment
from tests.cast import NOON, STAGE, TODAY, Cast
from tests.factories import record
from tests.locks import in_the_middle, row_locks_only

pytestmark = pytest.mark.django_db(transaction=True)
KEPT = ("status", "reason", "assessed", "key_count", "last_status", "last_published_at")


@pytest.fixture
def figures(cast: Cast) -> list[Measurement]:
    """Two indicators of one commitment, each with a figure that was accepted and is not published yet."""
    commitment = record.commitment(country=cast.colombia)
    found = []
    for number, value in enumerate((62_000, 31_000), start=1):
        indicator = record.indicator(
            commitment, number, baseline=(0, date(2024, 1, 1)), target=(100_000, date(2027, 12, 31))
        )
        found.append(
            record.measurement(
                indicator, value, date(2026, 9, 30), state="accepted", published_at=None, entered_by=cast.focal_colombia
            )
        )
    return found


def publish(figure: Measurement) -> Callable[[], Any]:
    """The product's own step."""
    return lambda: publish_measurement(measurement=figure, by=STAGE, at=NOON)


def publish_unlocked(figure: Measurement) -> Callable[[], Any]:
    """The same, with the status worked out before its row is locked."""

    def step() -> None:
        history.change(figure, by=STAGE, at=NOON, state="published", published_at=NOON)
        batch = list(Commitment.objects.filter(pk=figure.series.indicator.commitment_id))
        readings = commitment_readings(batch, on=TODAY, audience=Audience.STATUSES)
        rows = [statuses._row(readings[commitment.pk], TODAY) for commitment in batch]
        CommitmentStatus.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["commitment"], update_fields=["on", *KEPT]
        )

    return step


def kept_and_fresh() -> tuple[dict[str, Any], dict[str, Any]]:
    """The status as it was left behind, and as it is worked out with everything committed."""
    kept = CommitmentStatus.objects.values(*KEPT).get()
    statuses.refresh(at=NOON)
    return kept, CommitmentStatus.objects.values(*KEPT).get()


@pytest.mark.parametrize("is_kept", [True, False], ids=["kept before", "the first two"])
@pytest.mark.parametrize("order", [1, -1])
def test_the_last_to_commit_leaves_a_status_that_knows_of_both(
    figures: list[Measurement], order: int, is_kept: bool
) -> None:
    first, second = figures[::order]
    if not is_kept:
        CommitmentStatus.objects.all().delete()
    in_the_middle(publish(first), publish(second))
    kept, fresh = kept_and_fresh()
    assert kept == fresh
    assert fresh["assessed"] == 2


@row_locks_only
def test_control_without_the_lock_the_status_knows_of_one(figures: list[Measurement]) -> None:
    first, second = figures
    in_the_middle(publish(first), publish_unlocked(second))
    kept, fresh = kept_and_fresh()
    assert (kept["assessed"], fresh["assessed"]) == (1, 2)
