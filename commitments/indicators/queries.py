"""Readings of indicators and commitments: stored rows turned into facts, facts into statuses, in constant queries."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from commitments.formats.partial import PartialDate
from commitments.history.together import together
from commitments.indicators import progress
from commitments.indicators.enums import Counting, Direction, Path, Per, Qualifier
from commitments.indicators.facts import (
    BaselineFact,
    IndicatorFacts,
    MeasurementFact,
    Result,
    TargetFact,
    Thresholds,
    WaypointFact,
)
from commitments.indicators.in_force import VALUES as VALUES
from commitments.indicators.in_force import InForce, decided, in_force
from commitments.indicators.in_force import thresholds_on as thresholds_on
from commitments.indicators.lines import Audience as Audience
from commitments.indicators.lines import (
    Line,
    Parties,
    as_defined,
    earlier_definitions,
    figures_in_use,
    has_come,
    indicators_of,
    indicators_told,
    lines_of,
    milestones_of,
    parties_of,
)
from commitments.indicators.models import Baseline, Indicator, Measurement, Milestone, Series, StatusByHand, Target
from commitments.indicators.series import combine_parties
from commitments.indicators.totals import CommitmentResult, MilestoneFact, commitment_status
from commitments.register.enums import CLOSED, LifeCycle
from commitments.register.models import Commitment


@dataclass(frozen=True, slots=True)
class IndicatorReading:
    """An indicator with its lines, the facts judged and the status on a day; `silent` parties have no line at all."""

    indicator: Indicator
    lines: tuple[Line, ...]
    facts: IndicatorFacts
    result: Result
    silent: int = 0

    @property
    def total(self) -> Line | None:
        """The line for the whole."""
        return next((ln for ln in self.lines if ln.series.country_id is None and not ln.series.breakdown), None)

    @property
    def measurements(self) -> list[Measurement]:
        """All figures of all lines, newest first; figures without a date come last."""
        rows = [row for line in self.lines for row in line.measurements]
        return sorted(rows, key=lambda row: (row.as_of is not None, row.as_of or date.min, row.pk), reverse=True)

    @property
    def latest(self) -> Measurement | None:
        """The newest figure in use of the line for the whole."""
        return next((row for row in (self.total.measurements if self.total else []) if row.is_used), None)

    @property
    def is_key(self) -> bool:
        """Whether it decides the commitment's status: named so, or by default with a target and not merely observed."""
        if self.indicator.is_key is not None:
            return self.indicator.is_key
        return self.facts.target is not None and self.facts.direction is not Direction.OBSERVE


@dataclass(frozen=True, slots=True)
class CommitmentReading:
    """A commitment with its indicators, its milestones and its status on a day."""

    commitment: Commitment
    indicators: tuple[IndicatorReading, ...]
    milestones: tuple[Milestone, ...]
    result: CommitmentResult

    @property
    def key_indicators(self) -> tuple[IndicatorReading, ...]:
        """Those that decide the status."""
        return tuple(reading for reading in self.indicators if reading.is_key)

    @property
    def context_indicators(self) -> tuple[IndicatorReading, ...]:
        """Those listed beside, never counted."""
        return tuple(reading for reading in self.indicators if not reading.is_key)


def indicator_readings(
    indicators: QuerySet[Indicator] | Sequence[Indicator],
    *,
    on: date,
    audience: Audience = Audience.PUBLIC,
    thresholds: InForce | None = None,
    parties: Parties | None = None,
) -> dict[int, IndicatorReading]:
    """The reading of each indicator on a day, by its id. Constant number of queries.

    `thresholds` are those in force on the day, `parties` who commitments name, where they are at hand.
    """
    if isinstance(indicators, QuerySet):
        indicators = list(indicators.select_related("commitment__mechanism", "commitment__maker_country"))
    lines = lines_of([indicator.pk for indicator in indicators], on, audience)
    parties = parties if parties is not None else parties_of(indicators, lines)
    thresholds = thresholds if thresholds is not None else thresholds_on(on)
    redefined = [row.pk for row in indicators if any(line.is_redefined for line in lines.get(row.pk, ()))]
    earlier = earlier_definitions(redefined, on)
    readings = {}
    for indicator in indicators:
        own = tuple(lines.get(indicator.pk, ()))
        mechanism_id = indicator.commitment.mechanism_id if indicator.commitment else None
        silent = parties.get(indicator.commitment_id or 0, set()) - {line.series.country_id for line in own}
        defined = as_defined(indicator, earlier.get(indicator.pk, {}))
        facts = indicator_facts(defined, own, thresholds.get(mechanism_id, Thresholds()), silent=len(silent))
        status = result_of(indicator, facts, on)
        readings[indicator.pk] = IndicatorReading(indicator, own, facts, status, len(silent))
    return readings


def awaited_since(indicator: Indicator, *, on: date) -> date | None:
    """Since when a figure that a real cycle asked for last has not come: *stale*, which never changes a status.

    None while nothing is late, once a figure that answers it is public, or where a reason was sent, for the figure or
    for the whole report; and of a closed commitment. What somebody writes in a report that is not sent is no answer in
    public. Two queries.
    """
    if indicator.commitment is not None and indicator.commitment.life_cycle in CLOSED:
        return None
    asked = Series.objects.filter(
        indicator=indicator,
        entries__due_on__lt=on,
        entries__report__cycle__is_demonstration=False,
        entries__report__is_example=False,
    ).order_by("entries__due_on", "entries__id")
    told = ("entries__report__sent_at", "entries__cannot_reason", "entries__report__cannot_reason")
    cycle = [f"entries__report__cycle__{name}" for name in ("period_start", "period_end", "opens_on")]
    rows = asked.values_list("pk", "entries__due_on", "entries__measurement", *told, *cycle)
    newest = {row[0]: row[1:] for row in rows}
    figures = figures_in_use(newest)
    late = [
        due_on
        for series, (due_on, measurement, sent_at, reason, whole, start, end, opened) in newest.items()
        if measurement is None
        and not (sent_at is not None and (reason or whole))
        and not has_come(figures[series], period_start=start, period_end=end, since=opened)
    ]
    return min(late, default=None)


def indicator_reading(indicator: Indicator, *, on: date, audience: Audience = Audience.PUBLIC) -> IndicatorReading:
    """The reading of one indicator on a day."""
    return indicator_readings([indicator], on=on, audience=audience)[indicator.pk]


def commitment_readings(
    commitments: Sequence[Commitment], *, on: date, audience: Audience = Audience.PUBLIC
) -> dict[int, CommitmentReading]:
    """The reading of each commitment on a day, by its id. Constant number of queries."""
    ids = [commitment.pk for commitment in commitments]
    by_id = {commitment.pk: commitment for commitment in commitments}
    indicators, thresholds = _with_thresholds(ids, on, audience)
    for indicator in indicators:
        indicator.commitment = by_id[indicator.commitment_id or 0]
    readings = indicator_readings(indicators, on=on, audience=audience, thresholds=thresholds)
    milestones = defaultdict(list)
    # Some have read along that they have none.
    for milestone in milestones_of([row.pk for row in commitments if getattr(row, "has_milestones", 1)], on, audience):
        milestones[milestone.commitment_id].append(milestone)
    grouped = defaultdict(list)
    for indicator in indicators:
        grouped[indicator.commitment_id].append(readings[indicator.pk])
    found = {}
    for row in commitments:
        parts = tuple(grouped[row.pk]), tuple(milestones[row.pk])
        found[row.pk] = reading_of(row, *parts, thresholds.get(row.mechanism_id, Thresholds()), on)
    return found


def _with_thresholds(ids: Sequence[int], on: date, audience: Audience) -> tuple[list[Indicator], InForce]:
    """The published indicators of commitments, and the thresholds in force. One query, but for the kept statuses."""
    if audience is Audience.STATUSES:
        return indicators_of(ids, on, audience), thresholds_on(on)
    read = together(indicators=indicators_told(audience, ids, on), thresholds=decided(on))
    return sorted(read["indicators"], key=lambda row: row.code), in_force(read["thresholds"])


def commitment_reading(commitment: Commitment, *, on: date, audience: Audience = Audience.PUBLIC) -> CommitmentReading:
    """The reading of one commitment on a day."""
    return commitment_readings([commitment], on=on, audience=audience)[commitment.pk]


def status_by_hand(commitment_id: int) -> StatusByHand | None:
    """The status that the secretariat states beside the computed one, if one is in force. One query."""
    in_force = StatusByHand.objects.select_related("source").filter(lapsed_on__isnull=True)
    found = in_force.filter(commitment=commitment_id).first()
    return found if isinstance(found, StatusByHand) else None


def indicator_facts(
    indicator: Indicator, lines: tuple[Line, ...], thresholds: Thresholds, *, silent: int = 0
) -> IndicatorFacts:
    """What the arithmetic needs of one indicator: the line for the whole, or the parties' lines put together.

    `silent` is how many parties have no line at all: they count among "2 of 5 countries".
    """
    total = next((ln for ln in lines if ln.series.country_id is None and not ln.series.breakdown), None)
    measured = [measurement_fact(row) for row in total.measurements if row.is_used] if total else []
    coverage = None
    parties = [line for line in lines if line.series.country_id is not None and not line.series.breakdown]
    if not measured and parties:
        told = [[measurement_fact(row) for row in line.measurements if row.is_used] for line in parties]
        combined = combine_parties([*told, *([] for _ in range(silent))])
        measured, coverage = list(combined.measurements), combined.coverage
    return IndicatorFacts(
        direction=Direction(indicator.direction),
        counting=Counting(indicator.counting),
        baseline=baseline_fact(total.baseline) if total and total.baseline else None,
        target=target_fact(total.target, indicator) if total and total.target else None,
        measurements=tuple(measured),
        made_on=indicator.commitment.made if indicator.commitment else None,
        first_report_on=indicator.first_report_on,
        coverage=coverage,
        thresholds=thresholds,
    )


def baseline_fact(row: Baseline) -> BaselineFact:
    """A stored baseline as the arithmetic reads it."""
    return BaselineFact(value=row.value, date=row.day, qualifier=Qualifier(row.qualifier))


def target_fact(row: Target, indicator: Indicator) -> TargetFact:
    """A stored target, with its waypoints, as the arithmetic reads it."""
    return TargetFact(
        value=row.value,
        value_min=row.value_min,
        value_max=row.value_max,
        qualifier=Qualifier(row.qualifier),
        date=row.day,
        per=Per(indicator.per) if indicator.per else None,
        waypoints=tuple(WaypointFact(PartialDate(point.date), point.value) for point in row.waypoints.all()),
        path=Path(indicator.path),
    )


def measurement_fact(row: Measurement) -> MeasurementFact:
    """A stored figure as the arithmetic reads it."""
    return MeasurementFact(
        as_of=row.day,
        value=row.value,
        value_min=row.value_min,
        value_max=row.value_max,
        words=row.words,
        qualifier=Qualifier(row.qualifier),
        period_start=row.period_start,
        comparable=row.is_comparable,
        id=row.pk,
    )


def result_of(indicator: Indicator, facts: IndicatorFacts, on: date) -> Result:
    """The status on a day; for a closed commitment, the status on the path at its last counting value."""
    commitment = indicator.commitment
    if commitment is not None and LifeCycle(commitment.life_cycle).is_closed:
        return progress.status_at_last_value(facts, on)
    return progress.status(facts, on)


def reading_of(
    commitment: Commitment,
    indicators: tuple[IndicatorReading, ...],
    milestones: tuple[Milestone, ...],
    thresholds: Thresholds,
    on: date,
) -> CommitmentReading:
    """A commitment's reading from those of its parts. Pure."""
    result = commitment_status(
        [reading.result for reading in indicators if reading.is_key],
        [MilestoneFact(due=step.due, done=step.done) for step in milestones if step.is_key],
        on=on,
        is_closed=LifeCycle(commitment.life_cycle).is_closed,
        thresholds=thresholds,
    )
    return CommitmentReading(commitment, indicators, milestones, result)
