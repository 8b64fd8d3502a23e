"""The focal point's repeat update, counted: one typed field and at most six taps from My tasks to the receipt."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page

from commitments.indicators.models import Measurement
from tests.cast import Cast
from tests.factories import record

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST_TAPS = 6


@dataclass
class Hand:
    """A hand that keeps count of what it does on a phone."""

    taps: list[str] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)

    def tap(self, where: Locator) -> None:
        """Touch something."""
        self.taps.append(where.inner_text().strip() or str(where.get_attribute("name")))
        where.tap()

    def type(self, where: Locator, text: str) -> None:
        """Touch a field and type."""
        self.tap(where)
        self.typed.append(str(where.get_attribute("name")))
        where.page.keyboard.type(text)


@pytest.fixture
def owed(cast: Cast) -> None:
    """Colombia owes the next figure of a series that is on its way."""
    today = timezone.now().date()
    indicator = record.indicator(
        record.commitment(country=cast.colombia),
        baseline=(0, today - timedelta(days=800)),
        target=(60_000, today + timedelta(days=600)),
    )
    for days, value in ((300, 34_000), (150, 41_200)):
        record.measurement(indicator, value, today - timedelta(days=days))
    dates = {"period_start": 140, "period_end": 50, "opens_on": 30, "closes_on": -30, "due_on": -7}
    record.entry(indicator, record.cycle(**{name: today - timedelta(days=ago) for name, ago in dates.items()}))


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_a_repeat_update_is_one_field_and_at_most_six_taps(visit: Any, cast: Cast, owed: None, script: bool) -> None:
    phone: Page = visit(cast.focal_colombia, width=390, script=script, has_touch=True)
    phone.goto("/en/workspace/")
    hand = Hand()
    hand.tap(phone.locator(".task .btn").first)
    phone.wait_for_url("**/update/")
    hand.type(phone.locator("#id_value"), "44900")
    hand.tap(phone.locator("form.questions .btn-primary"))
    phone.wait_for_url("**/check/")
    hand.tap(phone.locator("form .btn-primary"))
    phone.wait_for_url("**/received/")
    assert Measurement.objects.get(state="sent").value == 44_900
    assert hand.typed == ["value"]
    assert len(hand.taps) <= MOST_TAPS, hand.taps
