"""What is planned, for whom and when; planning again changes nothing."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commitments.history import actions
from commitments.indicators.models import Indicator
from commitments.notices.actions import new_notice
from commitments.notices.models import Notice
from commitments.notices.registry import kind_named
from commitments.reminders.actions import plan
from commitments.reminders.offsets import OFFSETS
from commitments.reminders.queries import HORIZON
from tests.cast import NOON, STAGE
from tests.commitments.reminders.conftest import DUE, World, ledger
from tests.factories import record

pytestmark = pytest.mark.django_db


def at(day: date, hour: int = 12) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def rows() -> list[dict[str, Any]]:
    return list(Notice.objects.order_by("key").values())


def test_the_table_of_offsets() -> None:
    late = [1, 8, 15, 22, 29]
    assert {line: [offset.days for offset in offsets] for line, offsets in OFFSETS.items()} == {
        "figure": [-14, -3, *late],
        "report": [-14, -3, *late],
        "figure_question": [None, -1],
        "report_question": [None, -1],
        "meeting": [-3, -1],
    }


def test_the_next_fourteen_days_are_planned_and_no_more(world: World) -> None:
    plan(NOON)

    assert ledger() == [
        ("figure_due", -14, "deputy.colombia", "planned"),
        ("report_due", -14, "lead.labour", "planned"),
        ("meeting_soon", -3, "focal.canada", "planned"),
        ("meeting_soon", -3, "lead.labour", "planned"),
    ]


def test_each_goes_out_at_nine_where_the_person_is(world: World) -> None:
    plan(NOON)

    assert dict(Notice.objects.filter(kind="meeting_soon").values_list("recipient__email", "local_intent")) == {
        "focal.canada@example.org": "2026-12-07T09:00 America/Toronto",
        "lead.labour@example.org": "2026-12-07T09:00 America/Mexico_City",
    }
    assert list(Notice.objects.filter(kind="meeting_soon").order_by("not_before").values_list("not_before")) == [
        (datetime(2026, 12, 7, 14, tzinfo=UTC),),
        (datetime(2026, 12, 7, 15, tzinfo=UTC),),
    ]
    # The deputy has chosen no zone: the country's counts.
    [deputy] = Notice.objects.filter(kind="figure_due")
    assert deputy.local_intent == "2026-12-01T09:00 America/Bogota"
    assert deputy.expires_at == datetime(2026, 12, 16, 5, tzinfo=UTC), "when the due day is over in Bogotá"


def test_key_holds_kind_thing_person_offset_and_due_date(world: World) -> None:
    plan(NOON)
    [notice] = Notice.objects.filter(kind="figure_due")
    assert notice.key == f"figure_due:reportentry:{world.entry.pk}:{world.cast.deputy_colombia.pk}:-14:2026-12-15"


def test_a_meeting_of_the_whole_mechanism_concerns_the_endorsing_countries(world: World) -> None:
    world.change(world.meeting, group=None)
    plan(NOON)
    assert [row for row in ledger() if row[0] == "meeting_soon"] == [
        ("meeting_soon", -3, "deputy.colombia", "planned"),
        ("meeting_soon", -3, "focal.canada", "planned"),
    ]


@pytest.mark.parametrize(
    "columns", [{"start_precision": "month", "start": date(2026, 12, 1)}, {"state": "announced"}, {"state": "held"}]
)
def test_a_meeting_without_a_planned_day_reminds_nobody(world: World, columns: dict[str, Any]) -> None:
    world.change(world.meeting, **columns)
    plan(NOON)
    assert [row for row in ledger() if row[0].startswith("meeting")] == []


def test_a_cycle_that_opens_late_reminds_on_its_first_morning_once(world: World) -> None:
    world.change(world.cycle, opens_on=date(2026, 12, 3))
    plan(NOON)
    figures = Notice.objects.filter(kind="figure_due")
    assert list(figures.values_list("offset_days", "local_intent")) == [(-14, "2026-12-03T09:00 America/Bogota")]


def test_nothing_is_planned_after_a_cycle_has_closed(world: World) -> None:
    world.change(world.cycle, closes_on=date(2026, 12, 20))
    plan(at(date(2026, 12, 16)))
    assert [row[:2] for row in ledger() if row[0].startswith("figure")] == [("figure_late", 1)]


def test_late_reminders_come_weekly_five_in_all(world: World) -> None:
    for count in range(-15, 60):
        plan(at(DUE + timedelta(days=count), 23))
        Notice.objects.filter(state="planned", not_before__lte=at(DUE + timedelta(days=count), 23)).update(
            state="sent", sent_at=NOON
        )
        Notice.objects.filter(state="pending").update(state="sent", sent_at=NOON)
    figures = Notice.objects.filter(object_type="reportentry", state="sent").order_by("not_before")
    assert list(figures.values_list("offset_days", flat=True)) == [-14, -3, 1, 8, 15, 22, 29]


def test_returned_with_a_question_goes_at_once_and_a_day_before_its_date(world: World) -> None:
    world.send_figure(state="returned", question="Which register?", question_due_on=date(2026, 11, 30))
    plan(NOON)
    assert [row for row in ledger() if row[0] == "figure_question"] == [
        ("figure_question", 0, "deputy.colombia", "pending"),
        ("figure_question", -1, "deputy.colombia", "planned"),
    ]
    assert list(Notice.objects.filter(kind="figure_question", offset_days=0).values_list("lane")) == [("urgent",)]


def test_the_same_question_asked_again_after_an_answer_is_a_new_message(world: World) -> None:
    figure = world.send_figure(state="returned", question="Why?", question_due_on=date(2026, 11, 30))
    plan(NOON)
    Notice.objects.filter(kind="figure_question", offset_days=0).update(state="sent", sent_at=NOON)
    world.change(figure, state="sent", entered_at=NOON + timedelta(hours=1))
    world.change(figure, state="returned")
    plan(NOON + timedelta(hours=2))
    assert [row for row in ledger("pending", "sent") if row[0] == "figure_question"] == [
        ("figure_question", 0, "deputy.colombia", "sent"),
        ("figure_question", 0, "deputy.colombia", "pending"),
    ]


def test_a_returned_report_of_a_group_asks_its_lead(world: World) -> None:
    world.return_report("Which countries?", date(2026, 12, 1))
    plan(NOON)
    assert [row for row in ledger() if row[0].startswith("report")] == [
        ("report_question", 0, "lead.labour", "pending"),
        ("report_question", -1, "lead.labour", "planned"),
    ]


def test_after_three_days_of_silence_only_the_newest_is_owed(world: World) -> None:
    plan(NOON)
    plan(at(DUE + timedelta(days=2)))
    assert [row for row in ledger() if row[0].startswith("figure")] == [
        ("figure_due", -14, "deputy.colombia", "planned"),
        ("figure_late", 1, "deputy.colombia", "pending"),
        ("figure_late", 8, "deputy.colombia", "planned"),
        ("figure_late", 15, "deputy.colombia", "planned"),
    ], "the first has expired: the queue says so when it looks"


def test_a_person_who_moves_to_another_zone_gets_the_mornings_there(world: World) -> None:
    plan(NOON)
    lead = world.cast.lead_labour
    lead.time_zone = "America/Santiago"
    lead.save()
    assert plan(NOON)["changed"] == 2
    assert set(Notice.objects.filter(recipient=lead).values_list("local_intent", flat=True)) == {
        "2026-12-01T09:00 America/Santiago",
        "2026-12-07T09:00 America/Santiago",
    }


# --- Once ---------------------------------------------------------------------------------------------------------


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    hours=st.integers(min_value=-20 * 24, max_value=45 * 24),
    times=st.integers(min_value=2, max_value=4),
    returned=st.booleans(),
)
def test_planning_n_times_is_planning_once(world: World, hours: int, times: int, returned: bool) -> None:
    Notice.objects.all().delete()
    moment = at(DUE) + timedelta(hours=hours)
    if returned:
        world.return_report("Why?", DUE)
    else:
        world.change(world.report, state="due")

    plan(moment)
    once = rows()
    for _ in range(times - 1):
        again = plan(moment)
        assert (again["planned"], again["changed"], again["called_off"]) == (0, 0, 0)
    assert rows() == once


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.integers(min_value=-90, max_value=60 * 30), min_size=1, max_size=8))
def test_a_clock_that_jumps_loses_and_doubles_nothing(world: World, steps: list[int]) -> None:
    """Whatever the moments at which planning ran, at the end stands what one run at the end would have planned."""
    Notice.objects.all().delete()
    moment = NOON
    for minutes in steps:
        moment += timedelta(minutes=minutes)
        plan(moment)
    walked = {row["key"]: row["state"] for row in rows() if row["state"] in ("planned", "pending")}
    expired = set(Notice.objects.filter(expires_at__lte=moment).values_list("key", flat=True))
    # A run before the clock went back may have planned what now lies beyond the days planned ahead.
    early = set(Notice.objects.filter(not_before__gt=moment + HORIZON).values_list("key", flat=True))

    Notice.objects.all().delete()
    plan(moment)
    direct = {row["key"]: row["state"] for row in rows()}
    assert set(walked) - expired - early == set(direct)


def add_another(world: World, number: int) -> Indicator:
    commitment = record.commitment(f"LAD-COL-91{number}", country=world.cast.colombia)
    indicator = record.indicator(commitment)
    record.entry(indicator, world.cycle)
    columns = {"start": date(2026, 12, 9), "start_precision": "day", "group": world.cast.labour}
    meeting = type(world.meeting)(slug=f"more-{number}", title_en="More", **columns)
    actions.create(meeting, by=STAGE, at=NOON)
    return indicator


def test_the_number_of_queries_does_not_grow(world: World) -> None:
    plan(NOON)
    with CaptureQueriesContext(
        connection,
    ) as few:
        plan(NOON)
    add_another(world, 1)
    add_another(world, 2)
    plan(NOON)
    with CaptureQueriesContext(connection) as many:
        plan(NOON)
    assert len(many) == len(few)


@pytest.mark.parametrize(("by_hand", "left"), [("2026-12-16", []), ("2026-12-15", ["report_late"])])
def test_a_reminder_by_hand_takes_the_place_of_the_one_of_its_day_and_of_none_after_it(
    world: World, by_hand: str, left: list[str]
) -> None:
    plan(at(date(2026, 12, 16), 10))
    late = Notice.objects.get(kind="report_late", state="planned", offset_days=1)
    chase = new_notice(
        kind="report_chase", object_type="progressreport", object_id=world.report.pk,
        recipient_id=world.cast.lead_labour.pk, at=NOON, due_revision=by_hand, not_before=NOON,
    )  # fmt: skip
    chase.save()
    assert kind_named("report_late").recheck(late, at(date(2026, 12, 16), 18)) == (None if left else "catch_up")
    for day in (16, 17, 18):
        plan(at(date(2026, 12, day), 20))
        going = Notice.objects.filter(kind="report_late", offset_days=1).exclude(state__in=["cancelled", "superseded"])
        assert [row.kind for row in going] == left, day
    late.refresh_from_db()
    assert late.reason == ("" if left else "catch_up")
    assert Notice.objects.filter(kind="report_late", offset_days=8, state="planned").exists(), "the next week's stays"
