"""Filters of the log of changes. A value or a name they do not know is refused (BadFilter)."""

import re
from collections.abc import Collection
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import django_filters
from django.db.models import Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from commitments.appointments.filters import country_choices
from commitments.formats.collation import sort_key
from commitments.formats.language import LANGUAGES
from commitments.history.enums import TextIs
from commitments.history.log import Place, kinds
from commitments.history.models import TrackedModel
from commitments.intake.bounded import LARGEST_KEY, DayFilter
from commitments.intake.filters import BadFilter, FilterProblem, SafeFilterSet
from commitments.mechanisms.models import Country
from commitments.notices.filters import ALL
from commitments.roles.enums import Door, Role
from commitments.workspace.audit.subjects import kind_words
from commitments.workspace.languages import NAMED, spoken

_PLACE = re.compile(r"([0-9]{1,17})-([0-9]{1,19})-([a-z]{1,40})", re.ASCII)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def token_of(place: Place) -> str:
    """A place in the log as an address carries it."""
    return f"{(place.at - EPOCH) // MICROSECOND}-{place.number}-{place.kind}"


class AuditFilter(SafeFilterSet):
    """Entries by person, role, country, kind of record, door and period."""

    beside = {"before": None}  # declared as ClassVar by the base
    person = django_filters.ModelChoiceFilter(
        queryset=lambda request: User.objects.order_by("name", "email"), empty_label=ALL, label=_("Person")
    )
    role = django_filters.ChoiceFilter(empty_label=ALL, label=_("Role"))
    country = django_filters.ChoiceFilter(empty_label=ALL, label=_("Country"))
    kind = django_filters.ChoiceFilter(empty_label=ALL, label=_("Kind of record"))
    door = django_filters.ChoiceFilter(empty_label=ALL, label=_("Door"))
    since = DayFilter(label=_("From"))
    until = DayFilter(label=_("To"))

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        named = sorted(((kind, kind_words(kind)) for kind in kinds()), key=lambda item: sort_key(item[1], language))
        roles = [(role.value, str(capfirst(role.label))) for role in Role]
        choices = {
            "role": [*roles, ("system", str(pgettext_lazy("author of a change", "System")))],
            "country": country_choices(language),
            "kind": named,
            "door": [(door.value, str(capfirst(door.label))) for door in Door],
        }
        super().__init__(*args, choices=choices, **kwargs)

    @property
    def models(self) -> list[type[TrackedModel]]:
        """The kinds of record to look through."""
        every, kind = kinds(), self.in_force.get("kind")
        return [every[kind]] if kind else list(every.values())

    def where(self, zone: ZoneInfo) -> Q:
        """What an entry must be like; days are those of the reader's zone."""
        chosen, found = self.in_force, Q()
        if "person" in chosen:
            found &= Q(history_user_id=chosen["person"].pk)
        columns = {"role": "actor_role", "country": "actor_country", "door": "door"}
        found &= Q(**{column: chosen[name] for name, column in columns.items() if name in chosen})
        if "since" in chosen:
            found &= Q(history_date__gte=datetime.combine(chosen["since"], time(), zone).astimezone(UTC))
        if "until" in chosen:
            end = datetime.combine(chosen["until"] + timedelta(days=1), time(), zone).astimezone(UTC)
            found &= Q(history_date__lt=end)
        return found

    @property
    def before(self) -> Place | None:
        """The place before which the page begins. Raises BadFilter for one that is none."""
        typed = self.beside_value("before")
        if not typed:
            return None
        match = _PLACE.fullmatch(typed)
        if match is None or match[3] not in kinds() or int(match[2]) > LARGEST_KEY or int(match[1]) > 10**16:
            raise BadFilter("before", FilterProblem.INVALID, typed)
        return Place(EPOCH + int(match[1]) * MICROSECOND, int(match[2]), match[3])


class OrganizationFilter(SafeFilterSet):
    """Organizations by a part of a name, in any language, or of the code."""

    q = django_filters.CharFilter(method="search", label=_("Search by name or code"))

    def search(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Those whose names or code hold what was typed."""
        found = Q(code__icontains=value)
        for code in LANGUAGES:
            found |= Q(**{f"name_{code}__icontains": value})
        return queryset.filter(found)


class TextsFilter(SafeFilterSet):
    """Texts to translate by language, kind of record, country, and whether they are missing or outdated."""

    language = django_filters.ChoiceFilter(empty_label=ALL, label=_("Language"))
    kind = django_filters.ChoiceFilter(empty_label=ALL, label=_("Kind of record"))
    country = django_filters.ChoiceFilter(empty_label=ALL, label=_("Country"))
    state = django_filters.ChoiceFilter(empty_label=ALL, label=_("What is wanting"))

    def __init__(self, *args: Any, office: Collection[str], language: str, **kwargs: Any) -> None:
        self.office = office
        choices = {
            "language": [(code, str(capfirst(spoken(code)))) for code in LANGUAGES if code in office],
            "kind": [(kind, str(capfirst(kind_words(kind)))) for kind in NAMED],
            "country": country_choices(language),
            "state": [
                ("missing", str(pgettext_lazy("texts to translate", "Missing"))),
                (TextIs.OUTDATED.value, str(pgettext_lazy("texts to translate", "Outdated"))),
            ],
        }
        super().__init__(*args, choices=choices, **kwargs)

    @property
    def languages(self) -> list[str]:
        """The languages to look at."""
        chosen = self.in_force.get("language")
        return [chosen] if chosen else [code for code in LANGUAGES if code in self.office]

    @property
    def where(self) -> dict[str, Any]:
        """What a record must be like, as `languages.wanted` takes it."""
        chosen = self.in_force
        found: dict[str, Any] = {"state": chosen.get("state", "")}
        if "kind" in chosen:
            found["kinds"] = [chosen["kind"]]
        if "country" in chosen:
            found["country_id"] = Country.objects.values_list("pk", flat=True).get(iso3=chosen["country"])
        return found
