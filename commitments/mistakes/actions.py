"""Taking in what a reader reports, saying where it stands, and forgetting it."""

from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import User
from commitments.appointments.queries import secretariat
from commitments.mistakes.enums import MistakeState
from commitments.mistakes.models import MistakeReport
from commitments.notices.actions import new_notice, owe_all

#: The name under which the ledger knows the message about one.
MISTAKE_REPORTED = "mistake_reported"
#: So long is kept what a reader wrote, answered or not.
MISTAKES_KEPT = timedelta(days=180)
#: The same words about the same page within this time are one press too many, not a second report.
SAME = timedelta(hours=1)


def report_mistake(
    *, page: str, wrong: str, right: str, source: str, email: str, language: str, at: datetime
) -> MistakeReport:
    """Keep what a reader reported, and owe everybody in the secretariat a message; what came just now comes once."""
    told = {"page": page, "wrong": wrong, "right": right, "source": source, "email": email, "language": language}
    with transaction.atomic():
        before = MistakeReport.objects.filter(**told, received_at__gt=at - SAME).first()
        if before is not None:
            return before
        row = MistakeReport.objects.create(**told, received_at=at)
        owe_all(
            [
                new_notice(
                    kind=MISTAKE_REPORTED,
                    object_type="mistakereport",
                    object_id=row.pk,
                    recipient_id=person.pk,
                    at=at,
                    due_revision="received",
                    not_before=at,
                )
                for person in secretariat(at.date())
            ]
        )
        return row


def set_state(*, row: MistakeReport, state: MistakeState, by: User, at: datetime) -> None:
    """Say where a report stands; the last word counts."""
    MistakeReport.objects.filter(pk=row.pk).update(state=state, state_at=at, state_by=by)


def forget_mistakes(*, before: datetime) -> int:
    """Delete what came in before a moment, whatever became of it. How many."""
    return MistakeReport.objects.filter(received_at__lt=before).delete()[0]
