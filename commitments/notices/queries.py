"""Readings of the ledger for the page of the secretariat. A constant number of queries, however long the lists."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from commitments.notices import breaker
from commitments.notices.enums import NEEDS_ATTENTION, NoticeState
from commitments.notices.models import Heartbeat, Notice
from commitments.notices.registry import UnknownKindError, kind_named

#: What is not over: planned, due, or on its way.
AHEAD = (NoticeState.PLANNED, NoticeState.PENDING, NoticeState.RETRY, NoticeState.CLAIMED, NoticeState.HANDOVER)
#: What is over and asks nothing of anybody.
OVER = (NoticeState.SENT, NoticeState.CANCELLED, NoticeState.SUPERSEDED)
#: Trouble older than this has either been dealt with or does not matter any more.
ATTENTION = timedelta(days=30)
#: The jobs without which nothing goes out: planning and sending.
JOBS = ("plan", "send_due")
#: A scan older than this means that the worker or the scheduler is silent.
SILENCE = timedelta(minutes=3)


@dataclass(frozen=True, slots=True)
class Entry:
    """One message, and what it is about."""

    notice: Notice
    about: str


def in_need_of_attention(notices: QuerySet[Notice], at: datetime) -> QuerySet[Notice]:
    """Messages that did not, or perhaps did not, arrive; the newest first."""
    lately = Q(settled_at__gte=at - ATTENTION) | Q(settled_at__isnull=True, not_before__gte=at - ATTENTION)
    return notices.filter(lately, state__in=NEEDS_ATTENTION).order_by("-not_before", "-id")


def ahead(notices: QuerySet[Notice]) -> QuerySet[Notice]:
    """What will be sent, in the order in which it goes out."""
    return notices.filter(state__in=AHEAD).order_by("not_before", "id")


def over(notices: QuerySet[Notice]) -> QuerySet[Notice]:
    """What was sent or called off, the newest first."""
    return notices.filter(state__in=OVER).order_by("-not_before", "-id")


def entries(notices: Iterable[Notice], language: str) -> dict[int, Entry]:
    """Messages with what they are about, by their number; one query for each kind that occurs."""
    rows = list(notices)
    things: dict[str, set[int]] = {}
    for notice in rows:
        things.setdefault(notice.kind, set()).add(notice.object_id)
    about = {kind: _about(kind, ids, language) for kind, ids in things.items()}
    return {notice.pk: Entry(notice, about[notice.kind].get(notice.object_id, "")) for notice in rows}


def _about(kind: str, ids: set[int], language: str) -> dict[int, str]:
    try:
        return kind_named(kind).about(ids, language)
    except UnknownKindError:
        return {}


@dataclass(frozen=True, slots=True)
class Health:
    """Whether messages go out. A moment means: not since then."""

    silent_since: datetime | None
    refused_since: datetime | None


def health(at: datetime) -> Health:
    """What the signs of life say."""
    ends = Heartbeat.objects.filter(job__in=JOBS).values_list("finished_at", flat=True)
    last = min((end for end in ends if end is not None), default=None)
    return Health(
        silent_since=last if last is not None and at - last > SILENCE else None,
        refused_since=breaker.troubled_since(),
    )
