"""Readers on public pages in a real browser, with and without script."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from commitments.exchange.reference.loading import load_reference_data
from commitments.formats.dates import last_day_at
from commitments.register.models import Commitment
from tests.factories import record as rows

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def record(live_server: Any) -> None:
    """The record of public facts, behind a real server."""
    load_reference_data(at=datetime(2026, 11, 24, 9, 0, tzinfo=UTC))


def test_reader_finds_a_commitment_by_keyboard_and_without_script(record: None, visit: Callable[..., Page]) -> None:
    page = visit(script=False, width=390)
    page.goto("/en/")
    page.get_by_text("Menu", exact=True).click()
    page.locator(".menu-panel").get_by_role("link", name="Commitments").click()
    page.get_by_role("link", name="Filter", exact=True).click()
    page.get_by_label("Country", exact=True).select_option("COL")
    page.get_by_label("Fulfilled").check()
    page.get_by_role("button", name="Show results").click()
    expect(page.get_by_role("status")).to_have_text("1 commitment")
    page.get_by_role("link", name="Ten-year temporary protection permits for Venezuelans").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ten-year temporary protection permits")
    page.get_by_role("link", name="History of changes").first.click()
    expect(page.locator("main")).to_contain_text("Loaded from the public record")


def test_refused_filter_names_itself(record: None, page: Page, check_page: Callable[[Page, str], None]) -> None:
    answer = page.goto("/en/commitments/?status=late")
    assert answer is not None
    assert answer.status == 400
    expect(page.locator("main")).to_contain_text("late")
    check_page(page, "refused filter")


def test_reader_finds_who_can_act_on_a_phone_without_script(
    record: None, page: Page, visit: Callable[..., Page], check_page: Callable[[Page, str], None]
) -> None:
    today = last_day_at(timezone.now())
    cycle = rows.cycle(
        due_on=today - timedelta(days=8), opens_on=today - timedelta(days=60), closes_on=today + timedelta(days=60)
    )
    commitment = Commitment.objects.of_declaration().filter(maker_country__iso3="CRI", life_cycle="active").first()
    assert commitment is not None
    rows.entry(rows.indicator(commitment, 99), cycle)
    phone = visit(script=False, width=390)
    phone.goto("/en/")
    phone.get_by_role("link", name="See what is late or off track").click()
    expect(phone.get_by_role("status")).to_have_text("2 late · 0 off track or at risk")
    phone.get_by_role("link", name="Filter", exact=True).click()
    phone.get_by_label("Kind").select_option("report")
    phone.get_by_role("button", name="Show").click()
    expect(phone.get_by_role("status")).to_have_text("1 late")
    expect(phone.get_by_role("row", name="8 days late")).to_contain_text("Focal point")
    page.goto("/en/late/")
    check_page(page, "late reports and figures")
    page.goto("/en/countries/")
    check_page(page, "map with a late report")
