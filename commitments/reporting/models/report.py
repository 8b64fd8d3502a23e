"""What one country, one group or the secretariat sends in for a cycle."""

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from commitments.history.enums import ReportState
from commitments.history.models import TrackedModel, TrackedQuerySet
from commitments.indicators.models import BehalfBasis
from commitments.mechanisms.models import Country
from commitments.reporting.enums import CannotReport, Coherence
from commitments.reporting.models.cycle import ReportingCycle
from commitments.roles.rules import (
    is_focal_point_of,
    is_public,
    is_secretariat,
    leads_group_of,
    may_take_decision,
    predicate,
)
from commitments.roles.standing import standing_of
from commitments.sources.models import Withdrawable
from commitments.working_groups.models import WorkingGroup


@predicate
def sent_by_someone_else(user: Any, report: Any) -> bool:
    """Who sent a report never accepts it."""
    return report is not None and report.sent_by_id != getattr(user, "pk", None)


@predicate
def is_of_secretariat(user: Any, report: Any) -> bool:
    """The secretariat itself owes the report."""
    return bool(report is not None and report.is_of_secretariat)


@predicate
def is_report_on_behalf(user: Any, report: Any) -> bool:
    """The secretariat wrote the report for a country."""
    return bool(report is not None and report.is_on_behalf)


#: Whoever owes a report writes it.
WRITES = leads_group_of | is_focal_point_of | (is_secretariat & is_of_secretariat)


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

    def at(self, place: str) -> "ProgressReportQuerySet":
        """Those of a place as public addresses name it: a country's code, a group's slug, the secretariat."""
        where = Q(country__iso3=place) | Q(group__slug=place)
        return self.filter(where | Q(is_of_secretariat=True) if place == "secretariat" else where)


class ProgressReport(Withdrawable, TrackedModel):
    """What one country, one group or the secretariat owes for a cycle, in the standard format.

    A country's report has a part for each commitment it answers for and an entry for each figure asked of it. The
    secretariat's own holds collective commitments without a lead country, and those of organizations, which it asks.
    """

    cycle = models.ForeignKey(ReportingCycle, on_delete=models.PROTECT, related_name="reports")
    country = models.ForeignKey(Country, null=True, blank=True, on_delete=models.PROTECT, related_name="reports")
    group = models.ForeignKey(WorkingGroup, null=True, blank=True, on_delete=models.PROTECT, related_name="reports")
    is_of_secretariat = models.BooleanField(default=False)
    due_on = models.DateField()
    state = models.CharField(max_length=12, choices=ReportState, default=ReportState.DUE)
    #: The language that its texts are written in.
    language = models.CharField(max_length=2, blank=True)
    #: The sections that the author called done.
    done_sections = models.JSONField(default=list, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    obstacles = models.TextField(_("obstacles and support needed"), blank=True)
    practice = models.TextField(_("good practice"), blank=True)
    coherence = models.CharField(_("national coherence"), max_length=10, choices=Coherence, blank=True)
    coherence_words = models.TextField(_("about national coherence"), blank=True)
    purpose = models.TextField(_("purpose"), blank=True)
    outcomes = models.TextField(_("outcomes"), blank=True)
    #: Instead of a report: why none can be given.
    cannot_reason = models.CharField(_("why it cannot be given"), max_length=20, choices=CannotReport, blank=True)
    cannot_words = models.TextField(_("why it cannot be given, in words"), blank=True)
    question_due_on = models.DateField(null=True, blank=True)
    is_on_behalf = models.BooleanField(default=False)
    behalf_basis = models.CharField(_("what it rests on"), max_length=10, choices=BehalfBasis, blank=True)
    behalf_on = models.DateField(_("date of what it rests on"), null=True, blank=True)
    #: What was said or written then; for the country that confirms it, never public.
    behalf_words = models.TextField(_("who said what"), blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    accepted_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    #: When its words were last put right after they were accepted or published.
    corrected_at = models.DateTimeField(null=True, blank=True)
    #: When something of it was last withdrawn: files made before are handed out to nobody. `withdrawn_…` are of the
    #: words that say why there is no report.
    files_since = models.DateTimeField(null=True, blank=True)
    is_example = models.BooleanField(default=False)

    objects: ClassVar[Any] = ProgressReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("progress report")
        ordering = ("cycle", "due_on", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(country__isnull=False, group__isnull=True, is_of_secretariat=False)
                | Q(country__isnull=True, group__isnull=False, is_of_secretariat=False)
                | Q(country__isnull=True, group__isnull=True, is_of_secretariat=True),
                name="report_of_exactly_one",
            ),
            models.UniqueConstraint(
                fields=["cycle", "country"], condition=Q(country__isnull=False), name="one_report_a_country_and_cycle"
            ),
            models.UniqueConstraint(
                fields=["cycle", "group"], condition=Q(group__isnull=False), name="one_report_a_group_and_cycle"
            ),
            models.UniqueConstraint(
                fields=["cycle"], condition=Q(is_of_secretariat=True), name="one_report_of_the_secretariat_and_cycle"
            ),
            models.CheckConstraint(
                condition=Q(sent_by__isnull=True) | Q(sent_at__isnull=False), name="report_sent_by_and_at"
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | Q(reviewed_at__isnull=False), name="report_reviewed_by_and_at"
            ),
            models.CheckConstraint(
                condition=Q(accepted_by__isnull=True) | Q(sent_by__isnull=True) | ~Q(accepted_by=models.F("sent_by")),
                name="sender_never_accepts_report",
            ),
        ]
        indexes = [models.Index(fields=["state", "sent_at"])]
        rules_permissions: dict[str, Any] = {
            "view": is_public | is_secretariat | is_focal_point_of | leads_group_of,
            "view_unpublished": is_secretariat | is_focal_point_of | leads_group_of,
            "add": is_secretariat,
            "change": WRITES,
            "send": WRITES,
            "send_on_behalf": is_secretariat,
            "withdraw": is_secretariat,
            "confirm": is_focal_point_of & is_report_on_behalf & sent_by_someone_else,
            "review": is_secretariat & sent_by_someone_else,
            "accept": is_secretariat & sent_by_someone_else & may_take_decision,
            "return": is_secretariat & sent_by_someone_else & may_take_decision,
            "publish": is_secretariat,
            "recall": (WRITES & ~is_report_on_behalf) | (is_secretariat & is_report_on_behalf),
            "correct": is_secretariat | leads_group_of | is_focal_point_of,
        }

    def __str__(self) -> str:
        return f"{self.cycle_id}/{self.country_id or self.group_id or 'secretariat'}"

    @property
    def reference(self) -> str:
        """What people cite it by."""
        return f"R-{self.pk:05d}"

    @property
    def is_public(self) -> bool:
        """Whether anybody may read it."""
        return self.state == ReportState.PUBLISHED

    @property
    def is_excused(self) -> bool:
        """Whether it was sent with the reason why nothing can be reported: that answers for all of it."""
        return self.sent_at is not None and bool(self.cannot_reason)

    @property
    def corrected_since(self) -> datetime | None:
        """When its words were last put right since it is public."""
        corrected, published = self.corrected_at, self.published_at
        return corrected if corrected is not None and published is not None and corrected > published else None

    @property
    def taken_up_by(self) -> int | None:
        """Who is reviewing it, by id; None while nobody is."""
        return self.reviewed_by_id if self.state == ReportState.IN_REVIEW else None

    @property
    def country_id_for_rules(self) -> int | None:
        """The country that owes it."""
        return self.country_id

    @property
    def group_id_for_rules(self) -> int | None:
        """The group that owes it."""
        return self.group_id

    @property
    def place(self) -> str:
        """What its public address calls who owes it: a country's code, a group's slug, or the secretariat."""
        if self.country is not None:
            return str(self.country.iso3)
        return self.group.slug if self.group is not None else "secretariat"
