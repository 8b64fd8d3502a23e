"""Pages that belong to no subject: the language gate, health, and the error pages."""

import sys
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, UnreadablePostError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from accounts.parcels import given_back, typed
from commitments.notices.models import Heartbeat
from commitments.register.gone import RecordGoneError
from commitments.roles.gate import public_page
from tracker.middleware import readers_language

#: Permissions that nobody outside the secretariat is ever given, as the gate names them in its refusal.
OF_THE_SECRETARIAT = {"publish", "accept", "approve", "return"}
#: What Django raises when the database cannot be reached.
DATABASE_AWAY = (OperationalError, InterfaceError)
#: A scan older than this means that the worker or the scheduler is silent.
SILENCE = timedelta(minutes=3)


@public_page
def choose_language(request: HttpRequest) -> HttpResponse:
    """Send the reader on to the first language of theirs that we speak, else to Spanish."""
    response = HttpResponseRedirect(f"/{readers_language(request)}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


@public_page
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing in between may answer for it."""
    return HttpResponse("ok\n", content_type="text/plain", headers={"Cache-Control": "no-store"})


@public_page
def readyz(request: HttpRequest) -> HttpResponse:
    """Database, and when reminders were last looked at. Silence there is *degraded*, still 200: the site works."""
    try:
        beats = {beat.job: beat for beat in Heartbeat.objects.all()}
    except DatabaseError as problem:
        return JsonResponse({"state": "down", "database": type(problem).__name__}, status=503)
    now = timezone.now()
    send = beats.get("send_due")
    fresh = bool(send and send.finished_at and now - send.finished_at < SILENCE)
    response = JsonResponse(
        {
            "state": "ready" if fresh else "degraded",
            "database": connection.vendor,
            "broker": "embedded" if settings.BROKER_URL.startswith("redis+socket") else "redis",
            "last_scan": send.finished_at.isoformat() if send and send.finished_at else None,
        }
    )
    response["Cache-Control"] = "no-store"
    return response


@public_page
def robots(request: HttpRequest) -> HttpResponse:
    """Crawlers read the public pages, not the workspace."""
    closed = [f"Disallow: /{code}/{part}/" for code, _name in settings.LANGUAGES for part in PRIVATE]
    lines = ["User-agent: *", *closed, "", f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


PRIVATE = ("workspace", "account")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return render(request, "400.html", status=400)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: says who can, never shows the thing; what was typed stands below."""
    words = _("Only the secretariat can publish. Ask the secretariat") if str(exception) in OF_THE_SECRETARIAT else ""
    return render(request, "403.html", {"words": words, **given_back(request)}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, or 410 of what was removed; what was typed into a form that leads nowhere any more stands below."""
    if isinstance(exception, RecordGoneError):
        return render(request, "410.html", {"commitment": exception.commitment}, status=410)
    return render(request, "404.html", given_back(request), status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of a form whose token is missing or old; sent from a page of ours, what was typed comes back with it."""
    own = request.headers.get("Origin", "") == f"{request.scheme}://{request.get_host()}"
    return render(request, "403_csrf.html", {"parcel": typed(request) if own else None}, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: no database, no session, four languages; the reference is in the log too. 503 where the database is away.

    What was typed stands below, where the connection held until all of it had come.
    """
    try:
        context = {"reference": getattr(request, "mark", ""), "parcel": typed(request)}
    except UnreadablePostError:
        context = {"reference": getattr(request, "mark", ""), "parcel": None}
    if isinstance(sys.exc_info()[1], DATABASE_AWAY):
        response = HttpResponse(render_to_string("503.html", context), status=503)
        response["Retry-After"] = "120"
        return response
    return HttpResponse(render_to_string("500.html", context), status=500)


def too_many(request: HttpRequest) -> HttpResponse:
    """429: says how long to wait, to people and to programs."""
    response = render(request, "429.html", status=429)
    response["Retry-After"] = str(5 * 60)
    return response
