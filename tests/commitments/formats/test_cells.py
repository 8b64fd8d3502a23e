"""What a spreadsheet is given: no formula, and numbers that stay numbers."""

from decimal import Decimal
from typing import Any

import pytest

from commitments.formats.cells import bare, cell_of, guarded


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_a_text_that_begins_like_a_formula_is_guarded(text: str) -> None:
    assert guarded(text) == f"'{text}"


def test_any_other_text_is_left_as_it_is() -> None:
    assert [guarded(text) for text in ("", "a=b", "2023-10", "'=1")] == ["", "a=b", "2023-10", "'=1"]


@pytest.mark.parametrize(
    ("value", "cell"), [(None, ""), (-5, "-5"), (Decimal("-0.50"), "-0.50"), ("-5", "-5"), ("-x", "'-x"), (0, "0")]
)
def test_numbers_stay_numbers_and_a_blank_stays_blank(value: Any, cell: str) -> None:
    assert cell_of(value) == cell


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, None),
        ("0", "0"),
        ("0.0000", "0"),
        ("-0.00", "0"),
        ("41200.0000", "41200"),
        ("1E+3", "1000"),
        ("0.25", "0.25"),
    ],
)
def test_a_bare_figure_has_no_exponent_and_no_zeros_at_its_end(value: str | None, text: str | None) -> None:
    assert bare(None if value is None else Decimal(value)) == text
