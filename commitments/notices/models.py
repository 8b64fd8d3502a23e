"""The ledger: one row is one message to one person about one thing, ever."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from rules.contrib.models import RulesModelBase, RulesModelMixin

from commitments.notices.enums import Lane, NoticeState
from commitments.roles.rules import is_secretariat


class Notice(RulesModelMixin, models.Model, metaclass=RulesModelBase):
    """A message owed to a person. Untracked: its own columns and its attempts are its history.

    The key is kind, object, recipient, offset and the due date it counts from, so that a moved date gives a new row
    and the old unsent one is superseded.
    """

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=30)
    object_type = models.CharField(max_length=30)
    object_id = models.BigIntegerField()
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices")
    offset_days = models.SmallIntegerField(default=0)
    #: The local date or moment the offset counts from, as text: part of the key.
    due_revision = models.CharField(max_length=40)
    lane = models.CharField(max_length=8, choices=Lane, default=Lane.NORMAL)
    local_intent = models.CharField(max_length=60, blank=True)
    not_before = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=16, choices=NoticeState, default=NoticeState.PENDING)
    attempt = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True, blank=True)
    enqueued_at = models.DateTimeField(null=True, blank=True)
    lease_owner = models.CharField(max_length=60, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    handover_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    #: When it ended otherwise: cancelled, superseded, expired, refused or given up; `reason` says why.
    settled_at = models.DateTimeField(null=True, blank=True)
    message_id = models.CharField(max_length=120, unique=True)
    address_used = models.CharField(max_length=254, blank=True)
    language = models.CharField(max_length=2, blank=True)
    content_sha256 = models.CharField(max_length=64, blank=True)
    smtp_code = models.PositiveSmallIntegerField(null=True, blank=True)
    error_class = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField()
    #: Who last asked for it once more after it had failed, and when.
    asked_again_at = models.DateTimeField(null=True, blank=True)
    asked_again_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("-not_before", "-id")
        indexes = [
            models.Index(
                fields=["lane", "not_before"],
                condition=Q(state__in=["pending", "retry"]),
                name="notice_waiting",
            ),
            models.Index(fields=["object_type", "object_id", "kind"]),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=[state.value for state in NoticeState]), name="notice_state"),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False), name="notice_sent_has_a_time"
            ),
        ]
        rules_permissions: dict[str, Any] = {"view": is_secretariat, "send_again": is_secretariat}

    def __str__(self) -> str:
        return self.key


class NoticeAttempt(models.Model):
    """One try to hand a message to the mail server. Append-only."""

    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField()
    phase = models.CharField(max_length=16, blank=True)
    smtp_code = models.PositiveSmallIntegerField(null=True, blank=True)
    outcome = models.CharField(max_length=30)
    milliseconds = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("notice", "number", "id")

    def __str__(self) -> str:
        return f"{self.notice_id} #{self.number}: {self.outcome}"


class Heartbeat(models.Model):
    """When a periodic job last started and finished; silence is the alarm."""

    job = models.CharField(max_length=40, unique=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    is_ok = models.BooleanField(default=True)
    counts = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("job",)

    def __str__(self) -> str:
        return self.job
