"""Countries in words: the squares of the map, and how many have endorsed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from commitments.formats.addresses import address
from commitments.formats.dates import long_date
from commitments.mechanisms.models import AdherenceCount
from commitments.public.queries.places import Place
from commitments.public.wording.counts import commitments_counted, in_words, language, number
from commitments.reporting.duties import due_tag


def ordinal(value: int) -> str:
    """The place in a row: 22nd, 22.º, 22º, 22e."""
    lang = language()
    if lang == "en":
        teen = 10 <= value % 100 <= 20
        return f"{value}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(value % 10, 'th')}"
    if lang == "fr":
        return "1er" if value == 1 else f"{value}e"
    return f"{value}{'.º' if lang == 'es' else 'º'}"


def later_count(count: AdherenceCount, named: int) -> str:
    """A later number of endorsing countries beside those that are named: "22 by September 2024, the 22nd not named"."""
    as_of = count.as_of_date
    parts = {
        "count": number(count.count),
        "date": long_date(as_of, language()) if as_of else "",
        "missing": number(count.count - named),
        "ordinal": ordinal(count.count),
    }
    if count.count - named == 1:
        return _("%(count)s by %(date)s, the %(ordinal)s not named") % parts
    return _("%(count)s by %(date)s, %(missing)s of them not named") % parts


@dataclass(frozen=True, slots=True)
class Tile:
    """One square of the map."""

    row: int
    col: int
    code: str
    kind: str
    url: str
    count: int
    counts: dict[str, int]
    sentence: str
    is_late: bool = False

    @property
    def is_linked(self) -> bool:
        """Whether it has a number, a strip and a link: it endorsed the Declaration, or has commitments all the same."""
        return self.kind == "endorsing" or self.count > 0


def tiles(places: Iterable[Place], late_on: date) -> list[Tile]:
    """The squares of the map in row order."""
    found = [
        Tile(
            row=place.country.tile_row,
            col=place.country.tile_column,
            code=place.country.iso3,
            kind=place.kind,
            url=address("public:country", place.country.iso3),
            count=place.counted.total,
            counts=place.counted.counts,
            sentence=place_sentence(place, late_on),
            is_late=place.late_since is not None,
        )
        for place in places
        if place.country.tile_row is not None and place.country.tile_column is not None
    ]
    return sorted(found, key=lambda tile: (tile.row, tile.col))


def place_sentence(place: Place, late_on: date) -> str:
    """A square in words: "Costa Rica: 3 commitments (2 on track; 1 at risk). Report: 8 days late"."""
    standing = _standing_sentence(place)
    if place.late_since is None:
        return standing
    late = _("Report: %(late)s") % {"late": due_tag(place.late_since, late_on).text}
    return f"{standing}. {late}"


def _standing_sentence(place: Place) -> str:
    parts = {"country": place.name.text}
    if place.counted.total:
        parts |= {"commitments": commitments_counted(place.counted.total), "statuses": in_words(place.counted)}
    if place.kind == "endorsing":
        if not place.counted.total:
            return _("%(country)s: no commitment on record") % parts
        return _("%(country)s: %(commitments)s (%(statuses)s)") % parts
    if place.kind == "observer":
        standing = _("%(country)s: observer country") % parts
    elif place.has_left:
        standing = _("%(country)s: has withdrawn from the Declaration") % parts
    else:
        standing = _("%(country)s: has not endorsed the Declaration") % parts
    if not place.counted.total:
        return standing
    return _("%(standing)s. On record: %(commitments)s (%(statuses)s)") % {"standing": standing, **parts}
