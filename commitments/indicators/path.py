"""Where an indicator should stand: baseline, target, the expected path between them, and a point held against it.

Fractions are used inside, so that a share of exactly 0.70 is 0.70; what is handed out is Decimal.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Context, Decimal
from fractions import Fraction

from commitments.indicators.enums import Counting, Direction, Path, Qualifier, Reason, Status
from commitments.indicators.facts import IndicatorFacts, MeasurementFact, Result, WaypointFact
from commitments.indicators.series import Point, first_counting_day, has_path

_DIGITS = Context(prec=28)


def decimal(number: Fraction) -> Decimal:
    """Write a fraction as a Decimal of at most 28 digits."""
    return _DIGITS.divide(Decimal(number.numerator), Decimal(number.denominator))


def start_figure(facts: IndicatorFacts) -> Decimal | None:
    """Figure the path starts from: the baseline, for a flow 0; None without a baseline."""
    if facts.baseline is None:
        return None
    return Decimal(0) if facts.counting is Counting.FLOW else facts.baseline.value


def target_figure(facts: IndicatorFacts) -> Decimal | None:
    """Figure the path leads to: the value, the lower end of a range, a multiple of the baseline worked out."""
    target = facts.target
    if target is None:
        return None
    if target.qualifier is Qualifier.MULTIPLE:
        reference = facts.baseline.value if facts.baseline else None
        return None if reference is None or target.value is None else target.value * reference
    if target.value is not None:
        return target.value
    return target.value_max if target.value_min is None else target.value_min


def target_day(facts: IndicatorFacts) -> date | None:
    """Last day of the target's date."""
    return facts.target.date.last_day if facts.target and facts.target.date else None


def better(facts: IndicatorFacts, one: Decimal | Fraction, other: Decimal | Fraction) -> bool:
    """Whether one figure is better than another."""
    return one < other if facts.direction is Direction.DECREASE else one > other


def met_from(facts: IndicatorFacts) -> Fraction | None:
    """Figure from which the target counts as met: with "about", "nearly", "up to" from 0.90 of the way to it.

    Without a baseline the way to a higher figure is measured from 0, the least that can be counted; the way down
    to a lower one cannot be measured: None, and only the target itself shows that it is met.
    """
    t = target_figure(facts)
    if t is None or facts.target is None:
        return None
    if not facts.target.qualifier.is_soft:
        return Fraction(t)
    b = start_figure(facts)
    if b is None and facts.direction is Direction.DECREASE:
        return None
    b = Decimal(0) if b is None else b
    if not better(facts, t, b):
        return Fraction(t)
    return Fraction(b) + Fraction(facts.thresholds.on_track_from) * (Fraction(t) - Fraction(b))


def limits_of_hold(facts: IndicatorFacts) -> tuple[Decimal | None, Decimal | None]:
    """Least and most that a `hold` may show; None where that side is open ("at least 30")."""
    target = facts.target
    if target is None or target.value is None:
        return (target.value_min, target.value_max) if target else (None, None)
    least = None if target.qualifier is Qualifier.UP_TO else target.value
    return least, None if target.qualifier.is_lower_bound else target.value


def expected(facts: IndicatorFacts, day: date) -> Fraction | None:
    """Exact expected value on a day; None where the record does not let it be known."""
    t, t_day, b = target_figure(facts), target_day(facts), start_figure(facts)
    if not has_path(facts) or t is None or t_day is None or facts.target is None:
        return None
    if day >= t_day:
        return Fraction(t)
    if b is None or facts.baseline is None:
        return None
    if facts.target.path is Path.STEP or day <= facts.baseline.date.first_day:
        return Fraction(b)
    knots = _knots(facts, facts.baseline.date.first_day, b, t_day, t)
    after = next(index for index, (knot, _) in enumerate(knots) if knot > day)
    (left, low), (right, high) = knots[after - 1 : after + 1]
    return Fraction(low) + (Fraction(high) - Fraction(low)) * (day - left).days / (right - left).days


def expected_at(facts: IndicatorFacts, day: date) -> Decimal | None:
    """Value expected on a day: before the baseline its figure, after the target date the target."""
    value = expected(facts, day)
    return None if value is None else decimal(value)


def share_of(facts: IndicatorFacts, point: Point) -> Fraction | None:
    """(value - b) / (expected - b) on the day the value speaks of; None unless something better than b is expected."""
    aim, b = expected(facts, point.day), start_figure(facts)
    if aim is None or b is None or not better(facts, aim, b):
        return None
    return (Fraction(point.figure(facts.direction)) - Fraction(b)) / (aim - Fraction(b))


def way_done(facts: IndicatorFacts, point: Point) -> Fraction | None:
    """(value - b) / (t - b), the part of the whole way; None without baseline or where there is no way to go."""
    t, b = target_figure(facts), start_figure(facts)
    if t is None or b is None or not better(facts, t, b):
        return None
    return (Fraction(point.figure(facts.direction)) - Fraction(b)) / (Fraction(t) - Fraction(b))


def expected_line(facts: IndicatorFacts) -> list[tuple[date, Decimal]]:
    """Points of the expected line of a chart, earliest first; stages and a step path rise as stairs, on their day.

    Only the target's point where the baseline is missing; empty where there is no line to draw.
    """
    t, t_day, b = target_figure(facts), target_day(facts), start_figure(facts)
    if facts.target and facts.direction is Direction.REACH:
        return _stages(facts)
    if not has_path(facts) or t is None or t_day is None or facts.target is None:
        return []
    if b is None or facts.baseline is None or facts.baseline.date.first_day >= t_day:
        return [(t_day, t)]
    b_day = facts.baseline.date.first_day
    if facts.target.path is Path.STEP:
        return _stairs((b_day, b), [(t_day, t)])
    return _knots(facts, b_day, b, t_day, t)


def runs_against(facts: IndicatorFacts) -> bool:
    """Whether the target of a level or running total is worse than its starting value: any figure would meet it."""
    t, b = target_figure(facts), start_figure(facts)
    judged = facts.direction in {Direction.INCREASE, Direction.DECREASE} and facts.counting is not Counting.FLOW
    return judged and t is not None and b is not None and better(facts, b, t)


def refused_waypoints(facts: IndicatorFacts) -> tuple[WaypointFact, ...]:
    """Waypoints that run against the direction, lie outside the time to the target date, or have no line to shape."""
    t, t_day, last = target_figure(facts), target_day(facts), start_figure(facts)
    if facts.target is None or (facts.target.path is Path.STEP and facts.direction is not Direction.REACH):
        return facts.target.waypoints if facts.target else ()
    refused: list[WaypointFact] = []
    for waypoint in sorted(facts.target.waypoints, key=lambda waypoint: waypoint.date):
        outside = t_day is not None and waypoint.date.last_day >= t_day
        outside = outside or bool(facts.baseline and waypoint.date.last_day <= facts.baseline.date.first_day)
        falls_back = last is not None and better(facts, last, waypoint.value)
        if outside or falls_back or (t is not None and better(facts, waypoint.value, t)):
            refused.append(waypoint)
        else:
            last = waypoint.value
    return tuple(refused)


def _knots(facts: IndicatorFacts, b_day: date, b: Decimal, t_day: date, t: Decimal) -> list[tuple[date, Decimal]]:
    """Baseline, the waypoints between, target."""
    waypoints = facts.target.waypoints if facts.target else ()
    between = {point.date.last_day: point.value for point in waypoints if b_day < point.date.last_day < t_day}
    return [(b_day, b), *sorted(between.items()), (t_day, t)]


def _stages(facts: IndicatorFacts) -> list[tuple[date, Decimal]]:
    """Dated stages up to the target's, from none (or the baseline's) on the day that counting begins."""
    start, t, t_day = first_counting_day(facts), target_figure(facts), target_day(facts)
    stages = {stage.date.last_day: stage.value for stage in (facts.target.waypoints if facts.target else ())}
    if t is not None and t_day is not None:
        stages[t_day] = t
    if start is None or not stages:
        return []
    return _stairs((start, start_figure(facts) or Decimal(0)), sorted(stages.items()))


def _stairs(start: tuple[date, Decimal], stages: Sequence[tuple[date, Decimal]]) -> list[tuple[date, Decimal]]:
    """Level until each day, then up to its value."""
    line = [start]
    for day, value in stages:
        line += [(day, line[-1][1]), (day, value)]
    return line


@dataclass(frozen=True, slots=True)
class Case:
    """One indicator on one day, with what the rules ask of it worked out once."""

    facts: IndicatorFacts
    on: date
    counting: tuple[MeasurementFact, ...]
    points: tuple[Point, ...]
    missing_from: date | None
    target_day: date | None

    @property
    def days_past_target(self) -> int | None:
        """Days since the target date; 0 on the date itself, which still lies ahead; None without one."""
        return None if self.target_day is None else (self.on - self.target_day).days

    @property
    def date_has_passed(self) -> bool:
        """Whether the target date lies behind."""
        return self.days_past_target is not None and self.days_past_target > 0

    def distance(self, day: date) -> int:
        """Days from the target date to another, negative before it."""
        return (day - self.target_day).days if self.target_day else 0

    def say(self, status: Status, reason: Reason, rule: int, point: Point | None = None) -> Result:
        """Answer with the ingredients of the sentence, judged on a point."""
        facts = self.facts
        share = share_of(facts, point) if point else None
        b = start_figure(facts)
        return Result(
            status=status,
            reason=reason,
            rule=rule,
            on=self.on,
            value=point.figure(facts.direction) if point else None,
            as_of=point.as_of if point else None,
            expected=expected_at(facts, point.day) if point else None,
            share=None if share is None else decimal(share),
            baseline=b,
            baseline_date=facts.baseline.date if facts.baseline else None,
            target=target_figure(facts),
            target_date=facts.target.date if facts.target else None,
            coverage=facts.coverage,
            measurement_ids=point.ids if point else (),
            reads_from_zero=b == 0 and facts.direction is Direction.INCREASE,
        )

    def say_missing(self, reason: Reason, rule: int = 2) -> Result:
        """Answer that there is no data, with the last value that can be judged, if any."""
        return self.say(Status.NO_DATA, reason, rule, self.points[-1] if self.points else None)

    def say_met(self, status: Status, reason: Reason, point: Point) -> Result:
        """Answer by rule 3 with the figure that shows the target met; the latest figure stands beside it."""
        latest, direction = self.points[-1], self.facts.direction
        still_met = self.is_inside(latest) if direction is Direction.HOLD else self.meets(latest)
        return replace(
            self.say(status, reason, 3, point),
            share=None,  # held against the target alone
            met_on=point.as_of,
            latest=latest.figure(direction),
            latest_on=latest.as_of,
            fell_since=not still_met,
        )

    # -- holding a point against the target ----------------------------------------------------------------------

    @property
    def bar(self) -> Fraction | None:
        """Figure from which the target counts as met; the target itself where the way to it cannot be measured."""
        t = target_figure(self.facts)
        soft = met_from(self.facts)
        return Fraction(t) if soft is None and t is not None else soft

    def falls_short(self, point: Point) -> bool:
        """Whether the printed figure is worse than the one from which the target counts as met."""
        return self.bar is not None and better(self.facts, self.bar, Fraction(point.figure(self.facts.direction)))

    def meets(self, point: Point) -> bool:
        """Whether a value shows the target met: "nearly" and "up to" not by equality, a lower bound only upwards."""
        if point.is_lower_bound and self.facts.direction is Direction.DECREASE:
            return False
        if point.is_upper_bound and Fraction(point.figure(self.facts.direction)) == self.bar:
            return False
        return not self.falls_short(point)

    def is_inside(self, point: Point) -> bool:
        """Whether both printed ends lie in the range to hold, limits included."""
        least, most = limits_of_hold(self.facts)
        return (least is None or point.low >= least) and (most is None or point.high <= most)

    def nearest(self) -> Point | None:
        """Point nearest the target date, at most 92 days away; of two equally near ones the later."""
        window = self.facts.thresholds.end_window_days
        near = [point for point in self.points if abs(self.distance(point.day)) <= window]
        return min(near, key=lambda point: (abs(self.distance(point.day)), -self.distance(point.day)), default=None)

    def proven(self, result: Result, point: Point) -> Result:
        """Keep a result, unless only a lower bound is known: that may speak for a state, upwards, never against it."""
        upwards = self.facts.direction in (Direction.INCREASE, Direction.REACH)
        upwards = upwards or (self.facts.direction is Direction.HOLD and limits_of_hold(self.facts)[1] is None)
        speaks_for = result.status in (Status.FULFILLED, Status.ON_TRACK)
        if not point.is_lower_bound or (speaks_for and upwards):
            return result
        return replace(result, status=Status.NO_DATA, reason=Reason.LOWER_BOUND_ONLY)
