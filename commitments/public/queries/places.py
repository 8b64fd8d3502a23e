"""Countries on the public pages: how each stands to the Declaration, and what it has on record."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from commitments.formats.collation import sort_key
from commitments.formats.language import Text
from commitments.history.kept import kept
from commitments.indicators.counting import counted
from commitments.indicators.models import Face
from commitments.mechanisms.enums import AdherenceKind
from commitments.mechanisms.models import Adherence, AdherenceCount, Country
from commitments.public.queries.tally import Tally, tallies
from commitments.reporting.punctuality import late_since
from commitments.working_groups.enums import GroupRoleKind
from commitments.working_groups.models import GroupRole
from commitments.working_groups.queries import DECLARATION as DECLARATION
from commitments.working_groups.queries import bodies


@dataclass(frozen=True, slots=True)
class Place:
    """A country, how it adheres to the Declaration (empty: it has not), and the count of its own commitments."""

    country: Country
    name: Text
    adherence: str
    counted: Tally = field(default_factory=Tally)
    #: Whether it endorsed the Declaration, or observed, and has withdrawn.
    has_left: bool = False
    #: When its longest awaited report was due; None where none is late, or where that was not asked.
    late_since: date | None = None

    @property
    def is_endorsing(self) -> bool:
        """Whether it endorsed the Declaration."""
        return self.adherence == AdherenceKind.ENDORSING

    @property
    def kind(self) -> str:
        """How the map draws it."""
        return self.adherence if self.adherence in {AdherenceKind.ENDORSING, AdherenceKind.OBSERVER} else "outside"


def countries() -> QuerySet[Country]:
    """Every country and territory of the record, with its adherence to the Declaration as `declared`, or `left`."""
    own = Adherence.objects.filter(country=OuterRef("pk"), mechanism__code=DECLARATION)
    return Country.objects.annotate(
        declared=Subquery(own.filter(until__isnull=True).values("kind")[:1]),
        left=Exists(own.filter(until__isnull=False)),
    )


def with_lateness(rows: QuerySet[Country], late_on: date) -> QuerySet[Country]:
    """The same with the day on which the longest awaited report of each was due, read along."""
    return rows.annotate(late_since=late_since(late_on, country="pk"))


def with_details(rows: QuerySet[Country]) -> QuerySet[Country]:
    """The same with the mechanisms each belongs to and the Declaration's groups it leads. Two queries more."""
    adherences = Adherence.objects.filter(until__isnull=True).select_related("mechanism").order_by("mechanism__code")
    leads = GroupRole.objects.filter(
        Q(role=GroupRoleKind.LEAD) | Q(role=GroupRoleKind.CO_LEAD),
        group__mechanism__code=DECLARATION,
        until__isnull=True,
    )
    return rows.prefetch_related(
        Prefetch("adherences", adherences, to_attr="current_adherences"),
        Prefetch("group_roles", leads.select_related("group").order_by("group__number"), to_attr="current_leads"),
    )


@kept
def country_names(language: str) -> dict[int, Text]:
    """The name of every country by its id."""
    return {row.pk: row.name_in(language) for row in bodies().countries}


def places(rows: Iterable[Country], language: str, counts: Mapping[int, Tally]) -> list[Place]:
    """Countries as pages show them, in the alphabet of the language."""
    found = [
        Place(
            row,
            row.name_in(language),
            getattr(row, "declared", "") or "",
            counts.get(row.pk, Tally()),
            getattr(row, "left", False),
            getattr(row, "late_since", None),
        )
        for row in rows
    ]
    return sorted(found, key=lambda place: sort_key(place.name.text, language))


@kept
def listed(language: str, late_on: date) -> list[Place]:
    """Every country with all that its list shows, in the alphabet of the language."""
    return places(with_details(with_lateness(countries(), late_on)), language, counts_by_country())


def listed_of(rows: QuerySet[Country], language: str, late_on: date) -> list[Place]:
    """The same for these countries alone. One query where the list is kept."""
    wanted = set(rows.values_list("pk", flat=True))
    return [place for place in listed(language, late_on) if place.country.pk in wanted]


def counts_by_country() -> dict[int, Tally]:
    """The Declaration's own commitments by the country that made them. One query."""
    made = {"mechanism__code": DECLARATION, "maker_country__isnull": False}
    return tallies(counted(Face.MAKER, "maker_country_id", **made), "maker_country_id")


@kept
def later_count(named: int) -> AdherenceCount | None:
    """The latest number of endorsing countries that a source gives, where it is above those that are named."""
    return later_counts(named).first()


def later_counts(named: int) -> QuerySet[AdherenceCount]:
    """The same as the one row that is found."""
    counts = AdherenceCount.objects.filter(mechanism__code=DECLARATION, count__gt=named)
    newest = counts.order_by("-as_of", "-id").values("pk")[:1]
    found: QuerySet[AdherenceCount] = AdherenceCount.objects.filter(pk__in=newest).select_related("source")
    return found
