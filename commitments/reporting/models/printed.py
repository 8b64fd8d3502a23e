"""Files made of reports, which anyone can check against the site by their code."""

from django.conf import settings
from django.db import models

from commitments.reporting.enums import PrintState
from commitments.reporting.models.cycle import CycleSnapshot
from commitments.reporting.models.report import ProgressReport


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
    error = models.CharField(max_length=200, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-asked_at", "id")
        indexes = [models.Index(fields=["state", "asked_at"])]

    def __str__(self) -> str:
        return self.code
