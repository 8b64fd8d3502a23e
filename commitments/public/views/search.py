"""Search: everything public, by its words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from commitments.intake.filters import page_of
from commitments.public.filters import SearchFilter
from commitments.public.queries.search import Results, results
from commitments.public.views.request import PER_PAGE, day_of
from commitments.public.wording import search as words
from commitments.register.models import Commitment
from commitments.roles.gate import public_list
from commitments.search.folding import wanted


@public_list
def search(request: HttpRequest) -> HttpResponse:
    """Where on this site does something stand?"""
    filters = SearchFilter(SearchFilter.typed(request.GET), Commitment.objects.none(), request=request)
    typed, kind = str(filters.in_force.get("q", "")), str(filters.in_force.get("kind", ""))
    asked = wanted(typed)
    found = Results(asked, kind)
    page = page_of(found, request.GET.get("page"), PER_PAGE)
    context = {
        "typed": typed,
        "asked": asked,
        "page": page,
        "counted": words.counted(found, typed),
        "is_cut": found.is_cut,
        "kinds": words.kind_choices(found, filters.address),
        "lines": words.lines(results(page.object_list, on=day_of(request)), asked),
        "kind": kind,
        "searching": True,
    }
    return render(request, "public/search.html", context)
