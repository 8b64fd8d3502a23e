"""The people of the tests, by name. They are made as real people are: the account first, then the appointment.

    def test_something(cast, client):
        client.force_login(cast.focal_colombia)
        actor = cast.actor(cast.focal_colombia)

The countries, the Declaration and the labour group are taken from the record when it is loaded, else made.
"""

from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from typing import Any

from accounts.models import User
from commitments.appointments.models import Appointment
from commitments.appointments.queries import standing_on
from commitments.history import actions
from commitments.mechanisms.models import Country, Mechanism
from commitments.roles import standing
from commitments.roles.actor import Actor
from commitments.roles.enums import Door, Role
from commitments.working_groups.models import WorkingGroup

#: Everybody's password.
PASSWORD = "a long and ordinary sentence"
#: The day the tests live in where they choose one, and its noon.
TODAY = date(2026, 11, 24)
NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
#: Since when everybody holds their post: before any day a test works with.
SINCE = date(2021, 1, 1)
#: Who puts the stage up.
STAGE = Actor.process("tests")


@dataclass(frozen=True, slots=True)
class Cast:
    """Named people and what they speak for. The deputy stands in for Colombia's focal point without end."""

    administrator: User
    secretary: User
    second_secretary: User
    focal_colombia: User
    deputy_colombia: User
    focal_canada: User
    lead_labour: User
    reader: User
    #: Signed in, appointed to nothing.
    outsider: User
    colombia: Country
    canada: Country
    declaration: Mechanism
    labour: WorkingGroup

    @property
    def people(self) -> dict[str, User]:
        """Everybody by name: for tests that ask the same of each."""
        named = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: thing for name, thing in named.items() if isinstance(thing, User)}

    def standing(self, person: User, on: date = TODAY) -> User:
        """The person with the posts of a day attached, as a request carries them: for permission tests."""
        attached: User = standing.attach(User.objects.get(pk=person.pk), on)
        return attached

    def actor(self, person: User, *, on: date = TODAY, door: str = Door.WEB) -> Actor:
        """The person as the author of a change, with the post held on a day."""
        held = standing_on(person, on)
        posts = held.posts
        return held.actor(
            country_id=next((post.country_id for post in posts if post.country_id), None),
            group_id=next((post.group_id for post in posts if post.group_id), None),
            door=door,
            request_id="tests",
        )


def appoint(user: User, role: Role, **what: Any) -> Appointment:
    """Give a person a post through the write path."""
    post = Appointment(user=user, role=role, valid_from=what.pop("valid_from", SINCE), **what)
    return actions.create(post, by=STAGE, at=NOON, why="the cast of the tests")


def person(email: str, name: str, *, language: str = "en", time_zone: str = "UTC", password: str | None = None) -> User:
    """An account; with no password unless one is given (hashing takes time; `force_login` needs none)."""
    return User.objects.create_user(email, password, name=name, language=language, time_zone=time_zone)


def country(iso3: str, iso2: str, name: str, **columns: Any) -> Country:
    """A country of the record, made when the record is not loaded."""
    found = Country.objects.filter(iso3=iso3).first()
    row = found or Country(iso3=iso3, iso2=iso2, kind="state", name_en=name, region="americas", **columns)
    return row if found else actions.create(row, by=STAGE, at=NOON)


def declaration() -> Mechanism:
    """The Los Angeles Declaration."""
    found = Mechanism.objects.filter(code="LAD").first()
    row = found or Mechanism(
        code="LAD", slug="lad", name_en="Los Angeles Declaration", has_working_groups=True, has_secretariat=True
    )
    return row if found else actions.create(row, by=STAGE, at=NOON)


def labour_group(mechanism: Mechanism) -> WorkingGroup:
    """The Declaration's fifth workstream, labour mobility."""
    found = WorkingGroup.objects.filter(mechanism=mechanism, number=5).first()
    row = found or WorkingGroup(
        mechanism=mechanism, code="WS05", slug="labor-mobility", number=5, name_en="Labor Mobility"
    )
    return row if found else actions.create(row, by=STAGE, at=NOON)


def assemble() -> Cast:
    """Put everybody on stage."""
    colombia = country("COL", "CO", "Colombia", name_es="Colombia", time_zone="America/Bogota")
    canada = country("CAN", "CA", "Canada", name_es="Canadá", time_zone="America/Toronto")
    lad = declaration()
    labour = labour_group(lad)
    cast = Cast(
        administrator=person("admin@example.org", "Ada Administrator"),
        secretary=person("secretariat@example.org", "Sofía Secretary"),
        second_secretary=person("secretariat.second@example.org", "Samuel Second"),
        focal_colombia=person(
            "focal.colombia@example.org", "Camila Colombia", language="es", time_zone="America/Bogota"
        ),
        deputy_colombia=person("deputy.colombia@example.org", "Diego Deputy", language="es"),
        focal_canada=person("focal.canada@example.org", "Claire Canada", language="fr", time_zone="America/Toronto"),
        lead_labour=person("lead.labour@example.org", "Lucía Lead", language="es", time_zone="America/Mexico_City"),
        reader=person("reader@example.org", "Rui Reader", language="pt", time_zone="America/Sao_Paulo"),
        outsider=person("outsider@example.org", "Olga Outsider"),
        colombia=colombia,
        canada=canada,
        declaration=lad,
        labour=labour,
    )
    appoint(cast.administrator, Role.ADMINISTRATOR)
    appoint(cast.secretary, Role.SECRETARIAT)
    appoint(cast.second_secretary, Role.SECRETARIAT)
    principal = appoint(cast.focal_colombia, Role.FOCAL_POINT, country=colombia)
    appoint(cast.deputy_colombia, Role.FOCAL_POINT, country=colombia, deputy_of=principal)
    appoint(cast.focal_canada, Role.FOCAL_POINT, country=canada)
    appoint(cast.lead_labour, Role.LEAD, group=labour)
    appoint(cast.reader, Role.READER)
    return cast
