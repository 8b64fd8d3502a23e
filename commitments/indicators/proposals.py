"""A new indicator: proposed by a country or group, published by the secretariat."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from commitments.formats.partial import PartialDate
from commitments.history import actions as history
from commitments.history.actions import EditedMeanwhileError
from commitments.history.enums import ReportState
from commitments.history.models import TrackedModel
from commitments.indicators import statuses
from commitments.indicators.actions import OwnWorkError, StepRefusedError
from commitments.indicators.models import Baseline, Indicator, Series, Target
from commitments.intake.personal import named
from commitments.mechanisms.models import Country
from commitments.notices.actions import owe_decision
from commitments.register import actions as register
from commitments.register.enums import UNSEEN
from commitments.register.models import Commitment
from commitments.roles.actor import Actor
from commitments.roles.standing import Standing

#: The message that tells whoever proposed an indicator what became of it.
PROPOSAL_DECIDED = "proposal_decided"


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
    cadence: str = ""
    baseline: Decimal | None = None
    baseline_date: PartialDate | None = None
    target: Decimal | None = None
    target_date: PartialDate | None = None

    def columns(self, of: Indicator | None = None) -> dict[str, Any]:
        """Texts in the language they were written in, and how it is counted; other languages stay as they are.

        `of` an indicator on record: without the texts that were left empty where nothing stood before.
        """
        texts = {f"{field}_{self.language}": getattr(self, field) for field in ("title", "unit", "definition")}
        texts = {name: text for name, text in texts.items() if of is None or text or getattr(of, name)}
        plain = {name: getattr(self, name) for name in ("direction", "counting", "horizon", "cadence")}
        return {**texts, **plain}

    def baseline_columns(self) -> dict[str, Any] | None:
        """The starting value, or None: it is one only with its date."""
        if self.baseline is None or self.baseline_date is None:
            return None
        day = self.baseline_date
        return {"value": self.baseline, "date": day.first, "date_precision": day.precision.value}

    def target_columns(self) -> dict[str, Any] | None:
        """The target, with or without a date, or None."""
        if self.target is None:
            return None
        day = self.target_date
        return {
            "value": self.target,
            "date": day.first if day else None,
            "date_precision": day.precision.value if day else "",
        }


class UnansweredError(Exception):
    """Indicators of the commitment were returned with a question that nobody has answered; `codes` names them."""

    def __init__(self, codes: list[str]) -> None:
        super().__init__(", ".join(codes))
        self.codes = codes


def waiting_proposals() -> QuerySet[Indicator]:
    """Proposals the secretariat decides on by themselves; those of a draft are decided on with the draft."""
    rows: QuerySet[Indicator] = Indicator.objects.filter(state=ReportState.SENT)
    return rows.filter(~Q(commitment__life_cycle__in=UNSEEN))


def returned_proposals(standing: Standing) -> QuerySet[Indicator]:
    """Returned proposals that a person can answer: of the own countries once public, of the own groups always."""
    own = Q(commitment__in=Commitment.objects.public().answered_by(standing.countries).values("pk"))
    rows: QuerySet[Indicator] = Indicator.objects.filter(state=ReportState.RETURNED)
    return rows.filter(own | Q(commitment__group_id__in=standing.groups))


def own_proposals(commitment: Commitment, user_id: int | None) -> list[str]:
    """Codes of the indicators of a draft that a person proposed: somebody else publishes them. One query."""
    if user_id is None:
        return []
    rows = Indicator.objects.filter(commitment=commitment, state=ReportState.SENT, proposed_by_id=user_id)
    return list(rows.order_by("code").values_list("code", flat=True))


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
            state=ReportState.SENT,
            proposed_by_id=by.user_id,
            is_example=commitment.is_example,
            **proposal.columns(),
        )
        history.create(indicator, by=by, at=at, why=why)
        series = history.create(Series(indicator=indicator), by=by, at=at, why=why)
        _write_ends(series, proposal, by=by, at=at, why=why)
        return indicator


def _write_ends(series: Series, proposal: Proposal, *, by: Actor, at: datetime, why: str) -> None:
    """The starting value and the target as the proposal now has them: made, changed, or removed where left empty."""
    ends = (
        (Baseline, series.baselines, proposal.baseline_columns()),
        (Target, series.targets, proposal.target_columns()),
    )
    for model, rows, columns in ends:
        row = rows.filter(valid_until__isnull=True).first()
        if row is None and columns is not None:
            history.create(model(series=series, **columns), by=by, at=at, why=why)
        elif row is not None and columns is not None:
            history.change(row, by=by, at=at, why=why, **columns)
        elif row is not None:
            history.remove(row, by=by, at=at, why=why)


def publish_indicator(
    *, indicator: Indicator, by: Actor, at: datetime, public_reason: str = "", version: int | None = None
) -> Indicator:
    """Accept a proposed indicator and make it public. OwnWorkError for who proposed it: two persons agree on one."""
    with transaction.atomic():
        if indicator.commitment is not None:
            history.locked(indicator.commitment)
        fresh = history.locked(indicator, version=version)
        if by.user_id is not None and fresh.proposed_by_id == by.user_id:
            raise OwnWorkError(fresh.code)
        if fresh.state not in {ReportState.SENT, ReportState.ACCEPTED, ReportState.DRAFT}:
            raise StepRefusedError(f"{fresh.state} → published")
        published = history.change(fresh, by=by, at=at, public_reason=public_reason, state=ReportState.PUBLISHED)
        owe_decision(kind=PROPOSAL_DECIDED, thing=published, recipient=published.proposed_by, at=at)
        if published.commitment_id is not None:
            statuses.refresh(commitments=[published.commitment_id], at=at)
        return published


def return_indicator(
    *, indicator: Indicator, question: str, by: Actor, at: datetime, version: int | None = None
) -> Indicator:
    """Return a proposal with a question."""
    with transaction.atomic():
        fresh = history.locked(indicator, version=version)
        if fresh.state != ReportState.SENT:
            raise StepRefusedError(f"{fresh.state} → returned")
        step: dict[str, Any] = {"question": question, "state": ReportState.RETURNED}
        returned = history.change(fresh, by=by, at=at, why=question, **step)
        owe_decision(kind=PROPOSAL_DECIDED, thing=returned, recipient=returned.proposed_by, at=at)
        return returned


def propose_again(
    *, indicator: Indicator, proposal: Proposal, by: Actor, at: datetime, version: int | None = None
) -> Indicator:
    """Send a returned proposal again, as it now reads; EditedMeanwhileError when it moved on since `version`."""
    with transaction.atomic():
        fresh = history.locked(indicator)
        if fresh.state != ReportState.RETURNED:
            raise StepRefusedError(f"{fresh.state} → sent")
        columns = proposal.columns(fresh)
        if version is not None and fresh.version != version:
            raise EditedMeanwhileError(fresh, columns)
        changed = history.change(fresh, by=by, at=at, state=ReportState.SENT, **columns)
        series = changed.series.get(country=None, breakdown="")
        _write_ends(series, proposal, by=by, at=at, why="proposed again")
        return changed


def change_commitment(
    *,
    commitment: Commitment,
    columns: dict[str, Any],
    by: Actor,
    at: datetime,
    public_reason: str = "",
    version: int | None = None,
    lead: Country | bool | None = False,
) -> Commitment:
    """Write new values to a commitment; its kept status follows, since it may rest on them.

    `lead` is the country that answers for a commitment made together, None for none; False leaves it as it is.

    Raises EditedMeanwhileError when somebody else changed it since `version`.
    """
    with transaction.atomic():
        changed = register.change_commitment(
            commitment=commitment, columns=columns, by=by, at=at, public_reason=public_reason, version=version
        )
        if not isinstance(lead, bool):
            register.set_lead(commitment=changed, lead=lead, by=by, at=at, public_reason=public_reason)
        statuses.refresh(commitments=[changed.pk], at=at)
        return changed


def texts_of(row: TrackedModel, *names: str) -> list[str]:
    """What translated fields of a record hold, in every language."""
    return [text for name in names for column in row.translated_columns(name) if (text := getattr(row, column))]


def texts_of_commitment(commitment: Commitment) -> str:
    """All that the public will read of a draft once it is published: its parts and documents too. Four queries."""
    texts = [*texts_of(commitment, "title", "summary"), commitment.made_at]
    for link in commitment.source_links.select_related("source"):
        texts += [link.source.title, link.source.publisher]
    for row in Indicator.objects.filter(commitment=commitment).order_by("code"):
        texts += texts_of(row, "title", "unit", "definition")
    for step in commitment.milestones.select_related("source").order_by("pk"):
        texts += [*texts_of(step, "title"), step.source.title if step.source else ""]
    for shown in commitment.evidence.filter(measurement=None).select_related("file", "source"):
        texts += [
            *named(shown.title, shown.file.name if shown.file else ""),
            shown.source.title if shown.source else "",
        ]
    return "\n".join(dict.fromkeys(filter(None, texts)))


def publish_commitment(
    *, commitment: Commitment, by: Actor, at: datetime, public_reason: str = "", version: int | None = None
) -> Commitment:
    """Publish a draft commitment together with the indicators that were recorded with it.

    Raises UnansweredError while one of them is returned with a question, OwnWorkError for who proposed one of them.
    """
    with transaction.atomic():
        published = register.publish_commitment(
            commitment=commitment, by=by, at=at, public_reason=public_reason, version=version
        )
        indicators = Indicator.objects.filter(commitment=published).order_by("code")
        if unanswered := [row.code for row in indicators.filter(state=ReportState.RETURNED)]:
            raise UnansweredError(unanswered)
        if own := own_proposals(published, by.user_id):
            raise OwnWorkError(", ".join(own))
        for indicator in indicators.filter(state=ReportState.SENT):
            history.change(indicator, by=by, at=at, public_reason=public_reason, state=ReportState.PUBLISHED)
        statuses.refresh(commitments=[published.pk], at=at)
        return published
