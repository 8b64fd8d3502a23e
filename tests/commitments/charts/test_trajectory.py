"""The trajectory chart: well formed, inside its paper, and true to its numbers."""

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import fontpkg_public_sans
import pytest
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
from hypothesis import given, settings
from hypothesis import strategies as st

from commitments.charts.labels import Box, text_width
from commitments.charts.plot import BROAD, NARROW, WIDE, Size
from commitments.charts.series import Point, Revised, Trajectory, Words
from commitments.charts.trajectory import trajectory, trajectory_pair
from commitments.formats.dates import axis_date
from commitments.formats.numbers import format_number

SVG = "{http://www.w3.org/2000/svg}"


def point(day: str, value: str | int | None, *, revised: bool = False) -> Point:
    return Point(date.fromisoformat(day), None if value is None else Decimal(value), revised)


RESETTLED = Trajectory(
    points=(point("2023-12-31", 890), point("2024-12-31", 1560), point("2026-06-30", 2600)),
    baseline=point("2022-06-10", 0),
    expected=(point("2022-06-10", 0), point("2028-12-31", 4000)),
    target=point("2028-12-31", 4000),
    today=date(2026, 11, 24),
)
PENDING = Trajectory(
    points=(point("2024-12-31", 21000), point("2025-12-31", 16500)),
    baseline=point("2024-05-16", 24000),
    expected=(point("2024-05-16", 24000), point("2026-05-16", 6000)),
    target=point("2026-05-16", 6000),
    today=date(2026, 2, 1),
)


def words_in(lang: str = "en", **changes: Any) -> Words:
    plain = Words(
        title="Refugees resettled",
        description="From 0 to 2,600.",
        number=lambda value: format_number(value, lang),
        day=lambda day, unit: axis_date(day, unit, lang),
        latest="2,600 in Jun 2026",
        target="Target 4,000, Dec 2028",
        expected="expected",
        today="today",
    )
    return replace(plain, **changes)


def parsed(chart: Trajectory, says: Words | None = None, size: Size = WIDE) -> ElementTree.Element:
    drawing = trajectory(chart, says or words_in(), id="c1", size=size)
    return ElementTree.fromstring(drawing.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))  # noqa: S314


def texts(root: ElementTree.Element, kind: str) -> list[str]:
    return ["".join(text.itertext()) for text in root.iterfind(f".//{SVG}g[@class='{kind}']/{SVG}text")]


def corners(root: ElementTree.Element, kind: str) -> list[tuple[float, float]]:
    element = root.find(f".//{SVG}path[@class='{kind}']")
    assert element is not None
    return [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+) (-?[\d.]+)", element.get("d", ""))]


def boxes(root: ElementTree.Element, size: Size) -> list[tuple[str, Box]]:
    """Where each text can reach at most, from its own anchor and the widest estimate."""
    found = []
    for kind, letters in (("ch-axis", size.axis), ("ch-label", size.label), ("ch-note", size.axis)):
        for text in root.iterfind(f".//{SVG}g[@class='{kind}']/{SVG}text"):
            lines = [text.text or "", *(span.text or "" for span in text)]
            width = max(text_width(line, letters, tabular=kind == "ch-axis") for line in lines)
            x, y = float(text.get("x", "")), float(text.get("y", ""))
            left = x - width * {"end": 1.0, "middle": 0.5}.get(text.get("text-anchor", ""), 0.0)
            bottom = y + letters * (0.2 + 1.22 * (len(lines) - 1))
            found.append((" ".join(lines), Box(left, y - letters * 0.75, left + width, bottom)))
    return found


def test_the_chart_says_what_it_is_and_carries_no_style() -> None:
    root = parsed(RESETTLED)
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "c1-title c1-desc"
    assert [(root.findtext(f"{SVG}{name}"), root.find(f"{SVG}{name}").get("id")) for name in ("title", "desc")] == [
        ("Refugees resettled", "c1-title"),
        ("From 0 to 2,600.", "c1-desc"),
    ]
    assert [element.tag for element in root.iter() if element.get("style") or element.tag.endswith("style")] == []


def test_everything_stands_in_order_from_back_to_front() -> None:
    kinds = [element.get("class") for element in parsed(RESETTLED) if element.get("class")]
    assert kinds == [
        "ch-grid",
        "ch-axis",
        "ch-wedge",
        "ch-expected",
        "ch-today",
        "ch-line",
        "ch-dot",
        "ch-last",
        "ch-target",
        "ch-label",
        "ch-note",
    ]


def test_a_value_stands_where_its_number_and_day_put_it() -> None:
    root = parsed(RESETTLED)
    start, end = corners(root, "ch-expected")
    line = corners(root, "ch-line")
    share = (date(2026, 6, 30) - date(2022, 6, 10)) / (date(2028, 12, 31) - date(2022, 6, 10))
    assert line[0] == start
    assert line[-1] == pytest.approx(
        (start[0] + share * (end[0] - start[0]), start[1] + 0.65 * (end[1] - start[1])), abs=0.06
    )


def test_the_wedge_is_a_tenth_of_the_way_below_a_rising_and_above_a_falling_path() -> None:
    rising, falling = (corners(parsed(chart), "ch-wedge") for chart in (RESETTLED, PENDING))
    # The wedge runs along the path and back along the tolerated values: start, end, tolerated end, start.
    (_, top), (_, end), (_, tolerated), _ = rising
    assert tolerated - end == pytest.approx((top - end) / 10, abs=0.11)
    (_, top), (_, end), (_, tolerated), _ = falling
    assert tolerated - end == pytest.approx((top - end) / 10, abs=0.11)
    assert (rising[2][1] > rising[1][1], falling[2][1] < falling[1][1]) == (True, True)


def test_a_step_path_expects_nothing_before_the_next_day() -> None:
    chart = replace(RESETTLED, steps=True)
    (x0, y0), (x1, y1), (x2, y2) = corners(parsed(chart), "ch-expected")
    assert (y0, x1, x0 < x1, y2 < y1) == (y1, x2, True, True)


def test_after_the_target_day_the_target_stays_expected() -> None:
    chart = replace(RESETTLED, points=(*RESETTLED.points, point("2029-12-31", 4100)))
    (_, _), (x1, y1), (x2, y2) = corners(parsed(chart), "ch-expected")
    assert (y1 == y2, x1 < x2) == (True, True)


def test_a_missing_value_breaks_the_line_and_a_revised_one_is_a_square() -> None:
    points = (
        point("2023-12-31", 5),
        point("2024-06-30", 6, revised=True),
        point("2024-12-31", None),
        point("2025-12-31", 9),
    )
    root = parsed(Trajectory(points=points))
    line = root.find(f".//{SVG}path[@class='ch-line']")
    dots = root.find(f".//{SVG}g[@class='ch-dot']")
    assert line is not None
    assert dots is not None
    assert line.get("d", "").count("M") == 1
    assert [element.tag for element in dots] == [f"{SVG}circle", f"{SVG}rect"]


def test_the_baseline_is_part_of_the_line_unless_a_value_speaks_of_its_day() -> None:
    same_day = replace(RESETTLED, points=(point("2022-06-10", 10), *RESETTLED.points))
    assert len(corners(parsed(RESETTLED), "ch-line")) == 4
    assert len(corners(parsed(same_day), "ch-line")) == 4


@pytest.mark.parametrize(
    ("values", "lines"),
    [
        (("0", "4100"), ["0", "1,000", "2,000", "3,000", "4,000"]),
        (("0", "1"), ["0", "1"]),
        (("0", "3"), ["0", "1", "2", "3"]),
        (("0", "0"), ["0", "1"]),
        (("20", "22"), ["0", "5", "10", "15", "20"]),
        (("-40", "60"), ["−25", "0", "25", "50"]),
        (("1200000", "1718811"), ["0", "500,000", "1,000,000", "1,500,000"]),
    ],
)
def test_the_grid_has_few_round_lines(values: tuple[str, str], lines: list[str]) -> None:
    chart = Trajectory(points=(point("2024-12-31", values[0]), point("2025-12-31", values[1])))
    axis = texts(parsed(chart), "ch-axis")
    assert axis[: len(lines)] == lines


def test_a_rate_may_start_above_zero_and_have_decimals() -> None:
    chart = Trajectory(points=(point("2024-12-31", "61"), point("2025-12-31", "62.5")), from_zero=False, whole=False)
    assert texts(parsed(chart), "ch-axis")[:4] == ["61", "61.5", "62", "62.5"]


def test_fractions_between_two_whole_numbers_get_lines_too() -> None:
    points = (point("2024-12-31", "0.2"), point("2025-12-31", "0.4"))
    assert texts(parsed(Trajectory(points=points, from_zero=False)), "ch-axis")[:2] == ["0.2", "0.25"]


def test_today_is_left_out_when_it_would_squeeze_the_data() -> None:
    long_ago = replace(RESETTLED, today=date(2060, 1, 1))
    assert parsed(long_ago).find(f".//{SVG}path[@class='ch-today']") is None
    assert texts(parsed(long_ago), "ch-note") == ["expected"]


def test_a_target_without_a_day_is_a_level() -> None:
    chart = Trajectory(points=RESETTLED.points, level=Decimal(6000))
    root = parsed(chart, words_in(target="Target 6,000, no date"))
    assert root.find(f".//{SVG}path[@class='ch-level']") is not None
    assert texts(root, "ch-label") == ["Target 6,000, no date", "2,600 in Jun 2026"]


REVISED = replace(
    RESETTLED,
    revised=(
        Revised(
            date(2025, 6, 30),
            (point("2022-06-10", 0), point("2027-12-31", 2000)),
            point("2027-12-31", 2000),
        ),
    ),
)


def test_the_expected_path_steps_on_the_day_it_was_revised() -> None:
    root = parsed(REVISED)
    start, old, new, end = corners(root, "ch-expected")
    assert (old[0], start[0] < old[0] < end[0]) == (new[0], True)
    span = date(2025, 6, 30) - date(2022, 6, 10)
    for reached, aim, last in ((old, 2000, date(2027, 12, 31)), (new, 4000, date(2028, 12, 31))):
        worth = Decimal(aim) * span.days / (last - date(2022, 6, 10)).days
        assert (start[1] - reached[1]) / (start[1] - end[1]) == pytest.approx(float(worth / 4000), abs=0.002)


def test_the_target_that_was_replaced_stays_visible_and_says_until_when() -> None:
    root = parsed(REVISED, words_in(revised=("Target 2,000, Dec 2027, until 30 Jun 2025",)))
    left, gone = corners(root, "ch-earlier")
    diamond = root.find(f".//{SVG}path[@class='ch-target-earlier']")
    assert diamond is not None
    assert diamond.get("d", "").startswith(f"M{gone[0]:g} {gone[1] - 6:g}")
    assert left[0] < gone[0]
    assert "Target 2,000, Dec 2027,until 30 Jun 2025" in texts(root, "ch-note"), "broken into two lines"


def test_a_revision_before_the_path_begins_leaves_one_path() -> None:
    early = replace(REVISED, revised=(Revised(date(2022, 1, 1), REVISED.revised[0].expected),))
    flat, start, end = corners(parsed(early), "ch-expected")
    assert (flat[1], start[1] > end[1]) == (start[1], True)


@pytest.mark.parametrize(
    ("chart", "is_one"),
    [
        (RESETTLED, True),
        (Trajectory(points=(point("2025-12-31", 5),)), False),
        (Trajectory(points=(point("2025-12-31", 5),), baseline=point("2024-12-31", 0)), True),
        (Trajectory(points=(point("2025-12-31", 5),), baseline=point("2025-12-31", 5)), False),
        (Trajectory(points=(point("2025-12-31", 5), point("2026-12-31", None))), False),
        (Trajectory(), False),
    ],
)
def test_one_value_is_no_line(chart: Trajectory, is_one: bool) -> None:
    assert chart.is_a_line is is_one


def test_nothing_to_draw_and_bad_ids_are_refused() -> None:
    with pytest.raises(ValueError, match="dated value"):
        trajectory(Trajectory(points=(point("2025-12-31", None),)), words_in(), id="c1")
    with pytest.raises(ValueError, match="id"):
        trajectory(RESETTLED, words_in(), id='c1" onload="x')
    with pytest.raises(ValueError, match="finite"):
        point("2025-12-31", "NaN")


def test_both_sizes_have_ids_of_their_own() -> None:
    ids = re.findall(r' id="([^"]+)"', trajectory_pair(RESETTLED, words_in(), id="i7"))
    assert ids == ["i7-wide-title", "i7-wide-desc", "i7-narrow-title", "i7-narrow-desc"]


def test_a_whole_page_has_one_more_as_broad_as_its_letters_stay_large() -> None:
    drawing = trajectory_pair(RESETTLED, words_in(), id="i7", is_broad=True)
    assert re.findall(r'<svg class="ch ch-(\w+)" viewBox="0 0 (\d+)', drawing) == [
        ("broad", "820"),
        ("wide", "600"),
        ("narrow", "330"),
    ]
    assert (BROAD.axis, BROAD.label) == (WIDE.axis, WIDE.label)


def test_the_estimate_of_a_width_covers_the_typeface() -> None:
    folder = Path(str(fontpkg_public_sans.__file__)).parent / "files"
    samples = [
        "Target 4,000, Dec 2028",
        "2 600 personnes réinstallées au 30 juin 2026",
        "Meta: unos 100 000, sept. 2025",
        "Objectif : au moins 12 000 000 de demandeuses et demandeurs d’asile",
        "1.718.811 em dezembro de 2023 (cumprido com atraso)",
        "WAGNER MMXXVI QUÉBEC 100 % fulfilled",
    ]
    for weight in (400, 640):
        font = instantiateVariableFont(TTFont(folder / "PublicSans[wght].ttf"), {"wght": weight})
        names, advance, em = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
        for sample in samples:
            real = sum(advance[names[ord(letter)]][0] for letter in sample if ord(letter) in names) / em
            assert real <= text_width(sample, 1) <= 1.25 * real


days = st.dates(date(1990, 1, 1), date(2060, 12, 31))
values = st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**15), max_value=10**15)
anything = st.text(max_size=60)
dated = st.builds(Point, days, st.none() | values, st.booleans())
certain = st.builds(Point, days, values)


@st.composite
def eras(draw: st.DrawFn) -> Revised:
    path = sorted(draw(st.lists(certain, max_size=3, unique_by=lambda point: point.on)), key=lambda point: point.on)
    return Revised(draw(days), tuple(path), draw(st.none() | certain))


@st.composite
def charts(draw: st.DrawFn) -> Trajectory:
    path = sorted(draw(st.lists(certain, max_size=4, unique_by=lambda point: point.on)), key=lambda point: point.on)
    return Trajectory(
        points=tuple(draw(st.lists(dated, max_size=40))),
        baseline=draw(certain),
        expected=tuple(path),
        steps=draw(st.booleans()),
        target=draw(st.none() | certain),
        level=draw(st.none() | values),
        today=draw(st.none() | days),
        revised=tuple(sorted(draw(st.lists(eras(), max_size=3)), key=lambda era: era.until)),
        from_zero=draw(st.booleans()),
        whole=draw(st.booleans()),
    )


@settings(max_examples=60, deadline=None)
@given(charts(), st.sampled_from([WIDE, NARROW]), anything, anything, anything)
def test_any_chart_is_well_formed_and_keeps_to_its_paper(
    chart: Trajectory, size: Size, title: str, latest: str, target: str
) -> None:
    root = parsed(chart, words_in(title=title, latest=latest, target=target), size)
    for _, box in boxes(root, size):
        assert box.left >= -0.1
        assert box.top >= -0.1
        assert box.right <= size.width + 0.1
        assert box.bottom <= size.height + 0.1


@settings(max_examples=60, deadline=None)
@given(charts(), st.sampled_from([WIDE, NARROW]), st.sampled_from(["en", "es", "pt", "fr"]))
def test_labels_never_touch(chart: Trajectory, size: Size, lang: str) -> None:
    says = words_in(
        lang,
        latest="2 600 personnes réinstallées au 30 juin 2026",
        target="Objectif : au moins 4 000 personnes réfugiées réinstallées d’ici à décembre 2028",
        expected="attendu",
        today="aujourd’hui",
        revised=("Objectif : 2 000, déc. 2027, jusqu’au 30 juin 2025",) * 3,
    )
    touching = [
        (one, other)
        for (one, first), (other, second) in combinations(boxes(parsed(chart, says, size), size), 2)
        if first.touches(second)
    ]
    assert touching == []


@given(st.text(max_size=400))
def test_any_text_is_well_formed_inside_a_drawing(text: str) -> None:
    root = parsed(RESETTLED, words_in(title=text, description=text))
    assert "".join(root.itertext()).count("expected") >= 1


def test_two_years_of_weekly_values_lose_their_dots_but_not_their_line() -> None:
    points = tuple(Point(date(2024, 1, 1) + timedelta(weeks=week), Decimal(week)) for week in range(104))
    root = parsed(Trajectory(points=points))
    assert len(corners(root, "ch-line")) == 104
    assert root.find(f".//{SVG}g[@class='ch-dot']") is None
