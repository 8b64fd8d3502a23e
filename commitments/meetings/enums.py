"""Where a meeting stands."""

from django.db import models
from django.utils.translation import pgettext_lazy


class MeetingState(models.TextChoices):
    """Announced without a record of it, planned by the secretariat, held, or cancelled."""

    PLANNED = "planned", pgettext_lazy("state of a meeting", "Planned")
    ANNOUNCED = "announced", pgettext_lazy("state of a meeting", "Announced; no record of it was found")
    HELD = "held", pgettext_lazy("state of a meeting", "Held")
    CANCELLED = "cancelled", pgettext_lazy("state of a meeting", "Cancelled")
