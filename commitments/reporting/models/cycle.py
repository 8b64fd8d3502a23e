"""Cycles in which reports of a mechanism fall due, the extensions granted in them, and what was frozen at their end."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commitments.formats.language import Text, translated
from commitments.history.models import TrackedModel
from commitments.mechanisms.models import Country, Mechanism
from commitments.reporting.enums import CycleState
from commitments.roles.rules import is_appointed, is_secretariat
from commitments.working_groups.models import WorkingGroup


class ReportingCycle(TrackedModel):
    """A period in which reports of a mechanism fall due."""

    mechanism = models.ForeignKey(
        Mechanism, on_delete=models.PROTECT, related_name="cycles", verbose_name=_("mechanism")
    )
    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    period_start = models.DateField(_("first day of the period"))
    period_end = models.DateField(_("last day of the period"))
    opens_on = models.DateField(_("opens on"))
    due_on = models.DateField(_("due on"))
    closes_on = models.DateField(_("closes on"))
    #: Whether the working groups owe reports of their own.
    asks_groups = models.BooleanField(_("working groups report too"), default=True)
    #: A demonstration's cycle: shown as such, never decides a status.
    is_demonstration = models.BooleanField(default=False)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("reporting cycle")
        ordering = ("-due_on", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(period_start__lte=models.F("period_end"))
                & Q(opens_on__lte=models.F("due_on"))
                & Q(due_on__lte=models.F("closes_on")),
                name="cycle_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(closed_by__isnull=True) | Q(closed_at__isnull=False), name="cycle_closed_by_and_at"
            ),
        ]
        rules_permissions: dict[str, Any] = {
            "view": is_appointed,
            "add": is_secretariat,
            "change": is_secretariat,
            "close": is_secretariat,
        }

    def __str__(self) -> str:
        return self.slug

    def name_in(self, language: str) -> Text:
        """The name in a language."""
        return translated(self, "name", language)

    def state_on(self, day: date) -> CycleState:
        """Where the cycle stands on a day."""
        if self.closed_at is not None:
            return CycleState.CLOSED
        return CycleState.PLANNED if day < self.opens_on else CycleState.OPEN


def in_open_cycle(on: date, prefix: str) -> Q:
    """What belongs to a cycle that is open on a day: it has opened, and nobody has closed it yet."""
    return Q(**{f"{prefix}__opens_on__lte": on, f"{prefix}__closed_at__isnull": True})


class CycleExtension(TrackedModel):
    """More time for one country or group in one cycle: granted, for a reason that is public."""

    cycle = models.ForeignKey(ReportingCycle, on_delete=models.PROTECT, related_name="extensions")
    country = models.ForeignKey(Country, null=True, blank=True, on_delete=models.PROTECT, related_name="extensions")
    group = models.ForeignKey(WorkingGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="extensions")
    due_on = models.DateField(_("new date"))
    reason = models.TextField(_("reason, published"))
    #: The language that the reason is written in; empty stands for English, the language of the record.
    language = models.CharField(max_length=2, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    granted_at = models.DateTimeField()

    class Meta:
        ordering = ("cycle", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(country__isnull=False, group__isnull=True) | Q(country__isnull=True, group__isnull=False),
                name="extension_of_a_country_or_a_group",
            ),
            models.UniqueConstraint(
                fields=["cycle", "country"], condition=Q(country__isnull=False), name="one_extension_a_country"
            ),
            models.UniqueConstraint(
                fields=["cycle", "group"], condition=Q(group__isnull=False), name="one_extension_a_group"
            ),
        ]
        rules_permissions = {"view": is_appointed, "add": is_secretariat, "change": is_secretariat}

    def __str__(self) -> str:
        return f"{self.cycle_id}: {self.due_on}"


class CycleSnapshot(models.Model):
    """All figures of a cycle as they stood when it was closed: written once, never changed (append-only table).

    `content` is canonical JSON, `sha256` its hash, `code` what people cite and check it by.
    """

    cycle = models.OneToOneField(ReportingCycle, on_delete=models.PROTECT, related_name="snapshot")
    code = models.CharField(max_length=20, unique=True)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ("-taken_at", "id")

    def __str__(self) -> str:
        return self.code
