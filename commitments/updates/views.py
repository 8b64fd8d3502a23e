"""What changed since: the page, and its feeds."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from commitments.mechanisms.models import Country
from commitments.roles.gate import public_list, public_page
from commitments.updates.feeds import ChangesFeed
from commitments.updates.filters import ChangesFilter, country_choices
from commitments.updates.queries import Wanted, events
from commitments.updates.wording import by_day, language, lines

PER_PAGE = 25


@public_list
def changes(request: HttpRequest) -> HttpResponse:
    """What was published, corrected, opened and closed, day by day, from a day on, of one country."""
    choices = {"country": country_choices(language())}
    filters = ChangesFilter(request.GET, Country.objects.none(), request=request, choices=choices)
    wanted = Wanted(on=cast("Any", request).on, **filters.in_force)
    found = events(wanted, before=filters.before, most=PER_PAGE + 1)
    shown = found[:PER_PAGE]
    context = {
        "filters": filters,
        "days": by_day(lines(shown)),
        "country": wanted.country,
        "newest": filters.address() if filters.before else "",
        "older": filters.address(before=str(shown[-1].place)) if len(found) > PER_PAGE else "",
    }
    return render(request, "updates/changes.html", context)


@public_page
def feed(request: HttpRequest, iso3: str = "") -> HttpResponse:
    """The newest changes as Atom, of everything or of one country."""
    return ChangesFeed()(request, iso3=iso3)
