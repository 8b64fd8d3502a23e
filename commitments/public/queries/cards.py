"""Commitments as lists show them: every row that a card needs, in one query."""

from collections.abc import Iterable
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from commitments.formats.language import LANGUAGES
from commitments.indicators.models import CommitmentPlace, StatusByHand
from commitments.register.enums import UNSEEN
from commitments.register.models import Commitment

#: The records beside it that a card names.
SHOWN_WITH = ("maker_country", "maker_organization", "maker_mechanism", "mechanism", "group", "computed")
#: The columns of all of them that it shows: a list reads no summaries and no notes.
_NAMES = (
    *("maker_country__name", "maker_organization__name", "maker_mechanism__name"),
    *("mechanism__name", "group__name", "title"),
)
COLUMNS = (
    *(f"{name}_{language}" for name in _NAMES for language in LANGUAGES),
    *("code", "life_cycle", "due_on", "due_on_precision", "is_example", "is_verified", "maker_name"),
    *("maker_country__iso3", "maker_mechanism__code", "mechanism__code", "group__slug"),
    *("computed__status", "computed__reason", "computed__last_status", "computed__on", "computed__last_published_at"),
    *("computed__figure_on", "computed__figure_on_precision"),
    *("computed__share", "computed__at_risk_from", "computed__on_track_from"),
    *("computed__target_on", "computed__target_on_precision", "computed__curve"),
)


def shown(commitments: QuerySet[Any]) -> QuerySet[Commitment]:
    """Commitments with all that a card shows of them and of other records, and no more."""
    by_hand = StatusByHand.objects.filter(commitment=OuterRef("pk"), lapsed_on__isnull=True).values("status")[:1]
    rows: QuerySet[Commitment] = commitments.select_related(*SHOWN_WITH).only(*COLUMNS)
    return rows.annotate(by_hand=Subquery(by_hand))


def shown_with_summaries(commitments: QuerySet[Any]) -> QuerySet[Commitment]:
    """The same with their summaries."""
    return shown(commitments).only(*COLUMNS, *(f"summary_{language}" for language in LANGUAGES))


def of_these(commitments: QuerySet[Any] | Iterable[Commitment], keys: list[int]) -> Iterable[Commitment]:
    """Those of commitments that have these keys, with all that a card shows. One query, or none where they are read."""
    if isinstance(commitments, QuerySet) and commitments._result_cache is None:
        return shown(Commitment.objects.filter(pk__in=keys))
    wanted = set(keys)
    return [row for row in commitments if row.pk in wanted]


def listed(places: QuerySet[CommitmentPlace]) -> QuerySet[CommitmentPlace]:
    """Published ones of these commitments for a list, the Declaration's own first, then by code.

    Their places, whose keys are theirs: a list is counted and put in order without reading a commitment.
    """
    return places.exclude(life_cycle__in=UNSEEN).order_by("order")


def needing_attention(limit: int) -> QuerySet[Commitment]:
    """The Declaration's own commitments that are off track or at risk, the worse first, then those that were so when
    they were closed: the first ones, with `behind` and `order` of their places to put them in this order.
    """
    first = CommitmentPlace.objects.filter(behind__isnull=False).order_by("behind", "order").values("pk")[:limit]
    place = CommitmentPlace.objects.filter(pk=OuterRef("pk"))
    told = {name: Subquery(place.values(name)) for name in ("behind", "order")}
    return shown(Commitment.objects.filter(pk__in=first)).annotate(**told)
