"""The mechanisms on the public pages: members with what each figure claims, chairs, secretariats, groups."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, Q

from commitments.formats.collation import sort_key
from commitments.formats.language import Text
from commitments.history.kept import kept
from commitments.history.together import together
from commitments.indicators.counting import counted
from commitments.indicators.models import Face
from commitments.mechanisms.enums import AdherenceKind
from commitments.mechanisms.models import Adherence, AdherenceCount, Mechanism, Presidency, Secretariat
from commitments.public.queries.groups import groups_of, leading, named_leads
from commitments.public.queries.places import DECLARATION
from commitments.public.queries.tally import Tally, tallies, tally
from commitments.working_groups.models import WorkingGroup


@dataclass(frozen=True, slots=True)
class MechanismLine:
    """One mechanism in the list: members, groups, commitments on record."""

    mechanism: Mechanism
    name: Text
    members: int
    observers: int
    groups: int
    counted: Tally


@dataclass(frozen=True, slots=True)
class Member:
    """A country that belongs to a mechanism."""

    adherence: Adherence
    name: Text


@dataclass(frozen=True, slots=True)
class MechanismPage:
    """One mechanism with everything that its page shows."""

    mechanism: Mechanism
    members: list[Member]
    counts: list[AdherenceCount]
    presidencies: list[Presidency]
    secretariats: list[Secretariat]
    groups: list[WorkingGroup]
    leads: dict[int, list[Text]]
    counted: Tally

    @property
    def is_of_the_paper(self) -> bool:
        """Whether no other document than the policy paper says who belongs to it."""
        return all(member.adherence.source is None for member in self.members)

    @property
    def observer_count(self) -> int:
        """How many observe."""
        return sum(member.adherence.kind == AdherenceKind.OBSERVER for member in self.members)

    @property
    def member_count(self) -> int:
        """How many belong to it, observers apart."""
        return len(self.members) - self.observer_count


def mechanism_lines(language: str) -> list[MechanismLine]:
    """All mechanisms, the Declaration first, then by name. Two queries."""
    counts = tallies(counted(Face.WORK, "mechanism_id"), "mechanism_id")
    current, is_observer = Q(adherences__until__isnull=True), Q(adherences__kind=AdherenceKind.OBSERVER)
    rows: Any = Mechanism.objects.annotate(
        member_count=Count("adherences", filter=current & ~is_observer, distinct=True),
        observer_count=Count("adherences", filter=current & is_observer, distinct=True),
        group_count=Count("groups", distinct=True),
    )
    lines = [
        MechanismLine(
            row,
            row.name_in(language),
            row.member_count,
            row.observer_count,
            row.group_count,
            counts.get(row.pk, Tally()),
        )
        for row in rows
    ]
    return sorted(lines, key=lambda line: (line.mechanism.code != DECLARATION, sort_key(line.name.text, language)))


def mechanism_page(mechanism: Mechanism, language: str) -> MechanismPage:
    """Read everything beside the mechanism itself. The number of queries does not depend on its size."""
    return replace(_settled(mechanism, language), counted=tally(counted(Face.WORK, mechanism=mechanism)))


@kept
def _settled(mechanism: Mechanism, language: str) -> MechanismPage:
    """The same without its count: what hardly ever changes. One query."""
    of_it = {"mechanism": mechanism}
    read = together(
        adherences=Adherence.objects.filter(until__isnull=True, **of_it).select_related("country", "source"),
        counts=AdherenceCount.objects.filter(**of_it).select_related("source"),
        presidencies=Presidency.objects.filter(**of_it).select_related("country", "source"),
        secretariats=Secretariat.objects.filter(**of_it).select_related("organization", "source", "further_source"),
        groups=groups_of(mechanism.code),
        leading=leading().filter(group__mechanism=mechanism),
    )
    members = [Member(row, row.country.name_in(language)) for row in sorted(read["adherences"], key=_by_country)]
    groups = sorted(read["groups"], key=lambda row: (row.number or 0, row.code))
    return MechanismPage(
        mechanism=mechanism,
        members=sorted(members, key=lambda member: sort_key(member.name.text, language)),
        counts=sorted(read["counts"], key=by_date),
        presidencies=sorted(read["presidencies"], key=lambda row: (-row.since.toordinal(), row.pk)),
        secretariats=sorted(read["secretariats"], key=lambda row: row.pk),
        groups=groups,
        leads=named_leads([row.pk for row in groups], read["leading"], language),
        counted=Tally(),
    )


def _by_country(adherence: Adherence) -> tuple[str, int]:
    return adherence.country.iso3, adherence.pk


def by_date(count: AdherenceCount) -> tuple[date, int]:
    """A year stands for its last day."""
    as_of = count.as_of_date
    return (as_of.last_day if as_of else date.max, count.pk)
