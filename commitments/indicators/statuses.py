"""The kept statuses: one derived row per public commitment, so that lists need no arithmetic."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from commitments.formats.dates import site_day
from commitments.history.marks import leave_mark
from commitments.indicators.counting import recount
from commitments.indicators.curves import curve_of
from commitments.indicators.lines import columns_for, rows_for
from commitments.indicators.models import CommitmentStatus, IndicatorStatus
from commitments.indicators.queries import Audience, CommitmentReading, IndicatorReading, commitment_readings
from commitments.register.models import Commitment

#: How many commitments are read at once: keeps memory flat at any size.
BATCH = 500
#: Expected figures and shares are worked out: kept to so many decimals.
PLACES = Decimal("0.000001")
#: What is told of a commitment where it stands in lists and counts.
_PLACED = ("status", "last_status", "last_published_at", "figure_on", "figure_on_precision")
_WRITTEN = (
    *("on", "reason", "assessed", "key_count", *_PLACED),
    *("rule", "deciding", "value", "expected", "share", "target_on", "target_on_precision"),
    *("at_risk_from", "on_track_from", "curve"),
)


def refresh(*, at: datetime, commitments: Iterable[int] | None = None) -> int:
    """Recompute the kept statuses of these commitments, of all when none are named; how many were written."""
    if commitments is None:
        commitments = Commitment.objects.public().values_list("pk", flat=True)
    ids = sorted(commitments)
    return sum(_write(ids[first : first + BATCH], site_day(at)) for first in range(0, len(ids), BATCH))


def refresh_outdated(*, at: datetime) -> int:
    """Recompute what was computed for another day, or never: cheap when there is nothing to do."""
    outdated = (
        Commitment.objects.public()
        .filter(Q(computed__isnull=True) | ~Q(computed__on=site_day(at)))
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    ids = list(outdated)
    return refresh(commitments=ids, at=at) if ids else 0


@transaction.atomic(savepoint=False)
def _write(ids: Sequence[int], on: date) -> int:
    """Recompute some. The commitments are locked before anything is read: the last to write has seen every change.

    They, and not their kept rows: there is none before the first figure, and two first ones would pass each other.
    """
    if connection.features.has_select_for_update:
        named = Commitment.objects.filter(pk__in=ids).order_by("pk")
        # No key of theirs changes: what refers to them is written meanwhile.
        list(named.select_for_update(no_key=True).values_list("pk"))
    rows = CommitmentStatus.objects.filter(commitment__in=ids)
    kept = {pk: standing for pk, *standing in rows.values_list("commitment_id", *_PLACED)}
    batch = list(rows_for(Audience.STATUSES, _commitments, ids, on))
    readings = commitment_readings(batch, on=on, audience=Audience.STATUSES)
    statuses = [_row(readings[commitment.pk], on) for commitment in batch]
    CommitmentStatus.objects.bulk_create(
        statuses,
        update_conflicts=True,
        unique_fields=["commitment"],
        update_fields=_WRITTEN,
    )
    judged = [item for reading in readings.values() for item in reading.indicators]
    IndicatorStatus.objects.bulk_create(
        [IndicatorStatus(indicator=item.indicator, status=item.result.status.value) for item in judged],
        update_conflicts=True,
        unique_fields=["indicator"],
        update_fields=["status"],
    )
    told = {row.commitment_id: [getattr(row, name) for name in _PLACED] for row in statuses}
    recount(pk for pk, standing in told.items() if standing != kept.get(pk))
    leave_mark()
    return len(batch)


def _commitments(audience: Audience, ids: Sequence[int], on: date) -> QuerySet[Commitment]:
    rows = Commitment.objects.public().filter(pk__in=ids).order_by("pk")
    return columns_for(audience, rows)


def deciding(reading: CommitmentReading) -> IndicatorReading | None:
    """The key indicator that stands as its commitment, the least advanced of several; None where none decides."""
    status = reading.result.last_status or reading.result.status
    if not status.can_be_assessed:
        return None
    judged = [item for item in reading.key_indicators if item.result.value is not None and item.result.can_be_assessed]
    same = [item for item in judged if item.result.status is status] or judged
    return min(same, key=lambda item: (item.result.progress is None, item.result.progress or 0), default=None)


def _row(reading: CommitmentReading, on: date) -> CommitmentStatus:
    result = reading.result
    decider = deciding(reading)
    decided = decider.result if decider else None
    target = decided.target_date if decided else None
    figures = [row for item in reading.indicators for row in item.measurements]
    sent = [row.published_at for row in figures if row.published_at and row.entered_by_id]
    newest = max((row.day for row in figures if row.day), default=None)
    return CommitmentStatus(
        commitment=reading.commitment,
        on=on,
        status=result.status.value,
        reason=result.reason.value,
        assessed=result.assessed,
        key_count=result.key_count,
        last_status=result.last_status.value if result.last_status else "",
        last_published_at=max(sent, default=None),
        figure_on=newest.first if newest else None,
        figure_on_precision=newest.precision.value if newest else "",
        rule=result.rule,
        deciding=decider.indicator if decider else None,
        value=decided.value if decided else None,
        expected=_kept(decided.expected) if decided else None,
        share=_kept(decided.progress) if decided else None,
        at_risk_from=decider.facts.thresholds.at_risk_from if decider else None,
        on_track_from=decider.facts.thresholds.on_track_from if decider else None,
        target_on=target.first if target else None,
        target_on_precision=target.precision.value if target else "",
        curve=_curve(reading, decider, on),
    )


def _curve(reading: CommitmentReading, decider: IndicatorReading | None, on: date) -> Any:
    """The line of what decides, in short; of the first indicator that has one where nothing decides."""
    told = [decider] if decider else [*reading.key_indicators, *reading.context_indicators]
    curves = (curve_of(item, on) for item in told)
    return next((curve.stored() for curve in curves if curve is not None), None)


def _kept(figure: Decimal | None) -> Decimal | None:
    return figure.quantize(PLACES) if figure is not None else None
