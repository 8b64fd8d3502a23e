"""How an indicator stands on a day: the first rule that applies, numbered as on the method page.

Pure: no database, no clock, no words. The page that shows a status shows the figures it was worked out from.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction

from commitments.formats.partial import last_day_of_period
from commitments.indicators import path
from commitments.indicators.enums import Direction, Qualifier, Reason, Status
from commitments.indicators.facts import IndicatorFacts, Result, Thresholds
from commitments.indicators.path import Case
from commitments.indicators.series import (
    Point,
    counting_values,
    has_path,
    is_level,
    latest_complete_period,
    points_judged,
    spoken_in_time,
)

Rule = Callable[[Case], Result | None]


def status(facts: IndicatorFacts, on: date) -> Result:
    """Decide how an indicator stands on a day, by the first rule that applies.

    The facts are those in force on that day; values that speak of a later day are left out.
    """
    values = counting_values(facts, on)
    judged = points_judged(facts, on)
    case = Case(facts, on, values, judged.points, judged.missing_from, path.target_day(facts))
    return next(result for rule in _rules_for(facts) if (result := rule(case)))


def status_at_last_value(facts: IndicatorFacts, on: date) -> Result:
    """Decide how the indicator of a closed commitment stood on the day of its last counting value.

    Also when that day lies after the end; a target date that passes later changes nothing. Without a counting value
    the result names what is missing.
    """
    days = [value.as_of.last_day for value in counting_values(facts, on) if value.as_of]
    return status(facts, days[-1] if days else on)


# -- rules 1 to 8 ------------------------------------------------------------------------------------------------


def _observed(case: Case) -> Result | None:
    """Rule 1."""
    return case.say(Status.NONE, Reason.OBSERVED, 1) if case.facts.direction is Direction.OBSERVE else None


def _ingredient_missing(case: Case) -> Result | None:
    """Rule 2: no target, a baseline that the arithmetic needs, parties without a figure, nothing that can be judged."""
    facts = case.facts
    if facts.target is None:
        return case.say_missing(Reason.NO_TARGET)
    if facts.target.qualifier is Qualifier.MULTIPLE and path.target_figure(facts) is None:
        return case.say_missing(Reason.NO_BASELINE)
    if facts.coverage and 0 < facts.coverage.known < facts.coverage.total and not facts.measurements:
        return case.say_missing(Reason.INCOMPLETE_PARTIES)
    if not case.counting:
        spoken = spoken_in_time(facts, case.on)
        if any(not value.comparable for value in spoken):
            return case.say_missing(Reason.NOT_COMPARABLE)
        return case.say_missing(Reason.ONLY_WORDS) if spoken else None
    is_ahead = case.target_day is not None and not case.date_has_passed
    if has_path(facts) and path.start_figure(facts) is None and is_ahead:
        return case.say_missing(Reason.NO_BASELINE)
    return None


def _reached(case: Case) -> Result | None:
    """Rule 3. A total that grows stays met; a level is judged near its date, before it a level met is on track."""
    if not case.points:
        return None
    facts, latest = case.facts, case.points[-1]
    if not is_level(facts):
        first = next((point for point in case.points if case.meets(point)), None)
        return case.say_met(Status.FULFILLED, _manner(case, first), first) if first else None
    if case.target_day is None:
        point, said, reason = latest, Status.FULFILLED, Reason.REACHED_NOW
    elif case.on < case.target_day:
        point, said, reason = latest, Status.ON_TRACK, Reason.REACHED_EARLY
    elif nearest := case.nearest():
        point, said, reason = nearest, Status.FULFILLED, _manner(case, nearest)
    else:
        return None
    return case.say_met(said, reason, point) if case.meets(point) else None


def _manner(case: Case, met: Point) -> Reason:
    """Whether the record shows the target reached in time, late, or on a day it does not tell."""
    if case.target_day is None:
        return Reason.REACHED_DAY_UNKNOWN
    if met.day <= case.target_day:
        return Reason.REACHED_BY
    since = [point for point in case.points if case.target_day <= point.day < met.day]
    is_downwards = case.facts.direction is Direction.DECREASE
    if any(case.falls_short(point) and (is_downwards or not point.is_lower_bound) for point in since):
        return Reason.REACHED_LATE
    return Reason.REACHED_DAY_UNKNOWN


def _period_missing(case: Case) -> Result | None:
    """Rule 2 for a flow: its sum cannot be worked out beyond a gap. What the sum before it reached stays reached."""
    if case.missing_from is None:
        return None
    return replace(case.say_missing(Reason.PERIOD_MISSING), missing_from=case.missing_from)


def _undated(case: Case) -> Result | None:
    """Rule 4."""
    return case.say_missing(Reason.NO_DATE, 4) if case.target_day is None else None


def _not_started(case: Case) -> Result | None:
    """Rule 5. A first reporting date that is not on record counts as come."""
    facts = case.facts
    if facts.baseline and case.on < facts.baseline.date.first_day:
        return case.say(Status.NOT_STARTED, Reason.BEFORE_BASELINE, 5)
    is_ahead = facts.first_report_on is not None and facts.first_report_on > case.on
    if is_ahead and not case.counting and not case.date_has_passed:
        return case.say(Status.NOT_STARTED, Reason.BEFORE_FIRST_REPORT, 5)
    return None


def _no_figure(case: Case) -> Result | None:
    """Rule 6."""
    return None if case.counting else case.say_missing(Reason.NO_FIGURE, 6)


def _end_figure_missing(case: Case) -> Result | None:
    """Rule 7: the last value and its share stay visible in words."""
    window = case.facts.thresholds.end_window_days
    if case.days_past_target is None or case.days_past_target <= window:
        return None
    if any(value.as_of and case.distance(value.as_of.last_day) >= -window for value in case.counting):
        return None
    return case.say_missing(Reason.END_FIGURE_MISSING, 7)


def _not_reached(case: Case) -> Result | None:
    """Rule 8. The part of the way is left out where there is no baseline to measure it from."""
    latest = case.points[-1]
    if not case.date_has_passed or case.distance(latest.day) < -case.facts.thresholds.end_window_days:
        return None
    if not case.falls_short(latest):
        return None
    if path.met_from(case.facts) is None:
        return case.say_missing(Reason.NO_BASELINE)
    done = path.way_done(case.facts, latest)
    result = case.say(Status.OFF_TRACK, Reason.NOT_REACHED, 8, latest)
    return case.proven(replace(result, percent_reached=None if done is None else path.decimal(done)), latest)


# -- rules 9 to 12: against the expected path, or as the direction has it -------------------------------------------


def _on_the_path(case: Case) -> Result:
    """Rules 9 to 12: the latest value against the path at the date it speaks of, never at the day of asking."""
    facts, latest = case.facts, case.points[-1]
    figure, b = Fraction(latest.figure(facts.direction)), path.start_figure(facts)
    aim = path.expected(facts, latest.day)
    if aim is not None and not path.better(facts, aim, figure):
        said = Status.ON_TRACK, Reason.NOTHING_EXPECTED if aim == b else Reason.AS_EXPECTED, 9
    elif aim is None or b is None:
        return case.say_missing(Reason.NO_BASELINE)
    elif path.better(facts, b, figure):
        said = Status.OFF_TRACK, Reason.WORSE_THAN_BASELINE, 10
    elif _is_early(case, latest):
        said = Status.ON_TRACK, Reason.EARLY, 9
    else:
        said = _by_share((figure - Fraction(b)) / (aim - Fraction(b)), facts.thresholds)
    return case.proven(case.say(*said, latest), latest)


def _by_share(share: Fraction, thresholds: Thresholds) -> tuple[Status, Reason, int]:
    """Rules 10 to 12, both bounds belonging to the better status."""
    if share < Fraction(thresholds.at_risk_from):
        return Status.OFF_TRACK, Reason.FAR_BEHIND, 10
    if share < Fraction(thresholds.on_track_from):
        return Status.AT_RISK, Reason.BEHIND, 11
    return Status.ON_TRACK, Reason.NEARLY_AS_EXPECTED, 12


def _is_early(case: Case, point: Point) -> bool:
    """Whether less than a tenth of the time from baseline to target had run when the value was taken."""
    if case.facts.baseline is None or case.target_day is None:
        return False
    b_day = case.facts.baseline.date.first_day
    return (point.day - b_day).days < case.facts.thresholds.early_share * (case.target_day - b_day).days


def _each_period(case: Case) -> Result:
    """Rules 6, 9 and 10 for a target that holds for each period: the latest complete one by itself."""
    facts = case.facts
    per = facts.target.per if facts.target else None
    point = latest_complete_period(case.counting, per, case.on) if per else None
    if point is None:
        return case.say(Status.NO_DATA, Reason.NO_FIGURE, 6)
    if facts.direction is Direction.HOLD:
        is_met = case.is_inside(point)
    else:
        is_met = not case.falls_short(point)
        if not is_met and path.met_from(facts) is None:
            return case.say(Status.NO_DATA, Reason.NO_BASELINE, 2, point)
    if is_met:
        return case.proven(case.say(Status.ON_TRACK, Reason.PERIOD_MET, 9, point), point)
    return case.proven(case.say(Status.OFF_TRACK, Reason.PERIOD_NOT_MET, 10, point), point)


def _held(case: Case) -> Result | None:
    """Rule 3 for a range to stay in: inside near the target date, and never outside in the twelve months before."""
    if case.target_day is None or case.on < case.target_day:
        return None
    point = case.nearest()
    if point is None or not case.is_inside(point) or _left_earlier(case, point):
        return None
    if point.is_upper_bound and point.low == path.limits_of_hold(case.facts)[0]:
        return None
    result = case.say_met(Status.FULFILLED, Reason.HELD, point)
    return result if case.proven(result, point) is result else None


def _inside(case: Case) -> Result:
    """Rules 9 to 11 for a range to stay in, by the latest value."""
    latest = case.points[-1]
    if not case.is_inside(latest):
        said = Status.OFF_TRACK, Reason.OUTSIDE_RANGE, 10
    elif _left_earlier(case, latest):
        said = Status.AT_RISK, Reason.OUTSIDE_EARLIER, 11
    else:
        said = Status.ON_TRACK, Reason.INSIDE_RANGE, 9
    return case.proven(case.say(*said, latest), latest)


def _left_earlier(case: Case, point: Point) -> bool:
    """Whether an earlier value of the twelve months that end with this one lay outside."""
    return any(
        not earlier.is_lower_bound and not case.is_inside(earlier)
        for earlier in case.points
        if earlier.day < point.day <= last_day_of_period(earlier.day, 12)
    )


def _stages(case: Case) -> Result:
    """Rules 8 to 11 for a list of stages: what was due by the day of asking and is not recorded is late."""
    latest, recorded = case.points[-1], max(point.low for point in case.points)
    if case.date_has_passed:
        return case.say(Status.OFF_TRACK, Reason.NOT_REACHED, 8, latest)
    due = [stage for stage in (case.facts.target.waypoints if case.facts.target else ()) if stage.value > recorded]
    earliest = min(
        (stage for stage in due if stage.date.last_day < case.on), key=lambda stage: stage.date, default=None
    )
    if earliest is None:
        return case.say(Status.ON_TRACK, Reason.STAGES_IN_TIME, 9, latest)
    days = (case.on - earliest.date.last_day).days
    said = Status.AT_RISK, Reason.STAGE_LATE, 11
    if days > case.facts.thresholds.milestone_grace_days:
        said = Status.OFF_TRACK, Reason.STAGE_OVERDUE, 10
    return replace(case.say(*said, latest), expected=earliest.value, late_days=days)


_ALONG_A_PATH = (
    _observed,
    _ingredient_missing,
    _reached,
    _period_missing,
    _undated,
    _not_started,
    _no_figure,
    _end_figure_missing,
    _not_reached,
    _on_the_path,
)
_HOLD = (_observed, _ingredient_missing, _held, _not_started, _no_figure, _end_figure_missing, _inside)
_REACH = (_observed, _ingredient_missing, _reached, _undated, _not_started, _no_figure, _end_figure_missing, _stages)
_EACH_PERIOD = (_observed, _ingredient_missing, _each_period)


def _rules_for(facts: IndicatorFacts) -> tuple[Rule, ...]:
    """Rules in their order, as the direction and the kind of target have them."""
    if facts.target and facts.target.per:
        return _EACH_PERIOD
    if facts.direction is Direction.HOLD:
        return _HOLD
    return _REACH if facts.direction is Direction.REACH else _ALONG_A_PATH
