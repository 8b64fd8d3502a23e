"""A reading as it would be without one figure, and with it: what a review compares. No queries."""

import copy
from dataclasses import replace
from datetime import date

from commitments.indicators.lines import Line
from commitments.indicators.models import Measurement
from commitments.indicators.queries import IndicatorReading, indicator_facts, result_of


def without(reading: IndicatorReading, figure: Measurement, *, on: date) -> IndicatorReading:
    """The reading as if the figure had not been sent in."""
    return _with_lines(reading, [_less(line, figure) for line in reading.lines], on)


def with_figure(reading: IndicatorReading, figure: Measurement, *, on: date) -> IndicatorReading:
    """The reading as if the figure were in use; one in use for the same date gives way to it."""
    used = copy.copy(figure)
    used.is_used = True
    lines = []
    for line in reading.lines:
        less = _less(line, figure)
        if line.series.pk == figure.series_id:
            others = [row for row in less.measurements if not (row.is_used and row.as_of and row.as_of == used.as_of)]
            rows = sorted([*others, used], key=lambda row: (row.as_of or date.min, row.pk), reverse=True)
            less = replace(line, measurements=rows)
        lines.append(less)
    return _with_lines(reading, lines, on)


def line_of(reading: IndicatorReading, figure: Measurement) -> Line | None:
    """The line that a figure belongs to."""
    return next((line for line in reading.lines if line.series.pk == figure.series_id), None)


def _less(line: Line, figure: Measurement) -> Line:
    rows = [row for row in line.measurements if row.pk != figure.pk]
    return replace(line, measurements=rows)


def _with_lines(reading: IndicatorReading, lines: list[Line], on: date) -> IndicatorReading:
    fresh = indicator_facts(reading.indicator, tuple(lines), reading.facts.thresholds, silent=reading.silent)
    facts = replace(reading.facts, measurements=fresh.measurements, coverage=fresh.coverage)
    result = result_of(reading.indicator, facts, on)
    return IndicatorReading(reading.indicator, tuple(lines), facts, result, reading.silent)
