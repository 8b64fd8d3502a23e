"""Thresholds of a mechanism: what a proposed set would change, and how it is decided."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from commitments.formats.dates import site_day
from commitments.indicators.enums import Status
from commitments.indicators.facts import Thresholds
from commitments.indicators.queries import VALUES as VALUES
from commitments.indicators.queries import CommitmentReading, commitment_readings, reading_of, result_of
from commitments.indicators.statuses import refresh
from commitments.mechanisms import actions
from commitments.mechanisms import models as mechanisms
from commitments.mechanisms.models import Mechanism
from commitments.register.models import Commitment
from commitments.roles.actor import Actor


@dataclass(frozen=True, slots=True)
class Change:
    """A commitment whose status would be another one."""

    commitment: Commitment
    was: Status
    now: Status


def facts_of(row: mechanisms.Thresholds) -> Thresholds:
    """Stored thresholds as the arithmetic reads them. Raises ValueError when they are not in order."""
    return Thresholds(**{name: getattr(row, name) for name in VALUES})


def effect(mechanism: Mechanism, proposed: Thresholds, *, on: date) -> list[Change]:
    """The public commitments whose status on a day would change, by code. The number of queries is constant."""
    rows = Commitment.objects.public().filter(mechanism=mechanism).select_related("mechanism", "maker_country")
    readings = commitment_readings(list(rows.order_by("code")), on=on)
    compared = [(reading, with_thresholds(reading, proposed, on)) for reading in readings.values()]
    return [
        Change(before.commitment, before.result.status, after.result.status)
        for before, after in compared
        if before.result.status is not after.result.status
    ]


def with_thresholds(reading: CommitmentReading, thresholds: Thresholds, on: date) -> CommitmentReading:
    """The same figures judged by other thresholds. Pure."""
    indicators = []
    for item in reading.indicators:
        facts = replace(item.facts, thresholds=thresholds)
        indicators.append(replace(item, facts=facts, result=result_of(item.indicator, facts, on)))
    return reading_of(reading.commitment, tuple(indicators), reading.milestones, thresholds, on)


def decide_thresholds(row: mechanisms.Thresholds, *, by: Actor, at: datetime, **said: Any) -> mechanisms.Thresholds:
    """Decide thresholds for a mechanism; statuses follow at once when they begin today. Raises Refused."""
    with transaction.atomic():
        actions.decide(row, by=by, at=at, **said)
        _follow(row, at)
    return row


def change_thresholds(row: mechanisms.Thresholds, *, by: Actor, at: datetime, **said: Any) -> mechanisms.Thresholds:
    """Change thresholds that have not begun; statuses follow at once when they begin today now."""
    with transaction.atomic():
        actions.change_decision(row, by=by, at=at, **said)
        _follow(row, at)
    return row


def _follow(row: mechanisms.Thresholds, at: datetime) -> None:
    if row.valid_from <= site_day(at):
        keys: Sequence[int] = list(
            Commitment.objects.public().filter(mechanism_id=row.mechanism_id).values_list("pk", flat=True)
        )
        refresh(commitments=keys, at=at)
