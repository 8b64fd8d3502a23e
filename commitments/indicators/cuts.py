"""The page of an indicator cut down: to one breakdown, and country by country."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.safestring import SafeString

from commitments.charts.multiples import Frame, highest, multiple, values_together
from commitments.charts.plot import Size
from commitments.charts.series import Trajectory
from commitments.formats.collation import sort_key
from commitments.indicators.breakdowns import Breakdown
from commitments.indicators.drawing import draw, trajectory_of
from commitments.indicators.facts import IndicatorFacts
from commitments.indicators.figures import IndicatorPage, corrected_in, figure_rows
from commitments.indicators.lines import Line
from commitments.indicators.multiples import frame_of
from commitments.indicators.queries import IndicatorReading, baseline_fact, measurement_fact, target_fact
from commitments.indicators.spoken import when_of
from commitments.indicators.wording import amount, figure_of, language
from commitments.mechanisms.models import Country


@dataclass(frozen=True, slots=True)
class CountryChart:
    """One country's figures of an indicator that several report."""

    iso3: str
    name: str
    figure: str
    when: str
    drawing: SafeString


@dataclass(frozen=True, slots=True)
class Cuts:
    """What the figures may be cut down to, what was agreed and has no figure yet, and which cut is shown."""

    known: list[Breakdown]
    missing: list[Breakdown]
    shown: str = ""

    @property
    def words(self) -> str:
        """The cut that is shown."""
        return Breakdown(self.shown).words if self.shown else ""


def cuts_of(reading: IndicatorReading, shown: str = "") -> Cuts:
    """The breakdowns of an indicator: its lines say what was agreed, their published figures what there is."""
    lines = [line for line in reading.lines if line.series.breakdown]
    known = {line.series.breakdown for line in lines if line.measurements}
    agreed = {line.series.breakdown for line in lines}
    return Cuts(_in_order(known), _in_order(agreed - known), shown)


def _in_order(keys: set[str]) -> list[Breakdown]:
    return sorted((Breakdown(key) for key in keys), key=lambda cut: cut.place)


def cut_down(page: IndicatorPage, key: str, *, on: date) -> IndicatorPage:
    """The page with the chart and the figures of one breakdown alone; the status stays that of the whole."""
    cut = replace(page.reading, lines=_lines(page.reading, key))
    chart = chart_of_cut(page.reading, key, on=on, id="trajectory", is_broad=True)
    return replace(page, chart=chart, rows=figure_rows(cut, on, corrected_in(cut)))


def _lines(reading: IndicatorReading, key: str) -> tuple[Line, ...]:
    return tuple(line for line in reading.lines if line.series.breakdown == key)


def whole_of(reading: IndicatorReading, key: str) -> Line | None:
    """The line of a breakdown for all countries together."""
    return next((line for line in _lines(reading, key) if line.series.country_id is None), None)


def told_of_cut(reading: IndicatorReading, key: str) -> str:
    """The figures of a breakdown in words, newest first; empty where there is none for the whole."""
    whole = whole_of(reading, key)
    used = [row for row in whole.measurements if row.is_used] if whole else []
    return "; ".join(f"{figure_of(row, reading.indicator)} ({when_of(row)})" for row in used)


def chart_of_cut(
    reading: IndicatorReading,
    key: str,
    *,
    on: date,
    id: str,  # noqa: A002
    size: Size | None = None,
    is_broad: bool = False,
) -> SafeString:
    """The figures of one breakdown over time; empty with fewer than two to join."""
    whole = whole_of(reading, key)
    if whole is None:
        return SafeString("")
    description = f"{Breakdown(key).words}. {told_of_cut(reading, key)}."
    facts = line_facts(reading, whole)
    return draw(facts, reading.indicator, on=on, id=id, description=description, size=size, is_broad=is_broad)


def line_facts(reading: IndicatorReading, line: Line) -> IndicatorFacts:
    """One line of an indicator as the arithmetic reads it: its own figures, start and target alone."""
    return replace(
        reading.facts,
        baseline=baseline_fact(line.baseline) if line.baseline else None,
        target=target_fact(line.target, reading.indicator) if line.target else None,
        measurements=tuple(measurement_fact(row) for row in line.measurements if row.is_used),
        coverage=None,
    )


def by_country(reading: IndicatorReading, *, on: date) -> list[CountryChart]:
    """Each country's figures, in the order of the alphabet, on the same scale; none where fewer than two report."""
    lines = [line for line in reading.lines if line.series.country is not None and not line.series.breakdown]
    told = [line for line in lines if any(row.is_used for row in line.measurements)]
    if len(told) < 2:
        return []
    shapes = [trajectory_of(line_facts(reading, line), reading.indicator, on) for line in told]
    frame, values = frame_of(shapes), values_together(shapes)
    shared = replace(frame, values=values) if frame else None
    found = [
        _of_country(reading, country, line, shape, shared)
        for line, shape in zip(told, shapes, strict=True)
        if (country := line.series.country) is not None
    ]
    return sorted(found, key=lambda chart: sort_key(chart.name, language()))


def _of_country(
    reading: IndicatorReading, country: Country, line: Line, shape: Trajectory, frame: Frame | None
) -> CountryChart:
    indicator = reading.indicator
    latest = next(row for row in line.measurements if row.is_used)
    top = amount(round(highest(shape, frame), 2), indicator) if frame else ""
    return CountryChart(
        iso3=country.iso3,
        name=country.name_in(language()).text,
        figure=figure_of(latest, indicator),
        when=when_of(latest),
        drawing=multiple(shape, frame, top=top) if frame else SafeString(""),
    )
