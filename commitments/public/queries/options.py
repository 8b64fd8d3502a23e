"""What lists can be filtered by: names of countries, mechanisms, pillars and groups in the page's language."""

from types import SimpleNamespace
from typing import Any

from commitments.formats.collation import sort_key
from commitments.formats.language import LANGUAGES, translated
from commitments.history.kept import kept
from commitments.indicators.wording import status_word
from commitments.mechanisms.models import Country, Mechanism
from commitments.public.queries.places import DECLARATION
from commitments.public.queries.tally import ORDER
from commitments.working_groups.models import Pillar, WorkingGroup

Choices = list[tuple[str, str]]
_NAMES = [f"name_{language}" for language in LANGUAGES]


@kept
def register_choices(language: str) -> dict[str, Choices]:
    """The choices of the register's filters: values as in the address, with their words. Four queries."""
    groups = WorkingGroup.objects.filter(mechanism__code=DECLARATION).order_by("number")
    pillars = Pillar.objects.filter(mechanism__code=DECLARATION).order_by("number")
    return {
        "country": _by_name(_named(Country.objects.all(), "iso3", language), language),
        "mechanism": mechanism_choices(language),
        "pillar": [(number, f"{number} {name}") for number, name in _named(pillars, "number", language)],
        "group": [(slug, name) for slug, name in _named(groups, "slug", language, "number")],
        "status": [(status.value, status_word(status.value)) for status in ORDER],
    }


@kept
def indicator_choices(language: str) -> dict[str, Choices]:
    """The choices of the list of indicators. Three queries."""
    pillars = Pillar.objects.filter(mechanism__code=DECLARATION).order_by("number")
    return {
        **late_choices(language),
        "pillar": [(number, f"{number} {name}") for number, name in _named(pillars, "number", language)],
        "status": [(status.value, status_word(status.value)) for status in ORDER],
    }


@kept
def late_choices(language: str) -> dict[str, Choices]:
    """The choices of what is late or off track. Two queries."""
    groups = WorkingGroup.objects.filter(mechanism__code=DECLARATION).order_by("number")
    return {
        "country": _by_name(_named(Country.objects.all(), "iso3", language), language),
        "group": [(slug, name) for slug, name in _named(groups, "slug", language, "number")],
    }


@kept
def country_choices(language: str) -> dict[str, Choices]:
    """The choices of the list of countries. One query."""
    return {"mechanism": mechanism_choices(language)}


@kept
def mechanism_choices(language: str) -> Choices:
    """All mechanisms by name, the Declaration first."""
    named = _by_name(_named(Mechanism.objects.all(), "slug", language), language)
    return sorted(named, key=lambda choice: choice[0] != DECLARATION.lower())


def _named(rows: Any, value: str, language: str, number: str = "") -> Choices:
    """A column of each row with its name, a number before the name where one is asked for."""
    columns = [value, *([number] if number else []), *_NAMES]
    found = []
    for row in rows.values(*columns):
        name = translated(SimpleNamespace(**row), "name", language).text
        found.append((str(row[value]), f"{row[number]} {name}" if number else name))
    return found


def _by_name(choices: Choices, language: str) -> Choices:
    return sorted(choices, key=lambda choice: sort_key(choice[1], language))
