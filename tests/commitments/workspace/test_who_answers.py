"""A returned proposal of a change is answered by the post that made it, never by the office in its name."""

from typing import Any

import pytest
import time_machine
from django.test import Client

from commitments.indicators import revising
from commitments.indicators.models import Indicator, Revision
from commitments.indicators.revising import OthersProposalError
from commitments.reporting.tasklist import due_tasks
from commitments.reporting.waiting import count_waiting
from tests.cast import NOON, TODAY, Cast
from tests.commitments.workspace.test_revisions import address, indicator, typed
from tests.pages import main_words

pytestmark = pytest.mark.django_db
__all__ = ["indicator"]

EVERYBODY = ("focal_colombia", "deputy_colombia", "lead_labour", "secretary", "second_secretary")


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


def as_person(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def returned(cast: Cast, indicator: Indicator, by: str) -> Revision:
    as_person(getattr(cast, by)).post(address(indicator), typed(step="send"))
    office = cast.second_secretary if by == "secretary" else cast.secretary
    return revising.return_revision(
        revision=Revision.objects.get(), question="Who pays?", by=cast.actor(office), at=NOON
    )


SIDES = [
    ("focal_colombia", {"focal_colombia", "deputy_colombia"}),
    ("lead_labour", {"lead_labour"}),
    ("secretary", {"secretary", "second_secretary"}),
]


@pytest.mark.parametrize(("by", "side"), SIDES)
def test_only_the_side_that_proposed_may_answer(cast: Cast, indicator: Indicator, by: str, side: set[str]) -> None:
    revision = returned(cast, indicator, by)
    page = f"/en/workspace/revisions/{revision.pk}/"
    for who in EVERYBODY:
        person = as_person(getattr(cast, who))
        shown = main_words(person.get(page))
        assert "Who pays?" in shown
        assert ("Whoever proposed it answers." in shown) is (who not in side), who
        if who not in side:
            answer = typed(answer="The State.", version="2", step="send", value="2,500")
            assert person.post(page, answer).status_code == 403, who
    assert Revision.objects.get().state == "returned"
    who = sorted(side)[0]
    answer = typed(answer="The State.", version="2", step="send", value="2,500")
    assert as_person(getattr(cast, who)).post(page, answer).status_code == 302
    assert Revision.objects.get().state == "sent"


@pytest.mark.parametrize(("by", "side"), SIDES)
def test_the_question_is_a_task_of_that_side_alone(cast: Cast, indicator: Indicator, by: str, side: set[str]) -> None:
    returned(cast, indicator, by)
    asked = set()
    for who in EVERYBODY:
        person = cast.standing(getattr(cast, who))
        tasks = due_tasks(person, on=TODAY, late_on=TODAY)
        if any(task.question == "Who pays?" for task in tasks):
            asked.add(who)
        assert count_waiting(person, on=TODAY, late_on=TODAY) == len(tasks), who
    assert asked == side


def test_the_step_itself_refuses_the_office(cast: Cast, indicator: Indicator) -> None:
    revision = returned(cast, indicator, "focal_colombia")
    says = revising.Proposed.of(revision)
    with pytest.raises(OthersProposalError):
        revising.propose_revision_again(
            revision=revision, proposed=says, answer="Yes", by=cast.actor(cast.secretary), at=NOON
        )
