"""What lists can be filtered by: names of countries, mechanisms, pillars and groups in the page's language."""

from commitments.formats.collation import sort_key
from commitments.indicators.wording import status_word
from commitments.mechanisms.models import Country, Mechanism
from commitments.public.queries.places import DECLARATION
from commitments.public.queries.tally import ORDER
from commitments.working_groups.models import Pillar, WorkingGroup

Choices = list[tuple[str, str]]


def register_choices(language: str) -> dict[str, Choices]:
    """The choices of the register's filters: values as in the address, with their words. Four queries."""
    groups = WorkingGroup.objects.filter(mechanism__code=DECLARATION).order_by("number")
    pillars = Pillar.objects.filter(mechanism__code=DECLARATION).order_by("number")
    return {
        "country": _by_name([(row.iso3, row.name_in(language).text) for row in Country.objects.all()], language),
        "mechanism": mechanism_choices(language),
        "pillar": [(str(row.number), f"{row.number} {row.name_in(language).text}") for row in pillars],
        "group": [(row.slug, f"{row.number} {row.name_in(language).text}") for row in groups],
        "status": [(status.value, status_word(status.value)) for status in ORDER],
    }


def country_choices(language: str) -> dict[str, Choices]:
    """The choices of the list of countries. One query."""
    return {"mechanism": mechanism_choices(language)}


def mechanism_choices(language: str) -> Choices:
    """All mechanisms by name, the Declaration first."""
    rows = list(Mechanism.objects.all())
    own = [(row.slug, row.name_in(language).text) for row in rows if row.code == DECLARATION]
    others = [(row.slug, row.name_in(language).text) for row in rows if row.code != DECLARATION]
    return own + _by_name(others, language)


def _by_name(choices: Choices, language: str) -> Choices:
    return sorted(choices, key=lambda choice: sort_key(choice[1], language))
