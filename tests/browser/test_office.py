"""The office in a browser: settings seen before they are saved, the log, a hand-over, a country in its own words."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Page, expect

from commitments.appointments.models import Appointment
from tests.cast import Cast
from tests.factories import record

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Visit = Callable[..., Page]
Check = Callable[[Page, str], None]
LANGUAGES = pytest.mark.parametrize("language", ["en", "es"])


@pytest.fixture(autouse=True)
def nobody_is_throttled() -> None:
    cache.clear()


@LANGUAGES
def test_the_administrator_decides_thresholds_and_reads_the_log(
    visit: Visit, check_page: Check, cast: Cast, language: str
) -> None:
    today = timezone.now().date()
    commitment = record.commitment(country=cast.colombia)
    indicator = record.indicator(
        commitment, baseline=(0, today - timedelta(days=300)), target=(1000, today + timedelta(days=300))
    )
    record.measurement(indicator, 440, today)
    desk = visit(cast.administrator)
    desk.goto(f"/{language}/workspace/settings/")
    check_page(desk, f"settings {language}")
    desk.goto(f"/{language}/workspace/settings/thresholds/lad/")
    desk.fill("#id_on_track_from", "60")
    desk.fill("#id_public_reason", "Agreed at the meeting of November")
    desk.locator(".action-bar .btn-primary").click()
    expect(desk.locator(".error-summary")).to_be_focused()
    check_page(desk, f"thresholds with errors {language}")
    desk.fill("#id_on_track_from", "85")
    desk.locator(".action-bar .btn-primary").click()
    expect(desk.locator("#effect")).to_contain_text("LAD-COL-901")
    check_page(desk, f"effect of thresholds {language}")
    desk.locator("#effect .btn-primary").click()
    desk.wait_for_url("**/workspace/settings/")
    expect(desk.locator("#thresholds")).to_contain_text("85")
    desk.goto(f"/{language}/workspace/settings/office/")
    desk.fill("#id_early_reminders", "7")
    desk.fill("#id_public_reason", "Fewer messages")
    desk.locator(".action-bar .btn-primary").click()
    check_page(desk, f"effect of reminders {language}")
    desk.goto(f"/{language}/workspace/audit/?kind=thresholds")
    check_page(desk, f"log {language}")
    desk.locator("table.log th a").first.click()
    check_page(desk, f"entry {language}")


@LANGUAGES
def test_a_post_is_handed_over_and_the_successor_finds_one_page(
    visit: Visit, check_page: Check, cast: Cast, language: str
) -> None:
    today = timezone.now().date()
    indicator = record.indicator(record.commitment(country=cast.colombia))
    cycle = record.cycle(due_on=today + timedelta(days=9), opens_on=today, closes_on=today + timedelta(days=30))
    record.entry(indicator, cycle)
    record.measurement(indicator, 5, today - timedelta(days=90))
    post = Appointment.objects.get(user=cast.focal_colombia)
    desk = visit(cast.administrator)
    desk.goto(f"/{language}/workspace/users/{cast.focal_colombia.pk}/appointments/{post.pk}/hand-over/")
    check_page(desk, f"hand over {language}")
    desk.select_option("#id_person", label="Olga Outsider")
    desk.check("input[name=deputies][value=move]")
    desk.fill("#id_why", "Letter of 20 November")
    desk.locator("form .btn-primary").click()
    expect(desk.locator("h1")).to_have_text("Olga Outsider")
    phone = visit(cast.outsider, width=390, script=False)
    phone.goto(f"/{language}/workspace/")
    phone.locator("a[href$='/workspace/hand-over/']").click()
    expect(phone.locator("#owed")).to_contain_text("People counted 1")
    seen = visit(cast.outsider, width=390)
    seen.goto(f"/{language}/workspace/hand-over/")
    check_page(seen, f"taking over {language}")


@LANGUAGES
def test_a_country_speaks_in_its_own_words(visit: Visit, check_page: Check, cast: Cast, language: str) -> None:
    today = timezone.now().date()
    due = today - timedelta(days=8)
    record.entry(record.indicator(record.commitment(country=cast.colombia)), record.cycle(due_on=due, closes_on=today))
    phone = visit(cast.focal_colombia, width=390, script=False)
    phone.goto(f"/{language}/workspace/statement/")
    phone.fill("#id_en", "We do more than the figures show.")
    phone.locator(".action-bar .btn-primary").click()
    seen = visit(cast.focal_colombia, width=390)
    seen.goto(f"/{language}/workspace/statement/")
    expect(seen.locator("#id_en")).to_have_value("We do more than the figures show.")
    check_page(seen, f"statement {language}")
    reader = visit()
    reader.goto(f"/{language}/countries/COL/")
    expect(reader.locator("#statement")).to_contain_text("We do more")
    check_page(reader, f"country {language}")
    deputy = visit(cast.focal_canada)
    deputy.goto(f"/{language}/workspace/deputy/{Appointment.objects.get(user=cast.focal_canada).pk}/")
    check_page(deputy, f"deputy {language}")
