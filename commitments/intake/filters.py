"""Filters of lists, exports and the API that never guess.

A parameter the list does not know, one given twice, or a value that is none is refused by name: django-filter alone
would ignore it and show everything. Only the marks that other sites hang on links are dropped.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar

import django_filters
from django import forms
from django.core.paginator import EmptyPage, Page
from django.db import models
from django.http import HttpRequest, QueryDict
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext
from django_filters.fields import BaseCSVField

from commitments.formats.dates import short_date
from commitments.intake.bounded import LARGEST_KEY, OUT_OF_RANGE, DayField, WholeNumberField
from commitments.intake.paging import NumberedPages, Remembered
from commitments.intake.query import without_blanks, without_tracking
from commitments.intake.text import BadText, TextProblem, clean_prose

LONGEST_VALUE = 200
DEEPEST_PAGE = 1000


class FilterProblem(StrEnum):
    """Why a filter is refused."""

    UNKNOWN = "unknown"
    REPEATED = "repeated"
    INVALID = "invalid"
    OUT_OF_RANGE = OUT_OF_RANGE
    TOO_LONG = "too_long"
    HIDDEN = "hidden_characters"


class BadFilter(ValueError):
    """A refused filter: its name, why, the value where the name is known, and the values there are where they are few.

    Everything in it came from outside: it is shortened, and printed only through templates.
    """

    def __init__(self, name: str, reason: FilterProblem, value: str = "", allowed: tuple[str, ...] = ()) -> None:
        self.name = _printable(name)
        self.reason = reason
        self.value = _printable(value)
        self.allowed = allowed
        super().__init__(f"{self.name}: {reason.value}")


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force, as the page names it, and the address of the list without it."""

    param: str
    value: str
    label: str
    url: str


#: Fields whose values are bounded; django-filter's own numbers, dates and ranges are not.
_BOUNDED = (
    WholeNumberField,
    DayField,
    forms.ChoiceField,
    forms.ModelChoiceField,
    forms.NullBooleanField,
    forms.UUIDField,
    BaseCSVField,
)


class SafeFilterSet(django_filters.FilterSet):
    """A FilterSet that refuses what it does not know. Raises BadFilter when it is made, before any row is read.

    `beside` declares the parameters that are not filters ("page", "view"), with the values each may take; None leaves
    the value to its reader. `choices` are those known only at the request (names in the language of the page).
    """

    beside: ClassVar[Mapping[str, tuple[str, ...] | None]] = {"page": None}
    data: QueryDict
    base_filters: ClassVar[dict[str, Any]]

    def __init__(
        self,
        data: QueryDict | None = None,
        queryset: models.QuerySet[Any] | None = None,
        *,
        request: HttpRequest | None = None,
        choices: Mapping[str, list[tuple[str, str]]] | None = None,
    ) -> None:
        super().__init__(None if data is None else without_tracking(data), queryset, request=request)
        self.given = choices or {}
        # `filters` are this instance's own; their fields are made when they are first asked for.
        for name, values in self.given.items():
            self.filters[name].extra["choices"] = values
        for name, typed in self.data.lists():
            self._check(name, typed)
        self.data = without_blanks(self.data)
        _refuse_unbounded(self)
        self._refuse_invalid()

    @cached_property
    def form(self) -> forms.Form:
        """The form of the filters. Their fields are this instance's own already: nothing is copied once more."""
        form: forms.Form = self._meta.form(self.data if self.is_bound else None, prefix=self.form_prefix)
        form.fields.update({name: one.field for name, one in self.filters.items()})
        return form

    def beside_value(self, name: str) -> str:
        """The value of a declared parameter that is no filter; its first known value when it is not given."""
        known = self.beside[name]
        return self.data.get(name) or (known[0] if known else "")

    @property
    def in_force(self) -> dict[str, Any]:
        """The filters that narrow the list, by name; the order of a list is none."""
        if not self.is_bound:
            return {}
        return {
            name: value
            for name, value in self.form.cleaned_data.items()
            if name in self.data and not isinstance(self.filters[name], django_filters.OrderingFilter)
        }

    @property
    def asked(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What narrows the list, whatever its page and its language: lists that ask the same hold the same rows."""
        return tuple(sorted((name, tuple(sorted(self.data.getlist(name)))) for name in self.in_force))

    def chips(self) -> list[Chip]:
        """One chip for every value in force, each with the way out."""
        return [
            Chip(
                name,
                value,
                # Translators: a filter in use and its value: "Status: At risk". French puts a space before the colon.
                gettext("%(filter)s: %(value)s") % {"filter": self.form.fields[name].label or name, "value": words},
                self.address(without=(name, value)),
            )
            for name in self.in_force
            for value, words in self._chosen(name)
        ]

    def address(self, without: tuple[str, str] | None = None, **changed: str | int) -> str:
        """The query of this list, without one value or with other parameters; the page starts again at the first."""
        query = self.data.copy()
        query.pop("page", None)
        if without:
            name, value = without
            query.setlist(name, [other for other in query.getlist(name) if other != value])
        for name, new in changed.items():
            query[name] = str(new)
        return self._at(without_blanks(query))

    @property
    def clear_url(self) -> str:
        """The list without any filter, in the same view."""
        query = QueryDict(mutable=True)
        for name in self.beside:
            if name != "page" and name in self.data:
                query.setlist(name, self.data.getlist(name))
        return self._at(query)

    def _at(self, query: QueryDict) -> str:
        path = self.request.path if self.request else ""
        return f"{path}?{query.urlencode()}" if query else path or "?"

    def _refuse_invalid(self) -> None:
        for name, problems in self.form.errors.as_data().items():
            out = any(problem.code == OUT_OF_RANGE for problem in problems)
            # A filter with several values says which of them is none.
            named = [problem.params["value"] for problem in problems if problem.params and "value" in problem.params]
            value = named[0] if named else self.data.get(name, "")
            reason = FilterProblem.OUT_OF_RANGE if out else FilterProblem.INVALID
            raise BadFilter(name, reason, str(value), _known_values(self.form.fields[name]))

    def _check(self, name: str, values: list[str]) -> None:
        if name not in self.filters and name not in self.beside:
            raise BadFilter(name, FilterProblem.UNKNOWN)
        field = self.filters[name].field if name in self.filters else None
        several = isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField)
        if len(set(values)) < len(values) or (len(values) > 1 and not several):
            raise BadFilter(name, FilterProblem.REPEATED, values[0])
        for value in values:
            _check_letters(name, value)
            _check_kind(name, value, field)
        known = self.beside.get(name)
        if field is None and known is not None and values[0] not in ("", *known):
            raise BadFilter(name, FilterProblem.INVALID, values[0], known)

    def _chosen(self, name: str) -> Iterator[tuple[str, str]]:
        """The values as typed, with the words the form has for them."""
        field, chosen = self.form.fields[name], self.form.cleaned_data[name]
        labels: dict[str, str] = {}
        if isinstance(field, forms.ModelChoiceField):
            rows = chosen if isinstance(field, forms.ModelMultipleChoiceField) else [chosen]
            labels = {str(field.prepare_value(row)): str(field.label_from_instance(row)) for row in rows}
        elif isinstance(chosen, date):
            labels = {chosen.isoformat(): short_date(chosen, get_language() or "")}
        else:
            labels = dict(_choices(field))
        for value in self.data.getlist(name):
            yield value, labels.get(value, value)


def page_of(
    rows: models.QuerySet[Any] | Sequence[Any],
    number: str | None,
    per_page: int,
    name: str = "page",
    most: int | None = None,
    counted: Remembered | None = None,
) -> Page[Any]:
    """One page of a list that has an order. Raises BadFilter for a page that is none or lies beyond the last.

    `most` for lists that may grow long: no more rows are counted and reached by number. `counted` as in NumberedPages.
    """
    wanted = number or "1"
    if not re.fullmatch("[1-9][0-9]*", wanted):
        raise BadFilter(name, FilterProblem.INVALID, wanted)
    if len(wanted) > 9 or int(wanted) > DEEPEST_PAGE:
        raise BadFilter(name, FilterProblem.OUT_OF_RANGE, wanted)
    try:
        return NumberedPages(rows, per_page, most, counted).page(int(wanted))
    except EmptyPage:
        raise BadFilter(name, FilterProblem.OUT_OF_RANGE, wanted) from None


def _refuse_unbounded(filters: SafeFilterSet) -> None:
    """A filter that takes any number or date is a programming error: some databases fall over such a value."""
    for name, field in filters.form.fields.items():
        if not isinstance(field, _BOUNDED) and type(field) is not forms.CharField:
            raise TypeError(f"{type(filters).__name__}.{name} takes unbounded values: {type(field).__name__}.")


def _check_letters(name: str, value: str) -> None:
    try:
        clean_prose(value, LONGEST_VALUE)
    except BadText as bad:
        long = bad.problem is TextProblem.TOO_LONG
        raise BadFilter(name, FilterProblem.TOO_LONG if long else FilterProblem.HIDDEN, value) from None
    if "\ufffd" in value:  # what the address held was no text at all
        raise BadFilter(name, FilterProblem.HIDDEN, value)


def _check_kind(name: str, value: str, field: forms.Field | None) -> None:
    """What the fields themselves would let through or fall over."""
    if not value:
        return
    if isinstance(field, forms.NullBooleanField) and value not in ("true", "false"):
        # The field would read any other word as "no filter".
        raise BadFilter(name, FilterProblem.INVALID, value, ("true", "false"))
    if isinstance(field, forms.ModelChoiceField) and _by_number(field) and value != getattr(field, "null_value", None):
        if not re.fullmatch("[0-9]+", value):
            raise BadFilter(name, FilterProblem.INVALID, value)
        if len(value) > 19 or not 1 <= int(value) <= LARGEST_KEY:
            raise BadFilter(name, FilterProblem.OUT_OF_RANGE, value)


def _by_number(field: forms.ModelChoiceField) -> bool:
    """Whether rows are chosen by a primary key that is a number."""
    by_key = field.to_field_name in (None, "pk", "id")
    return by_key and field.queryset is not None and isinstance(field.queryset.model._meta.pk, models.IntegerField)


def _known_values(field: forms.Field) -> tuple[str, ...]:
    return tuple(value for value, _ in _choices(field) if value)


def _choices(field: forms.Field) -> Iterator[tuple[str, str]]:
    """The values of a field with few, groups opened; a choice of rows is not listed."""
    if not isinstance(field, forms.ChoiceField) or isinstance(field, forms.ModelChoiceField):
        return
    choices: Any = field.choices  # always a list of pairs once the field stands
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from ((str(one), str(words)) for one, words in label)
        else:
            yield str(value), str(label)


def _printable(text: str) -> str:
    shown = "".join(letter if letter.isprintable() else "\ufffd" for letter in text[:80])
    return f"{shown}…" if len(text) > 80 else shown
