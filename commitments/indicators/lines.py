"""The rows that a reading rests on: indicators with their series, baselines, targets and figures; milestones."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import (
    Exists,
    F,
    FilteredRelation,
    Model,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    prefetch_related_objects,
)

from commitments.formats.dates import site_day
from commitments.history.enums import ReportState
from commitments.indicators.composed import Rows, found
from commitments.indicators.enums import RevisionSubject
from commitments.indicators.models import (
    Baseline,
    Indicator,
    Measurement,
    Milestone,
    Revision,
    Series,
    Target,
    Waypoint,
)
from commitments.register.models import Commitment, Party


class Audience(StrEnum):
    """Who reads: the public sees published values, the workspace accepted ones too.

    The kept statuses rest on what the public sees, and read nothing that is not judged: no words, no sources.
    """

    PUBLIC = "public"
    WORKSPACE = "workspace"
    STATUSES = "statuses"


_IN_FORCE = ("valid_from", "valid_until")
#: What is judged of each kind of row; pages tell more.
JUDGED: Mapping[type[Model], tuple[str, ...]] = {
    Commitment: ("mechanism_id", "life_cycle", "made_on", "made_on_precision"),
    Series: ("indicator_id", "country_id", "breakdown"),
    Baseline: ("series_id", "value", "date", "date_precision", "qualifier", *_IN_FORCE),
    Target: (*("series_id", "value", "value_min", "value_max", "qualifier", "date", "date_precision"), *_IN_FORCE),
    Waypoint: ("target_id", "date", "value"),
    Measurement: (
        "series_id", "value", "value_min", "value_max", "words", "qualifier", "as_of", "as_of_precision",
        "period_start", "is_comparable", "is_used", "published_at", "entered_by_id",
    ),
    Indicator: ("commitment_id", "direction", "counting", "per", "path", "first_report_on", "is_key"),
    Milestone: ("commitment_id", "due_on", "due_on_precision", "done_on", "done_on_precision", "is_key"),
}  # fmt: skip


#: The countries that commitments name, by the id of the commitment.
Parties = dict[int, set[int | None]]


def columns_for(audience: Audience, rows: QuerySet[Any], *beside: str) -> QuerySet[Any]:
    """Whole rows with what a page tells beside them, or what is judged of them alone."""
    if audience is Audience.STATUSES:
        return rows.only(*JUDGED[rows.model])
    return rows.select_related(*beside) if beside else rows


def rows_for(audience: Audience, rows: Rows, ids: Sequence[int], on: date) -> Iterable[Any]:
    """What a query finds; those of the kept statuses are asked at every change, so they are put together once."""
    return found(rows, audience, ids, on) if audience is Audience.STATUSES else rows(audience, ids, on)


_PATH = ("baseline", "target")


@dataclass(slots=True)
class Line:
    """One series with its rows: the baseline and target in force, those before them, its measurements, newest first."""

    series: Series
    baseline: Baseline | None = None
    target: Target | None = None
    #: Those in force before, oldest first.
    past: list[Baseline | Target] = field(default_factory=list)
    measurements: list[Measurement] = field(default_factory=list)
    #: Whether the indicator was, or is to be, counted otherwise from a later day on.
    is_redefined: bool = False


def indicators_of(commitment_ids: Sequence[int], on: date, audience: Audience) -> list[Indicator]:
    """The published indicators of these commitments."""
    return list(rows_for(audience, indicators_told, commitment_ids, on))


def indicators_told(audience: Audience, ids: Sequence[int], on: date) -> QuerySet[Any]:
    """The same to be read along with other rows."""
    rows = Indicator.objects.filter(commitment_id__in=ids, state=ReportState.PUBLISHED)
    return columns_for(audience, rows.order_by("code"))


def milestones_of(commitment_ids: Sequence[int], on: date, audience: Audience) -> list[Milestone]:
    """The published milestones of these commitments, the first due first. No query for no commitments."""
    return list(rows_for(audience, _milestones, commitment_ids, on)) if commitment_ids else []


def _milestones(audience: Audience, ids: Sequence[int], on: date) -> QuerySet[Any]:
    rows = Milestone.objects.filter(commitment_id__in=ids, state=ReportState.PUBLISHED)
    return columns_for(audience, rows.order_by("due_on", "id"), "source")


def lines_of(indicator_ids: Iterable[int], on: date, audience: Audience) -> dict[int, list[Line]]:
    """The lines of these indicators with what was in force on a day and before it, by indicator."""
    ids = list(indicator_ids)
    series = _judged_paths(ids, on) if audience is Audience.STATUSES else _told_paths(ids, on)
    for row in rows_for(audience, _measurements, list(series), on):
        series[row.series_id].measurements.append(row)
    grouped: dict[int, list[Line]] = defaultdict(list)
    for line in series.values():
        grouped[line.series.indicator_id].append(line)
    return grouped


def _judged_paths(ids: Sequence[int], on: date) -> dict[int, Line]:
    """The lines with what is judged of their baselines and targets. Four small queries, put together once."""
    rows = rows_for(Audience.STATUSES, _series, ids, on)
    series = {row.pk: Line(row, is_redefined=bool(row.redefined)) for row in rows}
    for baseline in rows_for(Audience.STATUSES, _baselines, list(series), on):
        _place(series[baseline.series_id], baseline, on)
    targets = list(rows_for(Audience.STATUSES, _targets, list(series), on))
    points = columns_for(Audience.STATUSES, Waypoint.objects.order_by("date"))
    prefetch_related_objects(targets, Prefetch("waypoints", points))
    for target in targets:
        _place(series[target.series_id], target, on)
    return series


def _told_paths(ids: Sequence[int], on: date) -> dict[int, Line]:
    """The lines with their baselines and targets, and the sources of these, as pages tell them. One query.

    A line is joined with each of its baselines, targets and points on the way: a few, so they are few rows.
    """
    series: dict[int, Line] = {}
    points: dict[int, list[Waypoint]] = {}
    seen: set[Baseline | Target] = set()
    for row in _joined(ids, on):
        line = series.setdefault(row.pk, Line(row, is_redefined=bool(row.redefined)))
        # Where the joined row is empty, Django sets nothing.
        for one in (getattr(row, f"a_{name}", None) for name in _PATH):
            if one is not None and one not in seen:
                seen.add(one)
                _place(line, one, on)
                if isinstance(one, Target):
                    points[one.pk] = _points_of(one)
        if row.point is not None and all(row.point != point.pk for point in points[row.a_target.pk]):
            found = Waypoint(pk=row.point, target_id=row.a_target.pk, date=row.point_on, value=row.point_value)
            points[row.a_target.pk].append(found)
    return series


def _points_of(target: Target) -> list[Waypoint]:
    """The list from which `target.waypoints` is answered: without a query, as if they had been read along."""
    rows: Any = target.waypoints.all()
    rows._result_cache, rows._prefetch_done = [], True
    target._prefetched_objects_cache = {"waypoints": rows}
    found: list[Waypoint] = rows._result_cache
    return found


def _place(line: Line, row: Any, on: date) -> None:
    """Put a baseline or target where it belongs: in force on the day, or before it."""
    if row.valid_until is not None and row.valid_until <= on:
        line.past.append(row)
    elif isinstance(row, Target):
        line.target = row
    else:
        line.baseline = row


def _joined(ids: Sequence[int], on: date) -> QuerySet[Any]:
    """Lines with each of their baselines and targets in every row, those before first, and a point on the way."""
    rows: Any = _series(Audience.PUBLIC, ids, on)
    told = {f"a_{name}": FilteredRelation(f"{name}s", condition=_begun(on, f"{name}s__")) for name in _PATH}
    beside = [name for one in told for name in (one, f"{one}__source")]
    point = "a_target__waypoints__"
    rows = rows.annotate(**told).annotate(
        point=F(f"{point}pk"), point_on=F(f"{point}date"), point_value=F(f"{point}value")
    )
    order = [F(f"{one}__{column}") for one in told for column in ("valid_until", "id")]
    rows = rows.select_related("country", *beside)
    return rows.order_by("pk", *(name.asc(nulls_last=True) for name in order), "point_on")


def _series(audience: Audience, ids: Sequence[int], on: date) -> QuerySet[Any]:
    rows = columns_for(audience, Series.objects.filter(indicator_id__in=ids), "country")
    redefined = Exists(_redefinitions(on).filter(indicator=OuterRef("indicator")).order_by())
    return rows.annotate(redefined=redefined).order_by("pk")


def _baselines(audience: Audience, ids: Sequence[int], on: date) -> QuerySet[Any]:
    rows = Baseline.objects.filter(_begun(on), series_id__in=ids)
    return columns_for(audience, rows, "source").order_by("valid_until", "id")


def _targets(audience: Audience, ids: Sequence[int], on: date) -> QuerySet[Any]:
    rows = Target.objects.filter(_begun(on), series_id__in=ids)
    return columns_for(audience, rows, "source").order_by("valid_until", "id")


def _begun(on: date, of: str = "") -> Q:
    return Q(**{f"{of}valid_from__isnull": True}) | Q(**{f"{of}valid_from__lte": on})


def earlier_definitions(indicator_ids: list[int], on: date) -> dict[int, dict[str, str]]:
    """How indicators were counted on a day, where a definition revised since changes that; by indicator.

    One query, none for no indicators: name those alone whose line says that they are redefined.
    """
    if not indicator_ids:
        return {}
    later = _redefinitions(on).filter(indicator_id__in=indicator_ids)
    found: dict[int, dict[str, str]] = defaultdict(dict)
    for row in later.order_by("-takes_effect_on", "-pk"):
        was = {name: row.columns[name]["was"] for name in ("direction", "counting") if name in row.columns}
        found[row.indicator_id] |= was
    return found


def _redefinitions(on: date) -> QuerySet[Any]:
    """Approved changes of a definition that take effect after a day."""
    return Revision.objects.filter(
        subject=RevisionSubject.DEFINITION, state=ReportState.PUBLISHED, takes_effect_on__gt=on
    )


def as_defined(indicator: Indicator, earlier: dict[str, str]) -> Indicator:
    """The indicator, counted as it was on the day: what was said of that day is not said anew."""
    if not earlier:
        return indicator
    then = copy(indicator)
    for name, value in earlier.items():
        setattr(then, name, value)
    return then


def parties_of(indicators: Sequence[Indicator], lines: dict[int, list[Line]]) -> Parties:
    """The countries that a commitment names, by its id, where an indicator is told country by country."""
    told = [
        indicator.commitment_id
        for indicator in indicators
        if indicator.commitment_id and any(line.series.country_id for line in lines.get(indicator.pk, ()))
    ]
    rows = Party.objects.filter(commitment_id__in=told, country__isnull=False)
    return countries_named(rows.values_list("commitment_id", "country_id") if told else ())


def countries_named(parties: Iterable[tuple[int, int | None]]) -> Parties:
    """The countries that are parties, by the id of the commitment, of pairs of both."""
    named: Parties = defaultdict(set)
    for commitment_id, country_id in parties:
        named[commitment_id].add(country_id)
    return named


def _measurements(audience: Audience, ids: Sequence[int], on: date) -> QuerySet[Any]:
    rows = Measurement.objects.accepted() if audience is Audience.WORKSPACE else Measurement.objects.published()
    return columns_for(audience, rows.filter(series_id__in=ids), "source").order_by("-as_of", "-pk")


def figures_in_use(series: Iterable[int]) -> dict[int, list[Measurement]]:
    """The published figures in use of these lines, by line. One query."""
    found: dict[int, list[Measurement]] = defaultdict(list)
    for row in Measurement.objects.published().used().filter(series_id__in=list(series), as_of__isnull=False):
        found[row.series_id].append(row)
    return found


def has_come(figures: Iterable[Measurement], *, period_start: date, period_end: date, since: date) -> bool:
    """Whether what a cycle asked for is public, be it sent after the cycle was closed.

    What speaks of the period's last day or later is not asked for; an open cycle takes any day of the period, so one
    published since it opened counts too, and one that was on record before does not.
    """
    return any(
        row.day.last_day >= period_end
        or (row.day.last_day >= period_start and row.published_at is not None and site_day(row.published_at) >= since)
        for row in figures
        if row.day is not None
    )
