"""What other offsets would change in the messages of the next fourteen days: a dry run, nothing is written."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from commitments.mechanisms.models import OfficeSettings
from commitments.mechanisms.queries import office_settings_from
from commitments.reminders.offsets import schedule_of
from commitments.reminders.planning import Wanted, wanted
from commitments.reminders.queries import HORIZON, all_due
from commitments.reminders.roster import Roster

#: One person's messages of one kind about one thing.
About = tuple[str, str, int, int]


@dataclass(frozen=True, slots=True)
class ReminderEffect:
    """How many messages of the next fourteen days would appear, vanish, or go out on another day; how many stay."""

    appear: int
    vanish: int
    move: int
    stay: int

    @property
    def changes(self) -> int:
        """How many would be different."""
        return self.appear + self.vanish + self.move


def reminder_effect(proposed: OfficeSettings, at: datetime) -> ReminderEffect:
    """Plan twice, as decided so far and with a proposed decision. The number of queries is constant."""
    at = at.astimezone(UTC)
    decided = office_settings_from(at.date())
    others = [row for row in decided if row.pk != proposed.pk or row.pk is None]
    together = sorted([*others, proposed], key=lambda row: row.valid_from)
    things, roster = all_due(at.date()), Roster.load(at.date())
    now = _days(wanted(things, roster, at, schedule_of(decided)), at)
    then = _days(wanted(things, roster, at, schedule_of(together)), at)
    appear = vanish = move = stay = 0
    for about in now.keys() | then.keys():
        gone, new = now[about] - then[about], then[about] - now[about]
        moved = min(len(gone), len(new))
        move, vanish, appear = move + moved, vanish + len(gone) - moved, appear + len(new) - moved
        stay += len(now[about] & then[about])
    return ReminderEffect(appear, vanish, move, stay)


def _days(messages: Iterable[Wanted], at: datetime) -> dict[About, set[datetime]]:
    """When each person is told about each thing, of what lies ahead within the horizon."""
    days: dict[About, set[datetime]] = defaultdict(set)
    for message in messages:
        if at < message.not_before <= at + HORIZON:
            about = (message.kind, message.object_type, message.object_id, message.recipient_id)
            days[about].add(message.not_before)
    return days
