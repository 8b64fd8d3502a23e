"""Owing a message, once; calling it off; waking the worker."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from commitments.notices import waking
from commitments.notices.actions import cancel, owe, supersede
from commitments.notices.models import Notice
from commitments.notices.registry import UnknownKindError
from tests.cast import NOON, person
from tests.commitments.notices.conftest import KIND, Owing
from tests.commitments.notices.stage import state_of

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=3)


def test_owing_twice_is_owing_once(owed: Owing) -> None:
    somebody = person("somebody@example.org", "Somebody")
    first = owed(recipient=somebody)
    second = owed(recipient=somebody)

    assert (first.pk, first.message_id) == (second.pk, second.message_id)
    assert first.key == f"{KIND}:user:{somebody.pk}:{somebody.pk}:0:2026-11-24"
    assert Notice.objects.count() == 1


def test_what_is_due_now_is_pending_and_what_is_due_later_is_planned(owed: Owing) -> None:
    assert owed().state == "pending"
    assert owed(not_before=LATER).state == "planned"


def test_each_message_has_a_message_id_of_its_own(owed: Owing, settings: Any) -> None:
    settings.DEFAULT_FROM_EMAIL = "Secretariat <desk@tracker.example>"
    ids = [owed().message_id, owed().message_id]

    assert len(set(ids)) == 2
    assert [one.rpartition("@")[2] for one in ids] == ["tracker.example>"] * 2


def test_an_unknown_kind_is_refused(owed: Owing) -> None:
    with pytest.raises(UnknownKindError):
        owed(kind="nobody_registered_this")
    assert Notice.objects.count() == 0


def test_a_moved_date_supersedes_what_counts_from_the_old_one(owed: Owing) -> None:
    thing = person("thing@example.org", "Thing")
    old, new = owed(recipient=thing, due_revision="2026-12-01"), owed(recipient=thing, due_revision="2026-12-08")
    other = owed(due_revision="2026-12-01")

    assert supersede(KIND, thing, "2026-12-08", NOON) == 1
    assert [state_of(row) for row in (old, new, other)] == [("superseded", "moved"), ("pending", ""), ("pending", "")]


def test_cancelling_spares_what_was_sent(owed: Owing) -> None:
    thing = person("thing@example.org", "Thing")
    sent, unsent = owed(recipient=thing, offset_days=-3), owed(recipient=thing, offset_days=-1)
    Notice.objects.filter(pk=sent.pk).update(state="sent", sent_at=NOON)

    assert cancel(KIND, thing, NOON) == 1
    assert [state_of(row)[0] for row in (sent, unsent)] == ["sent", "cancelled"]


@pytest.mark.parametrize(
    ("lane", "not_before", "wakes"), [("urgent", None, 1), ("urgent", LATER, 0), ("normal", None, 0)]
)
def test_only_an_urgent_message_that_is_due_wakes_the_worker(
    owed: Owing, django_capture_on_commit_callbacks: Any, lane: str, not_before: Any, wakes: int
) -> None:
    with django_capture_on_commit_callbacks() as calls:
        owed(lane=lane, not_before=not_before)
    assert calls == [waking.wake] * wakes


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_change_owes_nothing(letterhead: object) -> None:
    somebody = person("somebody@example.org", "Somebody")

    @transaction.atomic
    def save_and_fail() -> None:
        owe(kind=KIND, thing=somebody, recipient=somebody, at=NOON, due_revision="1", lane="urgent")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        save_and_fail()
    assert Notice.objects.count() == 0
