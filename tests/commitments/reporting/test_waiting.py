"""What waits for a person: the navigation counts in one query what the list of tasks tells one by one."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commitments.appointments.models import Appointment
from commitments.history import actions
from commitments.indicators.counting import CHECK
from commitments.indicators.models import Indicator
from commitments.mechanisms.models import OfficeSettings
from commitments.notices.actions import new_notice
from commitments.notices.models import Heartbeat
from commitments.reporting.actions import DEPUTY_REQUEST
from commitments.reporting.models import Draft, ProgressReport, ReportCorrection
from commitments.reporting.tasklist import due_tasks
from commitments.reporting.waiting import count_waiting
from commitments.roles.enums import Role
from tests.cast import NOON, STAGE, TODAY, Cast, country
from tests.factories import record
from tests.pages import main_words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


def report(number: int, **columns: Any) -> ProgressReport:
    """A report of a cycle of its own, due a while ago."""
    due_on = date(2026, 11, 1) + timedelta(days=number)
    cycle = record.cycle(due_on=due_on, slug=f"c-{number}-{ProgressReport.objects.count()}")
    return actions.create(ProgressReport(cycle=cycle, due_on=due_on, **columns), by=STAGE, at=NOON)


def figure(counted: Indicator, cast: Cast, month: int, **columns: Any) -> None:
    defaults = {"accepted_at": None, "published_at": None, "entered_at": NOON, "entered_by": cast.secretary}
    record.measurement(counted, 5, date(2026, month, 1), **(defaults | columns))


def stage(cast: Cast, number: int) -> None:
    """One thing of every kind that waits for anybody, and of most kinds one that does not."""
    owned = record.commitment(f"LAD-COL-90{number}", country=cast.colombia, group=cast.labour)
    record.commitment(f"LAD-COL-80{number}", country=cast.colombia, group=cast.labour, life_cycle="draft")
    closed = record.commitment(f"LAD-COL-70{number}", country=cast.colombia, life_cycle="ended")
    counted = record.indicator(owned)
    record.entry(counted, record.cycle(due_on=date(2026, 12, number), slug=f"open-{number}"))
    record.entry(record.indicator(closed), record.cycle(due_on=date(2026, 12, 10 + number), slug=f"shut-{number}"))
    figure(counted, cast, number, state="returned", question="Which month?", question_due_on=TODAY)
    figure(counted, cast, number + 3, state="sent", is_on_behalf=True)
    figure(counted, cast, number + 6, state="accepted", accepted_at=NOON)
    record.indicator(owned, 2, state="returned", question="Whom?")
    record.indicator(owned, 3, state="sent")
    record.revision(counted, value=number, state="returned", question="Why?")
    report(number, country=cast.colombia, state="sent", is_on_behalf=True, sent_at=NOON)
    report(number + 5, group=cast.labour, state="returned")
    report(number + 10, is_of_secretariat=True)
    record.revision(record.indicator(owned, 4))
    said = {"country": cast.canada, "language": "es", "summary": "Hecho.", "accepted_at": NOON}
    report(number + 15, state="published", published_at=NOON, **said)
    accepted = report(number + 20, state="accepted", **said)
    actions.create(ReportCorrection(report=accepted, reason="A slip.", proposed_at=NOON), by=STAGE, at=NOON)
    report(number, country=cast.canada)
    over = {"opens_on": date(2026, 1, 1), "closes_on": date(2026, 3, 31), "slug": f"over-{number}"}
    record.cycle(due_on=date(2026, 2, number), **over)


def counts_differ() -> None:
    """The nightly check found counts that are not what the record says."""
    Heartbeat.objects.create(job=CHECK, started_at=NOON, finished_at=NOON, is_ok=False)


def ask_for_deputies(cast: Cast) -> None:
    """Colombia's focal point has one already, the lead has none."""
    posts = Appointment.objects.filter(user__in=[cast.focal_colombia, cast.lead_labour], deputy_of=None)
    for post in posts:
        Draft.objects.create(
            user_id=post.user_id, form=DEPUTY_REQUEST, key=str(post.pk), fields={"name": "Ana"}, saved_at=NOON
        )


def both_ways(cast: Cast) -> dict[str, tuple[int, int]]:
    """For everybody how many tasks are counted, and how many are told."""
    people = {name: cast.standing(person) for name, person in cast.people.items()}
    return {
        name: (count_waiting(person, on=TODAY, late_on=TODAY), len(due_tasks(person, on=TODAY, late_on=TODAY)))
        for name, person in people.items()
    }


@pytest.mark.parametrize("number", [0, 1, 3])
def test_as_many_are_counted_as_are_told(cast: Cast, number: int) -> None:
    for each in range(1, number + 1):
        stage(cast, each)
    if number:
        ask_for_deputies(cast)
        counts_differ()

    found = both_ways(cast)

    assert {name: counted for name, (counted, _told) in found.items()} == {
        name: told for name, (_counted, told) in found.items()
    }
    busy = {name for name, (counted, _told) in found.items() if counted}
    deaf = {"reader", "outsider"}
    assert busy == (set(found) - deaf if number else set())


def test_as_many_are_counted_as_are_told_of_who_was_reminded_and_who_cannot_be(cast: Cast) -> None:
    told, lone, deputised = (
        record.cycle(due_on=date(2026, 11, 1), slug=name) for name in ("told", "lone", "deputised")
    )
    chased = [
        (told, cast.canada, [cast.focal_canada]),
        (deputised, cast.colombia, [cast.deputy_colombia]),
        (lone, country("BRA", "BR", "Brazil"), []),
    ]
    for cycle, place, people in chased:
        owed = actions.create(ProgressReport(cycle=cycle, due_on=cycle.due_on, country=place), by=STAGE, at=NOON)
        assert both_ways(cast)["secretary"] == (1, 1)
        for somebody in people:
            new_notice(
                kind="report_chase", object_type="progressreport", object_id=owed.pk, recipient_id=somebody.pk,
                at=NOON, due_revision=TODAY.isoformat(), not_before=NOON,
            ).save()  # fmt: skip
        left = 0 if people else 1
        assert both_ways(cast)["secretary"] == (left, left), cycle.slug


def test_every_kind_of_task_is_on_that_stage(cast: Cast) -> None:
    """Else the comparison above would compare less than it says."""
    stage(cast, 1)
    ask_for_deputies(cast)
    counts_differ()
    sentences = {
        task.sentence
        for person in cast.people.values()
        for task in due_tasks(cast.standing(person), on=TODAY, late_on=TODAY)
    }
    assert sentences == {
        "Update: %(indicator)s",
        "Answer a question: %(indicator)s",
        "Confirm: %(indicator)s",
        "Write the report: %(indicator)s",
        "Review 1 figure",
        "Review 1 report",
        "Review 1 proposed indicator",
        "Review 1 proposed change",
        "Review 1 draft commitment",
        "Review 1 correction",
        "Publish 1 accepted figure",
        "Publish 1 accepted report",
        "1 report is late: send a reminder",
        "Close the cycle",
        "Translate 3 summaries",
        "Appoint a deputy: %(indicator)s",
        "Counts on the public pages differ from the record: tell whoever runs the site",
    }


@pytest.mark.parametrize("number", [1, 3])
def test_counting_is_one_query_and_one_more_for_the_secretariat(cast: Cast, number: int) -> None:
    for each in range(1, number + 1):
        stage(cast, each)
    asked = {}
    for name, person in cast.people.items():
        standing = cast.standing(person)
        with CaptureQueriesContext(connection) as queries:
            count_waiting(standing, on=TODAY, late_on=TODAY)
        asked[name] = len(queries)

    staff = {"secretary", "second_secretary"}
    nobody = {"reader", "outsider"}
    assert asked == {name: 2 if name in staff else 0 if name in nobody else 1 for name in cast.people}


def test_a_person_of_several_posts_has_the_tasks_of_each(cast: Cast) -> None:
    stage(cast, 1)
    ask_for_deputies(cast)
    for role in (Role.ADMINISTRATOR, Role.SECRETARIAT):
        actions.create(Appointment(user=cast.focal_colombia, role=role, valid_from=date(2021, 1, 1)), by=STAGE, at=NOON)
    counted, told = both_ways(cast)["focal_colombia"]
    assert counted == told > 15


def entries_of(cast: Cast, person: Any) -> int:
    """How many figures a person is asked for; the navigation counts the same."""
    found = due_tasks(cast.standing(person), on=TODAY, late_on=TODAY)
    assert count_waiting(cast.standing(person), on=TODAY, late_on=TODAY) == len(found)
    return sum(task.sentence == "Update: %(indicator)s" for task in found)


def test_a_report_sent_with_the_reason_why_it_cannot_be_given_answers_for_its_figures(cast: Cast) -> None:
    entry = record.entry(record.indicator(record.commitment(country=cast.colombia)), record.cycle())
    actions.change(entry.report, by=STAGE, at=NOON, cannot_reason="not_yet")
    assert entries_of(cast, cast.focal_colombia) == 1, "not sent yet"
    actions.change(entry.report, by=STAGE, at=NOON, state="sent", sent_at=NOON)
    assert entries_of(cast, cast.focal_colombia) == 0


def test_what_a_cycle_asks_for_stays_until_somebody_closes_it(cast: Cast) -> None:
    over = record.cycle(due_on=date(2026, 9, 30), opens_on=date(2026, 9, 1), closes_on=date(2026, 10, 31))
    record.entry(record.indicator(record.commitment(country=cast.colombia)), over)
    assert entries_of(cast, cast.focal_colombia) == 1
    actions.change(over, by=STAGE, at=NOON, closed_at=NOON)
    assert entries_of(cast, cast.focal_colombia) == 0


def test_the_office_chases_what_is_late_everywhere(cast: Cast) -> None:
    """On the day after the due day, until it is over everywhere, there is nothing to chase."""
    report(0, country=cast.canada)
    day_after = date(2026, 11, 2)

    def chased(late_on: date) -> list[str]:
        tasks = due_tasks(cast.standing(cast.secretary), on=day_after, late_on=late_on)
        return [task.sentence for task in tasks if task.sentence.startswith("1 report is late")]

    assert (chased(date(2026, 11, 1)), len(chased(day_after))) == ([], 1)


@pytest.mark.parametrize(
    ("opens_on", "early", "words"),
    [
        (date(2027, 3, 1), [14, 3], "is due on 15 May 2027. You will get an e-mail on 1 May 2027."),
        (date(2027, 5, 10), [14, 3], "is due on 15 May 2027. You will get an e-mail on 10 May 2027."),
        (date(2027, 3, 1), [], "You have nothing to do. When something falls due, you will get an e-mail."),
    ],
)
def test_whoever_has_nothing_to_do_is_told_what_comes_next(
    cast: Cast, opens_on: date, early: list[int], words: str
) -> None:
    actions.create(OfficeSettings(valid_from=date(2026, 1, 1), early_reminders=early), by=STAGE, at=NOON)
    ahead = record.cycle(due_on=date(2027, 5, 15), opens_on=opens_on, closes_on=date(2027, 7, 1))
    actions.create(ProgressReport(cycle=ahead, country=cast.colombia, due_on=ahead.due_on), by=STAGE, at=NOON)
    pages = {}
    for who in ("focal_colombia", "focal_canada"):
        client = Client()
        client.force_login(getattr(cast, who))
        pages[who] = main_words(client.get("/en/workspace/"))
    assert words in pages["focal_colombia"]
    assert "15 May 2027" not in pages["focal_canada"]
