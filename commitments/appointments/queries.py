"""Who holds which post on a day, and what the administrator sees of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from accounts.models import Invitation, User
from commitments.appointments.models import Appointment
from commitments.history.queries import Entry, Track, timeline
from commitments.mechanisms.models import Country
from commitments.roles.enums import Role
from commitments.roles.standing import Post, Standing
from commitments.working_groups.models import WorkingGroup

#: How long a post counts as new, and how long the drafts of a predecessor are of use.
NEW, KEPT = timedelta(days=30), timedelta(days=90)


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


def who_answers(*, country_id: int | None, group_id: int | None, on: date) -> list[User]:
    """Who speaks for a country or leads a group on a day: its people with access, or whoever stands in for them."""
    if not (country_id or group_id):
        return []
    place = Q(role=Role.FOCAL_POINT, country_id=country_id) if country_id else Q(role=Role.LEAD, group_id=group_id)
    posts = Appointment.objects.answering(on).filter(place).select_related("user").order_by("id")
    return list({post.user_id: post.user for post in posts}.values())


def answered_places(on: date) -> set[tuple[int | None, int | None]]:
    """The countries that somebody speaks for and the groups that somebody leads on a day, as pairs of ids."""
    posts = Appointment.objects.answering(on).values_list("role", "country_id", "group_id")
    return {(country, None) if role == Role.FOCAL_POINT else (None, group) for role, country, group in posts}


def secretariat(on: date) -> QuerySet[User]:
    """Everybody with access who works in the secretariat on a day."""
    held = Appointment.objects.in_force(on).filter(role=Role.SECRETARIAT, user_id=OuterRef("pk"))
    return User.objects.filter(Exists(held), is_active=True).order_by("pk")


def own_posts(user_id: int, *, on: date) -> list[Appointment]:
    """The posts for a country or group that a person holds on a day, their own first, then those as a deputy."""
    rows = Appointment.objects.in_force(on).filter(user_id=user_id, role__in=[Role.FOCAL_POINT, Role.LEAD])
    return list(
        rows.select_related("country", "group__mechanism", "deputy_of__user").order_by(
            F("deputy_of").asc(nulls_first=True), "id"
        )
    )


def held_before(posts: Iterable[Appointment]) -> list[Appointment]:
    """Posts that others held for the same countries and groups and that ended before these began. One query."""
    mine = list(posts)
    earlier = Appointment.objects.none()
    for post in mine:
        earlier |= Appointment.objects.filter(
            Q(country_id=post.country_id, group_id=post.group_id),
            role=post.role,
            deputy_of__isnull=True,
            valid_until__lt=post.valid_from,
        ).exclude(user_id=post.user_id)
    return list(earlier.select_related("country", "group__mechanism", "deputy_of__user").order_by("-valid_until", "id"))


def began_lately(user_id: int, *, on: date) -> bool:
    """Whether a person began to speak for a country or to lead a group within the last thirty days."""
    rows = Appointment.objects.in_force(on).filter(user_id=user_id, role__in=[Role.FOCAL_POINT, Role.LEAD])
    return bool(rows.filter(valid_from__gt=on - NEW).exists())


def drafts_shared_with(
    user_id: int, *, on: date, country_id: int | None = None, group_id: int | None = None
) -> list[int]:
    """Whose unsent drafts about a country or group a person may read: those stood in for, and the predecessors.

    A predecessor is somebody whose own post for the same place ended within ninety days. One query.
    """
    if country_id is None and group_id is None:
        return []
    place = Q(role=Role.FOCAL_POINT, country_id=country_id) if country_id else Q(role=Role.LEAD, group_id=group_id)
    posts = list(Appointment.objects.filter(place).select_related("deputy_of").order_by("id"))
    mine = [post for post in posts if post.user_id == user_id and post.holds_on(on)]
    if not mine:
        return []
    stood_in_for = {post.deputy_of.user_id for post in mine if post.deputy_of and post.deputy_of.holds_on(on)}
    predecessors = {
        post.user_id
        for post in posts
        if post.deputy_of_id is None and post.valid_until is not None and on - KEPT <= post.valid_until < on
    }
    still_there = {post.user_id for post in posts if post.deputy_of_id is None and post.holds_on(on)}
    return sorted((stood_in_for | (predecessors - still_there)) - {user_id})


def posts_without_deputy(on: date) -> QuerySet[Appointment]:
    """Posts, still held, in which nobody stands in now or later."""
    deputies = Appointment.objects.filter(deputy_of=OuterRef("pk")).exclude(valid_until__lt=on)
    return _not_over(on).filter(~Exists(deputies))


def without_deputy(ids: Iterable[int], *, on: date) -> list[Appointment]:
    """Those of these posts, still held, in which nobody stands in now or later. One query."""
    return list(posts_without_deputy(on).filter(pk__in=list(ids)).select_related("user").order_by("id"))


def colleagues_of(principal: Appointment) -> QuerySet[User]:
    """People with access who were ever appointed for the same country or group."""
    same = Q(appointments__country_id=principal.country_id) if principal.country_id else Q()
    same |= Q(appointments__group_id=principal.group_id) if principal.group_id else Q()
    rows = User.objects.filter(same, is_active=True).exclude(pk=principal.user_id)
    return rows.distinct().order_by("name", "email", "id")


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
