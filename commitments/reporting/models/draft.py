"""The private drafts behind what is sent in."""

import hashlib
import json
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
    #: Which visit of the form kept it, and its how manieth save that was ("k3x9:4"); empty where no script counted.
    turn = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "form", "key"], name="one_draft_a_form_and_record")]

    def __str__(self) -> str:
        return f"{self.form} {self.key}"

    @property
    def mark(self) -> str:
        """Changes with what is typed: whoever sends a draft sends what stood on the page that they read."""
        return hashlib.sha256(json.dumps(self.fields, sort_keys=True).encode()).hexdigest()[:16]

    def overtook(self, turn: str) -> bool:
        """Whether this was kept by a later save of the same visit: the other was only longer on its way."""
        (visit, number), (other, earlier) = _turn(self.turn), _turn(turn)
        return bool(visit) and visit == other and earlier < number

    @staticmethod
    def of_figure(series: Series) -> str:
        """The key of what is typed for a line of figures: its indicator, and which line where it is not the whole."""
        code: str = series.indicator.code
        return code if series.is_total else f"{code}:{series.pk}"


def _turn(told: str) -> tuple[str, int]:
    """The visit and the number of a save; what a browser of ours would not say is no visit."""
    visit, _colon, number = told.partition(":")
    return (visit, int(number)) if number.isdecimal() and len(number) < 9 else ("", 0)
