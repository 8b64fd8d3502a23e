"""Pages with numbers of a list that may grow long: what is counted, what is reached, and what each page holds."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commitments.intake import paging
from commitments.intake.filters import BadFilter, page_of
from commitments.intake.paging import NumberedPages

pytestmark = pytest.mark.django_db
PER_PAGE = 5


def test_a_list_within_the_limit_is_counted_whole(db: None) -> None:
    rows = ContentType.objects.order_by("pk")
    pages = NumberedPages(rows, PER_PAGE, most=1000)
    assert (pages.count, pages.is_cut) == (rows.count(), False)
    assert (NumberedPages(rows, PER_PAGE).is_cut, NumberedPages(list(rows), PER_PAGE, most=3).is_cut) == (False, True)


def test_a_longer_list_holds_its_limit_and_says_so(db: None) -> None:
    rows = ContentType.objects.order_by("pk")
    pages = NumberedPages(rows, PER_PAGE, most=12)
    assert (pages.count, pages.is_cut, pages.num_pages) == (12, True, 3)
    assert list(pages.page(3)) == list(rows[10:12])
    with pytest.raises(BadFilter):
        page_of(rows, "4", PER_PAGE, most=12)


def test_deep_pages_hold_the_same_rows_and_read_their_keys_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = ContentType.objects.order_by("-model", "pk")
    expected = list(rows)
    monkeypatch.setattr(paging, "DEEP", 0)
    pages = NumberedPages(rows.all(), PER_PAGE, most=10_000)
    assert pages.count == len(expected) > 2 * PER_PAGE
    with CaptureQueriesContext(connection) as queries:
        keys = [pages.page(number).keys for number in pages.page_range]
    assert [key for some in keys for key in some] == [row.pk for row in expected]
    assert len(queries) == pages.num_pages
    assert [row for number in pages.page_range for row in pages.page(number)] == expected


@pytest.mark.parametrize(("number", "most"), [(1, 100), (2, 100), (2, 7), (1, 2)])
def test_a_page_near_the_beginning_is_counted_along_with_its_keys(db: None, number: int, most: int) -> None:
    rows = ContentType.objects.order_by("-model", "pk")
    pages = NumberedPages(rows, PER_PAGE, most=most)
    with CaptureQueriesContext(connection) as queries:
        page = pages.page(number)
        counted = pages.count, pages.is_cut
    assert len(queries) == 1
    assert counted == (min(rows.count(), most), rows.count() > most)
    assert page.keys == [row.pk for row in page.object_list]


def test_an_empty_list_is_not_counted_again(db: None) -> None:
    with CaptureQueriesContext(connection) as queries:
        page = NumberedPages(ContentType.objects.filter(pk=-1).order_by("pk"), PER_PAGE, most=7).page(1)
    assert (len(queries), page.keys, page.paginator.count) == (1, [], 0)


def test_the_last_page_steps_over_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "DEEP", 0)
    pages = NumberedPages(ContentType.objects.order_by("pk"), PER_PAGE, most=10_000)
    with CaptureQueriesContext(connection) as queries:
        rows = list(pages.page(pages.num_pages))
    assert rows == list(ContentType.objects.order_by("pk"))[(pages.num_pages - 1) * PER_PAGE :]
    assert "OFFSET" not in queries.captured_queries[-1]["sql"]


def test_counting_reads_no_more_than_the_limit(db: None) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert NumberedPages(ContentType.objects.order_by("pk"), PER_PAGE, most=7).count == 7
    assert "LIMIT 8" in queries.captured_queries[0]["sql"]
