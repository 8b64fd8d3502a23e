"""Reminders that the secretariat sends by hand: who would get which message, shown before it is sent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from accounts.models import User
from commitments.appointments.models import Appointment
from commitments.notices import actions as notices
from commitments.notices.enums import SETTLED
from commitments.notices.letters import Letter, letter
from commitments.notices.models import Notice
from commitments.notices.registry import kind_named
from commitments.reminders.queries import authors
from commitments.reminders.roster import Audience, Roster
from commitments.reporting.chased import BY_HAND, reminded_on
from commitments.reporting.models import ProgressReport

#: A reminder by hand that has not gone out in two days is of no use any more.
USEFUL = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Chase:
    """One message to one person about one report; `is_sent`: they were reminded of it today already."""

    report: ProgressReport
    post: Appointment
    notice: Notice
    is_sent: bool

    @property
    def person(self) -> User:
        """Who gets it."""
        person: User = self.post.user
        return person

    def letter(self, at: datetime) -> Letter:
        """The message exactly as it would be sent now."""
        return letter(self.notice, kind_named(BY_HAND), at)


def chases(reports: Iterable[ProgressReport], *, on: date, at: datetime) -> list[Chase]:
    """The messages about these reports, one a person and report; three queries."""
    rows = list(reports)
    everybody = Audience(
        countries=frozenset(row.country_id for row in rows if row.country_id),
        groups=frozenset(row.group_id for row in rows if row.group_id),
        secretariat=any(row.is_of_secretariat for row in rows),
    )
    roster = Roster.load(on, among=everybody)
    found = []
    for report in rows:
        for post in roster.who(authors(report), on).values():
            notice = notices.new_notice(
                kind=BY_HAND,
                object_type="progressreport",
                object_id=report.pk,
                recipient_id=post.user_id,
                at=at,
                due_revision=on.isoformat(),
                not_before=at,
                expires_at=at + USEFUL,
            )
            notice.recipient = post.user
            found.append((report, post, notice))
    told = _reminded([row for _report, _post, row in found], on)
    return [Chase(report, post, notice, (report.pk, post.user_id) in told) for report, post, notice in found]


def _reminded(wanted: Iterable[Notice], on: date) -> set[tuple[int, int]]:
    """Reports and people of whom a message is owed by hand today, or went out today by itself. One query."""
    known = reminded_on(on).filter(object_id__in={row.object_id for row in wanted})
    return set(known.values_list("object_id", "recipient_id"))


def last_by_hand(reports: Iterable[int]) -> dict[tuple[int, int], str]:
    """By report and person, the last day on which they were, or are being, reminded by hand. One query."""
    rows = Notice.objects.filter(kind=BY_HAND, object_type="progressreport", object_id__in=list(reports))
    known = rows.exclude(state__in=SETTLED).order_by("due_revision")
    told = known.values_list("object_id", "recipient_id", "due_revision")
    return {(report, person): day for report, person, day in told}


def send(reports: Iterable[ProgressReport], *, on: date, at: datetime) -> int:
    """Owe these messages now, at most one a day for each person and report; how many are new."""
    with transaction.atomic():
        new = [chase.notice for chase in chases(reports, on=on, at=at) if not chase.is_sent]
        notices.owe_all(new)
        if new:
            notices.kick()
    return len(new)
