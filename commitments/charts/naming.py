"""Which words a trajectory writes at its marks, and the places that each of them may take."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from commitments.charts.captions import Caption, Form, Standing, alone, around, at, softened, together
from commitments.charts.labels import Anchor, Box, Paper, Spot, text_width, wrapped
from commitments.charts.plot import LINE_HEIGHT, Plot, Size
from commitments.charts.series import Trajectory, Words

#: Beyond so many values the line goes without a dot for each.
MANY_POINTS = 30
#: What no label may be crossed by.
HARD = float("inf")
#: How far along the expected path its word may stand, best first: beyond the latest value, where the line is alone.
_ALONG = (0.8, 0.68, 0.9, 0.55, 0.42, 0.3, 0.18)


def laid_out(chart: Trajectory, says: Words, size: Size) -> tuple[Plot, Paper, list[Standing]]:
    """The paper with the labels of target and latest value; with more room above them where they find none."""
    above = len(wrapped(says.latest, size.label, size.width - 10.0, most=2)) * size.label * LINE_HEIGHT + 4
    for room in (0.0, above):
        plot = Plot.of(chart, says, size, room=room)
        paper = _paper(plot)
        captions = _captions(says, plot, spare=room > 0)
        rivals = [at(corner) for corner, lines in plot.earlier_targets if lines]
        found = together(paper, captions, rivals) if captions else []
        if found is not None:
            return plot, paper, found
    soft = softened(paper)
    one_by_one = [together(soft, [caption], rivals) or [] for caption in captions]
    return plot, paper, [standing for found in one_by_one for standing in found]


def _captions(says: Words, plot: Plot, *, spare: bool) -> list[Caption]:
    """The labels that are never left out, each in the forms it may take."""
    letters, found = plot.size.label, []
    if plot.target_lines:
        mark = at(plot.target) if plot.target else Box(plot.x.start, plot.level or 0, plot.x.end, plot.level or 0)
        shorter = wrapped(says.target, letters, text_width(says.target, letters) * 0.62)
        forms = [Form(lines, _target_spots(plot, len(lines))) for lines in _each(plot.target_lines, shorter)]
        found.append(Caption(mark, letters, forms))
    if says.latest and plot.runs:
        corner = plot.runs[-1][-1]
        room = _room_for(says.latest, plot)
        ways = [wrapped(says.latest, letters, width) for width in (room, room * 0.62)]
        if spare:
            ways.append(wrapped(says.latest, letters, plot.size.width - 10.0, most=2))
        forms = [Form(lines, [*around(corner, len(lines) * letters * LINE_HEIGHT)]) for lines in _each(*ways)]
        found.append(Caption(at(corner), letters, forms))
    return found


def _each(*ways: list[str]) -> list[list[str]]:
    """Different ways to break a label, none that would cut it where another does not."""
    found = [lines for turn, lines in enumerate(ways) if lines not in ways[:turn]]
    whole = [lines for lines in found if not any(line.endswith("…") for line in lines)]
    return whole or found[:1]


def notes(says: Words, plot: Plot, paper: Paper) -> Iterator[Standing]:
    """The lesser words, those that find a clean place: today, targets since replaced, what is expected."""
    letters = plot.size.axis
    wanted = []
    if says.today and plot.today is not None:
        mark = Box(plot.today, plot.y.end, plot.today, plot.y.start)
        wanted.append(Caption(mark, letters, [Form([says.today], _today_spots(plot))]))
    for corner, lines in plot.earlier_targets:
        if lines:
            spots = [*around(corner, len(lines) * letters * LINE_HEIGHT)]
            wanted.append(Caption(at(corner), letters, [Form(lines, spots)]))
    others = [at(corner) for corner in (*(plot.runs[-1][-1:] if plot.runs else ()), plot.target) if corner]
    others += [at(corner) for corner, lines in plot.earlier_targets if lines]
    for caption in wanted:
        standing = alone(paper, caption, others if caption.mark.left == caption.mark.right else ())
        if standing is not None:
            yield standing
    if says.expected and plot.path:
        for spot in sorted(_along(plot), key=lambda spot: spot.cost):
            nowhere = Caption(Box(spot.x, spot.top, spot.x, spot.top), letters, [Form([says.expected], [spot])])
            standing = alone(paper, nowhere, ())
            if standing is not None:
                yield standing
                return


def _room_for(text: str, plot: Plot) -> float:
    """How wide the lines of a label may be: beside the labels of the axis, unless one word alone is wider."""
    room = min(plot.size.longest_label * 0.7, plot.size.width - plot.x.start - 10)
    return max(room, *(text_width(word, plot.size.label) for word in text.split(" ")))


def _paper(plot: Plot) -> Paper:
    """The drawing so far, as labels see it: the tick labels stand fast; lines and marks are better not covered."""
    bottom, left = plot.y.start, plot.x.start
    paper = Paper(frame=Box(4, 4, plot.size.width - 2.0, bottom - 4))
    paper.labels += [Box(0, y - 7, left - 6, y + 7) for y, _ in plot.rows]
    for run in plot.runs:
        paper.lines += [((*one, *next_), HARD) for one, next_ in pairwise(run)]
        if len(run) <= MANY_POINTS:
            paper.marks += [Box(x - 5, y - 5, x + 5, y + 5) for x, y in run]
    paper.lines += [((*one, *next_), HARD) for one, next_ in pairwise(plot.path)]
    if plot.today is not None:
        paper.lines.append(((plot.today, plot.y.end, plot.today, bottom), 9.0))
    if plot.level is not None:
        paper.lines.append(((left, plot.level, plot.x.end, plot.level), HARD))
    for corners in plot.earlier:
        paper.lines += [((*one, *next_), 14.0) for one, next_ in pairwise(corners)]
    paper.marks += [Box(x - 7, y - 7, x + 7, y + 7) for (x, y), _ in plot.earlier_targets]
    if plot.target:
        x, y = plot.target
        paper.marks.append(Box(x - 9, y - 9, x + 9, y + 9))
    return paper


def _target_spots(plot: Plot, lines: int) -> list[Spot]:
    height, edge = lines * plot.size.label * LINE_HEIGHT, plot.size.width - 2.0
    if plot.target:
        x, y = plot.target
        return [
            *(Spot(edge, y - 13 - far - height, "end", far / 5) for far in (0, 16, 32, 48, 64)),
            *(Spot(edge, y + 13 + far, "end", 2 + far / 5) for far in (0, 8, 16, 32, 48, 64)),
            Spot(x - 16, y - height / 2, "end", 3),
            Spot(x + 16, y - height / 2, "start", 3),
            *(replace(spot, cost=spot.cost + 1.5) for spot in around(plot.target, height)),
        ]
    level = plot.level or 0.0
    middle = (plot.x.start + plot.x.end) / 2
    places: list[tuple[float, Anchor, float]] = [
        (plot.x.end, "end", 0.0),
        (plot.x.start + 6, "start", 1.0),
        (middle, "middle", 2.0),
    ]
    return [
        Spot(x, top, anchor, cost + more)
        for x, anchor, cost in places
        for top, more in ((level - 7 - height, 0.0), (level + 5, 2.0))
    ]


def _today_spots(plot: Plot) -> list[Spot]:
    x, height = plot.today or 0.0, plot.size.axis * LINE_HEIGHT
    low, high = plot.y.start - 5 - height, plot.y.end + 2
    rows = [low, high, *(low - 14 * turn for turn in range(1, int((low - high) / 14)))]
    sides: tuple[tuple[float, Anchor, float], ...] = ((6, "start", 0), (-6, "end", 1))
    return [
        Spot(x + side, top, anchor, 2.0 * turn + dear) for turn, top in enumerate(rows) for side, anchor, dear in sides
    ]


def _along(plot: Plot) -> list[Spot]:
    """Places beside the expected path, on the side away from where it is going."""
    height, line = plot.size.axis * LINE_HEIGHT, plot.path
    spots = []
    for rank, share in enumerate(_ALONG):
        x = line[0][0] + share * (line[-1][0] - line[0][0])
        before, after = next(
            (pair for pair in pairwise(line) if pair[0][0] <= x <= pair[1][0] and pair[0][0] < pair[1][0]),
            (line[0], line[-1]),
        )
        run = after[0] - before[0]
        y = before[1] + (after[1] - before[1]) * ((x - before[0]) / run if run else 0)
        rising = after[1] <= before[1]
        spots.append(Spot(x + 8 if rising else x - 8, y + 6, "start" if rising else "end", rank))
        spots.append(Spot(x - 8 if rising else x + 8, y - 6 - height, "end" if rising else "start", rank + 1.5))
    return spots
