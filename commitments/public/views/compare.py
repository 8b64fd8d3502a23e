"""Two or three countries or workstreams side by side."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from commitments.mechanisms.models import Country
from commitments.public.filters import CompareFilter
from commitments.public.queries import compare as side_by_side
from commitments.public.queries import options
from commitments.public.views.request import day_of, late_day_of
from commitments.public.wording import compare as words
from commitments.public.wording.counts import language
from commitments.roles.gate import public_list


@public_list
def compare(request: HttpRequest) -> HttpResponse:
    """The same facts of two or three, in alphabetical order; a choice that cannot be compared is told so (400)."""
    choices = options.late_choices(language())
    filters = CompareFilter(request.GET, Country.objects.none(), request=request, choices=choices)
    countries, groups = filters.chosen("country"), filters.chosen("group")
    problem = words.problem(countries, groups, is_twice=filters.is_twice)
    on, late_on = day_of(request), late_day_of(request)
    context = {
        "problem": problem,
        "choices": choices,
        "country_slots": words.slots(countries),
        "group_slots": words.slots(groups),
        "is_one": len(countries) + len(groups) == 1,
        "kind": "country" if countries else "group",
        "late_on": late_on,
    }
    if not problem and len(countries) >= words.FEWEST:
        context["columns"] = side_by_side.countries(countries, on=on, late_on=late_on, language=language())
    elif not problem and len(groups) >= words.FEWEST:
        context["columns"] = side_by_side.groups(groups, on=on, late_on=late_on, language=language())
    return render(request, "public/compare.html", context, status=400 if problem else 200)
