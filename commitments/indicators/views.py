"""The public pages of one indicator, and the history of indicators and commitments."""

import csv
import json
from datetime import date
from functools import cache, partial
from typing import Any, cast

from django.db.models import Exists
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from commitments.formats.dates import last_day_at
from commitments.history.wording import by_day
from commitments.indicators import changes, cuts, values
from commitments.indicators.beside import beside
from commitments.indicators.figures import indicator_page
from commitments.indicators.filters import breakdown_asked
from commitments.indicators.models import Indicator
from commitments.indicators.queries import awaited_since, indicator_reading
from commitments.indicators.wording import language
from commitments.intake.filters import page_of
from commitments.register.gone import get_or_gone
from commitments.register.models import Commitment
from commitments.roles.gate import public_list, public_page, public_reading

ENTRIES = 25


@public_list
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """One indicator: the figures, the expected path, the status and how it is worked out."""
    found, on = _published(code, **beside(language())), _day(request)
    late_on = last_day_at(request.at)  # type: ignore[attr-defined]
    page = indicator_page(found, on=on)
    asked = cache(lambda: breakdown_asked(request, cuts.cuts_of(page.reading)))
    has_countries = getattr(found, "has_countries", True)
    context = {
        "page": page,
        # Called where they are shown: what fails in one of them fails there.
        "shown": cache(lambda: cuts.cut_down(page, asked(), on=on) if asked() else page),
        "cuts": cache(lambda: cuts.cuts_of(page.reading, asked())),
        "countries": cache(lambda: cuts.by_country(page.reading, on=on) if has_countries and not asked() else []),
        "awaited": cache(partial(awaited_since, found, on=late_on)),
        "late_on": late_on,
    }
    return render(request, "indicators/indicator.html", context)


@public_page
def values_csv(request: HttpRequest, code: str) -> HttpResponse:
    """Every public figure of an indicator as a file for a spreadsheet."""
    reading = indicator_reading(_published(code), on=_day(request))
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{code}.csv"'
    csv.writer(answer).writerows(values.as_table(values.values_of(reading, on=_day(request))))
    return answer


@public_page
def values_json(request: HttpRequest, code: str) -> HttpResponse:
    """The same for programs."""
    reading = indicator_reading(_published(code), on=_day(request))
    told = values.as_document(reading, values.values_of(reading, on=_day(request)), on=_day(request))
    answer = HttpResponse(json.dumps(told, ensure_ascii=False), content_type="application/json; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{code}.json"'
    return answer


@public_reading("page")
def indicator_history(request: HttpRequest, code: str) -> HttpResponse:
    """What changed about one indicator since it was first published, when and why."""
    found = get_or_gone(Indicator.objects.public().select_related("commitment"), code)
    page = page_of(changes.indicator_history(found), request.GET.get("page"), ENTRIES)
    context = {"indicator": found, "page": page, "days": by_day(list(page.object_list), language())}
    return render(request, "indicators/indicator_history.html", context)


@public_reading("page")
def commitment_history(request: HttpRequest, code: str) -> HttpResponse:
    """What changed about one commitment and its indicators since it was first published, when and why."""
    found = get_or_gone(Commitment.objects.public().select_related("maker_country"), code)
    page = page_of(changes.commitment_history(found), request.GET.get("page"), ENTRIES)
    context = {"commitment": found, "page": page, "days": by_day(list(page.object_list), language())}
    return render(request, "indicators/commitment_history.html", context)


def _published(code: str, **along: Exists) -> Indicator:
    rows = Indicator.objects.public().select_related("commitment__mechanism", "commitment__maker_country")
    return get_or_gone(rows.annotate(**along), code)


def _day(request: HttpRequest) -> date:
    """The day of the request, read from the clock at its edge."""
    day: date = cast("Any", request).on
    return day
