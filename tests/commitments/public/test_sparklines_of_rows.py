"""The sparkline in the row of a commitment: the line of its figures, kept beside its status."""

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from commitments.charts.series import Point, Trajectory
from commitments.indicators.curves import MOST_POINTS, Curve, read_curve, shortened
from commitments.indicators.models import CommitmentStatus
from tests.cast import NOON, Cast
from tests.factories import record

pytestmark = pytest.mark.django_db

ROW = re.compile(r"<li>.*?</li>", re.DOTALL)
SPARK = re.compile(r'<svg class="ch-spark".*?</svg>')


def row_of(code: str, path: str) -> str:
    answer: Any = Client().get(f"/en/{path}")
    page: str = answer.content.decode()
    (row,) = [str(row) for row in ROW.findall(page) if f"{code} ·" in row and "row-title" in row]
    return row


def kept_curve() -> Any:
    return CommitmentStatus.objects.get().curve


def test_a_row_shows_the_line_that_the_table_of_indicators_shows(cast: Cast) -> None:
    made = record.commitment(country=cast.colombia, group=cast.labour)
    row = record.indicator(made, baseline=(0, date(2024, 1, 1)), target=(200, date(2027, 12, 31)))
    record.measurement(row, 40, date(2025, 6, 30))
    record.measurement(row, 95, date(2025, 12, 31))
    (drawn,) = SPARK.findall(Client().get("/en/indicators/?view=table").content.decode())
    for path in ("countries/COL/", "commitments/", "working-groups/labor-mobility/"):
        assert SPARK.findall(row_of(made.code, path)) == [drawn], path
    assert kept_curve() == [
        [["2024-01-01", "0"], ["2025-06-30", "40"], ["2025-12-31", "95"]],
        [["2024-01-01", "0"], ["2027-12-31", "200"]],
    ]


def test_one_figure_or_none_is_no_line(cast: Cast) -> None:
    made = record.commitment(country=cast.colombia)
    row = record.indicator(made)
    assert not SPARK.findall(row_of(made.code, "countries/COL/"))
    record.measurement(row, 40, date(2025, 6, 30))
    assert not SPARK.findall(row_of(made.code, "countries/COL/"))
    assert kept_curve() is None
    record.measurement(row, 41, date(2025, 12, 31))
    assert SPARK.findall(row_of(made.code, "countries/COL/"))


def test_what_decides_is_drawn_and_not_the_first(cast: Cast) -> None:
    made = record.commitment(country=cast.colombia)
    for number, values in ((1, (90, 95)), (2, (50, 60))):
        row = record.indicator(made, number, baseline=(0, date(2024, 1, 1)), target=(200, date(2027, 12, 31)))
        for value, day in zip(values, (date(2025, 6, 30), date(2025, 12, 31)), strict=True):
            record.measurement(row, value, day)
    assert CommitmentStatus.objects.get().deciding == row
    assert [value for _day, value in kept_curve()[0]] == ["0", "50", "60"]


@pytest.mark.parametrize("state", ["draft", "sent", "returned", "accepted"])
def test_a_figure_that_is_not_public_draws_nothing(cast: Cast, state: str) -> None:
    made = record.commitment(country=cast.colombia)
    row = record.indicator(made)
    record.measurement(row, 40, date(2025, 6, 30))
    accepted = NOON if state == "accepted" else None
    record.measurement(row, 41, date(2025, 12, 31), state=state, accepted_at=accepted, published_at=None)
    assert kept_curve() is None
    assert not SPARK.findall(row_of(made.code, "countries/COL/"))


def test_many_figures_are_thinned_from_the_last_one_back_and_the_first_stays() -> None:
    first = date(2020, 1, 1)
    points = tuple(Point(first + timedelta(days=place), Decimal(place)) for place in range(1000))
    curve = shortened(Trajectory(points=points))
    assert curve is not None
    assert len(curve.values) == MOST_POINTS
    assert (curve.values[0], curve.values[-1]) == (points[0], points[-1])


def test_what_is_kept_is_read_as_it_was() -> None:
    curve = Curve(
        (Point(date(2024, 1, 1), Decimal("0.5")), Point(date(2025, 1, 1), None)), (Point(date(2024, 1, 1), Decimal(0)),)
    )
    assert read_curve(curve.stored()) == curve
    assert read_curve(None) is None
