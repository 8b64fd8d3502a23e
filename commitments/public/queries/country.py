"""One country with everything that its page shows."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from commitments.formats.lazily import lazily
from commitments.history.enums import ReportState
from commitments.history.kept import kept
from commitments.history.together import together
from commitments.indicators.counting import counted
from commitments.indicators.models import CommitmentPlace, Face, Series
from commitments.mechanisms.models import Adherence, Country, Presidency
from commitments.public.queries.cards import listed
from commitments.public.queries.cards import shown as shown_cards
from commitments.public.queries.places import DECLARATION
from commitments.public.queries.tally import Tally, tallies
from commitments.register.enums import UNSEEN
from commitments.register.models import Commitment
from commitments.reporting.models import CountryStatement, ProgressReport, ReportEntry
from commitments.reporting.punctuality import ReportSquare, not_come, reports_told, squares, unanswered_by
from commitments.working_groups.models import GroupRole

#: So many statements are shown, the one that stands included.
STATEMENTS = 10
#: And so many commitments of others.
TAKES_PART = 25


@dataclass(frozen=True, slots=True)
class Statement:
    """A country's own words: the row of history that stands, and those before it, newest first."""

    row: Any
    before: list[Any]


@dataclass(frozen=True, slots=True)
class CountryPage:
    """A country: its adherences, roles, counts, and what sources say it chairs."""

    country: Country
    own: Tally
    others: Tally
    adherences: list[Adherence]
    roles: list[GroupRole]
    presidencies: list[Presidency]
    reports: list[ProgressReport]
    squares: list[ReportSquare]
    late: list[ReportEntry]
    statement: Statement | None
    #: Commitments of others that name it as a party, and its own series under indicators of others.
    takes_part: list[Commitment]
    series: list[Series]

    @property
    def awaited(self) -> list[ReportSquare]:
        """Reports that are late and still to come."""
        return [square for square in self.squares if square.is_awaited]

    @property
    def adherence(self) -> Adherence | None:
        """How it adheres to the Declaration; None when it has not."""
        return next((row for row in self.adherences if row.mechanism.code == DECLARATION), None)

    @property
    def other_mechanisms(self) -> list[Adherence]:
        """The other mechanisms it belongs to."""
        return [row for row in self.adherences if row.mechanism.code != DECLARATION]

    @property
    def own_roles(self) -> list[GroupRole]:
        """Its roles in the Declaration's groups."""
        return [role for role in self.roles if role.group.mechanism.code == DECLARATION]

    @property
    def other_roles(self) -> list[GroupRole]:
        """Its roles in groups of other mechanisms."""
        return [role for role in self.roles if role.group.mechanism.code != DECLARATION]


def shown() -> QuerySet[Country]:
    """Countries, and which rows there are beside each: most have little, and what there is not is not asked for."""
    pk = OuterRef("pk")
    return Country.objects.annotate(
        has_reports=Exists(_reports(pk)),
        has_statement=Exists(CountryStatement.objects.filter(country=pk)),
        has_series=Exists(_own_series(pk)),
        takes_part=Exists(_takes_part_in(pk)),
    )


@dataclass(frozen=True, slots=True)
class _Settled:
    """What a country belongs to, leads and chairs, and how each of its reports came: what hardly ever changes."""

    adherences: list[Adherence]
    roles: list[GroupRole]
    presidencies: list[Presidency]
    squares: list[ReportSquare]


@kept
def _settled(country: Country, late_on: date) -> _Settled:
    """All of it. One query."""
    # That to the Declaration is told after its end too.
    told = Q(until__isnull=True) | Q(mechanism__code=DECLARATION)
    roles = GroupRole.objects.filter(country=country, until__isnull=True)
    read = together(
        adherences=Adherence.objects.filter(told, country=country).select_related("mechanism", "source"),
        roles=roles.select_related("group__mechanism"),
        presidencies=Presidency.objects.filter(country=country).select_related("mechanism", "source"),
        reports=reports_told(on=late_on, country=country),
    )
    return _Settled(
        adherences=sorted(read["adherences"], key=lambda row: (row.mechanism.code, row.pk)),
        roles=sorted(read["roles"], key=_by_group),
        presidencies=sorted(read["presidencies"], key=lambda row: (-row.since.toordinal(), row.pk)),
        squares=squares(read["reports"], on=late_on),
    )


def _by_group(role: GroupRole) -> tuple[str, int, str]:
    return role.group.mechanism.code, role.group.number or 0, role.group.code


def _reports(country: Any) -> QuerySet[ProgressReport]:
    return ProgressReport.objects.filter(country=country, state=ReportState.PUBLISHED)


def country_page(country: Country, *, late_on: date) -> CountryPage:
    """Read everything beside a country of `shown`. The number of queries does not depend on how much there is."""
    counts = tallies(counted(Face.MAKER, "mechanism__code", maker_country=country), "mechanism__code")
    others = Tally()
    for code, of_mechanism in counts.items():
        if code != DECLARATION:
            others.active += of_mechanism.active
            others.closed += of_mechanism.closed
    settled = _settled(country, late_on)
    beside = cache(partial(_beside, country, late_on))
    return CountryPage(
        country=country,
        own=counts.get(DECLARATION, Tally()),
        others=others,
        adherences=settled.adherences,
        roles=settled.roles,
        presidencies=settled.presidencies,
        reports=lazily(lambda: sorted(beside()["reports"], key=_newest_first)),
        squares=settled.squares,
        late=lazily(lambda: not_come(beside()["awaited"])),
        statement=lazily(lambda: _statement_of(beside()["statement"])),
        takes_part=lazily(lambda: sorted(beside()["takes_part"], key=attrgetter("place_order"))),
        series=lazily(lambda: sorted(beside()["series"], key=lambda row: (row.indicator.code, row.pk))),
    )


def _beside(country: Country, late_on: date) -> dict[str, list[Any]]:
    """What stands beside a country of `shown`, what is awaited of it, and of the rest what there is. One query."""
    said = CountryStatement.history.filter(country_id=country.pk).order_by("-history_id")
    parts = {
        "has_reports": ("reports", _reports(country).select_related("cycle")),
        "has_statement": ("statement", CountryStatement.history.filter(pk__in=said.values("pk")[:STATEMENTS])),
        "has_series": ("series", _own_series(country).select_related("indicator__commitment")),
        "takes_part": ("takes_part", _first_to_take_part(country)),
    }
    there = {name: rows for has, (name, rows) in parts.items() if getattr(country, has, True)}
    return defaultdict(list, together(awaited=unanswered_by(country, on=late_on), **there))


def _newest_first(report: ProgressReport) -> tuple[float, int]:
    return -(report.published_at.timestamp() if report.published_at else 0), report.pk


def _statement_of(said: Sequence[Any]) -> Statement | None:
    """The country's own words as they stand, with those before; None while it says nothing."""
    rows = sorted(said, key=lambda row: -row.history_id)
    if not rows or not any(getattr(rows[0], f"text_{code}") for code, _name in settings.LANGUAGES):
        return None
    return Statement(rows[0], rows[1:])


def made_by(country: Country) -> QuerySet[CommitmentPlace]:
    """The places of the commitments that a country made itself."""
    return listed(CommitmentPlace.objects.filter(maker_country=country))


def _first_to_take_part(country: Country) -> QuerySet[Commitment]:
    """The first commitments of others that name a country as a party, `place_order` beside each."""
    places = listed(CommitmentPlace.objects.filter(pk__in=_takes_part_in(country).values("pk")))
    own = CommitmentPlace.objects.filter(pk=OuterRef("pk"))
    rows = shown_cards(Commitment.objects.filter(pk__in=places.values("pk")[:TAKES_PART]))
    return rows.annotate(place_order=Subquery(own.values("order")))


def _takes_part_in(country: Any) -> QuerySet[Commitment]:
    return Commitment.objects.filter(parties__country=country).exclude(maker_country=country)


def _own_series(country: Any) -> QuerySet[Series]:
    """The country's own series under published indicators of commitments that it did not make."""
    rows: QuerySet[Series] = Series.objects.filter(
        Q(indicator__commitment__isnull=True) | ~Q(indicator__commitment__life_cycle__in=UNSEEN),
        country=country,
        indicator__state=ReportState.PUBLISHED,
    ).exclude(indicator__commitment__maker_country=country)
    return rows
