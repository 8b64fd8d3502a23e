"""Blocks under each other keep their distance, in a real browser: parts of a page that failed, a box of errors."""

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from commitments.history import actions
from commitments.mechanisms.models import OfficeSettings
from tests.cast import NOON, STAGE, Cast
from tests.factories import record
from tests.tracker.test_parts import broken

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: How far each block of a kind stands under the block before it, in pixels; one that opens its column counts as none.
GAPS = """blocks => blocks.map(block => {
  const before = block.previousElementSibling
  return before ? Math.round(block.getBoundingClientRect().top - before.getBoundingClientRect().bottom) : null
})"""

#: How far a box stands under the card that is before its form.
UNDER_CARD = """box => Math.round(box.getBoundingClientRect().top
  - box.closest("form").previousElementSibling.getBoundingClientRect().bottom)"""


@pytest.fixture
def world(cast: Cast, settings: Any) -> Cast:
    """A commitment of Colombia with an indicator, on a site whose parts may fail alone; then the indicator breaks."""
    settings.PARTS_FAIL_ALONE = True
    commitment = record.commitment("LAD-COL-901", country=cast.colombia, group=cast.labour)
    row = record.indicator(commitment, baseline=(0, date(2024, 1, 1)), target=(100, date(2026, 12, 31)))
    record.measurement(row, 40, date(2026, 7, 1), source=record.source("Registry"))
    broken("indicator")
    return cast


@pytest.mark.parametrize(("language", "width", "first"), [("en", 1280, 48), ("fr", 390, 36)])
def test_parts_that_failed_stand_apart(
    visit: Any, world: Cast, check_page: Any, language: str, width: int, first: int
) -> None:
    """The first where a section would begin, those after it nearer, as what belongs together."""
    page: Page = visit(width=width, language=language)
    page.goto(f"/{language}/commitments/LAD-COL-901/")
    assert page.locator(".part-failed").evaluate_all(GAPS) == [None, 16, 16]
    check_page(page, "commitment-failed")
    page.goto(f"/{language}/indicators/LAD-COL-901-I1/")
    gaps = page.locator(".part-failed").evaluate_all(GAPS)
    assert (gaps[1:], gaps[0] > 0) == ([16, 16, 16], True)
    page.goto(f"/{language}/working-groups/labor-mobility/")
    assert page.locator(".part-failed").evaluate_all(GAPS) == [first]
    page.goto(f"/{language}/")
    assert page.locator(".columns > .part-failed").evaluate_all(
        "blocks => blocks.map(block => getComputedStyle(block).marginTop)"
    ) == ["0px"]


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("fr", 390)])
def test_the_box_of_errors_stands_apart_from_the_card_above_its_form(
    visit: Any, cast: Cast, check_page: Any, language: str, width: int
) -> None:
    """Its ring of focus, too, which reaches some pixels beyond it."""
    settings = OfficeSettings(valid_from=date(2099, 1, 1), review_days=5)
    actions.create(settings, by=STAGE, at=NOON)
    page: Page = visit(cast.administrator, width=width, language=language)
    page.goto(f"/{language}/workspace/settings/office/{settings.pk}/take-back/")
    assert page.locator(".card + form").evaluate_all(GAPS) == [24]
    page.locator(".form .btn-primary").click()
    expect(page.locator(".error-summary")).to_be_focused()
    assert page.locator(".error-summary").evaluate(UNDER_CARD) == 24
    check_page(page, "take-back-errors")
