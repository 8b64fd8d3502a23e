"""A hurried hand presses twice: the form goes out once, and the page after it says what was done, no more."""

from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from commitments.indicators.models import Measurement
from tests.cast import Cast
from tests.factories import record

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_two_presses_send_a_form_once(visit: Any, cast: Cast) -> None:
    sent = {"state": "sent", "accepted_at": None, "published_at": None, "entered_by": cast.focal_colombia}
    figure = record.measurement(
        record.indicator(record.commitment(country=cast.colombia)), 900, timezone.now().date(), **sent
    )
    desk: Page = visit(cast.secretary)
    desk.goto(f"/en/workspace/review/figures/{figure.pk}/")
    posts: list[str] = []
    desk.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)
    # While the answer to the first is on its way.
    press = "button => { button.click(); setTimeout(() => button.click(), 20); }"
    desk.locator("button[value=publish]").evaluate(press)
    desk.wait_for_url("**/workspace/review/")
    expect(desk.locator("main")).to_contain_text("Approved and published.")
    assert len(posts) == 1
    assert Measurement.objects.get().state == "published"
