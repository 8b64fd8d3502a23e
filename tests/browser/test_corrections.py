"""A published report is put right in front of everybody: proposed by the country, agreed by the secretariat."""

import os
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from commitments.history import actions as history
from commitments.reporting.models import ProgressReport, ReportCorrection
from tests.cast import STAGE, Cast
from tests.factories import record

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def photograph(page: Page, name: str) -> None:
    """With KEEP_PICTURES=folder, the page as it is seen at a desk and on a telephone, light and dark."""
    folder = os.environ.get("KEEP_PICTURES")
    for width, scheme in ((1280, "light"), (390, "dark")) if folder else ():
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        page.screenshot(path=Path(str(folder), f"{name}-{width}.png"), full_page=True)


@pytest.fixture
def report(cast: Cast) -> ProgressReport:
    """Colombia's report on one commitment, sent a moment ago."""
    owed = record.country_report(record.commitment(country=cast.colombia), record.cycle())
    said = {"answer": "progress", "words": "Places opened in coffee and flowers."}
    history.change(owed.parts.get(), by=STAGE, at=timezone.now(), **said)
    sent = {"state": "sent", "language": "en", "sent_at": timezone.now(), "sent_by": cast.focal_colombia}
    return history.change(owed, by=STAGE, at=timezone.now(), obstacles="Visas take long.", **sent)


@pytest.mark.parametrize(("language", "script"), [("en", True), ("pt", False)])
def test_from_the_slip_to_the_words_before_in_public(
    visit: Any, check_page: Any, cast: Cast, report: ProgressReport, language: str, script: bool
) -> None:
    focal = visit(cast.focal_colombia, width=390, script=script)
    address = f"/{language}/workspace/reports/{report.pk}/correct/"
    focal.goto(address)
    if script:
        check_page(focal, f"a sent report {language}")
    photograph(focal, f"recall-{language}")
    now = timezone.now()
    history.change(report, by=STAGE, at=now, state="published", accepted_at=now, published_at=now)

    focal.goto(address)
    if script:
        check_page(focal, f"correction form {language}")
    photograph(focal, f"form-{language}")
    focal.fill("#id_obstacles", "Visas take **nine** weeks.")
    focal.locator("form.form button.btn-primary").click()
    focal.locator(".error-summary").wait_for()
    focal.fill("#id_reason", "The weeks were left out.")
    focal.locator("form.form button.btn-primary").click()
    focal.locator("button[name=withdraw]").wait_for()
    if script:
        check_page(focal, f"correction waits {language}")

    desk = visit(cast.secretary)
    desk.goto(f"/{language}/workspace/review/corrections/{ReportCorrection.objects.get().pk}/")
    check_page(desk, f"correction under review {language}")
    photograph(desk, f"review-{language}")
    desk.locator("button[value=approve]").click()
    desk.wait_for_url("**/review/")

    reader = visit()
    reader.goto(f"/{language}/reports/{report.cycle.slug}/COL/")
    reader.locator("#history details summary").click()
    assert "Visas take long." in reader.locator("#history").inner_text()
    check_page(reader, f"a corrected report {language}")
    photograph(reader, f"public-{language}")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_was_written_for_a_country_is_objected_to(
    visit: Any, check_page: Any, cast: Cast, report: ProgressReport, language: str
) -> None:
    behalf = {"is_on_behalf": True, "behalf_basis": "call", "sent_by": cast.secretary}
    history.change(report, by=STAGE, at=timezone.now(), **behalf)
    focal = visit(cast.focal_colombia, width=390)
    focal.goto(f"/{language}/workspace/country-reports/{report.pk}/confirm/")
    check_page(focal, f"confirm a report {language}")
    photograph(focal, f"confirm-{language}")
    focal.fill("#id_words", "Visas take *nine* weeks.")
    focal.locator("button[name=object]").click()
    focal.wait_for_url(f"**/country-reports/{report.pk}/")
    check_page(focal, f"objected to {language}")
    desk = visit(cast.secretary)
    desk.goto(f"/{language}/workspace/country-reports/{report.pk}/")
    check_page(desk, f"objected to, at the office {language}")
    photograph(desk, f"objected-{language}")


def test_a_form_for_a_figure_of_a_commitment_that_ended(visit: Any, check_page: Any, cast: Cast) -> None:
    commitment = record.commitment(country=cast.colombia)
    indicator = record.indicator(commitment)
    record.entry(indicator, record.cycle())
    history.change(commitment, by=STAGE, at=timezone.now(), life_cycle="ended", life_cycle_reason="It was repealed.")
    focal = visit(cast.focal_colombia, width=390)
    focal.goto(f"/es/workspace/indicators/{indicator.code}/update/")
    check_page(focal, "a commitment that ended")
    photograph(focal, "ended-es")
