"""A revised target or baseline: who may approve it, from when it holds, and that nothing before it is rewritten."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commitments.formats.partial import PartialDate
from commitments.history.actions import EditedMeanwhileError
from commitments.indicators import revising
from commitments.indicators.actions import OwnWorkError, StepRefusedError
from commitments.indicators.enums import Qualifier, RevisionSubject, Status
from commitments.indicators.facts import WaypointFact
from commitments.indicators.models import CommitmentStatus, Indicator, Revision, Target
from commitments.indicators.proposed import Proposed, problem_of
from commitments.indicators.queries import indicator_reading
from commitments.indicators.revising import RevisionRefusedError, approve_revision, propose_revision
from tests.cast import NOON, TODAY, Cast
from tests.factories import record

pytestmark = pytest.mark.django_db
YESTERDAY = TODAY - timedelta(days=1)
END = date(2028, 12, 31)


def target(value: int = 3000, *, day: date = TODAY, end: date | None = END, **says: Any) -> Proposed:
    return Proposed(
        subject=RevisionSubject.TARGET,
        takes_effect_on=day,
        reason="The programme was enlarged.",
        value=Decimal(value),
        day=PartialDate(end) if end else None,
        **says,
    )


@pytest.fixture
def indicator(cast: Cast) -> Indicator:
    row = record.indicator(
        record.commitment(country=cast.colombia), baseline=(0, date(2024, 1, 1)), target=(1000, date(2028, 12, 31))
    )
    record.measurement(row, 600, date(2026, 6, 30))
    return row


def proposed(cast: Cast, indicator: Indicator, says: Proposed | None = None) -> Revision:
    return propose_revision(indicator=indicator, proposed=says or target(), by=cast.actor(cast.focal_colombia), at=NOON)


def approved(cast: Cast, indicator: Indicator, says: Proposed | None = None) -> Revision:
    revision = proposed(cast, indicator, says)
    return approve_revision(revision=revision, by=cast.actor(cast.secretary), at=NOON)


def test_a_proposal_changes_nothing_before_it_is_approved(cast: Cast, indicator: Indicator) -> None:
    revision = proposed(cast, indicator)
    assert (revision.state, revision.proposed_by, Target.objects.get().value) == ("sent", cast.focal_colombia, 1000)
    assert indicator_reading(indicator, on=TODAY).result.target == 1000


def test_approval_ends_the_old_target_and_begins_the_new_on_one_day(cast: Cast, indicator: Indicator) -> None:
    revision = approved(cast, indicator)
    old, new = Target.objects.order_by("id")
    assert (old.value, old.valid_from, old.valid_until) == (1000, None, TODAY)
    assert (new.value, new.valid_from, new.valid_until, revision.target) == (3000, TODAY, None, new)
    assert (revision.state, revision.decided_by) == ("published", cast.secretary)
    assert indicator_reading(indicator, on=YESTERDAY).result.target == 1000
    assert indicator_reading(indicator, on=TODAY).result.target == 3000


def test_the_status_before_is_not_rewritten_and_the_kept_one_follows(cast: Cast, indicator: Indicator) -> None:
    assert CommitmentStatus.objects.get().status == Status.ON_TRACK
    approved(cast, indicator)
    assert indicator_reading(indicator, on=YESTERDAY).result.status is Status.ON_TRACK
    assert indicator_reading(indicator, on=TODAY).result.status is Status.OFF_TRACK
    assert CommitmentStatus.objects.get().status == Status.OFF_TRACK


def test_who_proposed_it_never_approves_it(cast: Cast, indicator: Indicator) -> None:
    own = propose_revision(indicator=indicator, proposed=target(), by=cast.actor(cast.secretary), at=NOON)
    with pytest.raises(OwnWorkError):
        approve_revision(revision=own, by=cast.actor(cast.secretary), at=NOON)
    assert approve_revision(revision=own, by=cast.actor(cast.second_secretary), at=NOON).decided_by
    assert cast.standing(cast.secretary).has_perm(Revision.get_perm("approve"), proposed(cast, indicator))


def test_nothing_is_applied_backwards(cast: Cast, indicator: Indicator) -> None:
    with pytest.raises(RevisionRefusedError, match="backwards"):
        proposed(cast, indicator, target(day=YESTERDAY))
    late = proposed(cast, indicator)
    later = NOON + timedelta(days=5)
    late = approve_revision(revision=late, by=cast.actor(cast.secretary), at=later)
    assert late.takes_effect_on == later.date()
    assert indicator_reading(indicator, on=TODAY).result.target == 1000


def test_a_day_ahead_is_waited_for(cast: Cast, indicator: Indicator) -> None:
    day = date(2027, 1, 1)
    approved(cast, indicator, target(day=day))
    assert indicator_reading(indicator, on=day - timedelta(days=1)).result.target == 1000
    assert indicator_reading(indicator, on=day).result.target == 3000
    with pytest.raises(RevisionRefusedError, match="later_agreed"):
        approved(cast, indicator, target(4000, day=TODAY))


def test_one_proposal_waits_at_a_time_and_a_closed_commitment_takes_none(cast: Cast, indicator: Indicator) -> None:
    proposed(cast, indicator)
    with pytest.raises(RevisionRefusedError, match="waits"):
        proposed(cast, indicator)
    ended = record.indicator(record.commitment("LAD-COL-902", country=cast.colombia, life_cycle="ended"))
    with pytest.raises(RevisionRefusedError, match="closed"):
        proposed(cast, ended)
    draft = record.indicator(record.commitment("LAD-COL-903", country=cast.colombia), state="sent")
    with pytest.raises(RevisionRefusedError, match="not_public"):
        proposed(cast, draft)


def test_a_question_is_answered_and_the_proposal_comes_again(cast: Cast, indicator: Indicator) -> None:
    secretary, focal = cast.actor(cast.secretary), cast.actor(cast.focal_colombia)
    revision = proposed(cast, indicator)
    returned = revising.return_revision(revision=revision, question="By when?", by=secretary, at=NOON)
    assert list(revising.returned_revisions(cast.standing(cast.focal_colombia).standing)) == [returned]
    with pytest.raises(StepRefusedError):
        approve_revision(revision=returned, by=secretary, at=NOON)
    says, step = target(2500), {"answer": "By 2028.", "by": focal, "at": NOON}
    with pytest.raises(EditedMeanwhileError):
        revising.propose_revision_again(revision=returned, proposed=says, version=1, **step)
    again = revising.propose_revision_again(revision=returned, proposed=says, version=returned.version, **step)
    assert (again.state, again.value, revising.answer_to(again)) == ("sent", 2500, "By 2028.")
    assert list(revising.waiting_revisions()) == [again]


def test_a_proposal_is_taken_back_and_its_history_stays(cast: Cast, indicator: Indicator) -> None:
    revision = proposed(cast, indicator)
    pk = revision.pk
    revising.withdraw_revision(revision=revision, by=cast.actor(cast.focal_colombia), at=NOON)
    assert (Revision.objects.count(), Revision.history.filter(id=pk).count()) == (0, 2)
    decided = approved(cast, indicator)
    with pytest.raises(StepRefusedError):
        revising.withdraw_revision(revision=decided, by=cast.actor(cast.focal_colombia), at=NOON)


def test_interim_targets_are_kept_and_one_against_the_direction_is_refused(cast: Cast, indicator: Indicator) -> None:
    facts = indicator_reading(indicator, on=TODAY).facts
    point = WaypointFact(PartialDate(date(2027, 12, 31)), Decimal(2000))
    assert problem_of(target(waypoints=(point,)), facts, indicator, TODAY) == ""
    over = WaypointFact(PartialDate(date(2027, 12, 31)), Decimal(3500))
    assert problem_of(target(waypoints=(over,)), facts, indicator, TODAY) == "waypoints"
    approved(cast, indicator, target(waypoints=(point,)))
    new = Target.objects.get(valid_until=None)
    assert [(row.date, row.value) for row in new.waypoints.all()] == [(date(2027, 12, 31), 2000)]


@pytest.mark.parametrize(
    ("says", "problem"),
    [
        (target(1000), "unchanged"),
        (target(day=YESTERDAY), "backwards"),
        (target(end=date(2023, 1, 1)), "ends_before_it_starts"),
        (target(-1), "against_direction"),
        (
            Proposed(
                subject=RevisionSubject.BASELINE,
                takes_effect_on=TODAY,
                reason="x",
                value=Decimal(1001),
                day=PartialDate(date(2024, 1, 1)),
            ),
            "against_direction",
        ),
        (Proposed(subject=RevisionSubject.TARGET, takes_effect_on=TODAY, reason="x"), "no_value"),
        (
            Proposed(subject=RevisionSubject.BASELINE, takes_effect_on=TODAY, reason="x", value=Decimal(1)),
            "no_date",
        ),
        (
            Proposed(
                subject=RevisionSubject.DEFINITION,
                takes_effect_on=TODAY,
                reason="x",
                columns={"unit_en": "people"},
            ),
            "unchanged",
        ),
    ],
)
def test_what_cannot_come_into_force_says_why(indicator: Indicator, says: Proposed, problem: str) -> None:
    assert problem_of(says, indicator_reading(indicator, on=TODAY).facts, indicator, TODAY) == problem


def test_a_revised_baseline_moves_the_path_from_its_day_on(cast: Cast, indicator: Indicator) -> None:
    says = Proposed(
        subject=RevisionSubject.BASELINE,
        takes_effect_on=TODAY,
        reason="The register was counted anew.",
        value=Decimal(400),
        day=PartialDate.parse("2024"),
        qualifier=Qualifier.ABOUT,
    )
    approved(cast, indicator, says)
    before, now = (indicator_reading(indicator, on=day).result for day in (YESTERDAY, TODAY))
    assert (before.baseline, now.baseline, now.baseline_date) == (0, 400, PartialDate.parse("2024"))


def test_a_definition_changes_at_once_and_days_before_are_judged_as_they_were(cast: Cast, indicator: Indicator) -> None:
    says = Proposed(
        subject=RevisionSubject.DEFINITION,
        takes_effect_on=TODAY,
        reason="Families are counted, not people.",
        columns={"unit_en": "families", "direction": "decrease"},
    )
    revision = approved(cast, indicator, says)
    indicator.refresh_from_db()
    assert (indicator.unit_en, indicator.direction) == ("families", "decrease")
    assert revision.columns["unit_en"] == {"was": "people", "now": "families"}
    assert indicator_reading(indicator, on=YESTERDAY).facts.direction == "increase"
    assert indicator_reading(indicator, on=TODAY).facts.direction == "decrease"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(-20, 40), st.integers(1, 9000)), max_size=6))
def test_one_target_is_in_force_on_any_day_and_none_begins_before_it_was_approved(
    cast: Cast, indicator: Indicator, steps: list[tuple[int, int, int]]
) -> None:
    secretary, focal = cast.actor(cast.secretary), cast.actor(cast.focal_colombia)
    codes: set[str] = set()
    with transaction.atomic():
        day = TODAY
        for gap, ahead, value in steps:
            day += timedelta(days=gap)
            says, moment = target(value, day=day + timedelta(days=ahead)), NOON + (day - TODAY)
            try:
                revision = propose_revision(indicator=indicator, proposed=says, by=focal, at=moment)
                done = approve_revision(revision=revision, by=secretary, at=moment)
            except RevisionRefusedError as refused:
                codes.add(refused.code)
                for waiting in Revision.objects.filter(state="sent"):
                    revising.withdraw_revision(revision=waiting, by=focal, at=moment)
            else:
                assert done.takes_effect_on >= day
        assert codes <= {"backwards", "later_agreed", "unchanged"}
        rows = list(Target.objects.all())
        for offset in range(-3, 300):
            on = TODAY + timedelta(days=offset)
            in_force = [
                row
                for row in rows
                if (row.valid_from is None or row.valid_from <= on)
                and (row.valid_until is None or row.valid_until > on)
            ]
            assert len(in_force) == 1
            total = indicator_reading(indicator, on=on).total if offset % 50 == 0 else None
            assert total is None or total.target == in_force[0]
        transaction.set_rollback(True)
