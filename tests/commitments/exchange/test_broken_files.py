"""A broken file is refused with file, record, field and reason, and nothing at all is loaded."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from commitments.history import actions
from commitments.mechanisms.models import Country
from commitments.meetings.models import Meeting
from commitments.register.models import Commitment
from commitments.sources.models import Source
from tests.cast import NOON, STAGE
from tests.commitments.exchange.breakings import CASES, Breaking, put

pytestmark = pytest.mark.django_db


def refusal(folder: Path) -> list[str]:
    """The lines with which a directory is refused; nothing of it is in the database."""
    with pytest.raises(CommandError) as refused:
        call_command("load_reference_data", **{"from": folder})
    assert (Country.objects.count(), Source.objects.count(), Commitment.history.count()) == (0, 0, 0)
    *lines, end = str(refused.value).splitlines()
    assert end == "Nothing was loaded."
    return lines


def rewrite(folder: Path, name: str, breaking: Breaking) -> None:
    """Change a JSON file as a slip of the hand would."""
    path = folder / name
    content = json.loads(path.read_text("utf-8"))
    breaking(content)
    path.write_text(json.dumps(content, ensure_ascii=False), "utf-8")


@pytest.mark.parametrize(("name", "breaking", "line"), CASES.values(), ids=CASES.keys())
def test_refused(folder: Path, name: str, breaking: Breaking, line: str) -> None:
    rewrite(folder, name, breaking)

    assert line in refusal(folder)


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        (b"\xef\xbb\xbf{}", "meetings.json: begins with a byte order mark; save it as plain UTF-8"),
        (b'{"about": "\xff"}', "meetings.json: is not UTF-8 (byte 11)"),
        (b'{"records": [', "meetings.json: is not JSON: Expecting value (line 1, column 14)"),
        (b"[]", "meetings.json: must hold one record at its top"),
        (b'{"format": NaN}', "meetings.json: holds NaN, which is not a number"),
        (b'{"format": -Infinity}', "meetings.json: holds -Infinity, which is not a number"),
        (b'{"about": "a", "about": "b"}', 'meetings.json: gives "about" twice in one record'),
        (b"[" * 100_000, "meetings.json: is nested too deeply"),
        (b'{"records": [7]}', "meetings.json: record 1: must be a record, not a number"),
    ],
    ids=["byte order mark", "not UTF-8", "cut", "a list", "NaN", "Infinity", "a field twice", "too deep", "a number"],
)
def test_refused_as_a_file(folder: Path, raw: bytes, line: str) -> None:
    (folder / "meetings.json").write_bytes(raw)

    assert line in refusal(folder)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("mechanism,iso3", "mechanism;iso3", "memberships.csv: must have the columns mechanism, iso3, status"),
        ("CAM,ARG,member,,,", "CAM,ARG,member,,", "memberships.csv: has 9 cells instead of 10 in line 2"),
        ("CAM,ARG,member", "CAM,ARG,friend", 'memberships.csv: CAM ARG: status: "friend" is none of endorser'),
        ("CAM,ARG,member,,", "CAM,ARG,member,2001,", "memberships.csv: CAM ARG: since_precision: and the date go"),
        ("CAM,ATG,", "CAM,ARG,", "memberships.csv: CAM ARG: is there twice"),
        ("CAM,ARG,", "OAS,ARG,", 'memberships.csv: OAS ARG: mechanism: there is no mechanism "OAS"'),
    ],
)
def test_a_table_is_refused(folder: Path, old: str, new: str, line: str) -> None:
    path = folder / "memberships.csv"
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")

    assert [told for told in refusal(folder) if told.startswith(line)] != []


def test_two_records_are_never_given_one_code(folder: Path) -> None:
    path = folder / "codes.csv"
    path.write_text(path.read_text("utf-8").replace("LAD-COL-002", "LAD-COL-001"), "utf-8")

    assert refusal(folder) == [
        'codes.csv: lad-2023-tri-border-communities: code: "LAD-COL-001" belongs to lad-2022-col-etpv already'
    ]


def test_everything_that_is_wrong_is_named_at_once(folder: Path) -> None:
    rewrite(folder, "meetings.json", put("records", "title", None))
    rewrite(folder, "commitments.json", put("records", "kind", "other", 1))

    assert refusal(folder) == [
        'commitments.json: lad-2022-col-etpv: kind: "other" is none of national, collective, financial',
        "meetings.json: r4v-2021-12-launch: title: must be a text, not empty",
    ]


def test_a_directory_that_is_not_there(tmp_path: Path) -> None:
    assert refusal(tmp_path / "nowhere") == [f"{tmp_path / 'nowhere'}: is not a directory"]


def test_a_directory_without_any_file_of_the_record(tmp_path: Path) -> None:
    (tmp_path / "notes.xlsx").write_bytes(b"")

    assert refusal(tmp_path) == [f"{tmp_path}: holds none of the files of the record"]


def test_what_only_the_database_refuses_names_its_place_too(folder: Path) -> None:
    """The net under all checks: somebody here gave a meeting the address that a meeting of the record has."""
    meeting = Meeting(slug="imrf-2022-05", title_en="Forum", start=date(2022, 5, 17), start_precision="day")
    actions.create(meeting, by=STAGE, at=NOON)

    (line,) = refusal(folder)

    assert line.startswith("meetings.json: imrf-2022-05: cannot be stored: IntegrityError: ")
    assert Meeting.objects.count() == 1
