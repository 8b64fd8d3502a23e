"""Blocks under each other keep their distance, in a real browser: parts of a page that failed."""

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.cast import Cast
from tests.factories import record
from tests.tracker.test_parts import broken

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: How far each block of a kind stands under the block before it, in pixels; one that opens its column counts as none.
GAPS = """blocks => blocks.map(block => {
  const before = block.previousElementSibling
  return before ? Math.round(block.getBoundingClientRect().top - before.getBoundingClientRect().bottom) : null
})"""


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
