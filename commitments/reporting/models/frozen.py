"""What a published report of a group cites: its figures as they stood on that day."""

from django.db import models

from commitments.reporting.models.report import ProgressReport


class ReportFigures(models.Model):
    """The figures of a group's report as they stood when it was published: written once, never changed.

    `content` has the form of a copy of a cycle, of the group's commitments alone. The table is append-only.
    """

    report = models.OneToOneField(ProgressReport, on_delete=models.PROTECT, related_name="frozen")
    content = models.JSONField()
    taken_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.report_id}: {self.taken_at}"
