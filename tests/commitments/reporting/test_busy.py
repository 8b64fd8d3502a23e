"""The database is busy with another change: tried again where that is safe, else given back with everything typed."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from commitments.reporting.models import Draft, ProgressReport, ReportPart
from tests import servers
from tests.cast import NOON, Cast
from tests.factories import record
from tests.locks import PATIENCE, row_locks_only, somebody_waits
from tracker.middleware import Watch

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("noon_and_own_files")]
WORDS = "No registry."


@pytest.fixture
def report(cast: Cast) -> ProgressReport:
    """Colombia owes a report on one commitment."""
    return record.country_report(record.commitment(country=cast.colombia), record.cycle())


@pytest.fixture
def phone(cast: Cast) -> Client:
    """Colombia's focal point."""
    client = Client()
    client.force_login(cast.focal_colombia)
    return client


@contextmanager
def held(*steps: Callable[[], Any]) -> Iterator[None]:
    """Another connection takes the first step and keeps its locks; the others once somebody waits. Then it ends."""
    first, done = threading.Event(), threading.Event()

    def hold() -> None:
        try:
            with transaction.atomic():
                steps[0]()
                first.set()
                for step in steps[1:]:
                    servers.wait_until(somebody_waits, "the other one to wait")
                    step()
                if not steps[1:]:
                    done.wait(PATIENCE)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        holding = pool.submit(hold)
        servers.wait_until(lambda: first.is_set() or holding.done(), "the lock")
        try:
            yield
        finally:
            done.set()
        holding.result(PATIENCE)


@pytest.fixture
def impatient() -> Iterator[None]:
    """Nobody waits longer than a moment for a lock: in production it is 3 seconds, on SQLite 10."""
    with connection.cursor() as cursor:
        sqlite = connection.vendor == "sqlite"
        cursor.execute("PRAGMA busy_timeout = 300" if sqlite else "SET lock_timeout = '300ms'")
    yield
    connection.close()


def lock(row: Any) -> Callable[[], Any]:
    """Hold a row; on SQLite the whole database."""
    return lambda: type(row).objects.select_for_update().get(pk=row.pk)


@pytest.mark.usefixtures("impatient")
def test_a_form_that_could_not_get_its_lock_is_there_to_be_sent_again(report: ProgressReport, phone: Client) -> None:
    place = f"/en/workspace/country-reports/{report.pk}/obstacles/"
    with held(lock(report)):
        answer = phone.post(place, {"obstacles": WORDS, "language": "en", "done": "1"})
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    page = answer.content.decode()
    assert WORDS in page
    assert f'action="{place}"' in page
    assert "Sign in" not in page
    report.refresh_from_db()
    assert (report.obstacles, report.version) == ("", 1)


@row_locks_only
def test_two_changes_that_waited_for_each_other_are_both_made(report: ProgressReport, phone: Client) -> None:
    part = report.parts.get()
    place = f"/en/workspace/country-reports/{report.pk}/progress/{part.pk}/"
    with held(lock(part), lock(report)):  # the page locks them the other way about
        answer = phone.post(place, {"answer": "progress", "words": WORDS, "language": "en"})
    assert answer.status_code == 302
    part.refresh_from_db()
    assert (part.words, ReportPart.history.filter(id=part.pk, words=WORDS).count()) == (WORDS, 1)


def test_what_was_committed_is_seen_and_what_was_rolled_back_is_not(cast: Cast) -> None:
    row = {"user": cast.secretary, "form": "update", "saved_at": NOON}
    seen = []
    for ends_well in (False, True):
        watch = Watch()
        with connection.execute_wrapper(watch), transaction.atomic():
            assert not Draft.objects.filter(**row).exists()
            Draft.objects.create(**row)
            transaction.set_rollback(not ends_well)
        seen.append(watch.has_committed)
    watch = Watch()
    with connection.execute_wrapper(watch):
        assert Draft.objects.count() == 1
        seen.append(watch.has_committed)
        Draft.objects.all().delete()
        seen.append(watch.has_committed)
    assert seen == [False, True, False, True]
