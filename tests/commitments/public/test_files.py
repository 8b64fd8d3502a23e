"""The lists as files: the rows that the page shows, typed, in the reader's language, and never a formula."""

import csv
import io
from datetime import date
from decimal import Decimal
from typing import Any
from zipfile import ZipFile

import pytest
import time_machine
from django.test import Client
from python_calamine import CalamineWorkbook

from commitments.formats.partial import PartialDate, Precision
from commitments.history import actions
from commitments.meetings.models import Meeting
from commitments.public.exports import commitments as register
from commitments.public.exports import table
from commitments.register.models import CommitmentSource
from commitments.working_groups.models import Pillar
from tests.cast import NOON, STAGE, Cast
from tests.factories import record
from tests.pages import main_words

pytestmark = pytest.mark.django_db
REGISTER = "/en/commitments/commitments.csv"
FILES = (
    "late/late",
    "commitments/commitments",
    "commitments/figures",
    "indicators/indicators",
    "countries/countries",
    "working-groups/working-groups",
    "meetings/meetings",
)


@pytest.fixture
def world(cast: Cast) -> Any:
    """Two commitments, one of them with an indicator, a target and a figure; a late report; a meeting."""
    with time_machine.travel(NOON, tick=False):
        commitment = record.commitment(
            "LAD-COL-901",
            country=cast.colombia,
            group=cast.labour,
            title_en='=HYPERLINK("https://bad.example","Click")',
            due_on=date(2026, 12, 1),
            due_on_precision="month",
        )
        other = record.commitment("LAD-CAN-902", country=cast.canada, title_en="Second", title_es="Segundo")
        indicator = record.indicator(
            commitment, baseline=(0, date(2024, 1, 1)), target=(100, date(2027, 1, 1)), title_en="People"
        )
        record.measurement(indicator, 60, date(2026, 6, 30))
        late = record.cycle(due_on=date(2026, 11, 16))
        record.country_report(commitment, late)
        pillar = Pillar(mechanism=cast.declaration, number=2, code="P2", name_en="Two")
        actions.create(pillar, by=STAGE, at=NOON)
        actions.change(cast.labour, by=STAGE, at=NOON, pillar=pillar)
        meeting = Meeting(slug="m", title_en="Plenary", start=date(2026, 3, 1), start_precision="day")
        actions.create(meeting, by=STAGE, at=NOON)
        yield {"commitment": commitment, "other": other, "indicator": indicator}


def rows(response: Any) -> list[dict[str, str]]:
    """The rows of a CSV file by the names of its columns."""
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.getvalue().decode("utf-8-sig"))))


def test_the_register_as_a_file_has_the_rows_of_the_list(client: Client, world: Any) -> None:
    every = rows(client.get("/en/commitments/commitments.csv"))
    assert [row["Code"] for row in every] == ["LAD-CAN-902", "LAD-COL-901"]
    (one,) = rows(client.get("/en/commitments/commitments.csv?country=COL&q=hyperlink"))
    assert one["Title"] == '\'=HYPERLINK("https://bad.example","Click")'
    told = (
        "Country (code)",
        "Made by",
        "Due on",
        "Status (code)",
        "Status",
        "Workstream",
        "Life cycle (code)",
        "Example",
    )
    assert [one[name] for name in told] == [
        "COL",
        "Colombia",
        "2026-12",
        "at_risk",
        "At risk",
        "Labor Mobility",
        "active",
        "0",
    ]
    assert one["Page"].endswith("/en/commitments/LAD-COL-901/")


def test_columns_and_words_are_in_the_language_of_the_reader_and_codes_are_not(client: Client, world: Any) -> None:
    canada, colombia = rows(client.get("/es/commitments/commitments.csv"))
    assert (canada["Título"], canada["Idioma del título"]) == ("Segundo", "es")
    assert (colombia["Idioma del título"], colombia["Estado (código)"], colombia["Estado"]) == (
        "en",
        "at_risk",
        "En riesgo",
    )
    assert colombia["Page" if "Page" in colombia else "Página"].endswith("/es/commitments/LAD-COL-901/")


def test_each_figure_stands_with_what_was_expected_and_its_source(client: Client, world: Any) -> None:
    without, row = rows(client.get("/en/commitments/figures.csv"))
    assert {name: value for name, value in without.items() if value} == {
        "Commitment (code)": "LAD-CAN-902",
        "Country (code)": "CAN",
    }
    told = ("Indicator (code)", "Value", "Unit", "Date of the figure", "Target", "Date of the target", "Status (code)")
    assert [row[name] for name in told] == [
        "LAD-COL-901-I1",
        "60",
        "people",
        "2026-06-30",
        "100",
        "2027-01-01",
        "at_risk",
    ]
    assert Decimal("80") < Decimal(row["Expected by now"]) < Decimal("85")
    assert Decimal("0.70") < Decimal(row["Share of what was expected"]) < Decimal("0.75")
    assert row["Number of the rule"].isdigit()
    assert (row["Source"], row["Address of the source"]) == ("Monthly registry", "https://registry.example/monthly")


def test_the_indicators_that_a_list_shows_are_a_file_and_an_unknown_filter_is_refused(
    client: Client, world: Any
) -> None:
    second = record.indicator(world["other"], title_en="Second thing")
    every = rows(client.get("/en/indicators/indicators.csv"))
    assert [row["Indicator (code)"] for row in every] == ["LAD-COL-901-I1", second.code]
    page = client.get("/en/indicators/?country=COL&view=table").content.decode()
    assert 'href="/en/indicators/indicators.csv?country=COL"' in page
    assert 'href="/en/indicators/indicators.xlsx?country=COL"' in page
    answer = client.get("/en/indicators/indicators.csv?country=COL")
    (row,) = rows(answer)
    told = ("Commitment (code)", "Country (code)", "Value", "Status (code)", "Source")
    assert [row[name] for name in told] == ["LAD-COL-901", "COL", "60", "at_risk", "Monthly registry"]
    assert answer.streaming
    assert rows(client.get("/en/indicators/indicators.csv?status=fulfilled")) == []
    for query in ("view=table", "page=2", "colour=red", "country=XYZ"):
        for form in ("csv", "xlsx"):
            assert client.get(f"/en/indicators/indicators.{form}?{query}").status_code == 400, query


def test_what_belongs_to_no_pillar_ends_the_table_of_workstreams(client: Client, world: Any, cast: Cast) -> None:
    actions.change(world["commitment"], by=STAGE, at=NOON, pillar=Pillar.objects.get())
    for path in ("/en/", "/en/working-groups/"):
        page = client.get(path)
        assert "1 with no pillar 1 no data" in main_words(page), path
        assert 'href="/en/commitments/?mechanism=lad&amp;pillar=none"' in page.content.decode()
    answer = client.get("/en/commitments/?mechanism=lad&pillar=none")
    assert "Pillar: No pillar assigned" in main_words(answer)
    assert "LAD-CAN-902" in main_words(answer)
    assert "LAD-COL-901" not in main_words(answer)
    of_none = next(row for row in rows(client.get("/en/working-groups/working-groups.csv")) if not row["Pillar"])
    assert (of_none["Workstream or group"], of_none["Commitments"]) == ("No pillar assigned", "1")


def test_the_other_lists_are_files_too(client: Client, world: Any) -> None:
    with time_machine.travel(NOON, tick=False):
        (late, behind) = rows(client.get("/en/late/late.csv"))
        countries = rows(client.get("/en/countries/countries.csv"))
    assert (late["Kind (code)"], late["Country (code)"], late["Due on"], late["Days late"]) == (
        "report",
        "COL",
        "2026-11-16",
        "8",
    )
    assert (behind["Kind (code)"], behind["Code"], behind["Status (code)"]) == ("at_risk", "LAD-COL-901", "at_risk")
    assert [row["Country (code)"] for row in countries] == ["CAN", "COL"]
    assert {row["Country (code)"]: row["Commitments"] for row in countries} == {"CAN": "1", "COL": "1"}
    (meeting,) = rows(client.get("/en/meetings/meetings.csv"))
    assert (meeting["Title"], meeting["First day"], meeting["Last day"]) == ("Plenary", "2026-03-01", "")
    assert rows(client.get("/en/meetings/meetings.csv?state=cancelled")) == []


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_file_is_named_with_its_day_and_refuses_what_it_does_not_know(
    client: Client, world: Any, name: str, form: str
) -> None:
    with time_machine.travel(NOON, tick=False):
        answer = client.get(f"/fr/{name}.{form}")
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == f'attachment; filename="{name.split("/")[1]}-2026-11-24.{form}"'
    assert answer["X-Robots-Tag"] == "noindex"
    assert not answer.cookies
    for query in ("zebra=1", "page=1", "view=map", "q=a&q=b", "country=XXX"):
        assert client.get(f"/fr/{name}.{form}?{query}").status_code == 400, query


def book(response: Any) -> CalamineWorkbook:
    assert response.status_code == 200
    return CalamineWorkbook.from_filelike(io.BytesIO(response.content))


def test_a_workbook_has_typed_cells_and_says_what_it_is(client: Client, world: Any) -> None:
    with time_machine.travel(NOON, tick=False):
        answer = client.get("/en/commitments/figures.xlsx?country=COL")
    found = book(answer)
    assert found.sheet_names == ["figures", "About this file"]
    heads, row = found.get_sheet_by_name("figures").to_python()
    told = dict(zip(heads, row, strict=True))
    assert (told["Value"], told["Date of the figure"], told["Target"]) == (60.0, date(2026, 6, 30), 100.0)
    assert (told["Key indicator"], told["Lowest value"]) == (True, "")
    about: dict[Any, Any] = dict(line[:2] for line in found.get_sheet_by_name("About this file").to_python())
    assert (about["List"], about["Filters in use"], about["Made on"]) == (
        "Figures of commitments",
        "Country: Colombia",
        "24 November 2026",
    )
    assert about["Address"].endswith("/en/commitments/figures.xlsx?country=COL")


def test_no_text_of_a_workbook_is_a_formula(client: Client, world: Any) -> None:
    answer = client.get("/en/commitments/commitments.xlsx")
    packed = ZipFile(io.BytesIO(answer.content))
    inside = "".join(packed.read(name).decode() for name in packed.namelist() if name.endswith(".xml"))
    assert "=HYPERLINK(" in inside
    assert "<f>" not in inside
    assert "<hyperlink" not in inside


def test_a_workbook_that_would_be_too_large_leads_to_the_csv(
    client: Client, world: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("commitments.public.views.files.MOST_ROWS", 1)
    answer = client.get("/en/commitments/commitments.xlsx?maker=country")
    assert answer.status_code == 400
    assert 'href="/en/commitments/commitments.csv?maker=country"' in answer.content.decode()
    assert client.get("/en/commitments/commitments.xlsx?country=COL").status_code == 200


def test_a_file_is_sent_as_it_is_written(client: Client, cast: Cast) -> None:
    for number in range(table.AT_ONCE + 1):
        record.commitment(f"LAD-COL-{600 + number}", country=cast.colombia)
    answer = client.get("/en/commitments/commitments.csv", headers={"accept-encoding": "identity"})
    assert answer.streaming
    parts = list(answer.streaming_content)
    assert [part.decode().count("\r\n") for part in parts] == [1, table.AT_ONCE, 1]


def test_the_pages_lead_to_the_files_of_what_they_show(client: Client, world: Any) -> None:
    body = client.get("/en/commitments/?country=COL&page=1").content.decode()
    assert 'href="/en/commitments/commitments.csv?country=COL"' in body
    assert "Download this 1 (CSV)" in body
    assert 'href="/en/commitments/figures.xlsx?country=COL"' in body
    assert "Download these 2 (CSV)" in client.get("/en/commitments/").content.decode()
    assert 'href="/en/countries/countries.csv"' in client.get("/en/countries/?view=table").content.decode()
    for path in ("late/", "working-groups/", "meetings/"):
        assert f'href="/en/{path}{path[:-1]}.csv"' in client.get(f"/en/{path}").content.decode(), path
    assert "commitments.csv" not in client.get("/en/commitments/?q=zebra").content.decode()


def test_a_line_is_written_as_the_csv_module_writes_it() -> None:
    plain = ["", "plain", "a, b", 'say "so"', "two\nlines", "a\rb", " gap ", "é", "'", "50", "-5", "0.5", "a=b"]
    formulas = ["=1+1", "+1x", "-x", "@x", "\tx", "\rx", '=HYPERLINK("a,b")', "+5", "-1,5"]
    together = table.Together(("COL", "a, b", None, 3))
    days: list[table.Cell] = [date(2026, 1, 2), PartialDate(date(2026, 4, 1), Precision.QUARTER), None]
    numbers: list[table.Cell] = [0, 5, True, False, Decimal("1E+3"), Decimal("2.50"), Decimal("0.00")]
    head, line = table.csv_parts(table.Table(("Title", "a, b"), [[*plain, *formulas, together, *days, *numbers]]))
    written = io.StringIO(newline="")
    cells = [*plain, *(f"'{text}" for text in formulas), "COL", "a, b", "", "3", "2026-01-02", "2026-Q2", ""]
    csv.writer(written).writerow([*cells, "0", "5", "1", "0", "1000", "2.5", "0"])
    assert (head, line) == ('\ufeffTitle,"a, b"\r\n', written.getvalue())


def test_cells_that_stand_together_are_cells_of_their_own_in_a_workbook(client: Client, world: Any) -> None:
    written = rows(client.get("/en/commitments/commitments.csv"))
    heads, *lines = book(client.get("/en/commitments/commitments.xlsx")).get_sheet_by_name("commitments").to_python()
    assert heads == list(written[0])
    for row, line in zip(written, lines, strict=True):
        told = dict(zip(heads, line, strict=True))
        for name in ("Code", "Country (code)", "Made by", "Workstream", "Kind", "Status (code)", "Status", "Page"):
            assert told[name] == row[name]
        assert told["Verified"] is bool(int(row["Verified"]))


def test_the_register_names_the_first_of_the_documents_a_commitment_was_taken_from(
    client: Client, world: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(register, "AT_ONCE", 1)
    monkeypatch.setattr(register, "SOURCES", 1)
    documents = [record.source(f"Paper {number}", url=f"https://papers.example/{number}") for number in range(3)]
    for number, (commitment, place, role) in enumerate(
        ((world["commitment"], 2, "main"), (world["commitment"], 1, "main"), (world["commitment"], 0, "further"))
    ):
        link = CommitmentSource(commitment=commitment, source=documents[number], role=role, position=place)
        actions.create(link, by=STAGE, at=NOON)
    third = record.commitment("LAD-COL-903")
    actions.create(CommitmentSource(commitment=third, source=documents[1]), by=STAGE, at=NOON)
    told = {row["Code"]: (row["Source"], row["Address of the source"]) for row in rows(client.get(REGISTER))}
    second = ("Paper 1", "https://papers.example/1")
    assert told == {"LAD-COL-901": second, "LAD-COL-903": second, "LAD-CAN-902": ("", "")}
