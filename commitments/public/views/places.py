"""Countries: all of them as a map or a table, and one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from commitments.intake.filters import page_of
from commitments.mechanisms.models import Country
from commitments.public.filters import CountryFilter
from commitments.public.queries import country as one_country
from commitments.public.queries import options, places
from commitments.public.views.request import MOST_ROWS, PER_PAGE, late_day_of
from commitments.public.wording.counts import language
from commitments.roles.gate import public_list, public_reading


@public_list
def country_list(request: HttpRequest) -> HttpResponse:
    """Every country of the record, as a map of equal squares or as a table."""
    choices = options.country_choices(language())
    late_on = late_day_of(request)
    found = CountryFilter(request.GET, Country.objects.all(), request=request, choices=choices)
    shown = places.listed_of(found.qs, language(), late_on)
    named = sum(place.is_endorsing for place in shown)
    context = {
        "filters": found,
        "view": found.beside_value("view"),
        "places": shown,
        "of_these": tuple(place.country.pk for place in shown),
        "late_on": late_on,
        "any_late": any(place.late_since for place in shown),
        "named": named,
        "later_count": None if found.in_force else places.later_count(named),
    }
    return render(request, "public/countries.html", context)


@public_reading("page")
def country(request: HttpRequest, iso3: str) -> HttpResponse:
    """One country: what it committed to and did."""
    found = get_object_or_404(one_country.shown(), iso3=iso3)
    made = page_of(one_country.made_by(found), request.GET.get("page"), PER_PAGE, most=MOST_ROWS)
    context = {
        "page": one_country.country_page(found, late_on=late_day_of(request)),
        "made": made,
        "late_on": late_day_of(request),
    }
    return render(request, "public/country.html", context)
