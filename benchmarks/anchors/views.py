"""The pages that a page of the product is measured against."""

import csv
from collections.abc import Iterator

from django.core.cache import cache
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from benchmarks.anchors.models import Item

#: The size of the cached page, in bytes.
CACHED = 10_240


def hello(request: HttpRequest) -> HttpResponse:
    """No query, no template: what the server and the framework cost by themselves."""
    return HttpResponse("hello\n", content_type="text/plain")


def cached(request: HttpRequest) -> HttpResponse:
    """A page of 10 KB out of the cache of the process."""
    body = cache.get("page")
    if body is None:
        body = b"<!doctype html><title>Cached</title>".ljust(CACHED, b".")
        cache.set("page", body, None)
    return HttpResponse(body)


def page50(request: HttpRequest) -> HttpResponse:
    """One query, an HTML table of 50 rows."""
    return render(request, "table.html", {"rows": Item.objects.select_related("group")[:50]})


def flist(request: HttpRequest) -> HttpResponse:
    """Two filters, their count, one page of 50 rows (`rows`: another number of them)."""
    found = Item.objects.select_related("group").filter(kind=request.GET["kind"], status=request.GET["status"])
    page = Paginator(found, int(request.GET.get("rows", 50))).page(1)
    return render(request, "table.html", {"rows": page.object_list, "count": page.paginator.count})


def search(request: HttpRequest) -> HttpResponse:
    """A word in titles, read without an index: its count, one page of 50 rows."""
    found = Item.objects.select_related("group").filter(title__icontains=request.GET["q"])
    page = Paginator(found, 50).page(1)
    return render(request, "table.html", {"rows": page.object_list, "count": page.paginator.count})


class Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        """The text."""
        return text


def whole(request: HttpRequest) -> StreamingHttpResponse:
    """All rows as a file, eight columns of each, as they are."""
    names = ("pk", "code", "title", "owner", "group__name", "kind", "status", "due")
    writer = csv.writer(Echo())
    rows: Iterator[str] = (writer.writerow(row) for row in Item.objects.values_list(*names).iterator(2000))
    return StreamingHttpResponse(rows, content_type="text/csv")
