"""Words of a report put right after they were accepted or published: proposed by one person, decided on by another."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commitments.history.enums import ReportState
from commitments.history.models import TrackedModel
from commitments.reporting.models.report import ProgressReport
from commitments.roles.rules import (
    is_appointed,
    is_focal_point,
    is_focal_point_of,
    is_secretariat,
    leads_a_group,
    leads_group_of,
    predicate,
)


@predicate
def corrected_by_someone_else(user: Any, correction: Any) -> bool:
    """Who proposed a correction never decides on it."""
    return correction is not None and correction.proposed_by_id != getattr(user, "pk", None)


class ReportCorrection(TrackedModel):
    """Words of an accepted or published report as they stood and as they are to stand, with a reason for the public.

    Sent: it waits. Published: it holds, and the words before stay readable beside it. Returned: it was declined.
    """

    report = models.ForeignKey(ProgressReport, on_delete=models.PROTECT, related_name="corrections")
    state = models.CharField(max_length=12, choices=ReportState, default=ReportState.SENT)
    #: One entry a text or choice: {"place": a column, or "part-" or "answer-" and the part's number, "code": the
    #: commitment's, "was", "now"}.
    texts = models.JSONField(default=list)
    reason = models.TextField(_("reason, published"))
    #: The language that the reason is written in.
    language = models.CharField(max_length=2, blank=True)
    #: The words before hold something about a person: they are kept, and shown to nobody outside.
    is_withheld = models.BooleanField(default=False)
    #: Why it was declined.
    answer = models.TextField(_("answer"), blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("correction of a report")
        ordering = ("report", "-proposed_at", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["report"], condition=Q(state=ReportState.SENT), name="one_correction_waits_a_report"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | Q(proposed_by__isnull=True)
                | ~Q(decided_by=models.F("proposed_by")),
                name="who_corrects_never_decides",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | Q(decided_at__isnull=False), name="correction_decided_by_and_at"
            ),
        ]
        rules_permissions: dict[str, Any] = {
            "view": is_appointed,
            "add": is_secretariat | is_focal_point | leads_a_group,
            "change": is_secretariat | is_focal_point_of | leads_group_of,
            "review": is_secretariat,
            "approve": is_secretariat & corrected_by_someone_else,
        }

    def __str__(self) -> str:
        return f"{self.report_id}: {self.state}"

    @property
    def waits(self) -> bool:
        """Whether nobody has decided on it."""
        return self.state == ReportState.SENT

    @property
    def country_id_for_rules(self) -> int | None:
        """The country whose report it is."""
        return self.report.country_id

    @property
    def group_id_for_rules(self) -> int | None:
        """The group whose report it is."""
        return self.report.group_id
