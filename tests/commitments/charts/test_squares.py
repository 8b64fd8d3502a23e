"""Squares of reports: four shapes, hidden from screen readers."""

from typing import Any

import pytest

from commitments.charts.squares import square

KINDS: tuple[Any, ...] = ("on_time", "late", "missing", "not_due")


def test_each_kind_has_a_shape_of_its_own() -> None:
    assert len({square(kind) for kind in KINDS}) == 4


@pytest.mark.parametrize("kind", KINDS)
def test_a_square_is_sound_and_hidden(kind: Any) -> None:
    drawing = square(kind)
    assert drawing.startswith("<svg ")
    assert drawing.endswith("</svg>")
    assert 'aria-hidden="true"' in drawing
    assert "style" not in drawing


def test_a_kind_that_is_none_is_refused() -> None:
    with pytest.raises(KeyError):
        square("perhaps")
