"""The pages of a commitment's life, of what it belongs to, of likely doubles and of totals, each accessible."""

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import expect

from commitments.register.models import Commitment
from tests.cast import Cast
from tests.factories import record

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_commitment_is_suspended_with_the_effect_said_first(
    visit: Any, check_page: Any, cast: Cast, language: str
) -> None:
    code = record.commitment(country=cast.colombia, group=cast.labour).code
    desk = visit(cast.secretary)
    desk.goto(f"/{language}/workspace/commitments/{code}/life/")
    check_page(desk, f"life {language}")
    desk.locator("button[value=check]").click()
    expect(desk.locator(".error-summary")).to_be_visible()
    desk.check("input[name=to][value=suspended]")
    desk.fill("#id_reason", "The money ran out.")
    desk.fill("#id_source_title", "Press note")
    desk.locator("button[value=check]").click()
    desk.wait_for_selector("button[value=take]")
    check_page(desk, f"life, effect {language}")
    desk.locator("button[value=take]").click()
    desk.wait_for_url("**/edit/")
    assert Commitment.objects.get().life_cycle == "suspended"
    check_page(desk, f"commitment suspended {language}")
    desk.goto(f"/{language}/workspace/commitments/{code}/links/")
    check_page(desk, f"links {language}")
    reader = visit(width=390)
    reader.goto(f"/{language}/totals/")
    check_page(reader, f"totals {language}")


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_likely_double_is_pointed_out(visit: Any, check_page: Any, cast: Cast, language: str) -> None:
    record.commitment("LAD-COL-001", country=cast.colombia, title_en="Open a seasonal programme")
    lead = visit(cast.lead_labour)
    lead.goto(f"/{language}/workspace/commitments/new/")
    lead.fill("#id_title", "Open a seasonal programme")
    lead.fill("#id_summary", "Colombia said that it would open one.")
    lead.select_option("#id_maker", "COL")
    lead.fill("#id_made_on", date(2026, 11, 1).isoformat())
    lead.fill("#id_source_title", "Joint statement")
    lead.locator(".action-bar .btn-primary").click()
    expect(lead.locator("button[name=another]")).to_be_visible()
    check_page(lead, f"likely double {language}")
    lead.locator("button[name=another]").click()
    lead.wait_for_url("**/edit/")
    check_page(lead, f"draft beside a likely double {language}")
