"""An indicator that countries report line by line: every line is reached, typed, kept and sent by itself."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commitments.history import actions as history
from commitments.indicators.models import Indicator, Measurement, Series
from commitments.mechanisms.models import Country
from commitments.reporting import gathering
from commitments.reporting.models import Draft, ProgressReport, ReportEntry
from tests.cast import NOON, STAGE, TODAY, Cast, country
from tests.factories import record
from tests.pages import links, main_words

pytestmark = pytest.mark.django_db
BASIS = {"behalf_basis": "call", "behalf_on": "2026-11-20", "behalf_words": "The ministry told us by telephone."}


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def indicator(cast: Cast) -> Indicator:
    """Colombia answers for two lines, its own and Canada's, and owes both in a cycle."""
    indicator = record.indicator(record.commitment(country=cast.colombia), countries=[cast.colombia, cast.canada])
    cycle = record.cycle()
    for place, value in ((cast.colombia, 4_000), (cast.canada, 700)):
        series = line(indicator, place)
        record.measurement(indicator, value, date(2026, 6, 30), series=series)
        record.entry(indicator, cycle, series)
    return indicator


def line(indicator: Indicator, place: Country) -> Series:
    found: Series = indicator.series.get(country=place, breakdown="")
    return found


def url(series: Series, step: str = "") -> str:
    return f"/en/workspace/indicators/{series.indicator.code}/update/{step}?line={series.pk}"


def which(indicator: Indicator) -> str:
    return f"/en/workspace/indicators/{indicator.code}/update/"


def as_person(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def answers(value: str, **changes: str) -> dict[str, str]:
    return {"value": value, "date_choice": "given", "source_choice": "same", "version": "0", "reason": "", **changes}


def send(client: Client, series: Series, value: str, **changes: str) -> Any:
    assert client.post(url(series), answers(value, **changes)).url == url(series, "check/")
    assert client.post(url(series, "check/")).url == url(series, "received/")
    return client.get(url(series, "received/"))


def test_the_address_without_a_line_asks_which(cast: Cast, indicator: Indicator) -> None:
    page = as_person(cast.focal_colombia).get(which(indicator))
    said = main_words(page)
    assert "Which figure do you want to give?" in said
    assert "Canada Last figure: 700 (30 June 2026). Due 15 Dec 2026 Update: Canada Colombia Last figure: 4,000" in said
    assert {url(line(indicator, place)) for place in (cast.canada, cast.colombia)} <= {*links(page)}


def test_two_lines_are_updated_one_after_the_other(cast: Cast, indicator: Indicator) -> None:
    focal, ours, theirs = as_person(cast.focal_colombia), line(indicator, cast.colombia), line(indicator, cast.canada)
    form = focal.get(url(ours))
    assert "People counted 1 Colombia Another figure of this indicator" in main_words(form)
    assert "Last figure: 4,000" in main_words(form)
    assert "700" not in main_words(form)
    received = send(focal, ours, "4,100")
    assert "People counted 1 – Colombia: 4,100 people" in main_words(received)
    assert "Next: Update: People counted 1 – Canada" in main_words(received)
    assert url(theirs) in links(received)
    assert "Last figure: 700" in main_words(focal.get(url(theirs)))
    assert "People counted 1 – Canada: 710 people" in main_words(send(focal, theirs, "710"))
    sent = Measurement.objects.filter(state="sent").order_by("pk").values_list("series__country__iso3", "value")
    assert list(sent) == [("COL", 4_100), ("CAN", 710)]
    assert {(row.series_id, row.measurement.series_id) for row in ReportEntry.objects.all() if row.measurement} == {
        (ours.pk, ours.pk),
        (theirs.pk, theirs.pk),
    }


def test_drafts_of_two_lines_do_not_mix(cast: Cast, indicator: Indicator) -> None:
    focal, ours, theirs = as_person(cast.focal_colombia), line(indicator, cast.colombia), line(indicator, cast.canada)
    assert focal.post(url(ours, "save/"), {"value": "4,444"}).status_code == 200
    other, same = focal.get(url(theirs)).content.decode(), focal.get(url(ours)).content.decode()
    assert 'value="4,444"' in same
    assert "4,444" not in other
    own = f"u{cast.focal_colombia.pk}-{indicator.code}"
    for page, series in ((same, ours), (other, theirs)):
        assert f'data-draft="{own}:{series.pk}"' in page
        assert f'data-autosave="{url(series, "save/")}"' in page
        assert f'data-preview="{url(series, "preview/")}"' in page
        assert f'action="{url(series)}"' in page
    assert "Continue: Colombia" in main_words(focal.get(which(indicator)))
    received = send(focal, theirs, "710").content.decode()
    assert f'data-draft-done="{own}:{theirs.pk}"' in received
    assert [draft.fields["value"] for draft in Draft.objects.all()] == ["4,444"]
    tasks = main_words(focal.get("/en/workspace/"))
    assert "Update: People counted 1 – Colombia Commitment LAD-COL-901 Due 15 Dec 2026 Draft saved 24 Nov 2026" in tasks
    assert "Continue: People counted 1 – Colombia" in tasks, "the button says what to do once"
    report = ReportEntry.objects.all()[0].report
    assert gathering.begun(report.cycle, on=TODAY) == {report.pk}


def test_a_draft_alone_begins_the_report(cast: Cast, indicator: Indicator) -> None:
    report = ProgressReport.objects.get()
    assert gathering.begun(report.cycle, on=TODAY) == set()
    as_person(cast.focal_colombia).post(url(line(indicator, cast.canada), "save/"), {"value": "1"})
    assert gathering.begun(report.cycle, on=TODAY) == {report.pk}


def test_a_deputy_finds_the_draft_at_its_line(cast: Cast, indicator: Indicator) -> None:
    theirs = line(indicator, cast.canada)
    as_person(cast.focal_colombia).post(url(theirs, "save/"), {"value": "777"})
    deputy = as_person(cast.deputy_colombia)
    assert "777" in deputy.get(url(theirs)).content.decode()
    assert "777" not in deputy.get(url(line(indicator, cast.colombia))).content.decode()
    hand_over = deputy.get("/en/workspace/hand-over/")
    assert url(theirs) in links(hand_over)
    assert "People counted 1 – Canada" in main_words(hand_over)


def test_a_country_reaches_the_lines_that_it_is_asked_for(cast: Cast, indicator: Indicator) -> None:
    canada, ours, theirs = as_person(cast.focal_canada), line(indicator, cast.colombia), line(indicator, cast.canada)
    assert {canada.get(address).status_code for address in (which(indicator), url(theirs), url(ours))} == {403}
    asked = ReportEntry.objects.get(series=theirs)
    report = ProgressReport(cycle=asked.report.cycle, country=cast.canada, due_on=asked.due_on)
    history.change(asked, by=STAGE, at=NOON, report=history.create(report, by=STAGE, at=NOON))
    page = canada.get(which(indicator))
    assert "Last figure: 700" in main_words(page)
    assert "Another figure of this indicator" not in main_words(page)
    for step in ("", "save/", "preview/", "check/", "received/"):
        assert canada.post(url(ours, step), answers("1")).status_code == 404, step
    assert "710 people" in main_words(send(canada, theirs, "710"))
    for wrong in ("x", "0", "9" * 30, "%00"):
        assert canada.get(f"{which(indicator)}?line={wrong}").status_code == 404, wrong


def test_one_line_is_nobodys_choice(cast: Cast) -> None:
    alone = record.indicator(record.commitment(country=cast.colombia), countries=[cast.colombia])
    record.entry(alone, record.cycle())
    focal = as_person(cast.focal_colombia)
    page = main_words(focal.get(which(alone)))
    assert "How much is it now? (people)" in page
    assert "Another figure" not in page
    assert "Update: People counted 1 " in main_words(focal.get("/en/workspace/"))
    for said in (page, main_words(focal.get("/en/workspace/"))):
        assert "– Colombia" not in said


def test_the_whole_is_asked_for_where_there_is_one(cast: Cast) -> None:
    indicator = record.indicator(record.commitment(country=cast.colombia))
    women = history.create(Series(indicator=indicator, breakdown="sex:female"), by=STAGE, at=NOON)
    record.measurement(indicator, 900, date(2026, 9, 30), series=women)
    record.measurement(indicator, 2_000, date(2026, 6, 30), series=indicator.series.get(breakdown=""))
    focal = as_person(cast.focal_colombia)
    page = main_words(focal.get(which(indicator)))
    assert "Last figure: 2,000 (30 June 2026)." in page
    assert "Another figure" not in page
    assert "900" not in page
    # The figure of the women for the same day is no figure of the whole: nothing is corrected.
    assert (
        focal.post(which(indicator), answers("2,100", date_choice="other", other_date="2026-09-30")).status_code == 302
    )
    assert Draft.objects.get().key == indicator.code


def test_nothing_changed_and_reasons_are_of_the_line(cast: Cast, indicator: Indicator) -> None:
    focal, theirs = as_person(cast.focal_colombia), line(indicator, cast.canada)
    assert 'value="700" data-fill' in focal.get(url(theirs)).content.decode()
    send(focal, line(indicator, cast.colombia), "4,100")
    # Another line has a figure for that date; this one has not, so it corrects nothing.
    assert focal.post(url(theirs), answers("710")).status_code == 302
    far = focal.post(url(theirs), answers("1,900"))
    assert "The figure moved by more than a quarter since last time. Say why" in main_words(far)
    falls = focal.post(url(theirs), answers("690"))
    assert "This is below the last running total (700). Say why, or change it" in main_words(falls)


def test_the_line_says_what_all_countries_make_together(cast: Cast, indicator: Indicator) -> None:
    focal, ours = as_person(cast.focal_colombia), line(indicator, cast.colombia)
    typed = answers("4,100")
    assert "All countries together:" in focal.post(url(ours, "preview/"), typed).content.decode()
    alone = record.indicator(record.commitment("LAD-COL-902", country=cast.colombia))
    assert "All countries together:" not in focal.post(f"{which(alone)}preview/", typed).content.decode()


def test_the_secretariat_logs_a_line_on_behalf(cast: Cast, indicator: Indicator) -> None:
    desk, theirs = as_person(cast.secretary), line(indicator, cast.canada)
    assert "Which figure do you want to give?" in main_words(desk.get(which(indicator)))
    send(desk, theirs, "710", **BASIS)
    figure = Measurement.objects.get(state="sent")
    assert (figure.series, figure.is_on_behalf) == (theirs, True)
    focal = as_person(cast.focal_colombia)
    tasks = focal.get("/en/workspace/")
    assert "Confirm: People counted 1 – Canada" in main_words(tasks)
    assert url(theirs) in links(focal.get(f"/en/workspace/figures/{figure.pk}/confirm/"))


def test_a_question_and_a_correction_lead_back_to_the_line(cast: Cast, indicator: Indicator) -> None:
    focal, desk, theirs = as_person(cast.focal_colombia), as_person(cast.secretary), line(indicator, cast.canada)
    send(focal, theirs, "710")
    figure = Measurement.objects.get(state="sent")
    review = f"/en/workspace/review/figures/{figure.pk}/"
    assert "People counted 1 – Canada" in main_words(desk.get(review))
    assert "People counted 1 – Canada" in main_words(desk.get("/en/workspace/review/"))
    asked = {"question": "Which months?", "field": "value", "due_on": "2026-12-01", "version": str(figure.version)}
    desk.post(review, {"decision": "return", **asked})
    tasks = focal.get("/en/workspace/")
    assert "Answer a question: People counted 1 – Canada" in main_words(tasks)
    assert url(theirs) in links(tasks)
    figure.refresh_from_db()
    send(focal, theirs, "711", answer="All of them.", version=str(figure.version))
    figure.refresh_from_db()
    assert (figure.state, figure.value) == ("sent", 711)
    section = focal.get(f"/en/workspace/country-reports/{ProgressReport.objects.get().pk}/figures/")
    assert {url(theirs), url(line(indicator, cast.colombia))} <= {*links(section)}
    assert "People counted 1 – Canada" in main_words(section)


def test_what_is_late_is_named_by_its_line(cast: Cast, indicator: Indicator) -> None:
    due = date(2026, 11, 16)
    for entry in ReportEntry.objects.all():
        history.change(entry, by=STAGE, at=NOON, due_on=due)
    for page in ("/en/late/", "/en/countries/COL/"):
        said = main_words(Client().get(page))
        assert "People counted 1 – Canada" in said, page
        assert "People counted 1 – Colombia" in said, page
    taking_over = main_words(as_person(cast.focal_colombia).get("/en/workspace/hand-over/"))
    assert "People counted 1 – Canada LAD-COL-901-I1 700" in taking_over
    rows = b"".join(Client().get("/en/late/late.csv")).decode()
    assert "People counted 1 – Canada" in rows


def test_a_published_report_names_each_line(cast: Cast, indicator: Indicator) -> None:
    report = ProgressReport.objects.get()
    said = {"state": "published", "accepted_at": NOON, "published_at": NOON, "sent_at": NOON, "language": "en"}
    history.change(report, by=STAGE, at=NOON, **said)
    page = main_words(Client().get(f"/en/reports/{report.cycle.slug}/COL/"))
    assert "People counted 1 – Canada" in page
    assert "People counted 1 – Colombia" in page


def test_pages_cost_the_same_with_more_lines(cast: Cast, indicator: Indicator) -> None:
    focal = as_person(cast.focal_colombia)
    theirs = line(indicator, cast.canada)
    pages = [which(indicator), url(theirs), "/en/workspace/"]

    def costs() -> list[int]:
        found = []
        for page in pages:
            focal.get(page)
            with CaptureQueriesContext(connection) as asked:
                assert focal.get(page).status_code == 200
            found.append(len(asked))
        return found

    few = costs()
    cycle = ReportEntry.objects.all()[0].report.cycle
    for iso3, iso2, name in (("PER", "PE", "Peru"), ("CHL", "CL", "Chile"), ("ECU", "EC", "Ecuador")):
        place = country(iso3, iso2, name)
        series = history.create(Series(indicator=indicator, country=place), by=STAGE, at=NOON)
        record.measurement(indicator, 50, date(2026, 6, 30), series=series)
        record.entry(indicator, cycle, series)
    assert costs() == few
