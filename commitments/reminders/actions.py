"""Bringing the ledger in line with what is due: plan new messages, call off what is not wanted any more."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from commitments.mechanisms.queries import office_settings_from
from commitments.notices import actions as notices
from commitments.notices.enums import CALLED_OFF, UNSENT, Lane, NoticeState, Reason
from commitments.notices.models import Notice
from commitments.notices.queue import MOST_TRIES
from commitments.notices.registry import kind_named
from commitments.reminders.chasing import last_by_hand
from commitments.reminders.offsets import OFFSETS, line_of, schedule_of
from commitments.reminders.planning import Wanted, wanted
from commitments.reminders.queries import HORIZON, Due, all_due
from commitments.reminders.roster import Roster
from commitments.reporting.chased import BY_THEMSELVES
from commitments.reporting.models import ReportEntry

KINDS = sorted({offset.kind for offsets in OFFSETS.values() for offset in offsets})
ABOUT_REPORTS = sorted({offset.kind for line in ("figure", "report") for offset in OFFSETS[line]})
#: Has reached somebody, or may have.
GONE_OUT = (NoticeState.CLAIMED, NoticeState.HANDOVER, NoticeState.SENT, NoticeState.UNCERTAIN)
KEYS_IN_A_QUERY = 1000


def plan(at: datetime) -> dict[str, int]:
    """Owe what falls due within the next fourteen days, to whoever is responsible on its day. What changed, counted.

    A function of what is stored and of the moment: planning again, late, or twice at once changes nothing more.
    """
    at = at.astimezone(UTC)
    things = all_due(at.date())
    schedule = schedule_of(office_settings_from(at.date()))
    planned = _not_chased(wanted(things, Roster.load(at.date()), at, schedule))
    messages = {message.key: message for message in planned}
    soon = [message for message in messages.values() if message.not_before <= at + HORIZON]
    known = {notice.key: notice for notice in _rows([message.key for message in soon])}
    soon = _not_told_of(soon, known, at)
    # What came too late ends in the queue, with that reason.
    unsent = list(Notice.objects.filter(kind__in=KINDS, state__in=UNSENT).exclude(expires_at__lte=at))
    with transaction.atomic():
        new = _owe([message for message in soon if message.key not in known], at)
        changed = sum(_adjust(known[m.key], m, at) for m in soon if m.key in known)
        ended = _call_off([notice for notice in unsent if notice.key not in messages], things, messages.values(), at)
    return {"things": len(things), "planned": new, "changed": changed, "called_off": ended}


def _not_chased(messages: list[Wanted]) -> list[Wanted]:
    """Without reminders of reports whose people the secretariat has reminded by hand on their day, or after it."""
    reports = {message.object_id for message in messages if message.kind in BY_THEMSELVES}
    chased = last_by_hand(reports) if reports else {}

    def is_overtaken(message: Wanted) -> bool:
        day = chased.get((message.object_id, message.recipient_id), "")
        return message.kind in BY_THEMSELVES and message.local_intent[:10] <= day

    return [message for message in messages if not is_overtaken(message)]


def _not_told_of(soon: list[Wanted], known: dict[str, Notice], at: datetime) -> list[Wanted]:
    """Without the figures that a message of the same morning has told of, whose own report or figure is done since."""

    def is_new(message: Wanted) -> bool:
        row = known.get(message.key)
        return message.not_before <= at and (row is None or row.state in CALLED_OFF)

    fresh = [message for message in soon if message.object_type == "reportentry" and is_new(message)]
    if not fresh:
        return soon
    report_of = dict(ReportEntry.objects.filter(report__in={m.report_id for m in fresh}).values_list("pk", "report_id"))
    people = {message.recipient_id for message in fresh}
    gone = Notice.objects.filter(kind__in=ABOUT_REPORTS, recipient__in=people, state__in=GONE_OUT)
    told = set()
    for kind, pk, person, intent in gone.values_list("object_type", "object_id", "recipient_id", "local_intent"):
        told.add((pk if kind == "progressreport" else report_of.get(pk), person, intent[:10]))
    return [message for message in soon if message not in fresh or message.bundle not in told]


def _rows(keys: list[str]) -> Iterator[Notice]:
    for first in range(0, len(keys), KEYS_IN_A_QUERY):
        yield from Notice.objects.filter(key__in=keys[first : first + KEYS_IN_A_QUERY])


def _owe(messages: list[Wanted], at: datetime) -> int:
    notices.owe_all(
        [
            notices.new_notice(
                kind=message.kind,
                object_type=message.object_type,
                object_id=message.object_id,
                recipient_id=message.recipient_id,
                offset_days=message.offset_days,
                due_revision=message.due_revision,
                not_before=message.not_before,
                expires_at=message.expires_at,
                lane=message.lane,
                local_intent=message.local_intent,
                at=at,
            )
            for message in messages
        ]
    )
    if any(message.lane == Lane.URGENT for message in messages):
        notices.kick()
    return len(messages)


def _adjust(notice: Notice, message: Wanted, at: datetime) -> int:
    """A row that is there: owed anew if it was called off unsent, moved if the person lives by another clock now."""
    if notice.state in CALLED_OFF and notice.attempt < MOST_TRIES:
        return notices.owe_anew(notice, at=at, **_times(message))
    times = _times(message)
    if notice.state != NoticeState.PLANNED or all(getattr(notice, name) == value for name, value in times.items()):
        return 0
    return Notice.objects.filter(pk=notice.pk, state=NoticeState.PLANNED).update(**times)


def _times(message: Wanted) -> dict[str, Any]:
    return {
        "not_before": message.not_before,
        "expires_at": message.expires_at,
        "local_intent": message.local_intent,
    }


def _call_off(unwanted: list[Notice], things: list[Due], messages: Iterable[Wanted], at: datetime) -> int:
    """End what is not wanted any more, each with its reason."""
    revisions = {(due.line, *due.key): due.revision for due in things}
    reports = {(due.line, *due.key): due.report_id for due in things}
    bundles = {message.bundle for message in messages if message.report_id is not None}
    newer = {(line_of(m.kind), m.object_id, m.recipient_id) for m in messages if m.not_before <= at}
    grouped: dict[tuple[NoticeState, str], list[Notice]] = {}
    for notice in unwanted:
        line = line_of(notice.kind)
        thing = (line, notice.object_type, notice.object_id)
        revision = revisions.get(thing)
        if revision is not None and revision != notice.due_revision:
            end = (NoticeState.SUPERSEDED, str(Reason.MOVED))
        elif (reports.get(thing), notice.recipient_id, notice.local_intent[:10]) in bundles:
            end = (NoticeState.SUPERSEDED, str(Reason.JOINED))
        elif (line, notice.object_id, notice.recipient_id) in newer:
            end = (NoticeState.SUPERSEDED, str(Reason.CATCH_UP))
        else:
            why = kind_named(notice.kind).recheck(notice, at)
            end = (NoticeState.CANCELLED, why or Reason.MOVED)
        grouped.setdefault(end, []).append(notice)
    return sum(notices.call_off(rows, to, reason, at) for (to, reason), rows in grouped.items())
