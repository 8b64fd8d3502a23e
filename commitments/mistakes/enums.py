"""Where a report of a mistake stands."""

from django.db import models
from django.utils.translation import pgettext_lazy


class MistakeState(models.TextChoices):
    """Come in, answered by the secretariat, or closed without an answer."""

    NEW = "new", pgettext_lazy("state of a mistake reported", "New")
    ANSWERED = "answered", pgettext_lazy("state of a mistake reported", "Answered")
    CLOSED = "closed", pgettext_lazy("state of a mistake reported", "Closed")
