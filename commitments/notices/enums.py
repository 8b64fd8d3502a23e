"""States and lanes of a message owed to a person, the lawful steps between the states, and why a message ended."""

from enum import StrEnum

from django.db import models
from django.utils.translation import pgettext_lazy


class NoticeState(models.TextChoices):
    """Where a message stands; the lawful steps are in `may_become`."""

    PLANNED = "planned", pgettext_lazy("state of a notice", "planned")
    PENDING = "pending", pgettext_lazy("state of a notice", "due")
    CLAIMED = "claimed", pgettext_lazy("state of a notice", "being sent")
    HANDOVER = "handover", pgettext_lazy("state of a notice", "being handed over")
    SENT = "sent", pgettext_lazy("state of a notice", "sent")
    UNCERTAIN = "uncertain", pgettext_lazy("state of a notice", "perhaps sent")
    RETRY = "retry", pgettext_lazy("state of a notice", "will be tried again")
    CANCELLED = "cancelled", pgettext_lazy("state of a notice", "cancelled")
    SUPERSEDED = "superseded", pgettext_lazy("state of a notice", "superseded")
    EXPIRED = "expired", pgettext_lazy("state of a notice", "expired")
    FAILED_ADDRESS = "failed_address", pgettext_lazy("state of a notice", "address refused")
    DEAD = "dead", pgettext_lazy("state of a notice", "given up")

    @property
    def may_become(self) -> frozenset["NoticeState"]:
        """The lawful next states."""
        return _STEPS[self]


_PLANNED, _PENDING, _CLAIMED, _HANDOVER = (
    NoticeState.PLANNED,
    NoticeState.PENDING,
    NoticeState.CLAIMED,
    NoticeState.HANDOVER,
)
_SENT, _UNCERTAIN, _RETRY = NoticeState.SENT, NoticeState.UNCERTAIN, NoticeState.RETRY
_CANCELLED, _SUPERSEDED, _EXPIRED = NoticeState.CANCELLED, NoticeState.SUPERSEDED, NoticeState.EXPIRED
_FAILED, _DEAD = NoticeState.FAILED_ADDRESS, NoticeState.DEAD

_STEPS: dict[NoticeState, frozenset[NoticeState]] = {
    _PLANNED: frozenset({_PENDING, _CANCELLED, _SUPERSEDED, _EXPIRED}),
    _PENDING: frozenset({_CLAIMED, _CANCELLED, _SUPERSEDED, _EXPIRED}),
    # Back to pending: the lease ran out, or the mail server could not be reached; it has seen nothing of the message.
    _CLAIMED: frozenset({_HANDOVER, _PENDING, _RETRY, _FAILED, _DEAD, _CANCELLED, _SUPERSEDED, _EXPIRED}),
    # From the first byte of the message on: accepted, refused with a code, or nobody knows.
    _HANDOVER: frozenset({_SENT, _UNCERTAIN, _RETRY, _DEAD}),
    _RETRY: frozenset({_CLAIMED, _CANCELLED, _SUPERSEDED, _EXPIRED}),
    # Tried once more, with the same Message-ID; after that it stays and is shown.
    _UNCERTAIN: frozenset({_PENDING}),
    # A date moved there and back, a deputy who left again: what was called off unsent can be owed anew.
    _CANCELLED: frozenset({_PLANNED}),
    _SUPERSEDED: frozenset({_PLANNED}),
    _SENT: frozenset(),
    _EXPIRED: frozenset(),
    # The office asks for it once more, when the address or the server has been put right.
    _FAILED: frozenset({_PENDING}),
    _DEAD: frozenset({_PENDING}),
}

#: Not begun: may still be called off.
UNSENT = (_PLANNED, _PENDING, _RETRY)
#: May be claimed once the time has come.
WAITING = (_PENDING, _RETRY)
#: Ended without being sent; such a row carries `settled_at` and a reason.
SETTLED = (_CANCELLED, _SUPERSEDED, _EXPIRED, _FAILED, _DEAD)
#: Called off before anything reached the mail server; can be owed anew.
CALLED_OFF = (_CANCELLED, _SUPERSEDED)
#: Somebody must look: the message did not, or perhaps did not, arrive.
NEEDS_ATTENTION = (_FAILED, _DEAD, _EXPIRED, _UNCERTAIN)
#: May be asked for once more, as long as it is of use.
CAN_BE_SENT_AGAIN = (_FAILED, _DEAD, _UNCERTAIN)


class Lane(models.TextChoices):
    """How soon a message must go."""

    URGENT = "urgent", pgettext_lazy("lane of a notice", "urgent")
    NORMAL = "normal", pgettext_lazy("lane of a notice", "normal")


class Reason(models.TextChoices):
    """Why a message ended without being sent."""

    DONE = "done", pgettext_lazy("why a notice was not sent", "the task is done")
    MOVED = "moved", pgettext_lazy("why a notice was not sent", "the date or the thing has changed")
    CALLED_OFF = "called_off", pgettext_lazy("why a notice was not sent", "the thing was cancelled")
    GONE = "gone", pgettext_lazy("why a notice was not sent", "the record is gone")
    CLOSED = "closed", pgettext_lazy("why a notice was not sent", "the reporting cycle is closed")
    NOT_RESPONSIBLE = (
        "not_responsible",
        pgettext_lazy("why a notice was not sent", "the person is not responsible for it any more"),
    )
    INACTIVE = "inactive", pgettext_lazy("why a notice was not sent", "the person has no access any more")
    CATCH_UP = "catch_up", pgettext_lazy("why a notice was not sent", "a newer reminder took its place")
    JOINED = "joined", pgettext_lazy("why a notice was not sent", "another message of the same morning tells of it")
    USED = "used", pgettext_lazy("why a notice was not sent", "the link was used or replaced")
    TOO_LATE = "too_late", pgettext_lazy("why a notice was not sent", "it came too late to be useful")
    ADDRESS_REFUSED = (
        "address_refused",
        pgettext_lazy("why a notice was not sent", "the mail server does not accept the address"),
    )
    CONTENT_REFUSED = (
        "content_refused",
        pgettext_lazy("why a notice was not sent", "the mail server refused the message"),
    )
    BROKEN = "broken", pgettext_lazy("why a notice was not sent", "the message could not be written")
    TRIES_USED = "tries_used", pgettext_lazy("why a notice was not sent", "it was tried too many times")


class Outcome(StrEnum):
    """How one try to deliver a message ended."""

    SENT = "sent"
    #: Another process had it first, or took it over.
    TAKEN = "taken"
    CANCELLED = "cancelled"
    EXPIRED = "expired"
    #: The message itself could not be written.
    BROKEN = "broken"
    #: No mail server, no sign-in to it, or it does not take mail from us: says nothing about the message.
    UNREACHABLE = "unreachable"
    RETRY = "retry"
    ADDRESS_REFUSED = "address_refused"
    CONTENT_REFUSED = "content_refused"
    #: The line was cut, or the process died, while the message was being handed over.
    UNCERTAIN = "uncertain"
    #: The process died before the mail server saw anything.
    INTERRUPTED = "interrupted"
