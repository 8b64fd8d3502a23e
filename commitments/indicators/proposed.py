"""What a proposed change of a definition, baseline or target says, what would follow from it, and why it cannot be."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from commitments.formats.partial import PartialDate
from commitments.indicators.enums import Counting, Direction, Path, Per, Qualifier, RevisionSubject
from commitments.indicators.facts import BaselineFact, IndicatorFacts, TargetFact, WaypointFact
from commitments.indicators.models import Indicator, Revision
from commitments.indicators.path import refused_waypoints, runs_against
from commitments.sources.models import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """What a proposed revision says. For a definition `columns` are the columns that change, with their new values."""

    subject: RevisionSubject
    takes_effect_on: date
    reason: str
    value: Decimal | None = None
    value_min: Decimal | None = None
    value_max: Decimal | None = None
    qualifier: Qualifier = Qualifier.EXACT
    day: PartialDate | None = None
    waypoints: tuple[WaypointFact, ...] = ()
    columns: Mapping[str, Any] = field(default_factory=dict)
    source: Source | None = None

    @classmethod
    def of(cls, revision: Revision) -> "Proposed":
        """What a stored revision says."""
        points = [WaypointFact(PartialDate.parse(row["date"]), Decimal(row["value"])) for row in revision.waypoints]
        return cls(
            subject=RevisionSubject(revision.subject),
            takes_effect_on=revision.takes_effect_on,
            reason=revision.reason,
            value=revision.value,
            value_min=revision.value_min,
            value_max=revision.value_max,
            qualifier=Qualifier(revision.qualifier),
            day=revision.day,
            waypoints=tuple(points),
            columns={name: pair["now"] for name, pair in revision.columns.items()},
            source=revision.source,
        )

    @property
    def texts(self) -> str:
        """All that people wrote in it and the public will read once it is agreed."""
        cited = [self.source.title, self.source.publisher] if self.source else []
        return "\n".join(filter(None, [self.reason, *map(str, self.columns.values()), *cited]))

    def stored(self, indicator: Indicator) -> dict[str, Any]:
        """The columns of a revision; of a definition each column as it was and as it is to be."""
        changed = {name: now for name, now in self.columns.items() if getattr(indicator, name) != now}
        return {
            "subject": self.subject.value,
            "takes_effect_on": self.takes_effect_on,
            "reason": self.reason,
            "value": self.value,
            "value_min": self.value_min,
            "value_max": self.value_max,
            "qualifier": self.qualifier.value,
            "date": self.day.first if self.day else None,
            "date_precision": self.day.precision.value if self.day else "",
            "waypoints": [{"date": row.date.first.isoformat(), "value": str(row.value)} for row in self.waypoints],
            "columns": {name: {"was": getattr(indicator, name), "now": now} for name, now in changed.items()},
        }


def facts_with(facts: IndicatorFacts, proposed: Proposed, indicator: Indicator) -> IndicatorFacts:
    """What the arithmetic would be given once the revision is in force."""
    if proposed.subject is RevisionSubject.BASELINE:
        if proposed.day is None:
            return facts
        start = BaselineFact(value=proposed.value, date=proposed.day, qualifier=proposed.qualifier)
        return replace(facts, baseline=start)
    if proposed.subject is RevisionSubject.TARGET:
        if proposed.value is None and proposed.value_min is None and proposed.value_max is None:
            return facts
        target = TargetFact(
            value=proposed.value,
            value_min=proposed.value_min,
            value_max=proposed.value_max,
            qualifier=proposed.qualifier,
            date=proposed.day,
            per=Per(indicator.per) if indicator.per else None,
            waypoints=proposed.waypoints,
            path=Path(indicator.path),
        )
        return replace(facts, target=target)
    return replace(
        facts,
        direction=Direction(proposed.columns.get("direction", facts.direction.value)),
        counting=Counting(proposed.columns.get("counting", facts.counting.value)),
    )


def problem_of(proposed: Proposed, facts: IndicatorFacts, indicator: Indicator, on: date) -> str:
    """Why a revision cannot come into force, as a code; empty where it can. `facts` are those in force on the day."""
    if proposed.takes_effect_on < on:
        return "backwards"
    is_level = proposed.subject is not RevisionSubject.DEFINITION
    if is_level and proposed.value is None and proposed.value_min is None and proposed.value_max is None:
        return "no_value"
    if proposed.subject is RevisionSubject.BASELINE and (proposed.value is None or proposed.day is None):
        return "no_date"
    if not is_level:
        changed = any(getattr(indicator, name) != now for name, now in proposed.columns.items())
        return "" if changed else "unchanged"
    new = facts_with(facts, proposed, indicator)
    if _levels(new) == _levels(facts):
        return "unchanged"
    start, end = new.baseline, new.target
    if start and end and end.date and end.date.last_day <= start.date.first_day:
        return "ends_before_it_starts"
    if runs_against(new):
        return "against_direction"
    return "waypoints" if refused_waypoints(new) else ""


def _levels(facts: IndicatorFacts) -> tuple[Any, Any]:
    return facts.baseline, facts.target
