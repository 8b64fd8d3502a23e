"""Two hundred invented series, laid out wide and narrow in four languages: no label touches another or is cut off."""

import random
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations, pairwise
from math import hypot, inf
from xml.etree import ElementTree

import pytest
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from commitments.charts.labels import Box, Segment, text_width
from commitments.charts.naming import laid_out
from commitments.charts.picture import MARGIN, SCALE, Sheet, sheet
from commitments.charts.picture import WIDTH as PICTURE
from commitments.charts.plot import BROAD, NARROW, WIDE, Size
from commitments.charts.series import Point, Revised, Trajectory, Words
from commitments.charts.trajectory import trajectory
from commitments.formats.dates import axis_date, short_date
from commitments.formats.numbers import format_number
from tests.commitments.charts.test_trajectory import SVG, boxes, parsed

NUMBER = 200
#: What a picture leaves a chart of its paper: wide, and sometimes hardly high.
FLAT = Size(int((PICTURE - 2 * MARGIN) / SCALE), 140, "wide", longest_label=360)
TODAY = date(2026, 11, 24)


def between(dice: random.Random, low: Decimal, high: Decimal, places: int) -> Decimal:
    return round(low + (high - low) * Decimal(dice.random()), places)


#: The kinds of series: from where to where their values run, and with how many decimals.
KINDS: dict[str, Callable[[random.Random], tuple[Decimal, Decimal, int]]] = {
    "usual": lambda dice: (Decimal(0), Decimal(dice.choice([40, 900, 41_200, 2_600_000])), 0),
    "tiny": lambda dice: (Decimal(0), Decimal(dice.choice(["0.0004", "0.02", "1"])), 4),
    "huge": lambda dice: (Decimal(0), Decimal(10) ** dice.choice([9, 12, 15]), 0),
    "negative": lambda dice: (Decimal(-(10 ** dice.choice([1, 4, 9]))), Decimal(dice.choice([-1, 0, 500])), 2),
    "flat": lambda dice: (Decimal(70), Decimal(70), 0),
    "rate": lambda dice: (Decimal("61.5"), Decimal("62.75"), 4),
}


def series(number: int) -> Trajectory:
    """The series of a number: always the same one, of a kind by turns."""
    dice = random.Random(number)
    kind = list(KINDS)[number % len(KINDS)]
    low, high, places = KINDS[kind](dice)
    start = date(dice.choice([1998, 2019, 2022, 2024]), dice.randint(1, 12), 1)
    span = dice.choice([40, 400, 1200, 4000])
    days = sorted({start + timedelta(days=dice.randint(1, span)) for _turn in range(dice.choice([0, 1, 2, 3, 8, 40]))})
    values = [between(dice, low, high, places) for _day in days]
    points = [Point(day, value, dice.random() < 0.2) for day, value in zip(days, values, strict=True)]
    if len(points) > 3:
        points[dice.randrange(1, len(points) - 1)] = Point(days[1], None)
    aim = start + timedelta(days=span + dice.choice([-30, 0, 200, 900]))
    target = between(dice, low, high, places) if dice.random() < 0.8 else None
    if number % 5 == 4 and points:
        # The last figure stands on the target's day, and above it.
        aim, target = days[-1], low + (values[-1] - low) * Decimal(dice.choice(["0.4", "0.6", "0.9"]))
    baseline = Point(start, between(dice, low, high, places)) if dice.random() < 0.8 or not points else None
    expected = tuple(point for point in (baseline, Point(aim, target)) if point and point.value is not None)
    eras = []
    for turn in range(dice.choice([0, 0, 1, 3])):
        old = Point(aim - timedelta(days=90 * (turn + 1)), between(dice, low, high, places))
        path = (baseline, old) if baseline else (old,)
        eras.append(Revised(start + timedelta(days=span // 4 * (turn + 1)), path, old))
    return Trajectory(
        points=tuple(points),
        baseline=baseline,
        expected=expected if len(expected) > 1 else (),
        steps=dice.random() < 0.2,
        target=Point(aim, target) if target is not None and dice.random() < 0.8 else None,
        level=target,
        today=TODAY if dice.random() < 0.7 else None,
        revised=tuple(eras),
        from_zero=kind not in {"rate", "negative"},
        whole=places == 0,
    )


def said(chart: Trajectory, language: str) -> Words:
    """The words of a chart in the active language, as pages write them, with the longest word before a figure."""
    target, latest = "", ""
    if chart.target and chart.target.value is not None:
        figure = pgettext("figure", "at least %(figure)s") % {"figure": format_number(chart.target.value, language)}
        target = _("Target %(figure)s, %(date)s") % {"figure": figure, "date": short_date(chart.target.on, language)}
    elif chart.level is not None:
        target = _("Target %(figure)s") % {"figure": format_number(chart.level, language)}
    known = [point for point in chart.values if point.value is not None]
    if known and known[-1].value is not None:
        figure = pgettext("figure", "more than %(figure)s") % {"figure": format_number(known[-1].value, language)}
        latest = pgettext("chart", "%(figure)s, %(date)s") % {
            "figure": figure,
            "date": short_date(known[-1].on, language),
        }
    replaced = [
        pgettext("chart", "Target %(figure)s, %(date)s, replaced %(day)s")
        % {
            "figure": format_number(era.target.value, language) if era.target and era.target.value is not None else "",
            "date": short_date(era.target.on, language) if era.target else "",
            "day": short_date(era.until, language),
        }
        for era in chart.revised
    ]
    return Words(
        title="Title",
        description="Description",
        number=lambda value: format_number(value, language),
        day=lambda day, unit: axis_date(day, unit, language),
        latest=latest,
        target=target,
        expected=pgettext("chart", "expected"),
        today=pgettext("chart", "today"),
        revised=tuple(replaced),
    )


def problems(chart: Trajectory, says: Words, size: Size) -> list[str]:
    """What is wrong with the labels of one drawing."""
    root = parsed(chart, says, size)
    placed = boxes(root, size)
    touching = [f"{one} | {other}" for (one, a), (other, b) in combinations(placed, 2) if a.touches(b)]
    touching += [f"crossed: {text}" for text in crossed(root, size)]
    touching += [f"astray: {text}" for text in astray(root, says, size)]
    cut = [text for text, box in placed if not inside(box, size)]
    # The axis, the target and the latest figure are never left out for want of room.
    plot = laid_out(chart, says, size)[0]
    axis = [text for _x, text in (*plot.rows, *plot.columns)]
    shown = " ".join(text for text, _box in placed)
    missing = [text for text in axis if text not in shown]
    missing += [label for label in (says.target, says.latest) if label and label.split(" ")[0] not in shown]
    return [*touching, *(f"cut: {text}" for text in cut), *(f"missing: {text}" for text in missing)]


def crossed(root: ElementTree.Element, size: Size) -> list[str]:
    """The labels that the line of the values, or the line of what is expected, runs through."""
    lines = [line for kind in ("ch-line", "ch-expected", "ch-level") for line in segments(root, kind)]
    return [text for text, box in labels(root, size) if any(box.crossed_by(line) for line in lines)]


def astray(root: ElementTree.Element, says: Words, size: Size) -> list[str]:
    """The labels of a mark that stand nearer to another labelled mark, without a thin line to their own."""
    marks = [(says.latest, corner) for corner in circles(root, "ch-last")]
    marks += [(says.target, (x, y + 8)) for x, y in starts(root, "ch-target")]
    earlier = starts(root, "ch-target-earlier")
    texts = [text for text, box in labels(root, size)]
    marks += [(text, (x, y + 6)) for text, (x, y) in zip(says.revised, earlier, strict=False) if text in texts]
    ties = segments(root, "ch-tie")
    found = []
    for text, box in labels(root, size):
        own = [corner for said, corner in marks if said == text]
        for x, y in own[:1]:
            here = box.gap(Box(x, y, x, y))
            others = [at for at in (corner for _said, corner in marks) if hypot(at[0] - x, at[1] - y) > 2]
            nearest = min((box.gap(Box(*at, *at)) for at in others), default=inf)
            tied = any(box.gap(Box(a, b, a, b)) < 4 and hypot(c - x, d - y) < 12 for a, b, c, d in ties)
            if nearest < here and not tied:
                found.append(text)
    return found


def labels(root: ElementTree.Element, size: Size) -> list[tuple[str, Box]]:
    """The words at marks and lines, without those of the axes."""
    axis = {"".join(text.itertext()) for text in root.iterfind(f".//{SVG}g[@class='ch-axis']/{SVG}text")}
    return [(text, box) for text, box in boxes(root, size) if text not in axis]


def segments(root: ElementTree.Element, kind: str) -> list[Segment]:
    """The straight parts of the lines of a kind."""
    found: list[Segment] = []
    for line in root.iterfind(f".//{SVG}path[@class='{kind}']"):
        for run in line.get("d", "").split("M")[1:]:
            level = re.sub(r"(\S+) (\S+)H(\S+)", r"\1 \2L\3 \2", run)
            spots = [(float(x), float(y)) for x, y in (part.split(" ") for part in level.split("L"))]
            found += [(*one, *next_) for one, next_ in pairwise(spots)]
    return found


def circles(root: ElementTree.Element, kind: str) -> list[tuple[float, float]]:
    dots = root.iterfind(f".//{SVG}g[@class='{kind}']/{SVG}circle")
    return [(float(dot.get("cx", "")), float(dot.get("cy", ""))) for dot in dots]


def starts(root: ElementTree.Element, kind: str) -> list[tuple[float, float]]:
    """Where the drawings of a kind of mark begin: its upper corner."""
    found = [
        re.match(r"M(-?[\d.]+) (-?[\d.]+)", mark.get("d", ""))
        for mark in root.iterfind(f".//{SVG}path[@class='{kind}']")
    ]
    return [(float(spot[1]), float(spot[2])) for spot in found if spot]


def inside(box: Box, size: Size) -> bool:
    return box.left >= -0.1 and box.top >= -0.1 and box.right <= size.width + 0.1 and box.bottom <= size.height + 0.1


@pytest.mark.parametrize("language", ["en", "es", "pt", "fr"])
def test_no_label_of_two_hundred_series_touches_another_or_is_cut_off(language: str) -> None:
    found, drawn = {}, 0
    with translation.override(language):
        for number in range(NUMBER):
            chart = series(number)
            if not chart.has_a_value:
                continue
            drawn += 1
            for size in (BROAD, WIDE, NARROW, FLAT):
                wrong = problems(chart, said(chart, language), size)
                if wrong:
                    found[number, size.name, size.height] = wrong
    assert found == {}
    assert drawn > NUMBER * 0.95


def test_the_invented_series_are_of_every_kind() -> None:
    """The control: two hundred series that were all alike would prove nothing."""
    every = [series(number) for number in range(NUMBER)]
    known = [[point.value for point in chart.values if point.value is not None] for chart in every]
    assert sum(len(values) == 1 for values in known) > 10
    assert sum(any(value < 0 for value in values) for values in known) > 20
    assert sum(any(value > 10**9 for value in values) for values in known) > 20
    assert sum(any(0 < value < 1 for value in values) for values in known) > 20
    assert sum(any(point.value is None for point in chart.points) for chart in every) > 20
    assert sum(bool(chart.revised) for chart in every) > 50
    assert sum(chart.target is None for chart in every) > 20


def test_a_label_that_is_crossed_or_stands_at_another_mark_would_be_found() -> None:
    """A control too: the labels of target and latest value take each other's place."""
    chart = replace(series(0), points=(Point(date(2022, 1, 1), Decimal(0)), Point(date(2026, 1, 1), Decimal(40))))
    chart = replace(
        chart, baseline=None, expected=(), target=Point(date(2026, 1, 1), Decimal(10)), revised=(), level=None
    )
    says = said(chart, "en")
    root = parsed(chart, says, WIDE)
    assert (crossed(root, WIDE), astray(root, says, WIDE)) == ([], [])
    one, other = root.iterfind(f".//{SVG}g[@class='ch-label']/{SVG}text")
    y = one.get("y", "")
    one.set("y", other.get("y", ""))
    other.set("y", y)
    assert astray(root, says, WIDE) == [says.target, says.latest]
    one.set("x", "300")
    one.set("y", "150")
    assert crossed(root, WIDE) == [says.target]


def test_labels_that_do_touch_would_be_found() -> None:
    """The other control: the same drawing with its labels moved onto each other."""
    chart = series(6)
    plain = said(chart, "en")
    root = parsed(chart, plain, WIDE)
    for text in root.iter("{http://www.w3.org/2000/svg}text"):
        text.set("x", "300")
        text.set("y", "100")
    assert any(a.touches(b) for (_one, a), (_other, b) in combinations(boxes(root, WIDE), 2))
    wide = replace(plain, target="Target " + "9" * 200)
    assert text_width(wide.target, WIDE.label) > WIDE.width


def test_no_line_of_a_sheet_ends_between_a_number_and_what_it_counts() -> None:
    counts = (
        "2 réalisés",
        "60 sans données",
        "4 terminés, sans évaluation",
        "1 terminé, cible non atteinte",
        "1 suspendu",
    )
    sentence = f"{' · '.join(counts)}, sans évaluation"
    document = sheet(Sheet("fr", "Titre", sentence, ("",), "Site"))
    lines = re.findall(r"<t(?:ext|span)[^>]*>([^<]+)<", document)
    assert [line for line in lines if re.search(r"\d$", line)] == []
    assert len(lines) > 3


@pytest.mark.parametrize("words", ["", "word " * 60, "Ж" * 400, "<b>&\x00</b>"])
def test_a_sheet_holds_any_words(words: str) -> None:
    chart = series(0)

    def draw(width: int, height: int) -> str:
        return trajectory(chart, said(chart, "en"), id="d", size=Size(width, height, "wide", longest_label=300))

    document = sheet(Sheet("en", words, words, (words, words), "Site", drawing=draw))
    assert document.count("<svg") == document.count("</svg>") == 2
    assert "<b>" not in document
