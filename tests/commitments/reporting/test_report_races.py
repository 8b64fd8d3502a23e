"""Send, accept, return and edit at the same time, on real connections: one lawful path, and no words lost.

Four people work at once, each on what they last read. The controls look without holding the report and write after the
others have looked too: the same checks then find the unlawful step and the lost words.
"""

import random
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise

import pytest

from commitments.history import actions as history
from commitments.history.actions import EditedMeanwhileError
from commitments.history.enums import ReportState
from commitments.indicators.actions import OwnWorkError, StepRefusedError
from commitments.mechanisms.models import Country
from commitments.reporting import actions
from commitments.reporting.actions import Asked
from commitments.reporting.enums import Section
from commitments.reporting.models import ProgressReport
from commitments.roles.actor import Actor
from tests.cast import NOON, STAGE, TODAY, Cast
from tests.commitments.notices.stage import PATIENCE, together
from tests.factories import record

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 200
SEED = 20261124
REFUSED = (StepRefusedError, OwnWorkError, EditedMeanwhileError, actions.UnansweredQuestionError)
START = ("due", "draft", "sent", "in_review", "returned")


@dataclass
class Person:
    """One of the four, with what they have written so far: words that must be in the report at the end."""

    name: str
    by: Actor
    written: dict[int, list[str]] = field(default_factory=dict)

    def edit(self, pk: int) -> None:
        """Add a word to what is there, having read it."""
        read = ProgressReport.objects.get(pk=pk)
        mark = f"<{self.name}{len(self.written.get(pk, []))}>"
        words = {"obstacles": read.obstacles + mark}
        actions.save_section(
            report=read,
            section=Section.OBSTACLES,
            words=words,
            language="en",
            done=False,
            by=self.by,
            at=NOON,
            version=read.version,
        )
        self.written.setdefault(pk, []).append(mark)

    def send(self, pk: int) -> None:
        read = ProgressReport.objects.get(pk=pk)
        answers = {question.pk: "Yes." for question in read.questions.all() if question.is_open}
        actions.send_report(report=read, by=self.by, at=NOON, answers=answers)

    def accept(self, pk: int) -> None:
        actions.accept_report(report=ProgressReport.objects.get(pk=pk), by=self.by, at=NOON)

    def give_back(self, pk: int) -> None:
        asked = [Asked("Which offices?", Section.OBSTACLES)]
        report = ProgressReport.objects.get(pk=pk)
        actions.return_report(report=report, questions=asked, due_on=TODAY, by=self.by, at=NOON)

    def take_up(self, pk: int) -> None:
        actions.take_up_report(report=ProgressReport.objects.get(pk=pk), by=self.by, at=NOON)


def attempt(step: Callable[[int], None], pk: int) -> None:
    """Do something that may lawfully be refused."""
    with suppress(REFUSED):
        step(pk)


def unlawful(pk: int) -> list[str]:
    """Steps in the history of a report that no one may take."""
    states = [ReportState(row) for row in _history(pk).values_list("state", flat=True)]
    pairs = pairwise(states)
    return [f"{before} → {after}" for before, after in pairs if before != after and after not in before.may_become]


def lost(pk: int, people: list[Person]) -> list[str]:
    """Words that somebody was told are kept, and that are not in the report."""
    kept = ProgressReport.objects.get(pk=pk).obstacles
    return [mark for person in people for mark in person.written.get(pk, []) if mark not in kept]


def _history(pk: int):
    return ProgressReport.history.filter(id=pk).order_by("history_id")


@pytest.fixture
def people(cast: Cast) -> list[Person]:
    names = ("focal_colombia", "deputy_colombia", "secretary", "second_secretary")
    return [Person(name, cast.actor(getattr(cast, name))) for name in names]


def reports(count: int, states: tuple[str, ...]) -> list[int]:
    """Colombia's reports of as many cycles, each at some point of its way."""
    country, made = Country.objects.get(iso3="COL"), []
    for number in range(count):
        cycle, state = record.cycle(slug=f"cycle-{number}"), states[number % len(states)]
        report = ProgressReport(cycle=cycle, country=country, due_on=cycle.due_on, state=state)
        if state != "due":
            report.sent_at = NOON
        history.create(report, by=STAGE, at=NOON)
        if state == "returned":
            question = report.questions.model(report=report, section="obstacles", text="Which?", asked_at=NOON)
            history.create(question, by=STAGE, at=NOON)
        made.append(report.pk)
    return made


def test_two_hundred_interleavings_take_lawful_paths_and_lose_no_word(people: list[Person]) -> None:
    chance = random.Random(SEED)
    rounds = reports(ROUNDS, START)
    focal, deputy, first, second = people
    plans: dict[str, list[list[Callable[[int], None]]]] = {}
    for person in people:
        office = person in (first, second)
        may = [person.accept, person.give_back, person.take_up] if office else [person.edit, person.edit, person.send]
        plans[person.name] = [chance.sample(may, 1 if office else 2) for _round in rounds]
    ready = threading.Barrier(len(people))

    def work(person: Person) -> Callable[[], None]:
        def all_rounds() -> None:
            for number, pk in enumerate(rounds):
                ready.wait(PATIENCE)
                for step in plans[person.name][number]:
                    attempt(step, pk)

        return all_rounds

    assert together(*[work(person) for person in people]) == []
    assert {pk: steps for pk in rounds if (steps := unlawful(pk))} == {}
    assert {pk: words for pk in rounds if (words := lost(pk, people))} == {}
    moved = [_history(pk).count() for pk in rounds]
    assert sum(count > 1 for count in moved) > ROUNDS / 2, "the people did get something done"
    assert sum(len(marks) for person in (focal, deputy) for marks in person.written.values()) > ROUNDS / 4


def test_control_without_the_lock_words_are_lost(people: list[Person]) -> None:
    [pk] = reports(1, ("draft",))
    looked = threading.Barrier(2)

    def edit(person: Person) -> Callable[[], None]:
        def without_lock() -> None:
            read = ProgressReport.objects.get(pk=pk)
            looked.wait(PATIENCE)
            person.written[pk] = [f"<{person.name}>"]
            history.change(read, by=person.by, at=NOON, obstacles=f"{read.obstacles}<{person.name}>")

        return without_lock

    assert together(*[edit(person) for person in people[:2]]) == []
    assert len(lost(pk, people)) == 1


def test_control_without_the_lock_a_step_is_unlawful(people: list[Person]) -> None:
    [pk] = reports(1, ("draft",))
    looked, sent = threading.Barrier(2), threading.Event()

    def send() -> None:
        read = ProgressReport.objects.get(pk=pk)
        looked.wait(PATIENCE)
        history.change(read, by=people[0].by, at=NOON, state="sent", sent_at=NOON)
        sent.set()

    def edit() -> None:
        read = ProgressReport.objects.get(pk=pk)
        assert read.state == "draft"
        looked.wait(PATIENCE)
        sent.wait(PATIENCE)
        history.change(read, by=people[1].by, at=NOON, state="draft", obstacles="Too late.")

    assert together(send, edit) == []
    assert unlawful(pk) == ["sent → draft"]


def test_with_the_lock_the_same_edit_comes_too_late(people: list[Person]) -> None:
    [pk] = reports(1, ("draft",))
    people[0].send(pk)
    with pytest.raises(actions.LockedError):
        people[1].edit(pk)
    assert unlawful(pk) == []
