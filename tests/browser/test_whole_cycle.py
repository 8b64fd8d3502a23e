"""A whole cycle with four roles: opened, reported, asked about, answered, published, closed, read by anybody."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from commitments.formats.dates import last_day_at
from commitments.indicators.models import Measurement
from commitments.reporting.models import CycleSnapshot, ProgressReport, ReportingCycle
from tests.cast import Cast
from tests.factories import record

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OBSTACLES = "Recruitment offices have no shared registry."
QUESTION = "Which offices have none?"
ANSWER = "Four of nine, all in the south."


@dataclass
class Journey:
    """What the steps share."""

    visit: Any
    check_page: Any
    cast: Cast

    @property
    def cycle(self) -> ReportingCycle:
        return ReportingCycle.objects.get()

    @property
    def report(self) -> ProgressReport:
        return ProgressReport.objects.get(country=self.cast.colombia)

    def at(self, place: str = "") -> str:
        """A page of Colombia's report."""
        return f"/en/workspace/country-reports/{self.report.pk}/{place}"


@pytest.fixture
def journey(visit: Any, check_page: Any, cast: Cast) -> Journey:
    """Colombia made two commitments of the labour group; one is counted."""
    today = timezone.localdate()
    counted = record.commitment("LAD-COL-901", country=cast.colombia, group=cast.labour)
    record.commitment("LAD-COL-902", country=cast.colombia, group=cast.labour)
    indicator = record.indicator(
        counted, baseline=(0, today - timedelta(days=800)), target=(60_000, today + timedelta(days=600))
    )
    record.measurement(indicator, 41_200, today - timedelta(days=150))
    return Journey(visit, check_page, cast)


def test_a_whole_cycle_with_four_roles(journey: Journey) -> None:
    desk = journey.visit(journey.cast.secretary)
    open_the_cycle(journey, desk)
    give_more_time(journey, desk)
    phone = journey.visit(journey.cast.focal_colombia, width=390)
    write_the_report(journey, phone)
    send_a_figure(journey, phone)
    send(phone, journey.at("check/"))
    journey.check_page(phone, "receipt of a country report")
    lead_reports(journey)
    return_with_a_question(journey, desk)
    answer(journey, phone)
    publish_all(journey)
    close(journey, desk)
    anybody_reads(journey)


def open_the_cycle(journey: Journey, desk: Page) -> None:
    """The secretariat sees what follows before anything is stored."""
    today = timezone.localdate()
    desk.goto("/en/workspace/cycles/new/")
    for name, days in {"opens_on": -40, "due_on": -2, "closes_on": 40}.items():
        desk.fill(f"#id_{name}", (today + timedelta(days=days)).isoformat())
    desk.check("#id_asks_groups")
    desk.locator("button[value=check]").click()
    journey.check_page(desk, "what follows from a cycle")
    assert ReportingCycle.objects.count() == 0
    desk.locator("button[value=save]").click()
    desk.wait_for_url(f"**/cycles/{journey.cycle.slug}/")
    assert (journey.report.parts.count(), journey.report.entries.count(), ProgressReport.objects.count()) == (2, 1, 2)


def give_more_time(journey: Journey, desk: Page) -> None:
    """Colombia has ten days more, for a reason that is public."""
    desk.goto(f"/en/workspace/cycles/{journey.cycle.slug}/extend/")
    desk.select_option("#id_who", f"c{journey.cast.colombia.pk}")
    desk.fill("#id_due_on", (timezone.localdate() + timedelta(days=10)).isoformat())
    desk.fill("#id_reason", "Elections in the capital.")
    desk.locator("form .btn-primary").click()
    expect(desk.locator(".error-summary")).to_have_count(0)
    assert journey.report.due_on > timezone.localdate()


def write_the_report(journey: Journey, phone: Page) -> None:
    """The focal point writes on a phone; one section without script."""
    phone.goto("/en/workspace/")
    journey.check_page(phone, "tasks of a focal point")
    phone.goto(journey.at())
    journey.check_page(phone, "sections of a country report")
    told = journey.report.parts.get(commitment__code="LAD-COL-901")
    phone.goto(journey.at(f"progress/{told.pk}/"))
    phone.check("input[name=answer][value=progress]")
    phone.fill("#id_words", "Two offices opened.")
    journey.check_page(phone, "answer on a commitment")
    phone.locator("#place button[name=done]").click()
    phone.wait_for_url("**/progress/")
    phone.locator("button[name=unchanged][value=all]").click()
    expect(phone.locator(".section-state-done")).to_have_count(2)
    journey.check_page(phone, "answers by commitment")

    plain = journey.visit(journey.cast.focal_colombia, width=390, script=False)
    plain.goto(journey.at("obstacles/"))
    plain.fill("#id_obstacles", OBSTACLES)
    plain.locator("#place button[name=done]").click()
    plain.wait_for_url(f"**{journey.at()}")

    phone.goto(journey.at("coherence/"))
    phone.check("input[name=coherence][value=partly]")
    journey.check_page(phone, "national coherence")
    phone.locator("#place button[name=done]").click()
    phone.wait_for_url(f"**{journey.at()}")
    assert [part.answer for part in journey.report.parts.order_by("commitment__code")] == ["progress", "unchanged"]
    assert (journey.report.obstacles, journey.report.coherence) == (OBSTACLES, "partly")


def send_a_figure(journey: Journey, phone: Page) -> None:
    """The figure goes through its own form, and stands in the report, locked."""
    phone.goto(journey.at("figures/"))
    phone.locator(".part-buttons .btn").first.click()
    phone.wait_for_url("**/update/")
    phone.fill("#id_value", "44900")
    phone.fill("#id_reason", "Renewals moved online.")
    phone.locator("form.questions .btn-primary").click()
    phone.wait_for_url("**/check/")
    phone.locator("form .btn-primary").click()
    phone.wait_for_url("**/received/")
    phone.goto(journey.at("figures/"))
    expect(phone.locator("main")).to_contain_text("44,900")
    journey.check_page(phone, "figures of a country report")


def send(page: Page, check: str) -> None:
    """Look once more, then send."""
    page.goto(check)
    expect(page.locator(".error-summary")).to_have_count(0)
    page.locator("form.action-bar .btn-primary").click()
    page.wait_for_url("**/received/")


def lead_reports(journey: Journey) -> None:
    """The lead writes the group's report in one sitting."""
    report = ProgressReport.objects.get(group=journey.cast.labour)
    lead = journey.visit(journey.cast.lead_labour)
    lead.goto(f"/en/workspace/reports/{report.pk}/")
    lead.fill("#id_summary", "Two seasonal programmes opened.")
    journey.check_page(lead, "group report")
    lead.locator("form .btn-primary").click()
    lead.wait_for_url("**/check/")
    lead.locator("form .btn-primary").click()
    lead.wait_for_url("**/received/")


def return_with_a_question(journey: Journey, desk: Page) -> None:
    """The secretariat asks about the obstacles."""
    desk.goto(f"/en/workspace/review/country-reports/{journey.report.pk}/")
    journey.check_page(desk, "review of a country report")
    field = desk.locator("textarea[name=q-obstacles]")
    desk.locator("details.details-ask", has=field).locator("summary").click()
    field.fill(QUESTION)
    desk.locator("button[value=return]").click()
    desk.wait_for_url("**/review/")
    assert journey.report.state == "returned"


def answer(journey: Journey, phone: Page) -> None:
    """Only what was asked about is open."""
    phone.goto(journey.at())
    expect(phone.locator("main")).to_contain_text(QUESTION)
    journey.check_page(phone, "returned country report")
    open_sections = [link.get_attribute("href") for link in phone.locator(".section-list a").all()]
    assert open_sections == [journey.at("figures/"), journey.at("obstacles/")]
    phone.goto(journey.at("practice/"))
    expect(phone.locator("main textarea")).to_have_count(0)
    phone.goto(journey.at("obstacles/"))
    phone.locator(".asked textarea").fill(ANSWER)
    journey.check_page(phone, "answer to a question")
    phone.locator("#place button[name=done]").click()
    phone.wait_for_url(f"**{journey.at()}")
    send(phone, journey.at("check/"))


def publish_all(journey: Journey) -> None:
    """A second member decides on what is left: the figure and both reports."""
    second = journey.visit(journey.cast.second_secretary)
    second.goto("/en/workspace/review/")
    journey.check_page(second, "review queue")
    second.goto(f"/en/workspace/review/country-reports/{journey.report.pk}/")
    expect(second.locator("main")).to_contain_text(ANSWER)
    group = ProgressReport.objects.get(group=journey.cast.labour)
    figure = Measurement.objects.get(state="sent")
    for place in (f"country-reports/{journey.report.pk}", f"reports/{group.pk}", f"figures/{figure.pk}"):
        second.goto(f"/en/workspace/review/{place}/")
        second.locator("button[value=publish]").click()
        second.wait_for_url("**/review/")
    assert set(ProgressReport.objects.values_list("state", flat=True)) == {"published"}


def close(journey: Journey, desk: Page) -> None:
    """The checklist, then the copy of all figures."""
    desk.goto(f"/en/workspace/cycles/{journey.cycle.slug}/close/")
    journey.check_page(desk, "closing a cycle")
    if desk.locator("#id_reason").count():
        desk.fill("#id_reason", "Translations follow.")
    desk.locator(".btn-danger").click()
    desk.wait_for_url(f"**/cycles/{journey.cycle.slug}/")
    journey.check_page(desk, "closed cycle")


def anybody_reads(journey: Journey) -> None:
    """The public page of the cycle with its copy, and both reports."""
    slug, snapshot = journey.cycle.slug, CycleSnapshot.objects.get()
    reader = journey.visit()
    reader.goto(f"/en/cycles/{slug}/")
    main = reader.locator("main")
    for words in (snapshot.code, snapshot.sha256, "commitments on record", "Elections in the capital."):
        expect(main).to_contain_text(words)
    expect(main.locator("tr", has_text="Colombia")).to_contain_text("On time")
    expect(main.locator("tr", has_text="Labor Mobility")).to_contain_text("Received late")
    journey.check_page(reader, "public page of a cycle")
    copy = reader.request.get(f"/en/cycles/{slug}/snapshot.json")
    assert (copy.status, copy.json()["totals"]["on_record"]) == (200, 2)
    told = {row["of"]: date.fromisoformat(row["received_on"]) for row in copy.json()["reports"]}
    assert set(told.values()) == {last_day_at(journey.report.sent_at)}
    for place, words in (("COL", OBSTACLES), (journey.cast.labour.slug, "Two seasonal programmes opened.")):
        reader.goto(f"/en/reports/{slug}/{place}/")
        expect(reader.locator("main")).to_contain_text(words)
        expect(reader.locator("main")).not_to_contain_text(QUESTION)
        journey.check_page(reader, f"published report {place}")
