"""Cycles in which reports fall due, what is sent in for them, and the private drafts behind."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commitments.formats.language import Text, translated
from commitments.history.enums import ReportState
from commitments.history.models import TrackedModel, TrackedQuerySet
from commitments.indicators.models import Measurement, Series
from commitments.mechanisms.models import Country, Mechanism
from commitments.register.models import Commitment
from commitments.roles.rules import (
    is_appointed,
    is_focal_point_of,
    is_public,
    is_secretariat,
    leads_group_of,
    predicate,
)
from commitments.roles.standing import standing_of
from commitments.working_groups.models import WorkingGroup


class ReportingCycle(TrackedModel):
    """A period in which reports of a mechanism fall due."""

    mechanism = models.ForeignKey(Mechanism, on_delete=models.PROTECT, related_name="cycles")
    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    period_start = models.DateField()
    period_end = models.DateField()
    opens_on = models.DateField()
    due_on = models.DateField()
    closes_on = models.DateField()
    #: A demonstration's cycle: shown as such, never decides a status.
    is_demonstration = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("reporting cycle")
        ordering = ("-due_on", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(period_start__lte=models.F("period_end"))
                & Q(opens_on__lte=models.F("due_on"))
                & Q(due_on__lte=models.F("closes_on")),
                name="cycle_dates_in_order",
            )
        ]
        rules_permissions = {"view": is_appointed, "add": is_secretariat, "change": is_secretariat}

    def __str__(self) -> str:
        return self.slug

    def name_in(self, language: str) -> Text:
        """The name in a language."""
        return translated(self, "name", language)


@predicate
def sent_by_someone_else(user: Any, report: Any) -> bool:
    """Who sent a report never accepts it."""
    return report is not None and report.sent_by_id != getattr(user, "pk", None)


class ProgressReportQuerySet(TrackedQuerySet):
    """Reports by who may see them."""

    def visible_to(self, user: Any) -> "ProgressReportQuerySet":
        """All for the secretariat; those of the own country or group; published ones for everybody."""
        standing = standing_of(user)
        if standing.is_staff:
            return self.all()
        return self.filter(
            Q(country_id__in=standing.countries) | Q(group_id__in=standing.groups) | Q(state=ReportState.PUBLISHED)
        )


class ProgressReport(TrackedModel):
    """What one country, on one commitment, or one group owes for a cycle."""

    cycle = models.ForeignKey(ReportingCycle, on_delete=models.PROTECT, related_name="reports")
    country = models.ForeignKey(Country, null=True, blank=True, on_delete=models.PROTECT, related_name="reports")
    commitment = models.ForeignKey(Commitment, null=True, blank=True, on_delete=models.PROTECT, related_name="reports")
    group = models.ForeignKey(WorkingGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="reports")
    due_on = models.DateField()
    state = models.CharField(max_length=12, choices=ReportState, default=ReportState.DUE)
    language = models.CharField(max_length=2, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    obstacles = models.TextField(_("obstacles and support needed"), blank=True)
    question = models.TextField(blank=True)
    question_due_on = models.DateField(null=True, blank=True)
    answer = models.TextField(blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    accepted_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    is_example = models.BooleanField(default=False)

    objects: ClassVar[Any] = ProgressReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("progress report")
        ordering = ("cycle", "due_on", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(country__isnull=False, commitment__isnull=False, group__isnull=True)
                | Q(country__isnull=True, commitment__isnull=True, group__isnull=False),
                name="report_of_a_country_or_a_group",
            ),
            models.UniqueConstraint(
                fields=["cycle", "country", "commitment"],
                condition=Q(country__isnull=False),
                name="one_report_a_country_commitment_and_cycle",
            ),
            models.UniqueConstraint(
                fields=["cycle", "group"], condition=Q(group__isnull=False), name="one_report_a_group_and_cycle"
            ),
            models.CheckConstraint(
                condition=Q(sent_by__isnull=True) | Q(sent_at__isnull=False), name="report_sent_by_and_at"
            ),
            models.CheckConstraint(
                condition=Q(accepted_by__isnull=True) | Q(sent_by__isnull=True) | ~Q(accepted_by=models.F("sent_by")),
                name="sender_never_accepts_report",
            ),
        ]
        rules_permissions: dict[str, Any] = {
            "view": is_public | is_secretariat | is_focal_point_of | leads_group_of,
            "add": is_secretariat,
            "change": leads_group_of | is_focal_point_of,
            "send": leads_group_of | is_focal_point_of,
            "accept": is_secretariat & sent_by_someone_else,
            "return": is_secretariat & sent_by_someone_else,
            "publish": is_secretariat,
        }

    def __str__(self) -> str:
        return f"{self.cycle_id}/{self.country_id or self.group_id}"

    @property
    def is_public(self) -> bool:
        """Whether anybody may read it."""
        return self.state == ReportState.PUBLISHED

    @property
    def country_id_for_rules(self) -> int | None:
        """The country that owes it."""
        return self.country_id

    @property
    def group_id_for_rules(self) -> int | None:
        """The group that owes it."""
        return self.group_id


class ReportEntry(TrackedModel):
    """One figure asked for in a report; its state is that of the measurement sent for it, *due* while there is none."""

    report = models.ForeignKey(ProgressReport, on_delete=models.PROTECT, related_name="entries")
    series = models.ForeignKey(Series, on_delete=models.PROTECT, related_name="entries")
    measurement = models.ForeignKey(
        Measurement, null=True, blank=True, on_delete=models.PROTECT, related_name="entries"
    )
    due_on = models.DateField()
    is_unchanged = models.BooleanField(default=False)

    class Meta:
        ordering = ("report", "id")
        constraints = [models.UniqueConstraint(fields=["report", "series"], name="one_entry_a_series_and_report")]
        rules_permissions = {"view": is_appointed, "add": is_secretariat, "change": is_secretariat}

    def __str__(self) -> str:
        return f"{self.report_id}/{self.series_id}"

    @property
    def state(self) -> ReportState:
        """Where the entry stands."""
        return ReportState(self.measurement.state) if self.measurement else ReportState.DUE

    @property
    def is_sent(self) -> bool:
        """Whether a figure was sent for it that is not back with a question."""
        return self.state not in {ReportState.DUE, ReportState.RETURNED}


class Draft(models.Model):
    """What a person has typed into a form and not sent: private, untracked, deleted on sending, gone after 90 days."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")
    form = models.CharField(max_length=40)
    key = models.CharField(max_length=80)
    fields = models.JSONField(default=dict)
    #: The version of the record that the person had before them.
    version_read = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "form", "key"], name="one_draft_a_form_and_record")]

    def __str__(self) -> str:
        return f"{self.form} {self.key}"
