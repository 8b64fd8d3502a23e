"""What a value in a file may be. A shape looks at a value and notes on the spot what is wrong with it."""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from commitments.exchange.reference.problems import Spot
from commitments.formats.language import LANGUAGES
from commitments.formats.partial import PartialDate, Precision

Shape = Callable[[Any, Spot], None]

#: Figures are kept with up to 15 digits before the mark and 4 after it.
LARGEST = Decimal(10) ** 15
SMALLEST_STEP = Decimal("0.0001")
#: Dates outside these years are slips of the hand.
YEARS = range(1900, 2201)
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_is_address = URLValidator(schemes=["http", "https"])


def _name(value: Any) -> str:
    """What a value is, in words."""
    names = {dict: "a record", list: "a list", str: "a text", bool: "true or false", type(None): "empty"}
    return names.get(type(value), "a number")


def shown(value: Any) -> str:
    """A value as a message quotes it."""
    text = value if isinstance(value, str) else str(value)
    return f'"{text[:60]}…"' if len(text) > 60 else f'"{text}"'


def text(limit: int | None = None) -> Shape:
    """A text that says something."""

    def check(value: Any, spot: Spot) -> None:
        if not isinstance(value, str):
            spot.refuse(f"must be a text, not {_name(value)}")
        elif not value.strip():
            spot.refuse("is empty; write null where there is nothing to say")
        elif _CONTROLS.search(value):
            spot.refuse("holds a control character")
        elif limit is not None and len(value) > limit:
            spot.refuse(f"is {len(value)} characters long; {limit} are kept")

    return check


def flag(value: Any, spot: Spot) -> None:
    """True or false."""
    if not isinstance(value, bool):
        spot.refuse(f"must be true or false, not {_name(value)}")


def whole(least: int, most: int) -> Shape:
    """A whole number between two bounds."""

    def check(value: Any, spot: Spot) -> None:
        if isinstance(value, bool) or not isinstance(value, int):
            spot.refuse(f"must be a whole number, not {_name(value)}")
        elif not least <= value <= most:
            spot.refuse(f"must lie between {least} and {most}, not {value}")

    return check


def figure(value: Any, spot: Spot) -> None:
    """A number as its source prints it."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        spot.refuse(f"must be a number, not {_name(value)}")
        return
    number = Decimal(value)
    if abs(number) >= LARGEST:
        spot.refuse("is larger than any figure that is kept")
    elif number != number.quantize(SMALLEST_STEP):
        spot.refuse(f"{value} has more than four decimals")


def one_of(allowed: Collection[str]) -> Shape:
    """One word of a fixed list."""
    words = tuple(allowed)

    def check(value: Any, spot: Spot) -> None:
        if not isinstance(value, str) or value not in words:
            spot.refuse(f"{shown(value)} is none of {', '.join(words)}")

    return check


def code(pattern: str, meaning: str) -> Shape:
    """A short text of a fixed form."""
    form = re.compile(pattern, re.ASCII)

    def check(value: Any, spot: Spot) -> None:
        if not isinstance(value, str) or not form.fullmatch(value):
            spot.refuse(f"{shown(value)} is not {meaning}")

    return check


def partial_date(value: Any, spot: Spot) -> None:
    """A date as exactly as it is known: 2023, 2023-10, 2023-10-05."""
    parse_date(value, spot)


def parse_date(value: Any, spot: Spot) -> PartialDate | None:
    """The date behind a text; None, and a note, when it is none."""
    if not isinstance(value, str):
        spot.refuse(f"must be a date, not {_name(value)}")
        return None
    try:
        day = PartialDate.parse(value)
    except ValueError as problem:
        spot.refuse(str(problem))
        return None
    if day.first.year not in YEARS:
        spot.refuse(f"{shown(value)} lies outside the years {YEARS.start} to {YEARS.stop - 1}")
        return None
    return day


def exact_day(value: Any, spot: Spot) -> None:
    """A date known to the day."""
    day = parse_date(value, spot)
    if day is not None and day.precision is not Precision.DAY:
        spot.refuse(f"{shown(value)} must name the day")


def address(value: Any, spot: Spot) -> None:
    """A web address."""
    if not isinstance(value, str) or len(value) > 1000:
        spot.refuse("must be an address of at most 1000 characters")
        return
    try:
        _is_address(value)
    except ValidationError:
        spot.refuse(f"{shown(value)} is not a web address")


def time_zone(value: Any, spot: Spot) -> None:
    """A zone of the IANA database."""
    if value not in available_timezones():
        spot.refuse(f"{shown(value)} is not a time zone")


def nullable(shape: Shape) -> Shape:
    """Null, or a value of that shape."""

    def check(value: Any, spot: Spot) -> None:
        if value is not None:
            shape(value, spot)

    return check


def list_of(shape: Shape, *, distinct: bool = False) -> Shape:
    """A list, each item of that shape."""

    def check(value: Any, spot: Spot) -> None:
        if not isinstance(value, list):
            spot.refuse(f"must be a list, not {_name(value)}")
            return
        for number, item in enumerate(value):
            shape(item, spot.within(number))
        if distinct and len({str(item) for item in value}) < len(value):
            spot.refuse("names something twice")

    return check


def map_of(shape: Shape) -> Shape:
    """A record with free names, each value of that shape."""

    def check(value: Any, spot: Spot) -> None:
        if not isinstance(value, dict):
            spot.refuse(f"must be a record, not {_name(value)}")
            return
        for name, item in value.items():
            shape(item, spot.within(name))

    return check


def record(required: Mapping[str, Shape], optional: Mapping[str, Shape] | None = None, *rules: Shape) -> Shape:
    """A record with these fields and no other; the rules look at it as a whole once its fields are sound."""
    known = {**required, **(optional or {})}

    def check(value: Any, spot: Spot) -> None:
        if not isinstance(value, dict):
            spot.refuse(f"must be a record, not {_name(value)}")
            return
        before = len(spot.problems)
        for name in required:
            if name not in value:
                spot.within(name).refuse("is missing")
        for name, item in value.items():
            if name not in known:
                spot.within(name).refuse("is a field that nobody knows; it would be lost")
            else:
                known[name](item, spot.within(name))
        if len(spot.problems) == before:
            for rule in rules:
                rule(value, spot)

    return check


def translated(limit: int | None = None) -> Shape:
    """A text in each of the four languages."""
    return record({language: text(limit) for language in LANGUAGES})


def dated(name: str, precision: str) -> Shape:
    """A rule: the date and the word for how exactly it is known agree, and neither stands alone."""

    def check(value: Any, spot: Spot) -> None:
        written, word = value[name], value[precision]
        if written is None and word is None:
            return
        if written is None:
            spot.within(precision).refuse("is given without a date")
            return
        day = parse_date(written, spot.within(name))
        if day is not None and word != day.precision.value.replace("_", " ") and word != day.precision.value:
            spot.within(precision).refuse(f'{shown(word)} does not go with the date "{written}"')

    return check


#: How exactly a date is known, as the files write it.
PRECISION = one_of([*(item.value for item in Precision), "fiscal year"])


def first_day(written: str | None) -> date | None:
    """The first day of a date that was checked before."""
    return PartialDate.parse(written).first if written else None


def precision_of(written: str | None) -> str:
    """How exactly a date that was checked before is known; empty where there is none."""
    return PartialDate.parse(written).precision.value if written else ""
