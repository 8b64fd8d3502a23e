"""Small charts beside each other: the same days for all, well formed, with every word inside its paper."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from commitments.charts.labels import text_width
from commitments.charts.multiples import HEIGHT, LETTERS, WIDTH, Frame, days_together, multiple, values_together
from commitments.charts.series import Point, Trajectory
from tests.commitments.charts.test_trajectory import PENDING, RESETTLED, SVG, charts

YEARS = ("2022", "2028")


def parsed(chart: Trajectory, frame: Frame, top: str = "4,000") -> ElementTree.Element:
    drawing = multiple(chart, frame, top=top)
    return ElementTree.fromstring(drawing.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))  # noqa: S314


def frame_of(*charts: Trajectory, shared: bool = False) -> Frame:
    days = days_together(charts)
    assert days is not None
    return Frame(*days, YEARS, values_together(charts) if shared else None)


def path_of(root: ElementTree.Element, kind: str) -> str:
    return root.find(f"{SVG}path[@class='{kind}']").get("d", "")


def test_all_charts_share_the_days_and_each_has_its_own_values() -> None:
    frame = frame_of(RESETTLED, PENDING)
    assert (frame.first, frame.last) == (date(2022, 6, 10), date(2028, 12, 31))
    one, other = parsed(replace(PENDING, today=RESETTLED.today), frame), parsed(RESETTLED, frame)
    assert path_of(one, "ch-today") == path_of(other, "ch-today")
    # The target of one stands at the upper rule, the start of the other.
    assert path_of(other, "ch-target").startswith("M223 20.5")
    assert float(path_of(one, "ch-line").split()[1].split("L")[0]) == 26


def test_charts_of_the_same_indicator_share_the_values_too() -> None:
    low = Trajectory(points=tuple(Point(point.on, point.value and point.value / 10) for point in RESETTLED.points))
    heights = [
        path_of(parsed(chart, frame), "ch-line").rsplit(" ", 1)[1]
        for chart in (low, RESETTLED)
        for frame in [frame_of(low, RESETTLED, shared=True)]
    ]
    assert float(heights[0]) > float(heights[1])


def test_one_value_is_no_chart() -> None:
    alone = Trajectory(points=(Point(date(2026, 1, 1), Decimal(5)),))
    assert multiple(alone, frame_of(alone)) == ""
    assert days_together([Trajectory()]) is None
    assert values_together([Trajectory()]) is None


@settings(max_examples=60, deadline=None)
@given(st.lists(charts(), min_size=1, max_size=3), st.text(max_size=12))
def test_any_charts_keep_to_their_paper(several: list[Trajectory], last: str) -> None:
    days = days_together(several)
    assert days is not None
    for shared in (None, values_together(several)):
        for chart in (chart for chart in several if chart.is_a_line):
            root = parsed(chart, Frame(*days, ("1990", last), shared))
            for element in root.iter():
                for value in (element.get("cx"), element.get("x")):
                    assert value is None or 0 <= float(value) <= WIDTH
                for value in (element.get("cy"), element.get("y")):
                    assert value is None or 0 <= float(value) <= HEIGHT
            said = [text for text in root.iter(f"{SVG}text") if text.text in {"1990", last}]
            assert len(said) <= 2
            assert sum(text_width(text.text or "", LETTERS, tabular=True) for text in said) <= WIDTH or len(said) == 1
