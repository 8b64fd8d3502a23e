"""Filters of the ledger's page. A value or a name they do not know is refused (BadFilter)."""

from typing import Any

import django_filters
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from commitments.intake.filters import SafeFilterSet
from commitments.notices.enums import NoticeState
from commitments.notices.registry import kinds

#: The word for a filter that is not used.
ALL = pgettext_lazy("choice of a filter", "All")


def _people(request: Any) -> Any:
    """Everybody to whom a message was ever owed."""
    return User.objects.filter(notices__isnull=False).distinct().order_by("name", "email")


class NoticeFilter(SafeFilterSet):
    """Messages by person, kind and state."""

    person = django_filters.ModelChoiceFilter(
        field_name="recipient", queryset=_people, empty_label=ALL, label=_("Person")
    )
    kind = django_filters.ChoiceFilter(empty_label=ALL, label=_("Kind"))
    state = django_filters.ChoiceFilter(empty_label=ALL, label=_("State"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        choices = {
            "kind": [(kind.name, str(capfirst(str(kind.label)))) for kind in kinds()],
            "state": [(state.value, str(capfirst(state.label))) for state in NoticeState],
        }
        super().__init__(*args, choices=choices, **kwargs)
