"""A form without autosave whose sending no server answered: what was typed comes back, and nothing is done twice."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Error, Page, expect

from commitments.history import actions
from commitments.indicators.models import StatusByHand
from commitments.mistakes.models import MistakeReport
from commitments.reporting.models import CycleExtension, ReportingCycle
from tests.browser.conftest import NewVisit
from tests.cast import NOON, STAGE, Cast
from tests.factories import record

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LINE, REASON = "[data-typed-again]", "Elections in May: the figures come a month later."
KEPT = "sessionStorage.getItem('typed')"
BESIDE_KEPT = "typed-beside"
NAME = "Third quarter, as agreed in Lima"


@pytest.fixture
def cycle(cast: Cast) -> ReportingCycle:
    """Colombia owes a figure."""
    today = timezone.localdate()
    indicator = record.indicator(record.commitment(country=cast.colombia))
    dates = {"period_start": 140, "period_end": 50, "opens_on": 30, "closes_on": -40, "due_on": -7}
    found = record.cycle(**{name: today - timedelta(days=ago) for name, ago in dates.items()})
    record.entry(indicator, found)
    return found


@pytest.fixture
def desk(visit: NewVisit, cast: Cast, cycle: ReportingCycle) -> Page:
    """The secretariat at the cycle, one link away from giving more time."""
    page = visit(cast.secretary)
    page.goto(f"/en/workspace/cycles/{cycle.slug}/")
    open_form(page)
    page.select_option("#id_who", label="Colombia")
    page.fill("#id_due_on", (timezone.localdate() + timedelta(days=20)).isoformat())
    page.fill("#id_reason", REASON)
    return page


def open_form(page: Page) -> None:
    """By its link, as somebody who was thrown back to the cycle would."""
    page.locator("main a[href$='/extend/']").first.click()
    page.wait_for_url("**/extend/")
    page.wait_for_load_state()


def send(page: Page) -> None:
    page.locator("form.form .btn-primary").click()


def send_offline(page: Page) -> None:
    """Get the browser's own error page, and the connection back."""
    page.context.set_offline(True)
    send(page)
    page.wait_for_url("chrome-error://**")
    page.context.set_offline(False)


def lose(page: Page) -> None:
    """The error page took the form's place: the way back leads to the page before the form."""
    send_offline(page)
    page.go_back()
    page.wait_for_url("**/workspace/cycles/*/")


def test_what_was_typed_is_there_when_the_form_is_opened_again(desk: Page, cast: Cast) -> None:
    once = desk.input_value("[name=once]")
    lose(desk)
    open_form(desk)
    expect(desk.locator(LINE)).to_have_text("What you typed before the connection was lost is here again.")
    assert desk.input_value("#id_reason") == REASON
    assert desk.input_value("#id_who") == f"c{cast.colombia.pk}"
    assert desk.input_value("#id_due_on") == (timezone.localdate() + timedelta(days=20)).isoformat()
    assert desk.input_value("[name=once]") == once
    assert desk.evaluate(KEPT) is None
    send(desk)
    desk.wait_for_load_state()
    assert CycleExtension.objects.get().country == cast.colombia


def test_it_comes_back_once(desk: Page) -> None:
    lose(desk)
    open_form(desk)
    expect(desk.locator(LINE)).not_to_be_empty()
    desk.go_back()
    open_form(desk)
    expect(desk.locator(LINE)).to_be_empty()
    assert desk.input_value("#id_reason") == ""


def test_what_the_server_answered_does_not_come_back(desk: Page) -> None:
    address = desk.url
    send(desk)
    desk.wait_for_url(lambda url: url != address)
    desk.wait_for_load_state()
    assert CycleExtension.objects.count() == 1
    assert desk.evaluate(KEPT) is None
    desk.goto(address)
    expect(desk.locator(LINE)).to_be_empty()
    assert desk.input_value("#id_reason") == ""


def test_a_form_sent_back_with_errors_says_nothing_of_a_connection(desk: Page) -> None:
    desk.fill("#id_due_on", "")
    send(desk)
    expect(desk.locator(".error-summary")).to_be_visible()
    expect(desk.locator(LINE)).to_be_empty()
    assert desk.evaluate(KEPT) is None
    assert desk.input_value("#id_reason") == REASON


def test_going_back_to_the_form_itself_has_the_last_words(desk: Page) -> None:
    """The browser remembers what stood in the form before it was sent back with errors: that is older."""
    desk.fill("#id_due_on", "")
    send(desk)
    expect(desk.locator(".error-summary")).to_be_visible()
    desk.fill("#id_reason", "Later words")
    send_offline(desk)
    desk.go_back()
    desk.wait_for_url("**/extend/")
    expect(desk.locator(LINE)).not_to_be_empty()
    assert desk.input_value("#id_reason") == "Later words"


def test_a_reload_of_the_error_page_sends_it_and_forgets(desk: Page) -> None:
    send_offline(desk)
    desk.reload()
    expect(desk.locator("h1")).not_to_have_text("Give more time")
    assert CycleExtension.objects.count() == 1
    assert desk.evaluate(KEPT) is None


def test_a_page_that_no_connection_brings_back_has_the_words_later(desk: Page) -> None:
    address = desk.url
    desk.context.set_offline(True)
    send(desk)
    desk.wait_for_url("chrome-error://**")
    with pytest.raises(Error, match="INTERNET_DISCONNECTED"):
        desk.goto(address)
    desk.context.set_offline(False)
    desk.goto(address)
    expect(desk.locator(LINE)).not_to_be_empty()
    assert desk.input_value("#id_reason") == REASON


def test_another_step_forgets(desk: Page) -> None:
    lose(desk)
    assert REASON in desk.evaluate(KEPT)
    desk.goto("/en/account/logout/")
    desk.locator("main form button").first.click()
    desk.wait_for_url(lambda url: "logout" not in url)
    assert desk.evaluate(KEPT) is None


@pytest.mark.parametrize("language", ["es", "pt", "fr"])
def test_the_line_speaks_the_language_of_the_page_and_passes_the_checks(
    visit: NewVisit, check_page: object, cast: Cast, language: str
) -> None:
    record.indicator(record.commitment(country=cast.colombia))
    words = {
        "es": "Lo que escribió antes de que se perdiera la conexión está aquí de nuevo.",
        "pt": "O que você digitou antes de a conexão cair está aqui de novo.",
        "fr": "Ce que vous aviez saisi avant la perte de la connexion est de nouveau ici.",
    }
    page = visit(cast.secretary, width=390)
    address = f"/{language}/workspace/commitments/LAD-COL-901/status/"
    page.goto(address)
    page.fill("#id_reason", REASON)
    send_offline(page)
    page.goto(address)
    expect(page.locator(LINE)).to_have_text(words[language])
    assert page.input_value("#id_reason") == REASON
    assert not StatusByHand.objects.exists()
    check_page(page, f"typed again {language}")  # type: ignore[operator]


def test_what_is_newer_on_the_record_stays(visit: NewVisit, cast: Cast, cycle: ReportingCycle) -> None:
    page = visit(cast.secretary)
    address = f"/en/workspace/cycles/{cycle.slug}/dates/"
    closes_on = (timezone.localdate() + timedelta(days=50)).isoformat()
    page.goto(address)
    page.fill("#id_name_en", "Typed and lost")
    page.fill("#id_closes_on", closes_on)
    send_offline(page)
    other = visit(cast.second_secretary)
    other.goto(address)
    other.fill("#id_name_en", "Changed by somebody else")
    other.locator("button[value=check]").click()
    other.locator("button[value=save]").click()
    other.wait_for_url(f"**/cycles/{cycle.slug}/")
    page.goto(address)
    expect(page.locator(LINE)).not_to_be_empty()
    assert page.input_value("#id_name_en") == "Changed by somebody else"
    assert page.input_value("#id_closes_on") == closes_on


def test_words_on_their_way_through_a_page_of_checks_come_back_too(visit: NewVisit, cast: Cast) -> None:
    page = visit(cast.secretary)
    new = "/en/workspace/cycles/new/"
    page.goto(new)
    page.fill("#id_name_en", NAME)
    page.locator("form.form .btn-primary").click()
    expect(page.locator("h1")).to_have_text("Check what will happen")
    page.context.set_offline(True)
    page.locator("button[value=save]").click()
    page.wait_for_url("chrome-error://**")
    page.context.set_offline(False)
    page.goto(new)
    expect(page.locator("#id_name_en")).to_have_value(NAME)
    expect(page.locator(LINE)).to_contain_text("is here again")
    page.locator("form.form .btn-primary").click()
    page.locator("button[value=save]").click()
    page.wait_for_url(lambda url: not url.endswith("/new/"))
    assert ReportingCycle.objects.filter(name_en=NAME).count() == 1
    assert page.evaluate(KEPT) is None
    page.goto(new)
    expect(page.locator("#id_name_en")).to_have_value("")


MISTAKE = "/en/report-a-mistake/?page=/en/countries/"


def write_mistake(page: Page) -> None:
    page.goto(MISTAKE)
    page.fill("#id_wrong", REASON)
    page.fill("#id_email", "reader@example.org")


def arrived(page: Page) -> None:
    """The report of the mistake is there once, and its form is empty again."""
    page.wait_for_url(re.compile("/report-a-mistake/received/"))
    assert [(row.page, row.wrong) for row in MistakeReport.objects.all()] == [("/en/countries/", REASON)]
    page.goto(MISTAKE)
    assert page.input_value("#id_wrong") == ""


def test_a_report_of_a_mistake_comes_back_to_its_reader(page: Page, check_page: object) -> None:
    write_mistake(page)
    send_offline(page)
    page.goto("/en/report-a-mistake/?page=/en/")
    assert page.input_value("#id_wrong") == ""
    page.goto(MISTAKE)
    expect(page.locator(LINE)).to_have_text("What you typed before the connection was lost is here again.")
    assert (page.input_value("#id_wrong"), page.input_value("#id_email")) == (REASON, "reader@example.org")
    assert page.evaluate("localStorage.length") == 0
    check_page(page, "a mistake typed again")  # type: ignore[operator]
    send(page)
    arrived(page)
    expect(page.locator(LINE)).to_be_empty()
    assert page.evaluate(KEPT) is None


def test_a_report_of_a_mistake_needs_no_script(visit: NewVisit) -> None:
    page = visit(script=False)
    write_mistake(page)
    send(page)
    arrived(page)


BESIDE = "What you typed on this page and did not send is here again."


def test_the_other_form_of_a_page_keeps_what_was_not_sent(visit: NewVisit, check_page: object, cast: Cast) -> None:
    commitment = record.commitment(country=cast.colombia)
    today = timezone.localdate()
    stated = {"status": "on_track", "reason": "Known.", "valid_from": today, "set_at": timezone.now()}
    actions.create(
        StatusByHand(commitment=commitment, valid_until=today + timedelta(days=30), **stated), by=STAGE, at=NOON
    )
    page = visit(cast.secretary)
    page.goto(f"/en/workspace/commitments/{commitment.code}/status/")
    page.select_option("#id_status", "at_risk")
    page.fill("#id_reason", REASON)
    page.locator("button[name=take_back]").click()
    expect(page.locator(".error-summary")).to_be_visible()
    expect(page.locator(LINE)).to_have_text(BESIDE)
    assert page.input_value("#id_reason") == REASON
    check_page(page, "typed beside")  # type: ignore[operator]
    page.fill("#id_public_reason", "It is counted again.")
    page.locator("button[name=take_back]").click()
    expect(page.locator("button[name=take_back]")).to_have_count(0)
    expect(page.locator(LINE)).to_have_text(BESIDE)
    assert (page.input_value("#id_status"), page.input_value("#id_reason")) == ("at_risk", REASON)
    assert page.evaluate(f"sessionStorage.getItem('{BESIDE_KEPT}')") is None
    page.reload()
    expect(page.locator(LINE)).to_be_empty()
    assert page.input_value("#id_reason") == ""


@pytest.mark.parametrize("language", ["en", "es", "pt", "fr"])
def test_a_commitment_published_before_its_changes_were_saved_still_has_them_in_the_form(
    visit: NewVisit, cast: Cast, language: str
) -> None:
    """The form has one field more by then."""
    commitment = record.commitment(country=cast.colombia, life_cycle="draft")
    words = {
        "en": BESIDE,
        "es": "Lo que escribió en esta página y no envió está aquí de nuevo.",
        "pt": "O que você digitou nesta página e não enviou está aqui de novo.",
        "fr": "Ce que vous aviez saisi sur cette page sans l’envoyer est de nouveau ici.",
    }
    page = visit(cast.secretary)
    page.goto(f"/{language}/workspace/commitments/{commitment.code}/edit/")
    before = page.input_value("#id_title")
    page.fill("#id_title", NAME)
    page.locator("button[value=publish]").click()
    expect(page.locator("#id_public_reason")).to_be_visible()
    expect(page.locator(LINE)).to_have_text(words[language])
    assert page.input_value("#id_title") == NAME != before


def test_what_was_not_sent_is_forgotten_by_the_next_step_elsewhere(visit: NewVisit, cast: Cast) -> None:
    commitment = record.commitment(country=cast.colombia, life_cycle="draft")
    page = visit(cast.secretary)
    page.goto(f"/en/workspace/commitments/{commitment.code}/edit/")
    page.fill("#id_title", NAME)
    page.context.set_offline(True)
    page.locator("button[value=publish]").click()
    page.wait_for_url("chrome-error://**")
    page.context.set_offline(False)
    page.goto("/en/account/logout/")
    assert NAME in page.evaluate(f"sessionStorage.getItem('{BESIDE_KEPT}')")
    page.locator("main form button").first.click()
    page.wait_for_url(lambda url: "logout" not in url)
    assert page.evaluate(f"sessionStorage.getItem('{BESIDE_KEPT}')") is None
