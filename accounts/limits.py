"""How often something may be done from one network, counted as attempts to sign in are."""

from allauth.core.internal import ratelimit
from django.http import HttpRequest

#: By what is done: how often an hour from one network address, and from all together.
LIMITS = {"mistake": "5/h/ip,120/h/key"}


def is_within(request: HttpRequest, action: str) -> bool:
    """Count one more; False where that is too many. Only what is sent with POST counts."""
    return ratelimit.consume(request, app="tracker", action=action, config=LIMITS, key="all") is not None
