"""The time zones to choose from."""

from zoneinfo import ZoneInfo

import pytest

from accounts import zones


def flat(language: str) -> dict[str, str]:
    return {zone: name for _group, members in zones.choices(language) for zone, name in members}


NAMES = {
    "en": "Brazil: Sao Paulo",
    "es": "Brasil: São Paulo",
    "pt": "Brasil: São Paulo",
    "fr": "Brésil\u00a0: São Paulo",
}


@pytest.mark.parametrize("language", NAMES)
def test_zones_are_named_by_country_and_city(language: str) -> None:
    assert flat(language)["America/Sao_Paulo"] == NAMES[language]


@pytest.mark.parametrize("language", NAMES)
def test_the_same_zones_in_every_language_each_once(language: str) -> None:
    offered = [zone for _group, members in zones.choices(language) for zone, _name in members]
    assert sorted(offered) == sorted(flat("en"))


def test_every_zone_exists() -> None:
    assert [ZoneInfo(zone).key for zone in flat("en")] == list(flat("en"))


def test_names_stand_in_order_accents_beside_their_letters() -> None:
    americas = [name.split(":")[0] for _zone, name in zones.choices("es")[0][1]]
    assert americas.index("México") < americas.index("Nicaragua") < americas.index("Perú")
