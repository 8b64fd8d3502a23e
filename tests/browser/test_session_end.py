"""The end of a session is told in time, and put off with one press; nothing typed is lost by it."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.cast import PASSWORD, Cast
from tests.factories import record

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_warning_five_minutes_before_and_one_press(visit: Any, check_page: Any, cast: Cast, language: str) -> None:
    record.indicator(record.commitment(country=cast.colombia))
    person = cast.focal_colombia
    person.language = language
    person.set_password(PASSWORD)
    person.save()
    page = visit(width=390)
    page.clock.install()
    page.goto(f"/{language}/account/login/")
    page.fill("#id_login", person.email)
    page.fill("#id_password", PASSWORD)
    page.locator("main form .btn-primary").click()
    page.wait_for_url("**/workspace/")
    page.goto(f"/{language}/workspace/indicators/LAD-COL-901-I1/update/")
    page.fill("#id_value", "44900")
    soon, over = page.locator("[data-session-soon]"), page.locator("[data-session-over]")
    page.clock.fast_forward("11:50:00")
    expect(soon).to_be_hidden()
    page.clock.fast_forward("05:30")
    expect(soon).to_be_visible()
    check_page(page, f"the session ends soon {language}")
    soon.locator("button").focus()
    page.keyboard.press("Enter")
    expect(soon).to_be_hidden()
    page.clock.fast_forward("11:54:00")
    expect(soon).to_be_hidden()
    page.clock.fast_forward("06:30")
    expect(over).to_be_visible()
    back = f"/{language}/account/login/?next=/{language}/workspace/indicators/LAD-COL-901-I1/update/"
    expect(over.locator("a")).to_have_attribute("href", back)
    assert page.input_value("#id_value") == "44900"
