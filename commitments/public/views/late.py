"""What is late, and what is off track or at risk."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from commitments.intake.filters import page_of
from commitments.public.filters import LateFilter
from commitments.public.queries import late as rows
from commitments.public.queries import options
from commitments.public.views.request import PER_PAGE, day_of, late_day_of
from commitments.public.wording import late as words
from commitments.public.wording.counts import language
from commitments.reporting.models import ProgressReport
from commitments.roles.gate import public_list


@public_list
def late(request: HttpRequest) -> HttpResponse:
    """What exactly is late, since when, and who can act?"""
    on, late_on = day_of(request), late_day_of(request)
    choices = options.late_choices(language())
    filters = LateFilter(request.GET, ProgressReport.objects.none(), request=request, choices=choices)
    found = rows.LateList(on=on, late_on=late_on, **filters.values)
    page = page_of(found, request.GET.get("page"), PER_PAGE)
    context = {
        "filters": filters,
        "page": page,
        "counts": found.counts,
        "kind": filters.values.get("kind", ""),
        "sentences": words.sentences(found.counts),
        "counted": words.counted(found.counts, filters.values.get("kind", "")),
        "late": words.late_lines(page.object_list, late_on),
        "behind": words.behind_lines(page.object_list),
        "nothing": words.nothing_late(found.calendar.due),
        "days": words.due_lines(found.calendar.due),
        "targets": words.target_lines(found.calendar.targets),
    }
    return render(request, "public/late.html", context)
