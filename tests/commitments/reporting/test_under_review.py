"""A figure that the secretariat has taken up, and the warning of personal data before something is sent."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine

from commitments.formats.partial import PartialDate
from commitments.history import actions as history
from commitments.indicators.actions import StepRefusedError
from commitments.indicators.models import Figure, Measurement
from commitments.reporting import actions
from commitments.reporting.models import ReportEntry
from tests.cast import NOON, STAGE, Cast
from tests.commitments.reporting.test_update import answers, as_person, code, owed, url
from tests.factories import record
from tests.pages import main_words

__all__ = ["owed"]
pytestmark = pytest.mark.django_db
PERIOD_END = date(2026, 9, 30)


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def taken_up(cast: Cast, owed: ReportEntry) -> Measurement:
    """Colombia's figure for the end of the period, in review."""
    figure = record.measurement(
        owed.series.indicator,
        64_000,
        PERIOD_END,
        state="in_review",
        is_used=False,
        entered_by=cast.focal_colombia,
        accepted_at=None,
        published_at=None,
    )
    history.change(owed, by=STAGE, at=NOON, measurement=figure)
    return figure


def test_a_figure_under_review_gets_no_second_one_for_its_date(
    cast: Cast, owed: ReportEntry, taken_up: Measurement
) -> None:
    focal = as_person(cast.focal_colombia)
    page = main_words(focal.get(url(code(owed))))
    assert "The figure for 30 September 2026 is under review and cannot be changed now." in page
    typed = answers(value="65,000", date_choice="other", other_date=PERIOD_END.isoformat(), reason="A late office.")
    answer = focal.post(url(code(owed)), typed)
    assert answer.status_code == 200
    assert "The figure for this date is under review. Choose another date" in main_words(answer)
    assert "65,000" in answer.content.decode()
    assert focal.post(url(code(owed), "check/")).status_code == 200
    assert Measurement.objects.filter(series=owed.series, as_of=PERIOD_END).count() == 1


def test_a_figure_for_another_date_is_sent_meanwhile(cast: Cast, owed: ReportEntry, taken_up: Measurement) -> None:
    focal = as_person(cast.focal_colombia)
    typed = answers(value="65,000", date_choice="other", other_date="2026-10-31", reason="More offices.")
    assert focal.post(url(code(owed)), typed).url == url(code(owed), "check/")
    assert focal.post(url(code(owed), "check/")).url == url(code(owed), "received/")
    assert Measurement.objects.get(state="sent").as_of == date(2026, 10, 31)


def test_the_step_itself_refuses_a_second_figure(cast: Cast, owed: ReportEntry, taken_up: Measurement) -> None:
    figure = Figure(Decimal(65_000), PartialDate(PERIOD_END), taken_up.source)
    actions.keep_draft(
        user_id=cast.focal_colombia.pk, form="update", key=code(owed), fields={}, version_read=0, at=NOON
    )
    with pytest.raises(StepRefusedError):
        actions.send_figure(
            series=owed.series, figure=figure, unchanged=False, by=cast.actor(cast.focal_colombia), at=NOON
        )
    assert actions.draft_of(user_id=cast.focal_colombia.pk, form="update", key=code(owed)) is not None


def test_personal_data_is_pointed_out_before_a_figure_is_sent(cast: Cast, owed: ReportEntry) -> None:
    focal = as_person(cast.focal_colombia)
    warning = "May hold personal data: an e-mail address"
    focal.post(url(code(owed)), answers(reason="Ask ana@example.org, who counted late."))
    assert warning in main_words(focal.get(url(code(owed), "check/")))
    assert focal.post(url(code(owed), "check/")).url == url(code(owed), "received/")
    focal.post(url(code(owed)), answers(value="63,000", reason="The offices counted late.", version="1"))
    assert warning not in main_words(focal.get(url(code(owed), "check/")))


def test_personal_data_is_pointed_out_before_reports_are_sent(cast: Cast, owed: ReportEntry) -> None:
    warning = "May hold personal data: an e-mail address"
    report = owed.report
    history.change(report, by=STAGE, at=NOON, state="draft", obstacles="Write to ana@example.org.")
    focal = as_person(cast.focal_colombia)
    assert warning in main_words(focal.get(f"/en/workspace/country-reports/{report.pk}/check/"))
    history.change(report, by=STAGE, at=NOON, obstacles="Visas take long.")
    assert warning not in main_words(focal.get(f"/en/workspace/country-reports/{report.pk}/check/"))
    group = record.group_report(cast.labour, report.cycle)
    lead = as_person(cast.lead_labour)
    typed = {"summary": "We met ana@example.org.", "purpose": "P", "outcomes": "O", "obstacles": "None", "version": "1"}
    lead.post(f"/en/workspace/reports/{group.pk}/", typed)
    assert warning in main_words(lead.get(f"/en/workspace/reports/{group.pk}/check/"))
