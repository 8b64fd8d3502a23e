"""What a cycle asks of whom. Pure: frozen facts in, what is owed out; no database, no clock.

Each commitment in force is asked about once, in the report of the one that answers for it:

- made by a country: that country;
- made by an organization: the secretariat, which asks it;
- collective: its lead country, else the secretariat; never all of its parties.

Figures are asked for with their commitment, by their own frequency: one wanted yearly only in the cycle whose period
holds the day on which its year ends (`anchor`). Nothing is asked about a draft or a closed commitment, nothing that is
merely observed, nothing before its first reporting date, and no figure on record that speaks of the period's end.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Self

from commitments.formats.partial import last_day_of_period

#: Months between two figures, by the word on record; any other word, or none: a figure in every cycle.
MONTHS = {
    "monthly": 1,
    "bimonthly": 2,
    "quarterly": 3,
    "biannual": 6,
    "half-yearly": 6,
    "semi-annual": 6,
    "yearly": 12,
    "annual": 12,
    "annually": 12,
    "biennial": 24,
}
ONCE = "once"


@dataclass(frozen=True, slots=True)
class Ower:
    """Who answers in a report: a country, a group, or (neither named) the secretariat itself."""

    country_id: int | None = None
    group_id: int | None = None

    @property
    def is_secretariat(self) -> bool:
        """Whether the secretariat itself owes the report."""
        return self.country_id is None and self.group_id is None


SECRETARIAT = Ower()


@dataclass(frozen=True, slots=True)
class CycleFact:
    """The cycle that asks: whose commitments, for which period, by when."""

    mechanism_id: int
    period_start: date
    period_end: date
    due_on: date
    asks_groups: bool = True


@dataclass(frozen=True, slots=True)
class LineFact:
    """One line of figures as the cycle sees it: an indicator's total; where it has none, one line for each country.

    `anchor` is the day its year ends on: its target date, else its baseline's; 31 December where it has neither.
    `known_until` is the last day that a figure in use speaks of.
    """

    series: int
    is_published: bool = True
    is_observed: bool = False
    cadence: str = ""
    anchor: date | None = None
    first_report_on: date | None = None
    known_until: date | None = None


@dataclass(frozen=True, slots=True)
class CommitmentFact:
    """A commitment as the cycle sees it: whether it is public and in force, who made it, who leads it."""

    id: int
    mechanism_id: int
    is_in_force: bool
    maker_country_id: int | None = None
    is_of_organization: bool = False
    lead_country_id: int | None = None
    lines: tuple[LineFact, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupFact:
    """A group of the mechanism, and whether anybody leads it."""

    id: int
    mechanism_id: int
    is_led: bool = True


@dataclass(frozen=True, slots=True)
class Owed:
    """One commitment in one report: the part, and the figures asked for with it."""

    ower: Ower
    commitment_id: int
    series: tuple[int, ...] = ()


def ower_of(commitment: CommitmentFact) -> Ower:
    """The one that answers for a commitment."""
    if commitment.maker_country_id is not None:
        return Ower(country_id=commitment.maker_country_id)
    if commitment.is_of_organization or commitment.lead_country_id is None:
        return SECRETARIAT
    return Ower(country_id=commitment.lead_country_id)


def owed_for(commitment: CommitmentFact, cycle: CycleFact) -> Owed | None:
    """What a cycle asks about one commitment; None where it asks nothing."""
    if commitment.mechanism_id != cycle.mechanism_id or not commitment.is_in_force:
        return None
    asked = tuple(line.series for line in commitment.lines if is_asked(line, cycle))
    return Owed(ower_of(commitment), commitment.id, asked)


def groups_that_report(groups: Iterable[GroupFact], cycle: CycleFact) -> list[Ower]:
    """The groups that owe a report of their own: those of the mechanism that somebody leads."""
    if not cycle.asks_groups:
        return []
    return [Ower(group_id=row.id) for row in groups if row.mechanism_id == cycle.mechanism_id and row.is_led]


def is_asked(line: LineFact, cycle: CycleFact) -> bool:
    """Whether a cycle asks for the figure of an line."""
    if not line.is_published or line.is_observed:
        return False
    if line.first_report_on is not None and line.first_report_on > cycle.due_on:
        return False
    if line.known_until is not None and line.known_until >= cycle.period_end:
        return False
    return falls_due(line, cycle)


def falls_due(line: LineFact, cycle: CycleFact) -> bool:
    """Whether the frequency of an indicator puts one of its days into the period of a cycle.

    A figure wanted once is asked for in the period of its anchor; without one, until there is a figure.
    """
    word = line.cadence.strip().lower()
    if word == ONCE:
        if line.anchor is None:
            return line.known_until is None
        return cycle.period_start <= line.anchor <= cycle.period_end
    months = MONTHS.get(word)
    if months is None:
        return True
    anchor = line.anchor or date(cycle.period_end.year, 12, 31)
    return any(cycle.period_start <= day <= cycle.period_end for day in _days(anchor, months, cycle))


def _days(anchor: date, months: int, cycle: CycleFact) -> Iterator[date]:
    """The days of a frequency around a period: the anchor, and every so many months before and after it."""
    first, last = (_months_between(anchor, end) // months for end in (cycle.period_start, cycle.period_end))
    for step in range(first - 1, last + 2):
        yield _moved(anchor, step * months)


def _months_between(earlier: date, later: date) -> int:
    return (later.year - earlier.year) * 12 + later.month - earlier.month


def _moved(day: date, months: int) -> date:
    """The same day so many months later; the last of the month stays the last of the month."""
    index = min(max(day.year * 12 + day.month - 1 + months, 12), 9998 * 12)
    last = last_day_of_period(date(index // 12, index % 12 + 1, 1), 1).day
    is_last = day == last_day_of_period(day.replace(day=1), 1)
    return date(index // 12, index % 12 + 1, last if is_last else min(day.day, last))


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands of one commitment in one report of the cycle: its part and figures, by their ids.

    `is_untouched`: no person has written anything in the report. `is_open`: it has not been sent, and things may
    still be asked in it.
    """

    ower: Ower
    is_untouched: bool
    is_open: bool = True
    part_id: int | None = None
    entries: tuple[tuple[int, int], ...] = ()  # (series, entry)


@dataclass(slots=True)
class Changes:
    """What brings the reports of a cycle in line with what is owed about one commitment, or about many."""

    parts: list[tuple[Ower, int]] = field(default_factory=list)  # (ower, commitment) to ask about
    entries: list[tuple[Ower, int]] = field(default_factory=list)  # (ower, series) to ask for
    gone_parts: list[int] = field(default_factory=list)
    gone_entries: list[int] = field(default_factory=list)

    def __iadd__(self, other: "Changes") -> Self:
        self.parts += other.parts
        self.entries += other.entries
        self.gone_parts += other.gone_parts
        self.gone_entries += other.gone_entries
        return self


def changes(owed: Owed | None, standing: Sequence[Standing], *, is_open: bool = True) -> Changes:
    """Bring one commitment in line: nothing of a report in which a person wrote is moved or taken away.

    A commitment that stands in such a report stays there, so that nothing is asked twice; what is missing is added
    where it stands, or with its ower (`is_open`: whether that report may still be asked), as long as it is not sent.
    """
    begun = next((place for place in standing if not place.is_untouched), None)
    home = begun.ower if begun else owed.ower if owed else None
    may_ask = begun.is_open if begun else is_open
    asked = owed.series if owed else ()
    found, has_part, has_series = Changes(), False, set[int]()
    for place in standing:
        is_home = owed is not None and place.ower == home
        if place.part_id is not None:
            if not place.is_untouched or (is_home and not has_part):
                has_part = True
            else:
                found.gone_parts.append(place.part_id)
        for series, entry in place.entries:
            if not place.is_untouched or (is_home and series in asked and series not in has_series):
                has_series.add(series)
            else:
                found.gone_entries.append(entry)
    if owed is not None and home is not None and may_ask:
        found.parts += [] if has_part else [(home, owed.commitment_id)]
        found.entries += [(home, series) for series in asked if series not in has_series]
    return found
