"""Two transactions that meet: each on a connection of its own, the second let in before the first has committed.

PostgreSQL lets both in and has them wait for a row that the other holds. SQLite lets one write at a time: there the
second waits at its beginning, and a control without a lock has nothing to show.
"""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, transaction

from tests import servers

PATIENCE = 30.0
#: For what only a database with row locks can show.
row_locks_only = pytest.mark.skipif(
    not connection.features.has_select_for_update,
    reason="row locks are PostgreSQL's: on SQLite one transaction writes at a time",
)


def in_the_middle(first: Callable[[], Any], second: Callable[[], Any]) -> None:
    """Let the first do its work, begin the second, commit the first once the second waits; then let the second end."""
    written, begins, may_commit = threading.Event(), threading.Event(), threading.Event()

    def lead() -> None:
        try:
            with transaction.atomic():
                first()
                written.set()
                may_commit.wait(PATIENCE)
        finally:
            connection.close()

    def follow() -> None:
        begins.set()
        try:
            with transaction.atomic():
                second()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        leading = pool.submit(lead)
        servers.wait_until(lambda: written.is_set() or leading.done(), "the first to write")
        following = pool.submit(follow)
        try:
            servers.wait_until(lambda: begins.is_set() and (following.done() or somebody_waits()), "the second to wait")
        finally:
            may_commit.set()
        leading.result(PATIENCE)
        following.result(PATIENCE)


def somebody_waits() -> bool:
    """Whether a connection waits for another one's lock; on SQLite it does so from its beginning."""
    return not connection.features.has_select_for_update or bool(count_waiting())


def count_waiting() -> int:
    """How many connections wait for another one's lock. PostgreSQL alone can say."""
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    with connection.cursor() as cursor:
        cursor.execute(waiting)
        return int(cursor.fetchone()[0])
