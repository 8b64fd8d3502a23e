"""Words at marks: each beside its own or tied to it by a thin line, crossed by no other line, none over another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from math import hypot, inf

from commitments.charts.labels import Box, Paper, Placed, Segment, Spot, text_width
from commitments.charts.plot import LINE_HEIGHT, Corner

#: A label that stands farther from its mark than this, or nearer another one, is tied to its own.
NEAR = 26.0
#: How much nearer to its own mark than to another a label should stand.
CLEAR = 10.0
#: What it costs a label to be nearer a mark that is not its own, and a tie to run over another label.
WRONG, OVER = 30.0, 40.0
#: So many of the best clean places of one label are tried with those of the other.
MOST = 10


@dataclass(frozen=True, slots=True)
class Form:
    """A label broken into lines, and the places it might stand so."""

    lines: list[str]
    spots: list[Spot]


@dataclass(frozen=True, slots=True)
class Caption:
    """A label: its mark, the size of its letters, its forms, the best liked first, and how many places to try."""

    mark: Box
    letters: float
    forms: Sequence[Form]
    most: int = MOST


@dataclass(frozen=True, slots=True)
class Standing:
    """A label where it stands: its lines and box, and the line that ties it to its mark where one is needed."""

    lines: list[str]
    placed: Placed
    letters: float
    tie: Segment | None
    cost: float


def at(corner: Corner) -> Box:
    """A mark that is a point."""
    return Box(corner[0], corner[1], corner[0], corner[1])


def together(
    paper: Paper, captions: Sequence[Caption], rivals: Sequence[Box], *, clear: bool = False
) -> list[Standing] | None:
    """The places of a few labels that go best together; None where they find no clean ones.

    `clear`: no tie runs over another of them or through another mark, even where it could be the best.
    """
    marks = [*rivals, *(caption.mark for caption in captions)]
    for anywhere in (False, True):
        choices = [_choices(paper, caption, marks, anywhere=anywhere, clear=clear) for caption in captions]
        best = _best(choices, over=inf if clear else OVER)
        if best is not None:
            for standing in best:
                settle(paper, standing)
            return best
    return None


def alone(paper: Paper, caption: Caption, rivals: Sequence[Box], *, tied: bool = True) -> Standing | None:
    """The best place of a label that may be left out; None where it finds no clean one, or none without a tie."""
    found = _choices(paper, caption, [*rivals, caption.mark], anywhere=False)
    found = found if tied else [standing for standing in found if standing.tie is None]
    if not found:
        return None
    settle(paper, found[0])
    return found[0]


def settle(paper: Paper, standing: Standing) -> None:
    """What stands is in the way of all labels after it."""
    paper.labels.append(standing.placed.box)
    if standing.tie is not None:
        paper.lines.append((standing.tie, inf))


def _best(
    choices: list[list[Standing]], chosen: tuple[Standing, ...] = (), under: float = inf, *, over: float
) -> list[Standing] | None:
    """One of each, none over another, for the least that they cost together."""
    if not all(choices):
        return None
    if len(chosen) == len(choices):
        return [*chosen]
    best: list[Standing] | None = None
    spent = sum(standing.cost for standing in chosen)
    rest = sum(others[0].cost for others in choices[len(chosen) + 1 :])
    for standing in choices[len(chosen)]:
        if spent + standing.cost + rest >= under:
            break
        if any(standing.placed.box.touches(other.placed.box, 3) for other in chosen):
            continue
        crossings = sum(_runs_over(standing, other) + _runs_over(other, standing) for other in chosen)
        cost = standing.cost + (over * crossings if crossings else 0.0)
        found = _best(choices, (*chosen, replace(standing, cost=cost)), under, over=over)
        if found is not None:
            total = sum(standing.cost for standing in found)
            if total < under:
                best, under = found, total
    return best


def _runs_over(one: Standing, other: Standing) -> bool:
    """Whether the thin line of one runs through the words of the other."""
    return one.tie is not None and other.placed.box.crossed_by(one.tie)


def _choices(
    paper: Paper, caption: Caption, marks: Sequence[Box], *, anywhere: bool, clear: bool = False
) -> list[Standing]:
    """Every clean place of a label, the best first."""
    others = [mark for mark in marks if not _is_there(mark, caption.mark)]
    found = []
    for turn, form in enumerate(caption.forms):
        width = max(text_width(line, caption.letters) for line in form.lines)
        height = len(form.lines) * caption.letters * LINE_HEIGHT
        spots = paper.everywhere(form.spots[0]) if anywhere else [*form.spots]
        spots.sort(key=lambda spot: spot.cost)
        for placed, cost in islice(paper.clean(width, height, spots), caption.most):
            own, tie = placed.box.gap(caption.mark), None
            nearest = min((placed.box.gap(mark) for mark in others), default=inf)
            cost += 1.5 * turn + max(0.0, CLEAR - (nearest - own)) / 4
            if nearest < own + 4 or own > NEAR:
                tie = _tie(placed.box, caption.mark)
                cost += WRONG * (nearest < own + 4) + own / 8
                if clear and any(mark.crossed_by(tie) for mark in others):
                    continue
            found.append(Standing(form.lines, placed, caption.letters, tie, cost))
    return sorted(found, key=lambda standing: standing.cost)


def _is_there(one: Box, other: Box) -> bool:
    """Whether two marks stand in the same place, so that no label can be nearer to one of them."""
    return max(abs(one.left - other.left), abs(one.top - other.top)) < 3


def _tie(box: Box, mark: Box) -> Segment:
    """From the edge of a label to just before its mark: a point with room around it, a box, or a long line."""
    is_line = mark.right - mark.left > 40
    x = (box.left + box.right) / 2 if is_line else (mark.left + mark.right) / 2
    y = (mark.top + mark.bottom) / 2
    begins = min(max(x, box.left), box.right), min(max(y, box.top), box.bottom)
    far = hypot(x - begins[0], y - begins[1]) or 1.0
    stops = min(0.0 if is_line else 10.0, far)
    return (*begins, x - (x - begins[0]) * stops / far, y - (y - begins[1]) * stops / far)


def softened(paper: Paper) -> Paper:
    """The same paper where lines may be crossed if nothing else is left."""
    return replace(paper, lines=[(line, min(weight, 22.0)) for line, weight in paper.lines])


def around(corner: Corner, height: float, far: Sequence[int] = (0, 16, 32, 48)) -> Iterator[Spot]:
    """The places around a mark: above, below, beside, and farther off in steps."""
    x, y = corner
    for step in far:
        above, below = y - 11 - height - step, y + 11 + step
        dear = step / 6
        yield Spot(x - 8, above + 2, "end", 0 + dear)
        yield Spot(x + 8, above + 2, "start", 1 + dear)
        yield Spot(x, above, "middle", 2 + dear)
        yield Spot(x + 8, below - 2, "start", 2 + dear)
        yield Spot(x - 8, below - 2, "end", 3 + dear)
        yield Spot(x, below, "middle", 3 + dear)
        for drop in (0, -6, 6) if step else (0,):
            yield Spot(x - 14 - step, y - height / 2 + drop, "end", 4 + dear)
            yield Spot(x + 14 + step, y - height / 2 + drop, "start", 4 + dear)
