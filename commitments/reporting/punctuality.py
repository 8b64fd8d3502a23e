"""Whether reports and figures came when they were due: of real cycles alone, never mixed with delivery."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from commitments.formats.dates import last_day_at
from commitments.history.enums import ReportState
from commitments.indicators.lines import figures_in_use, has_come
from commitments.indicators.models import Measurement
from commitments.mechanisms.models import Country
from commitments.register.enums import CLOSED, LifeCycle
from commitments.reporting.enums import Punctuality
from commitments.reporting.gathering import UNSENT, since_it_stands
from commitments.reporting.lines import told_apart
from commitments.reporting.models import ProgressReport, ReportEntry
from commitments.working_groups.models import WorkingGroup


@dataclass(frozen=True, slots=True)
class ReportSquare:
    """One report of a row: its cycle, whether it came in time, and how many days late it came or is."""

    report: ProgressReport
    kind: Punctuality
    days_late: int = 0

    @property
    def is_awaited(self) -> bool:
        """Late, and still to come while its cycle is open."""
        return self.kind is Punctuality.MISSING and self.report.cycle.closed_at is None


def report_squares(
    *, on: date, country: Country | None = None, group: WorkingGroup | None = None
) -> list[ReportSquare]:
    """The reports of a country or group by cycle, oldest first. One query."""
    whose = {"country": country} if country else {"group": group}
    return squares(reports_told(on=on, **whose), on=on)


def reports_told(*, on: date, **whose: Any) -> QuerySet[ProgressReport]:
    """`reports_told(on=day, country=country)`: somebody's reports, with their cycles and when each was first sent.

    A cycle that is only planned is nobody's business outside: its reports are not told.
    """
    return _told(_real().filter(**whose), on)


def squares(reports: Iterable[ProgressReport], *, on: date) -> list[ReportSquare]:
    """Reports of `reports_told`, oldest first, and whether each came in time."""
    in_order = sorted(reports, key=lambda report: (report.due_on, report.pk))
    return [_square(report, on) for report in in_order]


def squares_by(column: str, ids: Sequence[int], *, on: date) -> dict[int, list[ReportSquare]]:
    """The same of several at once: `squares_by("country_id", ids, on=day)`. One query."""
    found: dict[int, list[ReportSquare]] = {}
    for square in squares(_told(_real().filter(**{f"{column}__in": ids}), on), on=on):
        found.setdefault(getattr(square.report, column), []).append(square)
    return found


def all_report_squares(*, on: date) -> list[ReportSquare]:
    """The reports of everybody by cycle, oldest first. One query."""
    return squares(_told(_real().select_related("country", "group"), on), on=on)


def _told(rows: QuerySet[Any], on: date) -> QuerySet[ProgressReport]:
    """Those of opened cycles, with when each was first sent: to be asked back and sent again does not count anew."""
    sent = since_it_stands(ProgressReport.history.filter(id=OuterRef("pk"), sent_at__isnull=False))
    first = Subquery(sent.order_by("sent_at").values("sent_at")[:1])
    found: QuerySet[ProgressReport] = (
        rows.filter(cycle__opens_on__lte=on).select_related("cycle").annotate(first_sent_at=first)
    )
    return found


def reports_late(on: date) -> QuerySet[ProgressReport]:
    """The reports of open real cycles that are late and still to come."""
    return _awaited().filter(due_on__lt=on)


def late_reports(on: date) -> Coalesce:
    """How many reports of open real cycles are late: a number to read along with other rows, without a query."""
    counted = reports_late(on).order_by().values("cycle__is_demonstration").annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted), 0)


def late_since(on: date, **of: str) -> Subquery:
    """`late_since(on, country="pk")`: when the longest awaited report of a country or group was due; none, nothing."""
    owed = reports_late(on).filter(**{name: OuterRef(column) for name, column in of.items()})
    return Subquery(owed.order_by("due_on").values("due_on")[:1])


def reports_due(*, on: date, late_on: date) -> QuerySet[ProgressReport]:
    """The reports of real cycles that are open on a day, still to come and not late."""
    return _awaited().filter(cycle__opens_on__lte=on, due_on__gte=late_on)


def unanswered(on: date) -> QuerySet[ReportEntry]:
    """The figures that a real cycle asked for last, were due before a day and are not answered in their report.

    Nothing is awaited of a closed commitment, nor where a reason was sent, for the figure or for the whole report:
    what somebody writes in a report that is not sent is no answer in public.
    """
    asked = ReportEntry.objects.filter(report__cycle__is_demonstration=False, report__is_example=False, due_on__lt=on)
    later = Q(due_on__gt=OuterRef("due_on")) | Q(due_on=OuterRef("due_on"), pk__gt=OuterRef("pk"))
    said = ~Q(cannot_reason="") | ~Q(report__cannot_reason="")
    rows: QuerySet[ReportEntry] = (
        asked.filter(measurement__isnull=True, series__indicator__state=ReportState.PUBLISHED)
        .exclude(series__indicator__commitment__life_cycle__in=[LifeCycle.DRAFT, *CLOSED])
        .exclude(said, report__sent_at__isnull=False)
        .exclude(Exists(asked.filter(later, series=OuterRef("series"))))
    )
    return rows


def still_awaited(rows: QuerySet[ReportEntry]) -> list[ReportEntry]:
    """Those of these figures that are not public by another way either, the longest awaited first. Two queries."""
    return not_come(rows.select_related("series__indicator", "report__cycle"))


def not_come(rows: Iterable[ReportEntry]) -> list[ReportEntry]:
    """The same of rows that have their indicators and cycles. One query, none for no row."""
    late = sorted(rows, key=lambda row: (row.due_on, row.pk))
    figures = figures_in_use(row.series_id for row in late)
    return [row for row in late if not _has_come(row, figures[row.series_id])]


def late_figures(country: Country, *, on: date) -> list[ReportEntry]:
    """The figures that a country was asked for last and has not sent, the longest awaited first. Two queries."""
    return not_come(unanswered_by(country, on=on))


def unanswered_by(country: Country, *, on: date) -> QuerySet[ReportEntry]:
    """The figures that a country has not answered in its report, for `not_come`."""
    rows = told_apart(unanswered(on).filter(report__country=country))
    found: QuerySet[ReportEntry] = rows.select_related("series__indicator", "report__cycle")
    return found


def _has_come(row: ReportEntry, figures: Iterable[Measurement]) -> bool:
    asked = row.report.cycle
    return has_come(figures, period_start=asked.period_start, period_end=asked.period_end, since=asked.opens_on)


def _awaited() -> QuerySet[ProgressReport]:
    """Reports of cycles that nobody has closed which have not been sent."""
    rows: QuerySet[ProgressReport] = _real().filter(cycle__closed_at__isnull=True, state__in=UNSENT)
    return rows


def _real() -> QuerySet[Any]:
    rows: QuerySet[Any] = ProgressReport.objects.filter(cycle__is_demonstration=False, is_example=False)
    return rows


def _square(report: Any, on: date) -> ReportSquare:
    if report.first_sent_at is not None:
        days = (last_day_at(report.first_sent_at) - report.due_on).days
        return ReportSquare(report, Punctuality.LATE if days > 0 else Punctuality.ON_TIME, max(days, 0))
    days = (on - report.due_on).days
    return ReportSquare(report, Punctuality.MISSING if days > 0 else Punctuality.NOT_DUE, max(days, 0))
