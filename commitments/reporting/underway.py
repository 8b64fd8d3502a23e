"""What somebody sent: figures and reports that lie with the secretariat, and those decided on lately."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse

from commitments.formats.language import Text
from commitments.history.enums import ReportState
from commitments.indicators.models import Measurement
from commitments.register.models import Commitment
from commitments.reporting.assignments import report_page, report_subject
from commitments.reporting.lines import figure_page, title_of, told_apart
from commitments.reporting.models import ProgressReport
from commitments.roles.standing import Standing

DONE_DAYS = 30
#: The newest of each kind; nobody reads further down.
MOST = 50
WAITING = (ReportState.SENT, ReportState.IN_REVIEW)


@dataclass(frozen=True, slots=True)
class Sent:
    """One thing that was sent: its name, where it is read, since when it lies there, what was decided."""

    subject: Text
    url: str
    sent_at: datetime
    waits: bool
    published_at: datetime | None = None


def underway(standing: Standing, *, on: date) -> tuple[list[Sent], list[Sent]]:
    """What waits for others, and what is done, newest first: of own countries and groups; of the office, one's own.

    What the secretariat entered on behalf of a country waits for that country, not here. Two queries.
    """
    if not (standing.countries or standing.groups or standing.is_staff):
        return [], []
    since = on - timedelta(days=DONE_DAYS)
    rows = [*_figures(standing, since), *_reports(standing, since)]
    rows.sort(key=lambda row: row.sent_at, reverse=True)
    return [row for row in rows if row.waits], [row for row in rows if not row.waits]


def _here(since: date) -> Q:
    """Not decided on, or decided on lately."""
    decided = Q(accepted_at__date__gte=since) | Q(published_at__date__gte=since)
    return Q(state__in=WAITING, is_on_behalf=False) | decided


def _figures(standing: Standing, since: date) -> list[Sent]:
    own = Q(series__indicator__commitment__in=Commitment.objects.answered_by(standing.countries).values("pk"))
    if standing.is_staff:
        asked = Commitment.objects.answered_by_secretariat().values("pk")
        own |= Q(series__indicator__commitment__in=asked, entered_by_id=standing.user_id)
    rows = Measurement.objects.filter(own, _here(since), entered_at__isnull=False)
    shown = told_apart(rows).select_related("series__indicator").order_by("-entered_at", "-pk")
    return [_figure(row) for row in shown[:MOST]]


def _figure(row: Any) -> Sent:
    indicator = row.series.indicator
    waits = ReportState(row.state).waits_for_review
    return Sent(
        subject=title_of(row),
        url=figure_page(row.series) if waits else reverse("public:indicator", args=[indicator.code]),
        sent_at=row.entered_at,
        waits=waits,
        published_at=row.published_at,
    )


def _reports(standing: Standing, since: date) -> list[Sent]:
    own = Q(country_id__in=standing.countries) | Q(group_id__in=standing.groups)
    if standing.is_staff:
        own |= Q(is_of_secretariat=True, sent_by_id=standing.user_id)
    rows = ProgressReport.objects.filter(own, _here(since), sent_at__isnull=False)
    return [_report(row) for row in rows.select_related("country", "group", "cycle").order_by("-sent_at", "-pk")[:MOST]]


def _report(row: Any) -> Sent:
    page = reverse("public:report", args=[row.cycle.slug, row.place]) if row.is_public else report_page(row)
    return Sent(
        subject=report_subject(row),
        url=page,
        sent_at=row.sent_at,
        waits=ReportState(row.state).waits_for_review,
        published_at=row.published_at,
    )
