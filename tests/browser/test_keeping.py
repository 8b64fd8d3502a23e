"""Facts that the secretariat keeps on the site, in a real browser by keyboard: a meeting held, a role in a group."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone, translation
from playwright.sync_api import Page, expect

from commitments.history import actions
from commitments.meetings.models import Meeting
from tests.cast import STAGE, Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    """A planned meeting of the group; its day passed some days ago, wherever the browser stands."""
    now = timezone.now()
    row = Meeting(slug="third", title_en="Third meeting", title_es="Tercera reunión", group=cast.labour)
    row.mechanism, row.start, row.start_precision = cast.declaration, (now - timedelta(days=4)).date(), "day"
    return actions.create(row, by=STAGE, at=now - timedelta(days=9))


def words(language: str, text: str) -> str:
    """What a button or link is called in a language."""
    with translation.override(language):
        return translation.gettext(text)


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("es", 390)])
def test_a_meeting_is_noted_as_held_by_keyboard_and_read_in_public(
    visit: Any, cast: Cast, meeting: Meeting, check_page: Any, language: str, width: int
) -> None:
    page: Page = visit(cast.secretary, width=width, language=language)
    page.goto(f"/{language}/workspace/meetings/")
    check_page(page, f"meetings to note {language}")
    page.get_by_role("link", name=words(language, "Note that it was held")).press("Enter")
    page.wait_for_url("**/third/held/")
    check_page(page, f"held {language}")
    page.locator("#id_outcome").fill("Se aprobaron seis empleadores.")
    page.locator("form .btn-primary").last.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.locator("#id_outcome")).to_have_value("Se aprobaron seis empleadores.")
    check_page(page, f"held with a mistake {language}")
    page.locator("#id_source_title").fill("Acta")
    page.locator("#id_is_verified").press("Space")
    page.locator("#id_source_title").press("Enter")
    page.wait_for_url("**/workspace/meetings/")
    check_page(page, f"meetings noted {language}")
    reader: Page = visit(width=width, language=language)
    reader.goto(f"/{language}/meetings/third/")
    expect(reader.locator("main")).to_contain_text("Se aprobaron seis empleadores.")
    check_page(reader, f"a meeting held {language}")


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("es", 390)])
def test_a_role_in_a_group_is_recorded_and_ended_by_keyboard(
    visit: Any, cast: Cast, check_page: Any, language: str, width: int
) -> None:
    page: Page = visit(cast.secretary, width=width, language=language)
    page.goto(f"/{language}/workspace/groups/")
    check_page(page, f"groups {language}")
    page.locator("main th a").first.press("Enter")
    page.wait_for_url("**/groups/WS05/")
    check_page(page, f"a group without roles {language}")
    page.get_by_role("link", name=words(language, "Record a role")).press("Enter")
    page.wait_for_url("**/roles/new/")
    page.locator("#id_country").focus()
    page.keyboard.type("Col")
    page.locator("#id_role_0").press("Space")
    page.locator("#id_source_title").press("Enter")
    expect(page.locator(".error-summary")).to_be_focused()
    check_page(page, f"a role with a mistake {language}")
    page.locator("#id_source_title").fill("Acta")
    page.locator("#id_source_title").press("Enter")
    page.wait_for_url("**/groups/WS05/")
    check_page(page, f"a group with a role {language}")
    reader: Page = visit(width=width, language=language)
    reader.goto(f"/{language}/working-groups/labor-mobility/")
    expect(reader.locator("main dl").first).to_contain_text("Colombia")
    check_page(reader, f"group in public {language}")

    page.locator("a[href$='/end/']").press("Enter")
    page.wait_for_url("**/end/")
    page.locator("#id_until").fill((timezone.now() - timedelta(days=2)).date().isoformat())
    page.locator("#id_public_reason").fill("Terminó su turno.")
    page.locator("#id_public_reason").press("Enter")
    page.wait_for_url("**/groups/WS05/")
    check_page(page, f"a group with a role ended {language}")
    reader.goto(f"/{language}/working-groups/labor-mobility/")
    expect(reader.locator("main dl").first).not_to_contain_text("Colombia")
    reader.goto(f"/{language}/working-groups/labor-mobility/history/")
    expect(reader.locator("main")).to_contain_text("Terminó su turno.")
    check_page(reader, f"history of a group {language}")
