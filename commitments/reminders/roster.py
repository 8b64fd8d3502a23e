"""Who takes a message: focal points, leads and the secretariat on a day, or the deputy while one stands in."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import Q

from commitments.appointments.models import Appointment
from commitments.reminders.mornings import zone_of
from commitments.roles.enums import Role


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom something concerns: the focal points of these countries, the leads of these groups, the secretariat."""

    countries: frozenset[int] = frozenset()
    groups: frozenset[int] = frozenset()
    secretariat: bool = False


class Roster:
    """The posts that speak for countries and lead groups, from a day on. Asking it needs no query."""

    def __init__(self, appointments: Iterable[Appointment]) -> None:
        self._of_country: dict[int | None, list[Appointment]] = {}
        self._of_group: dict[int | None, list[Appointment]] = {}
        self._office: list[Appointment] = []
        self._deputies: dict[int, list[Appointment]] = {}
        for post in appointments:
            if post.deputy_of_id is not None:
                self._deputies.setdefault(post.deputy_of_id, []).append(post)
            elif post.role == Role.SECRETARIAT:
                self._office.append(post)
            elif post.role == Role.FOCAL_POINT:
                self._of_country.setdefault(post.country_id, []).append(post)
            else:
                self._of_group.setdefault(post.group_id, []).append(post)

    @classmethod
    def load(cls, since: date, *, among: Audience | None = None) -> "Roster":
        """All such posts that hold on some day from `since` on; `among` narrows to some countries and groups."""
        posts = Appointment.objects.filter(role__in=[Role.FOCAL_POINT, Role.LEAD, Role.SECRETARIAT]).filter(
            Q(valid_until__isnull=True) | Q(valid_until__gte=since)
        )
        if among is not None:
            wanted = Q(role=Role.FOCAL_POINT, country_id__in=among.countries)
            wanted |= Q(role=Role.LEAD, group_id__in=among.groups)
            if among.secretariat:
                wanted |= Q(role=Role.SECRETARIAT)
            posts = posts.filter(wanted)
        return cls(posts.select_related("user", "country").order_by("id"))

    def who(self, audience: Audience, day: date) -> dict[int, Appointment]:
        """The people an audience means on a day, each once, with the post through which it concerns them."""
        posts = [post for group_id in sorted(audience.groups) for post in self._of_group.get(group_id, ())]
        posts += [post for country_id in sorted(audience.countries) for post in self._of_country.get(country_id, ())]
        posts += self._office if audience.secretariat else []
        people: dict[int, Appointment] = {}
        for post in posts:
            for taker in self._takers(post, day) if post.holds_on(day) else ():
                people.setdefault(taker.user_id, taker)
        return people

    def _takers(self, post: Appointment, day: date) -> Collection[Appointment]:
        """The deputies in force, else the person. Somebody without access takes nothing, and shields nobody."""
        deputies = [deputy for deputy in self._deputies.get(post.pk, ()) if deputy.holds_on(day)]
        active = [taker for taker in deputies if taker.user.is_active]
        return active or ([post] if post.user.is_active else [])


def zone_of_post(post: Appointment) -> ZoneInfo:
    """The zone a person lives by: their own choice, else their country's."""
    return zone_of(post.user.time_zone, post.country.time_zone if post.country else "")
