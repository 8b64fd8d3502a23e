"""The private drafts behind what is sent in."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from commitments.indicators.models import Series


class Draft(models.Model):
    """What a person has typed into a form and not sent: private, untracked, deleted on sending, gone after 90 days."""

    #: The forms in which reports of countries and of groups are written: the key is the number of the report, alone or
    #: followed by a colon and the place in it.
    OF_REPORTS: ClassVar = ("report", "group-report")

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

    @staticmethod
    def of_figure(series: Series) -> str:
        """The key of what is typed for a line of figures: its indicator, and which line where it is not the whole."""
        code: str = series.indicator.code
        return code if series.is_total else f"{code}:{series.pk}"
