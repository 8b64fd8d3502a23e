"""Two people, two clicks, two dates: nothing is written over unseen, and nothing is said that did not happen."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client

from commitments.indicators.models import Measurement
from commitments.reporting.models import Draft, ReportEntry
from tests.cast import NOON, Cast
from tests.commitments.reporting.test_update import BASIS, answers, as_person, code, url
from tests.factories import record
from tests.pages import main_words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def owed(cast: Cast) -> ReportEntry:
    commitment = record.commitment(country=cast.colombia, made_on=date(2024, 1, 1))
    indicator = record.indicator(commitment, baseline=(0, date(2024, 1, 1)), target=(100_000, date(2027, 12, 31)))
    record.measurement(indicator, 41_200, date(2026, 6, 30))
    return record.entry(indicator, record.cycle())


def send(client: Client, owed: ReportEntry, **changes: str) -> Any:
    """Type and send a figure; the answer of the check page."""
    typed = answers(reason="Known to the ministry.", **changes)
    client.post(url(code(owed)), typed)
    return client.post(url(code(owed), "check/"))


def decide(client: Client, figure: Measurement, decision: str) -> Any:
    """The secretariat decides on a figure as it stands."""
    figure.refresh_from_db()
    step = {"decision": decision, "version": str(figure.version)}
    return client.post(f"/en/workspace/review/figures/{figure.pk}/", step)


def test_a_draft_begun_before_another_was_sent_meets_the_conflict_page(cast: Cast, owed: ReportEntry) -> None:
    focal, deputy = as_person(cast.focal_colombia), as_person(cast.deputy_colombia)
    for client, value in ((focal, "64,000"), (deputy, "66,000")):
        client.post(url(code(owed)), answers(value=value, reason="More offices."))
    assert focal.post(url(code(owed), "check/")).status_code == 302
    assert deputy.post(url(code(owed), "check/")).status_code == 409
    assert Measurement.objects.get(state="sent").value == Decimal(64_000)


def test_the_secretariat_does_not_write_over_the_countrys_figure(cast: Cast, owed: ReportEntry) -> None:
    assert send(as_person(cast.focal_colombia), owed, value="64,000").status_code == 302
    sent = Measurement.objects.get(state="sent")
    secretary = as_person(cast.secretary)
    assert secretary.get(url(code(owed))).url == f"/en/workspace/review/figures/{sent.pk}/"
    send(secretary, owed, value="77,777", version="1")
    sent.refresh_from_db()
    assert (sent.value, sent.is_on_behalf, sent.entered_by) == (Decimal(64_000), False, cast.focal_colombia)


def test_the_country_takes_over_what_was_logged_for_it(cast: Cast, owed: ReportEntry) -> None:
    send(as_person(cast.secretary), owed, value="64,000", **BASIS)
    focal = as_person(cast.focal_colombia)
    assert send(focal, owed, value="65,000", version="1").status_code == 302
    logged = Measurement.objects.get(state="sent")
    assert (logged.is_on_behalf, logged.entered_by) == (False, cast.focal_colombia)
    assert "Confirm: " not in focal.get("/en/workspace/").content.decode()


def test_only_what_was_seen_is_confirmed(cast: Cast, owed: ReportEntry) -> None:
    secretary, focal = as_person(cast.secretary), as_person(cast.focal_colombia)
    send(secretary, owed, value="64,000", **BASIS)
    logged = Measurement.objects.get(state="sent")
    send(secretary, owed, value="99,999", version=str(logged.version), **BASIS)
    stale = focal.post(f"/en/workspace/figures/{logged.pk}/confirm/", {"version": "1"})
    assert stale.url == f"/en/workspace/figures/{logged.pk}/confirm/"
    logged.refresh_from_db()
    assert (logged.state, logged.value) == ("sent", Decimal(99_999))


def test_a_figure_confirmed_twice_is_confirmed_once_and_nobody_is_told_of_a_change(
    cast: Cast, owed: ReportEntry
) -> None:
    secretary, focal = as_person(cast.secretary), as_person(cast.focal_colombia)
    send(secretary, owed, value="64,000", **BASIS)
    receipt = main_words(secretary.get(url(code(owed), "received/")))
    assert "The focal point of the country is asked to confirm it." in receipt
    assert "You will get an e-mail" not in receipt
    confirm = f"/en/workspace/figures/{Measurement.objects.get(state='sent').pk}/confirm/"
    pages = [focal.post(confirm, {"version": "1"}, follow=True) for _press in range(2)]
    assert [page.redirect_chain for page in pages] == [[("/en/workspace/", 302)]] * 2
    assert "in the meantime" not in main_words(pages[1])


def test_two_corrections_of_one_date_are_published_one_after_the_other(cast: Cast, owed: ReportEntry) -> None:
    focal, secretary = as_person(cast.focal_colombia), as_person(cast.secretary)
    figures = []
    for value in ("50,000", "51,000", "52,000"):
        sent = send(focal, owed, value=value, date_choice="other", other_date="2026-09-30")
        assert sent.status_code == 302
        figures.append(Measurement.objects.get(state="sent"))
        assert decide(secretary, figures[-1], "publish" if value == "50,000" else "accept").status_code == 302
    for figure in figures[1:]:
        assert decide(secretary, figure, "publish").status_code == 302
    states = [(row.value, row.state, row.is_used) for row in Measurement.objects.filter(as_of="2026-09-30")]
    assert sorted(states) == [
        (Decimal(50_000), "corrected", False),
        (Decimal(51_000), "corrected", False),
        (Decimal(52_000), "published", True),
    ]


def test_a_figure_for_another_date_is_a_figure_of_its_own(cast: Cast, owed: ReportEntry) -> None:
    focal = as_person(cast.focal_colombia)
    send(focal, owed, value="64,000")
    send(focal, owed, value="66,000", date_choice="other", other_date="2026-10-31", version="1")
    rows = Measurement.objects.filter(state="sent").order_by("as_of").values_list("value", "as_of")
    assert list(rows) == [(Decimal(64_000), date(2026, 9, 30)), (Decimal(66_000), date(2026, 10, 31))]


def test_a_question_comes_before_a_newer_figure(cast: Cast, owed: ReportEntry) -> None:
    focal, secretary = as_person(cast.focal_colombia), as_person(cast.secretary)
    send(focal, owed, value="64,000")
    first = Measurement.objects.get(state="sent")
    send(focal, owed, value="66,000", date_choice="other", other_date="2026-10-31", version="1")
    asked = {"decision": "return", "version": "1", "question": "Why this?", "field": "value", "due_on": "2026-12-01"}
    assert secretary.post(f"/en/workspace/review/figures/{first.pk}/", asked).status_code == 302
    assert "Why this?" in focal.get(url(code(owed))).content.decode()


def test_a_figure_of_long_ago_meets_no_open_cycle(cast: Cast, owed: ReportEntry) -> None:
    send(as_person(cast.focal_colombia), owed, value="300", date_choice="other", other_date="2025-01-01")
    assert Measurement.objects.get(state="sent").as_of == date(2025, 1, 1)
    owed.refresh_from_db()
    assert owed.measurement is None


def test_receipt_is_for_what_this_person_sent(cast: Cast, owed: ReportEntry) -> None:
    focal = as_person(cast.focal_colombia)
    assert focal.get(url(code(owed), "received/")).url == url(code(owed))


@pytest.mark.parametrize(
    "changes", [{"value": "-5"}, {"date_choice": "other", "other_date": "0001-01-01"}], ids=["negative", "year one"]
)
def test_what_cannot_be_is_refused(cast: Cast, owed: ReportEntry, changes: dict[str, str]) -> None:
    page = as_person(cast.focal_colombia).post(url(code(owed)), answers(reason="Known.", **changes))
    assert page.status_code == 200
    assert "There is a problem" in page.content.decode()


def test_a_draft_keeps_the_forms_own_fields_and_no_more(cast: Cast, owed: ReportEntry) -> None:
    client = as_person(cast.focal_colombia)
    client.post(url(code(owed), "save/"), answers(value="5\x00", reason="x" * 100_000, other="y"))
    kept = Draft.objects.get().fields
    assert (kept["value"], len(kept["reason"]), "other" in kept) == ("5", 5_000, False)


def test_a_name_without_address_is_nobody_elses_source(cast: Cast, owed: ReportEntry) -> None:
    elsewhere = record.source("Annual report", url="")
    send(as_person(cast.focal_colombia), owed, value="64,000", source_choice="other", other_source="Annual report")
    assert Measurement.objects.get(state="sent").source != elsewhere
