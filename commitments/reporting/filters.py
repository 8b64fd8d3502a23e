"""Filters of the review queue. A value or a name they do not know is refused (BadFilter)."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from commitments.intake.filters import SafeFilterSet
from commitments.reporting.enums import Waiting

#: The word for a filter that is not used.
ALL = pgettext_lazy("choice of a filter", "All")


class QueueFilter(SafeFilterSet):
    """What waits, by kind and country. It reads no rows itself: `queue.queue_of` takes its values."""

    kind = django_filters.ChoiceFilter(choices=Waiting.choices, empty_label=ALL, label=_("Kind"), method="kept")
    country = django_filters.ChoiceFilter(empty_label=ALL, label=_("Country"), method="kept")

    def kept(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """The rows as they are: the queue narrows itself."""
        return rows

    @property
    def values(self) -> dict[str, str]:
        """The values in force, for `queue.queue_of`."""
        return {name: str(value) for name, value in self.in_force.items()}
