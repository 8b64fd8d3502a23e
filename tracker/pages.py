"""Public pages kept ready: made once for each version of the record and each day, and sent to everybody the same.

What a page is made of: the version of all that is on record (`commitments.history.marks`), the days of which it speaks
and their zones, and this build. While the database is away, the page that was kept last is sent, with a line that says
of when it is, but none from before something was taken off the site.
"""

import hashlib
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import http_date

from commitments.formats.dates import last_day_at
from commitments.history.kept import page_made
from commitments.history.marks import data_version, last_taken_away
from tracker.middleware import PublicGZip
from tracker.shelf import MOST_BYTES, WAIT_SECONDS, Page, Shelf, page_of

Next = Callable[[HttpRequest], HttpResponse]

#: Files that are sent line by line: never kept, and compressed on their way. Their descriptor is none.
STREAMED, DESCRIPTOR = "/data/", "/data/datapackage.json"
#: The first parts of addresses (after the language) that are nobody else's: nothing is looked up for them.
BEHIND_THE_DOOR = {"workspace", "account", "report-a-mistake"}
#: Headers that belong to one answer, or are made anew for each.
_OF_ONE_ANSWER = {"x-request-id", "content-length", "content-encoding", "etag", "last-modified", "date", "vary"}
#: What is kept: texts. Files that people sent are handed out by themselves.
KINDS = ("text/", "application/json", "application/xml", "application/atom+xml", "image/svg+xml", "image/png")
AWAY = (OperationalError, InterfaceError)
#: Settings that pages put into words: with another value they are made anew.
SAID = ("SITE_TIME_ZONE", "DUE_TIME_ZONE", "DATA_LICENCE", "DATA_LICENCE_URL", "FUNDED_BY")


class ReadyPages:
    """Answers a public page from what is kept, else makes it; with ETag, Last-Modified and 304, the same for all."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response
        self.shelf = Shelf()
        #: Packs what is not kept: it was made for a reader who takes no packed pages.
        self.packer = PublicGZip(get_response)
        self._version = ("", 0.0)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in {"GET", "HEAD"} or _is_never_kept(request.path_info):
            return self.get_response(request)
        with page_made():
            return self._kept_or_made(request) if settings.READY_PAGES else self.get_response(request)

    def _kept_or_made(self, request: HttpRequest) -> HttpResponse:
        key = f"{request.scheme}://{request.META.get('HTTP_HOST', '')}{request.get_full_path()}"
        try:
            stamp = self._stamp(request)
        except AWAY:
            return self._stand_in(request, key) or self.get_response(request)
        page = self.shelf.get(key)
        if page is None or not page.holds(stamp, _at(request)):
            made = self._make(request, key, stamp)
            if not isinstance(made, Page):
                return made  # a file that is sent line by line is no HttpResponse
            page = made
        return _answer(request, page)

    def _stamp(self, request: HttpRequest) -> str:
        """What a page is made of now. The version is read again after a moment: no page lags behind for longer."""
        version, read_at = self._version
        now = time.monotonic()
        if not version or now - read_at >= settings.READY_PAGES_LAG_SECONDS:
            version = data_version()
            self._version = (version, now)
            self.shelf.hide_before(last_taken_away(version))
        days = f"{request.on}/{last_day_at(_at(request))}"  # type: ignore[attr-defined]
        said = "/".join(str(getattr(settings, name)) for name in SAID)
        return f"{version}/{days}/{said}/{_build()}"

    def _make(self, request: HttpRequest, key: str, stamp: str) -> Page | HttpResponse:
        """The page, made by whoever asked first; an answer that is no public page, as it is."""
        with self.shelf.making(key):
            page = self._found(request, key, stamp)
            if page is not None:
                return page
            if not self.shelf.may_make(key):
                page = self._awaited(request, key, stamp)
                if page is not None:
                    return page
            try:
                return self._made(request, key, stamp)
            finally:
                self.shelf.made(key)

    def _found(self, request: HttpRequest, key: str, stamp: str) -> Page | None:
        page = self.shelf.get(key)
        if page is not None and page.holds(stamp, _at(request)):
            return page
        page = self.shelf.shared(key)
        if page is not None and page.holds(stamp, _at(request)):
            self.shelf.put(key, page, share=False)
            return page
        return None

    def _awaited(self, request: HttpRequest, key: str, stamp: str) -> Page | None:
        """What another process is making; None when it takes too long."""
        until = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < until:
            time.sleep(0.05)
            page = self._found(request, key, stamp)
            if page is not None:
                return page
        return None

    def _made(self, request: HttpRequest, key: str, stamp: str) -> Page | HttpResponse:
        accepts = request.META.pop("HTTP_ACCEPT_ENCODING", None)
        try:
            response = self.get_response(request)
        finally:
            if accepts is not None:
                request.META["HTTP_ACCEPT_ENCODING"] = accepts
        if not _is_kept(request, response):
            return self.packer.process_response(request, response)  # type: ignore[return-value]
        before = self.shelf.get(key) or self.shelf.shared(key)
        headers = tuple((name, value) for name, value in response.items() if name.lower() not in _OF_ONE_ANSWER)
        page = page_of(response.content, headers, stamp=stamp, at=_at(request), before=before)
        self.shelf.put(key, page)
        return page

    def _stand_in(self, request: HttpRequest, key: str) -> HttpResponse | None:
        """The page kept last, with a line that says of when it is; None where there is none.

        Of whatever version, but none from before something was taken off the site: it may show just that.
        """
        page = self.shelf.get(key) or self.shelf.shared(key)
        if page is None or last_taken_away(page.stamp) < self.shelf.hidden_before():
            return None
        response = HttpResponse(_with_notice(request, page), headers=dict(page.headers))
        response["Cache-Control"] = "no-store"
        response["Last-Modified"] = http_date(page.modified_at.timestamp())
        return response


def _at(request: HttpRequest) -> Any:
    return request.at  # type: ignore[attr-defined]


def _is_never_kept(path: str) -> bool:
    if path.startswith(STREAMED) and path != DESCRIPTOR:
        return True
    parts = path.split("/", 3)
    return len(parts) > 2 and parts[2] in BEHIND_THE_DOOR


def _is_kept(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether an answer is a public page that everybody gets the same."""
    view = getattr(request.resolver_match, "func", None)
    said = response.get("Cache-Control", "")
    return (
        request.method == "GET"
        and response.status_code == 200
        and getattr(view, "gate", "") == "public"
        and "public" in said
        and response.get("Content-Type", "").startswith(KINDS)
        and not response.streaming
        and not response.cookies
        and "Accept-Language" not in response.get("Vary", "")
        and len(response.content) <= MOST_BYTES
    )


def _answer(request: HttpRequest, page: Page) -> HttpResponse:
    """What this reader gets: nothing where they have it already, compressed where they can read that."""
    packed = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
    response = HttpResponse(page.packed if packed else page.content, headers=dict(page.headers))
    if packed:
        response["Content-Encoding"] = "gzip"
    response["Content-Length"] = str(len(response.content))
    response["ETag"] = page.etag
    response["Last-Modified"] = http_date(page.modified_at.timestamp())
    patch_vary_headers(response, ["Accept-Encoding"])
    modified = int(page.modified_at.timestamp())
    told = get_conditional_response(request, etag=page.etag, last_modified=modified, response=response)
    answer: HttpResponse = told if told is not None else response
    return answer


def _with_notice(request: HttpRequest, page: Page) -> bytes:
    if not dict(page.headers).get("Content-Type", "").startswith("text/html"):
        return page.content
    with translation.override(translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE):
        notice = render_to_string("components/last_good.html", {"made_at": page.made_at})
    return page.content.replace(b"<main", notice.encode() + b"<main", 1)


@cache
def _build() -> str:
    """What tells this build from another: the code, the templates and the words that pages are made of."""
    told = hashlib.sha256()
    for room in ("tracker", "commitments", "accounts", "templates", "static"):
        for path in sorted(Path(settings.BASE_DIR, room).rglob("*")):
            if path.suffix in {".py", ".html", ".mo", ".css", ".js", ".svg"}:
                told.update(f"{path}{path.stat().st_mtime_ns}".encode())
    return told.hexdigest()[:12]
