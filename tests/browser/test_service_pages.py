"""Pages that stand before everything else: health, and the page that is not there."""

import pytest

pytestmark = pytest.mark.browser


def test_the_site_answers_in_a_real_browser(page, live_server) -> None:
    response = page.goto("/healthz")
    assert (response.status, page.locator("body").inner_text().strip()) == (200, "ok")


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_page_that_does_not_exist_says_so_accessibly(page, check_page, language: str) -> None:
    response = page.goto(f"/{language}/no-such-page/")
    assert response.status == 404
    check_page(page, f"404 {language}")
