"""The public pages that join subjects: overview, register, countries, working groups, mechanisms, method."""

import csv
from datetime import date
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from commitments.formats.dates import last_day_at
from commitments.indicators.facts import Thresholds
from commitments.indicators.method import rules_in_words
from commitments.indicators.queries import thresholds_on
from commitments.intake.filters import page_of
from commitments.mechanisms.models import Country, Mechanism
from commitments.meetings.queries import of_group
from commitments.public.filters import CommitmentFilter, CountryFilter
from commitments.public.queries import cards, groups, options, places
from commitments.public.queries import commitment as one_commitment
from commitments.public.queries import country as one_country
from commitments.public.queries import group as one_group
from commitments.public.queries import mechanisms as bodies
from commitments.public.queries import overview as answers
from commitments.public.queries import totals as all_totals
from commitments.public.queries.method import thresholds_known
from commitments.public.wording import totals as words_of_totals
from commitments.public.wording.counts import language
from commitments.register.enums import Horizon
from commitments.register.models import Commitment
from commitments.roles.gate import public_page
from commitments.working_groups.models import Pillar, WorkingGroup

PER_PAGE = 25


@public_page
def overview(request: HttpRequest) -> HttpResponse:
    """Is the Declaration being delivered, by whom, what needs attention?"""
    found = answers.overview(on=_day(request), late_on=_late_on(request), language=language())
    return render(request, "public/overview.html", {"overview": found, "horizons": Horizon, "on": _day(request)})


@public_page
def commitments(request: HttpRequest) -> HttpResponse:
    """The register: every published commitment, the Declaration's own first."""
    choices = options.register_choices(language())
    found = CommitmentFilter(request.GET, Commitment.objects.public(), request=request, choices=choices)
    page = page_of(cards.listed(found.qs), request.GET.get("page"), PER_PAGE)
    return render(request, "public/commitments.html", {"filters": found, "page": page})


@public_page
def commitment(request: HttpRequest, code: str) -> HttpResponse:
    """One commitment: what was committed to, how far it is, how we know."""
    found = get_object_or_404(one_commitment.published(), code=code)
    page = one_commitment.commitment_page(found, on=_day(request))
    return render(request, "public/commitment.html", {"page": page, "commitment": found, "on": _day(request)})


@public_page
def country_list(request: HttpRequest) -> HttpResponse:
    """Every country of the record, as a map of equal squares or as a table."""
    choices = options.country_choices(language())
    found = CountryFilter(request.GET, places.countries(), request=request, choices=choices)
    rows = places.places(places.with_details(found.qs), language(), places.counts_by_country())
    named = sum(place.is_endorsing for place in rows)
    context = {
        "filters": found,
        "view": found.beside_value("view"),
        "places": rows,
        "named": named,
        "later_count": None if found.in_force else places.later_count(named),
    }
    return render(request, "public/countries.html", context)


@public_page
def country(request: HttpRequest, iso3: str) -> HttpResponse:
    """One country: what it committed to and did."""
    found = get_object_or_404(Country, iso3=iso3)
    made = page_of(one_country.made_by(found), request.GET.get("page"), PER_PAGE)
    context = {
        "page": one_country.country_page(found, late_on=_late_on(request)),
        "made": made,
        "taking_part": one_country.takes_part_in(found)[:PER_PAGE],
        "series": one_country.own_series(found),
        "late_on": _late_on(request),
    }
    return render(request, "public/country.html", context)


@public_page
def group_list(request: HttpRequest) -> HttpResponse:
    """The Declaration's lines of work by pillar, and the groups of the other mechanisms."""
    names = {row.pk: row.name_in(language()) for row in Country.objects.all()}
    context = {
        "pillars": groups.pillar_lines(language(), names),
        "others": groups.other_groups(language()),
        "horizons": Horizon,
    }
    return render(request, "public/working_groups.html", context)


@public_page
def group(request: HttpRequest, slug: str) -> HttpResponse:
    """One working group: who leads, what is agreed, what moved."""
    found = get_object_or_404(WorkingGroup.objects.select_related("mechanism", "pillar"), slug=slug)
    made = page_of(cards.listed(Commitment.objects.filter(group=found)), request.GET.get("page"), PER_PAGE)
    context = {
        "page": one_group.group_page(found, on=_day(request), late_on=_late_on(request), language=language()),
        "group": found,
        "made": made,
        "meetings": of_group(found),
        "on": _day(request),
    }
    return render(request, "public/working_group.html", context)


@public_page
def pillar(request: HttpRequest, number: int) -> HttpResponse:
    """One pillar of the Declaration: its purpose, its lines of work, its commitments."""
    found = get_object_or_404(Pillar.objects.select_related("mechanism"), mechanism__code="LAD", number=number)
    names = {row.pk: row.name_in(language()) for row in Country.objects.all()}
    lines = groups.pillar_lines(language(), names)
    made = cards.listed(Commitment.objects.of_declaration().filter(pillar=found))
    context = {
        "pillar": found,
        "lines": next((line for line in lines if line.number == found.number), None),
        "made": page_of(made, request.GET.get("page"), PER_PAGE),
    }
    return render(request, "public/pillar.html", context)


@public_page
def mechanism_list(request: HttpRequest) -> HttpResponse:
    """The regional mechanisms side by side."""
    return render(request, "public/mechanisms.html", {"lines": bodies.mechanism_lines(language())})


@public_page
def mechanism(request: HttpRequest, slug: str) -> HttpResponse:
    """One mechanism: members with what each source claims, chairs, secretariats, groups, commitments."""
    found = get_object_or_404(Mechanism.objects.select_related("presidency_holder"), slug=slug)
    made = cards.listed(Commitment.objects.filter(mechanism=found))
    context = {
        "page": bodies.mechanism_page(found, language()),
        "mechanism": found,
        "made": page_of(made, request.GET.get("page"), PER_PAGE),
    }
    return render(request, "public/mechanism.html", context)


@public_page
def totals(request: HttpRequest) -> HttpResponse:
    """How many commitments stand where, by mechanism, pillar, workstream, country and horizon."""
    page = all_totals.totals_page(on=_day(request), language=language())
    context = {"page": page, "columns": words_of_totals.columns(), "sums": words_of_totals.sum_lines(page)}
    return render(request, "public/totals.html", context | {"on": _day(request)})


@public_page
def totals_file(request: HttpRequest) -> HttpResponse:
    """The same as one file for a spreadsheet."""
    page = all_totals.totals_page(on=_day(request), language=language())
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="totals-{_day(request).isoformat()}.csv"'
    csv.writer(answer).writerows(words_of_totals.file_rows(page))
    return answer


@public_page
def method(request: HttpRequest) -> HttpResponse:
    """How a status is decided, with the thresholds in force and since when."""
    found = thresholds_known(_day(request))
    facts = thresholds_on(_day(request)).get(None, Thresholds())
    context = {"thresholds": found.row, "versions": found, "facts": facts, "rules": rules_in_words(facts)}
    return render(request, "public/method.html", context)


@public_page
def about(request: HttpRequest) -> HttpResponse:
    """What this site is, who runs it, where its record comes from."""
    return render(request, "public/about.html")


def _day(request: HttpRequest) -> date:
    """The day of the request, read from the clock at its edge."""
    day: date = cast("Any", request).on
    return day


def _late_on(request: HttpRequest) -> date:
    """The day by which lateness is told: what is due today somewhere is late nowhere."""
    return last_day_at(cast("Any", request).at)
