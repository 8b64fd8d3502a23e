"""What the files have in common: how a file is described, and the shapes of sources, actors and identifiers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from commitments.exchange.reference.problems import Spot
from commitments.exchange.reference.shapes import (
    Shape,
    address,
    code,
    exact_day,
    map_of,
    nullable,
    one_of,
    partial_date,
    record,
    text,
    whole,
)


def by(*names: str) -> Callable[[Any], str]:
    """The values that name a record in messages, and that no two records share."""
    return lambda row: " ".join(str(row.get(name, "")) for name in names).strip() if isinstance(row, dict) else ""


BY_ID = by("id")


@dataclass(frozen=True, slots=True)
class Section:
    """A list of records in a file. What waits for a room of its own is checked, kept and reported, never refused."""

    name: str
    shape: Shape
    identity: Callable[[Any], str] = BY_ID
    waits: bool = False


@dataclass(frozen=True, slots=True)
class FileKind:
    """A file of the record: its name, its lists of records, and what else may stand at its top."""

    name: str
    sections: tuple[Section, ...]
    head: Mapping[str, Shape] = field(default_factory=dict)
    columns: tuple[str, ...] = ()

    @property
    def is_table(self) -> bool:
        """Whether it is a CSV file, with exactly these columns."""
        return bool(self.columns)

    @property
    def waits(self) -> bool:
        """Whether all of it waits for a room of its own."""
        return all(section.waits for section in self.sections)


def optional(shape: Shape) -> Shape:
    """A cell of a table that may be empty."""

    def check(value: Any, spot: Spot) -> None:
        if value != "":
            shape(value, spot)

    return check


SLUG = code(r"[a-z0-9][a-z0-9_-]{0,79}", "a slug of small letters, digits and hyphens")
ISO3 = code(r"[A-Z]{3}", "a country code of three letters")
ISO2 = code(r"[A-Z]{2}", "a country code of two letters")
MECHANISM = code(r"[A-Z0-9]{2,10}", "a mechanism code")
LANGUAGE = code(r"[a-z]{2,3}(-[A-Za-z0-9]{2,4})?", "a language code")
CITED = text(200)

#: What the files of facts say about themselves.
HEAD: dict[str, Shape] = {
    "format": whole(1, 1),
    "as_of": exact_day,
    "about": text(),
    "fields": map_of(text()),
    "count": whole(0, 1_000_000),
}

SOURCE = record(
    {
        "title": text(500),
        "url": nullable(address),
        "publisher": nullable(text(300)),
        "published": nullable(partial_date),
        "language": nullable(LANGUAGE),
    },
    {"other_languages": map_of(address), "note": text()},
)


def _actor_is_somebody(value: Any, spot: Spot) -> None:
    if value["type"] == "country":
        if value["iso3"] is None:
            spot.within("iso3").refuse("is missing for a country")
    elif value["iso3"] is not None:
        spot.within("iso3").refuse(f"is given for {value['type']}")


ACTOR = record(
    {"type": one_of(["country", "organisation", "group"]), "iso3": nullable(ISO3), "name": text(200)},
    {"code": nullable(text(20))},
    _actor_is_somebody,
)
