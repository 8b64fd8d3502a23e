"""Records that a published decision took off the site: their addresses say so instead of saying nothing."""

from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import Http404

from commitments.history.enums import ReportState
from commitments.register.models import Commitment

Row = TypeVar("Row", bound=Model)


class RecordGoneError(Http404):
    """What stood at this address was removed with its commitment: 410, with the reason and the decision."""

    def __init__(self, commitment: Commitment) -> None:
        super().__init__(commitment.code)
        self.commitment = commitment


def get_or_gone(rows: QuerySet[Row], code: str) -> Row:
    """The commitment, or the indicator, of this code among `rows`.

    Raises RecordGoneError where it was public and its commitment was removed, Http404 where it never was public.
    """
    found = rows.filter(code=code).first()
    if found is not None:
        return found
    of_indicator = Q(indicators__code=code, indicators__state=ReportState.PUBLISHED)
    asked: Any = Q(code=code) if rows.model is Commitment else of_indicator
    removed = Commitment.objects.removed().filter(asked).select_related("life_cycle_source").first()
    if removed is None:
        raise Http404(code)
    raise RecordGoneError(removed)
