"""What a reader reported."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from rules.contrib.models import RulesModelBase, RulesModelMixin

from commitments.mistakes.enums import MistakeState
from commitments.roles.rules import is_secretariat


class MistakeReport(RulesModelMixin, models.Model, metaclass=RulesModelBase):
    """What a reader says is wrong on a page. Untracked, so that it can be forgotten whole: it may name a person."""

    #: The path of the page on this site.
    page = models.CharField(max_length=300)
    wrong = models.TextField()
    right = models.TextField(blank=True)
    source = models.TextField(blank=True)
    #: Where an answer may go; most readers leave none.
    email = models.EmailField(blank=True)
    #: The language of the page on which it was written.
    language = models.CharField(max_length=2)
    received_at = models.DateTimeField(db_index=True)
    state = models.CharField(max_length=10, choices=MistakeState, default=MistakeState.NEW)
    state_at = models.DateTimeField(null=True, blank=True)
    state_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("-received_at", "-id")
        constraints = [
            models.CheckConstraint(
                condition=Q(state_at__isnull=True, state_by__isnull=True)
                | Q(state_at__isnull=False, state_by__isnull=False),
                name="mistake_state_by_somebody_at_some_time",
            )
        ]
        rules_permissions: dict[str, Any] = {"view": is_secretariat, "change": is_secretariat}

    def __str__(self) -> str:
        return f"{self.page} {self.received_at:%Y-%m-%d}"
