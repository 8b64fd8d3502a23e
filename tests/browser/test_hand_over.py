"""Colombia's post goes to a successor, who finds everything on one page."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from commitments.appointments.models import Appointment
from commitments.reporting.actions import REPORT_FORM, draft_key, keep_draft
from tests.cast import Cast
from tests.factories import record

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TYPED = "Offices on wheels reach the islands."
QUESTION = "Which offices have no registry?"


def owe(cast: Cast) -> str:
    """Colombia owes a figure, and an answer to a question about another one; the code of the first."""
    today = timezone.localdate()
    commitment = record.commitment(country=cast.colombia, title_en="Open two offices", title_es="Abrir dos oficinas")
    indicator = record.indicator(commitment, title_es="Personas contadas", unit_es="personas")
    record.measurement(indicator, 41_200, today - timedelta(days=150), source=record.source("Monthly registry"))
    opens, closes = today - timedelta(days=30), today + timedelta(days=60)
    owed = record.entry(indicator, record.cycle(due_on=today + timedelta(days=7), opens_on=opens, closes_on=closes))
    typed = {"practice": TYPED, "language": "en", "version": "1"}
    keep_draft(
        user_id=cast.focal_colombia.pk, form=REPORT_FORM, key=draft_key(owed.report, "practice"), fields=typed,
        version_read=1, at=timezone.now(),
    )  # fmt: skip
    asked = {"state": "returned", "question": QUESTION, "question_due_on": today + timedelta(days=3)}
    other = record.indicator(commitment, 2)
    record.measurement(other, 900, today - timedelta(days=60), accepted_at=None, published_at=None, **asked)
    return indicator.code


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_successor_finds_what_is_owed_on_one_page(visit: Any, check_page: Any, cast: Cast, language: str) -> None:
    code = owe(cast)
    post = Appointment.objects.get(user=cast.focal_colombia)
    admin = visit(cast.administrator)
    admin.goto(f"/{language}/workspace/users/{cast.focal_colombia.pk}/appointments/{post.pk}/hand-over/")
    check_page(admin, f"hand over {language}")
    admin.select_option("#id_person", str(cast.outsider.pk))
    admin.fill("#id_why", "Note verbale of 20 November 2026")
    admin.locator("form .btn-primary").click()
    admin.wait_for_url(f"**/users/{cast.outsider.pk}/")
    check_page(admin, f"successor {language}")

    successor = visit(cast.outsider, width=390)
    successor.goto(f"/{language}/workspace/")
    successor.locator("main a[href$='/workspace/hand-over/']").first.click()
    successor.wait_for_url("**/hand-over/")
    expect(successor.locator("#questions")).to_contain_text(QUESTION)
    expect(successor.locator("#owed li")).not_to_have_count(0)
    figures = successor.locator("#figures")
    expect(figures).to_contain_text("41,200" if language == "en" else "41\u202f200")
    expect(figures).to_contain_text("Monthly registry")
    expect(figures).to_contain_text(code)
    expect(successor.locator("aside")).to_contain_text("November 2026")
    check_page(successor, f"taking over {language}")
    successor.locator("#drafts a").click()
    expect(successor.locator("#id_practice")).to_have_value(TYPED)
    expect(successor.locator(".page-head .tag")).to_contain_text("Camila Colombia")
    check_page(successor, f"going on {language}")
    successor.goto(successor.url.rsplit("/", 2)[0] + "/")
    check_page(successor, f"sections {language}")

    before = visit(cast.focal_colombia, width=390)
    before.goto(f"/{language}/workspace/hand-over/")
    expect(before.locator("#owed")).to_have_count(0)
