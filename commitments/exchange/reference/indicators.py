"""Indicators with their line for the whole, baseline and target. A new target or baseline never rewrites the old."""

from typing import Any, TypeVar

from django.db.models import F

from commitments.exchange.reference.codes import CodeBook, indicator_prefix
from commitments.exchange.reference.desk import Desk
from commitments.exchange.reference.ledger import Index
from commitments.exchange.reference.measurements import MeasurementShelf
from commitments.exchange.reference.schemas import INDICATORS
from commitments.exchange.reference.schemas.figures import COUNTINGS, DIRECTIONS, PERIODS
from commitments.exchange.reference.shapes import first_day, precision_of
from commitments.history.enums import ReportState
from commitments.indicators.models import Baseline, Indicator, Series, Target, UnitType
from commitments.register.models import Commitment

#: A change of one of these is a revision: the old row stays, with the days on which it was in force.
FIGURES = {"value", "value_min", "value_max", "qualifier", "date", "date_precision"}
#: Begins with the date that the file gives, so that nothing of the record is lost.
ANNOUNCED = "{date} in the file: the day of the announcement, not a date to reach it by"

Revised = TypeVar("Revised", Baseline, Target)


def load_indicators(desk: Desk) -> None:
    """Every indicator of the file, published as it is."""
    rows = desk.contents.of(INDICATORS)
    if not rows:
        return
    shelf = _Shelf(desk)
    for row in rows:
        with desk.ledger.record(INDICATORS.name, row["id"]):
            shelf.bring_in(row)


class _Shelf:
    """The stored indicators and what belongs to them."""

    def __init__(self, desk: Desk) -> None:
        ledger = desk.ledger
        self._desk = desk
        self._codes = CodeBook(desk, Indicator)
        known = Indicator.objects.exclude(reference_id=None)
        self._indicators = Index(ledger, Indicator, lambda row: row.reference_id, rows=known)
        whole = Series.objects.filter(country=None, breakdown="", indicator__reference_id__isnull=False)
        self._series = Index(ledger, Series, lambda row: row.indicator_id, rows=whole, part="series")
        self._baselines = _in_force(desk, Baseline, "baseline")
        self._targets = _in_force(desk, Target, "target")
        self._measurements = MeasurementShelf(desk)

    def bring_in(self, row: dict[str, Any]) -> None:
        """One indicator with everything that the file says of it."""
        commitment = self._desk.commitments[row["commitment"]] if row["commitment"] else None
        indicator = self._indicator(row, commitment)
        series = self._series.put(indicator.pk, {"indicator_id": indicator.pk})
        if row["baseline"] is not None:
            self._revise(self._baselines, Baseline, series, self._baseline(row["baseline"]))
        if row["target"] is not None:
            self._revise(self._targets, Target, series, self._target(row, commitment))
        self._measurements.bring_in(series, row)

    def _indicator(self, row: dict[str, Any], commitment: Commitment | None) -> Indicator:
        known = self._indicators.get(row["id"])
        prefix = indicator_prefix(commitment.code if commitment else None)
        code = known.code if known else self._codes.code(row["id"], prefix, 1 if commitment else 2)
        values = {
            "commitment_id": commitment.pk if commitment else None,
            "title_en": row["name"],
            "unit_en": row["unit"],
            "unit_type": UnitType(row["type"]).value,
            "direction": DIRECTIONS[row["better"]],
            "direction_as_stated": DIRECTIONS.get(row.get("better_as_stated", ""), ""),
            "counting": COUNTINGS[row["counting"]],
            "per": PERIODS.get(row.get("per", ""), ""),
            "cadence": row["cadence"] or "",
            "is_regional": row["scope"] == "regional",
            "is_verified": row["verified"],
            "notes": row["notes"] or "",
        }
        initial = {"code": code, "reference_id": row["id"], "state": ReportState.PUBLISHED}
        return self._indicators.put(row["id"], values, initial=initial)

    def _baseline(self, given: dict[str, Any]) -> dict[str, Any]:
        return {
            "value": given["value"],
            "qualifier": given["qualifier"],
            "date": first_day(given["date"]),
            "date_precision": precision_of(given["date"]),
            "note": given["note"] or "",
            "source_id": self._desk.sources.cite(given.get("source")),
        }

    def _target(self, row: dict[str, Any], commitment: Commitment | None) -> dict[str, Any]:
        """A target. Money dated on the day of its announcement has no date to be reached by."""
        given = row["target"]
        day = first_day(given["date"])
        made_on = commitment.made_on if commitment else None
        is_announcement = row["type"] == UnitType.CURRENCY and day is not None and day == made_on
        return {
            "value": given["value"],
            "value_min": given["value_min"],
            "value_max": given["value_max"],
            "qualifier": given["qualifier"],
            "date": None if is_announcement else day,
            "date_precision": "" if is_announcement else precision_of(given["date"]),
            "date_note": ANNOUNCED.format(date=given["date"]) if is_announcement else "",
            "note": given["note"] or "",
            "source_id": self._desk.sources.cite(given.get("source")),
        }

    def _revise(self, index: Index[Revised], model: type[Revised], series: Series, values: dict[str, Any]) -> None:
        """Bring the baseline or target in; other figures than before are a revision from today on."""
        values = {"series_id": series.pk, "valid_until": None, **values}
        row = index.get(series.pk)
        if row is None:
            index.put_part(series.pk, values)
            return
        free, _persons = index.edited(row, values)
        on = self._desk.ledger.on
        if not FIGURES & free.keys() or row.valid_from == on:
            index.put(series.pk, values)
            return
        new = {name: value if name in free else getattr(row, name) for name, value in values.items()}
        self._desk.ledger.change(row, valid_until=on)
        index.replace(series.pk, self._desk.ledger.create(model(**new, valid_from=on)))


def _in_force(desk: Desk, model: type[Revised], part: str) -> Index[Revised]:
    """The row in force of each series; where a person ended the last one, that one, so that it stays ended."""
    rows = model.objects.filter(series__indicator__reference_id__isnull=False)
    rows = rows.order_by(F("valid_until").asc(nulls_last=True), "id")
    return Index(desk.ledger, model, lambda row: row.series_id, rows=rows, part=part)
