"""A real worker on a real broker: what is due is really e-mailed by a process in the background."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from commitments.history import actions
from commitments.meetings.models import Meeting
from commitments.notices.models import Heartbeat, Notice
from tests.cast import NOON, STAGE, assemble
from tests.factories import record
from tests.servers import SmtpSink, wait_until
from tracker import celery_app

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.servers]


def test_a_background_worker_plans_and_e_mails_what_is_due(worker: Any, smtp_sink: SmtpSink) -> None:
    cast, today = assemble(), timezone.now().date()
    owed = record.entry(
        record.indicator(record.commitment(country=cast.canada)),
        record.cycle(
            due_on=today + timedelta(days=7),
            opens_on=today - timedelta(days=30),
            closes_on=today + timedelta(days=60),
        ),
    )
    meeting = Meeting(
        slug="labour-meeting",
        title_en="Labour mobility: next steps",
        group=cast.labour,
        start=today + timedelta(days=2),
        start_precision="day",
    )
    actions.create(meeting, by=STAGE, at=NOON)

    celery_app.send_task("reminders.plan", ignore_result=True)
    wait_until(lambda: Notice.objects.count() >= 3, "the plan")
    celery_app.send_task("notices.send_due", ignore_result=True)
    smtp_sink.wait_for(2)

    [to_canada], [to_lead] = smtp_sink.to(cast.focal_canada.email), smtp_sink.to(cast.lead_labour.email)
    # The figure is due with its report: one message for both.
    assert f"/fr/workspace/country-reports/{owed.report_id}/" in to_canada.get_body(("plain",)).get_content()
    assert "Labour mobility: next steps" in str(to_lead["Subject"])
    wait_until(lambda: Notice.objects.filter(state="sent").count() == 2, "the notes of sending")
    assert {beat.job for beat in Heartbeat.objects.filter(is_ok=True)} == {"plan", "send_due"}


def test_a_question_goes_out_at_once_with_the_plan(worker: Any, smtp_sink: SmtpSink) -> None:
    cast, today = assemble(), timezone.now().date()
    indicator = record.indicator(record.commitment(country=cast.canada))
    record.measurement(
        indicator,
        5,
        today - timedelta(days=40),
        state="returned",
        accepted_at=None,
        published_at=None,
        question="Which register?",
        question_due_on=today + timedelta(days=5),
    )

    celery_app.send_task("reminders.plan", ignore_result=True)

    [message] = smtp_sink.wait_for(1)
    assert "Which register?" in message.get_body(("plain",)).get_content()
