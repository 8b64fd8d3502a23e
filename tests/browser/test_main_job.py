"""The main job in a real browser: a figure goes from a focal point's phone to the public page and into its history."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from commitments.indicators.models import Measurement
from commitments.indicators.statuses import refresh
from tests.cast import Cast
from tests.factories import record

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def today() -> date:
    return timezone.now().date()


@pytest.fixture
def code(cast: Cast, today: date) -> str:
    """Colombia owes a figure, in the shape of the mock: at risk at 44,900."""
    commitment = record.commitment(
        country=cast.colombia,
        group=cast.labour,
        title_en="Renew the special temporary category",
        title_es="Renovar la categoría especial temporal",
    )
    indicator = record.indicator(
        commitment,
        title_en="People holding the special temporary category",
        title_es="Personas con la categoría especial temporal",
        unit_es="personas",
        baseline=(0, today - timedelta(days=800)),
        target=(100_000, today + timedelta(days=600)),
    )
    for days, value in ((500, 15_000), (300, 30_000), (150, 41_200)):
        record.measurement(indicator, value, today - timedelta(days=days))
    cycle = record.cycle(
        due_on=today + timedelta(days=7),
        period_start=today - timedelta(days=140),
        period_end=today - timedelta(days=50),
        opens_on=today - timedelta(days=30),
        closes_on=today + timedelta(days=30),
    )
    record.entry(indicator, cycle)
    refresh(commitments=[commitment.pk], at=timezone.now())
    return indicator.code


REASON = "Renewals moved to an online appointment system in July."


@pytest.mark.parametrize(("language", "width"), [("en", 390), ("es", 1280)])
def test_from_the_phone_to_the_public_page(
    visit: Any, check_page: Any, cast: Cast, code: str, language: str, width: int
) -> None:
    phone = visit(cast.focal_colombia, width=width)
    phone.goto(f"/{language}/workspace/")
    check_page(phone, f"tasks {language}")
    phone.locator(".task .btn").first.click()
    phone.wait_for_url(f"**/{language}/workspace/indicators/{code}/update/")
    phone.fill("#id_value", "44900")
    expect(phone.locator("#live-line .preview-atrisk")).to_be_visible()
    expect(phone.locator("#live-line[aria-busy]")).to_have_count(0)
    check_page(phone, f"update {language}")

    phone.locator("form.questions .btn-primary").click()
    expect(phone.locator(".error-summary")).to_be_focused()
    assert phone.title().split(":")[0] in {"Error", "Error "}
    check_page(phone, f"update with an error {language}")
    phone.fill("#id_reason", REASON)
    phone.locator("form.questions .btn-primary").click()
    phone.wait_for_url("**/check/")
    check_page(phone, f"check {language}")
    phone.locator("form .btn-primary").click()
    phone.wait_for_url("**/received/")
    check_page(phone, f"receipt {language}")

    desk = visit(cast.secretary)
    desk.goto(f"/{language}/workspace/review/")
    check_page(desk, f"queue {language}")
    desk.locator("th a").first.click()
    check_page(desk, f"review {language}")
    desk.locator("details summary").last.click()
    desk.fill("#id_question", "Which offices are counted?")
    desk.locator("button[value=return]").click()
    desk.wait_for_url("**/review/")

    phone.goto(f"/{language}/workspace/")
    expect(phone.locator("blockquote")).to_contain_text("Which offices are counted?")
    phone.locator(".task-first .btn").click()
    with phone.expect_response("**/preview/"):
        phone.fill("#id_answer", "All nine of them.")
    expect(phone.locator("#live-line[aria-busy]")).to_have_count(0)
    check_page(phone, f"answer {language}")
    phone.locator("form.questions .btn-primary").click()
    phone.wait_for_url("**/check/")
    phone.locator("form .btn-primary").click()
    phone.wait_for_url("**/received/")

    desk.goto(f"/{language}/workspace/review/figures/{Measurement.objects.get(state='sent').pk}/")
    expect(desk.locator("main")).to_contain_text("All nine of them.")
    desk.locator("button[value=publish]").click()
    desk.wait_for_url("**/review/")

    reader = visit(width=width)
    reader.goto(f"/{language}/indicators/{code}/")
    expect(reader.locator("main")).to_contain_text("44,900" if language == "en" else "44\u202f900")
    expect(reader.locator("main .tag-atrisk").first).to_be_visible()
    expect(reader.locator("svg[role=img]").first).to_be_attached()
    check_page(reader, f"indicator {language}")
    reader.goto(f"/{language}/indicators/{code}/history/")
    expect(reader.locator("main")).to_contain_text("44,900" if language == "en" else "44\u202f900")
    expect(reader.locator("main")).not_to_contain_text(cast.focal_colombia.name)
    check_page(reader, f"history {language}")


def test_without_script_the_whole_way(visit: Any, cast: Cast, code: str) -> None:
    phone = visit(cast.focal_colombia, width=390, script=False)
    phone.goto(f"/en/workspace/indicators/{code}/update/")
    phone.locator("button[name=unchanged]").click()
    assert phone.input_value("#id_value") == "41200"
    phone.fill("#id_value", "44.900")
    phone.fill("#id_reason", REASON)
    phone.locator("form.questions .btn-primary").click()
    phone.wait_for_url("**/check/")
    assert "44,900" in phone.inner_text("main")
    phone.locator("form .btn-primary").click()
    phone.wait_for_url("**/received/")
    assert Measurement.objects.get(state="sent").value == 44_900


def test_nothing_changed_is_one_press(visit: Any, cast: Cast, code: str) -> None:
    phone = visit(cast.focal_colombia, width=390)
    phone.goto(f"/en/workspace/indicators/{code}/update/")
    phone.locator("button[name=unchanged]").click()
    assert phone.input_value("#id_value") == "41200"


def test_ambiguous_number_is_asked_about(visit: Any, check_page: Any, cast: Cast, code: str) -> None:
    desk = visit(cast.focal_colombia)
    desk.goto(f"/en/workspace/indicators/{code}/update/")
    desk.fill("#id_value", "44.000")
    desk.fill("#id_reason", REASON)
    desk.locator("form.questions .btn-primary").click()
    expect(desk.locator("fieldset.ambiguous")).to_be_visible()
    check_page(desk, "ambiguous")
    desk.locator("fieldset.ambiguous .form-check").first.click()
    desk.locator("form.questions .btn-primary").click()
    desk.wait_for_url("**/check/")
    assert "44,000" in desk.inner_text("main")


def test_typing_is_kept_without_pressing_anything(visit: Any, cast: Cast, code: str) -> None:
    desk = visit(cast.focal_colombia)
    desk.goto(f"/en/workspace/indicators/{code}/update/")
    desk.fill("#id_value", "50 000")
    desk.locator("#id_reason").focus()
    expect(desk.locator("[data-save-line]")).to_contain_text("You can close this page.")
    other = visit(cast.focal_colombia, width=390)
    other.goto(f"/en/workspace/indicators/{code}/update/")
    assert other.input_value("#id_value") == "50 000"


def test_keyboard_alone_sends_a_figure(visit: Any, tab_to: Any, cast: Cast, code: str) -> None:
    desk = visit(cast.focal_colombia)
    desk.goto(f"/en/workspace/indicators/{code}/update/")
    tab_to(desk, "#id_value")
    desk.keyboard.type("44900")
    tab_to(desk, "#id_reason")
    desk.keyboard.type(REASON)
    tab_to(desk, "form.questions .btn-primary")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/check/")
    tab_to(desk, "form .btn-primary")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/received/")
    assert Measurement.objects.get(state="sent").value == 44_900
