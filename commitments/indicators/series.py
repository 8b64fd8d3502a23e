"""Which figures of an indicator are judged: the values that count, running sums of a flow, sums of the parties."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from commitments.formats.partial import PartialDate, Precision, last_day_of_period
from commitments.indicators.enums import Counting, Direction, Per
from commitments.indicators.facts import Coverage, DueFigure, IndicatorFacts, MeasurementFact


@dataclass(frozen=True, slots=True)
class Point:
    """A figure to be judged: a counting value, or for a flow the running sum at the end of a period."""

    as_of: PartialDate
    low: Decimal
    high: Decimal
    is_lower_bound: bool
    is_upper_bound: bool
    ids: tuple[int | str, ...]

    @property
    def day(self) -> date:
        """Day it stands for in all arithmetic: the last one it may mean."""
        return self.as_of.last_day

    def figure(self, direction: Direction) -> Decimal:
        """The worse end of what is printed: the upper one where less is better."""
        return self.high if direction is Direction.DECREASE else self.low


@dataclass(frozen=True, slots=True)
class RunningSum:
    """Sums at the end of each period up to the first gap; `missing_from` is the first day of that gap."""

    points: tuple[Point, ...]
    missing_from: date | None = None


@dataclass(frozen=True, slots=True)
class CombinedSeries:
    """Sums of the parties' figures, with how many of them have one."""

    measurements: tuple[MeasurementFact, ...]
    coverage: Coverage


def first_counting_day(facts: IndicatorFacts) -> date | None:
    """Day from which values count: the baseline's first, without one the last that "made on" may mean.

    None where the record has neither: then no value can be shown to belong to the commitment.
    """
    if facts.baseline:
        return facts.baseline.date.first_day
    return facts.made_on.last_day if facts.made_on else None


def spoken_in_time(facts: IndicatorFacts, on: date) -> list[MeasurementFact]:
    """Values, words and not comparable figures of a day that counts, earliest first; undated ones are only listed."""
    start = first_counting_day(facts)
    if start is None:
        return []
    dated = [(value.as_of, value) for value in facts.measurements if value.as_of]
    dated.sort(key=lambda pair: pair[0])
    return [value for as_of, value in dated if as_of.last_day >= start and as_of.first_day <= on]


def counting_values(facts: IndicatorFacts, on: date) -> tuple[MeasurementFact, ...]:
    """Comparable figures of a day that counts, earliest first."""
    return tuple(value for value in spoken_in_time(facts, on) if value.comparable and value.low is not None)


def has_path(facts: IndicatorFacts) -> bool:
    """Whether an expected value runs to the target: not for a range to stay in, a stage, or each period by itself."""
    judged = facts.direction in (Direction.INCREASE, Direction.DECREASE)
    return judged and facts.target is not None and facts.target.per is None


def is_level(facts: IndicatorFacts) -> bool:
    """Whether it is judged as it stands at the target date; a growing total or a stage that was reached stays so."""
    grows = facts.direction is Direction.INCREASE and facts.counting is not Counting.STOCK
    return not grows and facts.direction is not Direction.REACH


def points_judged(facts: IndicatorFacts, on: date) -> RunningSum:
    """Counting values as points; of a flow on its way to a target the running sums from 0 on the baseline date.

    Without a baseline they begin with a period that leaves no day out since the commitment was made.
    """
    values = counting_values(facts, on)
    if facts.counting is Counting.FLOW and has_path(facts):
        if facts.baseline:
            return running_sum(values, facts.baseline.date.first_day)
        return running_sum(values, None, covers=first_counting_day(facts))
    return RunningSum(tuple(point for value in values if (point := point_of(value))))


def point_of(value: MeasurementFact) -> Point | None:
    """Make a point of a value; None for words, and where the day is not known."""
    if value.as_of is None or value.low is None or value.high is None:
        return None
    return Point(value.as_of, value.low, value.high, value.is_lower_bound, value.is_upper_bound, value.ids)


def period_of(value: MeasurementFact) -> tuple[date, date] | None:
    """First and last day of the period a value speaks of; None where the record gives a day without its period."""
    if value.as_of is None:
        return None
    if value.period_start:
        return value.period_start, value.as_of.last_day
    return None if value.as_of.precision is Precision.DAY else (value.as_of.first_day, value.as_of.last_day)


def running_sum(values: Sequence[MeasurementFact], starts_on: date | None, *, covers: date | None = None) -> RunningSum:
    """Add up the periods of a flow, which must follow each other from `starts_on`.

    With None they follow from the first period, which begins no later than the day after `covers`. The sum stops where
    a period is missing, overlaps another, or has no beginning on record.
    """
    points: list[Point] = []
    low = high = Decimal(0)
    lower = upper = False
    ids: tuple[int | str, ...] = ()
    due = starts_on
    for value in values:
        point, period = point_of(value), period_of(value)
        if point is None:
            continue
        if due is None and covers is not None and period is not None and period[0] > covers + timedelta(days=1):
            return RunningSum((), missing_from=covers + timedelta(days=1))
        if period is None or (due is not None and period[0] != due):
            return RunningSum(tuple(points), missing_from=due or point.day)
        low, high = low + point.low, high + point.high
        lower, upper = lower or point.is_lower_bound, upper or point.is_upper_bound
        ids += point.ids
        points.append(Point(point.as_of, low, high, lower, upper, ids))
        due = period[1] + timedelta(days=1)
    return RunningSum(tuple(points))


def latest_complete_period(values: Sequence[MeasurementFact], per: Per, on: date) -> Point | None:
    """Value of the latest whole period of that length that is over on the day; longer or shorter ones do not do."""
    for value in reversed(values):
        period = period_of(value)
        if period and period[1] == last_day_of_period(period[0], per.months) and period[1] <= on:
            return point_of(value)
    return None


def combine_parties(series: Sequence[Sequence[MeasurementFact]]) -> CombinedSeries:
    """Add up the used figures of the parties, one series each, for every date on which all of them have one.

    Only where there is no total series. A party without figures is an empty series, never left out. Where no date
    has them all, the measurements are empty and the coverage says "2 of 5 countries".
    """
    found: dict[tuple[PartialDate, date | None], dict[int, MeasurementFact]] = {}
    for party, values in enumerate(series):
        for value in values:
            if value.as_of and value.comparable and value.low is not None:
                found.setdefault((value.as_of, value.period_start), {})[party] = value
    complete = sorted(
        ((as_of, start, figures) for (as_of, start), figures in found.items() if len(figures) == len(series)),
        key=lambda item: item[0],
    )
    known = len(series) if complete else max(map(len, found.values()), default=0)
    sums = tuple(_sum_of(as_of, start, tuple(figures.values())) for as_of, start, figures in complete)
    return CombinedSeries(sums, Coverage(known, len(series)))


def _sum_of(as_of: PartialDate, start: date | None, parts: tuple[MeasurementFact, ...]) -> MeasurementFact:
    """Make one figure of the parties' figures for a date."""
    low = sum((figure.low for figure in parts if figure.low is not None), Decimal(0))
    high = sum((figure.high for figure in parts if figure.high is not None), Decimal(0))
    if low == high:
        return MeasurementFact(as_of, value=low, period_start=start, parts=parts)
    return MeasurementFact(as_of, value_min=low, value_max=high, period_start=start, parts=parts)


def stale_since(facts: IndicatorFacts, due: Sequence[DueFigure], on: date) -> date | None:
    """Day since which a newer figure than the newest on record is overdue; None where none is. Changes no status."""
    days = [value.as_of.last_day for value in facts.measurements if value.as_of]
    if not days:
        return None
    return min((figure.due_on for figure in due if figure.due_on < on and figure.speaks_of > max(days)), default=None)
