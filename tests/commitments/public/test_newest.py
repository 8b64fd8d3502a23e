"""The figures published last are read in their order, however many there are."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.public.queries.overview import latest_figures

pytestmark = pytest.mark.django_db


def test_postgresql_reads_the_newest_figures_from_an_index_in_their_order() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite reads the index by state and moment backwards.")
    with CaptureQueriesContext(connection) as asked:
        list(latest_figures())
    (query,) = asked.captured_queries
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute(f"EXPLAIN {query['sql']}")
        assert "measurement_newest" in "".join(line for (line,) in cursor.fetchall())
