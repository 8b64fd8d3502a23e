"""Filters of the list of meetings. A value or a name they do not know is refused (BadFilter)."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from commitments.formats.collation import sort_key
from commitments.history.kept import kept
from commitments.intake.filters import SafeFilterSet
from commitments.meetings.enums import MeetingState
from commitments.working_groups.queries import bodies

#: The value for processes outside the seven mechanisms.
OTHER = "other"
#: The word for a filter that is not used.
ALL = pgettext_lazy("choice of a filter", "All")


class MeetingFilter(SafeFilterSet):
    """Meetings by mechanism and state. The choices of mechanisms are those of `mechanism_choices`."""

    mechanism = django_filters.ChoiceFilter(method="of_mechanism", empty_label=ALL, label=_("Mechanism"))
    state = django_filters.ChoiceFilter(empty_label=ALL, label=_("State"), choices=MeetingState.choices)

    def of_mechanism(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Meetings of one mechanism, or of none of them."""
        if value == OTHER:
            return queryset.filter(mechanism__isnull=True)
        return queryset.filter(mechanism__slug=value)


class CalendarFilter(MeetingFilter):
    """The same for the calendar, which has no pages."""

    beside = {}


@kept
def mechanism_choices(language: str) -> list[tuple[str, str]]:
    """The mechanisms by name, and related processes outside them."""
    rows = [(row.slug, row.name_in(language).text) for row in bodies().mechanisms]
    named = sorted(rows, key=lambda choice: sort_key(choice[1], language))
    return [*named, (OTHER, pgettext("mechanism of a meeting", "Related processes"))]
