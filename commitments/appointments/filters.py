"""Filters of the list of people. A value or a name they do not know is refused (BadFilter)."""

from datetime import date
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from commitments.appointments.models import Appointment
from commitments.formats.collation import sort_key
from commitments.intake.filters import SafeFilterSet
from commitments.mechanisms.models import Country
from commitments.roles.enums import Role

ACCESS = (("open", _("With access")), ("ended", _("Access ended")))


class PeopleFilter(SafeFilterSet):
    """People by role and country, of the posts they hold today, and by whether they may sign in."""

    role = django_filters.ChoiceFilter(method="holding", label=_("Role"), empty_label=_("All roles"))
    country = django_filters.ChoiceFilter(method="speaking_for", label=_("Country"), empty_label=_("All countries"))
    access = django_filters.ChoiceFilter(
        method="with_access", label=_("Access"), empty_label=_("With and without"), choices=ACCESS
    )

    def __init__(self, *args: Any, on: date, language: str, **kwargs: Any) -> None:
        self._on = on
        roles = [(role.value, str(capfirst(role.label))) for role in Role]
        super().__init__(*args, choices={"role": roles, "country": country_choices(language)}, **kwargs)

    def holding(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Who holds a role today."""
        return queryset.filter(self._in_force(role=value))

    def speaking_for(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Who speaks for a country today."""
        return queryset.filter(self._in_force(country__iso3=value))

    def with_access(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Who may sign in, or whose access has ended."""
        return queryset.filter(is_active=value == "open")

    def _in_force(self, **which: Any) -> Exists:
        return Exists(Appointment.objects.in_force(self._on).filter(user=OuterRef("pk"), **which))


def country_choices(language: str) -> list[tuple[str, str]]:
    """The countries by name. One query."""
    rows = [(row.iso3, row.name_in(language).text) for row in Country.objects.all()]
    return sorted(rows, key=lambda choice: sort_key(choice[1], language))
