"""The typeface of the site, cut to the letters of its four languages.

Public Sans (SIL Open Font License) comes whole in `fontpkg-public-sans`. Which letters go into which file is read from
the style sheet, where every @font-face says its file and its `unicode-range`; browsers load a file only for those.
"""

import logging
import re
from importlib.resources import files
from pathlib import Path

#: Features that the style sheet uses: kerning, ligatures, marks, tabular figures.
FEATURES = ["kern", "liga", "calt", "ccmp", "locl", "mark", "mkmk", "tnum", "lnum", "case"]
_FACE = re.compile(r"@font-face\s*\{(?P<body>.*?)\}", re.DOTALL)
_FILE = re.compile(r"url\(\"\.\./fonts/(?P<name>[\w-]+\.woff2)\"\)")
_RANGES = re.compile(r"unicode-range:(?P<ranges>[^;]+);")


def source() -> Path:
    """The whole variable font."""
    return Path(str(files("fontpkg_public_sans"))) / "files" / "PublicSans[wght].ttf"


def subsets(stylesheet: Path) -> dict[str, list[int]]:
    """The files that a style sheet asks for, and the code points of each."""
    faces = [face["body"] for face in _FACE.finditer(stylesheet.read_text())]
    found = [(_FILE.search(body), _RANGES.search(body)) for body in faces]
    return {name["name"]: letters(ranges["ranges"]) for name, ranges in found if name and ranges}


def letters(ranges: str) -> list[int]:
    """The code points of a `unicode-range`."""
    points: list[int] = []
    for part in ranges.split(","):
        first, _, last = part.strip().removeprefix("U+").partition("-")
        points.extend(range(int(first, 16), int(last or first, 16) + 1))
    return points


def build(stylesheet: Path, folder: Path) -> None:
    """Write the subsets as WOFF2."""
    from fontTools import subset  # heavy, and needed only when something changed

    logging.getLogger("fontTools").setLevel(logging.WARNING)
    folder.mkdir(parents=True, exist_ok=True)
    for name, points in subsets(stylesheet).items():
        options = subset.Options(flavor="woff2", layout_features=FEATURES, notdef_outline=True)
        font = subset.load_font(str(source()), options)
        cutter = subset.Subsetter(options)
        cutter.populate(unicodes=points)
        cutter.subset(font)
        subset.save_font(font, str(folder / name), options)
