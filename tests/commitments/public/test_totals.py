"""The page of totals against the files of the record, counted with pencil and paper."""

import csv
import json
from collections import Counter
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from commitments.indicators.rollups import horizons_of
from commitments.public.queries.totals import totals_page
from tests.cast import TODAY
from tests.pages import main_words

FOLDER = Path(__file__).parents[3] / "commitments" / "reference_data"


def records(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((FOLDER / name).read_text("utf-8"))["records"]
    return found


@pytest.mark.usefixtures("real_record")
class TestTheShippedRecord:
    def test_each_table_adds_up_to_the_commitments_of_the_files(self) -> None:
        filed = records("commitments.json")
        own = [row for row in filed if row["mechanism"] == "LAD"]
        page = totals_page(on=TODAY, language="en")
        assert (len(own), page.own.total, page.whole.total) == (68, 68, len(filed))
        for by, lines in page.tables[1:4]:
            assert sum(line.counted.total for line in lines) == 68, by
        by_mechanism = Counter(row["mechanism"].lower() for row in filed)
        assert {line.key: line.counted.total for line in page.mechanisms if line.counted.total} == by_mechanism

    def test_what_stands_where_is_what_the_table_worked_out_by_hand_says(self) -> None:
        page = totals_page(on=TODAY, language="en")
        assert page.own.assessed == sum(line.counted.assessed for line in page.pillars)
        assert page.own.closed.total() == sum(line.counted.closed.total() for line in page.countries)

    def test_horizons_are_counted_once_each(self) -> None:
        own = [row for row in records("commitments.json") if row["mechanism"] == "LAD"]
        told: dict[str, list[str]] = {}
        for row in records("indicators.json"):
            told.setdefault(row["commitment"] or "", []).append(row.get("horizon") or "")
        by_hand = Counter(
            horizon for row in own for horizon in horizons_of(row.get("horizon") or "", told.get(row["id"], []))
        )
        page = totals_page(on=TODAY, language="en")
        assert {line.key: line.counted.total for line in page.horizons if line.counted.total} == by_hand

    def test_page_and_file_say_the_same_in_every_language(self, client: Client) -> None:
        for language in ("en", "es", "pt", "fr"):
            page = client.get(f"/{language}/totals/")
            assert page.status_code == 200
            file = client.get(f"/{language}/totals/totals.csv")
            assert file["Content-Type"] == "text/csv; charset=utf-8"
            rows = list(csv.DictReader(StringIO(file.content.decode())))
            assert next(row["all"] for row in rows if row["counted_by"] == "declaration") == "68"
        assert "68 commitments" in main_words(client.get("/en/totals/"))
