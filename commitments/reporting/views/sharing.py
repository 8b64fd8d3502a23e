"""Drafts that a deputy or a successor may read, in the form that they belong to."""

from django.db.models import Max
from django.http import HttpRequest

from commitments.appointments.queries import drafts_shared_with
from commitments.indicators.models import Measurement
from commitments.reporting import actions
from commitments.reporting.models import Draft
from commitments.reporting.updating import UpdateTask


def draft_of_another(request: HttpRequest, task: UpdateTask, form: str) -> Draft | None:
    """What the person stood in for, or the predecessor, typed and did not send; whatever was sent since makes it old.

    None where this person keeps a draft of their own.
    """
    user_id, key = request.user.pk or 0, task.key
    if actions.draft_of(user_id=user_id, form=form, key=key) is not None:
        return None
    held_on = request.at.date()  # type: ignore[attr-defined]  # rights are counted in UTC
    users = drafts_shared_with(user_id, on=held_on, country_id=task.country_id)
    if not users:
        return None
    sent = Measurement.objects.filter(series=task.series).aggregate(last=Max("entered_at"))["last"]
    return actions.shared_draft(users=users, form=form, key=key, since=sent)
