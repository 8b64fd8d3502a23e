"""Readings about the people who sign in."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse

from accounts.models import Invitation, User


def is_demonstration() -> bool:
    """Whether this instance was filled with invented people by `load_demo`."""
    return User.objects.filter(is_demonstration=True).exists()


def invitation_of(token: str) -> Invitation | None:
    """The invitation whose link carries this secret."""
    return Invitation.objects.select_related("user").filter(token_hash=Invitation.hash_of(token)).first()


def invitation_path(token: str) -> str:
    """Where the link of an invitation leads, in the language in force."""
    return reverse("accept-invitation", args=[token])


def password_reset_path(user: User) -> str:
    """Where the link of a password reset leads, in the language in force. The secret in it works once, for an hour."""
    return reverse(
        "account_reset_password_from_key", args=[user_pk_to_url_str(user), default_token_generator.make_token(user)]
    )
