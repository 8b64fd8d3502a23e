"""The secretariat decides, with the keyboard alone: from the queue to a figure, and to a country's report."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from commitments.history import actions as history
from commitments.indicators.models import Measurement
from commitments.reporting.models import ProgressReport
from tests.cast import STAGE, Cast
from tests.factories import record

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Visit = Callable[..., Page]
Check = Callable[[Page, str], None]
TabTo = Callable[[Page, str], None]


@pytest.fixture
def figures(cast: Cast) -> list[Measurement]:
    """Two figures of Colombia that wait, the older one first."""
    now = timezone.now()
    commitment = record.commitment(country=cast.colombia)
    sent = {"state": "sent", "accepted_at": None, "published_at": None, "entered_by": cast.focal_colombia}
    return [
        record.measurement(
            record.indicator(commitment, number), 900, now.date(), entered_at=now - timedelta(days=9 - number), **sent
        )
        for number in (1, 2)
    ]


def test_from_the_queue_to_two_decisions(visit: Visit, tab_to: TabTo, cast: Cast, figures: list[Measurement]) -> None:
    desk = visit(cast.secretary)
    desk.goto("/en/workspace/review/")
    tab_to(desk, "#keys")
    desk.keyboard.press("Space")
    tab_to(desk, "a[data-queue]")
    desk.keyboard.press("j")
    expect(desk.locator("a[data-queue]").nth(1)).to_be_focused()
    desk.keyboard.press("k")
    desk.keyboard.press("Enter")
    first, second = (f"**/review/figures/{figure.pk}/" for figure in figures)
    desk.wait_for_url(first)
    desk.keyboard.press("j")
    desk.wait_for_url(second)
    desk.keyboard.press("k")
    desk.wait_for_url(first)
    tab_to(desk, "details:has(#id_question) summary")
    desk.keyboard.press("Enter")
    tab_to(desk, "#id_question")
    desk.keyboard.type("Which offices? J and K are letters here.")
    tab_to(desk, "button[value=return]")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/workspace/review/")
    tab_to(desk, "a[data-queue]")
    desk.keyboard.press("Enter")
    desk.wait_for_url(second)
    tab_to(desk, "button[value=accept]")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/workspace/review/")
    returned, accepted = (Measurement.objects.get(pk=figure.pk) for figure in figures)
    assert (returned.state, returned.question) == ("returned", "Which offices? J and K are letters here.")
    assert accepted.state == "accepted"


@pytest.mark.parametrize("language", ["en", "pt"])
def test_a_country_report_goes_back_with_a_question_at_its_place(
    visit: Visit, check_page: Check, tab_to: TabTo, cast: Cast, language: str
) -> None:
    now = timezone.now()
    report = record.country_report(record.commitment(country=cast.colombia), record.cycle())
    words = {"obstacles": "Llame a Ana, ana@example.org.", "practice": "Una ventanilla.", "language": "es"}
    history.change(report, by=STAGE, at=now, state="sent", sent_at=now, sent_by_id=cast.focal_colombia.pk, **words)
    desk = visit(cast.secretary)
    desk.goto(f"/{language}/workspace/review/")
    check_page(desk, f"queue with a report {language}")
    tab_to(desk, "a[data-queue]")
    desk.keyboard.press("Enter")
    desk.wait_for_url(f"**/review/country-reports/{report.pk}/")
    check_page(desk, f"country report under review {language}")
    tab_to(desk, "button[value=return]")
    desk.keyboard.press("Enter")
    expect(desk.locator(".error-summary")).to_be_focused()
    check_page(desk, f"returned without a question {language}")
    tab_to(desk, "details:has(#id_q-obstacles) summary")
    desk.keyboard.press("Enter")
    tab_to(desk, "#id_q-obstacles")
    desk.keyboard.type("Which offices?")
    tab_to(desk, "button[value=return]")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/workspace/review/")
    assert ProgressReport.objects.get().state == "returned"
    assert report.questions.get().text == "Which offices?"


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("pt", 390)])
def test_a_status_by_hand_stands_beside_the_computed_one(
    visit: Visit, check_page: Check, cast: Cast, language: str, width: int
) -> None:
    today = timezone.now().date()
    commitment = record.commitment(country=cast.colombia)
    counted = record.indicator(
        commitment, baseline=(0, today - timedelta(days=600)), target=(100, today + timedelta(days=60))
    )
    record.measurement(counted, 10, today - timedelta(days=40))
    desk = visit(cast.secretary, width=width)
    desk.goto(f"/{language}/workspace/commitments/{commitment.code}/status/")
    desk.locator(".action-bar .btn-primary").click()
    expect(desk.locator(".error-summary")).to_be_focused()
    check_page(desk, f"status by hand with errors {language}")
    desk.select_option("#id_status", "on_track")
    desk.fill("#id_reason", "The registry was moved.")
    desk.fill("#id_until", (today + timedelta(days=30)).isoformat())
    desk.locator(".action-bar .btn-primary").click()
    expect(desk.locator("main")).to_contain_text("The registry was moved.")
    check_page(desk, f"status by hand in force {language}")
    reader = visit(width=width)
    reader.goto(f"/{language}/commitments/{commitment.code}/")
    expect(reader.locator(".by-hand")).to_contain_text("The registry was moved.")
    expect(reader.locator("main .tag-offtrack").first).to_be_visible()
    check_page(reader, f"commitment with a status by hand {language}")
    desk.locator("button[name=take_back]").click()
    expect(desk.locator(".error-summary")).to_be_focused()
    check_page(desk, f"status by hand taken back without a reason {language}")
    desk.fill("#id_public_reason", "The registry is complete again.")
    desk.locator("button[name=take_back]").click()
    expect(desk.locator("button[name=take_back]")).to_have_count(0)
