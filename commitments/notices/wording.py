"""A row of the ledger in words."""

from dataclasses import dataclass
from datetime import tzinfo

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from commitments.formats.dates import long_moment
from commitments.notices.enums import CAN_BE_SENT_AGAIN, NoticeState, Reason
from commitments.notices.models import Notice
from commitments.notices.queries import Entry, Health
from commitments.notices.registry import UnknownKindError, kind_named

LANGUAGES = dict(settings.LANGUAGES)


@dataclass(frozen=True, slots=True)
class Line:
    """What the secretariat reads of one message."""

    when: str
    who: str
    email: str
    kind: str
    about: str
    language: str
    state: str
    reason: str
    #: Who asked for it once more after it had failed, and when; empty where nobody did.
    asked_again: str
    #: The number of the message, where it can be asked for once more.
    again: int | None


def line(entry: Entry, zone: tzinfo, language: str) -> Line:
    """When, who, about what, in which language, how far; times in the reader's zone."""
    notice = entry.notice
    moment = notice.sent_at or notice.settled_at or notice.next_attempt_at or notice.not_before
    person = notice.recipient
    return Line(
        when=long_moment(moment, zone, language),
        who=person.name or person.email,
        email=(notice.address_used or person.email) if person.name else "",
        kind=_kind(notice),
        about=entry.about,
        language=LANGUAGES.get(notice.language or person.language, ""),
        state=str(capfirst(NoticeState(notice.state).label)),
        reason=reason_words(notice.reason),
        asked_again=_asked_again(notice, zone, language),
        again=notice.pk if notice.state in CAN_BE_SENT_AGAIN else None,
    )


def _asked_again(notice: Notice, zone: tzinfo, language: str) -> str:
    if notice.asked_again_at is None or notice.asked_again_by is None:
        return ""
    return _("Sent again by %(person)s, %(moment)s") % {
        "person": notice.asked_again_by.name or notice.asked_again_by.email,
        "moment": long_moment(notice.asked_again_at, zone, language),
    }


def _kind(notice: Notice) -> str:
    try:
        return capfirst(str(kind_named(notice.kind).label))
    except UnknownKindError:
        return notice.kind


def reason_words(reason: str) -> str:
    """Why a message was not sent."""
    return str(Reason(reason).label) if reason in Reason.values else reason


def trouble_words(health: Health, zone: tzinfo, language: str) -> dict[str, str]:
    """Since when reminders do not run, and since when the mail server refuses; empty where all is well."""
    return {
        name: long_moment(moment, zone, language) if moment else ""
        for name, moment in (("silent_since", health.silent_since), ("refused_since", health.refused_since))
    }
