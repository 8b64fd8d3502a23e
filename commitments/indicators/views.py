"""The public pages of one indicator, and the history of indicators and commitments."""

from datetime import date
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from commitments.formats.dates import last_day_at
from commitments.history.wording import by_day
from commitments.indicators import changes
from commitments.indicators.figures import indicator_page
from commitments.indicators.models import Indicator
from commitments.indicators.queries import awaited_since
from commitments.indicators.wording import language
from commitments.intake.filters import page_of
from commitments.register.models import Commitment
from commitments.roles.gate import public_page

ENTRIES = 25


@public_page
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """One indicator: the figures, the expected path, the status and how it is worked out."""
    rows = Indicator.objects.public().select_related("commitment__mechanism", "commitment__maker_country")
    found = get_object_or_404(rows, code=code)
    on = _day(request)
    late_on = last_day_at(request.at)  # type: ignore[attr-defined]
    context = {"page": indicator_page(found, on=on), "awaited": awaited_since(found, on=late_on), "late_on": late_on}
    return render(request, "indicators/indicator.html", context)


@public_page
def indicator_history(request: HttpRequest, code: str) -> HttpResponse:
    """What changed about one indicator since it was first published, when and why."""
    found = get_object_or_404(Indicator.objects.public().select_related("commitment"), code=code)
    page = page_of(changes.indicator_history(found), request.GET.get("page"), ENTRIES)
    context = {"indicator": found, "page": page, "days": by_day(list(page.object_list), language())}
    return render(request, "indicators/indicator_history.html", context)


@public_page
def commitment_history(request: HttpRequest, code: str) -> HttpResponse:
    """What changed about one commitment and its indicators since it was first published, when and why."""
    found = get_object_or_404(Commitment.objects.public().select_related("maker_country"), code=code)
    page = page_of(changes.commitment_history(found), request.GET.get("page"), ENTRIES)
    context = {"commitment": found, "page": page, "days": by_day(list(page.object_list), language())}
    return render(request, "indicators/commitment_history.html", context)


def _day(request: HttpRequest) -> date:
    """The day of the request, read from the clock at its edge."""
    day: date = cast("Any", request).on
    return day
