"""Who holds which post on a day, and what the administrator sees of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from accounts.models import Invitation, User
from commitments.appointments.models import Appointment
from commitments.history.queries import Entry, Track, timeline
from commitments.mechanisms.models import Country
from commitments.roles.enums import Role
from commitments.roles.standing import Post, Standing
from commitments.working_groups.models import WorkingGroup


def standing_on(user: Any, on: date) -> Standing:
    """All posts that a person holds on a day. A deputy's post counts while the post it stands in for holds too."""
    appointments = (
        Appointment.objects.in_force(on)
        .filter(user_id=user.pk)
        .select_related("country", "group", "deputy_of")
        .order_by("id")
    )
    posts = tuple(
        Post(
            role=appointment.role,
            country_id=appointment.country_id,
            country=appointment.country.iso3 if appointment.country else "",
            group_id=appointment.group_id,
            group=appointment.group.code if appointment.group else "",
            is_deputy=appointment.deputy_of_id is not None,
        )
        for appointment in appointments
        if appointment.deputy_of is None or appointment.deputy_of.holds_on(on)
    )
    return Standing.of(user.pk, posts)


def deputies_of(user_id: int, *, on: date) -> list[Appointment]:
    """Who stands in for a person on a day, newest post first."""
    return list(
        Appointment.objects.in_force(on)
        .filter(deputy_of__user_id=user_id)
        .select_related("user", "country")
        .order_by("-valid_from", "id")
    )


def people(on: date) -> QuerySet[User]:
    """Everybody with an account, those with access first; `posts` holds the appointments in force or still to come."""
    posts = _not_over(on).select_related("country", "group__mechanism", "deputy_of__user").order_by("valid_from", "id")
    return User.objects.order_by("-is_active", "name", "email", "id").prefetch_related(
        Prefetch("appointments", queryset=posts, to_attr="posts")
    )


@dataclass(frozen=True, slots=True)
class Dossier:
    """One person as the administrator sees them: posts now, posts that ended, invitations, what changed."""

    person: User
    posts: tuple[Appointment, ...]
    past: tuple[Appointment, ...]
    invitations: tuple[Invitation, ...]
    history: tuple[Entry, ...]
    #: Names of the people who made the changes, by id.
    names: dict[int, str]
    #: What the rows of history speak of, by id.
    countries: dict[int, Country]
    groups: dict[int, WorkingGroup]


def dossier(person: User, on: date) -> Dossier:
    """All that is on record about a person's access, in a constant number of queries."""
    held = list(
        Appointment.objects.filter(user=person)
        .select_related("country", "group__mechanism", "deputy_of__user")
        .prefetch_related(Prefetch("deputies", queryset=_not_over(on).select_related("user").order_by("id")))
        .order_by("-valid_from", "-id")
    )
    changes = Track(rows=Appointment.history.filter(user_id=person.pk), fields=("valid_from", "valid_until"))
    history = tuple(timeline([changes], public=False))
    rows = [edit.row for entry in history for edit in entry.edits]
    authors = User.objects.filter(pk__in={entry.user_id for entry in history if entry.user_id})
    return Dossier(
        person=person,
        posts=tuple(post for post in held if post.valid_until is None or post.valid_until >= on),
        past=tuple(post for post in held if post.valid_until is not None and post.valid_until < on),
        invitations=tuple(person.invitations.select_related("invited_by")),
        history=history,
        names={author.pk: str(author) for author in authors},
        countries=Country.objects.in_bulk({row.country_id for row in rows if row.country_id}),
        groups=WorkingGroup.objects.select_related("mechanism").in_bulk({row.group_id for row in rows if row.group_id}),
    )


def stand_ins(person: User, on: date) -> list[Appointment]:
    """Who stands in for this person, now or later: they lose their posts when the person does."""
    return list(_not_over(on).filter(deputy_of__user=person).select_related("user").order_by("user__name", "id"))


def may_have_deputies(on: date) -> QuerySet[Appointment]:
    """Focal points and group leads, now or later, who are nobody's deputy themselves."""
    rows: QuerySet[Appointment] = (
        _not_over(on)
        .filter(role__in=[Role.FOCAL_POINT, Role.LEAD], deputy_of__isnull=True, user__is_active=True)
        .select_related("user", "country", "group__mechanism")
        .order_by("country__iso3", "group__code", "id")
    )
    return rows


def may_be_appointed(*, besides: User) -> QuerySet[User]:
    """Everybody whose access has not ended, except one person."""
    return User.objects.filter(is_active=True).exclude(pk=besides.pk).order_by("name", "email", "id")


def _not_over(on: date) -> QuerySet[Appointment]:
    """Appointments in force or still to come."""
    rows: QuerySet[Appointment] = Appointment.objects.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on))
    return rows
