"""Two lines of one indicator on a phone: each is chosen, typed and sent by itself, with script and without."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from commitments.indicators.models import Measurement, Series
from commitments.reporting.models import Draft
from tests.cast import Cast
from tests.factories import record

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def lines(cast: Cast) -> list[Series]:
    """Colombia owes the figures of two countries."""
    today = timezone.now().date()
    indicator = record.indicator(record.commitment(country=cast.colombia), countries=[cast.colombia, cast.canada])
    dates = {"period_start": 140, "period_end": 50, "opens_on": 30, "closes_on": -30, "due_on": -7}
    cycle = record.cycle(**{name: today - timedelta(days=ago) for name, ago in dates.items()})
    found = list(indicator.series.order_by("pk"))
    for series, value in zip(found, (4_000, 700), strict=True):
        record.measurement(indicator, value, today - timedelta(days=150), series=series)
        record.entry(indicator, cycle, series)
    return found


def form(series: Series) -> str:
    return f"/en/workspace/indicators/{series.indicator.code}/update/?line={series.pk}"


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_two_lines_are_sent_one_after_the_other(visit: Any, cast: Cast, lines: list[Series], script: bool) -> None:
    phone: Page = visit(cast.focal_colombia, width=390, script=script)
    for name, value in (("Canada", "710"), ("Colombia", "4100")):
        phone.goto(f"/en/workspace/indicators/{lines[0].indicator.code}/update/")
        phone.locator(".rows > li", has_text=name).get_by_role("link").click()
        expect(phone.locator(".page-head")).to_contain_text(name)
        phone.locator("#id_value").fill(value)
        phone.locator("form.questions .btn-primary").click()
        phone.wait_for_url("**/check/?line=*")
        phone.locator("form .btn-primary").click()
        phone.wait_for_url("**/received/?line=*")
        expect(phone.locator("main")).to_contain_text(f"People counted 1 – {name}")
    sent = Measurement.objects.filter(state="sent").values_list("series__country__iso3", "value")
    assert sorted(sent) == [("CAN", 710), ("COL", 4_100)]
    assert not Draft.objects.exists()


def test_what_a_device_kept_comes_back_at_its_own_line(visit: Any, cast: Cast, lines: list[Series]) -> None:
    phone: Page = visit(cast.focal_colombia, width=390)
    ours, theirs = lines
    phone.goto(form(ours))
    phone.context.set_offline(True)
    phone.locator("#id_value").fill("4444")
    phone.locator("#id_value").blur()
    expect(phone.locator("[data-save-line]")).to_contain_text("No connection.")
    phone.context.set_offline(False)
    phone.goto("about:blank")
    Draft.objects.all().delete()
    phone.goto(form(theirs))
    expect(phone.locator("#id_value")).to_have_value("")
    phone.goto(form(ours))
    expect(phone.locator("#id_value")).to_have_value("4444")


def test_the_choice_passes_the_checks(visit: Any, cast: Cast, lines: list[Series], check_page: Any) -> None:
    page: Page = visit(cast.focal_colombia, width=390)
    for address in (f"/en/workspace/indicators/{lines[0].indicator.code}/update/", form(lines[0])):
        page.goto(address)
        check_page(page, "lines")
