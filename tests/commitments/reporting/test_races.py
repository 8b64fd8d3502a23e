"""A country's report in many hands: send, take back, accept, return, edit at once, 200 seeded times, real connections.

Each ends on exactly one lawful path, and no word reported as saved is lost. The control leaves the lock out: it fails.
"""

import random
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import IntegrityError, connection

from commitments.history import actions as history
from commitments.history.actions import EditedMeanwhileError
from commitments.history.enums import ReportState
from commitments.indicators.actions import OwnWorkError, StepRefusedError
from commitments.register.models import Commitment
from commitments.reporting import actions
from commitments.reporting.actions import Asked, PartAnswer, UnansweredQuestionError
from commitments.reporting.enums import Section
from commitments.reporting.models import ProgressReport, ReportPart, ReportQuestion
from commitments.reporting.queries import open_questions
from commitments.roles.actor import Actor
from tests.cast import NOON, STAGE, TODAY, Cast
from tests.factories import record

pytestmark = pytest.mark.django_db(transaction=True)

INTERLEAVINGS = 200
HANDS = ("focal_colombia", "deputy_colombia", "secretary", "second_secretary")
#: LockedError is a StepRefusedError.
REFUSALS = (StepRefusedError, EditedMeanwhileError, OwnWorkError, UnansweredQuestionError)
#: Where the report may stand when the hands meet.
BEGINNINGS = (ReportState.DUE, ReportState.DRAFT, ReportState.SENT, ReportState.RETURNED, ReportState.ACCEPTED)
#: Writing leaves a report where it is, in these states.
WRITTEN_IN = {ReportState.DRAFT, ReportState.RETURNED}
COLUMNS = {Section.OBSTACLES: "obstacles", Section.PRACTICE: "practice"}


@dataclass(frozen=True)
class Move:
    """One person does one thing; its name stands in every row of history that it writes."""

    name: str
    kind: str
    by: Actor
    section: Section
    #: An edit that says which version it was typed on.
    says_version: bool = False


@dataclass(frozen=True)
class Done:
    """What came of a move: the report's version (the part's, for a part), or the refusal."""

    move: Move
    version: int = 0
    refusal: str = ""


def plan(seed: int, cast: Cast) -> tuple[ReportState, list[list[Move]]]:
    """Where the report stands, and what each of four people does, one or two things each."""
    dice = random.Random(seed)  # nothing secret: a test that can be run again

    def move(person: str, number: int) -> Move:
        country = person in {"focal_colombia", "deputy_colombia"}
        kinds = (
            ("edit", "edit", "part", "send", "send", "recall")
            if country
            else ("accept", "accept", "return", "send", "edit")
        )
        name = f"{seed}.{person}.{number}"
        posted = cast.actor(getattr(cast, person))
        by = Actor(posted.user_id, posted.role, country=posted.country, request_id=name)
        return Move(name, dice.choice(kinds), by, dice.choice(list(COLUMNS)), dice.random() < 0.5)

    begins = dice.choice(BEGINNINGS)
    return begins, [[move(person, number) for number in range(dice.choice((1, 2)))] for person in HANDS]


def report_in(state: ReportState, seed: int, cast: Cast, commitment: Commitment) -> ProgressReport:
    """Colombia's report in a cycle of its own; a returned one is asked about its obstacles."""
    due = date(2027, 1, 1) + timedelta(days=seed)
    report = record.country_report(commitment, record.cycle(due_on=due, closes_on=due))
    history.change(report.parts.get(), by=STAGE, at=NOON, answer="unchanged")
    columns: dict[str, Any] = {"state": state, "behalf_basis": "call", "behalf_on": TODAY}
    if state in {ReportState.SENT, ReportState.RETURNED, ReportState.ACCEPTED}:
        columns |= {"sent_by_id": cast.focal_colombia.pk, "sent_at": NOON}
    if state is ReportState.ACCEPTED:
        columns |= {"accepted_by_id": cast.secretary.pk, "accepted_at": NOON}
    if state is ReportState.RETURNED:
        asked = ReportQuestion(report=report, section="obstacles", text="Which ones?", asked_at=NOON)
        history.create(asked, by=STAGE, at=NOON)
    return history.change(report, by=STAGE, at=NOON, **columns)


def locked(move: Move, read: ProgressReport) -> int:
    """The product's own step; the version of what it wrote."""
    step: dict[str, Any] = {"by": move.by, "at": NOON}
    if move.kind == "send":
        answers = {question.pk: "All of them." for question in open_questions(read)}
        return actions.send_report(report=read, answers=answers, on_behalf=move.by.is_secretariat, **step).version
    if move.kind == "recall":
        return actions.recall_report(report=read, **step).version
    if move.kind == "accept":
        return actions.accept_report(report=read, **step).version
    if move.kind == "return":
        questions = [Asked("Which ones?", move.section), Asked("Since when?", Section.PROGRESS, read.parts.get())]
        return actions.return_report(report=read, questions=questions, due_on=TODAY, **step).version
    if move.kind == "part":
        said = PartAnswer("progress", words=move.name)
        return actions.answer_part(part=read.parts.get(), said=said, language="es", **step).version
    words, version = {COLUMNS[move.section]: move.name}, read.version if move.says_version else None
    kept = {"section": move.section, "words": words, "language": "es", "done": False, "version": version}
    return actions.save_section(report=read, **kept, **step).version


def unlocked(move: Move, read: ProgressReport, all_have_looked: threading.Barrier) -> int:
    """The same step as somebody would write it who forgot the lock: look, then write the form as it was read."""
    state, me = ReportState(read.state), move.by.user_id
    words = {column: getattr(read, column) for column in COLUMNS.values()}
    step = {
        "send": (ReportState.SENT, {"sent_by_id": me, "sent_at": NOON}),
        "recall": (ReportState.DRAFT, {"sent_by_id": None, "sent_at": None}),
        "accept": (ReportState.ACCEPTED, {"accepted_by_id": me, "accepted_at": NOON}),
        "return": (ReportState.RETURNED, {"accepted_by_id": None, "accepted_at": None}),
    }
    writing = state if state == ReportState.RETURNED else ReportState.DRAFT
    to, columns = step.get(move.kind, (writing, {**words, COLUMNS[move.section]: move.name}))
    refused = not is_lawful(state, to, is_recall=move.kind == "recall") or (
        move.kind == "accept" and read.sent_by_id == me
    )
    all_have_looked.wait(30)
    if refused:
        raise StepRefusedError(f"{state} → {to}")
    return history.change(read, by=move.by, at=NOON, state=to, **columns).version


def is_lawful(before: str, after: str, *, is_recall: bool) -> bool:
    """Whether a report may go from one row of its history to the next; back to a draft only by being taken back."""
    if before == ReportState.SENT and after in WRITTEN_IN and is_recall:
        return True
    if (before, after) == (ReportState.SENT, ReportState.DRAFT):
        return False
    return ReportState(after) in ReportState(before).may_become or (before == after and before in WRITTEN_IN)


def attempt(move: Move, step: Callable[[], int]) -> Done:
    """What came of a step; a refusal is an answer, anything else is not."""
    try:
        return Done(move, version=step())
    except (*REFUSALS, IntegrityError) as refusal:
        return Done(move, refusal=type(refusal).__name__)


@contextmanager
def hands() -> Iterator[ThreadPoolExecutor]:
    """Four threads, each with a connection of its own."""
    everybody = threading.Barrier(len(HANDS))

    def leave(_hand: str) -> None:
        everybody.wait(30)
        connection.close()

    with ThreadPoolExecutor(len(HANDS)) as pool:
        yield pool
        list(pool.map(leave, HANDS))


def at_once(pool: ThreadPoolExecutor, report: ProgressReport, moves: Sequence[Sequence[Move]]) -> list[Done]:
    """Everybody reads the report, then all begin."""
    start = threading.Barrier(len(moves))

    def work(mine: Sequence[Move]) -> list[Done]:
        read, done = ProgressReport.objects.get(pk=report.pk), []
        start.wait(30)
        for move in mine:
            done.append(attempt(move, lambda move=move, read=read: locked(move, read)))
            read = ProgressReport.objects.get(pk=report.pk)
        return done

    return [each for hand in pool.map(work, moves) for each in hand]


def at_once_unlocked(pool: ThreadPoolExecutor, report: ProgressReport, moves: Sequence[Sequence[Move]]) -> list[Done]:
    """Everybody takes the first step only, and nobody writes before all have looked."""
    all_have_looked = threading.Barrier(len(moves))

    def work(mine: Sequence[Move]) -> Done:
        read = ProgressReport.objects.get(pk=report.pk)
        return attempt(mine[0], lambda: unlocked(mine[0], read, all_have_looked))

    return list(pool.map(work, moves))


def faults(report: ProgressReport, done: Sequence[Done]) -> list[str]:
    """What is wrong with what the moves left behind, in order of the history."""
    rows = list(ProgressReport.history.filter(id=report.pk, version__gte=report.version).order_by("history_id"))
    found = [
        f"step: {one.state} → {two.state}"
        for one, two in pairwise(rows)
        if not is_lawful(one.state, two.state, is_recall=two.history_change_reason == "taken back")
    ]
    if [row.version for row in rows] != list(range(report.version, report.version + len(rows))):
        found.append("two writes of one version")
    saved = {each.version: each.move for each in done if each.move.kind == "edit" and not each.refusal}
    words = dict.fromkeys(COLUMNS.values(), "")
    for row in rows:
        if row.version in saved:
            words[COLUMNS[saved[row.version].section]] = saved[row.version].name
        found += [f"lost: {word} in {row.state}" for column, word in words.items() if getattr(row, column) != word]
        if row.accepted_by_id is not None and row.accepted_by_id == row.sent_by_id:
            found.append("accepted by who sent it")
    return found


def traces(done: Done) -> int:
    """How many rows of history a move wrote, anywhere in the report."""
    tables = (ProgressReport, ReportPart, ReportQuestion)
    return sum(table.history.filter(request_id=done.move.name).count() for table in tables)


def last_said(done: Sequence[Done]) -> str:
    """What the last answer about the commitment that was reported as saved says."""
    parts = [each for each in done if each.move.kind == "part" and not each.refusal]
    return max(parts, key=lambda each: each.version).move.name if parts else ""


@pytest.fixture
def commitment(cast: Cast) -> Commitment:
    """The one commitment that Colombia answers for."""
    return record.commitment(country=cast.colombia)


def test_whatever_four_people_do_at_once_ends_on_one_lawful_path(cast: Cast, commitment: Commitment) -> None:
    counted: Counter[tuple[str, str]] = Counter()
    with hands() as pool:
        for seed in range(INTERLEAVINGS):
            begins, moves = plan(seed, cast)
            report = report_in(begins, seed, cast, commitment)
            done = at_once(pool, report, moves)
            story = f"{seed}, from {begins}: {[(each.move.kind, each.version, each.refusal) for each in done]}"
            assert faults(report, done) == [], story
            assert {each.move.name: traces(each) for each in done if each.refusal and traces(each)} == {}, story
            assert [each.move for each in done if not each.refusal and not traces(each)] == [], story
            assert report.parts.get().words == last_said(done), story
            counted.update((each.move.kind, each.refusal) for each in done)
    kinds = {kind: {refusal for other, refusal in counted if other == kind} for kind, _refusal in counted}
    assert set(kinds) == {"send", "recall", "accept", "return", "edit", "part"}
    assert all("" in answers and len(answers) > 1 for answers in kinds.values()), "each was done and was refused"


def test_control_without_the_lock_steps_are_unlawful_and_words_are_lost(cast: Cast, commitment: Commitment) -> None:
    found: list[str] = []
    with hands() as pool:
        for seed in range(INTERLEAVINGS // 5):
            begins, moves = plan(seed, cast)
            report = report_in(begins, seed, cast, commitment)
            found += faults(report, at_once_unlocked(pool, report, moves))
    assert any(fault.startswith("step:") for fault in found)
    assert any(fault.startswith("lost:") for fault in found)
