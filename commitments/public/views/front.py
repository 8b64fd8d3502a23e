"""The front page, and the pages about the site and its method."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from commitments.formats.lazily import lazily
from commitments.indicators.facts import Thresholds
from commitments.indicators.method import rules_in_words
from commitments.indicators.queries import thresholds_on
from commitments.public.queries import overview as answers
from commitments.public.queries.method import thresholds_known, worked_example
from commitments.public.views.request import day_of, late_day_of
from commitments.public.wording.counts import language
from commitments.public.wording.releases import NOTES
from commitments.register.enums import Horizon
from commitments.roles.gate import public_page


@public_page
def overview(request: HttpRequest) -> HttpResponse:
    """Is the Declaration being delivered, by whom, what needs attention?"""
    on, late_on, here = day_of(request), late_day_of(request), language()
    # Read only where a piece of the page is not kept.
    found = lazily(lambda: answers.overview(on=on, late_on=late_on, language=here))
    context = {"overview": found, "horizons": Horizon, "on": on, "late_on": late_on}
    return render(request, "public/overview.html", context)


@public_page
def method(request: HttpRequest) -> HttpResponse:
    """How a status is decided, with the thresholds in force and since when."""
    found = thresholds_known(day_of(request))
    facts = thresholds_on(day_of(request)).get(None, Thresholds())
    context = {
        "thresholds": found.row,
        "versions": found,
        "facts": facts,
        "rules": rules_in_words(facts),
        "example": lazily(lambda: worked_example(day_of(request))),
    }
    return render(request, "public/method.html", context)


@public_page
def about(request: HttpRequest) -> HttpResponse:
    """What this site is, who runs it and pays for it, where its record comes from."""
    return render(request, "public/about.html", {"funded_by": settings.FUNDED_BY})


@public_page
def releases(request: HttpRequest) -> HttpResponse:
    """What changed on the site itself."""
    return render(request, "public/releases.html", {"notes": NOTES})
