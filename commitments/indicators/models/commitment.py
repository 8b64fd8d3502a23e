"""What else decides or shows how a commitment stands: milestones, evidence, the kept status."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commitments.formats.partial import PartialDate
from commitments.history.enums import ReportState
from commitments.history.models import TrackedModel
from commitments.indicators.enums import Reason, Status
from commitments.indicators.models.columns import FigureField, choices
from commitments.indicators.models.indicator import Indicator
from commitments.indicators.models.measurement import Measurement
from commitments.mechanisms.models import PrecisionField, partial
from commitments.register.models import Commitment
from commitments.roles.rules import (
    is_appointed,
    is_focal_point,
    is_secretariat,
    leads_a_group,
)
from commitments.sources.models import Source, StoredFile, Withdrawable


class Milestone(TrackedModel):
    """A step of a commitment that is done or not done; no number."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="milestones")
    title = models.CharField(_("title"), max_length=300)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    due_on_precision = PrecisionField()
    done_on = models.DateField(_("reached on"), null=True, blank=True)
    done_on_precision = PrecisionField()
    is_key = models.BooleanField(default=True)
    source = models.ForeignKey(Source, verbose_name=_("source"), null=True, blank=True, on_delete=models.PROTECT)
    state = models.CharField(max_length=12, choices=ReportState, default=ReportState.DRAFT)
    is_example = models.BooleanField(default=False)

    class Meta:
        ordering = ("commitment", "due_on", "id")
        rules_permissions = {
            "view": is_appointed,
            "add": is_secretariat | leads_a_group,
            "change": is_secretariat,
        }

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.pk}"

    @property
    def due(self) -> PartialDate | None:
        """When the step is due, or None."""
        return partial(self.due_on, self.due_on_precision)

    @property
    def done(self) -> PartialDate | None:
        """When it was done, or None."""
        return partial(self.done_on, self.done_on_precision)


class Evidence(Withdrawable, TrackedModel):
    """A document that shows something: a link to a source, or a file that was uploaded."""

    commitment = models.ForeignKey(Commitment, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence")
    measurement = models.ForeignKey(
        Measurement, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence"
    )
    source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence")
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence")
    title = models.CharField(_("title"), max_length=200, blank=True)
    kind = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(commitment__isnull=False) | Q(measurement__isnull=False),
                name="evidence_belongs_to_something",
            ),
            models.CheckConstraint(
                condition=Q(source__isnull=False, file__isnull=True) | Q(source__isnull=True, file__isnull=False),
                name="evidence_is_a_source_or_a_file",
            ),
        ]
        rules_permissions = {
            "view": is_appointed,
            "add": is_secretariat | is_focal_point | leads_a_group,
            "change": is_secretariat,
            "withdraw": is_secretariat,
        }

    def __str__(self) -> str:
        return f"{self.source_id or self.file_id}"


class CommitmentStatus(models.Model):
    """The computed status of a commitment on a day, kept so that lists need no arithmetic.

    Derived, so not tracked: it is rewritten in the transaction of every change that moves it and, when the day
    turns, by the task `indicators.refresh_statuses`. Computed from published values only.
    """

    commitment = models.OneToOneField(Commitment, on_delete=models.CASCADE, related_name="computed")
    on = models.DateField()
    status = models.CharField(max_length=12, choices=choices(Status), db_index=True)
    reason = models.CharField(max_length=40, choices=choices(Reason), blank=True)
    assessed = models.PositiveSmallIntegerField(default=0)
    key_count = models.PositiveSmallIntegerField(default=0)
    #: For a closed commitment: its status on the path at its last counting value.
    last_status = models.CharField(max_length=12, blank=True)
    #: When a figure that somebody sent here was published last; what came with the record was not reported then.
    last_published_at = models.DateTimeField(null=True, blank=True)
    #: The latest day or period that a published figure speaks of.
    figure_on = models.DateField(null=True)
    figure_on_precision = PrecisionField()
    #: The number of the rule that decided, of a commitment.
    rule = models.PositiveSmallIntegerField(null=True)
    #: The key indicator that stands as the commitment does, the least advanced of several; what it was judged by.
    deciding = models.ForeignKey(Indicator, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    value = FigureField(null=True, max_digits=30)
    expected = FigureField(null=True, max_digits=30, decimal_places=6)
    share = FigureField(null=True, max_digits=30, decimal_places=6)
    #: By which shares it is at risk and on track, where one was decided by them.
    at_risk_from = models.DecimalField(max_digits=4, decimal_places=3, null=True)
    on_track_from = models.DecimalField(max_digits=4, decimal_places=3, null=True)
    target_on = models.DateField(null=True)
    target_on_precision = PrecisionField()
    #: The figures of that indicator in short, else of the first that has a line (`curves.Curve.stored`); None without.
    curve = models.JSONField(null=True)

    class Meta:
        ordering = ("commitment",)

    def __str__(self) -> str:
        return f"{self.commitment_id}: {self.status}"

    @property
    def target_day(self) -> PartialDate | None:
        """When the deciding indicator is to reach its target."""
        return partial(self.target_on, self.target_on_precision)

    @property
    def figure_day(self) -> PartialDate | None:
        """What the latest figure speaks of."""
        return partial(self.figure_on, self.figure_on_precision)


class IndicatorStatus(models.Model):
    """The computed status of an indicator of a public commitment, kept so that lists can be narrowed to it.

    Derived with the status of its commitment, in the same transaction and by the same task, so not tracked.
    """

    indicator = models.OneToOneField(Indicator, primary_key=True, on_delete=models.CASCADE, related_name="computed")
    status = models.CharField(max_length=12, choices=choices(Status), db_index=True)

    class Meta:
        ordering = ("indicator",)

    def __str__(self) -> str:
        return f"{self.indicator_id}: {self.status}"
