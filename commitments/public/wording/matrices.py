"""Matrices and the map where they stand elsewhere: as pictures and in frames."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from commitments.charts.bars import status_patterns
from commitments.charts.heat import Heat, heat, heat_pair
from commitments.charts.picture import Drawer
from commitments.charts.plot import NARROW, WIDE, Size
from commitments.charts.svg import drawn
from commitments.charts.tilemap import Square, tile_map
from commitments.formats.addresses import address
from commitments.public.queries.crossing import Crossing
from commitments.public.queries.matrix import Matrix
from commitments.public.queries.places import Place
from commitments.public.wording.counts import commitments_counted, number
from commitments.public.wording.heat import crossing_heat, crossing_sentence, matrix_heat, matrix_sentence
from commitments.public.wording.pictures import Shown, own_words
from commitments.public.wording.places import tiles


def of_pillars(found: Crossing, *, on: date) -> Shown:
    """Countries against pillars by status."""
    return _of_heat(crossing_heat(found), crossing_sentence(found), "pillars", on=on, has_statuses=True)


def of_matrix(found: Matrix, *, on: date) -> Shown:
    """Workstreams against the groups of the other mechanisms."""
    return _of_heat(matrix_heat(found), matrix_sentence(found), "matrix", on=on, has_statuses=False)


def _of_heat(chart: Heat, sentence: str, kind: str, *, on: date, has_statuses: bool) -> Shown:
    def draw(width: int, height: int) -> str:
        drawing = heat(chart, id="drawn", size=Size(width, height, "wide", longest_label=0))
        return f"<defs>{status_patterns()}</defs>{drawing}" if has_statuses else drawing

    is_empty = not chart.rows or not chart.columns
    return Shown(
        kind=kind,
        code="",
        title=own_words(chart.title),
        sentence=sentence,
        source=own_words(_("the published record of this tracker") if has_statuses else _("the policy paper of 2023")),
        on=on,
        page=address(f"public:{kind}"),
        chart="" if is_empty else heat_pair(chart, id="chart"),
        drawer=None if is_empty else draw,
    )


def of_map(found: Iterable[Place], *, on: date, late_on: date) -> Shown:
    """Every country on the map of equal squares, with how many commitments it made and how they stand."""
    places = list(found)
    squares = [
        Square(
            *(tile.row, tile.col, tile.code, tile.kind),
            number(tile.count) if tile.is_linked else "",
            tile.counts,
            tile.is_late,
        )
        for tile in tiles(places, late_on)
    ]
    sentence = _("%(commitments)s under the Declaration, one square per country.") % {
        "commitments": commitments_counted(sum(place.counted.total for place in places))
    }
    words: dict[str, Any] = {"title": _("Commitments by country"), "description": sentence}

    def draw(width: int, height: int) -> str:
        size = Size(width, height, "wide", longest_label=0)
        return f"<defs>{status_patterns()}</defs>{tile_map(squares, id='drawn', size=size, **words)}"

    sizes = Size(WIDE.width, 580, "wide", 0), Size(NARROW.width, 440, "narrow", 0)
    both = (tile_map(squares, id=f"chart-{size.name}", size=size, **words) for size in sizes)
    drawer: Drawer = draw
    return Shown(
        kind="map",
        code="",
        title=own_words(_("Commitments by country")),
        sentence=sentence,
        source=own_words(_("the published record of this tracker")),
        on=on,
        page=address("public:countries"),
        chart=drawn('<div class="ch-pair">', *both, "</div>"),
        drawer=drawer,
    )
