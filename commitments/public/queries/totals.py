"""The counts of commitments by what they belong to, and the few figures that may be added (method.md, Totals)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any

from django.db import models
from django.db.models import Case, Count, F, IntegerField, Q, Value, When

from commitments.formats.collation import sort_key
from commitments.formats.language import LANGUAGES, Text, translated
from commitments.history.enums import ReportState
from commitments.history.kept import kept
from commitments.indicators.counting import counted_at_a_glance
from commitments.indicators.enums import Direction, Qualifier
from commitments.indicators.models import Face, Target, UnitType
from commitments.indicators.rollups import Amount, Sum, SumKey, sums
from commitments.public.queries.places import DECLARATION, Place, countries, places
from commitments.public.queries.tally import Tally, tallies, tally
from commitments.register.enums import Horizon, LifeCycle, LinkKind
from commitments.register.likeness import plain
from commitments.register.models import CommitmentLink
from commitments.working_groups.queries import bodies


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
    counts = counted_at_a_glance()
    rows = [row for row in counts if row["face"] == Face.WORK]
    parts = [row for row in rows if row["mechanism__code"] == DECLARATION]
    makers = [row for row in counts if row["face"] == Face.MAKER]
    horizons = [row for row in counts if row["face"] == Face.HORIZON]
    found, codes = figures_to_add(on)
    return TotalsPage(
        own=tally(parts),
        whole=tally(rows),
        mechanisms=_lines(tallies(rows, "mechanism__code"), _mechanisms(language)),
        pillars=_lines(tallies(parts, "pillar_id"), _pillars(language)),
        groups=_lines(tallies(parts, "group_id"), _groups(language)),
        countries=_lines(tallies(makers, "maker_country_id"), _makers(makers, language)),
        horizons=_horizons(horizons, language),
        sums=found,
        codes=codes,
    )


@kept
def figures_to_add(on: date) -> tuple[list[Sum], dict[int, str]]:
    """Targets of the Declaration's active commitments that may be added, two or more, and codes. Two queries.

    The only count that is read from the record itself, so it is kept: it grows with the targets there are.
    """
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
    linked = {*part_of, *(whole for wholes in part_of.values() for whole in wholes)}
    amounts, codes = [], {}
    own = "series__indicator__commitment"
    alone = Case(When(**{f"{own}__in": linked}, then=F(f"{own}_id")), default=Value(0), output_field=IntegerField())
    alike = ("unit_type", "counting", "per", *(f"{name}_{code}" for name in ("unit", "title") for code in LANGUAGES))
    told = (
        rows.order_by()
        .annotate(
            commitment=alone, code=Case(When(**{f"{own}__in": linked}, then=F(f"{own}__code")), default=Value(""))
        )
        .values_list("commitment", "code", "qualifier", *(f"series__indicator__{name}" for name in alike))
        .annotate(total=models.Sum("value"), number=Count("pk"))
    )
    for pk, code, qualifier, *kind, total, number in told:
        codes[pk] = code
        key = key_of(SimpleNamespace(**dict(zip(alike, kind, strict=True))))
        amounts.append(Amount(pk, key, total, qualifier == Qualifier.EXACT, number))
    several = [found for found in sums(amounts, part_of) if found.number + len(found.left_out) > 1]
    return several, codes


def key_of(indicator: Any) -> SumKey:
    """What must be the same for two figures to be added. Who is counted is what the indicator's own title says."""
    counting = f"{indicator.counting} {indicator.per}".strip()
    unit = translated(indicator, "unit", "en").text
    if indicator.unit_type == UnitType.CURRENCY:
        return SumKey(True, unit.upper(), counting)
    return SumKey(False, plain(unit), counting, plain(translated(indicator, "title", "en").text))


def _lines(counts: Mapping[Any, Tally], names: Iterable[tuple[Any, str, Text]]) -> list[TotalsLine]:
    """A line for each name, also without a commitment; last, what belongs to none of them."""
    lines, seen = [], set()
    for pk, key, name in names:
        seen.add(pk)
        lines.append(TotalsLine(key, name, counts.get(pk, Tally())))
    rest = Tally()
    for pk, other in counts.items():
        if pk not in seen:
            rest.active += other.active
            rest.closed += other.closed
    return [*lines, *([TotalsLine("", None, rest)] if rest.total else [])]


def _mechanisms(language: str) -> list[tuple[Any, str, Text]]:
    rows = [(row.code != DECLARATION, row.code, row.slug, row.name_in(language)) for row in bodies().mechanisms]
    return [row[1:] for row in sorted(rows, key=lambda row: (row[0], sort_key(row[3].text, language)))]


def _pillars(language: str) -> list[tuple[Any, str, Text]]:
    return [(row.pk, str(row.number), row.name_in(language)) for row in bodies().pillars]


def _groups(language: str) -> list[tuple[Any, str, Text]]:
    return [(row.pk, row.slug, row.name_in(language)) for row in bodies().own_groups]


def _makers(parts: Iterable[Mapping[str, Any]], language: str) -> list[tuple[Any, str, Text]]:
    """The endorsing countries and every other that made a commitment, in the alphabet of the language."""
    makers = {row["maker_country_id"] for row in parts}
    shown = [row for row in _countries(language) if row.is_endorsing or row.country.pk in makers]
    return [(row.country.pk, row.country.iso3, row.name) for row in shown]


@kept
def _countries(language: str) -> list[Place]:
    """Every country in the alphabet of the language. One query."""
    return places(countries(), language, {})


def _horizons(parts: Iterable[Mapping[str, Any]], language: str) -> list[TotalsLine]:
    """A commitment counts once under each horizon that it or one of its indicators has."""
    counts = tallies(parts, "horizon")
    names = [(row.value, row.value, Text(str(row.label), language, foreign=False)) for row in Horizon]
    return _lines(counts, names)
