"""The shipped files as they are, for comparison: every number as it is written."""

import csv
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[3] / "commitments" / "reference_data"


def document(name: str) -> dict[str, Any]:
    """A JSON file."""
    content: dict[str, Any] = json.loads((FOLDER / name).read_text("utf-8"), parse_float=Decimal)
    return content


def table(name: str) -> list[dict[str, str]]:
    """A CSV file."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def write(folder: Path, name: str, records: list[dict[str, Any]]) -> None:
    """A file of facts with these records, in the same format."""
    content = {"format": 1, "as_of": "2026-12-01", "about": "More of the record.", "count": len(records)}
    (folder / name).write_text(json.dumps({**content, "records": records}, default=float), "utf-8")


COUNTRIES = document("countries.json")["countries"]
MECHANISMS = document("mechanisms.json")["mechanisms"]
MEMBERSHIPS = table("memberships.csv")
WORKSTREAMS = document("workstreams.json")
WORKING_GROUPS = document("working_groups.json")["working_groups"]
TERMS = document("terms.json")
COMMITMENTS = document("commitments.json")["records"]
INDICATORS = document("indicators.json")["records"]
MEETINGS = document("meetings.json")["records"]
GOVERNANCE = document("governance.json")
CODES = {row["reference_id"]: row["code"] for row in table("codes.csv")}
