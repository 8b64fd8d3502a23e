"""The thresholds in force on a day, by mechanism; the Declaration's hold for figures of no mechanism."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet

from commitments.history.kept import kept
from commitments.indicators.facts import Thresholds
from commitments.mechanisms import models as mechanisms

#: The thresholds that are decided together.
VALUES = ("on_track_from", "at_risk_from", "end_window_days", "early_share", "milestone_grace_days")
InForce = Mapping[int | None, Thresholds]


@kept
def thresholds_on(on: date) -> InForce:
    """Those in force on a day. One query."""
    return in_force(decided(on))


def decided(on: date) -> QuerySet[mechanisms.Thresholds]:
    """All that were decided up to a day, to be read by themselves or along with other rows."""
    columns = ("valid_from", "mechanism__code", *VALUES)
    begun = mechanisms.Thresholds.objects.filter(valid_from__lte=on)
    found: QuerySet[mechanisms.Thresholds] = begun.select_related("mechanism").only(*columns).order_by("valid_from")
    return found


def in_force(rows: Iterable[Any]) -> InForce:
    """Of those that were decided, the last ones."""
    found: dict[int | None, Thresholds] = {}
    for row in sorted(rows, key=lambda row: row.valid_from):
        facts = Thresholds(**{name: getattr(row, name) for name in VALUES})
        found[row.mechanism_id] = facts
        if row.mechanism.code == "LAD":
            found[None] = facts
    return found
