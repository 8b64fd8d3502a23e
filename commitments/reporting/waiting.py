"""What waits for a person, as rows: tasks are made of them, and the navigation counts them in one query."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast

from accounts.models import User
from commitments.appointments.queries import posts_without_deputy
from commitments.history.enums import ReportState
from commitments.indicators.counting import CHECK
from commitments.indicators.models import Measurement
from commitments.indicators.proposals import returned_proposals, waiting_proposals
from commitments.indicators.revising import returned_revisions, waiting_revisions
from commitments.mechanisms.queries import office_settings
from commitments.notices.models import Heartbeat
from commitments.register.enums import CLOSED, LifeCycle
from commitments.register.models import Commitment
from commitments.reporting import gathering
from commitments.reporting.actions.drafts import DEPUTY_REQUEST
from commitments.reporting.chased import cycles_to_chase
from commitments.reporting.models import Draft, ProgressReport, ReportCorrection, ReportEntry, ReportQuestion
from commitments.reporting.models.cycle import in_open_cycle
from commitments.reporting.models.parts import without_answer
from commitments.reporting.translating import wanted
from commitments.roles.enums import Role
from commitments.roles.standing import Standing, standing_of

OPEN = (ReportState.NOT_DUE, ReportState.DUE, ReportState.DRAFT, ReportState.RETURNED)


def figures_due(standing: Standing, on: date) -> QuerySet[ReportEntry]:
    """Figures asked of the own countries in an open cycle and not answered.

    Of the office those alone that its report does not stand for, as with reminders.
    """
    own = Q(report__country_id__in=standing.countries)
    if standing.is_staff:
        with_report = Q(report__state__in=gathering.UNSENT, due_on=F("report__due_on"))
        own |= Q(report__is_of_secretariat=True) & ~with_report
    rows: QuerySet[ReportEntry] = ReportEntry.objects.filter(own, in_open_cycle(on, "report__cycle"), without_answer())
    return rows.exclude(series__indicator__commitment__life_cycle__in=CLOSED)


def figures_returned(standing: Standing) -> QuerySet[Measurement]:
    """Figures back with a question: of the own countries, of the office those that no country gives.

    Of a closed commitment nothing is asked.
    """
    own = Q(series__indicator__commitment__in=Commitment.objects.answered_by(standing.countries).values("pk"))
    if standing.is_staff:
        asked = Commitment.objects.answered_by_secretariat().values("pk")
        own |= Q(series__indicator__commitment__in=asked)
    rows: QuerySet[Measurement] = Measurement.objects.filter(own, state=ReportState.RETURNED)
    return rows.exclude(series__indicator__commitment__life_cycle__in=CLOSED)


def figures_to_confirm(standing: Standing) -> QuerySet[Measurement]:
    """Figures that the secretariat entered for the own countries."""
    own = Commitment.objects.answered_by(standing.countries).values("pk")
    rows: QuerySet[Measurement] = Measurement.objects.waiting().filter(
        is_on_behalf=True, series__indicator__commitment__in=own
    )
    return rows


def reports_owed(standing: Standing, on: date) -> QuerySet[ProgressReport]:
    """Reports of the own countries and groups, and the secretariat's own: not sent yet, or back with questions.

    For the secretariat also those that it wrote for a country, and that the country does not confirm.
    """
    owed = Q(country_id__in=standing.countries) | Q(group_id__in=standing.groups)
    if standing.is_staff:
        objected = ReportQuestion.objects.filter(is_objection=True, answered_at__isnull=True)
        owed |= Q(is_of_secretariat=True) | Q(state=ReportState.RETURNED, pk__in=objected.values("report"))
    begun = in_open_cycle(on, "cycle") | Q(state=ReportState.RETURNED)
    rows: QuerySet[ProgressReport] = ProgressReport.objects.filter(owed, begun, state__in=OPEN)
    return rows


def next_report(standing: Standing, on: date) -> ProgressReport | None:
    """The report of the own countries and groups that falls due next in a cycle that has not opened. One query."""
    own = Q(country_id__in=standing.countries) | Q(group_id__in=standing.groups)
    rows = ProgressReport.objects.filter(own, cycle__opens_on__gt=on, cycle__closed_at=None, state__in=OPEN)
    found: ProgressReport | None = rows.select_related("cycle").order_by("due_on", "pk").first()
    return found


def reports_on_behalf(standing: Standing) -> QuerySet[ProgressReport]:
    """Reports that the secretariat wrote for the own countries."""
    rows: QuerySet[ProgressReport] = ProgressReport.objects.filter(
        is_on_behalf=True,
        country_id__in=standing.countries,
        state__in=[ReportState.SENT, ReportState.IN_REVIEW],
    )
    return rows


def to_review(user: Any) -> Mapping[str, QuerySet[Any]]:
    """What waits for the secretariat, by kind; a person's own figures are for the others."""
    return {
        "figures": Measurement.objects.waiting().exclude(entered_by_id=user.pk),
        "reports": ProgressReport.objects.filter(state__in=[ReportState.SENT, ReportState.IN_REVIEW]),
        "proposals": waiting_proposals(),
        "revisions": waiting_revisions().exclude(proposed_by_id=user.pk),
        "drafts": Commitment.objects.filter(life_cycle=LifeCycle.DRAFT),
        "corrections": ReportCorrection.objects.filter(state=ReportState.SENT).exclude(proposed_by_id=user.pk),
        "accepted": Measurement.objects.filter(state=ReportState.ACCEPTED),
        "accepted_reports": ProgressReport.objects.filter(state=ReportState.ACCEPTED),
    }


def count_waiting(user: Any, *, on: date, late_on: date) -> int:
    """How many tasks a person has: as many as the list of tasks holds. One query; one more for the secretariat."""
    parts = [_one_each(rows) for rows in _parts(user, on, late_on)]
    return parts[0].union(*parts[1:], all=True).count() if parts else 0


def _parts(user: Any, on: date, late_on: date) -> Iterator[QuerySet[Any]]:
    """One row for each task."""
    standing = standing_of(user)
    if standing.countries:
        yield from (figures_to_confirm(standing), reports_on_behalf(standing))
    if standing.countries or standing.is_staff:
        yield from (figures_due(standing, on), figures_returned(standing))
    if standing.countries or standing.groups:
        yield returned_proposals(standing)
    if standing.countries or standing.groups or standing.is_staff:
        yield from (returned_revisions(standing), reports_owed(standing, on))
    if standing.is_staff:
        translations = wanted(office_settings(on).languages)
        wrong = Heartbeat.objects.filter(job=CHECK, is_ok=False)
        yield from (_once(user, rows) for rows in (*to_review(user).values(), translations, wrong))
        yield from (cycles_to_chase(on, late_on), gathering.cycles_to_close(on))
    if standing.holds(Role.ADMINISTRATOR):
        asked = Draft.objects.filter(form=DEPUTY_REQUEST, key=Cast(OuterRef("pk"), CharField()))
        yield posts_without_deputy(on).filter(Exists(asked))


def _once(user: Any, rows: QuerySet[Any]) -> QuerySet[Any]:
    """One task for all of these rows: a row if there are any."""
    return User.objects.filter(Exists(rows), pk=user.pk)


def _one_each(rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    # Rows of translated models would give their columns in any order; those of a union must be alike.
    plain: Any = rows.rewrite(False) if hasattr(rows, "rewrite") else rows
    ones: QuerySet[Any, Any] = plain.order_by().annotate(one=Value(1)).values_list("one")
    return ones
