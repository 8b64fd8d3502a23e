"""The page of an indicator: every figure with its source, which ones count, and how the status follows."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client

from commitments.formats.partial import PartialDate
from commitments.history import actions
from commitments.indicators.actions import accept_measurement, confirm_measurement, publish_measurement
from commitments.indicators.models import Evidence, Indicator, Measurement
from commitments.indicators.proposals import Proposal, propose_indicator, publish_indicator
from commitments.register.models import Commitment, CommitmentSource
from tests.cast import NOON, STAGE, TODAY, Cast
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
    assert "Value judged about 5,000 (13 March 2025)" in text
    assert "(value − baseline) ÷ (expected − baseline): (5,000 − 0) ÷ (" in text
    assert "Ended: 11 March 2025. The status is the one at the last figure" in text


def test_total_that_fell_since_is_fulfilled_by_the_figure_that_shows_it(client: Client) -> None:
    indicator = Indicator.objects.get(reference_id="ind-col-permits")
    record.measurement(indicator, 50000, date(2026, 9, 30))
    text = page(client, "ind-col-permits")
    assert (
        "Reached; the day is not known (first figure that shows it: 2023). 1,718,811, target 1,500,000 by 31 August "
        "2022. The latest figure on record is 50,000 (30 September 2026)." in text
    )
    assert "Value judged 1,718,811 (2023)" in text
    assert "Share" not in text
    rows = client.get(f"/en/indicators/{indicator.code}/").context["page"].rows
    assert [row.figure for row in rows if row.is_judged] == ["1,718,811"]


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


def proposed(cast: Cast) -> tuple[Commitment, Indicator]:
    """A commitment that the secretariat recorded, with an indicator that Colombia proposed."""
    commitment = record.commitment("LAD-COL-901", country=cast.colombia, notes="Signed in Lima.")
    link = CommitmentSource(commitment=commitment, source=record.source("The decree"), role="main")
    actions.create(link, by=STAGE, at=NOON)
    proposal = Proposal(
        title="Permits issued",
        unit="permits",
        language="en",
        direction="increase",
        counting="cumulative",
        target=Decimal(100),
        target_date=PartialDate.parse("2027-06-30"),
    )
    by = cast.actor(cast.focal_colombia)
    indicator = propose_indicator(commitment=commitment, proposal=proposal, by=by, at=NOON)
    published = publish_indicator(indicator=indicator, by=cast.actor(cast.secretary), at=NOON)
    return commitment, published


def words(client: Client, path: str) -> str:
    return main_words(client.get(f"/en/{path}"))


def test_what_people_entered_is_not_said_to_be_lost(client: Client, cast: Cast) -> None:
    commitment, indicator = proposed(cast)
    text = words(client, f"commitments/{commitment.code}/")
    assert "Not verified" not in text
    assert "Not checked against its source yet" in text
    assert "Notes Signed in Lima." in text
    text = words(client, f"indicators/{indicator.code}/")
    assert "Not verified" not in text
    assert "Not checked" not in text


def test_target_that_a_country_proposed_names_no_document(client: Client, cast: Cast) -> None:
    _, indicator = proposed(cast)
    text = words(client, f"indicators/{indicator.code}/")
    assert "Source of the commitment" not in text
    assert "Target 100 (30 June 2027) Proposed by the country, accepted by the secretariat" in text
    assert "Rule 6 No figure that counts is on record." in text


@pytest.mark.parametrize(("confirmed", "said"), [(True, "confirmed it."), (False, "has not confirmed it.")])
def test_figure_entered_on_behalf_is_marked_for_the_public(
    client: Client, cast: Cast, confirmed: bool, said: str
) -> None:
    _, indicator = proposed(cast)
    secretary, other = cast.actor(cast.secretary), cast.actor(cast.second_secretary)
    figure = Measurement(
        series=indicator.series.get(),
        value=Decimal(40),
        as_of=TODAY,
        as_of_precision="day",
        is_on_behalf=True,
        entered_by=cast.secretary,
        entered_at=NOON,
    )
    actions.create(figure, by=secretary, at=NOON)
    accept = confirm_measurement if confirmed else accept_measurement
    accept(measurement=figure, by=cast.actor(cast.focal_colombia) if confirmed else other, at=NOON)
    publish_measurement(measurement=figure, by=other, at=NOON)
    mark = f"Entered by the secretariat on behalf of the country. The focal point {said}"
    assert mark in words(client, f"indicators/{indicator.code}/")
    assert f"Confirmation {mark}" in words(client, f"indicators/{indicator.code}/history/")


def test_history_names_who_entered_a_figure_beside_who_published_it(client: Client, cast: Cast) -> None:
    _, indicator = proposed(cast)
    secretary = cast.actor(cast.secretary)
    figure = Measurement(
        series=indicator.series.get(), value=Decimal(40), as_of=TODAY, as_of_precision="day", entered_at=NOON
    )
    actions.create(figure, by=cast.actor(cast.focal_colombia), at=NOON)
    accept_measurement(measurement=figure, by=secretary, at=NOON)
    publish_measurement(measurement=figure, by=secretary, at=NOON + timedelta(minutes=5))
    text = words(client, f"indicators/{indicator.code}/history/")
    assert "Secretariat Value for 24 November 2026 40 permits Entered by Focal point: Colombia" in text


def test_history_marks_the_language_of_what_stands_on_record(client: Client) -> None:
    body = client.get("/es/commitments/LAD-COL-001/history/").content.decode()
    title = "Ten-year temporary protection permits for Venezuelans"
    assert re.search(rf'<dd lang="en">\s*{title}', body)
    assert not re.search(r"<dd>\s*Fact Sheet", body)
