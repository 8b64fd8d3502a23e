"""The public pages of meetings."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from commitments.intake.filters import page_of
from commitments.meetings.filters import MeetingFilter, mechanism_choices
from commitments.meetings.models import Meeting
from commitments.meetings.queries import SHOWN_WITH, by_year, latest_change, listed, upcoming
from commitments.meetings.wording import language
from commitments.roles.gate import public_page

PER_PAGE = 25


@public_page
def meetings(request: HttpRequest) -> HttpResponse:
    """The meetings of all mechanisms: what comes next, then the record by year."""
    choices = {"mechanism": mechanism_choices(language())}
    found = MeetingFilter(request.GET, Meeting.objects.all(), request=request, choices=choices)
    ahead = upcoming(found.qs, request.on)  # type: ignore[attr-defined]
    past = found.qs.exclude(pk__in=[meeting.pk for meeting in ahead])
    page = page_of(listed(past), request.GET.get("page"), PER_PAGE)
    context = {"filters": found, "upcoming": ahead, "page": page, "years": by_year(list(page.object_list))}
    return render(request, "meetings/meetings.html", context)


@public_page
def meeting(request: HttpRequest, slug: str) -> HttpResponse:
    """One meeting: when and where as far as known, what came of it, according to which source."""
    found = get_object_or_404(Meeting.objects.select_related(*SHOWN_WITH, "source"), slug=slug)
    return render(request, "meetings/meeting.html", {"meeting": found, "change": latest_change(found)})
