"""Filters of the ledger's page. A value or a name they do not know is refused (BadFilter)."""

from typing import Any

import django_filters
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from commitments.intake.filters import SafeFilterSet
from commitments.notices.enums import NoticeState
from commitments.notices.registry import kinds


def _people(request: Any) -> Any:
    """Everybody to whom a message was ever owed."""
    return User.objects.filter(notices__isnull=False).distinct().order_by("name", "email")


class NoticeFilter(SafeFilterSet):
    """Messages by person, kind and state."""

    person = django_filters.ModelChoiceFilter(field_name="recipient", queryset=_people, label=_("Person"))
    kind = django_filters.ChoiceFilter(label=_("Kind"))
    state = django_filters.ChoiceFilter(label=_("State"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        choices = {
            "kind": [(kind.name, str(capfirst(str(kind.label)))) for kind in kinds()],
            "state": [(state.value, str(capfirst(state.label))) for state in NoticeState],
        }
        super().__init__(*args, choices=choices, **kwargs)
