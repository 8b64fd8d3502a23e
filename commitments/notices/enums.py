"""States and lanes of a message owed to a person."""

from django.db import models
from django.utils.translation import pgettext_lazy


class NoticeState(models.TextChoices):
    """Where a message stands; the lawful steps are in `may_become`."""

    PLANNED = "planned", pgettext_lazy("state of a notice", "planned")
    PENDING = "pending", pgettext_lazy("state of a notice", "due")
    CLAIMED = "claimed", pgettext_lazy("state of a notice", "being sent")
    HANDOVER = "handover", pgettext_lazy("state of a notice", "being handed over")
    SENT = "sent", pgettext_lazy("state of a notice", "sent")
    UNCERTAIN = "uncertain", pgettext_lazy("state of a notice", "perhaps sent")
    RETRY = "retry", pgettext_lazy("state of a notice", "will be tried again")
    CANCELLED = "cancelled", pgettext_lazy("state of a notice", "cancelled")
    SUPERSEDED = "superseded", pgettext_lazy("state of a notice", "superseded")
    EXPIRED = "expired", pgettext_lazy("state of a notice", "expired")
    FAILED_ADDRESS = "failed_address", pgettext_lazy("state of a notice", "address refused")
    DEAD = "dead", pgettext_lazy("state of a notice", "given up")


class Lane(models.TextChoices):
    """How soon a message must go."""

    URGENT = "urgent", pgettext_lazy("lane of a notice", "urgent")
    NORMAL = "normal", pgettext_lazy("lane of a notice", "normal")
