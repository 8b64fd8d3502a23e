"""Indicators and their figures as open data."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from commitments.indicators.enums import Counting, Direction, Path, Per
from commitments.indicators.facts import Result
from commitments.indicators.figures import reasons_against
from commitments.indicators.lines import Line
from commitments.indicators.models import Baseline, Indicator, Measurement, Target, UnitType
from commitments.indicators.progress import status_at_last_value
from commitments.indicators.queries import IndicatorReading, indicator_readings
from commitments.opendata.fields import Field, Kind, Table
from commitments.opendata.tables.shared import (
    PART_OF_ONE,
    QUALIFIERS,
    REASONS,
    STATUSES,
    address,
    in_languages,
    known_day,
    number,
    source_fields,
    text,
    yes_no,
)
from commitments.register.enums import Horizon

#: Expected values and shares are worked out, not reported: so many decimals, which is more than any page shows.
PLACES = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One published figure on its line, and what it was worth where it counts."""

    reading: IndicatorReading
    line: Line
    figure: Measurement
    judged: Result | None


def _public() -> QuerySet[Any]:
    """Indicators that anybody may read, examples left out."""
    rows = Indicator.objects.public().filter(is_example=False).exclude(commitment__is_example=True)
    return rows.select_related("commitment__mechanism", "commitment__maker_country")


def _readings(batch: list[Any], on: date) -> list[IndicatorReading]:
    found = indicator_readings(batch, on=on)
    return [found[row.pk] for row in batch]


def _figures(batch: list[Any], on: date) -> Iterator[FigureRow]:
    """The figures of a batch of indicators, line by line, the oldest first."""
    for reading in _readings(batch, on):
        for line in reading.lines:
            for figure in reversed(line.measurements):
                if not figure.is_example:
                    yield FigureRow(reading, line, figure, judged(reading, line, figure, on))


def judged(reading: IndicatorReading, line: Line, figure: Measurement, on: date) -> Result | None:
    """The status with this figure as the latest, by the baseline and target in force today; None where it never counts.

    Figures of one country or one cut are judged by the page of their indicator together, never each by itself.
    """
    day = figure.day
    if line is not reading.total or day is None or reasons_against(figure, reading.facts, on):
        return None
    until = [fact for fact in reading.facts.measurements if fact.as_of is None or fact.as_of <= day]
    return status_at_last_value(replace(reading.facts, measurements=tuple(until)), on)


def _counted(on: date) -> QuerySet[Any]:
    shown = _public().order_by().values("pk")
    rows: QuerySet[Any] = Measurement.objects.published().filter(is_example=False, series__indicator__in=shown)
    return rows


def _rounded(value: Decimal | None) -> Decimal | None:
    return value.quantize(PLACES) if value is not None else None


def _level(which: str, column: str) -> Callable[[IndicatorReading], Any]:
    """A column of the baseline or target in force of the line for the whole."""

    def read(row: IndicatorReading) -> Any:
        level: Baseline | Target | None = getattr(row.total, which) if row.total else None
        return getattr(level, column) if level is not None else None

    return read


def _newest(column: str) -> Callable[[IndicatorReading], Any]:
    """A column of the newest figure in use."""
    return lambda row: getattr(row.latest, column) if row.latest is not None else None


def _of(column: str) -> Callable[[FigureRow], Any]:
    return lambda row: getattr(row.figure, column)


def _value_fields(of: Callable[[str], Callable[[Any], Any]]) -> tuple[Field, ...]:
    """A figure as its source gives it: one number, or a range, or words."""
    return (
        number("value", _("Figure as its source gives it"), of("value")),
        number("value_min", _("Lower end, where the source gives a range"), of("value_min")),
        number("value_max", _("Upper end, where the source gives a range"), of("value_max")),
        text("words", _("Words, where the source gives no figure"), of("words")),
        text("qualifier", _("Word that the source puts before the figure"), of("qualifier"), values=QUALIFIERS),
        known_day("as_of", _("Day or period that the figure speaks of"), of("day")),
        Field(
            "period_start",
            Kind.DAY,
            _("First day of the period, where the figure is an amount in a period"),
            of("period_start"),
        ),
        Field("period_end", Kind.DAY, _("Last day of that period"), of("period_end")),
    )


def _result_fields(of: Callable[[Any], Result | None]) -> tuple[Field, ...]:
    """What the arithmetic says; blank where nothing can be said."""

    def part(name: str) -> Callable[[Any], Any]:
        return lambda row: getattr(of(row), name) if of(row) is not None else None

    def code(name: str) -> Callable[[Any], Any]:
        return lambda row: found.value if (found := part(name)(row)) is not None else None

    share: Any = part("share")
    expected: Any = part("expected")
    return (
        number(
            "judged_value",
            _("Figure that the status rests on: the worse end of a range, the sum of a flow"),
            part("value"),
        ),
        number(
            "expected",
            _("Figure expected on that day on the way from baseline to target"),
            lambda row: _rounded(expected(row)),
        ),
        number(
            "share",
            _("How much of what was expected since the baseline is reached"),
            lambda row: _rounded(share(row)),
            PART_OF_ONE,
        ),
        text("status", _("Status; none: observed only, never judged"), code("status"), values=STATUSES),
        Field("rule", Kind.WHOLE, _("Number of the rule that decided the status, see the method"), part("rule")),
        text("status_reason", _("Code of the reason for the status"), code("reason"), values=REASONS),
    )


INDICATORS = Table(
    name="indicators",
    title=_("Indicators"),
    about=_("What is measured: baseline, target, the newest figure in use and the status of the day, with sources."),
    published=lambda on: _public(),
    key="code",
    rows=_readings,
    refers=(("commitment", "commitments", "code"),),
    fields=(
        Field(
            "code",
            Kind.TEXT,
            _("Code of the indicator; it never changes"),
            lambda row: row.indicator.code,
            is_required=True,
        ),
        text(
            "commitment",
            _("Code of the commitment; blank for a figure of the whole region"),
            lambda row: row.indicator.commitment.code if row.indicator.commitment else None,
        ),
        in_languages("title", _("Title"), lambda row: row.indicator),
        in_languages("definition", _("What is counted"), lambda row: row.indicator),
        in_languages("unit", _("Unit of its figures"), lambda row: row.indicator),
        text("unit_type", _("Kind of unit"), lambda row: row.indicator.unit_type, values=tuple(UnitType.values)),
        text("direction", _("Which way is better"), lambda row: row.indicator.direction, values=tuple(Direction)),
        text(
            "counting",
            _("What a figure counts: a level, a running total, an amount in a period"),
            lambda row: row.indicator.counting,
            values=tuple(Counting),
        ),
        text(
            "per", _("Period of a target that holds for each period"), lambda row: row.indicator.per, values=tuple(Per)
        ),
        text(
            "path",
            _("How the expected value runs from baseline to target"),
            lambda row: row.indicator.path,
            values=tuple(Path),
        ),
        text(
            "horizon", _("Short, medium or long term"), lambda row: row.indicator.horizon, values=tuple(Horizon.values)
        ),
        yes_no("is_key", _("Whether it decides the status of its commitment"), lambda row: row.is_key),
        number("baseline", _("Baseline in force"), _level("baseline", "value")),
        known_day("baseline_on", _("Date of the baseline"), _level("baseline", "day")),
        number("target", _("Target in force"), _level("target", "value")),
        number("target_min", _("Lower end of the target, where it is a range"), _level("target", "value_min")),
        number("target_max", _("Upper end of the target, where it is a range"), _level("target", "value_max")),
        text(
            "target_qualifier",
            _("Word that the source puts before the target"),
            _level("target", "qualifier"),
            values=QUALIFIERS,
        ),
        known_day("target_on", _("Date of the target"), _level("target", "day")),
        *_value_fields(_newest),
        *_result_fields(lambda row: row.result),
        yes_no("is_verified", _("Whether it was checked against its source"), lambda row: row.indicator.is_verified),
        *source_fields(_newest("source")),
        address(lambda row: ("public:indicator", {"code": row.indicator.code})),
    ),
)
MEASUREMENTS = Table(
    name="measurements",
    title=_("Figures"),
    about=_(
        "Every published figure, in use or not. What was corrected is told by the history of changes of its indicator."
    ),
    published=lambda on: _public(),
    key="code",
    rows=_figures,
    counted=_counted,
    primary="id",
    refers=(("indicator", "indicators", "code"), ("commitment", "commitments", "code")),
    fields=(
        Field(
            "id",
            Kind.WHOLE,
            _("Number of the figure; a corrected figure has another one"),
            lambda row: row.figure.pk,
            is_required=True,
        ),
        text("indicator", _("Code of the indicator"), lambda row: row.reading.indicator.code),
        text(
            "commitment",
            _("Code of the commitment; blank for a figure of the whole region"),
            lambda row: row.reading.indicator.commitment.code if row.reading.indicator.commitment else None,
        ),
        text(
            "country",
            _("Country that the figure is of (ISO 3166-1), where the indicator is told by country"),
            lambda row: row.line.series.country.iso3 if row.line.series.country else None,
        ),
        text(
            "breakdown",
            _("Part of the whole that the figure is of, where it is broken down"),
            lambda row: row.line.series.breakdown,
        ),
        *_value_fields(_of),
        yes_no("is_used", _("Whether it is in use; of several sources for one date, one is"), _of("is_used")),
        yes_no("is_comparable", _("Whether it can be compared with the target"), _of("is_comparable")),
        text("not_comparable_because", _("Why it cannot be compared"), _of("not_comparable_because")),
        *_result_fields(lambda row: row.judged),
        text("country_reason", _("The country’s own words on a figure below what was expected"), _of("reason")),
        text("country_reason_language", _("Language of those words"), _of("reason_language")),
        yes_no("is_on_behalf", _("Whether the secretariat entered it for the country"), _of("is_on_behalf")),
        Field(
            "published_at",
            Kind.MOMENT,
            _("When it was published on this site"),
            _of("published_at"),
        ),
        yes_no("is_verified", _("Whether it was checked against its source"), _of("is_verified")),
        *source_fields(_of("source")),
        address(lambda row: ("public:indicator", {"code": row.reading.indicator.code})),
    ),
)
