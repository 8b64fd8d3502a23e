"""What somebody new in a post needs on one page: what is owed, last figures, open questions, next dates."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, Subquery

from commitments.appointments.models import Appointment
from commitments.appointments.queries import deputies_of, held_before, own_posts
from commitments.history.enums import ReportState
from commitments.indicators.models import Measurement, Series
from commitments.register.models import Commitment
from commitments.reporting.duties import Task
from commitments.reporting.gathering import UNSENT
from commitments.reporting.lines import told_apart
from commitments.reporting.models import ProgressReport
from commitments.reporting.shared import Left, left_for
from commitments.reporting.tasklist import due_tasks
from commitments.roles.standing import Standing, standing_of

#: So many reports ahead are shown.
AHEAD = 3


@dataclass(frozen=True, slots=True)
class HandOver:
    """The page of one person on one day."""

    posts: list[Appointment]
    #: The posts of others that these followed on: their days alone are shown.
    before: list[Appointment]
    deputies: list[Appointment]
    tasks: list[Task]
    figures: list[Measurement]
    #: The reports to write that are not late, with their own days.
    ahead: list[ProgressReport]
    #: What the predecessor, or somebody stood in for, typed and did not send.
    left: list[Left]

    @property
    def questions(self) -> list[Task]:
        """What was returned with a question."""
        return [task for task in self.tasks if task.kind == "returned"]

    @property
    def owed(self) -> list[Task]:
        """Everything else, by due date."""
        return [task for task in self.tasks if task.kind != "returned"]


def hand_over_page(user: Any, *, on: date, late_on: date, held_on: date) -> HandOver:
    """All that the page shows; posts are those of the day by which rights are counted. Constant number of queries."""
    posts, standing = own_posts(user.pk, on=held_on), standing_of(user)
    own = Q(country_id__in=standing.countries) | Q(group_id__in=standing.groups)
    ahead = ProgressReport.objects.filter(
        own, state__in=[*UNSENT, ReportState.RETURNED], due_on__gte=on, cycle__closed_at__isnull=True
    )
    return HandOver(
        posts=posts,
        before=held_before(posts),
        deputies=deputies_of(user.pk, on=held_on),
        tasks=sorted(due_tasks(user, on=on, late_on=late_on), key=lambda task: task.sort_key),
        figures=last_figures(standing),
        ahead=list(ahead.select_related("cycle").order_by("due_on", "id")[:AHEAD]),
        left=left_for(user.pk, posts, on=held_on),
    )


def last_figures(standing: Standing) -> list[Measurement]:
    """The newest accepted figure of each series of the own countries and groups, with its source. One query."""
    newest = Measurement.objects.accepted().used().filter(series=OuterRef("pk"), as_of__isnull=False)
    series = Series.objects.filter(
        Q(indicator__commitment__in=Commitment.objects.answered_by(standing.countries).values("pk"))
        | Q(indicator__commitment__group_id__in=standing.groups)
        | Q(country_id__in=standing.countries),
        indicator__state=ReportState.PUBLISHED,
    ).annotate(newest=Subquery(newest.order_by("-as_of", "-pk").values("pk")[:1]))
    rows = Measurement.objects.filter(pk__in=series.values("newest"))
    shown = told_apart(rows).select_related("source", "series__indicator__commitment")
    return list(shown.order_by("series__indicator__code", "pk"))
