"""The public pages of meetings."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from commitments.intake.filters import page_of
from commitments.meetings.calendar import calendar_of
from commitments.meetings.enums import MeetingState
from commitments.meetings.filters import CalendarFilter, MeetingFilter, mechanism_choices
from commitments.meetings.models import Meeting
from commitments.meetings.queries import (
    SHOWN_WITH,
    by_year,
    changes_with_reasons,
    in_order,
    listed,
    upcoming,
    written_at,
)
from commitments.meetings.wording import language
from commitments.roles.gate import public_list, public_page

PER_PAGE = 25


@public_list
def meetings(request: HttpRequest) -> HttpResponse:
    """The meetings of all mechanisms: what comes next, then the record by year."""
    choices = {"mechanism": mechanism_choices(language())}
    found = MeetingFilter(request.GET, Meeting.objects.all(), request=request, choices=choices)
    ahead = upcoming(found.qs, request.on)  # type: ignore[attr-defined]
    past = found.qs.exclude(pk__in=[meeting.pk for meeting in ahead])
    page = page_of(listed(past), request.GET.get("page"), PER_PAGE)
    narrowed = found.address().partition("?")[2]
    context = {
        "filters": found,
        "upcoming": ahead,
        "page": page,
        "years": by_year(list(page.object_list)),
        "ics_url": reverse("public:meetings-ics") + (f"?{narrowed}" if narrowed else ""),
    }
    return render(request, "meetings/meetings.html", context)


@public_list
def calendar(request: HttpRequest) -> HttpResponse:
    """The meetings whose day is known, for a calendar program to subscribe to."""
    choices = {"mechanism": mechanism_choices(language())}
    found = CalendarFilter(request.GET, Meeting.objects.all(), request=request, choices=choices)
    rows = in_order(found.qs)
    answer = HttpResponse(calendar_of(rows, written_at(rows)), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="meetings.ics"'
    return answer


@public_page
def meeting(request: HttpRequest, slug: str) -> HttpResponse:
    """One meeting: when and where as far as known, what came of it, according to which source."""
    found = get_object_or_404(Meeting.objects.select_related(*SHOWN_WITH, "source"), slug=slug)
    has_come = found.state != MeetingState.CANCELLED and found.start <= request.on  # type: ignore[attr-defined]
    context = {"meeting": found, "changes": changes_with_reasons(found), "has_come": has_come}
    return render(request, "meetings/meeting.html", context)
