"""Where the shapes of a drawing stand on its paper, read from the drawing itself."""

import re
from itertools import pairwise
from xml.etree import ElementTree

from commitments.charts.labels import Box, Segment

SVG = "{http://www.w3.org/2000/svg}"
_COMMAND = re.compile(r"([A-Za-z])([^A-Za-z]*)")
_NUMBER = re.compile(r"-?\d*\.?\d+")
_MOVED = re.compile(r"translate\((\S+) (\S+)\) scale\((\S+)\)")


def corners(drawn: str) -> list[list[tuple[float, float]]]:
    """The corners of each run of a path: of the commands M, L, l, H, h, V, v and Z, as our drawings use them."""
    runs: list[list[tuple[float, float]]] = []
    for command, rest in _COMMAND.findall(drawn):
        numbers = [float(number) for number in _NUMBER.findall(rest)]
        x, y = runs[-1][-1] if runs else (0.0, 0.0)
        match command:
            case "M":
                runs.append([(numbers[0], numbers[1])])
            case "Z":
                runs[-1].append(runs[-1][0])
            case "H" | "h":
                runs[-1].append((numbers[0] + (x if command == "h" else 0.0), y))
            case "V" | "v":
                runs[-1].append((x, numbers[0] + (y if command == "v" else 0.0)))
            case "L":
                runs[-1] += zip(numbers[::2], numbers[1::2], strict=True)
            case "l":
                for right, down in zip(numbers[::2], numbers[1::2], strict=True):
                    x, y = x + right, y + down
                    runs[-1].append((x, y))
            case _:
                raise AssertionError(command)
        if command == "M" and len(numbers) > 2:
            runs[-1] += zip(numbers[2::2], numbers[3::2], strict=True)
    return runs


def lines(root: ElementTree.Element, kind: str) -> list[Segment]:
    """The straight parts of the paths of a kind."""
    paths = [path.get("d", "") for path in root.iterfind(f".//{SVG}path[@class='{kind}']")]
    return [(*one, *other) for path in paths for run in corners(path) for one, other in pairwise(run)]


def room_of(shape: ElementTree.Element) -> Box:
    """What a shape takes of the paper, with half the breadth of its line around it."""
    if shape.tag == f"{SVG}g":
        moved = _MOVED.fullmatch(shape.get("transform", ""))
        assert moved is not None
        left, top, scale = (float(number) for number in moved.groups())
        return Box(left, top, left + 18 * scale, top + 18 * scale)
    if shape.tag == f"{SVG}rect":
        left, top = float(shape.get("x", "")), float(shape.get("y", ""))
        return Box(left, top, left + float(shape.get("width", "")), top + float(shape.get("height", "")))
    edge = float(shape.get("stroke-width", "1")) / 2
    if shape.tag == f"{SVG}circle":
        x, y, reach = (float(shape.get(name, "")) for name in ("cx", "cy", "r"))
        return Box(x - reach - edge, y - reach - edge, x + reach + edge, y + reach + edge)
    spots = [spot for run in corners(shape.get("d", "")) for spot in run]
    across, down = [x for x, _y in spots], [y for _x, y in spots]
    return Box(min(across) - edge, min(down) - edge, max(across) + edge, max(down) + edge)
