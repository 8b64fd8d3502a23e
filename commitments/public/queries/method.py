"""The thresholds by which statuses are decided, as in force on a day and since when."""

from datetime import date

from commitments.mechanisms.models import Thresholds
from commitments.public.queries.places import DECLARATION


def thresholds_in_force(on: date) -> Thresholds | None:
    """The Declaration's thresholds on a day; None where none were ever set, then the defaults hold. One query."""
    rows = Thresholds.objects.filter(mechanism__code=DECLARATION, valid_from__lte=on)
    found: Thresholds | None = rows.order_by("-valid_from", "-id").first()
    return found
