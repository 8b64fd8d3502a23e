"""A list of more commitments than have pages says so, in every language, and leads to no page beyond."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commitments.public.views import register
from tests.cast import Cast
from tests.factories import record

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def five(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Five commitments; two on a page."""
    monkeypatch.setattr(register, "PER_PAGE", 2)
    for number in range(5):
        record.commitment(f"LAD-COL-90{number}", country=cast.colombia)


def test_a_list_within_the_limit_is_counted(client: Client) -> None:
    body = client.get("/en/commitments/").content.decode()
    assert ">5 commitments</p>" in body
    assert "More than" not in body
    assert client.get("/en/commitments/?page=3").status_code == 200


def test_a_longer_one_says_how_to_reach_the_rest(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(register, "MOST_ROWS", 3)
    body = client.get("/en/commitments/").content.decode()
    assert ">More than 3 commitments</p>" in body
    assert "The first 3 have pages here. Narrow the list with the filters to reach the others." in body
    assert "Más de 3 compromisos" in client.get("/es/commitments/").content.decode()
    last = client.get("/en/commitments/?page=2").content.decode()
    assert ("LAD-COL-902" in last, "LAD-COL-903" in last, "page=3" in last) == (True, False, False)
    assert client.get("/en/commitments/?page=3").status_code == 400


@pytest.mark.parametrize("query", ["", "?country=COL", "?status=no_data", "?q=colombia", "?page=2"])
def test_a_list_is_counted_and_put_in_order_by_places_alone(client: Client, query: str) -> None:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"/en/commitments/{query}").status_code == 200
    told = [query["sql"] for query in asked.captured_queries if '"commitments_commitmentplace"' in query["sql"]]
    assert ["(SELECT COUNT(*) FROM (" in sql for sql in told] == [True]
    assert [sql for sql in told if '"commitments_commitment"' in sql] == []


def test_what_was_counted_for_one_page_is_counted_for_none_of_the_others(client: Client, cast: Cast) -> None:
    assert ">5 commitments</p>" in client.get("/en/commitments/?country=COL&status=no_data").content.decode()
    with CaptureQueriesContext(connection) as asked:
        later = client.get("/es/commitments/?status=no_data&page=2&country=COL").content.decode()
        last = client.get("/en/commitments/?country=COL&status=no_data&page=3").content.decode()
    assert ">5 compromisos</p>" in later
    assert ("LAD-COL-904" in last, "page=4" in last) == (True, False)
    assert not [query["sql"] for query in asked.captured_queries if "(SELECT COUNT(*) FROM (" in query["sql"]]
    record.commitment("LAD-COL-905", country=cast.colombia)
    assert ">6 commitments</p>" in client.get("/en/commitments/?country=COL&status=no_data").content.decode()
    assert client.get("/en/commitments/?country=COL&status=on_track").content.decode().count("LAD-COL-90") == 0
