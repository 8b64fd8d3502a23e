"""What the page of an indicator can be cut down to. A value or a name that it does not know is refused (BadFilter)."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import pgettext_lazy

from commitments.indicators.cuts import Cuts
from commitments.indicators.models import Indicator
from commitments.intake.filters import SafeFilterSet


class CutFilter(SafeFilterSet):
    """The breakdown whose figures are shown. It reads no rows itself."""

    breakdown = django_filters.ChoiceFilter(method="kept", label=pgettext_lazy("of figures", "Breakdown"))

    def kept(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """The rows as they are: the page cuts itself down."""
        return queryset


def breakdown_asked(request: HttpRequest, cuts: Cuts) -> str:
    """The breakdown that the address asks for; empty for all figures. Raises BadFilter."""
    choices = {"breakdown": [(cut.key, cut.words) for cut in cuts.known]}
    filters = CutFilter(request.GET, Indicator.objects.none(), request=request, choices=choices)
    return str(filters.in_force.get("breakdown", ""))
