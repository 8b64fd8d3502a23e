"""What readers reported, for the secretariat."""

from django.db.models import QuerySet

from commitments.mistakes.models import MistakeReport


def listed(rows: QuerySet[MistakeReport]) -> QuerySet[MistakeReport]:
    """The newest first, with who said where each stands."""
    return rows.select_related("state_by").order_by("-received_at", "-pk")
