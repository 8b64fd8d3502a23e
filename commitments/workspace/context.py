"""The frame of the workspace: which pages a person finds in the navigation, and how much waits."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from commitments.formats.dates import last_day_at
from commitments.reporting.waiting import count_waiting
from commitments.roles.enums import Role
from commitments.roles.standing import standing_of


def navigation(request: HttpRequest, *, count: int | None = None) -> list[dict[str, Any]]:
    """The items of the workspace's navigation for this person."""
    standing = standing_of(request.user)
    items = [("workspace:tasks", _("My tasks"))]
    if standing.is_staff:
        items.append(("workspace:review", _("Review")))
        items.append(("workspace:board", _("Who owes what")))
        items.append(("workspace:cycles", _("Cycles")))
    if standing.is_staff or standing.groups or standing.countries:
        items.append(("workspace:records", _("Commitments")))
    if standing.holds(Role.READER):
        items.append(("workspace:accepted-figures", _("Accepted figures")))
    if standing.is_staff or standing.groups:
        items.append(("workspace:meetings", _("Meetings")))
    if standing.is_staff:
        items.append(("workspace:notices", _("Reminders")))
        items.append(("workspace:mistakes", _("Mistakes reported")))
        items.append(("workspace:texts", _("Translations")))
    if standing.holds(Role.ADMINISTRATOR):
        items.append(("workspace:users", _("People")))
        items.append(("workspace:settings", _("Settings")))
    if standing.is_staff or standing.holds(Role.ADMINISTRATOR):
        items.append(("workspace:audit", _("Log of changes")))
    home = reverse("workspace:tasks")
    on, late_on = request.on, last_day_at(request.at)  # type: ignore[attr-defined]
    waiting = count if count is not None else count_waiting(request.user, on=on, late_on=late_on)
    return [
        {
            "label": label,
            "url": reverse(name),
            "current": request.path == home if name == "workspace:tasks" else request.path.startswith(reverse(name)),
            "count": waiting if name == "workspace:tasks" and waiting else None,
        }
        for name, label in items
    ]
