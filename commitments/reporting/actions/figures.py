"""Figures of a cycle: sent in, answered about, or not to be had."""

from datetime import datetime, timedelta, timezone

from django.db import transaction

from commitments.history import actions as history
from commitments.history.actions import EditedMeanwhileError
from commitments.history.enums import ReportState
from commitments.indicators import actions as figures
from commitments.indicators import evidence
from commitments.indicators.actions import StepRefusedError
from commitments.indicators.models import Figure, Measurement, Series
from commitments.reporting.actions.drafts import take_draft
from commitments.reporting.models import Draft, ReportEntry
from commitments.reporting.models.cycle import in_open_cycle
from commitments.roles.actor import Actor
from commitments.sources.models import StoredFile

#: Where a day begins first.
FIRST_ZONE = timezone(timedelta(hours=14))
#: A report in one of these states still takes figures in.
OPEN_TO_FIGURES = (ReportState.NOT_DUE, ReportState.DUE, ReportState.DRAFT, ReportState.RETURNED)


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
    the same date is being reviewed there is no second one: StepRefusedError. Nor is there beside one that somebody has
    sent and nobody has looked at: EditedMeanwhileError, to put that one right instead.
    """
    with transaction.atomic():
        history.locked(series)
        day = figure.as_of.first
        waiting = Measurement.objects.filter(series=series, as_of=day)
        if waiting.filter(state=ReportState.IN_REVIEW).exists():
            raise StepRefusedError("a figure for this date is in review")
        take_draft(user_id=by.user_id, form="update", key=Draft.of_figure(series))
        if (sent := waiting.filter(state=ReportState.SENT).first()) is not None:
            raise EditedMeanwhileError(sent, figure.columns())
        measurement = figures.enter_measurement(
            series=series, figure=figure, by=by, at=at, why=figure.behalf_words, on_behalf=on_behalf
        )
        if document is not None:
            evidence.add_to_figure(measurement=measurement, file=document, by=by, at=at)
        owed = ReportEntry.objects.select_for_update().filter(
            # The first day that the moment falls on anywhere: what a page asked for is met wherever it was open.
            in_open_cycle(at.astimezone(FIRST_ZONE).date(), "report__cycle"),
            series=series,
            measurement__isnull=True,
            # A report that was sent stays as it was sent.
            report__state__in=OPEN_TO_FIGURES,
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
        take_draft(user_id=by.user_id, form="update", key=Draft.of_figure(measurement.series))
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
