"""The form of a list's filters in templates."""

from collections import OrderedDict
from typing import Any

from crispy_forms.templatetags.crispy_forms_filters import as_crispy_form
from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from commitments.intake.filters import SafeFilterSet

register = template.Library()
#: Forms drawn before, those asked for last; and how many a process keeps.
_drawn: OrderedDict[tuple[Any, ...], SafeString] = OrderedDict()
MOST = 200


@register.filter
def filter_form(filters: SafeFilterSet) -> SafeString:
    """{{ filters|filter_form }}: the fields of the form, drawn once for the same choices and the same values.

    A form with sixty countries costs as much to draw as the rest of a list; every page of a list shows the same one.
    """
    key = _key(filters)
    found = _drawn.pop(key, None)
    if found is None:
        found = as_crispy_form(filters.form)
    _drawn[key] = found
    while len(_drawn) > MOST:
        _drawn.popitem(last=False)
    return found


def _key(filters: SafeFilterSet) -> tuple[Any, ...]:
    """Everything that a form is drawn from beside its own words; the page of the list is not among it."""
    data = filters.data.copy()
    data.pop("page", None)
    given = tuple((name, tuple(values)) for name, values in filters.given.items())
    return type(filters), get_language(), data.urlencode(), given
