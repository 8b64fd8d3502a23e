"""Inviting, appointing, changing days, ending: what is stored, what is refused, what history says."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from accounts.models import Invitation, User
from commitments.appointments import actions
from commitments.appointments.actions import Post
from commitments.appointments.models import Appointment
from commitments.appointments.queries import standing_on
from commitments.history.actions import EditedMeanwhileError
from commitments.notices.models import Notice
from commitments.roles.actor import Actor
from commitments.roles.enums import Role
from tests.cast import NOON, SINCE, TODAY, Cast

YESTERDAY = TODAY - timedelta(days=1)
WHY = "letter of 12 November 2026"


def stamp(cast: Cast) -> dict[str, Any]:
    return {"by": cast.actor(cast.administrator), "at": NOON, "why": WHY}


def focal_point(cast: Cast, **what: Any) -> Post:
    return replace(Post(role=Role.FOCAL_POINT, country=cast.canada, valid_from=TODAY), **what)


def post_of(person: User) -> Appointment:
    return Appointment.objects.get(user=person)


def histories() -> int:
    return int(Appointment.history.count())


# --- Inviting ---------------------------------------------------------------------------------------------------
def test_inviting_makes_an_account_without_password_and_owes_one_urgent_message(cast: Cast) -> None:
    person = actions.invite_person(
        email=" Nueva@Example.org ", name="Nadia N.", language="es", time_zone="America/Lima", **stamp(cast)
    )
    assert (person.email, person.language, person.time_zone, person.has_accepted) == (
        "nueva@example.org",
        "es",
        "America/Lima",
        False,
    )
    invitation = Invitation.objects.get()
    assert (invitation.user, invitation.invited_by, invitation.created_at) == (person, cast.administrator, NOON)
    owed = Notice.objects.get()
    assert (owed.kind, owed.object_id, owed.recipient, owed.lane, owed.state) == (
        "invitation",
        invitation.pk,
        person,
        "urgent",
        "pending",
    )


@pytest.mark.parametrize("email", ["reader@example.org", "READER@example.org", " reader@example.org"])
def test_an_address_that_is_known_is_refused(cast: Cast, email: str) -> None:
    with pytest.raises(actions.HasAccount):
        actions.invite_person(email=email, name="R", language="en", time_zone="UTC", **stamp(cast))
    assert not Notice.objects.exists()


def test_an_invitation_to_a_post_that_is_refused_leaves_nothing_behind(cast: Cast) -> None:
    wrong = focal_point(cast, deputy_of=post_of(cast.focal_colombia))
    with pytest.raises(actions.NotThisDeputy):
        actions.invite_to_post(
            email="new@example.org", name="N", language="en", time_zone="UTC", post=wrong, **stamp(cast)
        )
    assert not User.objects.filter(email="new@example.org").exists()
    assert not Notice.objects.exists()


def test_somebody_with_a_password_needs_no_invitation(cast: Cast) -> None:
    cast.reader.set_password("a password of their own")
    cast.reader.save()
    with pytest.raises(actions.HasAccess):
        actions.invite_again(user=cast.reader, by=cast.actor(cast.administrator), at=NOON)


# --- Appointing -------------------------------------------------------------------------------------------------
def test_appointing_leaves_one_row_of_history_with_who_when_and_why(cast: Cast) -> None:
    before = histories()
    appointment = actions.appoint(user=cast.outsider, post=focal_point(cast), **stamp(cast))
    assert histories() == before + 1
    row = Appointment.history.get(id=appointment.pk)
    assert (row.history_user_id, row.actor_role, row.history_date, row.history_change_reason, row.door) == (
        cast.administrator.pk,
        "administrator",
        NOON,
        WHY,
        "web",
    )


def test_nobody_appoints_themselves(cast: Cast) -> None:
    secretariat = actions.Post(Role.SECRETARIAT, TODAY)
    with pytest.raises(actions.OwnPost):
        actions.appoint(user=cast.administrator, post=secretariat, **stamp(cast))
    assert Appointment.objects.filter(user=cast.administrator).count() == 1
    actions.appoint(user=cast.reader, post=secretariat, **stamp(cast))


def test_a_post_begins_on_its_first_day_and_holds_through_its_last(cast: Cast) -> None:
    tomorrow, later = TODAY + timedelta(days=1), TODAY + timedelta(days=9)
    actions.appoint(user=cast.outsider, post=focal_point(cast, valid_from=tomorrow, valid_until=later), **stamp(cast))
    held = [bool(standing_on(cast.outsider, day).posts) for day in (TODAY, tomorrow, later, later + timedelta(days=1))]
    assert held == [False, True, True, False]


@pytest.mark.parametrize(
    ("first", "last"),
    [(TODAY, None), (TODAY, TODAY), (date(2020, 1, 1), SINCE), (date(2020, 1, 1), None)],
)
def test_nobody_holds_one_post_twice_on_a_day(cast: Cast, first: date, last: date | None) -> None:
    with pytest.raises(actions.AlreadyHeld):
        actions.appoint(
            user=cast.focal_canada, post=focal_point(cast, valid_from=first, valid_until=last), **stamp(cast)
        )


def test_a_post_may_be_held_again_after_a_pause(cast: Cast) -> None:
    actions.end_appointment(appointment=post_of(cast.focal_canada), on=YESTERDAY, **stamp(cast))
    actions.appoint(user=cast.focal_canada, post=focal_point(cast), **stamp(cast))
    assert Appointment.objects.filter(user=cast.focal_canada).count() == 2


def test_nobody_whose_access_has_ended_is_appointed(cast: Cast) -> None:
    actions.end_access(user=cast.reader, **stamp(cast))
    with pytest.raises(actions.AccessHasEnded):
        actions.appoint(user=cast.reader, post=focal_point(cast), **stamp(cast))


# --- Deputies ---------------------------------------------------------------------------------------------------
def deputy(cast: Cast, **what: Any) -> Post:
    return focal_point(cast, **{"deputy_of": post_of(cast.focal_canada), **what})


def test_a_deputy_has_the_rights_while_the_other_post_holds(cast: Cast) -> None:
    actions.appoint(user=cast.outsider, post=deputy(cast), **stamp(cast))
    assert standing_on(cast.outsider, TODAY).countries == {cast.canada.pk}


@pytest.mark.parametrize("case", ["another country", "another role", "oneself", "a deputy of a deputy"])
def test_a_deputy_stands_in_for_another_person_in_the_same_post(cast: Cast, case: str) -> None:
    person, post = {
        "another country": (cast.outsider, deputy(cast, country=cast.colombia)),
        "another role": (cast.outsider, deputy(cast, role=Role.READER, country=None)),
        "oneself": (cast.focal_canada, deputy(cast)),
        "a deputy of a deputy": (
            cast.outsider,
            deputy(cast, country=cast.colombia, deputy_of=post_of(cast.deputy_colombia)),
        ),
    }[case]
    with pytest.raises(actions.NotThisDeputy):
        actions.appoint(user=person, post=post, **stamp(cast))


def test_a_deputy_does_not_begin_before_the_person_stood_in_for(cast: Cast) -> None:
    with pytest.raises(actions.DeputyTooEarly):
        actions.appoint(user=cast.outsider, post=deputy(cast, valid_from=SINCE - timedelta(days=1)), **stamp(cast))


def test_when_a_post_ends_its_deputy_ends_too(cast: Cast) -> None:
    actions.end_appointment(appointment=post_of(cast.focal_colombia), on=YESTERDAY, **stamp(cast))
    assert [post_of(person).valid_until for person in (cast.focal_colombia, cast.deputy_colombia)] == [YESTERDAY] * 2
    assert standing_on(cast.deputy_colombia, TODAY).posts == ()


def test_a_deputy_who_would_have_left_earlier_keeps_the_earlier_day(cast: Cast) -> None:
    early = TODAY - timedelta(days=30)
    actions.end_appointment(appointment=post_of(cast.deputy_colombia), on=early, **stamp(cast))
    actions.end_appointment(appointment=post_of(cast.focal_colombia), on=YESTERDAY, **stamp(cast))
    assert post_of(cast.deputy_colombia).valid_until == early


# --- Days -------------------------------------------------------------------------------------------------------
def change(cast: Cast, person: User, first: date, last: date | None, version: int | None = None) -> Appointment:
    return actions.change_dates(
        appointment=post_of(person), valid_from=first, valid_until=last, version=version, **stamp(cast)
    )


def test_new_days_are_stored_and_the_deputys_are_shortened_with_them(cast: Cast) -> None:
    last = TODAY + timedelta(days=30)
    change(cast, cast.focal_colombia, SINCE, last)
    assert [post_of(person).valid_until for person in (cast.focal_colombia, cast.deputy_colombia)] == [last, last]


def test_the_same_days_again_leave_no_history(cast: Cast) -> None:
    before = histories()
    change(cast, cast.focal_canada, SINCE, None)
    assert histories() == before
    assert post_of(cast.focal_canada).version == 1


@pytest.mark.parametrize(
    ("first", "last", "refusal"),
    [
        (TODAY, YESTERDAY, actions.EndsBeforeItBegins),
        (TODAY, None, actions.DeputyTooEarly),
    ],
)
def test_days_that_cannot_be_are_refused_and_nothing_changes(
    cast: Cast, first: date, last: date | None, refusal: type[Exception]
) -> None:
    before = histories()
    with pytest.raises(refusal):
        change(cast, cast.focal_colombia, first, last)
    post = post_of(cast.focal_colombia)
    assert (post.valid_from, post.valid_until, histories()) == (SINCE, None, before)


def test_the_second_of_two_editors_is_stopped(cast: Cast) -> None:
    change(cast, cast.focal_canada, SINCE, TODAY, version=1)
    with pytest.raises(EditedMeanwhileError) as problem:
        change(cast, cast.focal_canada, SINCE, TODAY + timedelta(days=1), version=1)
    assert problem.value.typed["valid_until"] == TODAY + timedelta(days=1)
    assert post_of(cast.focal_canada).valid_until == TODAY


# --- Ending -----------------------------------------------------------------------------------------------------
def test_a_post_that_never_held_is_taken_back_and_history_keeps_it(cast: Cast) -> None:
    appointment = actions.appoint(user=cast.outsider, post=focal_point(cast), **stamp(cast))
    actions.end_appointment(appointment=appointment, on=YESTERDAY, **stamp(cast))
    assert not Appointment.objects.filter(user=cast.outsider).exists()
    rows = Appointment.history.filter(user_id=cast.outsider.pk).order_by("history_id")
    assert list(rows.values_list("history_type", "history_change_reason")) == [("+", WHY), ("-", WHY)]


def test_ending_access_ends_all_posts_and_says_who_and_why(cast: Cast) -> None:
    actions.appoint(user=cast.focal_colombia, post=Post(role=Role.READER, valid_from=TODAY), **stamp(cast))
    actions.end_access(user=cast.focal_colombia, **stamp(cast))
    person = User.objects.get(pk=cast.focal_colombia.pk)
    assert (person.is_active, person.has_accepted) == (False, False)
    assert (person.access_ended_at, person.access_ended_by, person.access_ended_why) == (NOON, cast.administrator, WHY)
    assert post_of(person).valid_until == YESTERDAY
    assert post_of(cast.deputy_colombia).valid_until == YESTERDAY


def test_ending_twice_changes_nothing_more(cast: Cast) -> None:
    actions.end_access(user=cast.focal_colombia, **stamp(cast))
    before = histories()
    actions.end_access(user=cast.focal_colombia, **stamp(cast))
    assert histories() == before


def test_the_way_back_is_a_new_invitation_without_the_old_posts(cast: Cast) -> None:
    actions.end_access(user=cast.reader, **stamp(cast))
    actions.invite_again(user=cast.reader, by=cast.actor(cast.administrator), at=NOON)
    person = User.objects.get(pk=cast.reader.pk)
    assert (person.is_active, person.access_ended_at, person.access_ended_by, person.access_ended_why) == (
        True,
        None,
        None,
        "",
    )
    assert standing_on(person, TODAY).posts == ()
    assert Notice.objects.get().recipient == person


def test_nobody_ends_their_own_access_or_their_own_post_as_administrator(cast: Cast) -> None:
    own = post_of(cast.administrator)
    with pytest.raises(actions.OwnAccess):
        actions.end_access(user=cast.administrator, **stamp(cast))
    with pytest.raises(actions.OwnAccess):
        actions.end_appointment(appointment=own, on=YESTERDAY, **stamp(cast))
    with pytest.raises(actions.OwnAccess):
        change(cast, cast.administrator, SINCE, YESTERDAY)
    assert post_of(cast.administrator).valid_until is None


def test_a_process_ends_nobodys_access(cast: Cast) -> None:
    with pytest.raises(actions.OwnAccess):
        actions.end_access(user=cast.reader, by=Actor.process("nightly"), at=NOON, why=WHY)
