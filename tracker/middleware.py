"""What happens around every request: its mark and moment, security headers, the person's posts, friendly refusals."""

import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.functional import SimpleLazyObject
from django.utils.translation.trans_real import parse_accept_lang_header

from accounts.parcels import given_back
from commitments.formats.dates import site_day
from commitments.history.once import SentOtherwiseError, new_token
from commitments.intake.filters import BadFilter
from commitments.intake.parameters import refuse_parameters
from commitments.roles import standing

#: A lock not to be had in time, two changes that waited for each other, and one that would not fit (PostgreSQL).
BUSY = {"55P03", "40P01", "40001"}
#: The last two are over at once: a second try finds the other one gone. A lock has been waited for long enough.
CLASHES = BUSY - {"55P03"}
MORE_TRIES = 2
Next = Callable[[HttpRequest], HttpResponse]


class RequestMark:
    """Gives each request its mark, its moment and its day: the clock is read here and nowhere below."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        moment = timezone.now()
        request.mark = uuid.uuid4().hex[:16]  # type: ignore[attr-defined]
        request.at = moment  # type: ignore[attr-defined]
        request.on = site_day(moment)  # type: ignore[attr-defined]
        response = self.get_response(request)
        response.headers.setdefault("X-Request-ID", request.mark)  # type: ignore[attr-defined]
        # No cache in between holds a refusal: a record that was put back is there for whoever asks next.
        if response.status_code >= 400:
            response.headers.setdefault("Cache-Control", "no-store")
        return response


def readers_language(request: HttpRequest) -> str:
    """The first language of the reader's that we speak, else Spanish."""
    for code, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        try:
            return translation.get_supported_language_variant(code)
        except LookupError:
            continue
    return settings.FALLBACK_LANGUAGE


class Languages(LocaleMiddleware):
    """The language that an address names; the reader's own where it names none, as on the front door."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        if not translation.get_language_from_path(request.path_info):
            translation.activate(readers_language(request))
            request.LANGUAGE_CODE = translation.get_language()

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """What says the same in every language (data files, addresses for search engines) varies with none."""
        view = getattr(request.resolver_match, "func", None)
        is_public = getattr(view, "gate", "") == "public" and response.status_code == 200
        if is_public and not translation.get_language_from_path(request.path_info):
            return response
        return super().process_response(request, response)


class PermissionsPolicy:
    """The browser features this site never uses."""

    VALUE = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", self.VALUE)
        return response


class PublicGZip(GZipMiddleware):
    """Compresses the pages of the public tree alone.

    They hold no secret and repeat nothing that a stranger chose beside one; pages behind the door hold tokens, which
    their length would give away once compressed (BREACH). So no random bytes are added to hide the length either:
    a public page is the same, to the byte, for whoever asks.
    """

    max_random_bytes = 0

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """The answer, smaller where its view is marked public."""
        view = getattr(request.resolver_match, "func", None)
        return super().process_response(request, response) if getattr(view, "gate", "") == "public" else response


class Standing:
    """Attaches the posts that the signed-in person holds today, when somebody asks who that is."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        signed_in: Any = request.user
        day = request.at.date()  # type: ignore[attr-defined]  # rights are counted in UTC
        request.user = SimpleLazyObject(lambda: standing.attach(signed_in, day))  # type: ignore[assignment]
        return self.get_response(request)


class Watch:
    """Whether anything has been committed since it began to look; what was rolled back was not."""

    HARMLESS = ("SELECT", "BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK")

    def __init__(self) -> None:
        self.has_committed = False

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        if not sql.lstrip().upper().startswith(self.HARMLESS):
            context["connection"].on_commit(self._note)  # at once, outside a transaction
        return execute(sql, params, many, context)

    def _note(self) -> None:
        self.has_committed = True


class FriendlyRefusals:
    """Turns a refused filter into a page that names it (400), a lock not had in time into one to send from (503).

    A page of the workspace that clashed with another change is tried again, as long as it has committed nothing.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.watch, request.more_tries = Watch(), MORE_TRIES  # type: ignore[attr-defined]
        with connection.execute_wrapper(request.watch):  # type: ignore[attr-defined]
            return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, _args: Any, _kwargs: Any) -> HttpResponse | None:
        """Refuse what a public address carries and no filter of its own reads."""
        reads = getattr(view, "reads", None)
        if reads is None or request.method not in {"GET", "HEAD"}:
            return None
        try:
            refuse_parameters(request.GET, reads)
        except BadFilter as problem:
            return self.process_exception(request, problem)
        return None

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """Answer what the domain refuses; everything else goes on to the error page."""
        if isinstance(problem, BadFilter):
            return render(request, "bad_filter.html", {"problem": problem}, status=400)
        if _may_try_again(request, problem):
            return self._again(request)
        if isinstance(problem, SentOtherwiseError):
            return _sent_otherwise(request, problem)
        if isinstance(problem, OperationalError) and _is_busy(problem):
            response = render(request, "503_busy.html", given_back(request), status=503)
            response["Retry-After"] = "5"
            return response
        return None

    def _again(self, request: HttpRequest) -> HttpResponse:
        match: Any = request.resolver_match
        request.more_tries -= 1  # type: ignore[attr-defined]
        for _name, files in request.FILES.lists():
            for file in files:
                file.seek(0)
        try:
            answer: HttpResponse | None = match.func(request, *match.args, **match.kwargs)
        except Exception as problem:
            answer = self.process_exception(request, problem)
            if answer is None:
                raise
        assert answer is not None  # noqa: S101  # a view answers
        return answer


def _sent_otherwise(request: HttpRequest, problem: SentOtherwiseError) -> HttpResponse:
    """A form that was carried out comes again with other words: given back, to be sent as one more."""
    context = given_back(request)
    if context["parcel"] is not None:
        fields = context["parcel"]["fields"]
        context["parcel"]["fields"] = [(name, new_token() if name == "once" else value) for name, value in fields]
    return render(request, "sent_otherwise.html", {**context, "result": problem.result}, status=409)


def _may_try_again(request: HttpRequest, problem: Exception) -> bool:
    """Whether nothing has come of a page of the workspace but the clash with another change."""
    is_clash = isinstance(problem, OperationalError) and getattr(problem.__cause__, "sqlstate", "") in CLASHES
    is_ours = getattr(request.resolver_match, "namespace", "") == "workspace"
    return is_clash and is_ours and request.more_tries > 0 and not request.watch.has_committed  # type: ignore[attr-defined]


def _is_busy(problem: OperationalError) -> bool:
    """Whether a lock was not to be had in time, or two changes waited for each other."""
    return getattr(problem.__cause__, "sqlstate", "") in BUSY or "database is locked" in str(problem)
