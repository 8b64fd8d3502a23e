"""Filters of the register and of the countries. A value or a name they do not know is refused (BadFilter)."""

import unicodedata
from calendar import monthrange
from datetime import date
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.forms import CheckboxSelectMultiple
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from commitments.formats.partial import Precision
from commitments.intake.bounded import DayFilter
from commitments.intake.filters import LONGEST_VALUE, SafeFilterSet
from commitments.intake.query import without_blanks
from commitments.intake.text import is_piled_up
from commitments.meetings.filters import MeetingFilter
from commitments.public.queries import indicators
from commitments.public.queries.late import LateKind
from commitments.public.queries.options import NO_PILLAR
from commitments.register.enums import CommitmentKind, Horizon, LifeCycle
from commitments.register.models import Commitment
from commitments.search.folding import wanted, words_of
from commitments.search.models import Kind
from commitments.search.queries import records

#: Who a commitment was made by, beside one country.
MAKERS = {
    "country": Q(maker_country__isnull=False),
    "organization": Q(maker_organization__isnull=False),
    "together": Q(maker_country__isnull=True, maker_organization__isnull=True),
}
#: The word for a filter that is not used.
ALL = pgettext_lazy("choice of a filter", "All")
CLOSED = [life for life in LifeCycle if life.is_closed and life.is_public]


class CommitmentFilter(SafeFilterSet):
    """The filters of the register. The choices of countries, groups and so on are those of queries.options.

    They narrow the places of commitments: narrow rows with an index in the order of the list. What a place does not
    tell is asked of its commitment, place by place in that order.
    """

    q = django_filters.CharFilter(method="search", label=_("Search in titles and summaries"))
    country = django_filters.ChoiceFilter(field_name="maker_country__iso3", empty_label=ALL, label=_("Country"))
    mechanism = django_filters.ChoiceFilter(field_name="mechanism__slug", empty_label=ALL, label=_("Mechanism"))
    pillar = django_filters.ChoiceFilter(
        field_name="pillar__number", empty_label=ALL, null_value=NO_PILLAR, label=_("Pillar")
    )
    group = django_filters.ChoiceFilter(field_name="group__slug", empty_label=ALL, label=_("Workstream"))
    status = django_filters.MultipleChoiceFilter(
        field_name="status", label=_("Status"), distinct=False, widget=CheckboxSelectMultiple
    )
    life = django_filters.ChoiceFilter(
        field_name="life_cycle",
        empty_label=ALL,
        label=_("Ended or suspended"),
        choices=[(life.value, life.label) for life in CLOSED],
    )
    horizon = django_filters.ChoiceFilter(
        field_name="horizon", empty_label=ALL, label=_("Horizon"), choices=Horizon.choices
    )
    kind = django_filters.ChoiceFilter(
        method="of_kind", empty_label=ALL, label=_("Kind"), choices=CommitmentKind.choices
    )
    maker = django_filters.ChoiceFilter(
        method="made_by",
        empty_label=ALL,
        label=_("Made by"),
        choices=[
            ("country", pgettext_lazy("maker of a commitment", "A country")),
            ("organization", pgettext_lazy("maker of a commitment", "An organization")),
            ("together", pgettext_lazy("maker of a commitment", "Countries together")),
        ],
    )
    due_before = DayFilter(method="due_earlier", label=_("Due before"))

    def search(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Rows that are found by these words: the beginnings of words, in any language, accents and capitals aside."""
        return queryset.filter(pk__in=records(wanted(value), Kind.COMMITMENT))

    def due_earlier(self, queryset: QuerySet[Any], name: str, value: date) -> QuerySet[Any]:
        """Rows due before a day. A month, quarter or year is due on its last day: it must be over by then."""
        due = Q(due_on_precision__in=["", Precision.DAY], due_on__lt=value)
        for precision in Precision:
            if precision.months:
                due |= Q(due_on_precision=precision, due_on__lte=months_earlier(value, precision.months))
        return _where_commitment(queryset, due)

    def of_kind(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Rows of commitments of a kind."""
        return _where_commitment(queryset, Q(kind=value))

    def made_by(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Rows by the kind of their maker."""
        return _where_commitment(queryset, MAKERS[value])


def _where_commitment(places: QuerySet[Any], said: Q) -> QuerySet[Any]:
    return places.filter(Exists(Commitment.objects.filter(said, pk=OuterRef("pk")).order_by()))


class IndicatorFilter(SafeFilterSet):
    """The filters of the list of indicators. Their status comes last: it is worked out for what the others leave."""

    beside = {"page": None, "view": ("charts", "table")}

    q = django_filters.CharFilter(method="search", label=_("Search in titles"))
    country = django_filters.ChoiceFilter(
        field_name="commitment__maker_country__iso3", empty_label=ALL, label=_("Country")
    )
    group = django_filters.ChoiceFilter(field_name="commitment__group__slug", empty_label=ALL, label=_("Workstream"))
    pillar = django_filters.ChoiceFilter(field_name="commitment__pillar__number", empty_label=ALL, label=_("Pillar"))
    horizon = django_filters.ChoiceFilter(
        field_name="term", empty_label=ALL, label=_("Horizon"), choices=Horizon.choices
    )
    status = django_filters.MultipleChoiceFilter(method="standing", label=_("Status"), widget=CheckboxSelectMultiple)

    def search(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Rows whose code or title, in any language, holds these words as they stand."""
        return queryset.filter(indicators.matching(value))

    def standing(self, queryset: QuerySet[Any], name: str, value: list[str]) -> QuerySet[Any]:
        """Rows in one of these statuses on the day of the request."""
        return indicators.standing(queryset, value, on=self.request.on) if value else queryset


class CountryFilter(SafeFilterSet):
    """The filters of the list of countries."""

    beside = {"view": ("map", "table")}

    mechanism = django_filters.ChoiceFilter(method="member_of", empty_label=ALL, label=_("Takes part in"))

    def member_of(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Countries that belong to a mechanism today."""
        return queryset.filter(adherences__mechanism__slug=value, adherences__until__isnull=True)


class SearchFilter(SafeFilterSet):
    """What is looked for, and of which kind. It reads no rows itself: `queries.search` takes its values.

    Whatever is typed is answered, never refused: what no reader means to type is taken out before (`typed`).
    """

    q = django_filters.CharFilter(method="kept", label=_("Words, a code or a country"))
    kind = django_filters.ChoiceFilter(method="kept", empty_label=ALL, label=_("Kind"), choices=Kind.choices)

    def kept(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """The rows as they are: the search narrows itself."""
        return queryset

    @classmethod
    def typed(cls, data: QueryDict) -> QueryDict:
        """The parameters of an address with what was typed in one line, without anything hidden, and not too long."""
        kept = data.copy()
        if "q" in kept:
            kept.setlist("q", [_one_line(text) for text in kept.getlist("q")])
        return kept


class LateFilter(SafeFilterSet):
    """The filters of what is late or off track. It reads no rows itself: `queries.late.LateList` takes its values."""

    kind = django_filters.ChoiceFilter(
        method="kept",
        empty_label=ALL,
        label=_("Kind"),
        choices=[
            (LateKind.REPORT.value, pgettext_lazy("filter of what is late", "Late reports")),
            (LateKind.FIGURE.value, _("Figures awaited")),
            (LateKind.OFF_TRACK.value, pgettext_lazy("filter of what is late", "Commitments off track")),
            (LateKind.AT_RISK.value, pgettext_lazy("filter of what is late", "Commitments at risk")),
        ],
    )
    country = django_filters.ChoiceFilter(method="kept", empty_label=ALL, label=_("Country"))
    group = django_filters.ChoiceFilter(method="kept", empty_label=ALL, label=_("Workstream"))

    def kept(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """The rows as they are: the list narrows itself."""
        return queryset

    @property
    def values(self) -> dict[str, str]:
        """The values in force, for the list."""
        return {name: str(value) for name, value in self.in_force.items()}


class CommitmentFileFilter(CommitmentFilter):
    """The same for a file, which has no pages."""

    beside = {}


class IndicatorFileFilter(IndicatorFilter):
    """The same for a file, which has no charts."""

    beside = {}


class CountryFileFilter(CountryFilter):
    """The same for a file, which has no map."""

    beside = {}


class LateFileFilter(LateFilter):
    """The same for a file."""

    beside = {}


class MeetingFileFilter(MeetingFilter):
    """The same for a file."""

    beside = {}


def _one_line(text: str) -> str:
    """A text as a search box could hold it."""
    shown = "".join(
        letter if letter.isprintable() and letter != "\ufffd" else " " for letter in text[: 4 * LONGEST_VALUE]
    )
    line = " ".join(unicodedata.normalize("NFC", shown).split())[:LONGEST_VALUE]
    return line if not is_piled_up(line) else " ".join(words_of(line))


class MatrixFilter(SafeFilterSet):
    """One mechanism or one workstream of the matrix; `queries.matrix.lines` takes its values."""

    beside = {}

    mechanism = django_filters.ChoiceFilter(method="kept", empty_label=ALL, label=_("Mechanism"))
    group = django_filters.ChoiceFilter(method="kept", empty_label=ALL, label=_("Workstream"))

    def kept(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """The rows as they are."""
        return queryset


class CompareFilter(SafeFilterSet):
    """What to compare; `queries.compare` takes its values. Empty places of the form are none."""

    beside = {}

    country = django_filters.MultipleChoiceFilter(method="kept", label=_("Country"))
    group = django_filters.MultipleChoiceFilter(method="kept", label=_("Workstream"))

    def __init__(self, data: QueryDict, *args: Any, **kwargs: Any) -> None:
        chosen = without_blanks(data)
        #: The same one in two places of the form: said on the page, where the other choice is made.
        self.is_twice = False
        for name in set(chosen) & set(self.base_filters):
            values = chosen.getlist(name)
            once = list(dict.fromkeys(values))
            self.is_twice = self.is_twice or len(once) < len(values)
            chosen.setlist(name, once)
        super().__init__(chosen, *args, **kwargs)

    def kept(self, queryset: QuerySet[Any], name: str, value: list[str]) -> QuerySet[Any]:
        """The rows as they are."""
        return queryset

    def chosen(self, name: str) -> list[str]:
        """What was chosen, as it stands in the address."""
        return [str(value) for value in self.in_force.get(name, [])]


def months_earlier(day: date, months: int) -> date:
    """The latest first day of a period of so many months that is over before a day."""
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))
