"""The words of two hundred invented timelines against what is drawn: none lies on a mark, a bar or a line."""

from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest

from commitments.charts.labels import Box, Segment
from commitments.charts.lanes import Event, Lane, Timeline
from commitments.charts.plot import WIDE, Size
from commitments.formats.dates import axis_date
from tests.commitments.charts.shapes import SVG, lines, room_of
from tests.commitments.charts.test_timeline import FLAT, NUMBER, TODAY, boxes, invented, parsed, sizes

#: What is no mark: the lines of the paper, ties, and groups of words.
LINES = ("ch-grid", "ch-today", "ch-tie")
WORDS = {"ch-axis", "ch-lane", "ch-note"}


def marks(root: ElementTree.Element) -> list[tuple[str, Box]]:
    """Every mark and every bar of a drawing, with its kind."""
    found = [shape for shape in root if shape.get("id") is None and shape.get("class") not in {*LINES, *WORDS}]
    return [(shape.get("class", "square"), room_of(shape)) for shape in found]


def problems(root: ElementTree.Element, size: Size) -> list[str]:
    """The words that lie on a mark, a bar or a line."""
    placed = [(text, replace(box, left=box.left + 0.5, right=box.right - 0.5)) for text, box in boxes(root, size)]
    wrong = [f"{text} on {kind}" for text, box in placed for kind, room in marks(root) if box.touches(room)]
    crossed = [(kind, line) for kind in LINES for line in lines(root, kind)]
    wrong += [f"{text} on {kind}" for text, box in placed for kind, line in crossed if box.crossed_by(line)]
    return wrong + [f"a tie through {kind}" for tie in lines(root, "ch-tie") for kind in through(tie, marks(root))]


def through(tie: Segment, rooms: list[tuple[str, Box]]) -> list[str]:
    """The marks that a tie runs through on its way to its own: not bars, nor what lies over its own."""
    end = Box(tie[2] - 8, tie[3] - 8, tie[2] + 8, tie[3] + 8)
    apart = [(kind, room) for kind, room in rooms if kind != "ch-span" and not room.touches(end)]
    return [kind for kind, at in apart if Box(at.left + 1, at.top + 1, at.right - 1, at.bottom - 1).crossed_by(tie)]


@pytest.mark.parametrize("language", ["en", "es", "pt", "fr"])
def test_no_label_of_two_hundred_timelines_lies_on_a_mark_a_bar_or_a_line(language: str) -> None:
    found = {}
    for number in range(NUMBER):
        chart = invented(number, language)
        for size in sizes(chart):
            if wrong := problems(parsed(chart, size), size):
                found[number, size.name, size.height] = wrong
    assert found == {}


def figures_of_a_year() -> Timeline:
    """As the record has one: a figure of a whole year before others of a day, in a picture with hardly any height."""
    own = (
        Event(date(2022, 6, 10), "made", "Pris 10 juin 2022", must=True),
        Event(date(2022, 8, 31), "due", "Échéance 31 août 2022", must=True),
    )
    year = Event(date(2023, 12, 31), "figure", "2023", date(2023, 1, 1), date(2023, 12, 31))
    days = [date(2024, 5, 7), date(2024, 8, 27), date(2024, 9, 25)]
    figures = (year, *(Event(day, "figure") for day in days), Event(date(2025, 1, 17), "figure", "17 janv. 2025"))
    targets = (replace(own[1], label="31 août 2022", must=False),)
    lanes = (Lane("Engagement", own), Lane("Cibles", targets), Lane("Chiffres", figures))
    return Timeline("Titre", "Mots", lanes, lambda day, unit: axis_date(day, unit, "fr"), TODAY, "aujourd’hui")


def test_a_year_is_not_written_onto_its_own_bar() -> None:
    chart, said = figures_of_a_year(), ["Pris 10 juin 2022", "Échéance 31 août 2022", "31 août 2022", "17 janv. 2025"]
    for size in (*sizes(chart), replace(FLAT, height=104)):
        root = parsed(chart, size)
        assert problems(root, size) == [], size
        shown = [text for text, _box in boxes(root, size)]
        assert [label for label in said if label not in shown] == [], size


def test_a_label_on_a_mark_a_bar_or_a_line_would_be_found() -> None:
    """The control: the word of the year moved onto the bar, onto a mark and onto the line of today."""
    root = parsed(figures_of_a_year(), WIDE)
    year = next(text for text in root.iter(f"{SVG}text") if text.text == "2023" and text.get("text-anchor") != "end")
    bar = next(room for kind, room in marks(root) if kind == "ch-span")
    flag = next(room for kind, room in marks(root) if kind == "ch-flag")
    today = lines(root, "ch-today")[0][0]
    found = []
    for x, y in (((bar.left + bar.right) / 2, bar.bottom + 2), (flag.left, flag.bottom), (today, 100.0)):
        year.set("x", str(x))
        year.set("y", str(y))
        found.append({wrong.split(" on ")[1] for wrong in problems(root, WIDE)})
    assert ["ch-span" in found[0], "ch-flag" in found[1], "ch-today" in found[2]] == [True, True, True]
    assert FLAT.height < WIDE.height
