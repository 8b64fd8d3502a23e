"""Who holds which post on a day."""

from datetime import date
from typing import Any

from commitments.appointments.models import Appointment
from commitments.roles.standing import Post, Standing


def standing_on(user: Any, on: date) -> Standing:
    """All posts that a person holds on a day. A deputy's post counts while the post it stands in for holds too."""
    appointments = (
        Appointment.objects.in_force(on)
        .filter(user_id=user.pk)
        .select_related("country", "group", "deputy_of")
        .order_by("id")
    )
    posts = tuple(
        Post(
            role=appointment.role,
            country_id=appointment.country_id,
            country=appointment.country.iso3 if appointment.country else "",
            group_id=appointment.group_id,
            group=appointment.group.code if appointment.group else "",
            is_deputy=appointment.deputy_of_id is not None,
        )
        for appointment in appointments
        if appointment.deputy_of is None or appointment.deputy_of.holds_on(on)
    )
    return Standing.of(user.pk, posts)
