"""Every pair of colours that stands on the other, in light and dark, by the WCAG 2.2 formula."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).resolve().parents[2] / "static" / "css" / "tokens.css"
STATUSES = ("fulfilled", "ontrack", "atrisk", "offtrack", "notstarted", "nodata")
GROUNDS = ("bg", "surface", "sunken")
TEXT, SHAPE = 4.5, 3.0


def blocks() -> list[dict[str, str]]:
    """The colour declarations of each rule in tokens.css, in order: light, dark by system, dark by choice."""
    rules = re.findall(r":root[^{]*\{([^}]*)\}", TOKENS.read_text(encoding="utf-8"))
    found = [dict(re.findall(r"--ld-([a-z0-9-]+):\s*(#[0-9a-f]{6});", rule)) for rule in rules]
    return [colours for colours in found if colours]


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb (WCAG 2.2)."""
    channels = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio, from 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def pairs() -> list[tuple[str, str, float]]:
    """What stands on what, and how much contrast it needs: 4.5 for words, 3 for shapes and borders."""
    words = [(text, ground) for text in ("ink", "muted", "link", "brand") for ground in GROUNDS]
    words += [("on-brand", "brand"), ("on-brand", "brand-hover")]
    words += [(f"{status}-tx", ground) for status in STATUSES for ground in (f"{status}-bg", *GROUNDS)]
    words += [("ink", f"{status}-bg") for status in STATUSES]
    words += [("link", f"{status}-bg") for status in STATUSES]
    shapes = [("line-strong", ground) for ground in GROUNDS]
    shapes += [(status, ground) for status in STATUSES for ground in GROUNDS]
    shapes += [("focus", ground) for ground in GROUNDS] + [("focus-halo", "focus")]
    return [(*pair, TEXT) for pair in words] + [(*pair, SHAPE) for pair in shapes]


def test_the_formula_gives_the_published_values() -> None:
    assert contrast("#000000", "#ffffff") == 21
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54


def test_there_is_one_light_and_one_dark_set_of_colours() -> None:
    light, by_system, by_choice = blocks()

    assert by_system == by_choice
    assert set(light) == set(by_system)
    assert not {name for name in light if light[name] == by_system[name]}


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_every_pair_can_be_read(mode: str) -> None:
    colours = blocks()[0 if mode == "light" else 1]

    short = [
        f"{one} on {other}: {contrast(colours[one], colours[other]):.2f} of {least}"
        for one, other, least in pairs()
        if contrast(colours[one], colours[other]) < least
    ]

    assert short == []
