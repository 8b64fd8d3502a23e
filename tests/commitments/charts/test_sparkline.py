"""Sparklines: the shape of a series, with its gaps."""

from datetime import date
from decimal import Decimal
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from commitments.charts.series import Point
from commitments.charts.sparkline import HEIGHT, MARGIN, WIDTH, sparkline

SVG = "{http://www.w3.org/2000/svg}"


def series(*values: int | None) -> list[Point]:
    return [
        Point(date(2024, 1, 1 + day), None if value is None else Decimal(value)) for day, value in enumerate(values)
    ]


def parsed(points: list[Point], expected: list[Point] | None = None) -> ElementTree.Element:
    drawing = sparkline(points, expected or [])
    return ElementTree.fromstring(drawing.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))  # noqa: S314


def line(root: ElementTree.Element) -> str:
    found = root.find(f"{SVG}path[@class='ch-ink']")
    assert found is not None
    return found.get("d", "")


def test_a_line_from_the_first_to_the_last_value() -> None:
    root = parsed(series(0, 5, 10))
    assert line(root) == "M5 23L48 14L91 5"
    dot = root.find(f"{SVG}circle")
    assert dot is not None
    assert (dot.get("cx"), dot.get("cy")) == ("91", "5")
    assert root.get("aria-hidden") == "true"


def test_a_gap_in_the_data_is_a_gap_in_the_line() -> None:
    assert line(parsed(series(0, 5, None, 5, None, 10))) == "M5 23L22.2 14M56.6 14h0M91 5h0"


def test_the_expected_is_dashed_on_the_same_scales() -> None:
    root = parsed(series(0, 5, 10), [Point(date(2024, 1, 1), Decimal(0)), Point(date(2024, 1, 3), Decimal(20))])
    dashed = root.find(f"{SVG}path[@class='ch-expected']")
    assert dashed is not None
    assert dashed.get("d") == "M5 23L91 5"
    assert line(root) == "M5 23L48 18.5L91 14"


def test_no_value_no_drawing() -> None:
    assert sparkline([]) == ""
    assert sparkline(series(None, None)) == ""


@given(st.lists(st.tuples(st.dates(), st.none() | st.decimals(allow_nan=False, allow_infinity=False)), max_size=30))
def test_any_series_stays_inside(rows: list[tuple[date, Decimal | None]]) -> None:
    points = [Point(day, value) for day, value in rows]
    if not any(value is not None for _, value in rows):
        assert sparkline(points) == ""
        return
    dot = parsed(points).find(f"{SVG}circle")
    assert dot is not None
    assert MARGIN <= float(dot.get("cx", "")) <= WIDTH - MARGIN
    assert MARGIN <= float(dot.get("cy", "")) <= HEIGHT - MARGIN
