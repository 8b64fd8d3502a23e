"""When a session ends: told five minutes before, put off with one press. It lasts SESSION_COOKIE_AGE seconds."""

from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest

_ENDS_AT = "ends_at"


def begin(request: HttpRequest, *, at: datetime) -> None:
    """Start the time of a session, at sign-in, or anew when its person asks for more."""
    request.session[_ENDS_AT] = (at + timedelta(seconds=settings.SESSION_COOKIE_AGE)).isoformat()


def seconds_left(request: HttpRequest, *, at: datetime) -> int | None:
    """How long the session of a request still lasts; None for one that never began through a sign-in."""
    ends_at = request.session.get(_ENDS_AT)
    return int((datetime.fromisoformat(ends_at) - at).total_seconds()) if ends_at else None
