"""Sums of figures, and the horizons that a commitment counts under. Pure: no database, no clock.

Only what may be added is added: same unit, same way of counting, same people or things counted, and nothing beside
the whole that it is part of. Money stays in its currency. Percentages and ratios are never added, nor averaged.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True, order=True)
class SumKey:
    """What must be the same for two figures to be added; `population` says who or what is counted, empty for money."""

    is_money: bool
    unit: str
    counting: str
    population: str = ""


@dataclass(frozen=True, slots=True)
class Amount:
    """One figure of one commitment; `is_exact` unless its source says about, nearly, up to, more than.

    Of commitments that are part of nothing and have no parts, `number` figures may come added, as commitment 0.
    """

    commitment: int
    key: SumKey
    value: Decimal
    is_exact: bool = True
    number: int = 1


@dataclass(frozen=True, slots=True)
class Sum:
    """Figures added: how many, and the commitments left out because the whole that they are part of is in it."""

    key: SumKey
    total: Decimal
    number: int
    left_out: tuple[int, ...]
    is_exact: bool


def sums(amounts: Iterable[Amount], part_of: Mapping[int, Set[int]]) -> list[Sum]:
    """One sum for each key, in order. `part_of` gives the wholes that a commitment is directly part of."""
    grouped: dict[SumKey, list[Amount]] = defaultdict(list)
    for amount in amounts:
        grouped[amount.key].append(amount)
    found = []
    for key, rows in sorted(grouped.items()):
        present = {row.commitment for row in rows}
        parts = {pk for pk in present if (wholes(pk, part_of) - {pk}) & present}
        kept = [row for row in rows if row.commitment not in parts]
        total = sum((row.value for row in kept), Decimal(0))
        exact = all(row.is_exact for row in kept)
        found.append(Sum(key, total, sum(row.number for row in kept), tuple(sorted(parts)), exact))
    return found


def wholes(pk: int, part_of: Mapping[int, Set[int]]) -> set[int]:
    """Everything that a commitment is part of, in any number of steps, and itself."""
    found, ahead = {pk}, [pk]
    while ahead:
        new = set(part_of.get(ahead.pop(), ())) - found
        found |= new
        ahead += new
    return found


def horizons_of(own: str, of_indicators: Iterable[str]) -> set[str]:
    """The horizons that a commitment counts under: those of its indicators, each empty one being the commitment's."""
    named = {horizon or own for horizon in of_indicators}
    return named or {own}
