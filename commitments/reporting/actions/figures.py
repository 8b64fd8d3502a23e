"""Figures of a cycle: sent in, answered about, or not to be had."""

from datetime import datetime

from django.db import transaction

from commitments.history import actions as history
from commitments.history.enums import ReportState
from commitments.indicators import actions as figures
from commitments.indicators import evidence
from commitments.indicators.actions import StepRefusedError
from commitments.indicators.models import Figure, Measurement, Series
from commitments.reporting.actions.drafts import take_draft
from commitments.reporting.models import ReportEntry
from commitments.roles.actor import Actor
from commitments.sources.models import StoredFile


def send_figure(
    *,
    series: Series,
    figure: Figure,
    unchanged: bool,
    by: Actor,
    at: datetime,
    on_behalf: bool = False,
    document: StoredFile | None = None,
) -> Measurement:
    """Send a figure in for review, with a document that shows it; what is due for it in an open cycle is met by it.

    The person's draft goes with it, exactly once: AlreadySentError for the second of two clicks. While a figure for
    the same date is being reviewed there is no second one: StepRefusedError.
    """
    with transaction.atomic():
        history.locked(series)
        day = figure.as_of.first
        if Measurement.objects.filter(series=series, as_of=day, state=ReportState.IN_REVIEW).exists():
            raise StepRefusedError("a figure for this date is in review")
        take_draft(user_id=by.user_id, form="update", key=series.indicator.code)
        measurement = figures.enter_measurement(series=series, figure=figure, by=by, at=at, on_behalf=on_behalf)
        if document is not None:
            evidence.add_to_figure(measurement=measurement, file=document, by=by, at=at)
        owed = ReportEntry.objects.select_for_update().filter(
            series=series,
            measurement__isnull=True,
            report__cycle__opens_on__lte=at.date(),
            report__cycle__closes_on__gte=at.date(),
            report__cycle__period_start__lte=figure.as_of.last_day,
        )
        for entry in owed:
            history.change(entry, by=by, at=at, measurement=measurement, is_unchanged=unchanged)
        return measurement


def answer_question(
    *,
    measurement: Measurement,
    figure: Figure,
    answer: str,
    by: Actor,
    at: datetime,
    version: int | None = None,
    on_behalf: bool = False,
    document: StoredFile | None = None,
) -> Measurement:
    """Answer the secretariat's question on a returned figure, or put a sent one right, and send it again."""
    with transaction.atomic():
        take_draft(user_id=by.user_id, form="update", key=measurement.series.indicator.code)
        if document is not None:
            evidence.add_to_figure(measurement=measurement, file=document, by=by, at=at)
        return figures.send_again(
            measurement=measurement,
            figure=figure,
            answer=answer,
            by=by,
            at=at,
            version=version,
            on_behalf=on_behalf,
        )
