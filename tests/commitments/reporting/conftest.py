"""Published reports, and a folder for the files of a test."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine

from commitments.reporting.models import ProgressReport
from tests.cast import NOON, Cast
from tests.commitments.reporting import papers


@pytest.fixture
def noon_and_own_files(settings: Any, tmp_path: Path) -> Iterator[None]:
    """The day of the tests, and files in a folder of the test's own."""
    settings.FILES_DIR = tmp_path / "files"
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def country_report(cast: Cast, noon_and_own_files: None) -> ProgressReport:
    """Colombia's published report."""
    return papers.country_report(cast)


@pytest.fixture
def group_report(cast: Cast, country_report: ProgressReport) -> ProgressReport:
    """The labour group's published report in the same cycle."""
    return papers.group_report(cast, country_report)
