"""Whether a report came in time: in words, and as the square of its row."""

from django.utils.translation import ngettext

from commitments.charts.squares import Kind
from commitments.reporting.enums import Punctuality
from commitments.reporting.punctuality import ReportSquare

SQUARES: dict[Punctuality, Kind] = {
    Punctuality.ON_TIME: "on_time",
    Punctuality.LATE: "late",
    Punctuality.MISSING: "missing",
    Punctuality.NOT_DUE: "not_due",
}


def punctuality_words(square: ReportSquare) -> str:
    """Whether a report came in time: "on time", "8 days late", "missing"."""
    if square.kind is Punctuality.LATE or square.is_awaited:
        days = square.days_late
        return ngettext("%(days)s day late", "%(days)s days late", days) % {"days": days}
    return str(square.kind.label)
