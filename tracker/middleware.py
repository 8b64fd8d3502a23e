"""What happens around every request: its mark and moment, security headers, the person's posts, friendly refusals."""

import uuid
from collections.abc import Callable
from datetime import UTC
from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from accounts.parcels import typed
from commitments.intake.filters import BadFilter
from commitments.roles import standing

#: A lock not to be had in time, two changes that waited for each other, and one that would not fit (PostgreSQL).
BUSY = {"55P03", "40P01", "40001"}
Next = Callable[[HttpRequest], HttpResponse]


class RequestMark:
    """Gives each request its mark, its moment and its day: the clock is read here and nowhere below."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        moment = timezone.now()
        request.mark = uuid.uuid4().hex[:16]  # type: ignore[attr-defined]
        request.at = moment  # type: ignore[attr-defined]
        request.on = moment.astimezone(UTC).date()  # type: ignore[attr-defined]
        response = self.get_response(request)
        response.headers.setdefault("X-Request-ID", request.mark)  # type: ignore[attr-defined]
        return response


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
    their length would give away once compressed (BREACH).
    """

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
        day = request.on  # type: ignore[attr-defined]
        request.user = SimpleLazyObject(lambda: standing.attach(signed_in, day))  # type: ignore[assignment]
        return self.get_response(request)


class FriendlyRefusals:
    """Turns a refused filter into a page that names it (400), a lock not had in time into one to send from (503)."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """Answer what the domain refuses; everything else goes on to the error page."""
        if isinstance(problem, BadFilter):
            return render(request, "bad_filter.html", {"problem": problem}, status=400)
        if isinstance(problem, OperationalError) and _is_busy(problem):
            response = render(request, "503_busy.html", {"parcel": typed(request)}, status=503)
            response["Retry-After"] = "5"
            return response
        return None


def _is_busy(problem: OperationalError) -> bool:
    """Whether a lock was not to be had in time, or two changes waited for each other."""
    return getattr(problem.__cause__, "sqlstate", "") in BUSY or "database is locked" in str(problem)
