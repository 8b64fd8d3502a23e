"""`--from`: some of the files, from elsewhere, pointing to what is loaded already."""

import json
from pathlib import Path
from typing import Any

import pytest

from commitments.exchange.reference.loading import load_reference_data
from commitments.exchange.reference.report import Outcome, Report
from commitments.history import actions
from commitments.indicators.models import Indicator, Measurement
from commitments.mechanisms.models import Organization
from commitments.register.models import Commitment
from commitments.sources.models import Source
from tests import cast as people
from tests.commitments.exchange import record_files as files
from tests.commitments.exchange.conftest import LOADED_AT
from tests.commitments.exchange.record_files import write

pytestmark = pytest.mark.usefixtures("loaded")

PERMITS = next(row for row in files.COMMITMENTS if row["id"] == "lad-2022-col-etpv")
FIGURES = next(row for row in files.INDICATORS if row["id"] == "ind-col-permits")


def promise(slug: str, **fields: Any) -> dict[str, Any]:
    """A commitment of Colombia that no other file holds."""
    return {**PERMITS, "id": slug, "related": [], "made_on": "2026-05-04", **fields}


def load(folder: Path) -> Report:
    return load_reference_data(at=LOADED_AT, directory=folder)


def codes(model: type[Commitment] | type[Indicator], *slugs: str) -> list[str]:
    return [model.objects.get(reference_id=slug).code for slug in slugs]


def test_new_records_point_to_loaded_ones_and_their_numbers_go_on(tmp_path: Path) -> None:
    listed = sum(code.startswith("LAD-COL-") and "-I" not in code for code in files.CODES.values())
    write(
        tmp_path,
        "commitments.json",
        [
            promise("lad-2026-col-later", made_on="2026-06-01", related=["lad-2022-col-etpv"]),
            promise("lad-2026-col-earlier", part_of="lad-2026-col-later"),
        ],
    )
    write(
        tmp_path,
        "indicators.json",
        [
            {**FIGURES, "id": "ind-new", "commitment": "lad-2026-col-later"},
            {**FIGURES, "id": "ind-more", "commitment": "lad-2022-col-etpv"},
            {**FIGURES, "id": "ind-region", "commitment": None, "scope": "regional", "better": "observe"},
        ],
    )

    report = load(tmp_path)

    assert {file: report.count(file, Outcome.CREATED) for file in report.outcomes} == {
        "commitments.json": 2,
        "indicators.json": 3,
    }
    assert codes(Commitment, "lad-2026-col-earlier", "lad-2026-col-later") == [
        f"LAD-COL-{listed + 1:03d}",
        f"LAD-COL-{listed + 2:03d}",
    ]
    assert codes(Indicator, "ind-new", "ind-more", "ind-region") == [
        f"LAD-COL-{listed + 2:03d}-I1",
        "LAD-COL-001-I3",
        "REG-I04",
    ]
    assert load(tmp_path).changed_anything is False
    assert load_reference_data(at=LOADED_AT).changed_anything is False


def test_a_directory_may_bring_its_own_codes(tmp_path: Path) -> None:
    write(tmp_path, "commitments.json", [promise("lad-2026-col-new")])
    (tmp_path / "codes.csv").write_text("reference_id,code\nlad-2026-col-new,LAD-COL-040\n", "utf-8")

    load(tmp_path)

    assert codes(Commitment, "lad-2026-col-new") == ["LAD-COL-040"]


def test_a_number_given_here_meanwhile_is_not_given_twice(tmp_path: Path) -> None:
    """The secretariat recorded a commitment by hand, and removed it: its number stays taken."""
    cast = people.assemble()
    taken = Commitment(
        code="LAD-COL-040", title_en="By hand", mechanism=cast.declaration, maker_country=cast.colombia,
        kind="national", made_on=LOADED_AT.date(), made_on_precision="day",
    )  # fmt: skip
    actions.create(taken, by=people.STAGE, at=LOADED_AT)
    actions.remove(taken, by=people.STAGE, at=LOADED_AT)
    write(tmp_path, "commitments.json", [promise("lad-2026-col-new")])
    (tmp_path / "codes.csv").write_text("reference_id,code\nlad-2026-col-new,LAD-COL-040\n", "utf-8")

    report = load(tmp_path)

    assert codes(Commitment, "lad-2026-col-new") == ["LAD-COL-041"]
    assert "codes.csv: lad-2026-col-new: LAD-COL-040 is taken here; it gets LAD-COL-041" in report.remarks


def test_files_without_a_room_are_told_and_never_refuse_the_rest(tmp_path: Path) -> None:
    write(tmp_path, "commitments.json", [promise("lad-2026-col-new")])
    broken = {"id": "fin-x", "commitment": "lad-2099-nothing"}
    write(tmp_path, "finance.json", [broken])
    (tmp_path / "recommendations.json").write_text("{", "utf-8")
    (tmp_path / "budget.xlsx").write_bytes(b"")

    report = load(tmp_path)

    assert codes(Commitment, "lad-2026-col-new") != []
    assert report.waiting == {("finance.json", "records"): 1}
    assert "finance.json: fin-x: amount: is missing (kept for later all the same)" in report.remarks
    assert [line for line in report.remarks if line.startswith("recommendations.json: is not JSON")] != []
    assert report.remarks[-1] == "budget.xlsx: not a file of the record; not read"


def test_money_that_points_to_nothing_is_told(tmp_path: Path) -> None:
    record = files.document("finance.json")["records"][0]
    write(tmp_path, "finance.json", [{**record, "commitment": "lad-2099-nothing", "part_of": "fin-nothing"}])

    report = load(tmp_path)

    assert report.remarks == [
        (
            'finance.json: fin-2022-usa-h2a: commitment: there is no commitment "lad-2099-nothing" '
            "(kept for later all the same)"
        ),
        (
            'finance.json: fin-2022-usa-h2a: part_of: there is no record in this file "fin-nothing" '
            "(kept for later all the same)"
        ),
    ]


def test_a_maker_outside_the_record_is_kept_by_its_name(tmp_path: Path) -> None:
    germany = {"type": "country", "iso3": "DEU", "name": "Germany"}
    write(tmp_path, "commitments.json", [promise("r4v-2026-deu", mechanism="R4V", declaring_actor=germany)])

    load(tmp_path)

    commitment = Commitment.objects.get(reference_id="r4v-2026-deu")
    assert (commitment.code, commitment.maker_name, commitment.maker_country) == ("R4V-DEU-001", "Germany", None)


@pytest.mark.parametrize(
    ("actor", "code"),
    [
        ({"type": "organisation", "iso3": None, "code": "World Bank", "name": "World Bank"}, "R4V-WB-001"),
        ({"type": "organisation", "iso3": None, "code": "CAF", "name": "Development Bank"}, "R4V-CAF-001"),
        ({"type": "organisation", "iso3": None, "code": None, "name": "UN Refugee Agency"}, "R4V-UNHCR-001"),
    ],
)
def test_bodies_are_known_by_code_or_name_and_new_ones_are_made(
    tmp_path: Path, actor: dict[str, Any], code: str
) -> None:
    write(tmp_path, "commitments.json", [promise("r4v-2026-body", mechanism="R4V", declaring_actor=actor)])

    load(tmp_path)

    assert codes(Commitment, "r4v-2026-body") == [code]
    assert Organization.objects.filter(code=code.split("-")[1]).count() == 1


def test_figures_without_a_date_and_two_ends_in_words_are_kept(tmp_path: Path) -> None:
    figure = {**FIGURES["measurements"][0], "date": None, "date_precision": None}
    ends = {**figure, "value": None, "value_text": "10,000 to 12,500", "qualifier": "range"}
    write(tmp_path, "indicators.json", [{**FIGURES, "id": "ind-undated", "measurements": [figure, ends]}])

    load(tmp_path)

    rows = Measurement.objects.filter(series__indicator__reference_id="ind-undated").order_by("id")
    assert [(row.as_of, row.value, row.value_min, row.value_max, row.words, row.is_used) for row in rows] == [
        (None, 1_718_811, None, None, "", True),
        (None, None, 10_000, 12_500, "10,000 to 12,500", True),
    ]
    assert load(tmp_path).changed_anything is False


def test_amounts_of_overlapping_periods_are_not_both_used(tmp_path: Path) -> None:
    def amount(start: str, end: str, value: int) -> dict[str, Any]:
        period = {"period_start": start, "date": end, "date_precision": "day", "kind": "period"}
        return {**FIGURES["measurements"][0], **period, "value": value}

    given = [
        amount("2023-01-01", "2023-06-30", 10),
        amount("2023-01-01", "2023-12-31", 25),
        amount("2023-07-01", "2023-12-31", 14),
    ]
    write(tmp_path, "indicators.json", [{**FIGURES, "id": "ind-flow", "counting": "period", "measurements": given}])

    load(tmp_path)

    rows = Measurement.objects.filter(series__indicator__reference_id="ind-flow").order_by("value")
    assert [(int(row.value or 0), row.is_used) for row in rows] == [(10, True), (14, True), (25, False)]


def test_two_words_for_one_page_are_both_kept(tmp_path: Path) -> None:
    source = {**PERMITS["source"], "publisher": "The White House"}
    write(tmp_path, "commitments.json", [promise("lad-2026-col-new", source=source)])

    load(tmp_path)

    assert Source.objects.filter(url=source["url"]).count() == 2
    assert load_reference_data(at=LOADED_AT).changed_anything is False


def test_an_own_source_of_a_target_or_baseline_is_kept(tmp_path: Path) -> None:
    source = {**PERMITS["source"], "title": "Target paper"}
    parts = {name: {**FIGURES[name], "source": source} for name in ("target", "baseline")}
    write(tmp_path, "indicators.json", [{**FIGURES, **parts, "id": "ind-sourced"}])

    load(tmp_path)

    series = Indicator.objects.get(reference_id="ind-sourced").series.get()
    assert {row.source.title for row in [series.targets.get(), series.baselines.get()]} == {"Target paper"}


def test_differences_between_committees_and_workstreams_are_told(tmp_path: Path) -> None:
    content = files.document("governance.json")
    content["action_package_committees"][0]["lead"] = ["COL"]
    (tmp_path / "governance.json").write_text(json.dumps(content), "utf-8")

    assert load(tmp_path).remarks == [
        "governance.json: committee 1: lead: ['COL'], the workstream has ['CHL']",
    ]
