"""What the addresses of these pages may carry. A value or a name they do not know is refused (BadFilter)."""

import django_filters
from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy
from django.utils.translation.trans_real import get_language_from_path

from commitments.intake.filters import BadFilter, FilterProblem, SafeFilterSet
from commitments.mistakes.enums import MistakeState
from commitments.mistakes.models import MistakeReport

#: The word for a filter that is not used.
ALL = pgettext_lazy("choice of a filter", "All")
#: No address of ours is longer.
LONGEST = 300


class MistakeFilter(SafeFilterSet):
    """Reports by where they stand."""

    state = django_filters.ChoiceFilter(empty_label=ALL, label=_("State"), choices=MistakeState.choices)


class PageFilter(SafeFilterSet):
    """The page that a report is about, as the link to the form names it."""

    beside = {"page": None}


def page_asked_about(request: HttpRequest) -> str:
    """The path in the address, checked; empty without one. Raises BadFilter for what is no page of this site."""
    asked = PageFilter(request.GET, MistakeReport.objects.none(), request=request).beside_value("page")
    if asked and own_page(asked) is None:
        raise BadFilter("page", FilterProblem.INVALID, asked)
    return asked


def own_page(address: str) -> str | None:
    """The path of a public page of this site, from its path or its whole address; None for anything else."""
    path = address.removeprefix(settings.SITE_URL).split("#")[0].split("?")[0]
    language = get_language_from_path(path)
    if language is None or len(path) > LONGEST or "//" in path or "\\" in path:
        return None
    try:
        with override(language):
            match = resolve(path)
    except Resolver404:
        return None
    return path if getattr(match.func, "gate", "") in {"public", "form"} else None
