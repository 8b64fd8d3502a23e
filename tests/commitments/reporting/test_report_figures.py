"""The figures in a published report, after one was corrected, after the cycle was closed, on paper and on the page."""

import re
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.test import Client
from pypdf import PdfReader

from accounts.models import User
from commitments.formats.partial import PartialDate
from commitments.history import actions as history
from commitments.indicators.actions import (
    accept_and_publish_measurement,
    accept_measurement,
    enter_measurement,
    publish_measurement,
)
from commitments.indicators.models import Figure, Indicator, Measurement
from commitments.reporting import closing, printing
from commitments.reporting.actions import publish_report
from commitments.reporting.enums import PrintState
from commitments.reporting.models import CycleSnapshot, PrintedReport, ProgressReport
from tests.cast import NOON, STAGE, TODAY, Cast
from tests.commitments.reporting.papers import content, made
from tests.commitments.reporting.test_country_report import as_person
from tests.factories import record
from tests.pages import main_words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon_and_own_files")]

COUNTRY = "/en/reports/cycle-2026-12-15/COL/"
GROUP = "/en/reports/cycle-2026-12-15/labor-mobility/"
DAY = date(2026, 6, 30)


def indicator_of(report: ProgressReport) -> Indicator:
    found: Indicator = report.entries.get().series.indicator
    return found


def send(cast: Cast, indicator: Indicator, value: int, day: date = DAY, at: Any = NOON) -> Measurement:
    """A figure that the country sends in."""
    figure = Figure(Decimal(value), PartialDate(day), record.source("Registry"))
    return enter_measurement(series=indicator.series.get(), figure=figure, by=cast.actor(cast.focal_colombia), at=at)


def publish(cast: Cast, indicator: Indicator, value: int, day: date = DAY, at: Any = NOON) -> Measurement:
    """A figure on its whole way: sent in by the country, accepted and published by the secretariat."""
    sent = send(cast, indicator, value, day, at)
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


def frozen(report: ProgressReport) -> CycleSnapshot:
    """The copy that is taken when a cycle is closed."""
    content = closing.content(report.cycle, at=NOON)
    sha256 = closing.fingerprint(content)
    row: CycleSnapshot = CycleSnapshot.objects.create(
        cycle=report.cycle, code=closing.code_of(sha256), content=content, sha256=sha256, taken_at=NOON
    )
    return row


def test_a_groups_report_says_of_which_day_its_figures_are(group_report: ProgressReport) -> None:
    with time_machine.travel(NOON + timedelta(days=2), tick=False):
        assert "The figures below are of 26 November 2026." in main_words(Client().get(GROUP))
        assert "The figures below are of 26 November 2026." in on_paper(group_report)


def test_it_is_read_before_it_is_out_with_the_figures_of_the_sites_day(
    cast: Cast, group_report: ProgressReport
) -> None:
    User.objects.filter(pk=cast.secretary.pk).update(time_zone="America/Lima")
    with time_machine.travel("2026-11-25T02:30:00Z", tick=False):  # in Lima still the day before
        for reader, address in (
            (Client(), GROUP),
            (as_person(cast.secretary), f"/en/workspace/reports/{group_report.pk}/read/"),
        ):
            assert "The figures below are of 25 November 2026." in main_words(reader.get(address)), address


def test_a_groups_report_keeps_the_figures_that_were_frozen(
    cast: Cast, country_report: ProgressReport, group_report: ProgressReport
) -> None:
    indicator = indicator_of(country_report)
    assert indicator.commitment is not None
    empty = record.indicator(indicator.commitment, 2)
    example = record.commitment("LAD-COL-999", country=cast.colombia, group=cast.labour, is_example=True)
    record.measurement(record.indicator(example, 9, is_example=True), 99, TODAY)
    frozen(group_report)
    later = NOON + timedelta(days=2)
    with time_machine.travel(later, tick=False):
        publish(cast, indicator, 4900, date(2026, 11, 24), at=later)
        publish(cast, empty, 77, date(2026, 11, 24), at=later)
        record.measurement(record.indicator(indicator.commitment, 3), 88, TODAY)
        for text in (main_words(Client().get(GROUP)), on_paper(group_report)):
            assert "At risk" in text
            assert "The figures were frozen on 24 November 2026." in text
            assert "The drawings are of 26 November 2026: they show what was published later, too." in text
            assert "3,100 people 30 June 2026" in text
            assert "99 people" in text, "an invented example stays: no copy holds it"
            for newer in ("4,900 people", "77 people", "88 people", "On track", "People counted 3"):
                assert newer not in text, newer
        assert "Status on 24 Nov 2026" in text
        assert "4,900 people" in main_words(Client().get("/en/indicators/LAD-COL-901-I1/")), "the control"


def test_files_are_made_anew_when_a_figure_in_them_is_published_or_corrected(
    cast: Cast, country_report: ProgressReport
) -> None:
    indicator = indicator_of(country_report)
    hours = (NOON + timedelta(hours=hour) for hour in range(1, 20))

    def owed() -> int:
        """How many files are asked for, and none any more at once: all of them are made then."""
        at = next(hours)
        asked = printing.owe_published(at)
        PrintedReport.objects.update(state=PrintState.MADE, made_at=at)
        assert printing.owe_published(next(hours)) == 0
        return asked

    assert owed() == 4, "one report, four languages"
    publish(cast, indicator, 3300, at=next(hours))
    assert owed() == 4, "its figure was corrected"
    publish(cast, indicator, 3400, at=next(hours))
    assert owed() == 4, "and once more"
    publish(cast, indicator, 3900, date(2026, 9, 30), at=next(hours))
    assert owed() == 0, "a figure for another day is none of this report's"
    sent = send(cast, indicator, 4100, date(2026, 10, 31), at=next(hours))
    history.change(country_report.entries.get(), by=STAGE, at=NOON, measurement_id=sent.pk)
    accepted = accept_measurement(measurement=sent, by=cast.actor(cast.secretary), at=next(hours))
    assert owed() == 0, "accepted is not published"
    publish_measurement(measurement=accepted, by=cast.actor(cast.secretary), at=next(hours))
    assert owed() == 4, "its figure was published"


def test_the_words_of_a_group_stand_beside_the_figures_of_the_day_of_publication(
    cast: Cast, country_report: ProgressReport, group_report: ProgressReport
) -> None:
    accepted = history.change(group_report, by=STAGE, at=NOON, state="accepted", published_at=None)
    office = cast.actor(cast.secretary)
    published = publish_report(report=accepted, by=office, at=NOON)
    indicator = indicator_of(country_report)

    def told() -> list[str]:
        return [main_words(Client().get(GROUP)), on_paper(published)]

    later = NOON + timedelta(days=2)
    with time_machine.travel(later, tick=False):
        publish(cast, indicator, 4900, date(2026, 11, 24), at=later)
        record.measurement(record.indicator(indicator.commitment, 3), 88, TODAY)
        for text in told():
            assert "The figures were frozen on 24 November 2026." in text
            assert "3,100 people 30 June 2026" in text
            for newer in ("4,900 people", "88 people", "On track"):
                assert newer not in text, newer
        assert "Status on 24 Nov 2026" in told()[1]
        content = closing.content(published.cycle, at=later)
        row = {"code": "0" * 10, "content": content, "sha256": closing.fingerprint(content), "taken_at": later}
        CycleSnapshot.objects.create(cycle=published.cycle, **row)
        for text in told():
            assert "The figures were frozen on 24 November 2026." in text
            assert "4,900 people" not in text, "its words still speak of the figures of their day"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Corrected since: see the indicator’s page"),
        ("es", "Corregido después: véase la página del indicador"),
        ("pt", "Corrigido depois: veja a página do indicador"),
        ("fr", "Corrigé depuis: voir la page de l’indicateur"),
    ],
)
def test_a_frozen_figure_that_was_corrected_since_says_so(
    cast: Cast, country_report: ProgressReport, group_report: ProgressReport, language: str, words: str
) -> None:
    accepted = history.change(group_report, by=STAGE, at=NOON, state="accepted", published_at=None)
    publish_report(report=accepted, by=cast.actor(cast.secretary), at=NOON)
    indicator = indicator_of(country_report)
    address = GROUP.replace("/en/", f"/{language}/")

    def told() -> str:
        return main_words(Client().get(address))

    later = NOON + timedelta(days=2)
    with time_machine.travel(later, tick=False):
        publish(cast, indicator, 4900, date(2026, 11, 24), at=later)
        assert words not in told(), "a figure of a later day corrects none"
        sent = send(cast, indicator, 3300, at=later)
        accept_measurement(measurement=sent, by=cast.actor(cast.secretary), at=later)
        assert words not in told(), "what is not published is nobody's business"
        publish_measurement(measurement=Measurement.objects.get(pk=sent.pk), by=cast.actor(cast.secretary), at=later)
        page = Client().get(address)
        assert told().count(words) == 1
        assert f'<a href="/{language}/indicators/LAD-COL-901-I1/#figures">' in page.content.decode()
        assert re.search("3.300", told()) is None, "its words still speak of the figures of their day"
    if language == "en":
        assert words in on_paper(ProgressReport.objects.get(pk=accepted.pk))


def test_a_report_published_after_its_cycle_was_closed_has_the_figures_of_the_copy(
    cast: Cast, country_report: ProgressReport, group_report: ProgressReport
) -> None:
    accepted = history.change(group_report, by=STAGE, at=NOON, state="accepted", published_at=None)
    frozen(accepted)
    history.change(accepted.cycle, by=STAGE, at=NOON, closed_at=NOON)
    later = NOON + timedelta(days=2)
    with time_machine.travel(later, tick=False):
        publish(cast, indicator_of(country_report), 4900, date(2026, 11, 24), at=later)
        again = ProgressReport.objects.get(pk=accepted.pk)
        publish_report(report=again, by=cast.actor(cast.secretary), at=later)
        page = main_words(Client().get(GROUP))
    assert "The figures were frozen on 24 November 2026." in page
    assert "4,900 people" not in page
