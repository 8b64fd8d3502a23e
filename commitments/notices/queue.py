"""What is due in the ledger, and what became of messages whose sender died. Safe to run twice, late, or at once."""

import uuid
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, F, Q

from commitments.notices.enums import UNSENT, WAITING, NoticeState, Outcome, Reason
from commitments.notices.mail_server import Phase
from commitments.notices.models import Notice, NoticeAttempt
from commitments.notices.registry import kinds
from commitments.notices.steps import step, step_all

#: Longer than every time-out of a conversation with the mail server together: a slow sender is not overtaken.
LEASE = timedelta(minutes=5)
#: Minutes to the next try after the first, second … temporary refusal.
RETRY_MINUTES = (1, 5, 15, 60, 180, 360)
MOST_TRIES = len(RETRY_MINUTES) + 1


def fall_due(at: datetime) -> int:
    """Planned messages whose time has come are pending; what is too late or overtaken ends. How many ended."""
    ended = 0
    for where in UNSENT:
        late = Notice.objects.filter(expires_at__lte=at)
        ended += step_all(late, where, NoticeState.EXPIRED, at=at, reason=Reason.TOO_LATE)
    overtaken = Notice.objects.filter(pk__in=_overtaken(at))
    for where in UNSENT:
        ended += step_all(overtaken, where, NoticeState.SUPERSEDED, at=at, reason=Reason.CATCH_UP)
    step_all(Notice.objects.filter(not_before__lte=at), NoticeState.PLANNED, NoticeState.PENDING, at=at)
    return ended


def _overtaken(at: datetime) -> list[int]:
    """After a silence several messages about one thing may be due to one person: all but the newest."""
    lines = {kind.name: kind.line for kind in kinds()}
    newest: dict[tuple[object, ...], int] = {}
    older: list[int] = []
    due = Notice.objects.filter(state__in=UNSENT, not_before__lte=at).order_by("not_before", "offset_days", "id")
    for pk, kind, *about in due.values_list("pk", "kind", "object_type", "object_id", "recipient_id"):
        about_whom = (lines.get(kind, kind), *about)
        if about_whom in newest:
            older.append(newest[about_whom])
        newest[about_whom] = pk
    return older


def due(at: datetime, limit: int) -> list[int]:
    """What may be sent now, urgent ones first, then the longest waiting."""
    rows = Notice.objects.filter(state__in=WAITING, not_before__lte=at).filter(_ready(at))
    # "urgent" sorts after "normal".
    return list(rows.order_by("-lane", "not_before", "pk").values_list("pk", flat=True)[:limit])


def claim(notice_id: int, at: datetime) -> Notice | None:
    """Take one message for sending, with a lease; None when another process was faster."""
    owner = uuid.uuid4().hex
    waiting = Notice.objects.filter(_ready(at), pk=notice_id)
    taken = sum(
        step_all(
            waiting, where, NoticeState.CLAIMED,
            at=at, lease_owner=owner, lease_until=at + LEASE, attempt=F("attempt") + 1, next_attempt_at=None,
        )
        for where in WAITING
    )  # fmt: skip
    if not taken:
        return None
    return Notice.objects.select_related("recipient").filter(pk=notice_id, lease_owner=owner).first()


def _ready(at: datetime) -> Q:
    return Q(next_attempt_at__isnull=True) | Q(next_attempt_at__lte=at)


def recover(at: datetime) -> int:
    """Messages whose sender fell silent: those the mail server has not seen wait again; the others are uncertain.

    An uncertain message is sent once more, with the same Message-ID; when that is uncertain too it stays so and is
    shown. How many were found.
    """
    lost = Notice.objects.filter(lease_until__lte=at)
    found = 0
    for notice in lost.filter(state=NoticeState.CLAIMED):
        found += _interrupted(notice, at)
    for notice in lost.filter(state=NoticeState.HANDOVER):
        found += record(notice, NoticeState.UNCERTAIN, Outcome.UNCERTAIN, at, phase=Phase.DATA)
    times = Count("attempts", filter=Q(attempts__outcome=Outcome.UNCERTAIN))
    for notice in Notice.objects.filter(state=NoticeState.UNCERTAIN).annotate(times=times).filter(times=1):
        step(notice, NoticeState.PENDING, at=at, lease_owner="", lease_until=None)
    return found


def _interrupted(notice: Notice, at: datetime) -> bool:
    """What kills its sender again and again is given up before it stops everything."""
    if notice.attempt >= MOST_TRIES:
        return record(notice, NoticeState.DEAD, Outcome.INTERRUPTED, at, reason=Reason.TRIES_USED)
    return record(notice, NoticeState.PENDING, Outcome.INTERRUPTED, at, lease_owner="", lease_until=None)


def record(
    notice: Notice, to: NoticeState, outcome: Outcome, at: datetime,
    *, phase: str = "", code: int | None = None, started_at: datetime | None = None, **columns: object,
) -> bool:  # fmt: skip
    """Move a notice and note the try behind it, together; False when the notice has moved on meanwhile."""
    begun = started_at or at
    with transaction.atomic():
        moved = step(notice, to, at=at, **columns)
        if moved:
            NoticeAttempt.objects.create(
                notice=notice,
                number=notice.attempt,
                started_at=begun,
                phase=phase,
                smtp_code=code,
                outcome=outcome,
                milliseconds=max(0, round((at - begun).total_seconds() * 1000)),
            )
    return moved
