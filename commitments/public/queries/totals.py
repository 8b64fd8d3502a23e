"""The counts of commitments by what they belong to, and the few figures that may be added (method.md, Totals)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from commitments.formats.collation import sort_key
from commitments.formats.language import Text
from commitments.history.enums import ReportState
from commitments.indicators.enums import Direction, Qualifier
from commitments.indicators.models import Target, UnitType
from commitments.indicators.rollups import Amount, Sum, SumKey, horizons_of, sums
from commitments.mechanisms.enums import AdherenceKind
from commitments.mechanisms.models import Country, Mechanism
from commitments.public.queries.places import DECLARATION
from commitments.public.queries.tally import STANDING, Tally, grouped, tallies, tally
from commitments.register.enums import Horizon, LifeCycle, LinkKind
from commitments.register.likeness import plain
from commitments.register.models import Commitment, CommitmentLink
from commitments.working_groups.models import Pillar, WorkingGroup


@dataclass(frozen=True, slots=True)
class TotalsLine:
    """One row: a mechanism, pillar, group, country or horizon, with its count; without a name: those of none."""

    key: str
    name: Text | None
    counted: Tally


@dataclass(frozen=True, slots=True)
class TotalsPage:
    """Every count, the Declaration's own apart; `sums` are figures of several commitments that may be added."""

    own: Tally
    whole: Tally
    mechanisms: list[TotalsLine]
    pillars: list[TotalsLine]
    groups: list[TotalsLine]
    countries: list[TotalsLine]
    horizons: list[TotalsLine]
    sums: list[Sum]
    codes: dict[int, str]

    @property
    def tables(self) -> list[tuple[str, list[TotalsLine]]]:
        """The tables in their order, each with what it counts by."""
        return [
            ("mechanism", self.mechanisms),
            ("pillar", self.pillars),
            ("group", self.groups),
            ("country", self.countries),
            ("horizon", self.horizons),
        ]


def totals_page(*, on: date, language: str) -> TotalsPage:
    """Read every count. The number of queries does not depend on the size of the record."""
    own_rows = Commitment.objects.of_declaration()
    rows = grouped(Commitment.objects.all(), "mechanism_id")
    parts = grouped(own_rows, "pillar_id", "group_id", "maker_country_id")
    found, codes = figures_to_add(on)
    return TotalsPage(
        own=tally(parts),
        whole=tally(rows),
        mechanisms=_lines(tallies(rows, "mechanism_id"), _mechanisms(language)),
        pillars=_lines(tallies(parts, "pillar_id"), _pillars(language)),
        groups=_lines(tallies(parts, "group_id"), _groups(language)),
        countries=_lines(tallies(parts, "maker_country_id"), _countries(parts, language)),
        horizons=_horizons(own_rows, language),
        sums=found,
        codes=codes,
    )


def figures_to_add(on: date) -> tuple[list[Sum], dict[int, str]]:
    """Targets of the Declaration's active commitments that may be added, two or more, and codes. Two queries."""
    in_force = Q(valid_from__isnull=True) | Q(valid_from__lte=on)
    targets = Target.objects.filter(
        in_force,
        Q(valid_until__isnull=True) | Q(valid_until__gt=on),
        value__isnull=False,
        series__country=None,
        series__breakdown="",
        series__indicator__state=ReportState.PUBLISHED,
        series__indicator__is_example=False,
        series__indicator__is_regional=False,
        series__indicator__unit_type__in=[UnitType.COUNT, UnitType.CURRENCY],
        series__indicator__commitment__mechanism__code=DECLARATION,
        series__indicator__commitment__life_cycle=LifeCycle.ACTIVE,
        series__indicator__commitment__is_example=False,
    ).exclude(qualifier=Qualifier.MULTIPLE)
    rows = targets.exclude(series__indicator__direction=Direction.OBSERVE)
    part_of: dict[int, set[int]] = {}
    for part, whole in CommitmentLink.objects.filter(kind=LinkKind.PART_OF).values_list("commitment_id", "other_id"):
        part_of.setdefault(part, set()).add(whole)
    amounts, codes = [], {}
    for row in rows.select_related("series__indicator__commitment").order_by("pk"):
        indicator = row.series.indicator
        commitment = indicator.commitment
        if commitment is not None and row.value is not None:
            codes[commitment.pk] = commitment.code
            exact = row.qualifier == Qualifier.EXACT
            amounts.append(Amount(commitment.pk, key_of(indicator), row.value, exact))
    several = [found for found in sums(amounts, part_of) if found.number + len(found.left_out) > 1]
    return several, codes


def key_of(indicator: Any) -> SumKey:
    """What must be the same for two figures to be added. Who is counted is what the indicator's own title says."""
    counting = f"{indicator.counting} {indicator.per}".strip()
    if indicator.unit_type == UnitType.CURRENCY:
        return SumKey(True, indicator.unit_in("en").text.upper(), counting)
    return SumKey(False, plain(indicator.unit_in("en").text), counting, plain(indicator.title_in("en").text))


def _lines(counts: Mapping[Any, Tally], names: Iterable[tuple[Any, str, Text]]) -> list[TotalsLine]:
    """A line for each name, also without a commitment; last, what belongs to none of them."""
    lines, seen = [], set()
    for pk, key, name in names:
        seen.add(pk)
        lines.append(TotalsLine(key, name, counts.get(pk, Tally())))
    rest = Tally()
    for pk, counted in counts.items():
        if pk not in seen:
            rest.active += counted.active
            rest.closed += counted.closed
    return [*lines, *([TotalsLine("", None, rest)] if rest.total else [])]


def _mechanisms(language: str) -> list[tuple[Any, str, Text]]:
    rows = [(row.code != DECLARATION, row.pk, row.slug, row.name_in(language)) for row in Mechanism.objects.all()]
    return [row[1:] for row in sorted(rows, key=lambda row: (row[0], sort_key(row[3].text, language)))]


def _pillars(language: str) -> list[tuple[Any, str, Text]]:
    rows = Pillar.objects.filter(mechanism__code=DECLARATION).order_by("number")
    return [(row.pk, str(row.number), row.name_in(language)) for row in rows]


def _groups(language: str) -> list[tuple[Any, str, Text]]:
    rows = WorkingGroup.objects.filter(mechanism__code=DECLARATION).order_by("number", "code")
    return [(row.pk, row.slug, row.name_in(language)) for row in rows]


def _countries(parts: Iterable[Mapping[str, Any]], language: str) -> list[tuple[Any, str, Text]]:
    """The endorsing countries and every other that made a commitment, in the alphabet of the language. One query."""
    makers = {row["maker_country_id"] for row in parts}
    endorsing = Q(
        adherences__mechanism__code=DECLARATION, adherences__kind=AdherenceKind.ENDORSING, adherences__until=None
    )
    rows = Country.objects.filter(endorsing | Q(pk__in=makers - {None})).distinct()
    named = [(row.pk, row.iso3, row.name_in(language)) for row in rows]
    return sorted(named, key=lambda row: sort_key(row[2].text, language))


def _horizons(commitments: Any, language: str) -> list[TotalsLine]:
    """A commitment counts once under each horizon that it or one of its indicators has. One query."""
    public = commitments.filter(is_example=False).exclude(life_cycle=LifeCycle.DRAFT)
    told: dict[int, tuple[dict[str, Any], list[str]]] = {}
    published = Q(indicators__state=ReportState.PUBLISHED)
    for row in public.values("pk", "horizon", "indicators__horizon", *STANDING, is_told=published).order_by("pk"):
        _standing, horizons = told.setdefault(row["pk"], ({**row, "number": 1}, []))
        if row["is_told"]:
            horizons.append(row["indicators__horizon"] or "")
    counts: dict[str, Tally] = {}
    for standing, horizons in told.values():
        for horizon in horizons_of(standing["horizon"], horizons):
            counts.setdefault(horizon, Tally()).add(standing)
    names = [(row.value, row.value, Text(str(row.label), language, foreign=False)) for row in Horizon]
    return _lines(counts, names)
