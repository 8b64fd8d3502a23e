"""A target is revised: proposed by the country, agreed by the secretariat, drawn as a step for everybody."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from commitments.indicators.models import Revision, Target
from tests.cast import Cast
from tests.factories import record

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("language", "script"), [("en", True), ("es", False)])
def test_from_a_proposal_to_the_step_in_the_public_chart(
    visit: Any, check_page: Any, cast: Cast, language: str, script: bool
) -> None:
    today = timezone.now().date()
    indicator = record.indicator(
        record.commitment(country=cast.colombia, group=cast.labour, made_on=today - timedelta(days=900)),
        baseline=(0, today - timedelta(days=900)),
        target=(1000, today + timedelta(days=700)),
    )
    record.measurement(indicator, 200, today - timedelta(days=500))
    record.measurement(indicator, 600, today - timedelta(days=60))
    focal = visit(cast.focal_colombia, width=390, script=script)
    focal.goto(f"/{language}/workspace/commitments/{indicator.commitment.code}/indicators/")
    if script:
        check_page(focal, f"indicators of a commitment {language}")
    focal.locator(".ways a").first.click()
    if script:
        check_page(focal, f"revision form {language}")
    focal.fill("#id_value", "")
    focal.locator("button[value=check]").click()
    expect(focal.locator(".error-summary")).to_be_visible()
    focal.fill("#id_value", "1500")
    focal.fill("#id_reason", "The programme was enlarged.")
    if script:
        expect(focal.locator("[data-preview-line]")).to_contain_text("1,500")
    focal.locator("button[value=check]").click()
    expect(focal.locator("main")).to_contain_text("The programme was enlarged.")
    if script:
        check_page(focal, f"revision, check {language}")
    focal.locator("button[value=send]").click()
    focal.wait_for_url("**/revisions/*/")
    if script:
        check_page(focal, f"revision sent {language}")

    desk = visit(cast.secretary)
    desk.goto(f"/{language}/workspace/review/revisions/{Revision.objects.get().pk}/")
    expect(desk.locator(".ch-wide .ch-target-earlier")).to_have_count(1)
    check_page(desk, f"revision under review {language}")
    desk.locator("button[value=approve]").click()
    desk.wait_for_url("**/review/")
    assert Target.objects.filter(valid_until=None).get().value == 1500

    reader = visit(width=390)
    reader.goto(f"/{language}/indicators/{indicator.code}/")
    expect(reader.locator(".ch-narrow .ch-target-earlier")).to_have_count(1)
    check_page(reader, f"indicator with a revised target {language}")
