"""An indicator as a chart: its figures, the expected path, the target and today, with every label in words."""

from datetime import date
from decimal import Decimal

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from commitments.charts.plot import NARROW
from commitments.charts.series import Point, Trajectory, Words
from commitments.charts.trajectory import trajectory, trajectory_pair
from commitments.formats.dates import axis_date, short_date
from commitments.formats.numbers import format_number
from commitments.formats.partial import PartialDate
from commitments.indicators.enums import Counting, Path
from commitments.indicators.facts import IndicatorFacts, MeasurementFact
from commitments.indicators.models import Indicator, UnitType
from commitments.indicators.path import expected_line, target_day, target_figure
from commitments.indicators.queries import IndicatorReading
from commitments.indicators.series import points_judged
from commitments.indicators.wording import amount, explain, language, qualified


def chart_of(reading: IndicatorReading, *, on: date, id: str, small: bool = False) -> SafeString:  # noqa: A002
    """The trajectory chart of an indicator; empty when there are fewer than two figures to join."""
    return draw(reading.facts, reading.indicator, on=on, id=id, description=explain(reading), small=small)


def draw(
    facts: IndicatorFacts,
    indicator: Indicator,
    *,
    on: date,
    id: str,  # noqa: A002
    description: str,
    small: bool = False,
) -> SafeString:
    """Draw these facts; empty when there are fewer than two figures to join."""
    chart = _trajectory(facts, indicator, on)
    if not chart.is_a_line:
        return SafeString("")
    words = _words(facts, indicator, description, chart)
    return trajectory(chart, words, id=id, size=NARROW) if small else trajectory_pair(chart, words, id=id)


def _trajectory(facts: IndicatorFacts, indicator: Indicator, on: date) -> Trajectory:
    figure, day = target_figure(facts), target_day(facts)
    baseline = facts.baseline
    start = None
    if baseline is not None and baseline.value is not None:
        value = Decimal(0) if facts.counting is Counting.FLOW else baseline.value
        start = Point(baseline.date.first_day, value)
    stepped = facts.target is not None and facts.target.path is Path.STEP
    return Trajectory(
        points=tuple(_points(facts, on)),
        baseline=start,
        expected=tuple(Point(corner, value) for corner, value in expected_line(facts)),
        steps=stepped,
        target=Point(day, figure) if figure is not None and day is not None else None,
        level=figure if figure is not None and day is None else None,
        today=on,
        from_zero=indicator.unit_type != UnitType.PERCENT,
        whole=indicator.decimal_places == 0,
        tolerance=1 - facts.thresholds.on_track_from,
    )


def _points(facts: IndicatorFacts, on: date) -> list[Point]:
    judged = points_judged(facts, on).points
    if judged:
        return [Point(point.day, point.figure(facts.direction)) for point in judged]
    return [Point(fact.as_of.last_day, fact.low) for fact in facts.measurements if fact.as_of and fact.low is not None]


def _words(facts: IndicatorFacts, indicator: Indicator, description: str, chart: Trajectory) -> Words:
    lang = language()
    newest = _newest(facts)
    target = ""
    if facts.target is not None and chart.target is not None and chart.target.value is not None:
        figure = qualified(amount(chart.target.value, indicator), facts.target.qualifier)
        when = facts.target.date or PartialDate(chart.target.on)
        target = _("Target %(figure)s, %(date)s") % {"figure": figure, "date": short_date(when, lang)}
    elif facts.target is not None and chart.level is not None:
        target = _("Target %(figure)s") % {"figure": qualified(amount(chart.level, indicator), facts.target.qualifier)}
    latest = ""
    last = chart.values[-1] if chart.values else None
    if newest is not None and newest.as_of is not None and last is not None and last.value is not None:
        figure = qualified(amount(last.value, indicator), newest.qualifier)
        latest = pgettext("chart", "%(figure)s, %(date)s") % {
            "figure": figure,
            "date": short_date(newest.as_of, lang),
        }
    return Words(
        title=indicator.title_in(lang).text,
        description=description,
        number=lambda value: format_number(value, lang),
        day=lambda day, unit: axis_date(day, unit, lang),
        latest=latest,
        target=target,
        expected=pgettext("chart", "expected"),
        today=pgettext("chart", "today"),
    )


def _newest(facts: IndicatorFacts) -> MeasurementFact | None:
    dated = [fact for fact in facts.measurements if fact.as_of is not None and fact.low is not None]
    return max(dated, key=lambda fact: fact.as_of.last_day if fact.as_of else date.min, default=None)
