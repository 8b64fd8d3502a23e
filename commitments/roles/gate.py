"""The gate: the only way for a view to get an object, and the mark that each page carries."""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any, Protocol, TypeVar, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language

from accounts.parcels import sign_in_first
from commitments.roles.actor import Actor
from commitments.roles.standing import standing_of

#: What caches in between may do with a public page, in seconds: keep it, and show it a little longer while they ask.
SHARED = {"s_maxage": 60, "stale_while_revalidate": 300}
M = TypeVar("M", bound=Model)
View = Callable[..., HttpResponseBase]


class Marked(Protocol):
    """A view that says who may enter: `gate` is "public", "form", "workspace" or "signed-out"."""

    gate: str
    #: The parameters that a public address may carry; None where a filter of its own refuses what it does not know.
    reads: Collection[str] | None


def public_page(view: View) -> View:
    """Mark a page that anybody may read: same bytes for everybody, no cookie, no session, no parameters."""
    return _public(view, ())


def public_reading(*names: str) -> Callable[[View], View]:
    """Mark a public page that reads these parameters of its address itself: `?page=2`."""
    return lambda view: _public(view, names)


def public_list(view: View) -> View:
    """Mark a public page with a filter of its own, which refuses what it does not know."""
    return _public(view, None)


def _public(view: View, reads: Collection[str] | None) -> View:
    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        with timezone.override(settings.SITE_TIME_ZONE):
            response = view(request, *args, **kwargs)
        if getattr(request, "has_failed_part", False):
            patch_cache_control(response, no_store=True)
        if response.status_code == 200 and not response.has_header("Cache-Control"):
            patch_cache_control(response, public=True, max_age=0, **SHARED)
        return response

    cast("Marked", page).gate = "public"
    cast("Marked", page).reads = reads
    return page


def form_page(view: View) -> View:
    """Mark a page for anybody with a form that stores something: its token is one reader's, so nothing keeps it."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        return response

    cast("Marked", page).gate = "form"
    return page


def workspace_page(view: View) -> View:
    """Mark a page for signed-in people: others are asked to sign in, and what they were sending waits for them."""

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        zone = _zone(request.user)
        request.zone = zone  # type: ignore[attr-defined]
        # A person's day is the one on their own calendar; public pages keep the site's.
        request.on = timezone.localdate(request.at, zone)  # type: ignore[attr-defined]
        with timezone.override(zone):
            response = view(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        return response

    @wraps(page)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return page(request, *args, **kwargs) if request.user.is_authenticated else sign_in_first(request)

    cast("Marked", guarded).gate = "workspace"
    return guarded


def _zone(user: Any) -> ZoneInfo:
    """The time zone that a person set; UTC when it is none."""
    try:
        return ZoneInfo(getattr(user, "time_zone", "") or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def obtain(user: Any, queryset: QuerySet[M], permission: str, **lookup: Any) -> M:
    """One object through its permission.

    Raises Http404 when it does not exist or the person may not even see it (existence is not given away),
    PermissionDenied when it may be seen but this may not be done with it.
    """
    thing = queryset.filter(**lookup).first()
    model = cast("Any", queryset.model)
    if thing is None:
        raise Http404(model._meta.object_name)
    if user.has_perm(model.get_perm(permission), thing):
        return thing
    if permission != "view" and user.has_perm(model.get_perm("view"), thing):
        raise PermissionDenied(permission)
    raise Http404(model._meta.object_name)


def require(user: Any, model: type[Model], permission: str) -> None:
    """Entry to a page about no single object (a queue, a form for a new record); PermissionDenied otherwise."""
    if not user.has_perm(cast("Any", model).get_perm(permission)):
        raise PermissionDenied(permission)


def actor(request: HttpRequest, *, country_id: int | None = None, group_id: int | None = None) -> Actor:
    """The signed-in person as the author of a change, with the post that is closest to the object."""
    actor = standing_of(request.user).actor(
        country_id=country_id, group_id=group_id, request_id=getattr(request, "mark", "")
    )
    return actor.speaking((get_language() or "")[:2])
