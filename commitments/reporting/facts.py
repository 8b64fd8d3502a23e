"""The commitments of a mechanism as `owing` sees them, read side by side: memory stays flat however many there are."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.db.models import Max, QuerySet

from commitments.formats.partial import PartialDate, Precision
from commitments.history.enums import ReportState
from commitments.indicators.enums import Direction
from commitments.indicators.models import Baseline, Indicator, Measurement, Series, Target
from commitments.register.enums import LifeCycle
from commitments.register.models import Commitment, Party
from commitments.reporting.owing import CommitmentFact, LineFact

#: How many rows are fetched at once.
BATCH = 2000
#: From a line of figures to its commitment.
COMMITMENT = "series__indicator__commitment"


def commitment_facts(mechanism_id: int) -> Iterator[CommitmentFact]:
    """Every real commitment of a mechanism, closed ones and drafts too, one after the other.

    Seven queries, read side by side: memory stays flat.
    """
    rows = Commitment.objects.real().filter(mechanism_id=mechanism_id).order_by("pk")
    led = Party.objects.filter(commitment__mechanism_id=mechanism_id, is_lead=True).order_by("commitment_id")
    leads = beside(led.values_list("commitment_id", "country_id"))
    lines = _lines(mechanism_id)
    columns = ("pk", "life_cycle", "maker_country_id", "maker_organization_id")
    for pk, life_cycle, country, organization in rows.values_list(*columns).iterator(BATCH):
        yield CommitmentFact(
            id=pk,
            mechanism_id=mechanism_id,
            is_in_force=life_cycle == LifeCycle.ACTIVE,
            maker_country_id=country,
            is_of_organization=organization is not None,
            lead_country_id=next((lead for (lead,) in reversed(leads(pk))), None),
            lines=lines(pk),
        )


def beside(rows: QuerySet[Any, tuple[Any, ...]]) -> Callable[[int], list[tuple[Any, ...]]]:
    """Rows in the order of their first column, read along with another list that has the same order.

    Asked for one key after the other, it gives the rest of the columns of the rows of that key.
    """
    told = rows.iterator(BATCH)
    held = next(told, None)

    def of(key: int) -> list[tuple[Any, ...]]:
        nonlocal held
        found = []
        while held is not None and held[0] <= key:
            if held[0] == key:
                found.append(held[1:])
            held = next(told, None)
        return found

    return of


def _lines(mechanism_id: int) -> Callable[[int], tuple[LineFact, ...]]:
    """The lines of figures of each commitment: the total of each indicator, else its countries. Five queries."""
    here = {"commitment__mechanism_id": mechanism_id}
    columns = ("commitment_id", "pk", "direction", "cadence", "first_report_on")
    published = Indicator.objects.filter(state=ReportState.PUBLISHED, **here).order_by("commitment_id", "code")
    indicators = beside(published.values_list(*columns))
    told = Series.objects.filter(indicator__commitment__mechanism_id=mechanism_id, breakdown="")
    owners = ("indicator__commitment_id", "pk", "indicator_id", "country_id")
    series = beside(told.order_by("indicator__commitment_id", "pk").values_list(*owners))
    anchors, known = _anchors(mechanism_id), _known_until(mechanism_id)

    def of(commitment: int) -> tuple[LineFact, ...]:
        chosen: dict[int, dict[int | None, int]] = defaultdict(dict)
        for pk, indicator, country in series(commitment):
            chosen[indicator][country] = pk
        days, until = anchors(commitment), known(commitment)
        return tuple(
            LineFact(
                series=line,
                is_observed=direction == Direction.OBSERVE,
                cadence=cadence,
                anchor=days.get(line),
                first_report_on=first_report_on,
                known_until=until.get(line),
            )
            for indicator, direction, cadence, first_report_on in indicators(commitment)
            for line in ([chosen[indicator][None]] if None in chosen[indicator] else chosen[indicator].values())
        )

    return of


def _anchors(mechanism_id: int) -> Callable[[int], dict[int, date]]:
    """The day on which the year of each line ends: its target date, else the day its baseline speaks of."""
    in_force = {f"{COMMITMENT}__mechanism_id": mechanism_id, "valid_until": None, "date__isnull": False}
    columns = (f"{COMMITMENT}_id", "series_id", "date", "date_precision")
    baselines, targets = (
        beside(rows.filter(**in_force).order_by(columns[0]).values_list(*columns))
        for rows in (Baseline.objects.all(), Target.objects.all())
    )

    def of(commitment: int) -> dict[int, date]:
        rows = (*baselines(commitment), *targets(commitment))
        return {line: _last_day(day, precision) for line, day, precision in rows}

    return of


def _known_until(mechanism_id: int) -> Callable[[int], dict[int, date]]:
    """The last day that a figure accepted and in use speaks of, by line."""
    rows = Measurement.objects.accepted().used().filter(as_of__isnull=False)
    owner = f"{COMMITMENT}_id"
    lasts = rows.filter(**{f"{COMMITMENT}__mechanism_id": mechanism_id}).order_by(owner)
    told = beside(
        lasts.values(owner, "series_id", "as_of_precision")
        .annotate(last=Max("as_of"))
        .values_list(owner, "series_id", "as_of_precision", "last")
    )

    def of(commitment: int) -> dict[int, date]:
        known: dict[int, date] = {}
        for line, precision, day in told(commitment):
            known[line] = max(known.get(line, date.min), _last_day(day, precision))
        return known

    return of


def _last_day(day: date, precision: str) -> date:
    return PartialDate(day, Precision(precision or Precision.DAY)).last_day
