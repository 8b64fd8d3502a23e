"""Timelines: well formed, inside their paper, no label over another, for two hundred invented ones."""

import random
import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from math import hypot, inf
from xml.etree import ElementTree

import pytest

from commitments.charts.labels import Box, text_width
from commitments.charts.lanes import Event, Lane, Timeline
from commitments.charts.marks import Mark
from commitments.charts.picture import MARGIN, SCALE
from commitments.charts.picture import WIDTH as PICTURE
from commitments.charts.plot import NARROW, WIDE, Size
from commitments.charts.timeline import timeline, timeline_pair
from commitments.formats.dates import axis_date, short_date
from tests.commitments.charts.test_layouts import inside, segments

SVG = "{http://www.w3.org/2000/svg}"
NUMBER = 200
TODAY = date(2026, 11, 24)
FLAT = Size(int((PICTURE - 2 * MARGIN) / SCALE), 140, "wide", longest_label=360)
LANES: dict[str, tuple[str, tuple[Mark, ...]]] = {
    "Hitos": ("Hitos acordados del compromiso", ("done", "open", "overdue")),
    "Targets": ("Metas", ("due", "replaced")),
    "Figures": ("Données publiées", ("figure",)),
    "Reports": ("Relatórios", ("on_time", "late", "missing", "not_due")),
    "Meetings": ("Meetings", ("meeting",)),
}
WORDS = {"en": ("Made", "Due", "Ended"), "es": ("Asumido", "Plazo", "Finalizado")}
WORDS |= {"pt": ("Assumido", "Prazo", "Encerrado"), "fr": ("Pris", "Échéance", "Terminé")}


def invented(number: int, language: str = "en") -> Timeline:
    """The timeline of a number: always the same one."""
    dice = random.Random(number)
    start = date(dice.choice([1999, 2022, 2026]), dice.randint(1, 12), dice.randint(1, 28))
    span = dice.choice([1, 20, 300, 1500, 9000])

    def event(mark: Mark, word: str = "") -> Event:
        first = start + timedelta(days=dice.randint(0, span))
        last = first + timedelta(days=dice.choice([0, 0, 0, 30, 364]))
        label = f"{word} {short_date(last, language)}".strip()
        return Event(last, mark, label, first, last, must=bool(word))

    own: tuple[Mark, ...] = ("made", "due", "ended")
    kept = dice.choice([1, 2, 3])
    lanes = [Lane("Commitment", tuple(map(event, own[:kept], WORDS[language][:kept])))]
    for name, marks in LANES.values():
        many = dice.choice([0, 1, 2, 5, 30])
        if many:
            lanes.append(Lane(name, tuple(event(dice.choice(marks)) for _turn in range(many))))
    today = TODAY if dice.random() < 0.9 else None
    return Timeline("Title", "Words <&>", tuple(lanes), lambda d, unit: axis_date(d, unit, language), today, "today")


def parsed(chart: Timeline, size: Size) -> ElementTree.Element:
    drawing = timeline(chart, id="c1", size=size)
    return ElementTree.fromstring(drawing.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))  # noqa: S314


def boxes(root: ElementTree.Element, size: Size) -> list[tuple[str, Box]]:
    """Where each text can reach at most."""
    found = []
    for text in root.iter(f"{SVG}text"):
        said, x, y = text.text or "", float(text.get("x", "")), float(text.get("y", ""))
        width = text_width(said, size.axis)
        left = x - width * {"end": 1.0, "middle": 0.5}.get(text.get("text-anchor", ""), 0.0)
        found.append((said, Box(left, y - size.axis * 0.75, left + width, y + size.axis * 0.2)))
    return found


def sizes(chart: Timeline) -> list[Size]:
    lanes = len(chart.lanes)
    return [
        Size(WIDE.width, 52 + 56 * lanes, "wide", 360),
        Size(NARROW.width, 52 + 72 * lanes, "narrow", 290),
        FLAT,
    ]


def problems(chart: Timeline, size: Size) -> list[str]:
    placed = boxes(parsed(chart, size), size)
    wrong = [f"{one} | {other}" for (one, a), (other, b) in combinations(placed, 2) if a.touches(b)]
    return wrong + [f"cut: {text}" for text, box in placed if not inside(box, size)]


@pytest.mark.parametrize("language", ["en", "es", "pt", "fr"])
def test_no_label_of_two_hundred_timelines_touches_another_or_is_cut_off(language: str) -> None:
    found = {}
    for number in range(NUMBER):
        chart = invented(number, language)
        for size in sizes(chart):
            wrong = problems(chart, size)
            if wrong:
                found[number, size.name, size.height] = wrong
    assert found == {}


def test_what_was_made_and_falls_due_is_always_said_on_a_page() -> None:
    missing = []
    for number in range(NUMBER):
        chart = invented(number)
        for size in sizes(chart)[:2]:
            shown = {text for text, _box in boxes(parsed(chart, size), size)}
            must = {event.label for lane in chart.lanes for event in lane.events if event.must}
            missing += [(number, size.name, label) for label in must - shown]
    assert missing == []


def own_marks(root: ElementTree.Element) -> dict[Mark, tuple[float, float]]:
    """Where the marks of the commitment itself stand: the uppermost of their kinds."""
    kinds: dict[Mark, tuple[str, float, float]] = {
        "made": ("ch-flag", 0, -8),
        "due": ("ch-target", 0, 8),
        "ended": ("ch-ink", 2.5, 8),
    }
    found = {}
    for mark, (kind, right, down) in kinds.items():
        path = root.find(f"{SVG}path[@class='{kind}']")
        spot = re.match(r"M([\d.]+) ([\d.]+)", path.get("d", "") if path is not None else "")
        if spot is not None:
            found[mark] = float(spot[1]) + right, float(spot[2]) + down
    return found


def astray(chart: Timeline, size: Size) -> list[str]:
    """The labels of the commitment's own marks nearer to another of them, without a thin line to their own."""
    root = parsed(chart, size)
    marks, ties = own_marks(root), segments(root, "ch-tie")
    placed, found = dict(boxes(root, size)), []
    for event in chart.lanes[0].events:
        box, (x, y) = placed.get(event.label), marks[event.mark]
        if box is None:
            continue
        own = box.gap(around(x, y))
        others = [box.gap(around(*at)) for at in marks.values() if hypot(at[0] - x, at[1] - y) > 4]
        tied = any(box.gap(Box(a, b, a, b)) < 4 and hypot(c - x, d - y) < 14 for a, b, c, d in ties)
        if min(others, default=inf) < own and not tied:
            found.append(event.label)
    return found


def around(x: float, y: float) -> Box:
    return Box(x - 8, y - 8, x + 8, y + 8)


def test_each_label_stands_at_its_own_mark_or_is_tied_to_it() -> None:
    wrong = {}
    for number in range(NUMBER):
        chart = invented(number)
        for size in sizes(chart):
            if found := astray(chart, size):
                wrong[number, size.name, size.height] = found
    assert wrong == {}


def ended_before_it_was_due() -> Timeline:
    """As the record has one: the end a month before the day it was due, in a picture with hardly any height."""
    own = (
        Event(date(2024, 9, 25), "made", "Made 25 Sept 2024", must=True),
        Event(date(2025, 3, 11), "ended", "Ended 11 Mar 2025", must=True),
        Event(date(2025, 4, 30), "due", "Due Apr 2025", date(2025, 4, 1), date(2025, 4, 30), must=True),
    )
    lanes = (
        Lane("Commitment", own),
        Lane("Targets", (replace(own[2], label="Apr 2025", must=False),)),
        Lane("Figures", (Event(date(2025, 3, 13), "figure"),)),
    )
    return Timeline("Title", "Words", lanes, lambda day, unit: axis_date(day, unit, "en"), TODAY, "today")


def test_an_end_is_said_beside_what_was_made_and_due_in_every_size() -> None:
    chart = ended_before_it_was_due()
    for size in sizes(chart):
        root = parsed(chart, size)
        shown = [text for text, _box in boxes(root, size)]
        assert [event.label for event in chart.lanes[0].events if event.label not in shown] == [], size
        assert astray(chart, size) == [], size
        flag = own_marks(root)["made"][0]
        made = dict(boxes(root, size))["Made 25 Sept 2024"]
        assert made.gap(around(flag, own_marks(root)["made"][1])) < 12, size


def test_labels_that_do_touch_would_be_found() -> None:
    """The control: the same drawing with its labels moved onto each other."""
    chart = invented(3)
    root = parsed(chart, WIDE)
    for text in root.iter(f"{SVG}text"):
        text.set("x", "300")
        text.set("y", "60")
    placed = boxes(root, WIDE)
    assert any(a.touches(b) for (_one, a), (_other, b) in combinations(placed, 2))


def test_every_kind_of_mark_is_drawn_otherwise_than_the_others() -> None:
    kinds: list[Mark] = ["made", "due", "replaced", "ended", "done", "open", "overdue", "figure", "meeting"]
    kinds += ["on_time", "late", "missing", "not_due"]
    drawn = {}
    for kind in kinds:
        chart = Timeline("T", "D", (Lane("L", (Event(TODAY, kind),)),), lambda d, unit: str(d.year), TODAY)
        root = parsed(chart, WIDE)
        drawn[kind] = "".join(
            ElementTree.tostring(part, "unicode")
            for part in root
            if part.tag in {f"{SVG}path", f"{SVG}circle", f"{SVG}rect", f"{SVG}g"}
            and part.get("class") not in {"ch-axis"}
        )
    assert len(set(drawn.values())) == len(kinds)


def test_a_day_known_by_its_year_alone_is_drawn_as_a_span() -> None:
    known = Event(date(2025, 12, 31), "due", "2025", date(2025, 1, 1), date(2025, 12, 31))
    chart = Timeline("T", "D", (Lane("L", (known, Event(TODAY, "figure"))),), lambda d, unit: str(d.year))
    span = parsed(chart, WIDE).find(f"{SVG}path[@class='ch-span']")
    assert span is not None
    ends = re.fullmatch(r"M([\d.]+) [\d.]+H([\d.]+)", span.get("d", ""))
    assert ends is not None
    assert float(ends[2]) - float(ends[1]) > 100


def test_the_drawing_says_what_it_is_and_carries_no_style() -> None:
    root = parsed(invented(4), WIDE)
    assert (root.get("role"), root.get("aria-labelledby")) == ("img", "c1-title c1-desc")
    assert (root.findtext(f"{SVG}title"), root.findtext(f"{SVG}desc")) == ("Title", "Words <&>")
    assert [part.tag for part in root.iter() if part.get("style") or part.tag.endswith("style")] == []


def test_both_sizes_stand_together_and_nothing_at_all_is_refused() -> None:
    assert timeline_pair(invented(4), id="c1").count("<svg ") == 2
    with pytest.raises(ValueError, match="at least one day"):
        timeline(Timeline("T", "D", (), lambda d, unit: ""), id="c1", size=WIDE)
    with pytest.raises(ValueError, match="Not an id"):
        timeline(invented(4), id='c1"', size=WIDE)
