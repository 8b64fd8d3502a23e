"""Indicators as lists show them: by workstream, then by horizon; and those that stand in one status."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, NullIf

from commitments.formats.language import LANGUAGES
from commitments.indicators.models import Indicator
from commitments.indicators.queries import Audience, IndicatorReading, indicator_readings
from commitments.public.queries.places import DECLARATION
from commitments.register.enums import Horizon

_SHOWN_WITH = ("maker_country", "maker_organization", "maker_mechanism", "mechanism", "group", "pillar")
#: The Declaration's own, then those of other mechanisms, then figures of the region.
_OWN_FIRST = Case(
    When(commitment=None, then=Value(2)),
    When(commitment__mechanism__code=DECLARATION, then=Value(0)),
    default=Value(1),
    output_field=IntegerField(),
)
_SHORT_FIRST = Case(
    *(When(term=horizon, then=Value(place)) for place, horizon in enumerate(Horizon.values)),
    default=Value(len(Horizon)),
    output_field=IntegerField(),
)


def published() -> QuerySet[Any]:
    """Public indicators with their horizon: their own, else the one of their commitment."""
    own = NullIf("horizon", Value(""))
    rows: QuerySet[Any] = Indicator.objects.public()
    return rows.annotate(term=Coalesce(own, F("commitment__horizon"), Value("")))


def listed(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Indicators in the order of the list, with all that it shows of other records."""
    commitment = [f"commitment__{name}" for name in _SHOWN_WITH]
    group = (F("commitment__group__number").asc(nulls_last=True), F("commitment__group__code").asc(nulls_last=True))
    order = (_OWN_FIRST, F("commitment__mechanism__code").asc(nulls_last=True), *group, _SHORT_FIRST, "code")
    return rows.select_related("commitment", *commitment).order_by(*order)


def standing(rows: QuerySet[Any], statuses: Iterable[str], *, on: date) -> QuerySet[Any]:
    """Those of these indicators whose status on a day is one of these: kept with the status of their commitment.

    The figures of the region have none. They are few: theirs is worked out, in a constant number of queries.
    """
    wanted = set(statuses)
    readings = indicator_readings(list(rows.filter(commitment=None)), on=on, audience=Audience.STATUSES)
    of_region = [pk for pk, reading in readings.items() if reading.result.status.value in wanted]
    return rows.filter(Q(computed__status__in=wanted) | Q(pk__in=of_region))


def readings_of(rows: Iterable[Indicator], *, on: date) -> list[IndicatorReading]:
    """The readings of these indicators, in their order."""
    shown = list(rows)
    found = indicator_readings(shown, on=on)
    return [found[row.pk] for row in shown]


def matching(text: str) -> Q:
    """Indicators whose code or title, or whose commitment's code, holds these words as they stand."""
    columns = ("code", "commitment__code", *(f"title_{language}" for language in LANGUAGES))
    found = Q()
    for column in columns:
        found |= Q(**{f"{column}__icontains": text})
    return found
