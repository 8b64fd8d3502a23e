"""What is nobody's record goes after its time: drafts left lying, tokens of forms long sent."""

from datetime import datetime, timedelta

import pytest
import time_machine

from commitments.history.models import SentForm
from commitments.notices.models import Heartbeat
from commitments.reporting.actions import keep_draft
from commitments.reporting.models import Draft
from commitments.reporting.tasks import forget_what_is_old
from tests.cast import NOON, Cast

pytestmark = pytest.mark.django_db


def draft(cast: Cast, key: str, at: datetime) -> None:
    keep_draft(user_id=cast.focal_colombia.pk, form="update", key=key, fields={"value": "7"}, version_read=0, at=at)


def keys() -> list[str]:
    return [row.key for row in Draft.objects.order_by("key")]


def test_a_draft_goes_ninety_days_after_it_was_last_touched(cast: Cast) -> None:
    draft(cast, "touched again", NOON - timedelta(days=200))
    draft(cast, "touched again", NOON - timedelta(days=1))
    draft(cast, "ninety days", NOON - timedelta(days=90))
    draft(cast, "older", NOON - timedelta(days=90, seconds=1))

    with time_machine.travel(NOON, tick=False):
        first, second = forget_what_is_old(), forget_what_is_old()

    assert (first["drafts"], second["drafts"]) == (1, 0)
    assert keys() == ["ninety days", "touched again"]


def test_the_token_of_a_sent_form_goes_after_thirty_days(cast: Cast) -> None:
    for token, days in (("t" * 20, 30), ("u" * 20, 31)):
        SentForm.objects.create(user=cast.reader, token=token, result="/", sent_at=NOON - timedelta(days=days))

    with time_machine.travel(NOON, tick=False):
        assert forget_what_is_old() == {"drafts": 0, "tokens": 1, "marks": 0, "files": 0, "contents": 0, "mistakes": 0}

    assert [row.token for row in SentForm.objects.all()] == ["t" * 20]


def test_it_leaves_a_sign_of_life(cast: Cast) -> None:
    with time_machine.travel(NOON, tick=False):
        forget_what_is_old()

    beat = Heartbeat.objects.get(job="forget")
    assert (beat.finished_at, beat.is_ok, beat.counts) == (
        NOON,
        True,
        {"drafts": 0, "tokens": 0, "marks": 0, "files": 0, "contents": 0, "mistakes": 0},
    )
