"""Who belongs to a mechanism and who chairs it, kept by keyboard in a real browser, and what everybody reads then."""

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from commitments.history import actions
from commitments.mechanisms.models import Presidency
from tests.cast import NOON, STAGE, Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = {
    "en": {
        "record": "Record a country",
        "endorsing": "Endorsing country",
        "save": "Save",
        "end": "End",
        "ended": "until 31 December 2025",
    },
    "es": {
        "record": "Registrar un país",
        "endorsing": "País adherente",
        "save": "Guardar",
        "end": "Indicar el final",
        "ended": "hasta: 31 de diciembre de 2025",
    },
}


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("es", 390)])
def test_an_adherence_and_a_presidency_by_keyboard(
    visit: Any, cast: Cast, check_page: Any, tab_to: Any, language: str, width: int
) -> None:
    words = WORDS[language]
    turn = Presidency(mechanism=cast.declaration, country=cast.colombia, since=date(2024, 9, 25), since_precision="day")
    actions.create(turn, by=STAGE, at=NOON)
    page: Page = visit(cast.secretary, width=width, language=language)
    page.goto(f"/{language}/workspace/mechanisms/")
    check_page(page, "mechanisms")
    page.locator("main table a").press("Enter")
    page.wait_for_url("**/mechanisms/lad/")
    check_page(page, "mechanism")

    page.get_by_role("link", name=words["record"]).press("Enter")
    page.wait_for_url("**/adherences/new/")
    check_page(page, "record")
    page.get_by_role("button", name=words["save"], exact=True).press("Enter")
    expect(page.locator(".error-summary")).to_be_focused()
    check_page(page, "record-empty")
    page.locator("#id_country").focus()
    page.keyboard.type("Can")
    tab_to(page, "input[name=kind]")
    page.keyboard.press("Space")
    page.locator("#id_since").fill("2022-06-10")
    page.locator("#id_source_title").fill("Note verbale 7")
    page.locator("#id_source_url").fill("https://note.example/7")
    page.keyboard.press("Enter")
    page.wait_for_url("**/mechanisms/lad/")
    expect(page.locator("#adherences")).to_contain_text(words["endorsing"])
    check_page(page, "mechanism-recorded")

    page.locator("#presidencies").get_by_role("link", name=words["end"]).press("Enter")
    page.wait_for_url("**/end/")
    check_page(page, "end")
    page.locator("#id_until").fill("2025-12-31")
    page.locator("#id_public_reason").fill("The chair was handed over.")
    page.keyboard.press("Enter")
    page.wait_for_url("**/mechanisms/lad/")
    expect(page.locator("#presidencies")).to_contain_text(words["ended"])

    public: Page = visit(width=width, language=language)
    public.goto(f"/{language}/mechanisms/lad/")
    expect(public.locator("aside")).to_contain_text(words["ended"])
    expect(public.locator("#members")).to_contain_text("Canad")
    check_page(public, "public")
    public.goto(f"/{language}/mechanisms/lad/history/")
    expect(public.locator("main")).to_contain_text("The chair was handed over.")
    check_page(public, "public-history")
    public.goto(f"/{language}/membership/")
    expect(public.locator("main")).to_contain_text("Note verbale 7")
    check_page(public, "public-membership")
