"""Of one morning a person gets one message about a report and its figures, and none of them is forgotten."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commitments.notices import letters
from commitments.notices.models import Notice
from commitments.notices.queue import fall_due
from commitments.notices.registry import kind_named
from commitments.reminders.actions import plan
from commitments.reporting.models import ReportEntry
from tests.cast import NOON
from tests.commitments.reminders.conftest import DUE, World, ledger
from tests.commitments.reminders.test_planning import add_another, at, rows

pytestmark = pytest.mark.django_db

#: Past nine in Bogotá on the morning of the first reminder.
FIRST = datetime(2026, 12, 1, 18, tzinfo=UTC)
THIRD = datetime(2026, 12, 12, 18, tzinfo=UTC)


def figures() -> list[tuple[str, int, str]]:
    """What the ledger says to the deputy: kind, offset, state."""
    return [(kind, days, state) for kind, days, who, state in ledger() if who == "deputy.colombia"]


def dawn(moment: datetime) -> None:
    """Plan, and let fall due what is due."""
    plan(moment)
    fall_due(moment)


def send_all() -> None:
    Notice.objects.filter(state="pending").update(state="sent", sent_at=NOON)


def letter_of(notice: Notice, moment: datetime) -> str:
    return letters.letter(notice, kind_named(notice.kind), moment).text


@pytest.fixture
def three(world: World) -> World:
    """The country's report is in; three of its figures are still asked for, on one day."""
    add_another(world, 1)
    add_another(world, 2)
    return world


def test_one_message_stands_for_three_figures_and_says_so(three: World) -> None:
    plan(FIRST)
    assert figures() == [("figure_due", -14, "pending"), ("figure_due", -3, "planned")]
    [notice] = Notice.objects.filter(kind="figure_due", offset_days=-14)
    assert notice.object_id == three.entry.pk
    three.cast.deputy_colombia.language = "en"
    three.cast.deputy_colombia.save()
    notice.refresh_from_db()
    assert "2 more figures are asked for: you find them among your tasks." in letter_of(notice, FIRST)


def test_what_it_told_of_is_not_told_again_that_morning(three: World) -> None:
    plan(FIRST)
    send_all()
    three.send_figure()
    plan(FIRST + timedelta(minutes=1))
    assert figures() == [
        ("figure_due", -14, "sent"),
        ("figure_due", -3, "cancelled"),
        ("figure_due", -3, "planned"),
    ], "the next morning is the second figure's"
    dawn(THIRD)
    assert [row for row in figures() if row[1] == -3] == [
        ("figure_due", -3, "cancelled"),
        ("figure_due", -3, "pending"),
    ]


def test_another_takes_its_place_when_it_is_called_off_unsent(three: World) -> None:
    plan(FIRST)
    three.send_figure()
    plan(FIRST + timedelta(minutes=1))
    told = Notice.objects.filter(kind="figure_due", offset_days=-14).order_by("pk")
    assert list(told.values_list("state", flat=True)) == ["cancelled", "pending"]
    assert told[1].object_id == ReportEntry.objects.exclude(pk=three.entry.pk).order_by("pk")[0].pk


def test_the_reports_own_message_stands_for_a_figure_due_on_another_day(world: World) -> None:
    world.change(world.entry, due_on=DUE + timedelta(days=11))
    plan(FIRST)
    assert [row for row in figures() if row[1] == -14] == [("figure_due", -14, "planned")]
    world.change(world.entry.report, state="draft", sent_at=None)
    plan(FIRST + timedelta(minutes=1))
    [joined] = Notice.objects.filter(kind="figure_due", offset_days=-14)
    assert (joined.state, joined.reason) == ("superseded", "joined")
    [own] = Notice.objects.filter(kind="report_due", offset_days=-3, recipient=world.cast.deputy_colombia)
    assert own.local_intent[:10] == joined.local_intent[:10] == "2026-12-12"
    assert "1 dato" in letter_of(own, THIRD)
    # Back in before that morning: the figure's own is owed after all.
    world.change(world.entry.report, state="sent", sent_at=NOON)
    plan(FIRST + timedelta(minutes=2))
    joined.refresh_from_db()
    assert joined.state == "planned"


def test_a_report_sent_after_its_message_went_out_brings_no_second_one_that_morning(world: World) -> None:
    world.change(world.entry, due_on=DUE + timedelta(days=11))
    world.change(world.entry.report, state="draft", sent_at=None)
    dawn(THIRD)
    send_all()
    world.change(world.entry.report, state="sent", sent_at=NOON)
    plan(THIRD + timedelta(minutes=1))
    assert [row for row in figures() if row[2] == "pending"] == []
    dawn(at(date(2026, 12, 23), 18))
    assert [row for row in figures() if row[2] == "pending"] == [("figure_due", -3, "pending")]


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(later=st.lists(st.integers(0, 12), min_size=3, max_size=3), is_open=st.booleans())
def test_whatever_the_dates_a_morning_has_one_and_everything_is_told_of(
    world: World, later: list[int], is_open: bool
) -> None:
    Notice.objects.all().delete()
    while ReportEntry.objects.count() < 3:
        add_another(world, ReportEntry.objects.count())
    world.change(world.entry.report, state="draft" if is_open else "accepted", sent_at=None if is_open else NOON)
    entries = list(ReportEntry.objects.order_by("pk"))
    for entry, days in zip(entries, later, strict=True):
        world.change(entry, due_on=DUE + timedelta(days=days))
    for day in range(50):
        dawn(NOON + timedelta(days=day, hours=6))
        once = rows()
        dawn(NOON + timedelta(days=day, hours=6))
        assert rows() == once
        send_all()
    told = Notice.objects.filter(state="sent", recipient=world.cast.deputy_colombia)
    mornings = Counter(row.local_intent[:10] for row in told if row.object_type in {"reportentry", "progressreport"})
    assert set(mornings.values()) == {1}
    for days in later:
        for offset in (-14, -3, 1, 8):
            assert (DUE + timedelta(days=days + offset)).isoformat() in mornings
