"""Who speaks for which country or leads which group, from when to when."""

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from commitments.history.models import TrackedModel, TrackedQuerySet
from commitments.mechanisms.models import Country
from commitments.roles.enums import Role
from commitments.roles.rules import is_administrator, is_secretariat, predicate
from commitments.working_groups.models import WorkingGroup


@predicate
def is_own_post(user: Any, post: Any) -> bool:
    """A post that the person holds and may name a deputy for: a focal point's or a lead's, not a deputy's own."""
    if post is None or post.deputy_of_id is not None or post.role not in (Role.FOCAL_POINT, Role.LEAD):
        return False
    return bool(post.user_id == getattr(user, "pk", None))


class AppointmentQuerySet(TrackedQuerySet):
    """Appointments by the days on which they hold."""

    def in_force(self, on: date) -> "AppointmentQuerySet":
        """Those that hold on a day; both ends included."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on), valid_from__lte=on)

    def answering(self, on: date) -> "AppointmentQuerySet":
        """Focal points and leads with access on a day; where a deputy stands in, the deputy instead."""
        deputies = self.model.objects.in_force(on).filter(deputy_of=OuterRef("pk"), user__is_active=True)
        own = Q(~Exists(deputies), deputy_of=None)
        principal = Q(deputy_of__valid_until__isnull=True) | Q(deputy_of__valid_until__gte=on)
        held = self.in_force(on).filter(role__in=[Role.FOCAL_POINT, Role.LEAD], user__is_active=True)
        return held.filter(own | Q(principal, deputy_of__valid_from__lte=on))

    def of_focal_points(self, country_id: int) -> "AppointmentQuerySet":
        """Focal points and deputies of a country."""
        return self.filter(role=Role.FOCAL_POINT, country_id=country_id)

    def same_post(self, post: "Appointment") -> "AppointmentQuerySet":
        """The same person in the same role for the same country or group, as itself or as anybody's deputy."""
        return self.filter(user_id=post.user_id, role=post.role, country_id=post.country_id, group_id=post.group_id)

    def overlapping(self, first: date, last: date | None) -> "AppointmentQuerySet":
        """Those that hold on any day of a span; without a last day the span has no end."""
        begun = self if last is None else self.filter(valid_from__lte=last)
        return begun.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=first))


class Appointment(TrackedModel):
    """A person's post: a role, the country or group it speaks for, and the days on which it holds."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    country = models.ForeignKey(
        Country, null=True, blank=True, on_delete=models.PROTECT, related_name="appointments", verbose_name=_("country")
    )
    group = models.ForeignKey(
        WorkingGroup,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="appointments",
        verbose_name=_("working group"),
    )
    valid_from = models.DateField(_("first day"))
    valid_until = models.DateField(_("last day"), null=True, blank=True)
    #: A deputy stands in for this appointment with the same rights while the days of both allow it.
    deputy_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="deputies", verbose_name=_("deputy of")
    )

    objects: ClassVar[Any] = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("appointment")
        ordering = ("user", "valid_from", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(role=Role.FOCAL_POINT, country__isnull=False, group__isnull=True)
                | Q(role=Role.LEAD, group__isnull=False)
                | Q(
                    role__in=[Role.ADMINISTRATOR, Role.SECRETARIAT, Role.READER],
                    country__isnull=True,
                    group__isnull=True,
                ),
                name="appointment_speaks_for_what_its_role_needs",
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=models.F("valid_from")),
                name="appointment_ends_after_it_begins",
            ),
        ]
        rules_permissions: dict[str, Any] = {
            "view": is_administrator | is_secretariat,
            "add": is_administrator,
            "change": is_administrator,
            "name_deputy": is_own_post,
        }

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"

    def holds_on(self, day: date) -> bool:
        """Whether the appointment is in force on a day."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)
