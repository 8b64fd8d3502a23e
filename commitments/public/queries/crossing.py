"""Countries against pillars: how the commitments that each country made under each pillar stand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from commitments.formats.language import Text
from commitments.history.kept import kept
from commitments.indicators.counting import counted_at_a_glance
from commitments.indicators.models import Face
from commitments.mechanisms.models import Country
from commitments.public.queries.groups import PillarLines, pillar_lines
from commitments.public.queries.places import DECLARATION, Place, countries, places
from commitments.public.queries.tally import Tally, tallies
from commitments.working_groups.models import Pillar


@dataclass(frozen=True, slots=True)
class Line:
    """A country, with a count for each column."""

    place: Place
    cells: list[Tally]


@dataclass(frozen=True, slots=True)
class Crossing:
    """The pillars over the columns, a last one without a pillar where such commitments exist, and the countries."""

    pillars: list[PillarLines]
    has_others: bool
    lines: list[Line]


def crossing(
    language: str,
    pillars: list[PillarLines],
    keys: list[int],
    rows: Iterable[Country],
    made: Iterable[Mapping[str, Any]],
) -> Crossing:
    """The endorsing countries and every other that made a commitment; all that it is made of is at hand."""
    counts: Mapping[tuple[int, int | None], Tally] = tallies(made, "maker_country_id", "pillar_id")
    makers = {country for country, _pillar in counts}
    has_others = any(pillar is None for _country, pillar in counts)
    columns: list[int | None] = [*keys, *([None] if has_others else [])]
    shown = [place for place in places(rows, language, {}) if place.is_endorsing or place.country.pk in makers]
    lines = [Line(place, [counts.get((place.country.pk, key), Tally()) for key in columns]) for place in shown]
    return Crossing(pillars, has_others, lines)


@kept
def pillars_of_declaration() -> list[Pillar]:
    """The Declaration's pillars in their order. One query."""
    return list(Pillar.objects.filter(mechanism__code=DECLARATION).order_by("number"))


def pillars_and_countries(language: str) -> tuple[list[tuple[Pillar, PillarLines]], Crossing]:
    """The Declaration's pillars with their groups, leads and counts, and the countries against them. Four queries."""
    rows = list(countries())
    names: Mapping[int, Text] = {row.pk: row.name_in(language) for row in rows}
    pillars = pillars_of_declaration()
    counts = counted_at_a_glance()
    work = [row for row in counts if row["face"] == Face.WORK and row["mechanism__code"] == DECLARATION]
    made = [row for row in counts if row["face"] == Face.MAKER and row["maker_country_id"] is not None]
    lines = pillar_lines(language, names, counts=work)
    found = crossing(language, lines, [row.pk for row in pillars], rows, made)
    return list(zip(pillars, lines, strict=True)), found
