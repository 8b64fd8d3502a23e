"""A post handed over from one person to the next, from a day on.

What is owed belongs to the country or group, so it moves by itself: tasks, questions and reminders follow whoever holds
the post on their day. History stays with who made it.
"""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from commitments.appointments.actions import Post, appoint, end_appointment, invite_person
from commitments.appointments.models import Appointment
from commitments.history.actions import Refused
from commitments.roles.actor import Actor
from commitments.roles.enums import Role


class SamePerson(Refused):
    """Nobody hands over to themselves."""

    field = "person"
    sentence = _("Choose another person: this one holds the post")


class NotHandedOver(Refused):
    """Deputies and the office have no successor."""

    sentence = _("Only the post of a focal point or of a lead is handed over")


class HandedOverTooEarly(Refused):
    """The successor begins today or later, and after the predecessor has begun."""

    field = "on"
    sentence = _("The first day of the successor must be today or later, and after the predecessor’s first day")


def hand_over(
    *,
    appointment: Appointment,
    to: User,
    on: date,
    move_deputies: bool,
    by: Actor,
    at: datetime,
    why: str,
    version: int | None = None,
) -> Appointment:
    """End a post on the day before and begin the successor's: both or neither. The successor's post.

    Deputies end with the post, or go on standing in for the successor. Raises SamePerson, NotHandedOver,
    HandedOverTooEarly, history.actions.EditedMeanwhileError, and what `appoint` raises.
    """
    if appointment.user_id == to.pk:
        raise SamePerson
    if appointment.deputy_of_id is not None or appointment.role not in (Role.FOCAL_POINT, Role.LEAD):
        raise NotHandedOver
    if on < at.date() or on <= appointment.valid_from:
        raise HandedOverTooEarly
    with transaction.atomic():
        # Always in the same order, so that two hand-overs at once wait for each other and never lock up.
        list(User.objects.select_for_update().filter(pk__in=[appointment.user_id, to.pk]).order_by("pk"))
        staying = _deputies_from(appointment, on) if move_deputies else []
        last = on - timedelta(days=1)
        end_appointment(appointment=appointment, on=last, by=by, at=at, why=why, version=version)
        successor = appoint(user=to, post=_post(appointment, on), by=by, at=at, why=why)
        for person, first, until in staying:
            if person.pk != to.pk:
                post = _post(appointment, max(on, first), valid_until=until, deputy_of=successor)
                appoint(user=person, post=post, by=by, at=at, why=why)
    return successor


def hand_over_to_newcomer(*, person: dict[str, str], by: Actor, at: datetime, why: str, **step: Any) -> Appointment:
    """Invite somebody who has no account and hand over to them: both or neither. Raises what the two steps raise."""
    with transaction.atomic():
        to = invite_person(**person, by=by, at=at, why=why)
        return hand_over(to=to, by=by, at=at, why=why, **step)


def _deputies_from(appointment: Appointment, on: date) -> list[tuple[User, date, date | None]]:
    """Who stands in on that day or later: the person, first and last day."""
    rows = Appointment.objects.filter(deputy_of=appointment, user__is_active=True).overlapping(on, None)
    return [(row.user, row.valid_from, row.valid_until) for row in rows.select_related("user").order_by("id")]


def _post(appointment: Appointment, first: date, **more: Any) -> Post:
    return Post(
        role=Role(appointment.role), valid_from=first, country=appointment.country, group=appointment.group, **more
    )
