"""The page of an indicator: every figure with its source, which ones count, and how the status follows."""

from datetime import date

import pytest
from django.test import Client

from commitments.history import actions
from commitments.indicators.models import Evidence, Indicator
from tests.cast import NOON, STAGE
from tests.factories import record
from tests.pages import main_words

pytestmark = pytest.mark.usefixtures("real_record")


def page(client: Client, reference_id: str, language: str = "en") -> str:
    code = Indicator.objects.get(reference_id=reference_id).code
    answer = client.get(f"/{language}/indicators/{code}/")
    assert answer.status_code == 200
    return main_words(answer)


def test_status_is_worked_out_from_the_figures_on_the_page(client: Client) -> None:
    text = page(client, "ind-ecu-100000")
    assert "About 5,000 on 13 March 2025 is 6% of the 80,800 expected by that date." in text
    assert "Rule 10 The figure is worse than the starting value, or the share is under 70%." in text
    assert "Value judged 5,000 (13 March 2025)" in text
    assert "(value − baseline) ÷ (expected − baseline): (5,000 − 0) ÷ (" in text
    assert "Ended: 11 March 2025. The status is the one at the last figure" in text


def test_figures_stand_newest_first_each_with_its_source(client: Client) -> None:
    code = Indicator.objects.get(reference_id="ind-usa-resettlement").code
    rows = client.get(f"/en/indicators/{code}/").context["page"].rows
    assert [(row.when, row.figure, row.is_judged) for row in rows] == [
        ("1 October 2023 to 30 September 2024", "about 25,360", True),
        ("1 October 2022 to 30 September 2023", "about 6,320", True),
    ]
    assert all(row.measurement.source for row in rows)


def test_baseline_without_a_source_shows_the_commitments_labelled(client: Client) -> None:
    text = page(client, "ind-usa-resettlement")
    assert "Baseline 0 (1 October 2022)" in text
    assert "Source of the commitment: Fact Sheet: The Los Angeles Declaration on Migration and Protection" in text


def test_words_ranges_and_missing_dates_are_listed_with_the_reason(client: Client) -> None:
    words = page(client, "ind-pan-removals")
    assert "“hundreds”" in words
    assert "Listed only. The source gives words, not a figure." in words
    ranges = page(client, "ind-usa-resettlement-ceiling")
    assert "35,000 to 50,000" in ranges
    assert "Shown for context; never judged." in ranges


def test_figures_that_cannot_be_compared_say_why(client: Client) -> None:
    not_comparable = Indicator.objects.filter(series__measurements__is_comparable=False).first()
    assert not_comparable is not None
    reason = not_comparable.series.get().measurements.filter(is_comparable=False).first().not_comparable_because
    assert reason in page(client, not_comparable.reference_id)


def test_figure_before_the_commitment_is_listed_only(client: Client) -> None:
    early = [
        row
        for indicator in Indicator.objects.filter(series__measurements__isnull=False).distinct()
        for row in client.get(f"/en/indicators/{indicator.code}/").context["page"].rows
        if any("before" in str(reason) for reason in row.not_counted)
    ]
    assert all(row.measurement.as_of < date(2026, 11, 24) and not row.is_judged for row in early)


def test_region_without_a_commitment(client: Client) -> None:
    text = page(client, "ind-region-endorsing")
    assert "A figure of the region, without a commitment of its own." in text
    assert "Not verified: Regional outcome without a commitment of its own." in page(
        client, "ind-region-regularized-venezuelans"
    )


def test_every_indicator_of_the_record_has_its_page_and_history(client: Client) -> None:
    codes = list(Indicator.objects.values_list("code", flat=True))
    assert len(codes) == 52
    for code in codes:
        assert client.get(f"/en/indicators/{code}/").status_code == 200, code
        assert client.get(f"/fr/indicators/{code}/history/").status_code == 200, code


def test_documents_stand_with_the_figure_they_show(client: Client) -> None:
    indicator = Indicator.objects.get(reference_id="ind-usa-resettlement")
    figure = indicator.series.get().measurements.order_by("-as_of").first()
    actions.create(Evidence(measurement=figure, source=record.source("Yearly table")), by=STAGE, at=NOON)
    assert "Evidence Yearly table" in page(client, "ind-usa-resettlement")
