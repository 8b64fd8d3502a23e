"""How sign-in behaves here: nobody signs up, guessing is slowed down, and mail goes through the ledger."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal import ratelimit
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from accounts import parcels, sessions
from accounts.models import User
from commitments.appointments.actions import owe_password_reset

APP = "allauth.account"


class Adapter(DefaultAccountAdapter):
    """allauth's hooks, as this product wants them."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("Check the e-mail address and the password. Together they open no account"),
        "enter_current_password": _("Enter your current password as it is now"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Closed: people are invited."""
        return False

    def is_ajax(self, request: HttpRequest) -> bool:
        """One door only: pages, never JSON."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Whether somebody may be sent on to an address: only to pages of this host."""
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={self.request.get_host()}, require_https=self.request.is_secure()
        )

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in, and start the time of the session."""
        super().login(request, user)
        sessions.begin(request, at=self.request.at)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The workspace, in the person's own language; what was typed before the session ended comes first."""
        with override(getattr(request.user, "language", None)):
            return parcels.after_sign_in(request) or resolve_url(settings.LOGIN_REDIRECT_URL)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the account."""
        return reverse("account")

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """Owe the message with the link; it is made when the message is sent, and goes to the address on record.

        Somebody who has not accepted the invitation yet has no password to reset: the invitation is their way in.
        """
        if user.has_accepted:
            owe_password_reset(user=user, at=self.request.at)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the attempt: by address and network address together, by network address, and by address alone.

        The first keeps a stranger from locking somebody out; the last is wide, and a password reset goes around it.
        """
        email = str(credentials.get("email", "")).lower()
        counted = [
            ratelimit.consume(request, app=APP, action="login_failed", key=f"{email}|{self.get_client_ip(request)}"),
            ratelimit.consume(request, app=APP, action="login_failed_anywhere", key=email),
        ]
        if None in counted:
            raise ImmediateHttpResponse(ratelimit.respond_429(request))
        self._counted = counted

    def _rollback_login_failed_rl_usage(self) -> None:
        """A sign-in that worked was no failed attempt."""
        for usage in self._counted:
            usage.rollback()
