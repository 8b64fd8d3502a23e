"""The invented people of a demonstration and their posts."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.contrib.auth.hashers import check_password, make_password

from accounts.models import User
from commitments.appointments.actions import Post, appoint
from commitments.appointments.models import Appointment
from commitments.mechanisms.models import Country
from commitments.roles.actor import Actor
from commitments.roles.enums import Role
from commitments.working_groups.models import WorkingGroup

WHY = "demonstration"
#: Posts began some time ago, so that the people may speak of the last months.
HELD_FOR = timedelta(days=120)
#: How long the deputy stands in.
ABSENCE = timedelta(days=28)
PLACE = "example.org"


class RealAccountError(Exception):
    """An account with an invented person's address belongs to a real person."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody invented: how to reach and greet them, and what they speak for."""

    mailbox: str
    name: str
    language: str
    time_zone: str
    role: Role
    country: str = ""
    group: str = ""
    deputy_of: str = ""

    @property
    def email(self) -> str:
        """The address to sign in with."""
        return f"{self.mailbox}@{PLACE}"


PEOPLE = (
    Person("admin", "Alex Morgan", "en", "America/New_York", Role.ADMINISTRATOR),
    Person("secretariat", "Sofía Herrera", "en", "America/New_York", Role.SECRETARIAT),
    Person("secretariat2", "Paulo Nunes", "pt", "America/Sao_Paulo", Role.SECRETARIAT),
    Person("lead.mexico", "Lucía Ortega", "es", "America/Mexico_City", Role.LEAD, group="WS05"),
    Person("focal.colombia", "Camila Rojas", "es", "America/Bogota", Role.FOCAL_POINT, country="COL"),
    Person(
        "deputy.colombia",
        "Andrés Pardo",
        "es",
        "America/Bogota",
        Role.FOCAL_POINT,
        country="COL",
        deputy_of="focal.colombia",
    ),
    Person("focal.canada", "Claire Tremblay", "fr", "America/Toronto", Role.FOCAL_POINT, country="CAN"),
    Person("focal.mexico", "Mateo Salinas", "es", "America/Mexico_City", Role.FOCAL_POINT, country="MEX"),
    Person("focal.belize", "Maya Young", "en", "America/Belize", Role.FOCAL_POINT, country="BLZ"),
    Person("focal.costarica", "Ana Mora", "es", "America/Costa_Rica", Role.FOCAL_POINT, country="CRI"),
    Person("focal.haiti", "Jean Baptiste", "fr", "America/Port-au-Prince", Role.FOCAL_POINT, country="HTI"),
    Person("focal.brazil", "Beatriz Lima", "pt", "America/Sao_Paulo", Role.FOCAL_POINT, country="BRA"),
    Person("reader", "Robin Reyes", "en", "UTC", Role.READER),
)


def bring_in_people(*, password: str, by: Actor, at: datetime, on: date) -> dict[str, User]:
    """Every invented person with their post, by mailbox. What somebody changed about them since stays.

    Raises RealAccountError when one of the addresses is a real person's.
    """
    known = {user.email: user for user in User.objects.filter(email__in=[person.email for person in PEOPLE])}
    if any(not user.is_demonstration for user in known.values()):
        raise RealAccountError(", ".join(email for email, user in known.items() if not user.is_demonstration))
    hashed = _hash_in_use(known, password)
    people: dict[str, User] = {}
    for person in PEOPLE:
        user = known.get(person.email) or _account(person)
        if user.is_active and user.password != hashed:
            user.password = hashed
            user.save(update_fields=["password"])
        people[person.mailbox] = user
    for person in PEOPLE:
        _post(person, people, by=by, at=at, on=on)
    return people


def _hash_in_use(known: dict[str, User], password: str) -> str:
    """One hash for all, so that thirteen people cost no more time than one."""
    for user in known.values():
        if user.has_usable_password():
            return user.password if check_password(password, user.password) else make_password(password)
    return make_password(password)


def _account(person: Person) -> User:
    return User.objects.create_user(
        person.email, name=person.name, language=person.language, time_zone=person.time_zone, is_demonstration=True
    )


def _post(person: Person, people: dict[str, User], *, by: Actor, at: datetime, on: date) -> None:
    user = people[person.mailbox]
    held = Appointment.objects.filter(user=user)
    if not user.is_active or (held.in_force(on).exists() if person.deputy_of else held.exists()):
        return
    principal = None
    if person.deputy_of:
        principal = Appointment.objects.in_force(on).filter(user=people[person.deputy_of], deputy_of=None).first()
        if principal is None:
            return
    post = Post(
        role=person.role,
        country=Country.objects.get(iso3=person.country) if person.country else None,
        group=WorkingGroup.objects.get(code=person.group) if person.group else None,
        deputy_of=principal,
        valid_from=on if principal else on - HELD_FOR,
        valid_until=on + ABSENCE if principal else None,
    )
    appoint(user=user, post=post, by=by, at=at, why=WHY)
