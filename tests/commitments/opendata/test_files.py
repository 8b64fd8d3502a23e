"""The files of open data: what they hold, what they leave out, and that they stay small in memory and in questions."""

import csv
import json
from datetime import date
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commitments.history import actions
from commitments.indicators.models import Indicator, Measurement
from commitments.meetings.models import Meeting
from commitments.opendata import fields
from commitments.opendata.tables import TABLES
from commitments.register.models import CommitmentSource, Party
from commitments.reporting.models import ProgressReport
from tests.cast import NOON, STAGE, TODAY, Cast
from tests.factories import record

pytestmark = pytest.mark.django_db


def read(name: str) -> list[dict[str, str]]:
    answer = Client().get(f"/data/{name}.csv")
    assert answer.status_code == 200, name
    return list(csv.DictReader(StringIO(b"".join(answer.streaming_content).decode())))


def read_json(name: str) -> Any:
    return json.loads(b"".join(Client().get(f"/data/{name}.json").streaming_content))


@pytest.fixture
def world(cast: Cast) -> Any:
    """A commitment with a target half reached, its source, and one of everything else."""
    with time_machine.travel(NOON, tick=False):
        paper = record.source("=Registry; “2026”", published="2026-07")
        commitment = record.commitment(
            "LAD-COL-901", country=cast.colombia, group=cast.labour, title_es="Compromiso", due_on=date(2027, 1, 1)
        )
        for part in (
            CommitmentSource(commitment=commitment, source=paper, is_verified=True),
            Party(commitment=commitment, country=cast.canada),
        ):
            actions.create(part, by=STAGE, at=NOON)
        indicator = record.indicator(commitment, baseline=(0, date(2024, 1, 1)), target=(1000, date(2028, 1, 1)))
        record.measurement(indicator, 250, date(2025, 1, 1), source=paper)
        record.measurement(indicator, 0, date(2025, 6, 30), source=paper)
        yield {"commitment": commitment, "indicator": indicator, "source": paper}


def test_a_commitment_stands_with_its_status_and_its_source(world: dict[str, Any]) -> None:
    (row,) = read("commitments")
    assert (row["code"], row["title_en"], row["title_es"], row["title_pt"]) == (
        "LAD-COL-901",
        "Commitment LAD-COL-901",
        "Compromiso",
        "",
    )
    assert (row["maker"], row["parties"], row["working_group"], row["pillar"]) == ("COL", "CAN", "WS05", "")
    assert (row["status"], row["rule"], row["assessed"], row["key_count"]) == ("off_track", "3", "1", "1")
    assert (row["made_on"], row["due_on"], row["life_cycle_on"]) == ("2024-01-01", "2027-01-01", "")
    assert (row["source_title"], row["source_date"]) == ("'=Registry; “2026”", "2026-07")
    assert row["url"] == "http://localhost:8000/en/commitments/LAD-COL-901/"


def test_each_figure_carries_what_was_expected_and_zero_is_a_zero(world: dict[str, Any]) -> None:
    first, second = read("measurements")
    days = (date(2028, 1, 1) - date(2024, 1, 1)).days
    expected = 1000 * (date(2025, 1, 1) - date(2024, 1, 1)).days / days
    assert (first["value"], first["as_of"], first["words"], first["value_min"]) == ("250", "2025-01-01", "", "")
    assert float(first["expected"]) == pytest.approx(expected, abs=1e-6)
    assert float(first["share"]) == pytest.approx(250 / expected, abs=1e-6)
    assert (first["status"], first["rule"]) == ("on_track", "12")
    assert (second["value"], second["share"], second["status"], second["rule"]) == ("0", "0", "off_track", "10")
    assert first["source_url"] == "https://registry.example/monthly"


def test_a_figure_that_never_counts_is_told_and_not_judged(world: dict[str, Any]) -> None:
    kept = {"is_comparable": False, "not_comparable_because": "another definition"}
    record.measurement(world["indicator"], 7, date(2025, 7, 1), **kept)
    last = read("measurements")[-1]
    assert (last["value"], last["is_comparable"], last["not_comparable_because"]) == (
        "7",
        "false",
        kept["not_comparable_because"],
    )
    assert [last[name] for name in ("judged_value", "expected", "share", "status", "rule", "status_reason")] == [""] * 6


def test_an_indicator_without_a_figure_has_blanks_and_no_zeros(world: dict[str, Any]) -> None:
    record.indicator(world["commitment"], 2)
    row = read("indicators")[1]
    names = ("baseline", "target", "value", "as_of", "judged_value", "expected", "share", "source_title")
    assert [row[name] for name in names] == [""] * len(names)
    assert (row["status"], row["status_reason"], row["definition_en"]) == ("no_data", "no_target", "")


def test_json_says_the_same_with_numbers_and_nulls(world: dict[str, Any]) -> None:
    told = read_json("measurements")
    assert {key: told[key] for key in ("name", "data_as_of", "source")} == {
        "name": "measurements",
        "data_as_of": TODAY.isoformat(),
        "source": "http://localhost:8000",
    }
    first, second = told["rows"]
    assert (first["value"], second["value"], first["value_min"], first["is_used"]) == (250, 0, None, True)
    assert first["source_title"] == "=Registry; “2026”", "no apostrophe where no spreadsheet reads"
    assert [list(row) for row in told["rows"]] == [TABLES["measurements"].columns] * 2


def test_only_what_is_published_and_real_is_in_a_file(cast: Cast, world: dict[str, Any]) -> None:
    before = {name: (read(name), read_json(name)) for name in TABLES}
    draft = record.commitment("LAD-COL-902", country=cast.colombia, life_cycle="draft", title_en="CANARY")
    record.measurement(record.indicator(draft), 971, date(2025, 7, 1))
    example = record.commitment("LAD-COL-903", country=cast.colombia, is_example=True, title_en="CANARY")
    record.measurement(record.indicator(example), 972, date(2025, 7, 1))
    record.measurement(record.indicator(world["commitment"], 3, state="sent"), 973, date(2025, 7, 1))
    for number, state in enumerate(("accepted", "sent", "in_review", "returned", "corrected")):
        accepted = NOON if state in {"accepted", "corrected"} else None
        day = date(2025, 8, 1 + number)
        record.measurement(world["indicator"], 975, day, state=state, accepted_at=accepted, published_at=None)
    sent = record.group_report(cast.labour, record.cycle())
    actions.change(sent, by=STAGE, at=NOON, summary="CANARY", state="sent")
    invented = record.cycle(due_on=date(2026, 12, 16), is_demonstration=True)
    for cycle, is_example in ((record.cycle(due_on=date(2026, 12, 17)), True), (invented, False)):
        report = ProgressReport(cycle=cycle, country=cast.canada, due_on=cycle.due_on, state="published")
        report.summary, report.published_at, report.is_example = "CANARY", NOON, is_example
        actions.create(report, by=STAGE, at=NOON)
    for number, mark in enumerate(("is_example", "is_demonstration")):
        meeting = Meeting(slug=f"canary-{number}", title_en="CANARY", start=TODAY, **{mark: True})
        actions.create(meeting, by=STAGE, at=NOON)
    assert {name: (read(name), read_json(name)) for name in TABLES} == before


def test_a_published_report_is_in_its_file(cast: Cast, world: dict[str, Any]) -> None:
    cycle = record.cycle()
    report = ProgressReport(cycle=cycle, country=cast.canada, due_on=cycle.due_on, state="published", language="fr")
    report.summary, report.published_at = "Tout ce qui était promis.", NOON
    report = actions.create(report, by=STAGE, at=NOON)
    (row,) = read("reports")
    assert (row["kind"], row["country"], row["working_group"], row["language"]) == ("country", "CAN", "", "fr")
    assert row["published_at"] == NOON.isoformat().replace("+00:00", "Z")
    assert (row["summary"], row["reference"]) == ("Tout ce qui était promis.", report.reference)


def test_a_file_asks_as_much_for_three_rows_as_for_one(cast: Cast, world: dict[str, Any]) -> None:
    def asked() -> dict[str, int]:
        counts = {}
        for name in TABLES:
            with CaptureQueriesContext(connection) as queries:
                read(name)
            counts[name] = len(queries)
        return counts

    def one_more(number: int) -> None:
        row = record.commitment(f"LAD-CAN-90{number}", country=cast.canada, group=cast.labour)
        link = CommitmentSource(commitment=row, source=record.source(f"Source {number}"))
        party = Party(commitment=row, country=cast.colombia)
        meeting = Meeting(slug=f"m{number}", title_en="M", start=TODAY, group=cast.labour, mechanism=cast.declaration)
        for part in (link, party, meeting):
            actions.create(part, by=STAGE, at=NOON)
        indicator = record.indicator(row, baseline=(0, date(2024, 1, 1)), target=(10, date(2028, 1, 1)))
        record.measurement(indicator, 3, date(2025, 6, 30))
        cycle = record.cycle(due_on=date(2026, 12, number))
        report = ProgressReport(cycle=cycle, country=cast.canada, due_on=cycle.due_on, state="published")
        report.published_at = NOON
        actions.create(report, by=STAGE, at=NOON)

    one_more(1)
    once = asked()
    one_more(2)
    one_more(3)
    assert asked() == once
    assert max(once.values()) <= 16, once


def test_a_file_longer_than_a_batch_holds_each_row_once(
    cast: Cast, world: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(2, 7):
        record.measurement(record.indicator(world["commitment"], number), number, date(2025, 6, 30))
    whole = {name: read(name) for name in TABLES}
    monkeypatch.setattr(fields, "BATCH", 2)
    assert {name: read(name) for name in TABLES} == whole
    assert [len(whole[name]) for name in ("indicators", "measurements")] == [6, 7]
    assert (Indicator.objects.count(), Measurement.objects.count()) == (6, 7)


@pytest.mark.parametrize("ending", ["csv", "json"])
def test_files_are_sent_line_by_line_to_anybody(world: dict[str, Any], ending: str) -> None:
    answer = Client().get(f"/data/commitments.{ending}", headers={"origin": "https://elsewhere.example"})
    assert answer.streaming
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Content-Disposition"] == f'attachment; filename="commitments-{TODAY.isoformat()}.{ending}"'
    assert answer["Cache-Control"] == "public, max-age=0, s-maxage=60, stale-while-revalidate=300"
    assert not answer.cookies
    assert answer["Link"] == '<https://creativecommons.org/licenses/by/4.0/>; rel="license"'


@pytest.mark.parametrize("path", ["users.csv", "commitments.xml", "..csv", "commitments%00.csv", "datapackage.csv"])
def test_there_is_no_other_file(path: str) -> None:
    assert Client().get(f"/data/{path}").status_code == 404
