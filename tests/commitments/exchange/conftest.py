"""The shipped record, loaded once for the tests of a module; what a test writes is undone after it."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from commitments.exchange.reference.loading import load_reference_data
from commitments.exchange.reference.report import Report
from tests.commitments.exchange.record_files import FOLDER

#: When the record was loaded, in the time of these tests.
LOADED_AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def first_load(django_db_setup: None, django_db_blocker: Any) -> Iterator[Report]:
    """The report of the first load."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load_reference_data(at=LOADED_AT)
        transaction.set_rollback(True)


@pytest.fixture
def loaded(first_load: Report, db: None) -> Report:
    """The record in the database, for a test of its own."""
    return first_load


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped record, to be changed or broken."""
    return Path(shutil.copytree(FOLDER, tmp_path / "record"))
