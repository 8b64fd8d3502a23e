"""A row of the ledger in words."""

from dataclasses import dataclass
from datetime import tzinfo

from django.conf import settings
from django.utils.text import capfirst

from commitments.formats.dates import long_moment
from commitments.notices.enums import NoticeState, Reason
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
    )


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
