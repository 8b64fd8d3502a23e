"""The first administrator is invited from the server."""

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from commitments.notices.models import Notice
from commitments.roles.enums import Role

pytestmark = pytest.mark.django_db


def test_the_person_is_appointed_and_owed_an_invitation() -> None:
    call_command("invite_administrator", "first@example.org", name="Ana First", language="es", time_zone="America/Lima")
    person = User.objects.get(email="first@example.org")
    post = person.appointments.get()
    notice = Notice.objects.get(recipient=person)
    assert (person.name, person.language, person.has_usable_password()) == ("Ana First", "es", False)
    assert (post.role, post.valid_until, notice.kind, notice.lane) == (Role.ADMINISTRATOR, None, "invitation", "urgent")
    (made,) = post.history.all()
    assert (made.door, made.history_change_reason) == ("command", "invited from the server")


def test_an_address_that_has_an_account_is_refused_with_a_sentence(cast) -> None:
    with pytest.raises(CommandError, match="There is an account with this address already"):
        call_command("invite_administrator", cast.reader.email, name="Rui")
    assert Notice.objects.count() == 0


def test_a_place_that_is_no_time_zone_is_refused() -> None:
    with pytest.raises(CommandError, match="Panama City is not a time zone"):
        call_command("invite_administrator", "first@example.org", name="Ana", time_zone="Panama City")
    assert User.objects.count() == 0
