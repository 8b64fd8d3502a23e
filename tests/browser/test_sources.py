"""A document that a commitment rests on and what it says of its state, recorded in a browser, read in public."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.cast import Cast
from tests.factories import record

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WORDS = {
    "en": {
        "sources": "What it rests on, and what documents say of its state",
        "document": "Name a document",
        "status": "Record what a document says",
        "save": "Save",
        "said": "According to Decree 12, completed (October 2025)",
    },
    "es": {
        "sources": "En qué se basa y qué dicen los documentos de su estado",
        "document": "Indicar un documento",
        "status": "Registrar lo que dice un documento",
        "save": "Guardar",
        "said": "Según la fuente (Decree 12): concluido (octubre de 2025)",
    },
}


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("es", 390)])
def test_a_source_and_a_reported_status(visit: Any, cast: Cast, check_page: Any, language: str, width: int) -> None:
    words, commitment = WORDS[language], record.commitment(country=cast.colombia)
    page: Page = visit(cast.secretary, width=width, language=language)
    page.goto(f"/{language}/workspace/commitments/{commitment.code}/edit/")
    page.get_by_role("link", name=words["sources"]).click()
    page.get_by_role("link", name=words["document"]).click()
    page.get_by_role("button", name=words["save"], exact=True).click()
    expect(page.locator(".error-summary")).to_be_focused()
    check_page(page, "document-empty")
    page.locator("#id_source_title").fill("Decree 12")
    page.locator("#id_source_url").fill("https://decree.example/12")
    page.locator("#id_is_verified").check()
    page.get_by_role("button", name=words["save"], exact=True).click()
    expect(page.locator("#documents")).to_contain_text("Decree 12")

    page.get_by_role("link", name=words["status"]).click()
    check_page(page, "status")
    page.locator("input[name=value][value=completed]").check()
    page.locator("input[name=basis][value=stated]").check()
    page.locator("#id_as_of").fill("2025-10-14")
    page.locator("#id_as_of_precision").select_option("month")
    page.locator("#id_source_title").fill("Decree 12")
    page.locator("#id_source_url").fill("https://decree.example/12")
    page.get_by_role("button", name=words["save"], exact=True).click()
    expect(page.locator("#statuses")).to_contain_text(words["said"])
    check_page(page, "sources")

    public: Page = visit(width=width, language=language)
    public.goto(f"/{language}/commitments/{commitment.code}/")
    expect(public.locator("main")).to_contain_text(words["said"])
    expect(public.get_by_role("link", name="Decree 12").first).to_have_attribute("href", "https://decree.example/12")
    check_page(public, "public")
