"""Where a series stood and where it must stand."""

from django.db import models
from django.db.models import Q

from commitments.formats.partial import PartialDate
from commitments.history.models import TrackedModel
from commitments.indicators.models.columns import FigureField, QualifierField
from commitments.indicators.models.indicator import Series
from commitments.mechanisms.models import PrecisionField, partial
from commitments.roles.rules import (
    is_appointed,
    is_secretariat,
)
from commitments.sources.models import Source


class Baseline(TrackedModel):
    """Where a series stood. A revised one keeps the old with the days on which it was in force."""

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="baselines")
    value = FigureField()
    qualifier = QualifierField()
    date = models.DateField()
    date_precision = PrecisionField()
    note = models.TextField(blank=True)
    source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.PROTECT)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("series", "valid_from", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["series"], condition=Q(valid_until__isnull=True), name="one_baseline_in_force"
            )
        ]
        rules_permissions = {"view": is_appointed, "add": is_secretariat, "change": is_secretariat}

    def __str__(self) -> str:
        return f"{self.series_id}: {self.value}"

    @property
    def day(self) -> PartialDate:
        """The date of the baseline as exactly as it is known."""
        day = partial(self.date, self.date_precision)
        assert day is not None
        return day


class Target(TrackedModel):
    """Where a series must stand, and by when; a value or a range, with the source's own word for it."""

    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="targets")
    value = FigureField(null=True, blank=True)
    value_min = FigureField(null=True, blank=True)
    value_max = FigureField(null=True, blank=True)
    qualifier = QualifierField()
    date = models.DateField(null=True, blank=True)
    date_precision = PrecisionField()
    #: Where a target was loaded without its date: the date in the file and why it is no target date.
    date_note = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    source = models.ForeignKey(Source, null=True, blank=True, on_delete=models.PROTECT)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("series", "valid_from", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["series"], condition=Q(valid_until__isnull=True), name="one_target_in_force"
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False, value_min__isnull=True, value_max__isnull=True)
                | (Q(value__isnull=True) & (Q(value_min__isnull=False) | Q(value_max__isnull=False))),
                name="target_is_a_value_or_a_range",
            ),
        ]
        rules_permissions = {"view": is_appointed, "add": is_secretariat, "change": is_secretariat}

    def __str__(self) -> str:
        return f"{self.series_id}: {self.value or self.value_min}"

    @property
    def day(self) -> PartialDate | None:
        """The target date, or None."""
        return partial(self.date, self.date_precision)


class Waypoint(TrackedModel):
    """An agreed interim target."""

    target = models.ForeignKey(Target, on_delete=models.PROTECT, related_name="waypoints")
    date = models.DateField()
    value = FigureField()

    class Meta:
        ordering = ("target", "date")
        constraints = [models.UniqueConstraint(fields=["target", "date"], name="one_waypoint_a_day")]
        rules_permissions = {"view": is_appointed, "add": is_secretariat, "change": is_secretariat}

    def __str__(self) -> str:
        return f"{self.date}: {self.value}"
