"""The states of a message and the lawful steps between them."""

from itertools import product

import pytest

from commitments.notices.enums import NoticeState
from commitments.notices.models import Notice
from commitments.notices.steps import UnlawfulStepError, step, step_all
from tests.cast import NOON
from tests.commitments.notices.conftest import Owing

pytestmark = pytest.mark.django_db

PLANNED, PENDING, CLAIMED, HANDOVER = "planned", "pending", "claimed", "handover"
#: Every lawful step, written out a second time. All others are tried too, and refused.
LAWFUL = {
    (PLANNED, PENDING),
    (PLANNED, "cancelled"),
    (PLANNED, "superseded"),
    (PLANNED, "expired"),
    (PENDING, CLAIMED),
    (PENDING, "cancelled"),
    (PENDING, "superseded"),
    (PENDING, "expired"),
    (CLAIMED, HANDOVER),
    (CLAIMED, PENDING),
    (CLAIMED, "retry"),
    (CLAIMED, "failed_address"),
    (CLAIMED, "dead"),
    (CLAIMED, "cancelled"),
    (CLAIMED, "superseded"),
    (CLAIMED, "expired"),
    (HANDOVER, "sent"),
    (HANDOVER, "uncertain"),
    (HANDOVER, "retry"),
    (HANDOVER, "dead"),
    ("retry", CLAIMED),
    ("retry", "cancelled"),
    ("retry", "superseded"),
    ("retry", "expired"),
    ("uncertain", PENDING),
    ("failed_address", PENDING),
    ("dead", PENDING),
    ("cancelled", PLANNED),
    ("superseded", PLANNED),
}
SENT = {"sent_at": NOON}


def stand(notice: Notice, state: str) -> None:
    Notice.objects.filter(pk=notice.pk).update(state=state, **(SENT if state == "sent" else {}))
    notice.refresh_from_db()


@pytest.mark.parametrize(("before", "after"), list(product(NoticeState.values, repeat=2)))
def test_every_step_is_lawful_or_refused(owed: Owing, before: str, after: str) -> None:
    notice = owed()
    stand(notice, before)
    columns = SENT if after == "sent" else {}

    if (before, after) in LAWFUL:
        assert step(notice, NoticeState(after), at=NOON, **columns) is True
        notice.refresh_from_db()
        assert notice.state == after
    else:
        with pytest.raises(UnlawfulStepError):
            step(notice, NoticeState(after), at=NOON, **columns)
        with pytest.raises(UnlawfulStepError):
            step_all(Notice.objects.all(), NoticeState(before), NoticeState(after), at=NOON, **columns)
        notice.refresh_from_db()
        assert notice.state == before


def test_a_step_from_a_state_that_has_passed_moves_nothing(owed: Owing) -> None:
    notice = owed()
    stale = Notice.objects.get(pk=notice.pk)
    assert step(notice, NoticeState.CANCELLED, at=NOON, reason="done") is True

    assert step(stale, NoticeState.CLAIMED, at=NOON, lease_owner="late") is False
    notice.refresh_from_db()
    assert (notice.state, notice.lease_owner) == ("cancelled", "")


def test_a_step_without_the_lease_moves_nothing(owed: Owing) -> None:
    notice = owed()
    step(notice, NoticeState.CLAIMED, at=NOON, lease_owner="first")
    overtaken = Notice.objects.get(pk=notice.pk)
    Notice.objects.filter(pk=notice.pk).update(lease_owner="second")

    assert step(overtaken, NoticeState.HANDOVER, at=NOON) is False
    notice.refresh_from_db()
    assert (notice.state, notice.lease_owner) == ("claimed", "second")


@pytest.mark.parametrize(
    ("state", "settled"), [("cancelled", True), ("superseded", True), ("expired", True), ("claimed", False)]
)
def test_an_end_without_sending_carries_its_moment(owed: Owing, state: str, settled: bool) -> None:
    notice = owed()
    step(notice, NoticeState(state), at=NOON)
    notice.refresh_from_db()
    assert notice.settled_at == (NOON if settled else None)
