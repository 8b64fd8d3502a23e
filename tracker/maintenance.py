"""The site closed for maintenance: by a file that whoever runs it lays down, `manage.py maintenance on`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from accounts.parcels import typed

#: What watches the processes goes on asking them.
WATCHED = {"healthz", "readyz"}
RETRY_SECONDS = 300


def sign() -> Path:
    """The file: while it is there, the site is closed. All processes see it; it needs no database."""
    return Path(settings.DATA_DIR) / "maintenance"


class Maintenance:
    """Answers 503 while the site is closed, in four languages, with what was typed. Ready pages are sent as ever."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: Any, _args: Any, _named: Any) -> HttpResponse | None:
        """The page for the time being, in the place of the one asked for."""
        match = request.resolver_match
        if not sign().exists() or (match is not None and match.view_name in WATCHED):
            return None
        answer = HttpResponse(render_to_string("maintenance.html", {"parcel": typed(request)}), status=503)
        answer["Retry-After"] = str(RETRY_SECONDS)
        answer["Cache-Control"] = "no-store"
        return answer
