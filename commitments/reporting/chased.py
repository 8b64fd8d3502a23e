"""Late reports as the secretariat chases them: who can be reminded still, who was today, where nobody is appointed."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from commitments.appointments.models import Appointment
from commitments.notices.models import Notice
from commitments.reporting.gathering import UNSENT
from commitments.reporting.models import ProgressReport, ReportingCycle
from commitments.roles.enums import Role

#: The reminder of a report that the secretariat sends by hand, and those that go out by themselves.
BY_HAND = "report_chase"
BY_THEMSELVES = ("report_due", "report_late")


@dataclass(frozen=True, slots=True)
class Chased:
    """One cycle with late reports of countries and groups, by what can be done about them on a day."""

    cycle: ReportingCycle
    to_remind: int
    reminded: int
    unappointed: int

    @property
    def is_waiting(self) -> bool:
        """Whether everybody was reminded: it is for others to act."""
        return not (self.to_remind or self.unappointed)


def reminded_on(on: date) -> QuerySet[Notice]:
    """Reminders of reports that are owed by hand on a day, or went out on it by themselves."""
    by_hand = Q(kind=BY_HAND, due_revision=on.isoformat())
    by_itself = Q(kind__in=BY_THEMSELVES, sent_at__date=on)
    return Notice.objects.filter(by_hand | by_itself, object_type="progressreport")


def cycles_to_chase(on: date, late_on: date) -> QuerySet[ReportingCycle]:
    """The cycles with a late report about which the secretariat can do something today, next due first."""
    late = _late(on, late_on).filter(Q(has_untold=True) | Q(is_answered=False), cycle=OuterRef("pk"))
    rows: QuerySet[ReportingCycle] = ReportingCycle.objects.filter(Exists(late))
    return rows.order_by("due_on", "pk")


def late_by_cycle(on: date, late_on: date) -> list[Chased]:
    """Every cycle with late reports, next due first. Two queries."""
    counts = Counter(_late(on, late_on).values_list("cycle_id", "has_untold", "is_answered"))
    cycles = ReportingCycle.objects.filter(pk__in={cycle for cycle, _untold, _answered in counts})
    return [
        Chased(
            cycle=cycle,
            to_remind=counts[cycle.pk, True, True],
            reminded=counts[cycle.pk, False, True],
            unappointed=counts[cycle.pk, False, False],
        )
        for cycle in cycles.order_by("due_on", "pk")
    ]


def _late(on: date, late_on: date) -> QuerySet[Any]:
    """Late reports of countries and groups in open cycles: whether somebody answers, who was not reminded on a day.

    The secretariat's own are its tasks by themselves.
    """
    country = Q(role=Role.FOCAL_POINT, country_id=OuterRef("country_id"))
    answering = Appointment.objects.answering(on).filter(country | Q(role=Role.LEAD, group_id=OuterRef("group_id")))
    told = reminded_on(on).filter(object_id=OuterRef(OuterRef("pk")), recipient_id=OuterRef("user_id"))
    rows = ProgressReport.objects.filter(state__in=UNSENT, due_on__lt=late_on, is_of_secretariat=False)
    rows = rows.filter(cycle__closed_at=None, cycle__opens_on__lte=late_on)
    found: QuerySet[Any] = rows.order_by().annotate(
        is_answered=Exists(answering), has_untold=Exists(answering.filter(~Exists(told)))
    )
    return found
