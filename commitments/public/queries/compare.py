"""Two or three countries, or two or three workstreams, side by side: the same facts of each, and no ranking."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from commitments.formats.collation import sort_key
from commitments.formats.language import Text
from commitments.indicators.counting import counted
from commitments.indicators.models import Face, Indicator
from commitments.indicators.queries import IndicatorReading, indicator_readings
from commitments.mechanisms.models import Adherence, Country
from commitments.public.queries.groups import LEADING
from commitments.public.queries.places import DECLARATION
from commitments.public.queries.tally import Tally, tallies
from commitments.reporting.punctuality import ReportSquare, squares_by
from commitments.working_groups.models import GroupRole, WorkingGroup

#: The Declaration's own commitments alone: those of other mechanisms are never counted with them.
OWN = {"mechanism__code": DECLARATION}
#: So many of the indicators of each are shown; its own pages have them all.
INDICATORS = 12


@dataclass(frozen=True, slots=True)
class Facts:
    """What is read of several at once, by the key of each."""

    counted: dict[Any, Tally]
    squares: dict[int, list[ReportSquare]]
    readings: dict[int, list[IndicatorReading]]
    roles: dict[int, list[GroupRole]]


@dataclass(frozen=True, slots=True)
class Compared:
    """One country or workstream in its column."""

    row: Any
    name: Text
    counted: Tally
    squares: list[ReportSquare]
    readings: list[IndicatorReading]
    #: The leads of a workstream, or what a country leads.
    roles: list[GroupRole]
    adherences: tuple[Adherence, ...] = ()

    @property
    def shown(self) -> list[IndicatorReading]:
        """Its first indicators."""
        return self.readings[:INDICATORS]

    @property
    def has_more(self) -> bool:
        """Whether it has more of them than are shown."""
        return len(self.readings) > INDICATORS

    @property
    def adherence(self) -> Adherence | None:
        """How a country adheres to the Declaration; None when it has not."""
        return next((row for row in self.adherences if row.mechanism.code == DECLARATION), None)

    @property
    def other_mechanisms(self) -> list[Adherence]:
        """The other mechanisms that a country belongs to."""
        return [row for row in self.adherences if row.mechanism.code != DECLARATION]


def countries(codes: Sequence[str], *, on: date, late_on: date, language: str) -> list[Compared]:
    """Countries in alphabetical order. The number of queries does not depend on how many."""
    rows = list(Country.objects.filter(iso3__in=codes))
    ids = [row.pk for row in rows]
    roles = GroupRole.objects.filter(country_id__in=ids, group__mechanism__code=DECLARATION)
    facts = Facts(
        counted=tallies(counted(Face.MAKER, "maker_country_id", maker_country__in=ids, **OWN), "maker_country_id"),
        squares=squares_by("country_id", ids, on=late_on),
        readings=_readings("commitment__maker_country_id", ids, on),
        roles=_by("country_id", roles.order_by("group__number")),
    )
    told = Q(until__isnull=True) | Q(mechanism__code=DECLARATION)
    held = Adherence.objects.filter(told, country_id__in=ids).select_related("mechanism")
    adherences: dict[int, list[Adherence]] = {}
    for row in held.order_by("mechanism__code"):
        adherences.setdefault(row.country_id, []).append(row)
    return _in_order([_compared(row, facts, language, adherences.get(row.pk, [])) for row in rows], language)


def groups(slugs: Sequence[str], *, on: date, late_on: date, language: str) -> list[Compared]:
    """Workstreams in alphabetical order. The number of queries does not depend on how many."""
    rows = list(WorkingGroup.objects.filter(slug__in=slugs).select_related("pillar"))
    ids = [row.pk for row in rows]
    facts = Facts(
        counted=tallies(counted(Face.WORK, "group_id", group__in=ids, **OWN), "group_id"),
        squares=squares_by("group_id", ids, on=late_on),
        readings=_readings("commitment__group_id", ids, on),
        roles=_by("group_id", GroupRole.objects.filter(group_id__in=ids).order_by("-role", "id")),
    )
    return _in_order([_compared(row, facts, language) for row in rows], language)


def _by(column: str, roles: QuerySet[GroupRole]) -> dict[int, list[GroupRole]]:
    """Who leads today. One query."""
    found: dict[int, list[GroupRole]] = {}
    leading = roles.filter(until__isnull=True, role__in=LEADING)
    for role in leading.select_related("country", "organization", "group"):
        found.setdefault(getattr(role, column), []).append(role)
    return found


def _readings(column: str, ids: Sequence[int], on: date) -> dict[int, list[IndicatorReading]]:
    """The first public indicators of each, in the order of their codes, one more than is shown."""
    rows = Indicator.objects.public().filter(
        commitment__mechanism__code=DECLARATION, commitment__is_example=False, **{f"{column}__in": ids}
    )
    numbered = rows.annotate(place=Window(RowNumber(), partition_by=[F(column)], order_by=[F("code")]), of=F(column))
    found: dict[int, list[IndicatorReading]] = {}
    for reading in indicator_readings(numbered.filter(place__lte=INDICATORS + 1).order_by("code"), on=on).values():
        found.setdefault(reading.indicator.of, []).append(reading)
    return found


def _compared(row: Any, facts: Facts, language: str, adherences: Sequence[Adherence] = ()) -> Compared:
    return Compared(
        row=row,
        name=row.name_in(language),
        counted=facts.counted.get(row.pk, Tally()),
        squares=facts.squares.get(row.pk, []),
        readings=facts.readings.get(row.pk, []),
        roles=facts.roles.get(row.pk, []),
        adherences=tuple(adherences),
    )


def _in_order(found: list[Compared], language: str) -> list[Compared]:
    return sorted(found, key=lambda one: sort_key(one.name.text, language))
