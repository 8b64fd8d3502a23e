"""Commitments as lists show them: every row that a card needs, in one query."""

from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from commitments.indicators.enums import Status
from commitments.public.queries.places import DECLARATION
from commitments.register.enums import LifeCycle
from commitments.register.models import Commitment

#: What a card shows of other records.
SHOWN_WITH = ("maker_country", "maker_organization", "maker_mechanism", "mechanism", "group", "pillar", "computed")


def listed(commitments: QuerySet[Any]) -> QuerySet[Commitment]:
    """Published commitments for a list, the Declaration's own first, then by code."""
    own_first = Case(When(mechanism__code=DECLARATION, then=Value(0)), default=Value(1), output_field=IntegerField())
    rows = commitments.exclude(life_cycle=LifeCycle.DRAFT).select_related(*SHOWN_WITH)
    ordered: QuerySet[Commitment] = rows.order_by(own_first, "code")
    return ordered


def needing_attention(limit: int) -> list[Commitment]:
    """The Declaration's own commitments that are off track or at risk, the worse first, then those that were so when
    they were closed. One query.
    """
    behind = [Status.OFF_TRACK, Status.AT_RISK]
    rows = Commitment.objects.real().public().of_declaration()
    rows = rows.filter(Q(computed__status__in=behind) | Q(computed__last_status__in=behind))
    worse_first = Case(
        When(computed__status=Status.OFF_TRACK, then=Value(0)),
        When(computed__status=Status.AT_RISK, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return list(rows.select_related(*SHOWN_WITH).order_by(worse_first, "code")[:limit])
