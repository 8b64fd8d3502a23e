"""A figure that is an amount in a period says the period, wherever it stands; a sum says what was added."""

import csv
from datetime import date
from io import StringIO

import pytest
from django.test import Client

from commitments.indicators.models import Indicator
from tests.cast import Cast
from tests.factories import record
from tests.pages import main_words, words

PERIOD = "1 October 2023 to 30 September 2024"


@pytest.fixture
def admitted(cast: Cast) -> Indicator:
    """Two fiscal years of admissions of Canada, the first 6,320, the second about 25,360."""
    commitment = record.commitment("LAD-CAN-001", country=cast.canada)
    row = record.indicator(
        commitment, counting="flow", baseline=(0, date(2022, 10, 1)), target=(20000, date(2024, 9, 30))
    )
    record.measurement(row, 6320, date(2023, 9, 30), period_start=date(2022, 10, 1))
    record.measurement(row, 25360, date(2024, 9, 30), period_start=date(2023, 10, 1), qualifier="about")
    return row


@pytest.mark.parametrize(
    "path",
    [
        "indicators/",
        "indicators/?view=table",
        "compare/?country=CAN&country=COL",
        "changes/",
        "",
        "commitments/LAD-CAN-001/",
    ],
)
def test_the_period_stands_beside_the_figure(admitted: Indicator, path: str) -> None:
    told = main_words(Client().get(f"/en/{path}"))
    assert PERIOD in told
    assert "about 25,360 people" in told or path.startswith("commitments")


def test_the_feed_says_it_too(admitted: Indicator) -> None:
    assert f"about 25,360 people ({PERIOD})" in words(Client().get("/en/changes/feed.atom"))


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("es", "1 de octubre de 2023 – 30 de septiembre de 2024"),
        ("pt", "1º de outubro de 2023 a 30 de setembro de 2024"),
        ("fr", "1er octobre 2023 – 30 septembre 2024"),
    ],
)
def test_in_every_language(admitted: Indicator, language: str, told: str) -> None:
    assert told in main_words(Client().get(f"/{language}/indicators/"))


def test_the_explanation_shows_what_was_added(admitted: Indicator) -> None:
    told = main_words(Client().get("/en/indicators/LAD-CAN-001-I1/"))
    added = "6,320 (Oct 2022 to Sept 2023) + about 25,360 (Oct 2023 to Sept 2024) = about 31,680"
    assert f"Sum of the periods {added}" in told
    assert "Value judged about 31,680 (1 October 2022 to 30 September 2024)" in told


def test_the_file_of_indicators_has_the_period_and_the_dictionary_explains_it(admitted: Indicator) -> None:
    content = b"".join(Client().get("/data/indicators.csv").streaming_content)
    (row,) = csv.DictReader(StringIO(content.decode()))
    assert (row["value"], row["period_start"], row["period_end"]) == ("25360", "2023-10-01", "2024-09-30")
    assert "period_start" in main_words(Client().get("/en/data/dictionary/"))


def test_a_range_keeps_its_unit_beside_the_words_of_its_source(cast: Cast) -> None:
    row = record.indicator(record.commitment("LAD-CAN-001", country=cast.canada), unit_en="dogs")
    figure: dict[str, object] = {"value_min": 35000, "value_max": 50000, "words": "35,000 to 50,000"}
    record.measurement(row, None, date(2024, 9, 30), qualifier="range", **figure)
    for path in ("compare/?country=CAN&country=COL", "indicators/", "changes/", "indicators/LAD-CAN-001-I1/"):
        assert "35,000 to 50,000 dogs" in main_words(Client().get(f"/en/{path}")), path
        assert "(inglés)" in main_words(Client().get(f"/es/{path}")), path
