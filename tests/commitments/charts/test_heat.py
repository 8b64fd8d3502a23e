"""Matrices and the map of squares: well formed, inside their paper, no word over another, for two hundred of them."""

import random
from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from xml.etree import ElementTree

import pytest

from commitments.charts.bars import ORDER, strip
from commitments.charts.heat import Cell, Heat, Row, heat, heat_pair
from commitments.charts.labels import Box, text_width
from commitments.charts.plot import NARROW, WIDE, Size
from commitments.charts.tilemap import COLUMNS, ROWS, Square, tile_map
from tests.commitments.charts.test_layouts import FLAT, inside

SVG = "{http://www.w3.org/2000/svg}"
NUMBER = 200
NAMES = ("Saint-Vincent-et-les-Grenadines", "Trinidad y Tabago", "Guyana", "États-Unis d’Amérique", "Perú")
COLUMNS_OF = (
    ("Regular Pathways for Migration and International Protection", "Pillar 2"),
    ("Estabilidad y asistencia a las comunidades", "Pilar 1"),
    ("Gestion humaine des migrations", "Pilier 3"),
    ("No pillar", "No pillar"),
    ("MIRPS", "MIRPS"),
    ("Quito", "Quito"),
)


def invented(number: int) -> Heat:
    """The matrix of a number: always the same one."""
    dice = random.Random(number)

    def cell() -> Cell:
        counts = {status: dice.choice([0, 0, 1, 3, 14]) for status in ORDER}
        total = sum(counts.values())
        return Cell(str(total), not total, counts if total else {}, dice.choice([0, 0, 1, 2]))

    columns = COLUMNS_OF[: dice.randint(1, 6)]
    rows = [
        Row(dice.choice(NAMES), f"C{place:02}", tuple(cell() for _turn in columns))
        for place in range(dice.choice([1, 4, 12, 21, 35]))
    ]
    stacked = dice.random() < 0.5
    return Heat("Title", "Words <&>", columns, tuple(rows), corner="Pilar", least=54.0, is_stacked=stacked)


def parsed(drawing: str) -> ElementTree.Element:
    return ElementTree.fromstring(drawing.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))  # noqa: S314


def boxes(root: ElementTree.Element, letters: float = 0) -> list[tuple[str, Box]]:
    """Where each text can reach at most."""
    sizes = {id(text): float(group.get("font-size", "0")) for group in root.iter(f"{SVG}g") for text in group}
    found = []
    for text in root.iter(f"{SVG}text"):
        size = float(text.get("font-size") or sizes.get(id(text)) or letters)
        said, x, y = text.text or "", float(text.get("x", "")), float(text.get("y", ""))
        width = text_width(said, size, tabular=said.isdigit())
        left = x - width * (1.0 if text.get("text-anchor") == "end" else 0.0)
        found.append((said, Box(left, y - size * 0.75, left + width, y + size * 0.2)))
    return found


def problems(root: ElementTree.Element, size: Size) -> list[str]:
    placed = boxes(root)
    wrong = [f"{one} | {other}" for (one, a), (other, b) in combinations(placed, 2) if a.touches(b)]
    wrong += [f"cut: {text}" for text, box in placed if not inside(box, size)]
    for piece in root.iter(f"{SVG}rect"):
        x, y, width, height = (float(piece.get(name, "0")) for name in ("x", "y", "width", "height"))
        if not inside(Box(x, y, x + width, y + height), size):
            wrong.append(f"outside: {piece.get('class')} {x} {y}")
    return wrong


def test_no_word_of_two_hundred_matrices_touches_another_or_is_cut_off() -> None:
    found = {}
    for number in range(NUMBER):
        chart = invented(number)
        pair = heat_pair(chart, id="c").split("</svg>")
        for size, drawing in zip((WIDE, NARROW), pair, strict=False):
            root = parsed(drawing[drawing.index("<svg ") :] + "</svg>")
            paper = replace(size, height=int(root.get("height", "0")))
            if wrong := problems(root, paper):
                found[number, size.name] = wrong
        is_of_a_picture = len(chart.rows) <= 21 and len(chart.columns) <= 4
        if is_of_a_picture and (wrong := problems(parsed(heat(chart, id="c", size=FLAT)), FLAT)):
            found[number, "flat"] = wrong
    assert found == {}


MECHANISMS = ("CAM", "CRM", "CSM", "MIRPS", "QP", "R4V")


@pytest.mark.parametrize("height", [96, 110, 140])
def test_the_short_names_of_columns_are_whole_in_a_picture(height: int) -> None:
    """Fifteen rows against six mechanisms, as the record has them, on the paper that a picture leaves them."""
    rows = tuple(Row(f"Workstream {n}", f"Pilar {n}" if n > 11 else str(n), (Cell("1"),) * 6) for n in range(1, 16))
    chart = Heat("T", "D", tuple((name, name) for name in MECHANISMS), rows, least=54.0, is_stacked=True)
    size = replace(FLAT, height=height)
    root = parsed(heat(chart, id="c", size=size))
    texts = [text.text or "" for text in root.iter(f"{SVG}text")]
    assert {text for text in texts if not text.isdigit() and "Pilar" not in text} == set(MECHANISMS)
    assert min(float(group.get("font-size", "")) for group in root.iter(f"{SVG}g")) >= (8 if height < 110 else 9)
    assert problems(root, size) == []


@pytest.mark.parametrize("is_stacked", [True, False])
def test_long_names_of_rows_and_columns_are_broken_and_not_cut(is_stacked: bool) -> None:
    """As the two matrices of the record have them: workstreams against mechanisms, countries against pillars."""
    name = "1 Integration and Support for Host Communities" if is_stacked else "Trinidad and Tobago"
    pillars = tuple((column, str(turn)) for turn, (column, _brief) in enumerate((*COLUMNS_OF[:4], COLUMNS_OF[3])))
    columns = tuple((code, code) for code in MECHANISMS) if is_stacked else pillars
    rows = tuple(Row(text, "1", (Cell("1"),) * len(columns)) for text in (name, "4 Combating Xenophobia"))
    chart = Heat("T", "D", columns, rows, least=54.0 if is_stacked else 84.0, is_stacked=is_stacked)
    wide, narrow, _rest = heat_pair(chart, id="c").split("</svg>")
    for drawing in (wide[wide.index("<svg ") :], narrow):
        root = parsed(f"{drawing}</svg>")
        said = " ".join(text.text or "" for text in root.iter(f"{SVG}text"))
        assert ("…" in said, name in said) == (False, True), said
        assert problems(root, Size(int(root.get("width", "")), int(root.get("height", "")), "", 0)) == []


def test_words_that_do_touch_would_be_found() -> None:
    """The control: the same drawing with its words moved onto each other."""
    root = parsed(heat(invented(3), id="c", size=replace(WIDE, height=700)))
    for text in root.iter(f"{SVG}text"):
        text.set("x", "300")
        text.set("y", "60")
    assert problems(root, WIDE) != []


def test_every_number_of_a_matrix_is_written() -> None:
    chart = invented(3)
    wanted = sorted(cell.number for row in chart.rows for cell in row.cells)
    for size in (replace(WIDE, height=700), replace(NARROW, height=700), FLAT):
        texts = [text.text or "" for text in parsed(heat(chart, id="c", size=size)).iter(f"{SVG}text")]
        assert sorted(text for text in texts if text.isdigit()) == wanted


def test_the_lengths_of_a_strip_are_its_counts_and_stay_inside() -> None:
    root = parsed(f"<svg >{strip({'fulfilled': 1, 'at_risk': 3, 'no_data': 4}, 10, 0, 160, 9)}</svg>")
    pieces = [(float(piece.get("x", "")), float(piece.get("width", ""))) for piece in root]
    assert [piece.get("class") for piece in root] == [
        f"ch-piece ch-piece-{status}" for status in ("fulfilled", "atrisk", "nodata")
    ]
    assert [round(width + (2 if place < 2 else 1)) for place, (_x, width) in enumerate(pieces)] == [20, 60, 80]
    assert pieces[-1][0] + pieces[-1][1] <= 170
    assert "url(#bar-atrisk)" in root[1].get("fill", "")


def test_a_matrix_of_nothing_is_refused() -> None:
    assert heat_pair(Heat("T", "D", (), ()), id="c") == ""
    with pytest.raises(ValueError, match="rows and columns"):
        heat(Heat("T", "D", (), ()), id="c", size=WIDE)


def squares(late: bool = False) -> list[Square]:
    """A square at every place of the map, of each kind by turns."""
    kinds = ("endorsing", "outside", "observer")
    return [
        Square(row, column, f"W{row}M", kind, "" if kind == "outside" else "188", {"on_track": 3, "no_data": 1}, late)
        for row in range(ROWS)
        for column in range(COLUMNS)
        for kind in [kinds[(row + column) % 3]]
    ]


SIZES = (Size(600, 580, "wide", 0), Size(330, 440, "narrow", 0), Size(630, 200, "wide", 0), Size(630, 174, "wide", 0))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("late", [False, True])
def test_no_word_of_a_full_map_touches_another_or_leaves_its_square(size: Size, late: bool) -> None:
    root = parsed(tile_map(squares(late), title="T", description="D", id="m", size=size))
    assert problems(root, size) == []
    assert len(list(root.iter(f"{SVG}text"))) == 30 * 5, "a code in each, a number in all that have commitments"


@pytest.mark.parametrize("height", [140, 155, 174, 200, 215, 216, 240, 330, 440, 580])
def test_no_strip_of_a_map_covers_a_code_or_a_number(height: int) -> None:
    for size in (Size(630, height, "wide", 0), Size(330, height, "narrow", 0)):
        root = parsed(tile_map(squares(), title="T", description="D", id="m", size=size))
        strips = [piece for piece in root.iter(f"{SVG}rect") if piece.get("class", "").startswith("ch-piece")]
        tops = {float(strip.get("y", "")) for strip in strips}
        for text in root.iter(f"{SVG}text"):
            base, letters = float(text.get("y", "")), float(text.get("font-size", ""))
            covered = [top for top in tops if base - letters * 0.72 < top + 4 and top < base]
            assert covered == [], (size, text.text)
        assert bool(strips) is (height >= 216), "only where a square is high enough for it"


@pytest.mark.parametrize("drawn", [lambda: squares(), lambda: squares(late=True)])
def test_each_standing_has_a_frame_of_its_own(drawn: Callable[[], list[Square]]) -> None:
    frames = {}
    for square in drawn()[:3]:
        root = parsed(tile_map([replace(square, row=0, column=0)], title="T", description="D", id="m", size=SIZES[0]))
        frames[square.standing] = [
            (frame.get("stroke-dasharray"), frame.get("stroke"))
            for frame in root.iter(f"{SVG}rect")
            if not frame.get("class", "").startswith("ch-piece")
        ]
    assert (len(frames["endorsing"]), len(frames["observer"]), len(frames["outside"])) == (1, 2, 1)


def test_a_country_without_a_place_is_refused() -> None:
    with pytest.raises(ValueError, match="no place on the map"):
        tile_map([Square(0, COLUMNS, "XXX", "outside")], title="T", description="D", id="m", size=SIZES[0])
