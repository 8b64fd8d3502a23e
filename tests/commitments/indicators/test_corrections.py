"""What was published stays visible when it is corrected: struck through in the table, a square in the chart."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commitments.formats.partial import PartialDate
from commitments.indicators.actions import (
    accept_and_publish_measurement,
    accept_measurement,
    enter_measurement,
    publish_measurement,
)
from commitments.indicators.models import Figure, Indicator, Measurement
from tests.cast import NOON, Cast
from tests.factories import record
from tests.pages import main_words

pytestmark = pytest.mark.django_db
DAY = date(2025, 6, 30)


@pytest.fixture
def indicator(cast: Cast) -> Indicator:
    """Three figures are public."""
    found = record.indicator(
        record.commitment(country=cast.colombia), baseline=(0, date(2024, 1, 1)), target=(9000, date(2027, 12, 31))
    )
    for value, day in ((1000, date(2024, 12, 31)), (3000, DAY), (5000, date(2026, 6, 30))):
        record.measurement(found, value, day)
    return found


def enter(cast: Cast, indicator: Indicator, value: int) -> Measurement:
    figure = Figure(Decimal(value), PartialDate(DAY), record.source("Registry"))
    return enter_measurement(series=indicator.series.get(), figure=figure, by=cast.actor(cast.focal_colombia), at=NOON)


def correct(cast: Cast, indicator: Indicator, value: int, why: str) -> Measurement:
    return accept_and_publish_measurement(
        measurement=enter(cast, indicator, value), by=cast.actor(cast.secretary), at=NOON, public_reason=why
    )


def page(indicator: Indicator) -> str:
    return Client().get(f"/en/indicators/{indicator.code}/").content.decode()


def test_a_corrected_figure_stays_visible_with_its_reason(cast: Cast, indicator: Indicator) -> None:
    assert "<del>" not in page(indicator)
    assert 'width="8" height="8"' not in page(indicator)
    correct(cast, indicator, 3300, "Two offices were counted late.")
    text = main_words(Client().get(f"/en/indicators/{indicator.code}/"))
    assert "Corrected, before: 3,000 Now: 3,300 people" in text
    assert "Reason of the correction: Two offices were counted late." in text
    assert "The figure for 30 June 2025 was corrected. Before, it was 3,000." in page(indicator)
    # A square in each of the three drawings, broad, wide and narrow.
    assert page(indicator).count('width="8" height="8"') == 3


def test_the_corrected_figure_is_told_and_never_counted(cast: Cast, indicator: Indicator) -> None:
    correct(cast, indicator, 3300, "Two offices were counted late.")
    correct(cast, indicator, 3200, "One of them was counted twice.")
    found = Client().get(f"/en/indicators/{indicator.code}/").context["page"]
    rows = {row.measurement.as_of: row for row in found.rows}
    assert [(old.figure, old.reason) for old in rows[DAY].corrected] == [
        ("3,300", "One of them was counted twice."),
        ("3,000", "Two offices were counted late."),
    ]
    assert [fact.value for fact in found.reading.facts.measurements] == [5000, 3200, 1000]


def test_what_was_never_published_does_not_come_out_by_being_corrected(cast: Cast, indicator: Indicator) -> None:
    other = record.indicator(record.commitment("LAD-COL-902", country=cast.colombia), baseline=(0, date(2024, 1, 1)))
    first, second = enter(cast, other, 777), enter(cast, other, 888)
    office = cast.actor(cast.secretary)
    accept_measurement(measurement=first, by=office, at=NOON)
    accepted = accept_measurement(measurement=second, by=office, at=NOON)
    publish_measurement(measurement=accepted, by=office, at=NOON)
    first.refresh_from_db()
    assert first.state == "corrected"
    assert "888" in page(other)
    assert "777" not in page(other)


def test_the_page_asks_as_much_for_three_corrections_as_for_one(cast: Cast, indicator: Indicator) -> None:
    def asked() -> int:
        page(indicator)  # what is kept for a version of the record has been read
        with CaptureQueriesContext(connection) as queries:
            page(indicator)
        return len(queries)

    correct(cast, indicator, 3300, "One.")
    one = asked()
    correct(cast, indicator, 3200, "Two.")
    correct(cast, indicator, 3100, "Three.")
    assert asked() == one
