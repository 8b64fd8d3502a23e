"""Choices among records, shown by their names in the language of the page."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import get_language

from commitments.formats.collation import sort_key
from commitments.intake.fields import RowField
from commitments.working_groups.models import WorkingGroup

NONE = ("", "—")


class NamedChoiceField(RowField):
    """Rows shown by their name in the language of the page."""

    def label_from_instance(self, obj: Any) -> str:
        """The name."""
        return named(obj)

    def offer(self, rows: QuerySet[Any]) -> None:
        """Offer these rows in their order."""
        self.queryset = rows

    def offer_groups(self, groups: QuerySet[WorkingGroup]) -> None:
        """Offer these groups under their mechanisms; where one has to be chosen, a single one is chosen already."""
        rows = groups.select_related("mechanism", "pillar")
        self.queryset = rows
        if self.required and len(rows) == 1:
            self.initial, self.empty_label = rows[0], None
            return
        under = [
            (named(mechanism), [(row.pk, named(row)) for row in some])
            for mechanism, some in groupby(rows, key=lambda row: row.mechanism)
        ]
        self.choices = [NONE, *(under if len(under) > 1 else (pair for _, pairs in under for pair in pairs))]


def named(row: Any) -> str:
    """The name of a record in the language of the page."""
    return str(row.name_in(get_language() or "en").text)


def in_order(pairs: Iterable[tuple[Any, str]]) -> list[tuple[Any, str]]:
    """Choices in the order of their names, as the language of the page sorts them."""
    language = get_language() or "en"
    return sorted(pairs, key=lambda pair: sort_key(pair[1], language))
