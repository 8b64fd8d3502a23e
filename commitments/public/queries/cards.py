"""Commitments as lists show them: every row that a card needs, in one query."""

from typing import Any

from django.db.models import Case, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When

from commitments.formats.language import LANGUAGES
from commitments.indicators.enums import Status
from commitments.indicators.models import StatusByHand
from commitments.public.queries.places import DECLARATION
from commitments.register.enums import LifeCycle
from commitments.register.models import Commitment

#: The records beside it that a card names.
SHOWN_WITH = ("maker_country", "maker_organization", "maker_mechanism", "mechanism", "group", "computed")
#: The columns of all of them that it shows: a list reads no summaries and no notes.
_NAMES = ("maker_country__name", "maker_mechanism__name", "mechanism__name", "group__name", "title")
COLUMNS = (
    *(f"{name}_{language}" for name in _NAMES for language in LANGUAGES),
    *("code", "life_cycle", "due_on", "due_on_precision", "is_example", "is_verified", "maker_name"),
    *("maker_country__iso3", "maker_organization__name", "maker_mechanism__code", "mechanism__code", "group__slug"),
    *("computed__status", "computed__reason", "computed__last_status"),
)


#: Off track, then at risk, then those that were so when they were closed.
WORSE_FIRST = Case(
    When(computed__status=Status.OFF_TRACK, then=Value(0)),
    When(computed__status=Status.AT_RISK, then=Value(1)),
    default=Value(2),
    output_field=IntegerField(),
)


def shown(commitments: QuerySet[Any]) -> QuerySet[Commitment]:
    """Commitments with all that a card shows of them and of other records, and no more."""
    by_hand = StatusByHand.objects.filter(commitment=OuterRef("pk"), lapsed_on__isnull=True).values("status")[:1]
    rows: QuerySet[Commitment] = commitments.select_related(*SHOWN_WITH).only(*COLUMNS)
    return rows.annotate(by_hand=Subquery(by_hand))


def listed(commitments: QuerySet[Any]) -> QuerySet[Commitment]:
    """Published commitments for a list, the Declaration's own first, then by code."""
    own_first = Case(When(mechanism__code=DECLARATION, then=Value(0)), default=Value(1), output_field=IntegerField())
    return shown(commitments.exclude(life_cycle=LifeCycle.DRAFT)).order_by(own_first, "code")


def needing_attention(limit: int) -> list[Commitment]:
    """The Declaration's own commitments that are off track or at risk, the worse first, then those that were so when
    they were closed. One query.
    """
    behind = [Status.OFF_TRACK, Status.AT_RISK]
    rows = Commitment.objects.real().public().of_declaration()
    rows = rows.filter(Q(computed__status__in=behind) | Q(computed__last_status__in=behind))
    return list(shown(rows).order_by(WORSE_FIRST, "code")[:limit])
