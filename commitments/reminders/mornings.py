"""The local morning of a person: the wall-clock time they live by, and the same moment in UTC.

Due things are days in a zone, not moments. Both are kept: the intent stays true when a country changes its clocks.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

MORNING = time(9)
#: What an account carries before its owner has chosen: nobody is meant to be woken by it.
NOT_CHOSEN = ("", "UTC")
#: The last day whose end is still a moment, in every zone.
LAST_DAY = date(9999, 12, 29)


@dataclass(frozen=True, slots=True)
class LocalMoment:
    """A wall-clock time in a zone, as meant, and the moment it fell on."""

    intent: str
    at: datetime


def zone_of(*names: str) -> ZoneInfo:
    """The first of these zones that somebody chose and that exists; UTC when there is none."""
    for name in names:
        if name in NOT_CHOSEN:
            continue
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return ZoneInfo("UTC")


def morning(day: date, zone: ZoneInfo) -> LocalMoment:
    """Nine o'clock of a day in a zone."""
    return wall_clock(day, MORNING, zone)


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """The moment a day is over in a zone; of a day that no calendar follows, the last that one does."""
    return wall_clock(min(day, LAST_DAY) + timedelta(days=1), time(0), zone).at


def wall_clock(day: date, hour: time, zone: ZoneInfo) -> LocalMoment:
    """A wall-clock time. In the gap of a clock set forward it is later by the gap; of two such the first counts."""
    meant = datetime.combine(day, hour.replace(fold=0), tzinfo=zone)
    # fold=0 reads a missing time with the offset before the change, which is the time after it, moved by the gap.
    return LocalMoment(f"{meant:%Y-%m-%dT%H:%M} {zone.key}", meant.astimezone(UTC))


def day_for(intent: str, at: datetime) -> date:
    """The day that a message was meant for, where its recipient is; today once that has passed."""
    today = at.astimezone(UTC).date()
    return max(date.fromisoformat(intent[:10]), today) if intent else today


def zone_of_intent(intent: str) -> ZoneInfo:
    """The zone that a stored intent was meant in."""
    return zone_of(intent.partition(" ")[2])
