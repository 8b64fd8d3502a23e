"""What lists can be filtered by: names of countries, mechanisms, pillars and groups in the page's language."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from commitments.formats.collation import sort_key
from commitments.history.kept import kept
from commitments.indicators.wording import status_word
from commitments.public.queries.places import DECLARATION
from commitments.public.queries.tally import ORDER
from commitments.working_groups.queries import bodies

#: The value of the filter of pillars for commitments that belong to none.
NO_PILLAR = "none"
Choices = list[tuple[str, str]]


@kept
def register_choices(language: str) -> dict[str, Choices]:
    """The choices of the register's filters: values as in the address, with their words."""
    return {
        **late_choices(language),
        "mechanism": mechanism_choices(language),
        "pillar": [*_numbered(bodies().pillars, "number", language), (NO_PILLAR, _("No pillar assigned"))],
        "status": [(status.value, status_word(status.value)) for status in ORDER],
    }


@kept
def indicator_choices(language: str) -> dict[str, Choices]:
    """The choices of the list of indicators."""
    return {
        **late_choices(language),
        "pillar": _numbered(bodies().pillars, "number", language),
        "status": [(status.value, status_word(status.value)) for status in ORDER],
    }


@kept
def late_choices(language: str) -> dict[str, Choices]:
    """The choices of what is late or off track."""
    return {
        "country": _by_name(_named(bodies().countries, "iso3", language), language),
        "group": _numbered(bodies().own_groups, "slug", language),
    }


@kept
def country_choices(language: str) -> dict[str, Choices]:
    """The choices of the list of countries."""
    return {"mechanism": mechanism_choices(language)}


@kept
def mechanism_choices(language: str) -> Choices:
    """All mechanisms by name, the Declaration first."""
    named = _by_name(_named(bodies().mechanisms, "slug", language), language)
    return sorted(named, key=lambda choice: choice[0] != DECLARATION.lower())


def _named(rows: Iterable[Any], value: str, language: str) -> Choices:
    """A column of each row with its name."""
    return [(str(getattr(row, value)), row.name_in(language).text) for row in rows]


def _numbered(rows: Iterable[Any], value: str, language: str) -> Choices:
    """The same with a number before the name."""
    return [(str(getattr(row, value)), f"{row.number} {row.name_in(language).text}") for row in rows]


def _by_name(choices: Choices, language: str) -> Choices:
    return sorted(choices, key=lambda choice: sort_key(choice[1], language))
