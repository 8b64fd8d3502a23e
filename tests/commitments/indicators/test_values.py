"""The figures of an indicator as files, its breakdowns, and its countries side by side."""

import csv
import io
import json
import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commitments.history import actions
from commitments.indicators.models import Indicator, Measurement, Series, Target
from commitments.mechanisms import models as mechanisms
from commitments.mechanisms.models import Country
from tests.cast import NOON, STAGE, TODAY, Cast
from tests.factories import record
from tests.pages import main_words

pytestmark = pytest.mark.django_db
CODE = "LAD-COL-901-I1"


@pytest.fixture
def indicator(cast: Cast) -> Any:
    """An indicator on its way from 0 to 100 in three years, with two figures."""
    with time_machine.travel(NOON, tick=False):
        commitment = record.commitment("LAD-COL-901", country=cast.colombia, group=cast.labour)
        path = {"baseline": (0, date(2024, 1, 1)), "target": (100, date(2026, 12, 31))}
        row = record.indicator(commitment, **path)
        record.measurement(row, 30, date(2025, 7, 1), source=record.source("=Registry"))
        record.measurement(row, 80, date(2026, 7, 1), qualifier="about", source=record.source("Registry"))
        yield row


def figure(line: Series, value: int | None, on: date, **columns: Any) -> Measurement:
    """A published figure of one line."""
    columns = {"state": "published", "accepted_at": NOON, "published_at": NOON, "as_of_precision": "day"} | columns
    columns.setdefault("source", record.source())
    number = None if value is None else Decimal(value)
    return actions.create(Measurement(series=line, value=number, as_of=on, **columns), by=STAGE, at=NOON)


def line(indicator: Indicator, breakdown: str = "", country: Country | None = None) -> Series:
    return actions.create(Series(indicator=indicator, breakdown=breakdown, country=country), by=STAGE, at=NOON)


def table() -> list[dict[str, str]]:
    answer = Client().get(f"/en/indicators/{CODE}/values.csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


def document() -> dict[str, Any]:
    answer = Client().get(f"/fr/indicators/{CODE}/values.json")
    assert answer["Content-Type"] == "application/json; charset=utf-8"
    told: dict[str, Any] = json.loads(answer.content)
    return told


def test_each_figure_says_what_was_expected_on_its_day_and_how_it_stood_then(indicator: Indicator) -> None:
    newest, oldest = table()
    assert {name: newest[name] for name in ("value", "qualifier", "unit", "as_of", "counts", "judged", "status")} == {
        "value": "80",
        "qualifier": "about",
        "unit": "people",
        "as_of": "2026-07-01",
        "counts": "yes",
        "judged": "80",
        "status": "on_track",
    }
    span = (date(2026, 12, 31) - date(2024, 1, 1)).days
    for row, value, day in ((newest, 80, date(2026, 7, 1)), (oldest, 30, date(2025, 7, 1))):
        expected = Decimal(100) * (day - date(2024, 1, 1)).days / span
        assert Decimal(row["expected"]) == round(expected, 4)
        assert Decimal(row["share"]) == round(value / expected, 6)
    assert oldest["status"] == "off_track"


def test_a_source_is_named_with_its_address_and_never_taken_for_a_formula(indicator: Indicator) -> None:
    newest, oldest = table()
    assert (newest["source_title"], newest["source_url"]) == ("Registry", "https://registry.example/monthly")
    assert oldest["source_title"] == "'=Registry"
    assert document()["values"][1]["source_title"] == "=Registry", "only spreadsheets need the guard"


def test_the_document_holds_the_same_figures_and_what_is_measured(indicator: Indicator) -> None:
    told = document()
    assert (told["indicator"], told["commitment"], told["status"]) == (CODE, "LAD-COL-901", "on_track")
    assert (told["baseline"], told["target"]["value"]) == ({"value": "0", "date": "2024-01-01"}, "100")
    assert [row["rule"] for row in told["values"]] == [12, 10]
    same = ("value", "as_of", "expected", "share", "status", "qualifier")
    assert [[row[name] for name in same] for row in told["values"]] == [[row[name] for name in same] for row in table()]


def test_blank_is_never_zero(indicator: Indicator) -> None:
    figure(indicator.series.get(), None, date(2023, 1, 1), words="many", source=None)
    row = table()[-1]
    assert (row["value"], row["words"], row["counts"]) == ("", "many", "no")
    assert (row["expected"], row["share"], row["status"], row["source_title"]) == ("", "", "", "")
    assert row["rule"] == ""
    blanks = {name for name, value in document()["values"][-1].items() if value is None}
    assert {"value", "country", "breakdown", "rule", "source_title", "source_url"} <= blanks
    assert "" not in document()["values"][-1].values()


def test_a_figure_is_held_against_the_target_of_its_own_day(indicator: Indicator) -> None:
    revised = date(2026, 1, 1)
    old = Target.objects.get()
    actions.change(old, by=STAGE, at=NOON, valid_until=revised)
    new = Target(
        series=indicator.series.get(), value=Decimal(200), date=old.date, date_precision="day", valid_from=revised
    )
    actions.create(new, by=STAGE, at=NOON)
    newest, oldest = table()
    assert Decimal(newest["expected"]) > 150
    assert Decimal(oldest["expected"]) < 51


def test_a_page_says_why_a_file_expected_another_figure_before_a_revision(indicator: Indicator) -> None:
    def said(language: str = "en") -> str:
        return main_words(Client().get(f"/{language}/indicators/{indicator.code}/"))

    old, newest = Target.objects.get(), Measurement.objects.latest("as_of")
    revised = date(2026, 7, 11)
    assert "was revised on" not in said()
    actions.change(old, by=STAGE, at=NOON, valid_until=revised)
    new = {"value": Decimal(200), "date": old.date, "date_precision": "day", "valid_from": revised}
    actions.create(Target(series=indicator.series.get(), **new), by=STAGE, at=NOON)
    day = f"{revised.day} {revised:%B %Y}"
    assert f"The baseline or the target was revised on {day}. Here the figure is held against" in said()
    assert "La línea de base o la meta se revisó el" in said("es")
    actions.change(newest, by=STAGE, at=NOON, as_of=revised)
    assert "Here the figure is held against" not in said(), "the figure speaks of a day under the new target"


def test_a_figure_is_judged_by_the_thresholds_of_its_own_day(indicator: Indicator, cast: Cast) -> None:
    rows = mechanisms.Thresholds.objects.filter(mechanism=cast.declaration)
    assert {row["status"] for row in table()} == {"on_track", "off_track"}
    later = mechanisms.Thresholds(
        mechanism=cast.declaration,
        valid_from=date(2026, 1, 1),
        on_track_from=Decimal("0.99"),
        at_risk_from=Decimal("0.50"),
        end_window_days=92,
        early_share=Decimal("0.10"),
        milestone_grace_days=90,
    )
    actions.create(later, by=STAGE, at=NOON)
    assert rows.count() >= 1
    assert [row["status"] for row in table()] == ["at_risk", "off_track"]


def test_breakdowns_are_offered_shown_alone_and_missing_ones_named(indicator: Indicator) -> None:
    women = line(indicator, "sex:female")
    figure(women, 11, date(2025, 7, 1))
    figure(women, 44, date(2026, 7, 1))
    line(indicator, "age:under_18")
    path = f"/en/indicators/{CODE}/"
    whole = main_words(Client().get(path))
    assert "Show: All figures Sex: female" in whole
    assert "Agreed breakdowns without a figure: Age: under 18" in whole
    answer = Client().get(f"{path}?breakdown=sex:female")
    text, body = main_words(answer), answer.content.decode()
    assert "Only figures of this breakdown are shown: Sex: female. The status is that of the whole." in text
    assert re.search(r"<desc[^>]*>Sex: female\. 44 \(1 July 2026\); 11 \(1 July 2025\)\.</desc>", body)
    shown = re.findall(r'<td data-label="Figure">\s*<b>(\d+)</b>', body)
    assert shown == ["44", "11"]
    assert text.count("Listed only. The status rests on the figures of the whole.") == 2
    assert [row["breakdown"] for row in table()].count("sex:female") == 2


@pytest.mark.parametrize("query", ["breakdown=age:under_18", "breakdown=x", "colour=red", "breakdown="])
def test_an_unknown_breakdown_is_refused_by_name(indicator: Indicator, query: str) -> None:
    line(indicator, "age:under_18")
    answer = Client().get(f"/en/indicators/{CODE}/?{query}")
    assert answer.status_code == (200 if query == "breakdown=" else 400)


def test_countries_stand_side_by_side_on_one_scale_in_the_order_of_the_alphabet(
    indicator: Indicator, cast: Cast
) -> None:
    for country, last in ((cast.colombia, 500), (cast.canada, 50)):
        own = line(indicator, country=country)
        figure(own, 10, date(2025, 7, 1))
        figure(own, last, date(2026, 7, 1))
    body = Client().get(f"/en/indicators/{CODE}/").content.decode()
    part = body[body.index('id="countries"') : body.index('id="working"')]
    assert re.findall(r'row-title" href="/en/countries/(\w+)/"', part) == ["CAN", "COL"]
    ends = [float(y) for y in re.findall(r'<circle cx="[\d.]+" cy="([\d.]+)"', part)]
    assert ends[0] > ends[1] + 40, "50 of Canada stands far below 500 of Colombia"
    assert part.count(">500<") == 3, "the same scale at both, and the figure"


def test_one_country_alone_is_no_comparison(indicator: Indicator, cast: Cast) -> None:
    figure(line(indicator, country=cast.colombia), 10, date(2025, 7, 1))
    assert 'id="countries"' not in Client().get(f"/en/indicators/{CODE}/").content.decode()


def test_files_ask_as_much_for_many_figures_as_for_few(indicator: Indicator) -> None:
    def asked() -> list[int]:
        numbers = []
        for path in ("", "values.csv", "values.json"):
            with CaptureQueriesContext(connection) as queries:
                assert Client().get(f"/en/indicators/{CODE}/{path}").status_code == 200
            numbers.append(len(queries))
        return numbers

    few = asked()
    for number in range(1, 6):
        figure(indicator.series.get(), 80 + number, TODAY - timedelta(days=number))
    assert asked() == few
