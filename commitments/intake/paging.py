"""Pages of a list with numbers, whose last page costs about what the first does."""

from collections.abc import Sequence
from typing import Any, Protocol, cast

from django.core.paginator import Page, Paginator
from django.db import models
from django.utils.functional import cached_property

#: From this row on, the rows of a page are first found by their keys, then read whole.
DEEP = 250


class _Number(models.Subquery):
    """How many rows a query finds, to be read along with other rows: counted once."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = models.IntegerField()


class Remembered(Protocol):
    """Where a number stays for who counts the same rows next: None while nobody has counted them."""

    value: int | None


class KeyedPage(Page):
    """A page, with the keys of its rows where they are read."""

    keys: list[Any] | None = None


class NumberedPages(Paginator):
    """Pages of a list that has an order; of rows of the database `most` at most, and no more are counted.

    To number all pages of a long list somebody has to count all of it, and to reach the last one to step over it:
    where there are more than `most`, the list says so (`is_cut`) and has to be narrowed. Their number is left in
    `counted`, and taken from there where it is known.
    """

    def __init__(
        self,
        rows: models.QuerySet[Any] | Sequence[Any],
        per_page: int,
        most: int | None = None,
        counted: Remembered | None = None,
    ) -> None:
        super().__init__(rows, per_page)
        self.most = most
        self._remembered = counted
        if counted is not None and counted.value is not None:
            self._found = counted.value

    @cached_property
    def _found(self) -> int:
        rows = self.object_list
        if self.most is None or not isinstance(rows, models.QuerySet):
            return super().count
        return self._told(self._counted(rows, self.most).count())

    @property
    def count(self) -> int:
        """How many rows the pages hold."""
        return self._found if self.most is None else min(self._found, self.most)

    @property
    def is_cut(self) -> bool:
        """Whether there are more rows than the pages hold."""
        return self.most is not None and self._found > self.most

    def page(self, number: int | str) -> Page[Any]:
        """One page; far down, and near the beginning of a list that nobody has counted, with the `keys` of its rows."""
        rows = self.object_list
        first = (int(number) - 1) * self.per_page
        if self.most is None or not isinstance(rows, models.QuerySet):
            return super().page(number)
        is_near = 0 <= first < min(DEEP, self.most) and "_found" not in vars(self)
        keys = self._first_keys(rows, first, self.most) if is_near else None
        found = cast("KeyedPage", super().page(number))
        if first >= DEEP:
            found.keys = self._keys(rows, first)
            found.object_list = rows.filter(pk__in=found.keys)
        elif keys is not None:
            found.keys = keys[: self.count - first]
        return found

    def _get_page(self, *args: Any, **named: Any) -> Page[Any]:
        return KeyedPage(*args, **named)

    def _counted(self, rows: models.QuerySet[Any], most: int) -> models.QuerySet[Any]:
        return rows.order_by().values("pk")[: most + 1]

    def _first_keys(self, rows: models.QuerySet[Any], first: int, most: int) -> list[Any]:
        """The keys of a page, and with them the number of rows. One query."""
        told = rows.annotate(number_found=_Number(self._counted(rows, most))).values_list("pk", "number_found")
        read = list(told[first : first + self.per_page])
        if read or first == 0:
            self._found = self._told(read[0][1] if read else 0)
        return [key for key, _number in read]

    def _told(self, number: int) -> int:
        if self._remembered is not None:
            self._remembered.value = number
        return number

    def _keys(self, rows: models.QuerySet[Any], first: int) -> list[Any]:
        """The keys of a page, counted from the nearer end: the last page is as near as the first."""
        last = min(first + self.per_page, self.count)
        if self.is_cut or first < self.count // 2:
            return list(rows.values_list("pk", flat=True)[first:last])
        return list(rows.reverse().values_list("pk", flat=True)[self.count - last : self.count - first])[::-1]
