"""The record changed by a person, and the files changed by hand, between two loads."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from commitments.exchange.reference.loading import load_reference_data
from commitments.exchange.reference.report import Report
from commitments.history import actions
from commitments.history.models import TrackedModel
from commitments.translation import tracked_models
from tests import cast as people
from tests.commitments.exchange.conftest import LOADED_AT

NEXT_DAY = LOADED_AT + timedelta(days=1)
A_PERSON = people.STAGE


def history_rows() -> int:
    """How many rows of history there are."""
    return sum(model.history.count() for model in tracked_models())


def edit(folder: Path, name: str, record: str, change: Callable[[dict[str, Any]], Any]) -> None:
    """Change one record of a file."""
    path = folder / name
    content = json.loads(path.read_text("utf-8"))
    change(next(row for row in content["records"] if row["id"] == record))
    path.write_text(json.dumps(content, ensure_ascii=False), "utf-8")


def by_a_person(row: TrackedModel, **values: Any) -> None:
    """Change a record as somebody here would."""
    actions.change(row, by=A_PERSON, at=NEXT_DAY, why="we know better", **values)


def load(folder: Path | None = None, at: datetime = NEXT_DAY) -> Report:
    """Load again, a day later."""
    return load_reference_data(at=at, directory=folder)
