"""The page on which something is taken off the site, in a real browser: by keyboard alone, with its mistakes."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from commitments.indicators.models import Evidence
from tests.cast import Cast
from tests.factories import record

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def evidence(cast: Cast, settings: Any, tmp_path: Path) -> Evidence:
    """A file that everybody may have."""
    settings.FILES_DIR = tmp_path / "files"
    return record.evidence(commitment=record.commitment(country=cast.colombia))


def test_public_evidence_is_withdrawn_by_keyboard(visit: Any, cast: Cast, evidence: Evidence, check_page: Any) -> None:
    page: Page = visit(cast.secretary, width=390)
    page.goto("/en/workspace/commitments/LAD-COL-901/evidence/")
    check_page(page, "evidence")
    expect(page.get_by_role("button", name="Take away")).to_have_count(0)
    page.get_by_role("link", name="Withdraw from the site").press("Enter")
    page.wait_for_url("**/withdraw/evidence/*/")
    check_page(page, "withdraw")
    page.locator("#id_reason").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Withdraw it for good")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".error-summary")).to_be_focused()
    check_page(page, "withdraw-empty")
    page.locator("#id_reason").fill("It named ana@example.org")
    page.get_by_role("button", name="Withdraw it for good").press("Enter")
    expect(page.locator(".looked")).to_contain_text("an e-mail address (ana@example.org)")
    check_page(page, "withdraw-looked")
    page.locator("#id_reason").fill("It held a name.")
    page.get_by_role("button", name="Withdraw it for good").press("Enter")
    page.wait_for_url("**/evidence/")
    expect(page.locator("main")).to_contain_text("It held a name.")
    check_page(page, "evidence-withdrawn")
