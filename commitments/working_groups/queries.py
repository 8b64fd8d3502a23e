"""The bodies that pages name: countries, mechanisms, the Declaration's pillars, the groups of all mechanisms."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F

from commitments.formats.language import LANGUAGES
from commitments.history.kept import kept
from commitments.history.together import together
from commitments.mechanisms.models import Country, Mechanism
from commitments.working_groups.models import Pillar, WorkingGroup

#: The code of the mechanism that this site answers for.
DECLARATION = "LAD"
_NAMES = tuple(f"name_{code}" for code in LANGUAGES)


@dataclass(frozen=True, slots=True)
class Bodies:
    """All of them, with their names and by what addresses call them: countries and mechanisms by code, others as
    they are numbered.
    """

    countries: list[Country]
    mechanisms: list[Mechanism]
    #: Those of the Declaration.
    pillars: list[Pillar]
    #: Those of every mechanism; `of_mechanism` is its code.
    groups: list[WorkingGroup]

    @property
    def own_groups(self) -> list[WorkingGroup]:
        """The groups of the Declaration."""
        found: list[Any] = self.groups
        return [group for group in found if group.of_mechanism == DECLARATION]


@kept
def bodies() -> Bodies:
    """Every body that a filter, a table or a line of history may name. One query."""
    groups = WorkingGroup.objects.annotate(of_mechanism=F("mechanism__code"))
    read = together(
        countries=Country.objects.only("iso3", *_NAMES),
        mechanisms=Mechanism.objects.only("code", "slug", *_NAMES),
        pillars=Pillar.objects.filter(mechanism__code=DECLARATION).only("number", *_NAMES),
        groups=groups.only("code", "slug", "number", *_NAMES),
    )
    return Bodies(
        countries=sorted(read["countries"], key=lambda row: row.iso3),
        mechanisms=sorted(read["mechanisms"], key=lambda row: row.code),
        pillars=sorted(read["pillars"], key=lambda row: row.number),
        groups=sorted(read["groups"], key=lambda row: (row.of_mechanism, row.number or 0, row.code)),
    )
