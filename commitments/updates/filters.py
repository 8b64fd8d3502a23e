"""The filters of what changed. A value or a name they do not know is refused (BadFilter)."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from commitments.formats.collation import sort_key
from commitments.history.kept import kept
from commitments.intake.bounded import DayFilter
from commitments.intake.filters import BadFilter, FilterProblem, SafeFilterSet
from commitments.updates.queries import Place
from commitments.working_groups.queries import bodies


class ChangesFilter(SafeFilterSet):
    """One country, from a day on, before a place in the list. It reads no rows itself."""

    beside = {"before": None}

    country = django_filters.ChoiceFilter(
        method="kept", empty_label=pgettext_lazy("choice of a filter", "All"), label=_("Country")
    )
    since = DayFilter(method="kept", label=pgettext_lazy("filter of changes", "Since"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        #: Where to read on from; no address that the list makes of its filters carries it along.
        self._before = self.beside_value("before")
        self.data = self.data.copy()
        self.data.pop("before", None)

    def kept(self, queryset: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        """The rows as they are: the list narrows itself."""
        return queryset

    @property
    def before(self) -> Place | None:
        """The place to read on from. Raises BadFilter."""
        if not self._before:
            return None
        try:
            return Place.read(self._before)
        except ValueError:
            raise BadFilter("before", FilterProblem.INVALID, self._before) from None


@kept
def country_choices(language: str) -> list[tuple[str, str]]:
    """All countries by name."""
    named = [(row.iso3, row.name_in(language).text) for row in bodies().countries]
    return sorted(named, key=lambda choice: sort_key(choice[1], language))
