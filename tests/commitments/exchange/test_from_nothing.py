"""Parts of the record loaded into an empty database: what they need must be there, and together they are the whole."""

import shutil
from pathlib import Path

import pytest

from commitments.exchange.reference.loading import load_reference_data
from commitments.exchange.reference.problems import BrokenFilesError
from commitments.exchange.reference.report import Outcome
from commitments.indicators.models import Indicator
from commitments.register.models import Commitment
from commitments.translation import tracked_models
from tests.commitments.exchange import record_files as files
from tests.commitments.exchange.conftest import LOADED_AT
from tests.commitments.exchange.record_files import write

pytestmark = pytest.mark.django_db

FACTS = ("commitments.json", "indicators.json", "meetings.json")


def test_a_country_of_the_record_that_is_not_loaded_is_missed(tmp_path: Path) -> None:
    write(tmp_path, "commitments.json", [row for row in files.COMMITMENTS if row["id"] == "lad-2022-col-etpv"])

    with pytest.raises(BrokenFilesError) as refused:
        load_reference_data(at=LOADED_AT, directory=tmp_path)

    assert [str(problem) for problem in refused.value.problems] == [
        'commitments.json: lad-2022-col-etpv: mechanism: there is no mechanism "LAD"',
        'commitments.json: lad-2022-col-etpv: pillar: there is no pillar "1"',
        'commitments.json: lad-2022-col-etpv: workstream: there is no workstream "2"',
        'commitments.json: lad-2022-col-etpv: declaring_actor.iso3: there is no country "COL"',
    ]


def test_a_dry_run_of_the_whole_record_leaves_the_database_empty() -> None:
    report = load_reference_data(at=LOADED_AT, dry_run=True)

    assert report.total(Outcome.CREATED) == 476
    assert [model.__name__ for model in tracked_models() if model.objects.exists() or model.history.exists()] == []


def test_the_record_loaded_in_parts_is_the_record(tmp_path: Path) -> None:
    """First all but the facts, then those of the Declaration, then the others: every number is the same."""
    first, second, third = (tmp_path / name for name in ("first", "second", "third"))
    shutil.copytree(files.FOLDER, first, ignore=shutil.ignore_patterns(*FACTS))
    own = {row["id"] for row in files.COMMITMENTS if row["mechanism"] == "LAD"}
    for folder, ids in ((second, own), (third, {row["id"] for row in files.COMMITMENTS} - own)):
        folder.mkdir()
        rows = [row for row in files.COMMITMENTS if row["id"] in ids]
        # The amnesty of Belize stands under two mechanisms: the first of the two cannot point to the other yet.
        late = [{**row, "related": [] if folder == second else row["related"]} for row in rows]
        plain = [row if {*row["related"]} <= own else new for row, new in zip(rows, late, strict=True)]
        write(folder, "commitments.json", plain)
        write(folder, "indicators.json", [row for row in files.INDICATORS if row["commitment"] in ids])
    write(third, "meetings.json", files.MEETINGS)

    for folder in (first, second, third):
        load_reference_data(at=LOADED_AT, directory=folder)
    last = load_reference_data(at=LOADED_AT)

    stored = dict(Commitment.objects.values_list("reference_id", "code"))
    assert stored | dict(Indicator.objects.values_list("reference_id", "code")) == files.CODES
    # The three regional figures, and the link that had to wait.
    outcomes = {file: {name for name, what in found.items() if what != "left"} for file, found in last.outcomes.items()}
    assert {file: names for file, names in outcomes.items() if names} == {
        "commitments.json": {"lad-2022-blz-regularization"},
        "indicators.json": {row["id"] for row in files.INDICATORS if row["commitment"] is None},
    }
