"""Open data: the page of all files, their dictionary, the files themselves and their descriptor."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from itertools import chain, islice
from typing import Any, cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from commitments.opendata.fields import Table, numbers
from commitments.opendata.package import descriptor
from commitments.opendata.tables import TABLES
from commitments.opendata.wording import dictionary
from commitments.opendata.writing import csv_lines, json_lines
from commitments.reporting.models import CycleSnapshot
from commitments.roles.gate import public_page

Lines = Callable[[Table, date], Iterator[str]]


@public_page
def data(request: HttpRequest) -> HttpResponse:
    """What there is to download, how it may be used and how to cite it."""
    on = _day(request)
    found = numbers(TABLES.values(), on)
    copies = CycleSnapshot.objects.select_related("cycle").defer("content").order_by("-taken_at", "-pk")
    context = {
        "tables": [(table, found[name]) for name, table in TABLES.items()],
        "copies": list(copies.filter(cycle__is_demonstration=False)),
        "on": on,
    }
    return render(request, "opendata/data.html", context)


@public_page
def data_dictionary(request: HttpRequest) -> HttpResponse:
    """Every field of every file: type, unit, meaning."""
    return render(request, "opendata/dictionary.html", {"tables": dictionary()})


@public_page
def table_csv(request: HttpRequest, name: str) -> HttpResponseBase:
    """One table for spreadsheets, sent line by line."""
    return _file(request, name, "csv", "text/csv; charset=utf-8", csv_lines)


@public_page
def table_json(request: HttpRequest, name: str) -> HttpResponseBase:
    """One table for programs, sent line by line."""
    return _file(request, name, "json", "application/json; charset=utf-8", json_lines)


@public_page
def package(request: HttpRequest) -> HttpResponse:
    """The descriptor of all tables."""
    body = json.dumps(descriptor(_day(request)), ensure_ascii=False, indent=1)
    return cast("HttpResponse", _open(HttpResponse(body, content_type="application/json; charset=utf-8")))


def _file(request: HttpRequest, name: str, ending: str, kind: str, lines: Lines) -> HttpResponseBase:
    table, on = TABLES.get(name), _day(request)
    if table is None:
        raise Http404(name)
    parts = lines(table, on)
    # The head and the first row: while the database is away this refuses, instead of breaking off what has begun.
    begun = list(islice(parts, 2))
    answer = StreamingHttpResponse(chain(begun, parts), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{table.name}-{on.isoformat()}.{ending}"'
    return _open(answer)


def _open(answer: HttpResponseBase) -> HttpResponseBase:
    """Readable by programs of other sites; the licence beside it where one is decided."""
    answer["Access-Control-Allow-Origin"] = "*"
    if settings.DATA_LICENCE_URL:
        answer["Link"] = f'<{settings.DATA_LICENCE_URL}>; rel="license"'
    return answer


def _day(request: HttpRequest) -> date:
    """The day of the request, read from the clock at its edge."""
    day: date = cast("Any", request).on
    return day
