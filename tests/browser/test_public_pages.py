"""Readers on public pages in a real browser, with and without script."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from commitments.exchange.reference.loading import load_reference_data
from commitments.formats.dates import last_day_at
from commitments.mechanisms.models import Country
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


def test_a_course_fills_its_card_and_its_letters_stay_as_large(record: None, visit: Callable[..., Page]) -> None:
    for width, kind, room in ((1280, "broad", 0.98), (390, "narrow", 0.98)):
        page = visit(width=width)
        page.goto("/en/indicators/LAD-USA-007-I1/")
        drawing = page.locator(f".figure.card svg.ch-{kind}").first
        expect(drawing).to_be_visible()
        expect(page.locator(".figure.card svg.ch-wide").first).to_be_hidden()
        fills, letters = drawing.evaluate(
            """svg => {
              const card = svg.closest('.card'), style = getComputedStyle(card), box = svg.getBoundingClientRect()
              const inside = card.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight)
              return [box.width / inside, 13 * box.width / svg.viewBox.baseVal.width]
            }"""
        )
        assert fills >= room
        assert 11.5 <= letters <= 19
        page.close()


def test_which_country_belongs_where_is_a_list_on_a_phone(record: None, visit: Callable[..., Page]) -> None:
    for width, display in ((390, "block"), (1280, "table")):
        page = visit(width=width)
        page.goto("/es/mechanisms/matrix/")
        table = page.locator("table.matrix-members")
        shown, hidden = table.evaluate(
            """table => [getComputedStyle(table).display,
                        table.parentElement.scrollWidth - table.parentElement.clientWidth]"""
        )
        assert shown == display
        if width == 390:
            assert hidden <= 0, "nothing is to be scrolled to sideways"
            expect(table.locator("td.is-zero").first).to_be_hidden()
        expect(page.locator("#members > p")).to_contain_text("figuras 1 y 2")
        page.close()


@pytest.mark.parametrize(
    ("path", "text"), [("commitments/LAD-COL-901/", "(LAD-COL-901)"), ("data/", "/en/data/")], ids=["record", "data"]
)
def test_the_citation_is_reached_and_selected_by_keyboard(
    record: None,
    page: Page,
    tab_to: Callable[[Page, str], None],
    check_page: Callable[[Page, str], None],
    path: str,
    text: str,
) -> None:
    colombia = Country.objects.get(iso3="COL")
    rows.measurement(rows.indicator(rows.commitment(country=colombia)), 100, timezone.now().date())
    page.goto(f"/en/{path}")
    if path != "data/":
        page.locator("details.take:has(.take-text) > summary").first.focus()
        page.keyboard.press("Enter")
        tab_to(page, ".take-text")
        assert page.evaluate("getSelection().toString()").startswith("<iframe src=")
    tab_to(page, ".cite")
    chosen = page.evaluate("getSelection().toString()")
    assert chosen == page.locator(".cite").inner_text()
    assert text in chosen
    check_page(page, f"cited {path}")
