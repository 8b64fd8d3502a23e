"""The counts of commitments as they are kept: where each one counts, and what was added to which count."""

from enum import StrEnum

from django.db import models
from django.db.models import Q

from commitments.mechanisms.models import Country, Mechanism, PrecisionField
from commitments.register.models import Commitment
from commitments.working_groups.models import Pillar, WorkingGroup


class Standing(models.Model):
    """The columns by which every count is grouped: life cycle, status, and the status at its end of a closed one."""

    life_cycle = models.CharField(max_length=12)
    status = models.CharField(max_length=12, blank=True)
    last_status = models.CharField(max_length=12, blank=True)

    class Meta:
        abstract = True


class CommitmentPlace(Standing):
    """Where one commitment stands in lists and counts now. Derived, so not tracked; one row for each, drafts too.

    It is what the counts hold of the commitment: what it moved from is read here, under its lock.
    """

    # No constraint: the row outlives its commitment by the moment in which the counts are told of the removal.
    commitment = models.OneToOneField(
        Commitment, primary_key=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="place"
    )
    # No index of one of these alone: it would find the rows, and then they would have to be put in order.
    mechanism = models.ForeignKey(Mechanism, on_delete=models.CASCADE, related_name="+", db_index=False)
    maker_country = models.ForeignKey(Country, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    pillar = models.ForeignKey(Pillar, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    group = models.ForeignKey(WorkingGroup, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    horizon = models.CharField(max_length=10, blank=True)
    #: The horizons that it counts under, those of its published indicators, with commas between; an empty one is none.
    horizons = models.CharField(max_length=40, blank=True)
    is_counted = models.BooleanField(default=False)
    #: Its place in every list: the Declaration's own first, examples last, then by code.
    order = models.CharField(max_length=42, unique=True)
    #: 0 off track, 1 at risk, 2 one of both when it was closed: of the Declaration's own that count, else nothing.
    behind = models.PositiveSmallIntegerField(null=True)
    #: When a figure of it that somebody sent here was published last, and what its latest figure speaks of.
    updated_at = models.DateTimeField(null=True)
    figure_on = models.DateField(null=True)
    figure_on_precision = PrecisionField()

    class Meta:
        ordering = ("order",)
        indexes = [
            models.Index(
                fields=["group", "updated_at"],
                condition=Q(is_counted=True, updated_at__isnull=False),
                name="place_by_update",
            ),
            models.Index(
                fields=["group", "figure_on"],
                condition=Q(is_counted=True, figure_on__isnull=False),
                name="place_by_figure",
            ),
            models.Index(fields=["behind", "order"], condition=Q(behind__isnull=False), name="place_of_those_behind"),
            # A list is counted, and stepped over to a late page, without reading a row.
            models.Index(fields=["order", "life_cycle", "mechanism", "commitment"], name="place_in_order"),
            # Mechanism and life-cycle are what it is narrowed by beside; with the commitment, no row is read either.
            models.Index(
                fields=["maker_country", "order", "mechanism", "life_cycle", "commitment"], name="place_by_maker"
            ),
            models.Index(fields=["group", "order", "mechanism", "life_cycle", "commitment"], name="place_by_group"),
            models.Index(fields=["pillar", "order", "mechanism", "life_cycle", "commitment"], name="place_by_pillar"),
            models.Index(fields=["status", "order", "mechanism", "life_cycle", "commitment"], name="place_by_status"),
        ]

    def __str__(self) -> str:
        return self.order


class Face(StrEnum):
    """By what a count is grouped, the mechanism and the standing beside."""

    #: The country that made it, and its pillar.
    MAKER = "maker"
    #: Its pillar, its group and its own horizon.
    WORK = "work"
    #: Each horizon that it counts under.
    HORIZON = "horizon"


class CountChange(Standing):
    """A number added to one count, in the transaction of the change that moved it; the sum of them is the count.

    Rows added and no counter changed: changes at the same time wait for nobody. Put together now and then.
    """

    face = models.CharField(max_length=8)
    mechanism = models.ForeignKey(Mechanism, on_delete=models.CASCADE, related_name="+", db_index=False)
    maker_country = models.ForeignKey(Country, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    pillar = models.ForeignKey(Pillar, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    group = models.ForeignKey(WorkingGroup, null=True, on_delete=models.CASCADE, related_name="+", db_index=False)
    horizon = models.CharField(max_length=10, blank=True)
    change = models.IntegerField()
    #: Whether it is a sum of changes put together.
    is_sum = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["face", "mechanism"])]

    def __str__(self) -> str:
        return f"{self.face} {self.change:+}"
