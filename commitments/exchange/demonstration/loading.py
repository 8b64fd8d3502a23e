"""Putting the demonstration up: again and again without change, until its dates have come."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db import transaction

from commitments.exchange.demonstration.cycle import (
    SLUG,
    Stage,
    bring_in_cycle,
    bring_in_meeting,
    move_cycle_ahead,
    move_meeting_ahead,
)
from commitments.exchange.demonstration.examples import bring_in_examples
from commitments.exchange.demonstration.people import bring_in_people
from commitments.indicators import statuses
from commitments.mechanisms.models import Country
from commitments.meetings.models import Meeting
from commitments.reporting.models import ReportEntry, ReportingCycle
from commitments.roles.actor import Actor
from commitments.roles.enums import Door

STAGEHAND = "load_demo"


class NoRecordError(Exception):
    """There is no record to show: load it first."""


@dataclass(frozen=True, slots=True)
class Demonstration:
    """What stands on the stage."""

    emails: tuple[str, ...]
    cycle: ReportingCycle
    meeting: Meeting
    due: int
    next_due_on: date | None
    examples: int


def move_ahead(at: datetime) -> dict[str, int]:
    """Move the invented dates that have come since, as the next start would; nothing where no demonstration stands."""
    stage = Stage(Actor.process(STAGEHAND, door=Door.TASK), at, at.astimezone(UTC).date())
    with transaction.atomic():
        cycle = ReportingCycle.objects.filter(slug=SLUG, is_demonstration=True).first()
        owed = move_cycle_ahead(stage, cycle) if cycle else 0
        return {"owed": owed, "meetings": move_meeting_ahead(stage)}


def load_demonstration(*, password: str, at: datetime, example_reports: bool = False) -> Demonstration:
    """Bring in people, cycle and meeting, and the marked examples where they are asked for.

    Raises NoRecordError, RealAccountError.
    """
    on = at.astimezone(UTC).date()
    stage = Stage(Actor.process(STAGEHAND), at, on)
    with transaction.atomic():
        if not Country.objects.filter(iso3="COL").exists():
            raise NoRecordError
        people = bring_in_people(password=password, by=stage.by, at=at, on=on)
        cycle = bring_in_cycle(stage)
        meeting = bring_in_meeting(stage)
        examples = bring_in_examples(stage, cycle, people) if example_reports else []
        if examples:
            statuses.refresh(commitments=[commitment.pk for commitment in examples], at=at)
        waiting = ReportEntry.objects.filter(report__cycle=cycle, measurement=None)
        real = waiting.filter(series__indicator__is_example=False)
        return Demonstration(
            emails=tuple(user.email for user in people.values()),
            cycle=cycle,
            meeting=meeting,
            due=waiting.count(),
            next_due_on=min(real.values_list("due_on", flat=True), default=None),
            examples=len(examples),
        )
