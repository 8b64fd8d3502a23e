"""A change of how an indicator is defined, of where it starts or where it must stand: proposed, decided on, in force.

Nothing is rewritten. An approved revision ends the baseline or target in force and begins another on the same day,
today or later: what was said of the days before stays as it was said.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery

from commitments.formats.dates import site_day
from commitments.history import actions as history
from commitments.history import languages
from commitments.history.actions import EditedMeanwhileError
from commitments.history.enums import ReportState
from commitments.indicators import statuses
from commitments.indicators.actions import OwnWorkError, StepRefusedError, hold_record
from commitments.indicators.enums import RevisionSubject
from commitments.indicators.models import Baseline, Indicator, Revision, Series, Target, Waypoint
from commitments.indicators.proposed import Proposed, problem_of
from commitments.indicators.queries import indicator_reading
from commitments.notices.actions import owe_decision
from commitments.register.enums import LifeCycle
from commitments.roles.actor import Actor
from commitments.roles.enums import Role
from commitments.roles.standing import Standing
from commitments.sources.actions import cite

#: States in which a proposal still waits for somebody.
OPEN = (ReportState.SENT, ReportState.IN_REVIEW, ReportState.RETURNED)
#: The message that tells whoever proposed a change what became of it.
REVISION_DECIDED = "revision_decided"


class RevisionRefusedError(Exception):
    """What is proposed cannot come into force; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class OthersProposalError(Exception):
    """A proposal is answered for and taken back by who made it, or by somebody of the same post; nobody else."""


# -- reading -------------------------------------------------------------------------------------------------------


def waiting_revisions() -> QuerySet[Revision]:
    """Proposed changes that the secretariat decides on, oldest first."""
    rows: QuerySet[Revision] = Revision.objects.filter(state__in=[ReportState.SENT, ReportState.IN_REVIEW])
    return rows.select_related("indicator__commitment__maker_country").order_by("proposed_at", "pk")


def returned_revisions(standing: Standing) -> QuerySet[Revision]:
    """Returned proposals that a person can answer: made in the name of their country or group, or of the office."""
    sent = Revision.history.filter(id=OuterRef("pk"), state=ReportState.SENT).order_by("-history_id")
    posts = {name: Subquery(sent.values(f"actor_{name}")[:1]) for name in ("role", "country", "group")}
    own = Q(country__in={post.country for post in standing.posts if post.country_id in standing.countries})
    own |= Q(group__in={post.group for post in standing.posts if post.group_id in standing.groups})
    own |= Q(role=Role.SECRETARIAT) if standing.is_staff else Q()
    rows: QuerySet[Revision] = Revision.objects.filter(state=ReportState.RETURNED).annotate(**posts).filter(own)
    return rows.select_related("indicator__commitment").order_by("proposed_at", "pk")


def is_of_its_post(revision: Revision, by: Actor) -> bool:
    """Whether a person made the proposal, or holds the post in whose name it was made. One query at most."""
    if by.user_id is not None and revision.proposed_by_id == by.user_id:
        return True
    sent = Revision.history.filter(id=revision.pk, state=ReportState.SENT, proposed_at=revision.proposed_at)
    posts = sent.order_by("history_id").values_list("actor_role", "actor_country", "actor_group")
    return bool(posts.first() == (by.role, by.country, by.group))


# -- steps ---------------------------------------------------------------------------------------------------------


def propose_revision(*, indicator: Indicator, proposed: Proposed, by: Actor, at: datetime, why: str = "") -> Revision:
    """Send in a change for the secretariat to decide on; nothing is in force before it is approved.

    Raises RevisionRefusedError: "backwards", "closed", "not_public", "waits" where another one waits already.
    """
    with transaction.atomic():
        fresh = hold_record(indicator)
        _refuse_closed(fresh)
        if proposed.takes_effect_on < site_day(at):
            raise RevisionRefusedError("backwards")
        if Revision.objects.filter(indicator=fresh, subject=proposed.subject, state__in=OPEN).exists():
            raise RevisionRefusedError("waits")
        revision = Revision(
            indicator=fresh,
            state=ReportState.SENT,
            proposed_by_id=by.user_id,
            proposed_at=at,
            source=cite(proposed.source, by=by, at=at),
            **proposed.stored(fresh),
        )
        made = history.create(revision, by=by, at=at, why=why)
        languages.keep_language(made, "reason", by=by, at=at)
        return made


def propose_revision_again(
    *,
    revision: Revision,
    proposed: Proposed,
    answer: str,
    by: Actor,
    at: datetime,
    version: int | None = None,
) -> Revision:
    """Answer the question on a returned revision and send it again as it now reads.

    Raises OthersProposalError for anybody but who made it and those of the same post: nobody answers a question of
    the office in a country's name.
    """
    with transaction.atomic():
        fresh = history.locked(revision)
        if not is_of_its_post(fresh, by):
            raise OthersProposalError(str(fresh.pk))
        if fresh.state != ReportState.RETURNED:
            raise StepRefusedError(f"{fresh.state} → sent")
        if proposed.takes_effect_on < site_day(at):
            raise RevisionRefusedError("backwards")
        columns = proposed.stored(fresh.indicator) | {"source": cite(proposed.source, by=by, at=at)}
        if version is not None and fresh.version != version:
            raise EditedMeanwhileError(fresh, columns)
        columns |= {"state": ReportState.SENT, "proposed_by_id": by.user_id, "proposed_at": at}
        languages.keep_language(fresh, "reason", by=by, at=at)
        return history.change(fresh, by=by, at=at, why=answer, **columns)


def answer_to(revision: Revision) -> str:
    """What was answered to the question, as the history keeps it. One query."""
    if not revision.question or revision.state == ReportState.RETURNED:
        return ""
    sent = Revision.history.filter(id=revision.pk, state=ReportState.SENT).order_by("-history_id")
    return str(sent.values_list("history_change_reason", flat=True).first() or "")


def return_revision(
    *, revision: Revision, question: str, by: Actor, at: datetime, version: int | None = None
) -> Revision:
    """Return a proposal with a question."""
    with transaction.atomic():
        fresh = _step(revision, ReportState.RETURNED, version)
        step: dict[str, Any] = {"question": question, "state": ReportState.RETURNED}
        returned = history.change(fresh, by=by, at=at, why=question, **step)
        owe_decision(kind=REVISION_DECIDED, thing=returned, recipient=returned.proposed_by, at=at)
        return returned


def withdraw_revision(*, revision: Revision, by: Actor, at: datetime, version: int | None = None) -> None:
    """Take a proposal back before it is decided on; its history stays.

    Raises OthersProposalError for anybody but who made it and those of the same post.
    """
    with transaction.atomic():
        fresh = history.locked(revision, version=version)
        if not is_of_its_post(fresh, by):
            raise OthersProposalError(str(fresh.pk))
        if fresh.state not in OPEN:
            raise StepRefusedError(f"{fresh.state} → withdrawn")
        history.remove(fresh, by=by, at=at, why="withdrawn")


def approve_revision(*, revision: Revision, by: Actor, at: datetime, version: int | None = None) -> Revision:
    """Bring a revision into force from its day, or from the day of the site if that is later: never backwards.

    Raises OwnWorkError for who proposed it, RevisionRefusedError for a closed commitment ("closed"), where a later
    one is agreed already ("later_agreed"), and where it fits what is in force no more (the codes of `problem_of`).
    """
    with transaction.atomic():
        fresh = _step(revision, ReportState.ACCEPTED, version)
        if by.user_id is not None and fresh.proposed_by_id == by.user_id:
            raise OwnWorkError(str(fresh.pk))
        indicator = hold_record(fresh.indicator)
        _refuse_closed(indicator)
        says, on = Proposed.of(fresh), site_day(at)
        effect = on if says.subject is RevisionSubject.DEFINITION else max(fresh.takes_effect_on, on)
        says = replace(says, takes_effect_on=effect, source=fresh.source)
        if problem := problem_of(says, indicator_reading(indicator, on=effect).facts, indicator, effect):
            raise RevisionRefusedError(problem)
        by = by.speaking(languages.language_kept(fresh, "reason"))
        begun = _begin(indicator, says, by=by, at=at)
        approved = history.change(
            fresh,
            by=by,
            at=at,
            public_reason=says.reason,
            state=ReportState.PUBLISHED,
            decided_by_id=by.user_id,
            decided_at=at,
            takes_effect_on=effect,
            **begun,
        )
        if indicator.commitment_id is not None:
            statuses.refresh(commitments=[indicator.commitment_id], at=at)
        owe_decision(kind=REVISION_DECIDED, thing=approved, recipient=approved.proposed_by, at=at)
        return approved


def _begin(indicator: Indicator, says: Proposed, *, by: Actor, at: datetime) -> dict[str, Any]:
    """End what is in force and begin what was agreed; what the revision keeps of it."""
    who: dict[str, Any] = {"by": by, "at": at, "public_reason": says.reason}
    if says.subject is RevisionSubject.DEFINITION:
        columns = says.stored(indicator)["columns"]
        history.change(indicator, **who, **says.columns)
        return {"columns": columns}
    series = indicator.series.filter(country=None, breakdown="").first()
    series = history.locked(series) if series else history.create(Series(indicator=indicator), **who)
    model: type[Baseline] | type[Target] = Baseline if says.subject is RevisionSubject.BASELINE else Target
    old = model.objects.filter(series=series, valid_until__isnull=True).first()
    if old is not None and old.valid_from is not None and says.takes_effect_on < old.valid_from:
        raise RevisionRefusedError("later_agreed")
    if old is not None:
        history.change(old, **who, valid_until=says.takes_effect_on)
    stored = says.stored(indicator)
    columns = {name: stored[name] for name in ("value", "qualifier", "date", "date_precision")}
    if model is Target:
        columns |= {"value_min": says.value_min, "value_max": says.value_max}
    new = history.create(model(series=series, source=says.source, valid_from=says.takes_effect_on, **columns), **who)
    for point in says.waypoints if model is Target else ():
        history.create(Waypoint(target=new, date=point.date.first, value=point.value), **who)
    return {says.subject.value: new}


def _step(revision: Revision, to: ReportState, version: int | None) -> Revision:
    """The revision locked, if it may go to that state now."""
    fresh = history.locked(revision, version=version)
    if to not in ReportState(fresh.state).may_become or not ReportState(fresh.state).waits_for_review:
        raise StepRefusedError(f"{fresh.state} → {to}")
    return fresh


def _refuse_closed(indicator: Indicator) -> None:
    """Only what is public and under way is revised; a closed commitment stays as it stood."""
    commitment = history.locked(indicator.commitment) if indicator.commitment else None
    if indicator.state != ReportState.PUBLISHED or (commitment and not commitment.is_public):
        raise RevisionRefusedError("not_public")
    if commitment is not None and LifeCycle(commitment.life_cycle).is_closed:
        raise RevisionRefusedError("closed")
