"""The lead, the secretariat and the administrator at work, each page accessible."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from commitments.register.models import Commitment
from commitments.reporting.models import ProgressReport
from tests.cast import Cast
from tests.factories import record

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", ["en", "es"])
def test_lead_records_a_commitment_and_the_secretariat_publishes_it(
    visit: Any, check_page: Any, cast: Cast, language: str
) -> None:
    lead = visit(cast.lead_labour)
    lead.goto(f"/{language}/workspace/commitments/")
    check_page(lead, f"records, empty {language}")
    lead.locator("main .btn-primary").click()
    check_page(lead, f"new commitment {language}")
    lead.locator("form .btn-primary").click()
    expect(lead.locator(".error-summary")).to_be_visible()
    check_page(lead, f"new commitment with errors {language}")
    lead.fill("#id_title", "Open a seasonal programme")
    lead.fill("#id_summary", "Colombia said that it would open one.")
    lead.select_option("#id_maker", "COL")
    lead.fill("#id_made_on", "2026-11-01")
    lead.fill("#id_source_title", "Joint statement")
    lead.fill("#id_indicator-title", "Workers admitted")
    lead.fill("#id_indicator-unit", "people")
    lead.fill("#id_indicator-target", "5000")
    lead.fill("#id_indicator-target_on", "2027-06-30")
    lead.locator("form .btn-primary").click()
    lead.wait_for_url("**/edit/")
    check_page(lead, f"draft commitment {language}")
    code = Commitment.objects.get().code

    desk = visit(cast.secretary)
    desk.goto(f"/{language}/workspace/commitments/{code}/edit/")
    check_page(desk, f"commitment to publish {language}")
    desk.locator("button[value=publish]").click()
    desk.wait_for_load_state()
    assert Commitment.objects.get().life_cycle == "active"

    reader = visit()
    reader.goto(f"/{language}/commitments/{code}/")
    expect(reader.locator("main")).to_contain_text("Workers admitted")
    check_page(reader, f"commitment {language}")
    reader.goto(f"/{language}/commitments/{code}/history/")
    check_page(reader, f"commitment history {language}")


@pytest.mark.parametrize("language", ["en", "es"])
def test_lead_sends_the_report_of_the_group(visit: Any, check_page: Any, cast: Cast, language: str) -> None:
    today = timezone.now().date()
    cycle = record.cycle(
        due_on=today + timedelta(days=9), opens_on=today - timedelta(days=9), closes_on=today + timedelta(days=60)
    )
    report = record.group_report(cast.labour, cycle)
    commitment = record.commitment(country=cast.colombia, group=cast.labour)
    record.measurement(record.indicator(commitment), 120, today - timedelta(days=40))
    lead = visit(cast.lead_labour, width=390)
    lead.goto(f"/{language}/workspace/")
    lead.locator(".task .btn").first.click()
    check_page(lead, f"group report {language}")
    lead.fill("#id_summary", "Two seasonal programmes opened.")
    lead.locator("form .btn-primary").click()
    lead.wait_for_url("**/check/")
    check_page(lead, f"group report, check {language}")
    lead.locator("form .btn-primary").click()
    lead.wait_for_url("**/received/")
    check_page(lead, f"group report, receipt {language}")

    desk = visit(cast.second_secretary)
    desk.goto(f"/{language}/workspace/review/reports/{report.pk}/")
    check_page(desk, f"report under review {language}")
    desk.locator("button[value=publish]").click()
    desk.wait_for_url("**/review/")
    assert ProgressReport.objects.get().state == "published"
    reader = visit()
    reader.goto(f"/{language}/working-groups/{cast.labour.slug}/")
    expect(reader.locator("main")).to_contain_text("Two seasonal programmes opened.")
    check_page(reader, f"working group {language}")
    reader.goto(f"/{language}/reports/{cycle.slug}/{cast.labour.slug}/")
    check_page(reader, f"published report {language}")
    reader.goto(f"/{language}/check/")
    check_page(reader, f"check a file {language}")
    lead.goto(f"/{language}/workspace/reports/{report.pk}/read/")
    check_page(lead, f"reading a report {language}")
    lead.goto(f"/{language}/workspace/reports/{report.pk}/files/")
    check_page(lead, f"files of a report {language}")


def test_two_editors_meet_on_the_conflict_page(visit: Any, check_page: Any, cast: Cast) -> None:
    code = record.commitment(country=cast.colombia).code
    first, second = visit(cast.secretary), visit(cast.second_secretary)
    for page in (first, second):
        page.goto(f"/en/workspace/commitments/{code}/edit/")
    for page, title in ((first, "One title"), (second, "Another title")):
        page.fill("#id_title", title)
        page.fill("#id_public_reason", "A slip.")
        page.locator("form .btn-primary").first.click()
        page.wait_for_load_state()
    expect(second.locator("main")).to_contain_text("One title")
    expect(second.locator("main")).to_contain_text("Another title")
    check_page(second, "conflict")
    second.locator("form .btn-primary").click()
    second.wait_for_load_state()
    assert Commitment.objects.get().title_en == "Another title"


def test_lead_plans_and_moves_a_meeting(visit: Any, check_page: Any, cast: Cast) -> None:
    day = timezone.now().date() + timedelta(days=20)
    lead = visit(cast.lead_labour)
    lead.goto("/en/workspace/meetings/")
    check_page(lead, "no meetings")
    lead.locator("main .btn-primary").click()
    check_page(lead, "plan a meeting")
    lead.fill("#id_title", "Labour mobility group")
    lead.fill("#id_day", day.isoformat())
    lead.fill("#id_time", "10:00")
    lead.locator("form .btn-primary").click()
    lead.wait_for_url("**/meetings/")
    check_page(lead, "planned meetings")
    lead.locator(".rows a").first.click()
    lead.fill("#id_day", (day + timedelta(days=1)).isoformat())
    lead.fill("#id_public_reason", "Clash with another meeting.")
    lead.locator("form .btn-primary").click()
    lead.wait_for_url("**/meetings/")
    reader = visit(width=390)
    reader.goto("/en/meetings/")
    expect(reader.locator("main")).to_contain_text("Labour mobility group")
    check_page(reader, "public meetings")


@pytest.mark.parametrize("language", ["en", "es"])
def test_sign_in_pages_and_account(visit: Any, check_page: Any, cast: Cast, language: str) -> None:
    reader = visit()
    for name in ("login", "password/reset"):
        reader.goto(f"/{language}/account/{name}/")
        check_page(reader, f"{name} {language}")
    person = visit(cast.reader)
    for name in ("", "password/change/"):
        person.goto(f"/{language}/account/{name}")
        check_page(person, f"account {name} {language}")
    admin = visit(cast.administrator)
    for name in ("", "invite/", f"{cast.focal_colombia.pk}/", f"{cast.focal_colombia.pk}/end-access/"):
        admin.goto(f"/{language}/workspace/users/{name}")
        check_page(admin, f"people {name} {language}")
