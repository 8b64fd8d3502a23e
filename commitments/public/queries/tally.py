"""Counts of commitments by status (method.md, Totals): never a mean, a score or a rank. Examples count nowhere.

The numbers are those of `indicators.counting`, kept by changes.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from commitments.indicators.enums import Status
from commitments.register.enums import LifeCycle

#: The order of statuses in every bar and sentence.
ORDER = (
    Status.FULFILLED,
    Status.ON_TRACK,
    Status.AT_RISK,
    Status.OFF_TRACK,
    Status.NOT_STARTED,
    Status.NO_DATA,
)
_LIFE = {life.value: life for life in LifeCycle}
_STATUS = {status.value: status for status in Status} | {"": Status.NO_DATA}


@dataclass(slots=True)
class Tally:
    """How many commitments stand where. Closed ones are counted apart, by their status when they were closed."""

    active: Counter[Status] = field(default_factory=Counter)
    closed: Counter[tuple[LifeCycle, Status]] = field(default_factory=Counter)

    def add(self, row: Mapping[str, Any]) -> None:
        """Count one grouped row. A status not worked out yet is no data."""
        life = _LIFE[row["life_cycle"]]
        if life is LifeCycle.ACTIVE:
            self.active[_STATUS[row["status"]]] += row["number"]
        else:
            self.closed[life, _STATUS[row["last_status"]]] += row["number"]

    @property
    def total(self) -> int:
        """All commitments, closed ones included."""
        return self.active.total() + self.closed.total()

    @property
    def assessed(self) -> int:
        """Those still active that can be assessed."""
        return sum(number for status, number in self.active.items() if status.can_be_assessed)

    @property
    def closed_assessed(self) -> int:
        """Those that were assessed before they were closed."""
        return sum(number for (_, status), number in self.closed.items() if status.can_be_assessed)

    @property
    def without_data(self) -> int:
        """Those still active for which the record holds nothing to judge."""
        return self.active[Status.NO_DATA]

    @property
    def on_course(self) -> int:
        """Fulfilled or on track."""
        return self.active[Status.FULFILLED] + self.active[Status.ON_TRACK]

    @property
    def needs_attention(self) -> int:
        """At risk or off track."""
        return self.active[Status.AT_RISK] + self.active[Status.OFF_TRACK]

    @property
    def counts(self) -> dict[str, int]:
        """The numbers of a status bar."""
        return {status.value: number for status, number in self.active.items()}

    @property
    def parts(self) -> list[tuple[Status, int]]:
        """The statuses that occur, in their fixed order."""
        return [(status, self.active[status]) for status in ORDER if self.active[status]]


def tally(rows: Iterable[Mapping[str, Any]]) -> Tally:
    """One count over all these grouped rows."""
    counted = Tally()
    for row in rows:
        counted.add(row)
    return counted


def tallies(rows: Iterable[Mapping[str, Any]], *by: str) -> dict[Any, Tally]:
    """A count for each value of a column, or of several."""
    counted: dict[Any, Tally] = {}
    for row in rows:
        key = row[by[0]] if len(by) == 1 else tuple(row[name] for name in by)
        counted.setdefault(key, Tally()).add(row)
    return counted
