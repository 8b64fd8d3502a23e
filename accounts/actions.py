"""Changes to the people who sign in. Untracked on purpose: history holds no names and no addresses.

Who opened, ended or reopened an account stands on the row itself; what the person may do is an appointment, and that
is tracked.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac

from accounts.enums import LinkState
from accounts.models import Invitation, User

ACCESS = ("is_active", "access_ended_at", "access_ended_by", "access_ended_why")


class AccountExistsError(Exception):
    """There is an account with this address already."""


class LinkNotOpenError(Exception):
    """The link of an invitation was used or has expired: `state`."""

    def __init__(self, state: LinkState) -> None:
        super().__init__(state.value)
        self.state = state


def open_account(*, email: str, name: str, language: str, time_zone: str) -> User:
    """A person without a password: nobody can sign in as them before they accept an invitation.

    Raises AccountExistsError.
    """
    address = email.strip().lower()
    if User.objects.filter(email=address).exists():
        raise AccountExistsError
    try:
        with transaction.atomic():
            return User.objects.create_user(address, name=name, language=language, time_zone=time_zone)
    except IntegrityError:  # somebody else opened it in the same moment
        raise AccountExistsError from None


def invite(*, user: User, by_id: int | None, at: datetime) -> Invitation:
    """Note that a person is asked to join; the message carries the link."""
    return Invitation.objects.create(user=user, invited_by_id=by_id, created_at=at)


def issue_token(*, invitation: Invitation, at: datetime) -> str:
    """The secret of an invitation's link, made at the moment of sending; the seven days run from the first sending.

    A message that has to be sent twice carries the same link twice, so that neither copy is dead on arrival.
    """
    secret = f"{invitation.pk}:{invitation.user_id}:{invitation.created_at.isoformat()}"
    token = salted_hmac("accounts.invitation", secret, algorithm="sha256").hexdigest()
    invitation.token_hash = Invitation.hash_of(token)
    invitation.expires_at = invitation.expires_at or at + timedelta(days=settings.INVITATION_DAYS)
    invitation.save(update_fields=["token_hash", "expires_at"])
    return token


def accept_invitation(*, invitation: Invitation, password: str, at: datetime) -> User:
    """Set the first password by a link that works once; all other links of the person are used up with it.

    Raises LinkNotOpenError.
    """
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=invitation.user_id)
        fresh = Invitation.objects.select_related("user").get(pk=invitation.pk)
        state = fresh.link_state(at)
        if state is not LinkState.OPEN:
            raise LinkNotOpenError(state)
        user.set_password(password)
        user.save(update_fields=["password"])
        user.invitations.unanswered().update(accepted_at=at)
    return user


def change_settings(*, user: User, name: str, language: str, time_zone: str) -> User:
    """Set how a person is greeted, in which language, and in which zone times are shown to them."""
    user.name, user.language, user.time_zone = name, language, time_zone
    user.save(update_fields=["name", "language", "time_zone"])
    return user


def close_account(*, user: User, by_id: int, at: datetime, why: str) -> User:
    """Nobody signs in as this person any more. The password goes too: that ends every session for good."""
    user.is_active = False
    user.access_ended_at, user.access_ended_by_id, user.access_ended_why = at, by_id, why
    user.set_unusable_password()
    user.save(update_fields=[*ACCESS, "password"])
    return user


def reopen_account(*, user: User) -> User:
    """The person may be invited anew; no old password and no old session comes back."""
    user.is_active = True
    user.access_ended_at, user.access_ended_by_id, user.access_ended_why = None, None, ""
    user.save(update_fields=ACCESS)
    return user
