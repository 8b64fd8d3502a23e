"""What the system notices about figures and reports under review."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine

from commitments.history import actions
from commitments.indicators.models import Measurement
from commitments.indicators.queries import Audience, indicator_reading
from commitments.reporting.flags import figure_flags, report_flags
from commitments.reporting.models import ProgressReport, ReportPart
from tests.cast import NOON, STAGE, TODAY, Cast
from tests.commitments.reporting.test_queue import indicator, report, sent
from tests.factories import record

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


def codes(figure: Measurement) -> list[str]:
    return [flag.code for flag in flags(figure)]


def flags(figure: Measurement) -> Any:
    reading = indicator_reading(figure.series.indicator, on=TODAY, audience=Audience.WORKSPACE)
    return figure_flags(figure, reading, on=TODAY)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (51_500, []),  # 25 % exactly is no jump
        (51_501, ["jump"]),
        (40_000, ["falls"]),
        (4_120, ["slip", "falls"]),
        (412_000, ["slip", "status"]),
        (41_200_000, ["slip", "status"]),
        (41_200, []),
    ],
)
def test_a_figure_beside_the_last_one(cast: Cast, value: int, expected: list[str]) -> None:
    found = codes(sent(indicator(cast), value, cast))
    assert [code for code in found if code != "status" or "status" in expected] == expected


def test_flags_speak_in_figures(cast: Cast) -> None:
    words = [flag.words for flag in flags(sent(indicator(cast), 82_400, cast))]
    assert words == ["Up 100% since the last figure", "Status: Off track → On track"]
    assert flags(sent(indicator(cast, "LAD-COL-902"), 412_000, cast))[0].words == (
        "Exactly 10 times the last figure: a slip?"
    )


def test_an_earlier_date_and_a_missing_source(cast: Cast) -> None:
    figure = sent(indicator(cast), 40_000, cast, on=date(2026, 3, 31))
    actions.change(figure, by=STAGE, at=NOON, source=None)
    assert codes(figure) == ["earlier", "no-source"]


def test_a_correction_of_a_published_figure_on_behalf(cast: Cast) -> None:
    counted = indicator(cast)
    wrong = Measurement.objects.get()
    figure = sent(counted, 42_000, cast, on=wrong.as_of, replaces=wrong, is_used=False, is_on_behalf=True)
    assert [(flag.code, flag.words) for flag in flags(figure) if flag.code != "status"] == [
        ("correction", "Corrects a published figure"),
        ("on-behalf", "Entered by the secretariat on behalf of the country"),
    ]


def test_a_closed_commitment_and_personal_data(cast: Cast) -> None:
    counted = indicator(cast, life_cycle="suspended")
    figure = sent(counted, 42_000, cast, reason="Ask ana@example.org, DNI 45678901.")
    assert [flag.words for flag in flags(figure)] == [
        "Commitment: Suspended",
        "May hold personal data: an e-mail address, an identity or passport number",
    ]


def test_an_accepted_figure_is_held_against_the_record_without_itself(cast: Cast) -> None:
    figure = sent(indicator(cast), 82_400, cast, state="accepted", accepted_at=NOON)
    assert codes(figure) == ["jump", "status"]


def parts(report_: ProgressReport, cast: Cast, answers: list[str]) -> list[ReportPart]:
    made = []
    for number, answer in enumerate(answers):
        commitment = record.commitment(f"LAD-COL-8{number:02}", country=cast.colombia)
        part = ReportPart(report=report_, commitment=commitment, answer=answer)
        made.append(actions.create(part, by=STAGE, at=NOON))
    return made


FULL = {"obstacles": "None.", "practice": "Mobile offices.", "coherence": "same"}


@pytest.mark.parametrize(
    ("answers", "columns", "expected"),
    [
        (["progress"], FULL, []),
        (["progress"], {**FULL, "practice": ""}, ["empty"]),
        (["progress", ""], FULL, ["empty"]),
        (["unchanged", "unchanged", "unchanged"], FULL, ["unchanged"]),
        (["unchanged", "unchanged"], FULL, []),
        (["unchanged", "unchanged", "unchanged", "progress", "progress", "progress"], FULL, []),
        ([], {"cannot_reason": "not_yet"}, ["cannot"]),
        (["progress"], {**FULL, "obstacles": "Tel. +57 300 123 4567"}, ["personal"]),
        (["progress"], {**FULL, "is_on_behalf": True}, ["on-behalf"]),
    ],
)
def test_a_country_report(cast: Cast, answers: list[str], columns: dict[str, Any], expected: list[str]) -> None:
    row = report(cast, country=cast.colombia, **columns)
    assert [flag.code for flag in report_flags(row, parts(row, cast, answers))] == expected


def test_a_late_report_says_by_how_much(cast: Cast) -> None:
    row = report(cast, at=NOON, country=cast.colombia, due_on=TODAY - timedelta(days=2), **FULL)
    assert [flag.words for flag in report_flags(row, [])] == ["Sent 2 days late"]
