"""`manage.py reminders --once`: the whole path without Celery, for cron."""

import re
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command

from commitments.notices.models import Heartbeat
from tests.cast import NOON
from tests.commitments.notices.stage import mail_server
from tests.commitments.reminders.conftest import World

pytestmark = pytest.mark.django_db


def run() -> str:
    """What it says; marks of changes go by the database's clock, which no test moves."""
    out = StringIO()
    call_command("reminders", "--once", stdout=out)
    return re.sub(r"marks \d+", "marks some", out.getvalue())


def test_it_plans_sends_and_leaves_signs_of_life(world: World, settings: Any) -> None:
    moment = NOON + timedelta(days=7, hours=6)
    with mail_server(settings) as server, time_machine.travel(moment, tick=False):
        first, second = run(), run()

    assert sorted(server.recipients) == ["deputy.colombia@example.org", "lead.labour@example.org"]
    kept = "forgotten: contents 0, drafts 0, files 0, marks some, mistakes 0, tokens 0"
    idle = ["demonstration moved: meetings 0, owed 0", kept]
    clock = ["statuses by hand ended: 0", "prints: failed 0, left 0, made 0"]
    assert first.splitlines() == [
        idle[0],
        "planned: called_off 0, changed 0, planned 8, things 3",
        "sent: ended 0, recovered 0, sent 2",
        "statuses worked out: 1",
        *clock,
        idle[1],
    ]
    assert second.splitlines() == [
        idle[0],
        "planned: called_off 0, changed 0, planned 0, things 3",
        "sent: ended 0, recovered 0",
        "statuses worked out: 0",
        *clock,
        idle[1],
    ]
    beats = Heartbeat.objects.order_by("job").values_list("job", "is_ok", "finished_at")
    jobs = ("demonstration", "forget", "make_prints", "plan", "send_due")
    assert list(beats) == [(job, True, moment) for job in jobs]


def test_it_stops_after_one_round_and_says_so_beforehand() -> None:
    with pytest.raises(CommandError, match="--once"):
        call_command("reminders")
