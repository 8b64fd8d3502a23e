"""What runs out when reports fall due: statuses stated by hand."""

from collections import defaultdict
from datetime import date, datetime

from commitments.indicators import byhand
from commitments.indicators.models import StatusByHand
from commitments.reporting.models import ReportingCycle
from commitments.roles.actor import Actor
from commitments.roles.enums import Door


def lapse_statuses(at: datetime) -> int:
    """End the statuses by hand whose date has passed, or whose mechanism's next cycle has fallen due. How many."""
    if not StatusByHand.objects.filter(lapsed_on__isnull=True).exists():
        return 0
    return byhand.lapse(due_dates(), by=Actor.process("lapse", door=Door.TASK), at=at)


def due_dates(mechanism_id: int | None = None) -> dict[int, list[date]]:
    """The days on which the cycles of each mechanism fall due; those of a demonstration decide nothing. One query."""
    rows = ReportingCycle.objects.filter(is_demonstration=False)
    if mechanism_id is not None:
        rows = rows.filter(mechanism_id=mechanism_id)
    found: dict[int, list[date]] = defaultdict(list)
    for mechanism, due_on in rows.values_list("mechanism_id", "due_on"):
        found[mechanism].append(due_on)
    return found


def next_due(mechanism_id: int, after: date) -> date | None:
    """The next day on which a cycle of a mechanism falls due, if one is planned. One query."""
    return min((day for day in due_dates(mechanism_id).get(mechanism_id, []) if day > after), default=None)
