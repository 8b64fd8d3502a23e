"""What a cycle asks of whom, as rules: examples, and what holds of every cycle."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.reporting.owing import (
    MONTHS,
    SECRETARIAT,
    CommitmentFact,
    CycleFact,
    GroupFact,
    LineFact,
    Ower,
    Standing,
    changes,
    falls_due,
    groups_that_report,
    is_asked,
    owed_for,
    ower_of,
)

QUARTER = CycleFact(1, date(2026, 7, 1), date(2026, 9, 30), date(2026, 11, 15))
LINE = LineFact(series=10)
NATIONAL = CommitmentFact(1, 1, is_in_force=True, maker_country_id=7, lines=(LINE,))

DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))
LINES = st.builds(
    LineFact,
    series=st.integers(1, 60),
    is_published=st.booleans(),
    is_observed=st.booleans(),
    cadence=st.sampled_from(["", "yearly", "monthly", "quarterly", "once", "now and then"]),
    anchor=st.none() | DAYS,
    first_report_on=st.none() | DAYS,
    known_until=st.none() | DAYS,
)
COMMITMENTS = st.builds(
    CommitmentFact,
    id=st.integers(1, 40),
    mechanism_id=st.sampled_from([1, 2]),
    is_in_force=st.booleans(),
    maker_country_id=st.none() | st.integers(1, 5),
    is_of_organization=st.booleans(),
    lead_country_id=st.none() | st.integers(1, 5),
    lines=st.lists(LINES, max_size=4, unique_by=lambda line: line.series).map(tuple),
)
CYCLES = st.builds(
    lambda start, days, due: CycleFact(1, start, start + timedelta(days), start + timedelta(days + due)),
    DAYS,
    st.integers(0, 800),
    st.integers(0, 90),
)


@pytest.mark.parametrize(
    ("commitment", "ower"),
    [
        (NATIONAL, Ower(country_id=7)),
        (replace(NATIONAL, lead_country_id=8), Ower(country_id=7)),
        (replace(NATIONAL, maker_country_id=None, lead_country_id=8), Ower(country_id=8)),
        (replace(NATIONAL, maker_country_id=None), SECRETARIAT),
        (replace(NATIONAL, maker_country_id=None, is_of_organization=True), SECRETARIAT),
        (replace(NATIONAL, maker_country_id=None, is_of_organization=True, lead_country_id=8), SECRETARIAT),
    ],
)
def test_who_answers_for_a_commitment(commitment: CommitmentFact, ower: Ower) -> None:
    assert ower_of(commitment) == ower


@pytest.mark.parametrize(
    ("line", "asked"),
    [
        (LINE, True),
        (replace(LINE, is_published=False), False),
        (replace(LINE, is_observed=True), False),
        (replace(LINE, first_report_on=date(2026, 11, 15)), True),
        (replace(LINE, first_report_on=date(2026, 11, 16)), False),
        (replace(LINE, known_until=date(2026, 9, 29)), True),
        (replace(LINE, known_until=date(2026, 9, 30)), False),
        (replace(LINE, known_until=date(2026, 12, 31)), False),
    ],
)
def test_which_figures_are_asked_for(line: LineFact, *, asked: bool) -> None:
    assert is_asked(line, QUARTER) is asked


@pytest.mark.parametrize(
    ("cadence", "anchor", "due"),
    [
        ("", None, True),
        ("whenever possible", None, True),
        ("monthly", None, True),
        ("quarterly", None, True),
        ("yearly", date(2024, 9, 30), True),
        ("Yearly ", date(2030, 7, 1), True),
        ("yearly", date(2024, 12, 31), False),
        ("annual", None, False),
        ("half-yearly", date(2024, 3, 31), True),
        ("half-yearly", date(2024, 6, 30), False),
        ("biennial", date(2024, 8, 1), True),
        ("biennial", date(2025, 8, 1), False),
        ("once", date(2026, 8, 1), True),
        ("once", date(2027, 8, 1), False),
        ("once", None, True),
    ],
)
def test_how_often_a_figure_falls_due(cadence: str, anchor: date | None, *, due: bool) -> None:
    assert falls_due(replace(LINE, cadence=cadence, anchor=anchor), QUARTER) is due


def test_the_last_of_a_month_stays_the_last_of_the_month() -> None:
    leap = replace(LINE, cadence="yearly", anchor=date(2024, 2, 29))
    february = replace(QUARTER, period_start=date(2026, 2, 28), period_end=date(2026, 2, 28))

    assert falls_due(leap, february)
    assert not falls_due(leap, replace(february, period_start=date(2026, 2, 1), period_end=date(2026, 2, 27)))


def test_a_figure_wanted_once_is_not_asked_for_again() -> None:
    assert not falls_due(replace(LINE, cadence="once", known_until=date(2020, 1, 1)), QUARTER)


def test_only_groups_that_somebody_leads_report_and_only_where_groups_are_asked() -> None:
    groups = [GroupFact(1, 1), GroupFact(2, 1, is_led=False), GroupFact(3, 2)]

    assert groups_that_report(groups, QUARTER) == [Ower(group_id=1)]
    assert groups_that_report(groups, replace(QUARTER, asks_groups=False)) == []


@given(st.lists(COMMITMENTS, max_size=20, unique_by=lambda row: row.id), CYCLES)
def test_every_owed_thing_has_exactly_one_ower_and_nothing_closed_is_owed(
    commitments: list[CommitmentFact], cycle: CycleFact
) -> None:
    owed = [found for row in commitments if (found := owed_for(row, cycle))]

    assert max(Counter(row.commitment_id for row in owed).values(), default=0) <= 1
    in_force = {row.id for row in commitments if row.is_in_force and row.mechanism_id == cycle.mechanism_id}
    assert {row.commitment_id for row in owed} == in_force
    by_id = {row.id: row for row in commitments}
    for row in owed:
        commitment = by_id[row.commitment_id]
        assert row.ower.group_id is None
        allowed = {commitment.maker_country_id or commitment.lead_country_id, None}
        assert row.ower.country_id in allowed
        if commitment.maker_country_id is None and not commitment.is_of_organization:
            assert row.ower.country_id == commitment.lead_country_id
        judged = {line.series for line in commitment.lines if line.is_published and not line.is_observed}
        assert set(row.series) <= judged


@given(st.sampled_from(sorted(MONTHS)), st.none() | DAYS, CYCLES)
def test_cycles_that_follow_each_other_ask_for_each_year_once(
    cadence: str, anchor: date | None, cycle: CycleFact
) -> None:
    """Cutting a period in two asks for the same days: never one more, never one lost."""
    line = replace(LINE, cadence=cadence, anchor=anchor or date(2026, 12, 31))
    middle = cycle.period_start + (cycle.period_end - cycle.period_start) // 2
    halves = (replace(cycle, period_end=middle), replace(cycle, period_start=middle + timedelta(1)))
    whole = falls_due(line, cycle)

    assert whole == any(falls_due(line, half) for half in halves if half.period_start <= half.period_end)
    if (cycle.period_end - cycle.period_start).days > 31 * MONTHS[cadence]:
        assert whole


@st.composite
def places(draw: st.DrawFn) -> list[Standing]:
    """What may stand of one commitment: in several reports, begun or not, sent or not."""
    owers = draw(st.lists(st.sampled_from([SECRETARIAT, Ower(1), Ower(2), Ower(3)]), max_size=3, unique=True))
    found = []
    for number, ower in enumerate(owers, start=1):
        series = draw(st.lists(st.integers(1, 4), max_size=4, unique=True))
        entries = tuple((line, number * 100 + line) for line in series)
        part = draw(st.none() | st.just(number)) if series else number
        untouched = draw(st.booleans())
        found.append(Standing(ower, untouched, untouched or draw(st.booleans()), part, entries))
    return found


OWED = st.none() | st.builds(
    lambda country, lines: owed_for(
        CommitmentFact(1, 1, is_in_force=True, maker_country_id=country, lines=tuple(map(LineFact, lines))), QUARTER
    ),
    st.none() | st.integers(1, 3),
    st.lists(st.integers(1, 4), max_size=4, unique=True),
)


def carried_out(standing: list[Standing], found: object, fresh: int = 1000) -> list[Standing]:
    """What stands after the changes."""
    from commitments.reporting.owing import Changes

    assert isinstance(found, Changes)
    after = {
        place.ower: replace(
            place,
            part_id=None if place.part_id in found.gone_parts else place.part_id,
            entries=tuple(row for row in place.entries if row[1] not in found.gone_entries),
        )
        for place in standing
    }
    for ower, _commitment in found.parts:
        after[ower] = replace(after.get(ower, Standing(ower, is_untouched=True)), part_id=fresh)
    for number, (ower, line) in enumerate(found.entries, start=1):
        place = after.get(ower, Standing(ower, is_untouched=True))
        after[ower] = replace(place, entries=(*place.entries, (line, fresh + number)))
    return [place for place in after.values() if place.part_id or place.entries]


@given(OWED, places(), st.booleans())
def test_bringing_in_line_keeps_what_people_wrote_and_is_done_after_one_time(
    owed: object, standing: list[Standing], is_open: bool
) -> None:
    found = changes(owed, standing, is_open=is_open)

    begun = [place for place in standing if not place.is_untouched]
    kept_parts = {place.part_id for place in begun} - {None}
    kept_entries = {entry for place in begun for _line, entry in place.entries}
    assert not kept_parts & set(found.gone_parts)
    assert not kept_entries & set(found.gone_entries)
    closed = {place.ower for place in begun if not place.is_open}
    assert not closed & {ower for ower, _ in [*found.parts, *found.entries]}

    after = carried_out(standing, found)
    again = changes(owed, after, is_open=is_open)
    assert (again.parts, again.entries, again.gone_parts, again.gone_entries) == ([], [], [], [])
    untouched = [place for place in after if place.is_untouched]
    lines = Counter(line for place in untouched for line, _entry in place.entries)
    assert max(lines.values(), default=0) <= 1
    assert sum(place.part_id is not None for place in untouched) <= 1
    if owed is None:
        assert untouched == []
