"""`load_demo --example-reports`: invented commitments, marked wherever they appear, out of every count."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from accounts.models import User
from commitments.exchange.demonstration.loading import load_demonstration
from commitments.formats.partial import PartialDate
from commitments.indicators.facts import MeasurementFact
from commitments.indicators.models import Indicator, Measurement
from commitments.indicators.progress import status
from commitments.indicators.queries import indicator_reading, indicator_readings
from commitments.register.models import Commitment
from commitments.reporting.tasklist import task_list
from commitments.roles import standing
from tests.commitments.exchange.conftest import LOADED_AT
from tests.commitments.indicators.record_table import TODAY


@pytest.fixture(autouse=True)
def examples(loaded: None) -> None:
    load_demonstration(password="rivers of the continent", at=LOADED_AT + timedelta(hours=1), example_reports=True)


def test_they_are_marked_in_every_language_and_count_nowhere() -> None:
    examples = Commitment.objects.filter(is_example=True)

    assert Commitment.objects.real().count() == 89
    assert [commitment.code for commitment in examples] == [
        "EXAMPLE-CAN-001",
        "EXAMPLE-COL-001",
        "EXAMPLE-CRI-001",
        "EXAMPLE-CRI-002",
        "EXAMPLE-CRI-003",
        "EXAMPLE-ECU-001",
        "EXAMPLE-PER-001",
    ]
    for row in [*examples, *Indicator.objects.filter(is_example=True)]:
        marks = {row.title_en[:9], row.title_es[:9], row.title_pt[:9], row.title_fr[:10]}
        assert marks == {"Example: ", "Ejemplo: ", "Exemplo: ", "Exemple : "}
    assert not Measurement.objects.filter(is_example=True).exclude(source__is_example=True).exists()
    assert not Measurement.objects.filter(is_example=False, series__indicator__is_example=True).exists()


def test_their_tasks_have_the_shape_of_a_working_week() -> None:
    person = standing.attach(User.objects.get(email="focal.costarica@example.org"), TODAY)
    tasks = task_list(person, on=TODAY, late_on=TODAY)

    # The figure that is late, the report that it belongs to, and what came back with a question.
    assert [(task.kind, task.due_on) for task in tasks.first] == [
        ("late", date(2026, 11, 21)),
        ("late", date(2026, 11, 21)),
        ("returned", date(2026, 11, 27)),
    ]
    assert [task.due_on for task in tasks.soon] == [date(2026, 12, 1)] * 2
    assert (len(tasks.waiting), len(tasks.done)) == (1, 1)


def test_statuses_of_every_colour_are_there() -> None:
    readings = indicator_readings(Indicator.objects.filter(is_example=True), on=TODAY)
    shown = {reading.indicator.code: reading.result.status for reading in readings.values()}

    assert {code: shown[code].value for code in ("EXAMPLE-CRI-001-I1", "EXAMPLE-ECU-001-I1", "EXAMPLE-CRI-003-I2")} == {
        "EXAMPLE-CRI-001-I1": "at_risk",
        "EXAMPLE-ECU-001-I1": "off_track",
        "EXAMPLE-CRI-003-I2": "fulfilled",
    }


def test_the_figure_of_the_mock_gives_the_sentence_of_the_mock() -> None:
    """44,900 is 84 % of the 53,400 expected by 30 September 2026; read from zero, so it may be said."""
    reading = indicator_reading(Indicator.objects.get(code="EXAMPLE-CRI-001-I1"), on=TODAY)
    figure = MeasurementFact(as_of=PartialDate(date(2026, 9, 30)), value=Decimal(44_900))

    result = status(replace(reading.facts, measurements=(*reading.facts.measurements, figure)), TODAY)

    assert (result.status, result.expected, result.reads_from_zero) == ("at_risk", Decimal(53_400), True)
    assert result.share is not None
    assert round(result.share, 2) == Decimal("0.84")
