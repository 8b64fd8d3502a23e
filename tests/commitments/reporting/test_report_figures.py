"""The figures in a published report, after one was corrected, after the cycle was closed, on paper and on the page."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from commitments.formats.partial import PartialDate
from commitments.indicators.actions import accept_and_publish_measurement, enter_measurement
from commitments.indicators.models import Figure, Indicator, Measurement
from commitments.reporting.models import ProgressReport
from tests.cast import NOON, Cast
from tests.commitments.reporting.papers import content, made
from tests.factories import record
from tests.pages import main_words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon_and_own_files")]

COUNTRY = "/en/reports/cycle-2026-12-15/COL/"
DAY = date(2026, 6, 30)


def indicator_of(report: ProgressReport) -> Indicator:
    found: Indicator = report.entries.get().series.indicator
    return found


def publish(cast: Cast, indicator: Indicator, value: int, day: date = DAY, at: Any = NOON) -> Measurement:
    """A figure on its whole way: sent in by the country, accepted and published by the secretariat."""
    figure = Figure(Decimal(value), PartialDate(day), record.source("Registry"))
    sent = enter_measurement(series=indicator.series.get(), figure=figure, by=cast.actor(cast.focal_colombia), at=at)
    return accept_and_publish_measurement(measurement=sent, by=cast.actor(cast.secretary), at=at)


def on_paper(report: ProgressReport) -> str:
    file = PdfReader(BytesIO(content(made(report))))
    return " ".join(" ".join(page.extract_text() for page in file.pages).split())


def test_a_corrected_figure_stands_in_the_report_with_the_one_before(
    cast: Cast, country_report: ProgressReport
) -> None:
    indicator = indicator_of(country_report)
    assert "Corrected, before:" not in main_words(Client().get(COUNTRY))
    for value in (3300, 3400):
        publish(cast, indicator, value)
        now = f"{value:,} people 30 June 2026 Corrected, before: 3,100"
        assert now in main_words(Client().get(COUNTRY)), value
    assert now in on_paper(country_report)
    assert "<del>3,100</del>" in Client().get(COUNTRY).content.decode()
