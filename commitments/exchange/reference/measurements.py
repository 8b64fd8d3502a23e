"""Observed figures: values, ranges and words, each with the date it speaks of. A figure is never rewritten.

Where the file gives another figure than before for the same date and source, the new one replaces the old as a
correction. Of several figures for one date the first that can be compared is used, and says why.
"""

import re
from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from commitments.exchange.reference.desk import Desk
from commitments.exchange.reference.ledger import Index
from commitments.exchange.reference.schemas.figures import COUNTINGS
from commitments.exchange.reference.shapes import first_day, precision_of
from commitments.formats.partial import PartialDate, Precision
from commitments.history.enums import ReportState
from commitments.indicators.models import Measurement, Series

FIGURES = ("value", "value_min", "value_max", "words", "qualifier")
USED = "The first comparable figure on record for this date."
NOT_USED = "Another figure is used for this date."
_RANGE = re.compile(r"([\d,. ]+?)\s*(?:-|–|to)\s*([\d,. ]+)")  # sources print either dash

Key = tuple[Hashable, ...]


class MeasurementShelf:
    """The stored figures that came from files; those that people entered are theirs."""

    def __init__(self, desk: Desk) -> None:
        self._ledger = desk.ledger
        self._sources = desk.sources
        loaded = Measurement.objects.filter(
            entered_by=None, is_example=False, series__indicator__reference_id__isnull=False
        ).exclude(replaced_by__in=Measurement.objects.filter(entered_by=None))
        rows = loaded.select_related("source").order_by("id")
        self._index = Index(desk.ledger, Measurement, lambda row: row.pk, rows=rows, part="figure")
        self._by_series: dict[int, list[Measurement]] = defaultdict(list)
        for row in self._index:
            self._by_series[row.series_id].append(row)
        entered = Measurement.objects.accepted().used().filter(is_example=False, entered_by__isnull=False)
        #: Dates for which a person's figure is in use.
        self._entered = set(entered.values_list("series_id", "as_of", "as_of_precision"))

    def bring_in(self, series: Series, row: dict[str, Any]) -> None:
        """All figures of one indicator."""
        figures = [self._columns(series, given, verified=row["verified"]) for given in row["measurements"]]
        told = [
            _Told(_identity_in_file(given), figure) for given, figure in zip(row["measurements"], figures, strict=True)
        ]
        known = _matched(told, self._by_series[series.pk])
        settled = [self._settled(figure) for figure in _with_use(figures)]
        # Those not used come first: at no moment are two figures of one date in use.
        for number in sorted(range(len(settled)), key=lambda number: bool(settled[number]["is_used"])):
            if number in known:
                self._compare(known[number], settled[number])
            else:
                self._ledger.create(Measurement(**settled[number], **self._published()))
        for stored in self._by_series[series.pk]:
            if stored not in known.values():
                self._ledger.keep("figure", (_name(stored),), "no longer in the file")

    def _settled(self, figure: dict[str, Any]) -> dict[str, Any]:
        """The figure, not used where a person's figure for the same date is."""
        if (figure["series_id"], figure["as_of"], figure["as_of_precision"]) not in self._entered:
            return figure
        return {**figure, "is_used": False, "used_because": NOT_USED}

    def _compare(self, known: Measurement, figure: dict[str, Any]) -> None:
        if known.state != ReportState.PUBLISHED:
            self._ledger.keep("figure", (_name(known),), "corrected here")
            return
        free, persons = self._index.edited(known, figure)
        if not any(name in free for name in FIGURES):
            self._index.put(known.pk, figure)
        elif persons:
            self._ledger.keep("figure", persons)
        else:
            self._ledger.change(known, state=ReportState.CORRECTED, is_used=False)
            self._ledger.create(Measurement(**figure, **self._published(), replaces=known))

    def _published(self) -> dict[str, Any]:
        """The record is public from the start: accepted and published by nobody in particular."""
        return {
            "state": ReportState.PUBLISHED,
            "accepted_at": self._ledger.at,
            "published_at": self._ledger.at,
        }

    def _columns(self, series: Series, given: dict[str, Any], *, verified: bool) -> dict[str, Any]:
        low, high = _range(given)
        return {
            "series_id": series.pk,
            "value": given["value"],
            "value_min": low,
            "value_max": high,
            "words": given["value_text"] or "",
            "qualifier": given["qualifier"],
            "as_of": first_day(given["date"]),
            "as_of_precision": precision_of(given["date"]),
            "period_start": first_day(given["period_start"]),
            "counting_as_stated": COUNTINGS[given["kind"]],
            "is_comparable": given["comparable"],
            "not_comparable_because": given["comparable_why"] or "",
            "source_id": self._sources.cite(given["source"]),
            "note": given["note"] or "",
            "is_verified": verified,
        }


@dataclass(frozen=True, slots=True)
class _Told:
    """A figure as a file tells it: what tells it apart, and its columns."""

    identity: Key
    columns: dict[str, Any]

    def is_figure_of(self, row: Measurement) -> bool:
        """Whether the stored row gives the same figure."""
        return all(getattr(row, name) == self.columns[name] for name in FIGURES)


def _identity(row: Measurement) -> Key:
    """What tells figures of one series apart: date, period, and the document."""
    document = (row.source.url or row.source.title) if row.source else ""
    return (row.as_of, row.as_of_precision, row.period_start, document)


def _identity_in_file(given: dict[str, Any]) -> Key:
    source = given["source"] or {}
    document = source.get("url") or source.get("title") or ""
    return (first_day(given["date"]), precision_of(given["date"]), first_day(given["period_start"]), document)


def _matched(told: list[_Told], rows: list[Measurement]) -> dict[int, Measurement]:
    """The stored row of each figure by its number in the file: the one with the same figure, else the next in order."""
    found: dict[int, Measurement] = {}
    free = list(rows)
    for is_exact in (True, False):
        for number, figure in enumerate(told):
            if number in found:
                continue
            fitting = [row for row in free if _identity(row) == figure.identity]
            if is_exact:
                fitting = [row for row in fitting if figure.is_figure_of(row)]
            if fitting:
                found[number] = fitting[0]
                free.remove(fitting[0])
    return found


def _name(row: Measurement) -> str:
    """A figure as the report names it."""
    return f"{row.day or 'undated'}: {row.words or row.value}"


def _range(given: dict[str, Any]) -> tuple[Decimal | None, Decimal | None]:
    """The two ends of a range that the file gives in words; the words are kept beside them."""
    match = _RANGE.fullmatch(given["value_text"] or "") if given["qualifier"] == "range" else None
    if match is None or given["value"] is not None:
        return None, None
    low, high = (Decimal(re.sub(r"[,\s]", "", end)) for end in match.groups())
    return (low, high) if low <= high else (None, None)


def _with_use(figures: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same figures, each told whether it is used: one for a date, and for amounts one for a period."""
    found: list[dict[str, Any]] = []
    taken: list[tuple[date, date]] = []
    crowded = _crowded(figures)
    order = sorted(range(len(figures)), key=lambda number: (not _can_be_judged(figures[number]), number))
    use: dict[int, bool] = {}
    for number in order:
        span = _span(figures[number])
        use[number] = span is None or all(span[1] < start or end < span[0] for start, end in taken)
        if span is not None and use[number]:
            taken.append(span)
    for number, figure in enumerate(figures):
        because = "" if number not in crowded else USED if use[number] else NOT_USED
        found.append({**figure, "is_used": use[number], "used_because": because})
    return found


def _can_be_judged(figure: dict[str, Any]) -> bool:
    has_number = figure["value"] is not None or figure["value_min"] is not None
    return has_number and bool(figure["is_comparable"])


def _crowded(figures: list[dict[str, Any]]) -> set[int]:
    """Figures that share their date or period with another one."""
    spans = [_span(figure) for figure in figures]
    return {
        number
        for number, span in enumerate(spans)
        for other, rival in enumerate(spans)
        if number != other and span is not None and rival is not None and span[0] <= rival[1] and rival[0] <= span[1]
    }


def _span(figure: dict[str, Any]) -> tuple[date, date] | None:
    """The days that only one figure may speak of: its last day, or its whole period; None without a date."""
    if figure["as_of"] is None:
        return None
    last = PartialDate(figure["as_of"], Precision(figure["as_of_precision"])).last_day
    return (figure["period_start"] or last, last)
