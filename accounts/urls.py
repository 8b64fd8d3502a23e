"""Addresses of the account pages: only those of allauth that this product uses. There is no way to sign up."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views as allauth
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.urls import path, re_path
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_POST

from accounts import views

View = Callable[..., HttpResponseBase]


def signed_out(view: View) -> View:
    """A page that somebody without a session may open; never stored on the way."""
    return _marked(view, "signed-out")


def signed_in(view: View) -> View:
    """A page about one's own account; others are sent to sign in first."""
    return _marked(login_required(view), "workspace")


def _marked(view: View, gate: str) -> View:
    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        return response

    page.gate = gate  # type: ignore[attr-defined]  # read by the walk through all routes
    return page


urlpatterns = [
    path("", signed_in(views.account), name="account"),
    path("login/", signed_out(allauth.login), name="account_login"),
    path("logout/", signed_out(allauth.logout), name="account_logout"),
    path("inactive/", signed_out(allauth.account_inactive), name="account_inactive"),
    path("stay/", signed_in(require_POST(views.stay)), name="account_stay"),
    path("continue/", signed_in(views.carry_on), name="account_carry_on"),
    path("password/change/", signed_in(views.change_password), name="account_change_password"),
    path("password/reset/", signed_out(allauth.password_reset), name="account_reset_password"),
    path("password/reset/done/", signed_out(allauth.password_reset_done), name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        signed_out(allauth.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path("invitation/<str:token>/", signed_out(views.accept_invitation), name="accept-invitation"),
]
