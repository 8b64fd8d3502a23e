"""Access in a browser: the administrator invites and ends, the person accepts, resets, chooses a language."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import User
from commitments.appointments.actions import invite_person
from commitments.notices.delivery import send_due
from tests.accounts.letters import link_in
from tests.cast import PASSWORD, Cast
from tests.servers import SmtpSink

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
EMAIL = "nadia.nueva@example.org"
NEW = "four herons over the wet field"

Visit = Callable[..., Page]
Check = Callable[[Page, str], None]


@pytest.fixture(autouse=True)
def nobody_is_throttled() -> None:
    cache.clear()


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_administrator_invites_and_the_person_comes_in(
    visit: Visit, check_page: Check, cast: Cast, smtp_sink: SmtpSink, language: str
) -> None:
    desk = visit(cast.administrator)
    desk.goto(f"/{language}/workspace/users/")
    check_page(desk, f"people {language}")
    desk.locator("main .btn-primary").click()
    check_page(desk, f"invite {language}")
    desk.locator("form .btn-primary").click()
    expect(desk.locator(".error-summary")).to_be_focused()
    check_page(desk, f"invite with errors {language}")
    desk.fill("#id_email", EMAIL)
    desk.fill("#id_name", "Nadia Nueva")
    desk.check(f"input[name=language][value={language}]")
    desk.check("input[name=role][value=focal_point]")
    desk.select_option("#id_country", label="Canada" if language == "en" else "Canadá")
    desk.fill("#id_why", "Letter of 12 November 2026")
    desk.locator("form .btn-primary").click()
    expect(desk.locator("h1")).to_have_text("Nadia Nueva")
    check_page(desk, f"person {language}")

    send_due(clock=timezone.now)
    (letter,) = smtp_sink.to(EMAIL)
    phone = visit(width=390, script=False)
    phone.goto(link_in(letter))
    phone.fill("#id_password1", NEW)
    phone.fill("#id_password2", NEW)
    phone.locator("form .btn-primary").click()
    phone.wait_for_url(f"**/{language}/workspace/")

    again = visit(width=390)
    again.goto(link_in(letter))
    check_page(again, f"accepted invitation {language}")


@pytest.mark.parametrize("language", ["en", "es"])
def test_an_open_an_expired_and_an_invented_link(
    visit: Visit, check_page: Check, cast: Cast, smtp_sink: SmtpSink, language: str
) -> None:
    for days in (0, 8):
        sent = timezone.now() - timedelta(days=days)
        by = cast.actor(cast.administrator)
        email = f"sent{days}@example.org"
        invite_person(email=email, name="N. N.", language=language, time_zone="UTC", by=by, at=sent)
        send_due(clock=lambda sent=sent: sent)
        page = visit(width=390)
        page.goto(link_in(smtp_sink.to(email)[0]))
        check_page(page, f"invitation of {days} days ago {language}")
    page.goto(f"/{language}/account/invitation/0123456789/")
    check_page(page, f"invented link {language}")


@pytest.mark.parametrize("language", ["en", "es"])
def test_signing_in_and_out_and_a_forgotten_password(
    visit: Visit, check_page: Check, cast: Cast, smtp_sink: SmtpSink, language: str
) -> None:
    person = cast.focal_colombia
    person.language = language
    person.set_password(PASSWORD)
    person.save()
    page = visit(width=390)
    page.goto(f"/{language}/account/login/")
    check_page(page, f"sign-in {language}")
    page.fill("#id_login", person.email)
    page.fill("#id_password", "not the password")
    page.locator("form .btn-primary").click()
    expect(page.locator(".error-summary")).to_be_focused()
    check_page(page, f"sign-in with errors {language}")
    page.locator("form a").first.click()
    check_page(page, f"forgotten {language}")
    page.fill("#id_email", person.email)
    page.locator("form .btn-primary").click()
    check_page(page, f"look in your mailbox {language}")
    send_due(clock=timezone.now)
    link = link_in(smtp_sink.to(person.email)[-1])
    page.goto(link)
    check_page(page, f"new password {language}")
    page.fill("#id_password1", NEW)
    page.fill("#id_password2", NEW)
    page.locator("form .btn-primary").click()
    page.wait_for_url(f"**/{language}/workspace/")
    page.goto(f"/{language}/account/logout/")
    check_page(page, f"sign out {language}")
    page.locator("main .btn-primary").click()
    page.wait_for_url(f"**/{language}/")
    page.goto(link)
    check_page(page, f"used link {language}")


@pytest.mark.parametrize("language", ["en", "es"])
def test_ones_own_account(visit: Visit, check_page: Check, cast: Cast, language: str) -> None:
    cast.reader.set_password(PASSWORD)
    cast.reader.save()
    page = visit(cast.reader, width=390)
    page.goto(f"/{language}/account/")
    check_page(page, f"account {language}")
    page.check("input[name=language][value=fr]")
    page.locator("form .btn-primary").click()
    page.wait_for_url("**/fr/account/")
    expect(page.locator(".messages")).to_be_visible()
    page.goto(f"/{language}/account/password/change/")
    page.locator("form .btn-primary").click()
    check_page(page, f"change of password with errors {language}")


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_administrator_changes_and_ends_posts(visit: Visit, check_page: Check, cast: Cast, language: str) -> None:
    subject = cast.focal_colombia
    post = subject.appointments.get()
    desk = visit(cast.administrator)
    start = f"/{language}/workspace/users/{subject.pk}/"
    for part in ("appoint/", f"appointments/{post.pk}/dates/", f"appointments/{post.pk}/deputy/"):
        desk.goto(start + part)
        check_page(desk, f"{part} {language}")
    desk.goto(f"{start}appointments/{post.pk}/end/")
    check_page(desk, f"end of an appointment {language}")
    desk.goto(f"{start}end-access/")
    check_page(desk, f"end of access {language}")
    desk.fill("#id_why", "Left the ministry")
    desk.locator("form .btn-danger").click()
    desk.wait_for_url(f"**{start}")
    check_page(desk, f"person without access {language}")
    assert not User.objects.get(pk=subject.pk).is_active


def test_two_administrators_change_one_post(visit: Visit, check_page: Check, cast: Cast) -> None:
    post = cast.focal_canada.appointments.get()
    address = f"/en/workspace/users/{cast.focal_canada.pk}/appointments/{post.pk}/dates/"
    first, second = visit(cast.administrator), visit(cast.administrator)
    for page in (first, second):
        page.goto(address)
    for page, day in ((first, "2027-01-31"), (second, "2027-06-30")):
        page.fill("#id_valid_until", day)
        page.fill("#id_why", "Letter of 12 November 2026")
        page.locator("form .btn-primary").click()
    check_page(second, "two versions")
    second.locator("form .btn-primary").click()
    second.wait_for_url(f"**/users/{cast.focal_canada.pk}/")
    post.refresh_from_db()
    assert post.valid_until.isoformat() == "2027-06-30"
