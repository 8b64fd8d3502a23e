"""Files made of reports, which anyone can check against the site by their code."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from commitments.history.enums import ReportState
from commitments.reporting.enums import PrintState
from commitments.reporting.models.correction import ReportCorrection
from commitments.reporting.models.cycle import CycleSnapshot
from commitments.reporting.models.report import ProgressReport


def _reports_as_of(version: Any, *, report: Any) -> Any:
    """The version of a report that a file was made of: no clock tells whether a correction was in it, its rows do."""
    return ProgressReport.history.filter(id=report, version=version)


class PrintedReportQuerySet(models.QuerySet["PrintedReport"]):
    """Files by what may be done with them."""

    def public(self) -> "PrintedReportQuerySet":
        """Ready files of published reports, made of what is public: what anybody may read."""
        published = self.filter(state=PrintState.MADE, report__state=ReportState.PUBLISHED, is_of_publication=True)
        return published.exclude(Exists(self._withheld())).without_withdrawn()

    def without_withdrawn(self) -> "PrintedReportQuerySet":
        """Files made since something of the report was last withdrawn."""
        held = _reports_as_of(OuterRef("version"), report=OuterRef("report"))
        held = held.filter(files_since=OuterRef("report__files_since"))
        return self.filter(Q(report__files_since__isnull=True) | Exists(held))

    @staticmethod
    def _withheld() -> Any:
        """Corrections that a file does not hold, whose words before are shown to nobody outside."""
        kept = {"report": OuterRef("report"), "is_withheld": True, "state": ReportState.PUBLISHED}
        version = OuterRef(OuterRef("version"))
        held = _reports_as_of(version, report=OuterRef("report")).filter(corrected_at__gte=OuterRef("decided_at"))
        return ReportCorrection.objects.filter(~Exists(held), **kept)

    def current(self) -> "PrintedReportQuerySet":
        """Files made since the words of the report were last put right."""
        held = _reports_as_of(OuterRef("version"), report=OuterRef("report"))
        held = held.filter(corrected_at=OuterRef("report__corrected_at"))
        return self.filter(Q(report__corrected_at__isnull=True) | Exists(held))

    def to_make(self, at: datetime) -> "PrintedReportQuerySet":
        """Files that wait, and that nobody is making just now."""
        return self.filter(Q(lease_until__isnull=True) | Q(lease_until__lte=at), state=PrintState.WAITING)


class PrintedReport(models.Model):
    """A report as a PDF file in one language. Untracked: made by a task, its own columns are its history.

    `code` is printed in the file; `version` is the report's when it was made; `content_sha256` the file's hash.
    """

    report = models.ForeignKey(ProgressReport, on_delete=models.PROTECT, related_name="prints")
    snapshot = models.ForeignKey(CycleSnapshot, null=True, blank=True, on_delete=models.PROTECT, related_name="prints")
    code = models.CharField(max_length=20, unique=True)
    language = models.CharField(max_length=2)
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=PrintState, default=PrintState.WAITING)
    content_sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(default=0)
    attempt = models.PositiveSmallIntegerField(default=0)
    #: Until when whoever took it may work on it; nobody else takes it before.
    lease_until = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=200, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True, blank=True)
    #: Whether it shows the report as published, rather than a working copy from before.
    is_of_publication = models.BooleanField(default=False)

    objects: Any = PrintedReportQuerySet.as_manager()

    class Meta:
        ordering = ("-asked_at", "id")
        indexes = [models.Index(fields=["state", "asked_at"])]

    def __str__(self) -> str:
        return self.code

    @property
    def is_outdated(self) -> bool:
        """Whether words of the report were put right after the file was made."""
        corrected, held = self.report.corrected_at, _reports_as_of(self.version, report=self.report_id)
        return corrected is not None and not held.filter(corrected_at=corrected).exists()
