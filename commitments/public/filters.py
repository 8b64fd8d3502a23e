"""Filters of the register and of the countries. A value or a name they do not know is refused (BadFilter)."""

from calendar import monthrange
from datetime import date
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from commitments.formats.language import LANGUAGES
from commitments.formats.partial import Precision
from commitments.intake.bounded import DayFilter
from commitments.intake.filters import SafeFilterSet
from commitments.public.queries.late import LateKind
from commitments.register.enums import CommitmentKind, Horizon, LifeCycle

#: Who a commitment was made by, beside one country.
MAKERS = {
    "country": Q(maker_country__isnull=False),
    "organization": Q(maker_organization__isnull=False),
    "together": Q(maker_country__isnull=True, maker_organization__isnull=True),
}
#: The word for a filter that is not used.
ALL = pgettext_lazy("choice of a filter", "All")
CLOSED = [life for life in LifeCycle if life.is_closed]


class CommitmentFilter(SafeFilterSet):
    """The filters of the register. The choices of countries, groups and so on are those of queries.options."""

    q = django_filters.CharFilter(method="search", label=_("Search in titles and summaries"))
    country = django_filters.ChoiceFilter(field_name="maker_country__iso3", empty_label=ALL, label=_("Country"))
    mechanism = django_filters.ChoiceFilter(field_name="mechanism__slug", empty_label=ALL, label=_("Mechanism"))
    pillar = django_filters.ChoiceFilter(field_name="pillar__number", empty_label=ALL, label=_("Pillar"))
    group = django_filters.ChoiceFilter(field_name="group__slug", empty_label=ALL, label=_("Workstream"))
    status = django_filters.MultipleChoiceFilter(
        field_name="computed__status", label=_("Status"), distinct=False, widget=CheckboxSelectMultiple
    )
    life = django_filters.ChoiceFilter(
        field_name="life_cycle",
        empty_label=ALL,
        label=_("Ended or suspended"),
        choices=[(life.value, life.label) for life in CLOSED],
    )
    horizon = django_filters.ChoiceFilter(empty_label=ALL, label=_("Horizon"), choices=Horizon.choices)
    kind = django_filters.ChoiceFilter(empty_label=ALL, label=_("Kind"), choices=CommitmentKind.choices)
    maker = django_filters.ChoiceFilter(
        method="made_by",
        empty_label=ALL,
        label=_("Made by"),
        choices=[
            ("country", pgettext_lazy("maker of a commitment", "A country")),
            ("organization", pgettext_lazy("maker of a commitment", "An organization")),
            ("together", pgettext_lazy("maker of a commitment", "Countries together")),
        ],
    )
    due_before = DayFilter(method="due_earlier", label=_("Due before"))

    def search(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Rows whose code, title or summary, in any language, holds these words as they stand."""
        columns = [f"{field}_{language}__icontains" for field in ("title", "summary") for language in LANGUAGES]
        found = Q(code__icontains=value)
        for column in columns:
            found |= Q(**{column: value})
        return queryset.filter(found)

    def due_earlier(self, queryset: QuerySet[Any], name: str, value: date) -> QuerySet[Any]:
        """Rows due before a day. A month, quarter or year is due on its last day: it must be over by then."""
        due = Q(due_on_precision__in=["", Precision.DAY], due_on__lt=value)
        for precision in Precision:
            if precision.months:
                due |= Q(due_on_precision=precision, due_on__lte=months_earlier(value, precision.months))
        return queryset.filter(due)

    def made_by(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Rows by the kind of their maker."""
        return queryset.filter(MAKERS[value])


class CountryFilter(SafeFilterSet):
    """The filters of the list of countries."""

    beside = {"view": ("map", "table")}

    mechanism = django_filters.ChoiceFilter(method="member_of", empty_label=ALL, label=_("Takes part in"))

    def member_of(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Countries that belong to a mechanism today."""
        return queryset.filter(adherences__mechanism__slug=value, adherences__until__isnull=True)


class LateFilter(SafeFilterSet):
    """The filters of what is late or off track. It reads no rows itself: `queries.late.LateList` takes its values."""

    kind = django_filters.ChoiceFilter(
        method="kept",
        empty_label=ALL,
        label=_("Kind"),
        choices=[
            (LateKind.REPORT.value, pgettext_lazy("filter of what is late", "Late reports")),
            (LateKind.FIGURE.value, _("Figures awaited")),
            (LateKind.OFF_TRACK.value, pgettext_lazy("filter of what is late", "Commitments off track")),
            (LateKind.AT_RISK.value, pgettext_lazy("filter of what is late", "Commitments at risk")),
        ],
    )
    country = django_filters.ChoiceFilter(method="kept", empty_label=ALL, label=_("Country"))
    group = django_filters.ChoiceFilter(method="kept", empty_label=ALL, label=_("Workstream"))

    def kept(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """The rows as they are: the list narrows itself."""
        return queryset

    @property
    def values(self) -> dict[str, str]:
        """The values in force, for the list."""
        return {name: str(value) for name, value in self.in_force.items()}


def months_earlier(day: date, months: int) -> date:
    """The latest first day of a period of so many months that is over before a day."""
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))
