"""A new indicator: proposed by a country or group, published by the secretariat."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from commitments.formats.partial import PartialDate
from commitments.history import actions as history
from commitments.history.enums import ReportState
from commitments.indicators import statuses
from commitments.indicators.actions import StepRefusedError
from commitments.indicators.models import Baseline, Indicator, Series, Target
from commitments.register import actions as register
from commitments.register.models import Commitment
from commitments.roles.actor import Actor


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a proposed indicator says: what is counted, how, from where and to where."""

    title: str
    unit: str
    language: str
    direction: str
    counting: str
    definition: str = ""
    horizon: str = ""
    baseline: Decimal | None = None
    baseline_date: PartialDate | None = None
    target: Decimal | None = None
    target_date: PartialDate | None = None


def next_code(commitment: Commitment) -> str:
    """The next free indicator code of a commitment; numbers are never reused."""
    prefix = f"{commitment.code}-I"
    used = [
        int(code.removeprefix(prefix))
        for code in Indicator.history.filter(code__startswith=prefix).values_list("code", flat=True)
        if code.removeprefix(prefix).isdigit()
    ]
    return f"{prefix}{max(used, default=0) + 1}"


def propose_indicator(
    *, commitment: Commitment, proposal: Proposal, by: Actor, at: datetime, why: str = ""
) -> Indicator:
    """Record an indicator that waits for the secretariat; invisible to the public until published."""
    with transaction.atomic():
        history.locked(commitment)
        indicator = Indicator(
            code=next_code(commitment),
            commitment=commitment,
            direction=proposal.direction,
            counting=proposal.counting,
            horizon=proposal.horizon,
            state=ReportState.SENT,
            proposed_by_id=by.user_id,
            is_example=commitment.is_example,
        )
        for field in ("title", "unit", "definition"):
            setattr(indicator, f"{field}_{proposal.language}", getattr(proposal, field))
        history.create(indicator, by=by, at=at, why=why)
        series = history.create(Series(indicator=indicator), by=by, at=at, why=why)
        _targets(series, proposal, by=by, at=at, why=why)
        return indicator


def _targets(series: Series, proposal: Proposal, *, by: Actor, at: datetime, why: str) -> None:
    if proposal.baseline is not None and proposal.baseline_date is not None:
        baseline = Baseline(
            series=series,
            value=proposal.baseline,
            date=proposal.baseline_date.first,
            date_precision=proposal.baseline_date.precision.value,
        )
        history.create(baseline, by=by, at=at, why=why)
    if proposal.target is not None:
        target = Target(
            series=series,
            value=proposal.target,
            date=proposal.target_date.first if proposal.target_date else None,
            date_precision=proposal.target_date.precision.value if proposal.target_date else "",
        )
        history.create(target, by=by, at=at, why=why)


def publish_indicator(
    *, indicator: Indicator, by: Actor, at: datetime, on: date, public_reason: str = "", version: int | None = None
) -> Indicator:
    """Accept a proposed indicator and make it public."""
    with transaction.atomic():
        fresh = history.locked(indicator, version=version)
        if fresh.state not in {ReportState.SENT, ReportState.ACCEPTED, ReportState.DRAFT}:
            raise StepRefusedError(f"{fresh.state} → published")
        published = history.change(fresh, by=by, at=at, public_reason=public_reason, state=ReportState.PUBLISHED)
        if published.commitment_id is not None:
            statuses.refresh(commitments=[published.commitment_id], on=on, at=at)
        return published


def return_indicator(
    *, indicator: Indicator, question: str, by: Actor, at: datetime, version: int | None = None
) -> Indicator:
    """Return a proposal with a question."""
    with transaction.atomic():
        fresh = history.locked(indicator, version=version)
        if fresh.state != ReportState.SENT:
            raise StepRefusedError(f"{fresh.state} → returned")
        return history.change(fresh, by=by, at=at, why=question, question=question, state=ReportState.RETURNED)


def propose_again(
    *, indicator: Indicator, proposal: Proposal, by: Actor, at: datetime, version: int | None = None
) -> Indicator:
    """Send a returned proposal again, as it now reads."""
    with transaction.atomic():
        fresh = history.locked(indicator, version=version)
        if fresh.state != ReportState.RETURNED:
            raise StepRefusedError(f"{fresh.state} → sent")
        texts = {f"{field}_{proposal.language}": getattr(proposal, field) for field in ("title", "unit", "definition")}
        changed = history.change(
            fresh,
            by=by,
            at=at,
            state=ReportState.SENT,
            direction=proposal.direction,
            counting=proposal.counting,
            horizon=proposal.horizon,
            **texts,
        )
        series = changed.series.get(country=None, breakdown="")
        for row in [*series.baselines.all(), *series.targets.all()]:
            history.remove(row, by=by, at=at, why="proposed again")
        _targets(series, proposal, by=by, at=at, why="")
        return changed


def publish_commitment(
    *, commitment: Commitment, by: Actor, at: datetime, on: date, public_reason: str = "", version: int | None = None
) -> Commitment:
    """Publish a draft commitment together with the indicators that were recorded with it."""
    with transaction.atomic():
        published = register.publish_commitment(
            commitment=commitment, by=by, at=at, public_reason=public_reason, version=version
        )
        for indicator in Indicator.objects.filter(commitment=published, state=ReportState.SENT):
            history.change(indicator, by=by, at=at, public_reason=public_reason, state=ReportState.PUBLISHED)
        statuses.refresh(commitments=[published.pk], on=on, at=at)
        return published
