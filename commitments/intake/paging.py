"""Pages of a list with numbers, whose last page costs about what the first does."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import models
from django.utils.functional import cached_property

#: From this row on, the rows of a page are first found by their keys, then read whole.
DEEP = 250


class NumberedPages(Paginator):
    """Pages of a list that has an order; of rows of the database `most` at most, and no more are counted.

    To number all pages of a long list somebody has to count all of it, and to reach the last one to step over it:
    where there are more than `most`, the list says so (`is_cut`) and has to be narrowed.
    """

    def __init__(self, rows: models.QuerySet[Any] | Sequence[Any], per_page: int, most: int | None = None) -> None:
        super().__init__(rows, per_page)
        self.most = most

    @cached_property
    def _found(self) -> int:
        rows = self.object_list
        if self.most is None or not isinstance(rows, models.QuerySet):
            return super().count
        return rows.order_by().values("pk")[: self.most + 1].count()

    @property
    def count(self) -> int:
        """How many rows the pages hold."""
        return self._found if self.most is None else min(self._found, self.most)

    @property
    def is_cut(self) -> bool:
        """Whether there are more rows than the pages hold."""
        return self.most is not None and self._found > self.most

    def page(self, number: int | str) -> Page[Any]:
        """One page."""
        found: Page[Any] = super().page(number)
        first = (found.number - 1) * self.per_page
        rows = self.object_list
        if self.most is not None and first >= DEEP and isinstance(rows, models.QuerySet):
            found.object_list = rows.filter(pk__in=models.Subquery(self._keys(rows, first)))
        return found

    def _keys(self, rows: models.QuerySet[Any], first: int) -> models.QuerySet[Any]:
        """The keys of a page, counted from the nearer end: the last page is as near as the first."""
        last = min(first + self.per_page, self.count)
        if self.is_cut or first < self.count // 2:
            return rows.values("pk")[first:last]
        return rows.reverse().values("pk")[self.count - last : self.count - first]
