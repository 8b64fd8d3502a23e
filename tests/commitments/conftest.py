"""The shipped record, loaded once for the tests of a module; what a test writes is undone after it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.db import transaction

from commitments.exchange.reference.loading import load_reference_data

#: When the record was loaded, in the time of these tests.
LOADED_AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def record_loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The record, for all tests of a module."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_reference_data(at=LOADED_AT)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def real_record(record_loaded: None, db: None) -> Iterator[None]:
    """The record in the database on the day of the tests, for a test of its own."""
    with time_machine.travel(datetime(2026, 11, 24, 12, 0, tzinfo=UTC), tick=False):
        yield
