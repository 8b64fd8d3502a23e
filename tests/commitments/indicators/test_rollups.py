"""What is added and what is not: never a part with its whole, never two units, never a percentage."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from commitments.indicators.rollups import Amount, SumKey, horizons_of, sums, wholes

PEOPLE = SumKey(False, "people", "cumulative", "workers admitted")
DOLLARS = SumKey(True, "USD", "cumulative")


def amount(commitment: int, value: int, key: SumKey = PEOPLE) -> Amount:
    return Amount(commitment, key, Decimal(value))


def test_a_whole_of_15000_and_its_parts_of_11000_and_4000_are_15000() -> None:
    (total,) = sums([amount(1, 15000), amount(2, 11000), amount(3, 4000)], {2: {1}, 3: {1}})
    assert (total.total, total.number, total.left_out) == (15000, 1, (2, 3))


def test_parts_without_their_whole_are_added() -> None:
    (total,) = sums([amount(2, 11000), amount(3, 4000)], {2: {1}, 3: {1}})
    assert (total.total, total.number, total.left_out) == (15000, 2, ())


def test_a_part_of_a_part_is_left_out_too() -> None:
    (total,) = sums([amount(1, 15000), amount(3, 4000)], {3: {2}, 2: {1}})
    assert total.total == 15000


def test_units_ways_of_counting_and_populations_stay_apart() -> None:
    keys = (
        PEOPLE,
        DOLLARS,
        SumKey(False, "people", "stock", "workers admitted"),
        SumKey(False, "people", "cumulative", "x"),
    )
    assert [found.number for found in sums([amount(n, 5, key) for n, key in enumerate(keys)], {})] == [1, 1, 1, 1]


def test_a_soft_figure_makes_the_sum_soft() -> None:
    soft = Amount(2, DOLLARS, Decimal(7), is_exact=False)
    (total,) = sums([amount(1, 5, DOLLARS), soft], {})
    assert (total.total, total.is_exact) == (12, False)


def test_horizons_are_those_of_the_indicators_or_the_commitments_own() -> None:
    assert horizons_of("long", []) == {"long"}
    assert horizons_of("long", ["", "short"]) == {"long", "short"}
    assert horizons_of("", ["medium"]) == {"medium"}


links = st.dictionaries(st.integers(1, 8), st.frozensets(st.integers(1, 8), max_size=3), max_size=8)
amounts = st.lists(
    st.builds(Amount, st.integers(1, 8), st.sampled_from([PEOPLE, DOLLARS]), st.decimals(0, 10**9, places=2)),
    max_size=12,
)


@given(amounts, links)
def test_no_sum_counts_a_part_with_its_whole_and_none_loses_what_stands_alone(
    rows: list[Amount], part_of: dict[int, frozenset[int]]
) -> None:
    for found in sums(rows, part_of):
        present = {row.commitment for row in rows if row.key == found.key}
        kept = present - set(found.left_out)
        assert found.total == sum(row.value for row in rows if row.key == found.key and row.commitment in kept)
        for pk in kept:
            assert not (wholes(pk, part_of) - {pk}) & kept
        for pk in found.left_out:
            assert (wholes(pk, part_of) - {pk}) & present
