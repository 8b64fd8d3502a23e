"""A country's report in a real browser: on a telephone, with and without script, with the keyboard alone."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from commitments.history import actions as history
from commitments.reporting import actions
from commitments.reporting.enums import Section
from commitments.reporting.models import ProgressReport
from tests.cast import STAGE, Cast
from tests.factories import record

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = {"en": "Two laws passed.", "es": "Se aprobaron dos leyes."}


@pytest.fixture
def report(cast: Cast) -> ProgressReport:
    """Colombia owes two commitments, one with a figure; last time it wrote something."""
    now, today = timezone.now(), timezone.now().date()
    cycles = []
    for back in (365, 0):
        cycle = record.cycle(
            due_on=today + timedelta(days=7 - back),
            name_es="Noviembre de 2026",
            period_start=today - timedelta(days=140 + back),
            period_end=today - timedelta(days=50 + back),
            opens_on=today - timedelta(days=30 + back),
            closes_on=today + timedelta(days=30 - back),
        )
        cycles.append(cycle)
    first = record.commitment(country=cast.colombia, title_en="Renew the category", title_es="Renovar la categoría")
    second = record.commitment("LAD-COL-902", country=cast.colombia, title_es="Segundo compromiso")
    before = record.country_report(first, cycles[0])
    said = {"language": "es", "practice": "Oficinas móviles."}
    history.change(before, by=STAGE, at=now, state="published", sent_at=now, **said)
    record.entry(record.indicator(first, title_es="Personas", unit_es="personas"), cycles[1])
    return record.country_report(second, cycles[1])


def at(report: ProgressReport, place: str = "", language: str = "en") -> str:
    return f"/{language}/workspace/country-reports/{report.pk}/{place}"


@pytest.mark.parametrize(("language", "width", "dark"), [("en", 390, False), ("es", 390, True)])
def test_a_report_from_the_telephone(
    visit: Any, check_page: Any, cast: Cast, report: ProgressReport, language: str, width: int, dark: bool
) -> None:
    phone = visit(cast.focal_colombia, width=width, dark=dark)
    phone.goto(at(report, language=language))
    check_page(phone, f"sections {language}")

    phone.goto(at(report, "progress/", language))
    check_page(phone, f"commitments {language}")
    phone.locator(".part-buttons .btn").first.click()
    phone.locator("form.questions .btn-primary").click()
    expect(phone.locator(".error-summary")).to_be_focused()
    check_page(phone, f"commitment with an error {language}")
    phone.locator("[name=answer][value=progress]").check()
    expect(phone.locator("#id_cannot_reason")).to_be_hidden()
    phone.fill("#id_words", WORDS[language])
    expect(phone.locator("[data-guide=id_words]")).to_contain_text(str(len(WORDS[language])))
    phone.locator("form.questions .btn-primary").click()
    phone.wait_for_url("**/progress/")
    phone.locator("button[name=unchanged][value=all]").click()
    expect(phone.locator(".section-state-done")).to_have_count(2)

    phone.goto(at(report, "figures/", language))
    check_page(phone, f"figures {language}")
    phone.locator(".part-buttons a").last.click()
    phone.select_option("#id_cannot_reason", "not_yet")
    check_page(phone, f"cannot give {language}")
    phone.locator("form.questions .btn-primary").click()
    phone.wait_for_url("**/figures/")

    phone.goto(at(report, "practice/", language))
    phone.locator("button[name=copy]").click()
    assert phone.input_value("#id_practice") == "Oficinas móviles."
    expect(phone.locator("[data-save-line]")).not_to_have_text("")
    check_page(phone, f"practice {language}")
    phone.locator("form.questions .btn-primary").click()
    phone.wait_for_url(f"**{at(report, language=language)}")

    phone.locator(".action-bar .btn-primary").click()
    phone.wait_for_url("**/check/")
    check_page(phone, f"check {language}")
    phone.locator("form.action-bar .btn-primary").click()
    phone.wait_for_url("**/received/")
    check_page(phone, f"receipt {language}")
    phone.goto(at(report, language=language))
    expect(phone.locator("main")).to_contain_text(WORDS[language])
    check_page(phone, f"as sent {language}")
    assert ProgressReport.objects.get(pk=report.pk).state == "sent"


def test_without_script_the_whole_way(visit: Any, cast: Cast, report: ProgressReport) -> None:
    phone = visit(cast.focal_colombia, width=390, script=False)
    phone.goto(at(report, "check/"))
    phone.locator("form.action-bar .btn-primary").click()
    expect(phone.locator(".error-summary")).to_be_visible()
    phone.locator(".error-summary a").first.click()
    phone.locator("[name=answer][value=cannot]").check()
    phone.select_option("#id_cannot_reason", "elsewhere")
    phone.locator("form.questions .btn-primary").click()
    phone.locator("button[name=unchanged]").first.click()
    phone.goto(at(report, "figures/"))
    phone.locator(".part-buttons a").last.click()
    phone.select_option("#id_cannot_reason", "not_collected")
    phone.locator("form.questions .btn-primary").click()
    phone.goto(at(report, "practice/"))
    phone.locator("button[name=copy]").click()
    assert phone.input_value("#id_practice") == "Oficinas móviles."
    phone.locator("form.questions .btn-primary").click()
    phone.goto(at(report, "check/"))
    phone.locator("form.action-bar .btn-primary").click()
    phone.wait_for_url("**/received/")
    sent = ProgressReport.objects.get(pk=report.pk)
    assert (sent.state, sent.practice) == ("sent", "Oficinas móviles.")


def test_returned_questions_stand_at_their_place(
    visit: Any, check_page: Any, cast: Cast, report: ProgressReport
) -> None:
    now = timezone.now()
    history.change(report, by=STAGE, at=now, state="sent", sent_at=now, obstacles="No registry.", language="en")
    asked = [actions.Asked("Which offices?", Section.OBSTACLES)]
    due_on = now.date() + timedelta(days=5)
    actions.return_report(report=report, questions=asked, due_on=due_on, by=cast.actor(cast.secretary), at=now)
    phone = visit(cast.focal_colombia, width=390)
    phone.goto(at(report))
    check_page(phone, "returned")
    phone.locator(".asked a").click()
    expect(phone.locator(".asked blockquote")).to_have_text("Which offices?")
    check_page(phone, "question at its place")
    phone.locator(".asked textarea").fill("All nine.")
    phone.locator("form.questions .btn-primary").click()
    phone.wait_for_url(f"**{at(report)}")
    phone.goto(at(report, "check/"))
    phone.locator("form.action-bar .btn-primary").click()
    phone.wait_for_url("**/received/")
    assert report.questions.get().answer == "All nine."


def test_the_secretariat_writes_and_the_country_confirms(
    visit: Any, check_page: Any, cast: Cast, report: ProgressReport
) -> None:
    desk = visit(cast.secretary)
    desk.goto(at(report))
    check_page(desk, "not written by the country")
    desk.locator("main .btn-primary").click()
    desk.locator("form.questions .btn-primary").click()
    check_page(desk, "basis with errors")
    desk.locator("[name=behalf_basis][value=call]").check()
    desk.fill("#id_behalf_on", timezone.now().date().isoformat())
    desk.fill("#id_behalf_words", "The ministry told us.")
    desk.locator("form.questions .btn-primary").click()
    desk.goto(at(report, "check/"))
    desk.locator("details.cannot summary").click()
    desk.select_option("#id_cannot_reason", "not_yet")
    desk.locator("button[name=cannot]").click()
    check_page(desk, "no report")
    desk.locator("form.action-bar .btn-primary").click()
    desk.wait_for_url("**/received/")
    phone = visit(cast.focal_colombia, width=390)
    phone.goto(at(report, "confirm/"))
    check_page(phone, "confirm")
    phone.locator("form.action-bar .btn-primary").click()
    phone.wait_for_url("**/workspace/")
    assert ProgressReport.objects.get(pk=report.pk).state == "accepted"


def test_keyboard_alone_answers_a_commitment(visit: Any, cast: Cast, report: ProgressReport) -> None:
    desk = visit(cast.focal_colombia)
    part = report.parts.order_by("commitment__code")[0]
    desk.goto(at(report, f"progress/{part.pk}/"))
    _tab_to(desk, "[name=answer]")
    desk.keyboard.press("Space")
    _tab_to(desk, "#id_words")
    desk.keyboard.type("Two laws passed.")
    _tab_to(desk, "form.questions .btn-primary")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/progress/")
    part.refresh_from_db()
    assert (part.answer, part.words) == ("progress", "Two laws passed.")


def test_typing_is_kept_without_pressing_anything(visit: Any, cast: Cast, report: ProgressReport) -> None:
    desk = visit(cast.focal_colombia)
    desk.goto(at(report, "obstacles/"))
    desk.fill("#id_obstacles", "No shared registry.")
    desk.locator("#id_language").focus()
    expect(desk.locator("[data-save-line]")).to_contain_text("You can close this page.")
    other = visit(cast.focal_colombia, width=390)
    other.goto(at(report, "obstacles/"))
    assert other.input_value("#id_obstacles") == "No shared registry."


def _tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus."""
    wanted = page.locator(selector).first
    for _stop in range(60):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{selector} is not reached with Tab")
