"""The figures of an indicator as data: each with what was expected on its day, its status then, and its source."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from commitments.formats.cells import bare, cell_of
from commitments.formats.language import LANGUAGES
from commitments.formats.partial import PartialDate
from commitments.indicators import progress
from commitments.indicators.enums import Direction, Reason
from commitments.indicators.eras import Era, eras_of
from commitments.indicators.facts import IndicatorFacts, Result, Thresholds
from commitments.indicators.models import Measurement
from commitments.indicators.path import expected_at
from commitments.indicators.queries import VALUES, IndicatorReading
from commitments.indicators.series import counting_values
from commitments.mechanisms import models as mechanisms

#: The version of the form of these files; raised when a column changes its meaning.
FORMAT = 2
COLUMNS = (
    "indicator", "country", "breakdown", "value", "value_min", "value_max", "words", "qualifier", "unit", "as_of",
    "period_start", "counts", "judged", "expected", "share", "status", "rule", "source_title", "source_url",
    "is_example",
)  # fmt: skip
#: Shares keep this many decimals: enough for any percentage that is shown.
PLACES = Decimal("0.000001")


def values_of(reading: IndicatorReading, *, on: date) -> list[dict[str, Any]]:
    """Every public figure, newest first, as a row of `COLUMNS`; nothing is filled in where nothing is known.

    `expected`, `share` and `status` are those of the figure's own day, by the path and the thresholds in force then;
    only a figure that counts has them. What is never judged says so and counts nowhere. One query.
    """
    eras, decided = eras_of(reading), thresholds_decided(reading)
    counted = {pk for fact in counting_values(reading.facts, on) for pk in fact.ids}
    lines = {line.series.pk: line.series for line in reading.lines}
    rows = []
    for row in reading.measurements:
        series, day = lines[row.series_id], row.day
        result = None
        if day is not None and (row.pk in counted or reading.facts.direction is Direction.OBSERVE):
            result = standing_then(reading.facts, eras, decided, min(day.last_day, on))
        country = series.country.iso3 if series.country else None
        rows.append(_row(row, reading, result) | {"country": country, "breakdown": series.breakdown or None})
    return [{name: row[name] for name in COLUMNS} for row in rows]


def standing_then(
    facts: IndicatorFacts, eras: Sequence[Era], decided: Sequence[tuple[date, Thresholds]], day: date
) -> Result:
    """How an indicator stood on a day, by the figures of that day and before, and what was in force then."""
    then = next((era.facts for era in eras if day < era.until), facts)
    thresholds = [found for begins, found in decided if begins <= day]
    known = tuple(fact for fact in facts.measurements if fact.as_of is not None and fact.as_of.last_day <= day)
    then = replace(then, measurements=known, thresholds=thresholds[-1] if thresholds else Thresholds())
    result = progress.status(then, day)
    return result if result.expected is not None else replace(result, expected=expected_at(then, day))


def thresholds_decided(reading: IndicatorReading) -> list[tuple[date, Thresholds]]:
    """The thresholds of the indicator's mechanism, the Declaration's for a figure of none, from when. One query."""
    commitment = reading.indicator.commitment
    rows = mechanisms.Thresholds.objects.order_by("valid_from")
    own = {"mechanism_id": commitment.mechanism_id} if commitment else {"mechanism__code": "LAD"}
    return [
        (begins, Thresholds(**dict(zip(VALUES, values, strict=True))))
        for begins, *values in rows.filter(**own).values_list("valid_from", *VALUES)
    ]


def _row(row: Measurement, reading: IndicatorReading, result: Result | None) -> dict[str, Any]:
    source, indicator = row.source, reading.indicator
    share = result.share if result else None
    return {
        "indicator": indicator.code,
        "value": bare(row.value),
        "value_min": bare(row.value_min),
        "value_max": bare(row.value_max),
        "words": row.words or None,
        "qualifier": row.qualifier,
        "unit": indicator.unit_in("en").text,
        "as_of": _day(row.day),
        "period_start": row.period_start.isoformat() if row.period_start else None,
        "counts": result is not None and result.reason is not Reason.OBSERVED,
        "judged": bare(result.value) if result else None,
        "expected": bare(round(result.expected, 4)) if result and result.expected is not None else None,
        "share": bare(share.quantize(PLACES)) if share is not None else None,
        "status": result.status.value if result else None,
        "rule": result.rule if result else None,
        "source_title": (source.title or None) if source else None,
        "source_url": (source.url or None) if source else None,
        "is_example": row.is_example,
    }


def as_table(rows: Sequence[dict[str, Any]]) -> list[list[str]]:
    """The rows for a spreadsheet, the names of the columns first."""
    return [list(COLUMNS), *([cell_of(_cell(row[name])) for name in COLUMNS] for row in rows)]


def as_document(reading: IndicatorReading, rows: Sequence[dict[str, Any]], *, on: date) -> dict[str, Any]:
    """The same as one document, with what is measured and how it stands."""
    indicator, total, result = reading.indicator, reading.total, reading.result
    baseline, target = (total.baseline, total.target) if total else (None, None)
    return {
        "format": FORMAT,
        "as_of": on.isoformat(),
        "indicator": indicator.code,
        "commitment": indicator.commitment.code if indicator.commitment else None,
        "title": {code: getattr(indicator, f"title_{code}") or None for code in LANGUAGES},
        "unit": indicator.unit_in("en").text,
        "direction": indicator.direction,
        "counting": indicator.counting,
        "status": result.status.value,
        "rule": result.rule,
        "baseline": {"value": bare(baseline.value), "date": _day(baseline.day)} if baseline else None,
        "target": {
            "value": bare(target.value),
            "value_min": bare(target.value_min),
            "value_max": bare(target.value_max),
            "qualifier": target.qualifier,
            "date": _day(target.day),
        }
        if target
        else None,
        "is_example": indicator.is_example,
        "values": [{name: value for name, value in row.items() if name != "indicator"} for row in rows],
    }


def _cell(value: Any) -> Any:
    return ("yes" if value else "no") if isinstance(value, bool) else value


def _day(day: PartialDate | None) -> str | None:
    """A date as exactly as it is known, in the record's own form."""
    return str(day) if day else None
