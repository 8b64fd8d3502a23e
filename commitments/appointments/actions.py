"""Who comes, which post they hold and until when, and how their access ends."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import actions as accounts
from accounts.models import User
from commitments.appointments.models import Appointment
from commitments.history import actions
from commitments.history.actions import EditedMeanwhileError, Refused
from commitments.mechanisms.models import Country
from commitments.notices import actions as notices
from commitments.roles.actor import Actor
from commitments.roles.enums import Role
from commitments.working_groups.models import WorkingGroup

#: A second request for a new password within this time sends no second message.
ONE_RESET = timedelta(minutes=5)
#: How long a message about a new password is worth sending.
RESET_IS_WANTED = timedelta(hours=1)


class AlreadyHeld(Refused):
    """The person holds this post on some of these days already."""

    field = "valid_from"
    sentence = _("This person holds this post on some of these days already. Change the dates of that appointment")


class NotThisDeputy(Refused):
    """A deputy stands in for somebody else, in the same post, on days on which that post is held."""

    field = "deputy_of"
    sentence = _("A deputy stands in for another person, with the same role and the same country or group")


class DeputyTooEarly(Refused):
    """A deputy cannot begin before the person stood in for."""

    field = "valid_from"
    sentence = _("A deputy may begin on the first day of the appointment stood in for, or later")


class EndsBeforeItBegins(Refused):
    """The last day lies before the first."""

    field = "valid_until"
    sentence = _("The last day must not be before the first day")


class OwnAccess(Refused):
    """Nobody takes away what lets them give it back."""

    sentence = _("You cannot end your own access or your own appointment as administrator. Another administrator can")


class OwnPost(Refused):
    """Nobody gives themselves a post: what needs two people would need one."""

    sentence = _("You cannot appoint yourself. Another administrator can")


class AccessHasEnded(Refused):
    """The person may not sign in; a post would give them nothing."""

    sentence = _("This person’s access has ended. Invite them again first")


class HasAccount(Refused):
    """Somebody with this address is known already."""

    field = "email"
    sentence = _("There is an account with this address already. Find the person in the list and appoint them there")


class HasAccess(Refused):
    """The person has accepted an invitation and may sign in: there is nothing to invite to."""

    sentence = _("This person has a password and may sign in. A forgotten password is reset from the sign-in page")


@dataclass(frozen=True, slots=True)
class Post:
    """What a person is appointed to, from which day to which, both included; with no last day until further notice."""

    role: Role
    valid_from: date
    valid_until: date | None = None
    country: Country | None = None
    group: WorkingGroup | None = None
    deputy_of: Appointment | None = None


def invite_person(
    *, email: str, name: str, language: str, time_zone: str, by: Actor, at: datetime, why: str = ""
) -> User:
    """Make an account without a password and owe the person the message that lets them set one. Raises HasAccount."""
    with transaction.atomic():
        try:
            user = accounts.open_account(email=email, name=name, language=language, time_zone=time_zone)
        except accounts.AccountExistsError:
            raise HasAccount from None
        _owe_invitation(user, by, at)
    return user


def invite_to_post(
    *, email: str, name: str, language: str, time_zone: str, post: Post, by: Actor, at: datetime, why: str
) -> User:
    """Invite a person and appoint them, both or neither. Raises what the two steps raise."""
    with transaction.atomic():
        user = invite_person(email=email, name=name, language=language, time_zone=time_zone, by=by, at=at, why=why)
        appoint(user=user, post=post, by=by, at=at, why=why)
    return user


def invite_again(*, user: User, by: Actor, at: datetime) -> None:
    """Send somebody a new link who never came, or whose access has ended; posts that ended stay ended.

    Raises HasAccess.
    """
    with transaction.atomic():
        fresh = User.objects.select_for_update().get(pk=user.pk)
        if fresh.is_active and fresh.has_accepted:
            raise HasAccess
        if not fresh.is_active:
            accounts.reopen_account(user=fresh)
        _owe_invitation(fresh, by, at)


def _owe_invitation(user: User, by: Actor, at: datetime) -> None:
    invitation = accounts.invite(user=user, by_id=by.user_id, at=at)
    notices.owe(
        kind="invitation", thing=invitation, recipient=user, at=at, due_revision=at.date().isoformat(), lane="urgent"
    )


def owe_password_reset(*, user: User, at: datetime) -> None:
    """Owe a person the message with the link to a new password, once in five minutes."""
    slot = int(at.timestamp() // ONE_RESET.total_seconds())
    with transaction.atomic():
        notices.owe(
            kind="password_reset",
            thing=user,
            recipient=user,
            at=at,
            due_revision=str(slot),
            lane="urgent",
            expires_at=at + RESET_IS_WANTED,
        )


def appoint(*, user: User, post: Post, by: Actor, at: datetime, why: str) -> Appointment:
    """Give a person a post.

    Raises OwnPost, AccessHasEnded, EndsBeforeItBegins, NotThisDeputy, DeputyTooEarly, AlreadyHeld.
    """
    if by.user_id == user.pk:
        raise OwnPost
    with transaction.atomic():
        fresh = User.objects.select_for_update().get(pk=user.pk)
        if not fresh.is_active:
            raise AccessHasEnded
        appointment = Appointment(
            user=fresh,
            role=post.role,
            country=post.country,
            group=post.group,
            valid_from=post.valid_from,
            valid_until=post.valid_until,
            deputy_of=post.deputy_of,
        )
        _check(appointment)
        return actions.create(appointment, by=by, at=at, why=why)


def change_dates(
    *,
    appointment: Appointment,
    valid_from: date,
    valid_until: date | None,
    by: Actor,
    at: datetime,
    why: str,
    version: int | None = None,
) -> Appointment:
    """Set the days of a post; its deputies end with it.

    Raises history.actions.EditedMeanwhileError, OwnAccess, EndsBeforeItBegins, DeputyTooEarly, AlreadyHeld.
    """
    if valid_until is not None and valid_until < valid_from:
        raise EndsBeforeItBegins
    with transaction.atomic():
        User.objects.select_for_update().get(pk=appointment.user_id)
        fresh = actions.change(
            actions.locked(appointment),
            by=by,
            at=at,
            why=why,
            version=version,
            valid_from=valid_from,
            valid_until=valid_until,
        )
        _refuse_own(fresh, by, fresh.holds_on(at.date()))
        _check(fresh)
        for deputy in _deputies(fresh):
            if deputy.valid_from < valid_from:
                raise DeputyTooEarly
            if valid_until is not None:
                _end(deputy, valid_until, by, at, why)
    return fresh


def end_appointment(
    *, appointment: Appointment, on: date, by: Actor, at: datetime, why: str, version: int | None = None
) -> Appointment:
    """End a post with a day, its last; a post that has not begun by then is taken back. Its deputies end with it.

    Raises history.actions.EditedMeanwhileError, OwnAccess.
    """
    with transaction.atomic():
        fresh = actions.locked(appointment)
        if version is not None and fresh.version != version:
            raise EditedMeanwhileError(fresh, {"valid_until": on})
        _refuse_own(fresh, by, on >= at.date())
        _end(fresh, on, by, at, why)
    return fresh


def end_access(*, user: User, by: Actor, at: datetime, why: str) -> User:
    """End all posts of a person as of yesterday and close the account: every session of theirs ends with it.

    Raises OwnAccess.
    """
    if by.user_id is None or by.user_id == user.pk:
        raise OwnAccess
    yesterday = at.date() - timedelta(days=1)
    with transaction.atomic():
        fresh = User.objects.select_for_update().get(pk=user.pk)
        for appointment in Appointment.objects.filter(user=fresh).order_by("id"):
            _end(appointment, yesterday, by, at, why)
        return accounts.close_account(user=fresh, by_id=by.user_id, at=at, why=why)


def _end(appointment: Appointment, on: date, by: Actor, at: datetime, why: str) -> None:
    if appointment.valid_until is not None and appointment.valid_until <= on:
        return
    for deputy in _deputies(appointment):
        _end(deputy, on, by, at, why)
    if appointment.valid_from > on:
        actions.remove(appointment, by=by, at=at, why=why)
    else:
        actions.change(appointment, by=by, at=at, why=why, valid_until=on)


def _deputies(appointment: Appointment) -> list[Appointment]:
    return list(Appointment.objects.filter(deputy_of_id=appointment.pk).order_by("id"))


def _refuse_own(appointment: Appointment, by: Actor, stays: bool) -> None:
    if appointment.user_id == by.user_id and appointment.role == Role.ADMINISTRATOR and not stays:
        raise OwnAccess


def _check(appointment: Appointment) -> None:
    """What no single row can see. The person's row is locked, so that two administrators cannot both pass."""
    first, last = appointment.valid_from, appointment.valid_until
    if last is not None and last < first:
        raise EndsBeforeItBegins
    principal = appointment.deputy_of
    if principal is not None:
        same = (principal.role, principal.country_id, principal.group_id) == (
            appointment.role,
            appointment.country_id,
            appointment.group_id,
        )
        if not same or principal.user_id == appointment.user_id or principal.deputy_of_id is not None:
            raise NotThisDeputy
        if first < principal.valid_from:
            raise DeputyTooEarly
    if Appointment.objects.same_post(appointment).overlapping(first, last).exclude(pk=appointment.pk).exists():
        raise AlreadyHeld
