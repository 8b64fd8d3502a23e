"""The lists as files: CSV, sent as it is written, and XLSX where there is not too much for a workbook."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from commitments.formats.dates import long_date
from commitments.indicators.models import CommitmentPlace
from commitments.meetings import queries as meetings_found
from commitments.meetings.filters import mechanism_choices
from commitments.meetings.models import Meeting
from commitments.public.exports import commitments as register
from commitments.public.exports import figures as figured
from commitments.public.exports import lists
from commitments.public.exports.table import MOST_ROWS, Table, csv_parts, xlsx_of
from commitments.public.filters import (
    CommitmentFileFilter,
    CountryFileFilter,
    IndicatorFileFilter,
    LateFileFilter,
    MeetingFileFilter,
)
from commitments.public.queries import cards, groups, options, places
from commitments.public.queries import indicators as measured
from commitments.public.queries.crossing import pillars_and_countries
from commitments.public.queries.late import LateList
from commitments.public.views.request import day_of, late_day_of
from commitments.public.wording.counts import language
from commitments.reporting.models import ProgressReport
from commitments.roles.gate import public_list, public_page

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Asked:
    """A list that is asked for as a file: what the file is called, its title, its rows and how many; its filters."""

    name: str
    title: str
    table: Table
    number: int
    filters: Any = None


@public_list
def commitments(request: HttpRequest, form: str) -> HttpResponseBase:
    """The register as a file: a row for each commitment of the filtered list."""
    filters = _register(request)
    ids = register.in_order(cards.listed(filters.qs))
    table = register.register_table(ids, settings.SITE_URL)
    return _file(request, form, Asked("commitments", _("Commitments"), table, len(ids), filters))


@public_list
def figures(request: HttpRequest, form: str) -> HttpResponseBase:
    """The figures of the filtered register as a file: a row for each public indicator."""
    filters = _register(request)
    ids = register.in_order(cards.listed(filters.qs))
    table = figured.figures_table(ids, settings.SITE_URL, on=day_of(request))
    return _file(request, form, Asked("figures", _("Figures of commitments"), table, len(ids), filters))


@public_list
def indicators(request: HttpRequest, form: str) -> HttpResponseBase:
    """The filtered list of indicators as a file: a row for each, as it stands today."""
    choices = options.indicator_choices(language())
    filters = IndicatorFileFilter(request.GET, measured.published(), request=request, choices=choices)
    ids = register.in_order(measured.listed(filters.qs))
    table = figured.indicators_table(ids, settings.SITE_URL, on=day_of(request))
    return _file(request, form, Asked("indicators", _("Indicators"), table, len(ids), filters))


def _register(request: HttpRequest) -> CommitmentFileFilter:
    choices = options.register_choices(language())
    return CommitmentFileFilter(request.GET, CommitmentPlace.objects.all(), request=request, choices=choices)


@public_list
def countries(request: HttpRequest, form: str) -> HttpResponseBase:
    """The list of countries as a file."""
    choices = options.country_choices(language())
    rows = places.with_lateness(places.countries(), late_day_of(request))
    filters = CountryFileFilter(request.GET, rows, request=request, choices=choices)
    found = places.places(places.with_details(filters.qs), language(), places.counts_by_country())
    table = lists.countries_table(found, settings.SITE_URL)
    return _file(request, form, Asked("countries", _("Countries"), table, len(found), filters))


@public_page
def working_groups(request: HttpRequest, form: str) -> HttpResponseBase:
    """The workstreams and the groups of the other mechanisms as a file."""
    names = places.country_names(language())
    counts = groups.work_counts()
    pillars, others = groups.pillar_lines(language(), names, counts=counts), groups.other_groups(language())
    table = lists.groups_table(pillars, groups.without_pillar(counts), others, settings.SITE_URL)
    return _file(request, form, Asked("working-groups", _("Workstreams"), table, len(list(table.rows))))


@public_page
def pillars(request: HttpRequest, form: str) -> HttpResponseBase:
    """Countries against pillars as a file: a row for each country and pillar."""
    _pillars, found = pillars_and_countries(language())
    table = lists.crossing_table(found, settings.SITE_URL)
    return _file(request, form, Asked("pillars", _("Countries and pillars"), table, len(list(table.rows))))


@public_list
def late(request: HttpRequest, form: str) -> HttpResponseBase:
    """What is late or off track as a file."""
    choices = options.late_choices(language())
    filters = LateFileFilter(request.GET, ProgressReport.objects.none(), request=request, choices=choices)
    found = LateList(on=day_of(request), late_on=late_day_of(request), **filters.values)
    table = lists.late_table(found, settings.SITE_URL, late_on=late_day_of(request))
    return _file(request, form, Asked("late", _("Late or off track"), table, len(found), filters))


@public_list
def meetings(request: HttpRequest, form: str) -> HttpResponseBase:
    """The filtered meetings as a file."""
    choices = {"mechanism": mechanism_choices(language())}
    filters = MeetingFileFilter(request.GET, Meeting.objects.all(), request=request, choices=choices)
    table = lists.meetings_table(meetings_found.listed(filters.qs), settings.SITE_URL)
    return _file(request, form, Asked("meetings", _("Meetings"), table, filters.qs.count(), filters))


def _file(request: HttpRequest, form: str, asked: Asked) -> HttpResponseBase:
    """The file itself; a page that leads to the CSV where a workbook would be too large."""
    if form == "csv":
        answer: HttpResponseBase = StreamingHttpResponse(
            _spoken(csv_parts(asked.table), translation.get_language() or ""), content_type="text/csv; charset=utf-8"
        )
    elif asked.number > MOST_ROWS:
        csv_url = request.get_full_path().replace(f"{asked.name}.xlsx", f"{asked.name}.csv", 1)
        context = {"number": asked.number, "most": MOST_ROWS, "csv_url": csv_url, "title": asked.title}
        return render(request, "public/too_many_rows.html", context, status=400)
    else:
        answer = HttpResponse(xlsx_of(asked.table, name=asked.name, about=_about(request, asked)), content_type=_XLSX)
    name = f"{asked.name}-{day_of(request).isoformat()}.{form}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _spoken(parts: Iterator[str], spoken: str) -> Iterator[str]:
    """The parts in a language: they are written after the page's own language has been put away."""
    with translation.override(spoken):
        yield from parts


def _about(request: HttpRequest, asked: Asked) -> list[tuple[str, str]]:
    """What the second sheet of a workbook says."""
    chips = "; ".join(chip.label for chip in asked.filters.chips()) if asked.filters else ""
    return [
        (_("List"), asked.title),
        (_("Filters in use"), chips or pgettext("filters in use", "None")),
        (_("Made on"), long_date(day_of(request), language())),
        (_("Source"), _("Los Angeles Declaration Tracker")),
        (_("Address"), settings.SITE_URL + request.get_full_path()),
        (_("How this may be used"), settings.SITE_URL + reverse("public:about")),
    ]
