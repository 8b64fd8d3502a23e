"""The secretariat opens a cycle, chases what is late in two clicks, and closes it; every page accessible."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from commitments.notices.models import Notice
from commitments.reporting.models import CycleSnapshot, ReportingCycle
from tests.cast import Cast
from tests.factories import record

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_cycle_from_opening_to_its_published_copy(visit: Any, check_page: Any, cast: Cast, language: str) -> None:
    for place in (cast.colombia, cast.canada):
        record.indicator(record.commitment(f"LAD-{place.iso3}-901", country=place, group=cast.labour))
    today = timezone.localdate()
    desk = visit(cast.secretary)
    desk.goto(f"/{language}/workspace/cycles/")
    check_page(desk, f"cycles, none {language}")
    desk.locator("main .btn-primary").click()
    desk.fill("#id_due_on", "")
    desk.locator("form .btn-primary").click()
    expect(desk.locator(".error-summary")).to_be_visible()
    check_page(desk, f"cycle form with errors {language}")
    desk.fill("#id_opens_on", (today - timedelta(days=40)).isoformat())
    desk.fill("#id_due_on", (today - timedelta(days=8)).isoformat())
    desk.locator("button[value=check]").click()
    check_page(desk, f"what follows from a cycle {language}")
    assert ReportingCycle.objects.count() == 0
    desk.locator("button[value=save]").click()
    desk.wait_for_load_state()
    cycle = ReportingCycle.objects.get()
    check_page(desk, f"cycle {language}")

    desk.goto(f"/{language}/workspace/cycles/{cycle.slug}/?show=overdue")
    desk.locator("button[value=preview]").click()
    check_page(desk, f"reminders before they go {language}")
    desk.locator("button[value=send]").click()
    desk.wait_for_load_state()
    assert Notice.objects.filter(kind="report_chase").count() == 3

    desk.goto(f"/{language}/workspace/board/")
    check_page(desk, f"board {language}")
    desk.goto(f"/{language}/workspace/cycles/{cycle.slug}/extend/")
    check_page(desk, f"more time {language}")
    desk.goto(f"/{language}/workspace/cycles/{cycle.slug}/close/")
    check_page(desk, f"closing {language}")
    desk.fill("#id_reason", "Three reports come with the next cycle.")
    desk.locator(".btn-danger").click()
    desk.wait_for_load_state()
    assert CycleSnapshot.objects.get().cycle == cycle

    reader = visit()
    reader.goto(f"/{language}/cycles/{cycle.slug}/")
    check_page(reader, f"published cycle {language}")
    reader.goto(f"/{language}/cycles/")
    check_page(reader, f"published cycles {language}")
