"""Several schedulers at the same time: five plans and five sendings at once are one plan and one mail to each."""

import threading
from datetime import timedelta
from typing import Any

import pytest

from commitments.notices.delivery import send_due
from commitments.notices.models import Notice
from commitments.reminders.actions import plan
from tests.cast import NOON
from tests.commitments.notices.stage import PATIENCE, HandClock, mail_server, together
from tests.commitments.reminders.conftest import World

pytestmark = pytest.mark.django_db(transaction=True)


def test_five_beats_at_once(world: World, settings: Any) -> None:
    clock = HandClock(NOON + timedelta(days=7, hours=6))
    start = threading.Barrier(5)

    def tick() -> None:
        start.wait(PATIENCE)
        plan(clock.now)
        send_due(clock=clock)

    with mail_server(settings) as server:
        assert together(*[tick] * 5) == []
        assert sorted(server.recipients) == ["deputy.colombia@example.org", "lead.labour@example.org"]
    assert sorted(Notice.objects.values_list("kind", "offset_days", "state")) == [
        ("figure_due", -14, "sent"),
        ("figure_due", -3, "planned"),
        ("meeting_soon", -3, "planned"),
        ("meeting_soon", -3, "planned"),
        ("meeting_tomorrow", -1, "planned"),
        ("meeting_tomorrow", -1, "planned"),
        ("report_due", -14, "sent"),
        ("report_due", -3, "planned"),
    ]
