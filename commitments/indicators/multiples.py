"""Indicators as small charts beside each other: over the same days, each with values of its own."""

from collections.abc import Sequence
from datetime import date

from django.utils.safestring import SafeString

from commitments.charts.multiples import Frame, days_together, highest, multiple
from commitments.charts.series import Trajectory
from commitments.charts.sparkline import sparkline
from commitments.formats.dates import axis_date
from commitments.indicators.curves import curve_of
from commitments.indicators.drawing import trajectory_of
from commitments.indicators.eras import eras_of
from commitments.indicators.queries import IndicatorReading
from commitments.indicators.wording import amount, language


def multiples_of(readings: Sequence[IndicatorReading], *, on: date) -> dict[int, SafeString]:
    """A small chart of each indicator by its id, all over the same days; none where there is no line to draw."""
    charts = [chart_of(reading, on=on) for reading in readings]
    frame = frame_of([chart for chart in charts if chart.is_a_line])
    if frame is None:
        return {}
    drawings = {}
    for reading, chart in zip(readings, charts, strict=True):
        if chart.is_a_line:
            top = amount(round(highest(chart, frame), 2), reading.indicator)
            drawings[reading.indicator.pk] = multiple(chart, frame, top=top)
    return drawings


def sparklines_of(readings: Sequence[IndicatorReading], *, on: date) -> dict[int, SafeString]:
    """The shape of each series by the id of its indicator, for a cell of a table; none without a line."""
    drawings = {}
    for reading in readings:
        curve = curve_of(reading, on)
        if curve is not None:
            drawings[reading.indicator.pk] = sparkline(curve.values, curve.expected)
    return drawings


def chart_of(reading: IndicatorReading, *, on: date) -> Trajectory:
    """An indicator as charts take it, with what was revised."""
    return trajectory_of(reading.facts, reading.indicator, on, eras_of(reading))


def frame_of(charts: Sequence[Trajectory]) -> Frame | None:
    """The days that all of these charts have in common, with the years at both ends; None where there is none."""
    days = days_together(charts)
    if days is None:
        return None
    first, last = days
    return Frame(first, last, (axis_date(first, "year", language()), axis_date(last, "year", language())))
