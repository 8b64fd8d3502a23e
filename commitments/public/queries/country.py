"""One country with everything that its page shows."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from commitments.history.enums import ReportState
from commitments.indicators.models import Series
from commitments.mechanisms.models import Adherence, Country, Presidency
from commitments.public.queries.cards import listed
from commitments.public.queries.places import DECLARATION
from commitments.public.queries.tally import Tally, grouped, tallies
from commitments.register.enums import LifeCycle
from commitments.register.models import Commitment
from commitments.reporting.models import CountryStatement, ProgressReport, ReportEntry
from commitments.reporting.punctuality import ReportSquare, late_figures, report_squares
from commitments.working_groups.models import GroupRole

#: So many statements are shown, the one that stands included.
STATEMENTS = 10


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


def country_page(country: Country, *, late_on: date) -> CountryPage:
    """Read everything beside the country itself. The number of queries does not depend on how much there is."""
    made = Commitment.objects.filter(maker_country=country)
    counts = tallies(grouped(made, "mechanism__code"), "mechanism__code")
    others = Tally()
    for code, counted in counts.items():
        if code != DECLARATION:
            others.active += counted.active
            others.closed += counted.closed
    roles = country.group_roles.filter(until__isnull=True).select_related("group__mechanism")
    reports = ProgressReport.objects.filter(country=country, state=ReportState.PUBLISHED)
    return CountryPage(
        country=country,
        own=counts.get(DECLARATION, Tally()),
        others=others,
        adherences=list(
            country.adherences.filter(until__isnull=True).select_related("mechanism").order_by("mechanism__code")
        ),
        roles=list(roles.order_by("group__mechanism__code", "group__number", "group__code")),
        presidencies=list(country.presidencies.select_related("mechanism", "source").order_by("-since", "id")),
        reports=list(reports.select_related("cycle").order_by("-published_at", "id")),
        squares=report_squares(on=late_on, country=country),
        late=late_figures(country, on=late_on),
        statement=statement_of(country),
    )


def statement_of(country: Country) -> Statement | None:
    """The country's own words as they stand, with those before; None while it says nothing. One query."""
    rows = list(CountryStatement.history.filter(country_id=country.pk).order_by("-history_id")[:STATEMENTS])
    if not rows or not any(getattr(rows[0], f"text_{code}") for code, _name in settings.LANGUAGES):
        return None
    return Statement(rows[0], rows[1:])


def made_by(country: Country) -> QuerySet[Commitment]:
    """The commitments that a country made itself."""
    return listed(Commitment.objects.filter(maker_country=country))


def takes_part_in(country: Country) -> QuerySet[Commitment]:
    """Commitments of others that name a country as a party."""
    named = Commitment.objects.filter(parties__country=country).exclude(maker_country=country)
    return listed(named.distinct())


def own_series(country: Country) -> list[Series]:
    """The country's own series under published indicators of commitments that it did not make. One query."""
    rows = Series.objects.filter(
        Q(indicator__commitment__isnull=True) | ~Q(indicator__commitment__life_cycle=LifeCycle.DRAFT),
        country=country,
        indicator__state=ReportState.PUBLISHED,
    ).exclude(indicator__commitment__maker_country=country)
    return list(rows.select_related("indicator__commitment").order_by("indicator__code", "id"))
