"""My tasks."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from commitments.appointments.queries import began_lately, deputies_of, own_posts
from commitments.formats.dates import last_day_at
from commitments.mechanisms.queries import office_settings
from commitments.reporting.models import ProgressReport
from commitments.reporting.queries import cycle_progress
from commitments.reporting.tasklist import task_list
from commitments.reporting.waiting import next_report
from commitments.roles import gate
from commitments.roles.enums import Role
from commitments.roles.standing import standing_of
from commitments.workspace.context import navigation
from commitments.workspace.queries import without_indicator
from commitments.workspace.wording.settings import day_list


@gate.workspace_page
def tasks(request: HttpRequest) -> HttpResponse:
    """What to do first, soon and later, what waits for others, what is done."""
    standing, on = standing_of(request.user), request.on  # type: ignore[attr-defined]
    held_on = request.at.date()  # type: ignore[attr-defined]  # rights are counted in UTC
    listed = task_list(request.user, on=on, late_on=last_day_at(request.at))  # type: ignore[attr-defined]
    office = office_settings(on)
    ahead = next_report(standing, on) if not listed.count else None
    context = {
        "tasks": listed,
        "ahead": ahead,
        "reminded_on": first_reminder(ahead, office.early_reminders) if ahead else None,
        "review_days": office.review_days,
        "early_days": day_list(office.early_reminders),
        "workspace_nav": navigation(request, count=listed.count),
        "standing": standing,
        "progress": cycle_progress(standing.countries, on=on),
        "unmeasured": without_indicator(request.user),
        "deputies": deputies_of(request.user.pk or 0, on=held_on),
        "own_posts": [post for post in own_posts(request.user.pk or 0, on=held_on) if post.deputy_of_id is None],
        "is_reader": standing.holds(Role.READER),
        "is_new": began_lately(request.user.pk or 0, on=held_on),
    }
    return render(request, "workspace/tasks.html", context)


def first_reminder(report: ProgressReport, early: list[int]) -> date | None:
    """The day of the first message about a report; None where the office sends none before the date."""
    return max(report.due_on - timedelta(days=max(early)), report.cycle.opens_on) if early else None
