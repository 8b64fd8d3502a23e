"""What may be done with a figure: enter, send again, accept, publish, return, confirm. One transaction each."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from commitments.formats.partial import PartialDate
from commitments.history import actions as history
from commitments.history.enums import ReportState
from commitments.indicators import statuses
from commitments.indicators.models import Figure, Indicator, Measurement, Series
from commitments.roles.actor import Actor
from commitments.sources.actions import cite


class StepRefusedError(Exception):
    """The record is not in a state from which this step is lawful."""


class OwnWorkError(Exception):
    """The person who entered a value never accepts it."""


def enter_measurement(
    *, series: Series, figure: Figure, by: Actor, at: datetime, why: str = "", on_behalf: bool = False
) -> Measurement:
    """Send in a figure for review. One for a date that already has a figure in use is a correction of that one."""
    with transaction.atomic():
        history.locked(series)
        figure = replace(figure, source=cite(figure.source, by=by, at=at))
        existing = in_use(series, figure.as_of)
        measurement = Measurement(
            series=series,
            state=ReportState.SENT,
            is_on_behalf=on_behalf,
            entered_by_id=by.user_id,
            entered_at=at,
            replaces=existing,
            is_used=existing is None,
            is_example=series.indicator.is_example,
            **figure.columns(),
        )
        return history.create(measurement, by=by, at=at, why=why)


def in_use(series: Series, day: PartialDate) -> Measurement | None:
    """The accepted or published figure in use for a date, if any."""
    rows = Measurement.objects.accepted().used().filter(series=series, as_of=day.first)
    return rows.filter(as_of_precision__in=[day.precision.value, ""]).first()


def send_again(
    *,
    measurement: Measurement,
    figure: Figure,
    answer: str,
    by: Actor,
    at: datetime,
    version: int | None = None,
    on_behalf: bool = False,
) -> Measurement:
    """Send a figure again before it is decided on: an answer to a question, or a slip put right in time.

    Whoever sends it last has entered it: on behalf of the country, or as the country itself.
    """
    with transaction.atomic():
        history.locked(measurement.series)
        fresh = history.locked(measurement, version=version)
        if fresh.state not in {ReportState.SENT, ReportState.RETURNED}:
            raise StepRefusedError(f"{fresh.state} → sent")
        existing = in_use(fresh.series, figure.as_of)
        figure = replace(figure, source=cite(figure.source, by=by, at=at))
        return history.change(
            fresh,
            by=by,
            at=at,
            why=answer,
            answer=answer,
            state=ReportState.SENT,
            is_on_behalf=on_behalf,
            entered_by_id=by.user_id,
            entered_at=at,
            replaces=existing,
            is_used=existing is None,
            **figure.columns(),
        )


def take_up_measurement(
    *, measurement: Measurement, by: Actor, at: datetime, version: int | None = None
) -> Measurement:
    """Take a figure up for review, or take it over from a colleague: nobody else decides on it meanwhile."""
    with transaction.atomic():
        fresh = history.locked(measurement, version=version)
        if not ReportState(fresh.state).waits_for_review:
            raise StepRefusedError(f"{fresh.state} → in review")
        _refuse_own(fresh, by)
        if fresh.taken_up_by == by.user_id:
            return fresh
        return history.change(
            fresh, by=by, at=at, state=ReportState.IN_REVIEW, reviewed_by_id=by.user_id, reviewed_at=at
        )


def accept_measurement(
    *, measurement: Measurement, by: Actor, at: datetime, why: str = "", version: int | None = None
) -> Measurement:
    """Accept a figure after review. OwnWorkError for the person who entered it."""
    with transaction.atomic():
        hold_record_of(measurement.series)
        fresh = _step(measurement, ReportState.ACCEPTED, version)
        _refuse_own(fresh, by)
        return history.change(
            fresh,
            by=by,
            at=at,
            why=why,
            state=ReportState.ACCEPTED,
            accepted_by_id=by.user_id,
            accepted_at=at,
            **_place(fresh),
        )


def confirm_measurement(
    *, measurement: Measurement, by: Actor, at: datetime, why: str = "", version: int | None = None
) -> Measurement:
    """The focal point confirms what the secretariat entered for the country: that accepts it."""
    with transaction.atomic():
        hold_record_of(measurement.series)
        fresh = _step(measurement, ReportState.ACCEPTED, version)
        _refuse_own(fresh, by)
        if not fresh.is_on_behalf:
            raise StepRefusedError("Only a value entered on behalf of the country is confirmed.")
        return history.change(
            fresh,
            by=by,
            at=at,
            why=why,
            state=ReportState.ACCEPTED,
            confirmed_by_id=by.user_id,
            confirmed_at=at,
            accepted_by_id=by.user_id,
            accepted_at=at,
            **_place(fresh),
        )


def publish_measurement(
    *, measurement: Measurement, by: Actor, at: datetime, public_reason: str = "", version: int | None = None
) -> Measurement:
    """Make an accepted figure public; the one it corrects stays on record as corrected. Statuses follow at once."""
    with transaction.atomic():
        hold_record_of(measurement.series)
        fresh = _step(measurement, ReportState.PUBLISHED, version)
        corrected = in_use(fresh.series, fresh.day) if fresh.day else None
        if corrected is not None and corrected != fresh:
            # What takes a published figure's place says why: the remark, else the reason given with it.
            why = public_reason or fresh.reason
            speaking = by if public_reason else by.speaking(fresh.reason_language)
            history.change(corrected, by=speaking, at=at, public_reason=why, state=ReportState.CORRECTED, is_used=False)
        published = history.change(
            fresh,
            by=by,
            at=at,
            public_reason=public_reason,
            state=ReportState.PUBLISHED,
            is_used=True,
            replaces=corrected if corrected != fresh else fresh.replaces,
            published_by_id=by.user_id,
            published_at=at,
        )
        _refresh(published, at=at)
        return published


def accept_and_publish_measurement(
    *, measurement: Measurement, by: Actor, at: datetime, public_reason: str = "", version: int | None = None
) -> Measurement:
    """Accept and publish in one step of the secretariat."""
    with transaction.atomic():
        accepted = accept_measurement(measurement=measurement, by=by, at=at, version=version)
        return publish_measurement(measurement=accepted, by=by, at=at, public_reason=public_reason)


def return_measurement(
    *,
    measurement: Measurement,
    question: str,
    field: str,
    due_on: date,
    by: Actor,
    at: datetime,
    version: int | None = None,
) -> Measurement:
    """Return a figure with a question at one of its fields and a date to answer by."""
    with transaction.atomic():
        fresh = _step(measurement, ReportState.RETURNED, version)
        return history.change(
            fresh,
            by=by,
            at=at,
            why=question,
            state=ReportState.RETURNED,
            question=question,
            question_field=field,
            question_due_on=due_on,
            answer="",
            accepted_by_id=None,
            accepted_at=None,
            confirmed_by_id=None,
            confirmed_at=None,
        )


def hold_record_of(series: Series) -> None:
    """Lock what a decision about figures may touch, in the one order: the commitment, the indicator, the series.

    Figures come after, and the kept status last. Whoever holds the first has everybody else wait there, so that no
    two ever wait for each other, and of two first figures the second is counted with the first.
    """
    hold_record(series.indicator)
    history.locked(series)


def hold_record(indicator: Indicator) -> Indicator:
    """Lock the commitment of an indicator, then the indicator; the indicator as it stands."""
    if indicator.commitment is not None:
        history.locked(indicator.commitment)
    return history.locked(indicator)


def _step(measurement: Measurement, to: ReportState, version: int | None) -> Measurement:
    """The figure locked, if it may go to that state now."""
    fresh = history.locked(measurement, version=version)
    if to not in ReportState(fresh.state).may_become:
        raise StepRefusedError(f"{fresh.state} → {to}")
    return fresh


def _place(measurement: Measurement) -> dict[str, Any]:
    """Whether a figure that is accepted is in use for its date, or waits to correct the one that is."""
    existing = in_use(measurement.series, measurement.day) if measurement.day else None
    return {"is_used": existing is None, "replaces": existing}


def _refuse_own(measurement: Measurement, by: Actor) -> None:
    if by.user_id is not None and measurement.entered_by_id == by.user_id:
        raise OwnWorkError(str(measurement.pk))


def _refresh(measurement: Measurement, *, at: datetime) -> None:
    commitment_id = measurement.series.indicator.commitment_id
    if commitment_id is not None:
        statuses.refresh(commitments=[commitment_id], at=at)
