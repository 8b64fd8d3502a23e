"""What people decide about indicators and commitments: revised definitions, and statuses set by hand."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commitments.formats.partial import PartialDate
from commitments.history.enums import ReportState
from commitments.history.models import TrackedModel
from commitments.indicators.enums import Lapse, RevisionSubject, Status
from commitments.indicators.models.columns import FigureField, QualifierField, choices
from commitments.indicators.models.indicator import Indicator
from commitments.indicators.models.path import Baseline, Target
from commitments.mechanisms.models import PrecisionField, partial
from commitments.register.models import Commitment
from commitments.roles.rules import (
    is_appointed,
    is_focal_point,
    is_focal_point_of,
    is_public,
    is_secretariat,
    leads_a_group,
    leads_group_of,
    predicate,
)
from commitments.sources.models import Source


@predicate
def proposed_by_someone_else(user: Any, revision: Any) -> bool:
    """Who proposed a revision never approves it."""
    return revision is not None and revision.proposed_by_id != getattr(user, "pk", None)


class Revision(TrackedModel):
    """A proposed change of how an indicator is defined, from where it starts, or where it must stand.

    Approved, it ends the baseline or target in force and begins a new one on `takes_effect_on`; nothing is rewritten.
    """

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="revisions")
    subject = models.CharField(_("what changes"), max_length=10, choices=choices(RevisionSubject))
    value = FigureField(_("value"), null=True, blank=True)
    value_min = FigureField(null=True, blank=True)
    value_max = FigureField(null=True, blank=True)
    qualifier = QualifierField()
    date = models.DateField(_("date"), null=True, blank=True)
    date_precision = PrecisionField()
    #: Agreed interim targets: a list of {"date": ISO day, "value": decimal as text}.
    waypoints = models.JSONField(default=list, blank=True)
    #: For a definition: the columns that change, each as {"was": value, "now": value}.
    columns = models.JSONField(default=dict, blank=True)
    takes_effect_on = models.DateField(_("takes effect on"))
    reason = models.TextField(_("reason, published"))
    source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=ReportState, default=ReportState.SENT)
    question = models.TextField(blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    #: What an approved revision began.
    baseline = models.ForeignKey(Baseline, null=True, blank=True, on_delete=models.PROTECT, related_name="revisions")
    target = models.ForeignKey(Target, null=True, blank=True, on_delete=models.PROTECT, related_name="revisions")

    class Meta:
        verbose_name = _("revision")
        ordering = ("indicator", "-proposed_at", "-id")
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | Q(proposed_by__isnull=True)
                | ~Q(decided_by=models.F("proposed_by"))
                | ~Q(state=ReportState.PUBLISHED),
                name="proposer_never_approves",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | Q(decided_at__isnull=False), name="revision_decided_by_and_at"
            ),
        ]
        rules_permissions: dict[str, Any] = {
            "view": is_public | is_secretariat | is_focal_point_of | leads_group_of,
            "add": is_secretariat | is_focal_point | leads_a_group,
            "change": is_focal_point_of | leads_group_of | is_secretariat,
            "review": is_secretariat,
            "approve": is_secretariat & proposed_by_someone_else,
            "return": is_secretariat & proposed_by_someone_else,
        }

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.subject}"

    @property
    def is_public(self) -> bool:
        """Approved, of an indicator that anybody may read."""
        return self.state == ReportState.PUBLISHED and self.indicator.is_public

    @property
    def country_id_for_rules(self) -> int | None:
        """The country that reports the indicator."""
        return self.indicator.country_id_for_rules

    @property
    def group_id_for_rules(self) -> int | None:
        """The group of its commitment."""
        return self.indicator.group_id_for_rules

    @property
    def day(self) -> PartialDate | None:
        """The date of the new baseline or target, as exactly as it is known."""
        return partial(self.date, self.date_precision)


class StatusByHand(TrackedModel):
    """A status that the secretariat states beside the computed one, for a public reason and until a date.

    It lapses with its end date or when the next cycle is due, whichever comes first; the lapse is kept.
    """

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="statuses_by_hand")
    status = models.CharField(_("status"), max_length=12, choices=choices(Status))
    reason = models.TextField(_("reason, published"))
    #: The language that the reason is written in.
    language = models.CharField(max_length=2, blank=True)
    source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("until"))
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    set_at = models.DateTimeField()
    lapsed_on = models.DateField(null=True, blank=True)
    lapsed_because = models.CharField(max_length=10, choices=choices(Lapse), blank=True)

    class Meta:
        verbose_name = _("status set by hand")
        ordering = ("commitment", "-valid_from", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["commitment"], condition=Q(lapsed_on__isnull=True), name="one_status_by_hand_in_force"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__gte=models.F("valid_from")), name="status_by_hand_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(lapsed_on__isnull=True, lapsed_because="")
                | (Q(lapsed_on__isnull=False) & ~Q(lapsed_because="")),
                name="status_by_hand_lapses_for_a_reason",
            ),
        ]
        rules_permissions: dict[str, Any] = {"view": is_appointed, "add": is_secretariat, "change": is_secretariat}

    def __str__(self) -> str:
        return f"{self.commitment_id}: {self.status}"
