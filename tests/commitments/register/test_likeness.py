"""Commitments that may be one and the same are pointed out with the reason, and nothing is ever decided."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.register.likeness import Described, figures_in, likely, near_figures, similarity


def described(
    code: str, *titles: str, maker: str = "CAN", made_on: date | None = None, figures: tuple[int, ...] = ()
) -> Described:
    numbers = tuple(Decimal(figure) for figure in figures)
    return Described(code=code, maker=maker, titles=titles, made_on=made_on, figures=numbers)


RESETTLE = described("LAD-CAN-001", "Resettle 4,000 refugees from the Americas by 2028", made_on=date(2022, 6, 10))


def test_accents_case_and_marks_do_not_count() -> None:
    assert similarity("REGULARIZAÇÃO migratória", "regularizacao migratoria") == 1
    assert similarity("Admit workers", "Fund a hospital") < 0.35
    assert similarity("", "anything") == 0


def test_same_maker_and_near_text_figure_or_date_are_pointed_out_with_the_reason() -> None:
    twin = described("LAD-CAN-002", "Resettle up to 4,100 refugees from the Americas", made_on=date(2022, 6, 15))
    (found,) = likely(RESETTLE, [twin])
    assert (found.code, found.text, found.figures, found.dates) == ("LAD-CAN-002", True, (4000, 4100), True)


@pytest.mark.parametrize(
    "other",
    [
        described("LAD-USA-001", *RESETTLE.titles, maker="USA"),
        described("LAD-CAN-003", "Fund a hospital in the border region"),
        described("LAD-CAN-004", "Fund 4,050 places in hospitals"),
        described("LAD-CAN-005", "Fund a hospital", made_on=date(2022, 6, 10)),
        RESETTLE,
    ],
)
def test_others_are_left_alone(other: Described) -> None:
    assert likely(RESETTLE, [other]) == []


def test_near_figure_and_near_date_together_are_enough() -> None:
    other = described("LAD-CAN-006", "Welcome people", made_on=date(2022, 7, 1), figures=(4400,))
    assert [found.figures for found in likely(RESETTLE, [other])] == [(4000, 4400)]


def test_another_language_is_compared_too() -> None:
    both = described("LAD-CAN-007", "Something else altogether", "Resettle refugees from the Americas")
    assert [found.code for found in likely(RESETTLE, [both])] == ["LAD-CAN-007"]


def test_numbers_are_read_whatever_their_marks_and_years_are_none() -> None:
    assert figures_in("4,414 of 4.414 and 4\u202f414 by 2028, in 3 stages, 15'000") == {4414, 15000}
    assert near_figures([Decimal(100)], [Decimal(110)]) is not None
    assert near_figures([Decimal(100)], [Decimal(112)]) is None


texts = st.text(st.characters(categories=["L", "Nd", "Zs"]), max_size=60)
rows = st.builds(
    Described,
    code=st.sampled_from(["A", "B", "C"]),
    maker=st.sampled_from(["CAN", "USA", ""]),
    titles=st.tuples(texts),
    figures=st.tuples(st.decimals(0, 10**9, places=0)),
    made_on=st.none() | st.dates(date(2020, 1, 1), date(2026, 1, 1)),
)


@given(texts, texts)
def test_nearness_is_mutual_and_within_bounds(one: str, other: str) -> None:
    assert similarity(one, other) == similarity(other, one)
    assert 0 <= similarity(one, other) <= 1


@given(rows, rows)
def test_likeness_is_mutual_and_never_across_makers(one: Described, other: Described) -> None:
    assert bool(likely(one, [other])) == bool(likely(other, [one]))
    if one.maker != other.maker or not one.maker:
        assert likely(one, [other]) == []
