"""The time zones a person may choose, named by country and city in their language (CLDR's names, the IANA's zones)."""

import unicodedata
from functools import cache
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global
from django.utils.translation import gettext_lazy as _

LOCALES = {"en": "en", "es": "es_419", "pt": "pt_BR", "fr": "fr"}
#: Where most of the people are comes first in the list.
AMERICAS = ("America/", "Pacific/Galapagos", "Pacific/Easter", "Pacific/Honolulu", "Atlantic/Bermuda")

Choice = tuple[str, str]
Group = tuple[object, tuple[Choice, ...]]


@cache
def choices(language: str) -> tuple[Group, ...]:
    """All zones in use, the Americas first, each group in the order of the names."""
    named = sorted(_named(language), key=lambda choice: _letters(choice[1]))
    return (
        (_("The Americas"), tuple(choice for choice in named if choice[0].startswith(AMERICAS))),
        (_("Other regions"), (("UTC", "UTC"), *(choice for choice in named if not choice[0].startswith(AMERICAS)))),
    )


def is_zone(name: str) -> bool:
    """Whether the zone exists on this machine."""
    return name in available_timezones()


def _named(language: str) -> list[Choice]:
    locale = Locale.parse(LOCALES.get(language, "en"))
    known, colon = available_timezones(), "\u00a0: " if language == "fr" else ": "
    return [
        (zone, f"{locale.territories.get(territory, territory)}{colon}{_city(zone, locale)}")
        for territory, zones in get_global("territory_zones").items()
        for zone in zones
        if zone in known and territory != "001"
    ]


def _city(zone: str, locale: Locale) -> str:
    """The zone's city; CLDR still keeps some names under the zone's older identifier."""
    for name in (zone, *_older_names().get(zone, ())):
        city = locale.time_zones.get(name, {}).get("city")
        if city:
            return str(city)
    return zone.rsplit("/", 1)[-1].replace("_", " ")


@cache
def _older_names() -> dict[str, tuple[str, ...]]:
    older: dict[str, tuple[str, ...]] = {}
    for old, new in get_global("zone_aliases").items():
        older[new] = (*older.get(new, ()), old)
    return older


def _letters(text: str) -> str:
    """A key that puts Á beside A; exact collation is not worth a dependency on the domain here."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).casefold()
