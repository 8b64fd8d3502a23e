"""What is measured: the list of all indicators, as small charts or as a table."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from commitments.intake.filters import page_of
from commitments.public.filters import IndicatorFilter
from commitments.public.queries import indicators, options
from commitments.public.views.request import PER_PAGE, day_of
from commitments.public.wording import indicators as words
from commitments.public.wording.counts import language
from commitments.roles.gate import public_list


@public_list
def indicator_list(request: HttpRequest) -> HttpResponse:
    """Which numbers are tracked, and are they on the line?"""
    choices = options.indicator_choices(language())
    found = IndicatorFilter(request.GET, indicators.published(), request=request, choices=choices)
    page = page_of(indicators.listed(found.qs), request.GET.get("page"), PER_PAGE)
    view = found.beside_value("view")
    readings = indicators.readings_of(page.object_list, on=day_of(request))
    context = {
        "filters": found,
        "page": page,
        "view": view,
        "counted": words.indicators_counted(page.paginator.count),
        "sections": words.sections(readings, on=day_of(request), as_table=view == "table"),
    }
    return render(request, "public/indicators.html", context)
