"""The four pages that a page of the product is measured against."""

from django.core.cache import cache
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
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
