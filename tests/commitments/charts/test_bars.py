"""Status bars and block rows: fixed order, true shares, nothing too small to see."""

import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.charts.bars import GAP, LEAST, ORDER, ROOM, block_row, status_bar, status_patterns
from commitments.charts.svg import PAPER

SVG = "{http://www.w3.org/2000/svg}"


def parsed(drawing: str) -> ElementTree.Element:
    return ElementTree.fromstring(drawing.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))  # noqa: S314


def segments(drawing: str) -> list[tuple[str, float, float]]:
    """Status key, start and length in percent of each segment."""
    found = []
    for segment in parsed(drawing).iterfind(f"{SVG}svg"):
        rect = segment.find(f"{SVG}rect")
        assert rect is not None
        key = rect.get("class", "").split()[1].removeprefix("ch-seg-")
        found.append((key, float(segment.get("x", "").rstrip("%")), float(segment.get("width", "").rstrip("%"))))
    return found


def test_segments_keep_their_order_and_their_shares() -> None:
    counts = {"no_data": 2, "on_track": 28, "fulfilled": 10, "not_started": 5, "off_track": 5}
    assert segments(status_bar(counts, height=20)) == [
        ("fulfilled", 0, 20),
        ("ontrack", 20, 56),
        ("offtrack", 76, 10),
        ("notstarted", 86, 10),
        ("nodata", 96, 4),
    ]


def test_only_statuses_that_occur_are_drawn() -> None:
    assert segments(status_bar({"at_risk": 3, "on_track": 0})) == [("atrisk", 0, 100)]
    assert status_bar({"at_risk": 0}) == ""
    assert status_bar({}) == ""


def test_bars_refer_to_patterns_that_stand_elsewhere() -> None:
    drawing = status_bar({"at_risk": 1, "off_track": 1, "no_data": 1, "fulfilled": 1})
    assert re.findall(r'<pattern id="([^"]+)"', status_patterns()) == ["bar-atrisk", "bar-offtrack", "bar-nodata"]
    assert re.findall(r"url\(#([^)]+)\)", drawing) == ["bar-atrisk", "bar-offtrack", "bar-nodata"]
    assert "<pattern" not in drawing


def test_a_bar_is_hidden_from_screen_readers_and_carries_no_style() -> None:
    for drawing in (status_bar({"at_risk": 1}), block_row(["done", "late", "open"])):
        root = parsed(drawing)
        assert root.get("aria-hidden") == "true"
        assert [element for element in root.iter() if element.get("style")] == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"counts": {"late": 1}},
        {"counts": {"at_risk": -1}},
        {"counts": {"at_risk": 1}, "height": 10},
    ],
)
def test_what_is_no_bar_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="bar"):
        status_bar(**wrong)


@given(st.dictionaries(st.sampled_from(ORDER), st.integers(0, 5000)), st.sampled_from(sorted(ROOM)))
def test_every_segment_can_be_seen_and_none_overlaps(counts: dict[str, int], height: int) -> None:
    parts = segments(status_bar(counts, height=height)) if any(counts.values()) else []
    least = min((LEAST + GAP) / ROOM[height] * 100, 100 / len(parts)) if parts else 0
    assert [key for key, _, _ in parts] == [status.replace("_", "") for status in ORDER if counts.get(status)]
    assert all(length >= least - 0.02 for _, _, length in parts)
    assert all(abs(start + length - after) <= 0.02 for (_, start, length), (_, after, _) in pairwise(parts))
    assert not parts or abs(parts[-1][1] + parts[-1][2] - 100) <= 0.02


def test_blocks_show_done_late_and_open_in_their_order() -> None:
    root = parsed(block_row(["done", "done", "late", "open"]))
    assert [rect.get("class") for rect in root] == ["ch-done", "ch-done", "ch-late", "ch-open"]
    assert root.get("viewBox") == "0 0 45 20"
    assert block_row([]) == ""


def test_the_colours_of_paper_are_the_light_tokens() -> None:
    css = (Path(__file__).parents[3] / "static" / "css" / "tokens.css").read_text()
    light = css[css.index(":root {") : css.index("@media screen and (prefers-color-scheme: dark)")]
    tokens = dict(re.findall(r"--ld-([a-z0-9-]+): (#[0-9a-f]{6});", light))
    assert {name: tokens[name] for name in PAPER} == PAPER


def test_every_class_of_a_drawing_has_its_rule() -> None:
    sheets = Path(__file__).parents[3] / "static" / "css"
    css = "".join((sheets / name).read_text() for name in ("charts.css", "drawings.css"))
    sources = (Path(__file__).parents[3] / "commitments" / "charts").glob("*.py")
    used = {name for source in sources for name in re.findall(r'class="(ch-[a-z-]+)"', source.read_text())}
    assert sorted(name for name in used if f".{name}" not in css) == []
