"""Readings of the workspace that join subjects."""

from typing import Any

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When

from commitments.mechanisms.models import Mechanism
from commitments.register.enums import LifeCycle
from commitments.register.models import Commitment
from commitments.roles.standing import standing_of


def without_indicator(user: Any, *, limit: int = 5) -> list[Commitment]:
    """Public commitments of the own countries that nobody measures yet: an indicator can be proposed."""
    standing = standing_of(user)
    if not standing.countries:
        return []
    rows = Commitment.objects.filter(
        maker_country_id__in=standing.countries, life_cycle=LifeCycle.ACTIVE, indicators__isnull=True
    )
    return list(rows.order_by("code")[:limit])


def record_rows(user: Any) -> QuerySet[Commitment]:
    """The commitments a person answers for, drafts first: all for the secretariat, else of own country and group."""
    standing = standing_of(user)
    rows = Commitment.objects.visible_to(user)
    if not standing.is_staff:
        rows = rows.filter(Q(maker_country_id__in=standing.countries) | Q(group_id__in=standing.groups))
    first = Case(When(life_cycle=LifeCycle.DRAFT, then=Value(0)), default=Value(1), output_field=IntegerField())
    return (
        rows.annotate(draft_first=first, with_indicators=Count("indicators"))
        .select_related("maker_country", "group")
        .order_by("draft_first", "code")
    )


def mechanisms_in_order() -> list[Mechanism]:
    """Every mechanism, the Declaration first. One query."""
    first = Case(When(code="LAD", then=Value(0)), default=Value(1), output_field=IntegerField())
    return list(Mechanism.objects.order_by(first, "code"))
