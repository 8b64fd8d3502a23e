"""Kinds of change a row of history records."""

from django.db import models
from django.utils.translation import pgettext_lazy


class ChangeKind(models.TextChoices):
    """What happened to the record; the values are django-simple-history's."""

    CREATED = "+", pgettext_lazy("change", "created")
    CHANGED = "~", pgettext_lazy("change", "changed")
    REMOVED = "-", pgettext_lazy("change", "removed")


class ReportState(models.TextChoices):
    """The path of anything that is sent in for review, and its lawful steps. *Overdue* is computed, never stored."""

    NOT_DUE = "not_due", pgettext_lazy("report state", "Not due")
    DUE = "due", pgettext_lazy("report state", "Due")
    DRAFT = "draft", pgettext_lazy("report state", "Draft")
    SENT = "sent", pgettext_lazy("report state", "Sent")
    IN_REVIEW = "in_review", pgettext_lazy("report state", "In review")
    RETURNED = "returned", pgettext_lazy("report state", "Returned")
    ACCEPTED = "accepted", pgettext_lazy("report state", "Accepted")
    PUBLISHED = "published", pgettext_lazy("report state", "Published")
    CORRECTED = "corrected", pgettext_lazy("report state", "Corrected")

    @property
    def may_become(self) -> frozenset["ReportState"]:
        """The lawful next steps."""
        return _STEPS[self]

    @property
    def waits_for_review(self) -> bool:
        """Sent and not yet decided on."""
        return self in {ReportState.SENT, ReportState.IN_REVIEW}


_STEPS: dict[ReportState, frozenset[ReportState]] = {
    ReportState.NOT_DUE: frozenset({ReportState.DUE, ReportState.DRAFT, ReportState.SENT}),
    ReportState.DUE: frozenset({ReportState.DRAFT, ReportState.SENT}),
    ReportState.DRAFT: frozenset({ReportState.SENT}),
    ReportState.SENT: frozenset({ReportState.DRAFT, ReportState.IN_REVIEW, ReportState.RETURNED, ReportState.ACCEPTED}),
    ReportState.IN_REVIEW: frozenset({ReportState.RETURNED, ReportState.ACCEPTED}),
    ReportState.RETURNED: frozenset({ReportState.SENT}),
    ReportState.ACCEPTED: frozenset({ReportState.PUBLISHED, ReportState.RETURNED}),
    ReportState.PUBLISHED: frozenset({ReportState.CORRECTED}),
    ReportState.CORRECTED: frozenset(),
}


class TextIs(models.TextChoices):
    """Where one language of a text stands. What has no text is missing."""

    ORIGINAL = "original", pgettext_lazy("state of a text", "original")
    REVIEWED = "reviewed", pgettext_lazy("state of a text", "translated")
    OUTDATED = "outdated", pgettext_lazy("state of a text", "from an earlier version")
