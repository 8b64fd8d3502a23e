"""Which messages are owed, worked out from what is due and who is responsible. Pure: no clock, no database."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from commitments.notices.enums import Lane
from commitments.reminders.mornings import LocalMoment, end_of, morning
from commitments.reminders.offsets import DEFAULT, Offset, Schedule
from commitments.reminders.queries import Due
from commitments.reminders.roster import Roster, zone_of_post

#: A late reminder is of use until the next one comes.
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One message that a person is owed at a time."""

    kind: str
    object_type: str
    object_id: int
    recipient_id: int
    offset_days: int
    due_revision: str
    lane: str
    local_intent: str
    not_before: datetime
    expires_at: datetime | None
    report_id: int | None = None

    @property
    def bundle(self) -> tuple[int | None, int, str]:
        """What is read together: a report, by a person, on a morning; no report for what stands by itself."""
        return (self.report_id, self.recipient_id, self.local_intent[:10])

    @property
    def rank(self) -> tuple[bool, int, int]:
        """Which of a bundle goes out: the report's own before a figure's, the longest due before the others."""
        return (self.object_type != "progressreport", -self.offset_days, self.object_id)

    @property
    def key(self) -> str:
        """The key of its row in the ledger."""
        parts = (self.kind, self.object_type, self.object_id, self.recipient_id, self.offset_days, self.due_revision)
        return ":".join(map(str, parts))


def wanted(things: Iterable[Due], roster: Roster, at: datetime, schedule: Schedule = DEFAULT) -> list[Wanted]:
    """All messages owed from a moment on, each once, by the offsets that hold on the day on which each goes out.

    Of those whose time has passed only the newest for each thing and person, and none that is of no use any more. Of
    those about one report, or figures of it, that a person would read on one morning only the first: it tells of all.
    """
    return one_a_morning([message for due in things for message in _of(due, roster, at, schedule)])


def one_a_morning(messages: list[Wanted]) -> list[Wanted]:
    """The messages with one for each report, person and morning."""
    first: dict[tuple[int | None, int, str], Wanted] = {}
    for message in messages:
        known = first.get(message.bundle)
        if known is None or message.rank < known.rank:
            first[message.bundle] = message
    return [message for message in messages if message.report_id is None or first[message.bundle] is message]


def _of(due: Due, roster: Roster, at: datetime, schedule: Schedule) -> Iterator[Wanted]:
    by_person: dict[int, dict[datetime, Wanted]] = {}
    for offset in schedule.offsets(due.line):
        day = _day(due, offset, at.date())
        if day is None or not schedule.holds(due.line, offset, day):
            continue
        # Whoever is responsible when it goes out: on the day itself, or today when that day has passed.
        for person, post in roster.who(due.audience, max(day, at.date())).items():
            message = _message(due, offset, day, zone_of_post(post), person, at)
            # A cycle that opens late moves several reminders to its first morning: the newest stands for them all.
            by_person.setdefault(person, {})[message.not_before] = message
    for messages in by_person.values():
        passed = [message for message in messages.values() if message.not_before <= at]
        yield from (message for message in passed[-1:] if message.expires_at is None or message.expires_at > at)
        yield from (message for message in messages.values() if message.not_before > at)


def _day(due: Due, offset: Offset, today: date) -> date | None:
    """The day on which a reminder goes out; None when it has none."""
    if offset.days is None:
        return today
    if due.due_on is None:
        return None
    day = due.due_on + timedelta(days=offset.days)
    if due.opens_on is not None and day < due.opens_on:
        day = due.opens_on
    return None if due.closes_on is not None and day > due.closes_on else day


def _message(due: Due, offset: Offset, day: date, zone: ZoneInfo, person: int, at: datetime) -> Wanted:
    moment = LocalMoment("", at) if offset.is_at_once else morning(day, zone)
    object_type, object_id = due.key
    return Wanted(
        kind=offset.kind,
        object_type=object_type,
        object_id=object_id,
        recipient_id=person,
        offset_days=offset.days or 0,
        due_revision=due.revision,
        lane=Lane.URGENT if offset.is_at_once else Lane.NORMAL,
        local_intent=moment.intent,
        not_before=moment.at,
        expires_at=_expires(due, offset, day, zone),
        report_id=due.report_id,
    )


def _expires(due: Due, offset: Offset, day: date, zone: ZoneInfo) -> datetime | None:
    if offset.is_late:
        return morning(day, zone).at + WEEK
    if due.ends_at is not None:
        return due.ends_at
    return end_of(due.due_on, zone) if due.due_on is not None else None
