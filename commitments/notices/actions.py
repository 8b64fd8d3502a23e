"""Owing a message, and calling it off. Sending is the worker's part (`delivery`)."""

import uuid
from datetime import datetime
from email.utils import parseaddr
from typing import Any, Literal

from django.conf import settings
from django.db import transaction
from django.db.models import Model, Q, QuerySet

from commitments.notices.enums import CALLED_OFF, CAN_BE_SENT_AGAIN, UNSENT, Lane, NoticeState, Reason
from commitments.notices.models import Notice
from commitments.notices.registry import kind_named
from commitments.notices.steps import step_all
from commitments.notices.waking import kick

__all__ = ["cancel", "decided_at", "kick", "new_notice", "owe", "owe_all", "owe_decision", "send_again", "supersede"]


def owe(
    *,
    kind: str,
    thing: Model,
    recipient: Any,
    at: datetime,
    due_revision: str,
    lane: Literal["urgent", "normal"] = "normal",
    not_before: datetime | None = None,
    expires_at: datetime | None = None,
    offset_days: int = 0,
    local_intent: str = "",
) -> Notice:
    """Note that a person is owed a message about a thing; call it in the transaction that makes it so.

    Owing the same again (kind, thing, recipient, offset, revision of the due date) changes nothing and gives the row
    that is there. An urgent one that is due at once wakes the worker after commit. Raises UnknownKindError.
    """
    notice = new_notice(
        kind=kind,
        object_type=str(thing._meta.model_name),
        object_id=thing.pk,
        recipient_id=recipient.pk,
        at=at,
        due_revision=due_revision,
        lane=lane,
        not_before=not_before or at,
        expires_at=expires_at,
        offset_days=offset_days,
        local_intent=local_intent,
    )
    owe_all([notice])
    if lane == Lane.URGENT.value and notice.not_before <= at:
        kick()
    return Notice.objects.get(key=notice.key)


def owe_all(notices: list[Notice]) -> None:
    """Store messages owed; those whose key is in the ledger already are left as they are."""
    Notice.objects.bulk_create(notices, ignore_conflicts=True)


def new_notice(
    *, kind: str, object_type: str, object_id: int, recipient_id: int, at: datetime, due_revision: str,
    not_before: datetime, offset_days: int = 0, **columns: Any,
) -> Notice:  # fmt: skip
    """A row of the ledger, not stored yet. Its Message-ID is fixed here: every sending of it carries the same."""
    kind_named(kind)
    return Notice(
        key=f"{kind}:{object_type}:{object_id}:{recipient_id}:{offset_days}:{due_revision}",
        kind=kind,
        object_type=object_type,
        object_id=object_id,
        recipient_id=recipient_id,
        due_revision=due_revision,
        not_before=not_before,
        offset_days=offset_days,
        state=NoticeState.PENDING if not_before <= at else NoticeState.PLANNED,
        message_id=f"<{uuid.uuid4()}@{_domain()}>",
        created_at=at,
        **columns,
    )


def decided_at(thing: Any) -> str:
    """Which decision on a record a message tells of: the version of the record that it made."""
    return f"version {thing.version}"


def owe_decision(*, kind: str, thing: Any, recipient: Any, at: datetime) -> None:
    """Tell whoever proposed something what was decided, once for each decision; nobody where it came from no person."""
    if recipient is not None:
        owe(kind=kind, thing=thing, recipient=recipient, at=at, due_revision=decided_at(thing), lane="urgent")


def supersede(kind: str, thing: Model, keep_revision: str, at: datetime) -> int:
    """The due date of a thing has moved: unsent messages that count from another date are pointless. How many."""
    stale = _about(kind, thing).exclude(due_revision=keep_revision)
    return _call_off(stale, NoticeState.SUPERSEDED, Reason.MOVED, at)


def cancel(kind: str, thing: Model, at: datetime, reason: Reason = Reason.CALLED_OFF) -> int:
    """Unsent messages of a kind about a thing are not wanted any more. How many."""
    return _call_off(_about(kind, thing), NoticeState.CANCELLED, reason, at)


def call_off(notices: list[Notice], to: NoticeState, reason: str, at: datetime) -> int:
    """Call off these notices, as far as they are unsent. How many."""
    return _call_off(Notice.objects.filter(pk__in=[notice.pk for notice in notices]), to, reason, at)


def owe_anew(
    notice: Notice, *, at: datetime, not_before: datetime, expires_at: datetime | None, local_intent: str
) -> int:
    """A message that was called off before anything of it was handed over is wanted again. How many (1 or 0)."""
    untouched = Notice.objects.filter(pk=notice.pk, handover_at__isnull=True)
    times = {"not_before": not_before, "expires_at": expires_at, "local_intent": local_intent}
    return sum(
        step_all(untouched, where, NoticeState.PLANNED, at=at, reason="", next_attempt_at=None, **times)
        for where in CALLED_OFF
    )


def send_again(*, notice: Notice, by: Any, at: datetime) -> bool:
    """Hand a message to the mail server once more that failed, or perhaps did; the same Message-ID.

    Whether it is still wanted is looked at when it is sent, as for every message. False where it is on its way
    already, or came too late to be of use.
    """
    of_use = Notice.objects.filter(pk=notice.pk).filter(Q(expires_at__isnull=True) | Q(expires_at__gt=at))
    anew: dict[str, Any] = {"reason": "", "next_attempt_at": None, "lease_owner": "", "lease_until": None}
    asked = {"asked_again_at": at, "asked_again_by": by}
    with transaction.atomic():
        moved = sum(step_all(of_use, where, NoticeState.PENDING, at=at, **anew, **asked) for where in CAN_BE_SENT_AGAIN)
        if moved:
            kick()
    return bool(moved)


def _about(kind: str, thing: Model) -> QuerySet[Notice]:
    return Notice.objects.filter(kind=kind, object_type=thing._meta.model_name, object_id=thing.pk)


def _call_off(notices: QuerySet[Notice], to: NoticeState, reason: str, at: datetime) -> int:
    with transaction.atomic():
        return sum(step_all(notices, where, to, at=at, reason=reason) for where in UNSENT)


def _domain() -> str:
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
