"""Indicators with their baselines, targets and measurements, as the file holds them."""

from typing import Any

from commitments.exchange.reference.problems import Spot
from commitments.exchange.reference.schemas.description import HEAD, SLUG, SOURCE, FileKind, Section
from commitments.exchange.reference.shapes import (
    PRECISION,
    dated,
    exact_day,
    figure,
    flag,
    list_of,
    nullable,
    one_of,
    partial_date,
    record,
    text,
)
from commitments.indicators.enums import Qualifier
from commitments.indicators.models import UnitType

#: How the file writes the direction, the counting and the period of a target.
DIRECTIONS = {"up": "increase", "down": "decrease", "observe": "observe", "hold": "hold", "reach": "reach"}
COUNTINGS = {"stock": "stock", "cumulative": "cumulative", "period": "flow"}
PERIODS = {"month": "month", "quarter": "quarter", "year": "year", "fiscal year": "fiscal_year"}

_QUALIFIER = one_of([item.value for item in Qualifier])

_BASELINE = record(
    {
        "value": figure,
        "date": partial_date,
        "date_precision": PRECISION,
        "qualifier": _QUALIFIER,
        "note": nullable(text()),
    },
    {"source": nullable(SOURCE)},
    dated("date", "date_precision"),
)


def _value_or_range(value: Any, spot: Spot) -> None:
    low, high = value["value_min"], value["value_max"]
    ends = [end for end in (low, high) if end is not None]
    if value["value"] is None and not ends:
        spot.within("value").refuse("is empty and there is no range")
    if value["value"] is not None and ends:
        spot.within("value").refuse("is given beside a range")
    if low is not None and high is not None and low > high:
        spot.within("value_min").refuse(f"{low} is larger than value_max, {high}")


_TARGET = record(
    {
        "value": nullable(figure),
        "value_min": nullable(figure),
        "value_max": nullable(figure),
        "qualifier": _QUALIFIER,
        "date": nullable(partial_date),
        "date_precision": nullable(PRECISION),
        "note": nullable(text()),
    },
    {"source": nullable(SOURCE)},
    _value_or_range,
    dated("date", "date_precision"),
)


def _figure_or_words(value: Any, spot: Spot) -> None:
    if value["value"] is None and value["value_text"] is None:
        spot.within("value").refuse("is empty and there are no words")
    if not value["comparable"] and value["comparable_why"] is None:
        spot.within("comparable_why").refuse("is missing for a figure that is not comparable")
    if value["kind"] != "period" and value["period_start"] is not None:
        spot.within("period_start").refuse(f'is given for a figure of the kind "{value["kind"]}"')


_MEASUREMENT = record(
    {
        "value": nullable(figure),
        "value_text": nullable(text(200)),
        "qualifier": _QUALIFIER,
        "date": nullable(partial_date),
        "date_precision": nullable(PRECISION),
        "period_start": nullable(exact_day),
        "kind": one_of(COUNTINGS),
        "source": nullable(SOURCE),
        "note": nullable(text()),
        "comparable": flag,
        "comparable_why": nullable(text()),
    },
    {},
    _figure_or_words,
    dated("date", "date_precision"),
)


def _commitment_goes_with_scope(value: Any, spot: Spot) -> None:
    if value["scope"] == "commitment" and value["commitment"] is None:
        spot.within("commitment").refuse("is empty although the figure is that of a commitment")


INDICATORS = FileKind(
    "indicators.json",
    (
        Section(
            "records",
            record(
                {
                    "id": SLUG,
                    "commitment": nullable(SLUG),
                    "scope": one_of(["commitment", "regional"]),
                    "name": text(300),
                    "unit": text(80),
                    "type": one_of(UnitType.values),
                    "better": one_of(DIRECTIONS),
                    "counting": one_of(COUNTINGS),
                    "cadence": nullable(text(20)),
                    "baseline": nullable(_BASELINE),
                    "target": nullable(_TARGET),
                    "measurements": list_of(_MEASUREMENT),
                    "verified": flag,
                    "notes": nullable(text()),
                },
                {"better_as_stated": one_of(DIRECTIONS), "per": one_of(PERIODS)},
                _commitment_goes_with_scope,
            ),
        ),
    ),
    HEAD,
)
