"""What changes between planning and sending is seen: by the next plan, and again at the moment of sending."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from commitments.history import actions
from commitments.notices.delivery import send_due
from commitments.notices.models import Notice
from commitments.reminders.actions import plan
from commitments.reporting.models import ProgressReport
from commitments.roles.enums import Role
from tests.cast import NOON, STAGE, appoint
from tests.commitments.notices.stage import HandClock, mail_server, state_of
from tests.commitments.reminders.conftest import DUE, World
from tests.factories import record

pytestmark = pytest.mark.django_db

#: Past nine in the morning of the day on which the first reminders go out, everywhere.
THE_DAY = datetime(2026, 12, 1, 18, tzinfo=UTC)
MEETING_DAY = datetime(2026, 12, 7, 18, tzinfo=UTC)
Change = Callable[[World], Any]


def the(kind: str, world: World, recipient: str) -> Notice:
    return Notice.objects.get(kind=kind, recipient=getattr(world.cast, recipient))


def deactivate(person: str) -> Change:
    def change(world: World) -> None:
        user = getattr(world.cast, person)
        user.is_active = False
        user.save()

    return change


def end_post(person: str) -> Change:
    def change(world: World) -> None:
        post = getattr(world.cast, person).appointments.get()
        world.change(post, valid_until=date(2026, 11, 30))

    return change


def remove_entry(world: World) -> None:
    actions.remove(world.entry, by=STAGE, at=NOON)


CHANGES: list[tuple[str, str, Change, datetime, tuple[str, str]]] = [
    ("figure_due", "deputy_colombia", lambda w: w.send_figure(), THE_DAY, ("cancelled", "done")),
    (
        "figure_due", "deputy_colombia",
        lambda w: w.change(w.entry, due_on=date(2026, 12, 22)), THE_DAY, ("superseded", "moved"),
    ),
    ("figure_due", "deputy_colombia", remove_entry, THE_DAY, ("cancelled", "gone")),
    (
        "figure_due", "deputy_colombia",
        lambda w: w.change(w.cycle, due_on=date(2026, 11, 25), closes_on=date(2026, 11, 26)),
        THE_DAY, ("cancelled", "closed"),
    ),
    ("figure_due", "deputy_colombia", deactivate("deputy_colombia"), THE_DAY, ("cancelled", "inactive")),
    ("figure_due", "deputy_colombia", end_post("deputy_colombia"), THE_DAY, ("cancelled", "not_responsible")),
    ("report_due", "lead_labour", lambda w: w.change(w.report, state="sent"), THE_DAY, ("cancelled", "done")),
    (
        "report_due", "lead_labour",
        lambda w: w.change(w.report, due_on=date(2026, 12, 20)), THE_DAY, ("superseded", "moved"),
    ),
    ("report_due", "lead_labour", end_post("lead_labour"), THE_DAY, ("cancelled", "not_responsible")),
    (
        "meeting_soon", "focal_canada",
        lambda w: w.change(w.meeting, state="cancelled"), MEETING_DAY, ("cancelled", "called_off"),
    ),
    (
        "meeting_soon", "focal_canada",
        lambda w: w.change(w.meeting, state="held"), MEETING_DAY, ("cancelled", "done"),
    ),
    (
        "meeting_soon", "focal_canada",
        lambda w: w.change(w.meeting, start=date(2027, 1, 10), start_at=datetime(2027, 1, 10, 15, tzinfo=UTC)),
        MEETING_DAY, ("superseded", "moved"),
    ),
    (
        "meeting_soon", "focal_canada",
        lambda w: w.change(w.meeting, start_at=datetime(2026, 12, 10, 21, tzinfo=UTC)),
        MEETING_DAY, ("superseded", "moved"),
    ),
    ("meeting_soon", "focal_canada", end_post("focal_canada"), MEETING_DAY, ("cancelled", "not_responsible")),
]  # fmt: skip
IDS = [f"{kind}-{end[1]}-{number}" for number, (kind, _, _, _, end) in enumerate(CHANGES)]


@pytest.mark.parametrize(("kind", "person", "change", "moment", "end"), CHANGES, ids=IDS)
def test_planning_again_calls_it_off_with_its_reason(
    world: World, kind: str, person: str, change: Change, moment: datetime, end: tuple[str, str]
) -> None:
    plan(NOON)
    notice = the(kind, world, person)
    change(world)
    plan(NOON)
    # Whoever has no access any more is nobody's recipient: planning finds nobody responsible.
    assert state_of(notice) == (end if end[1] != "inactive" else ("cancelled", "not_responsible"))


@pytest.mark.parametrize(("kind", "person", "change", "moment", "end"), CHANGES, ids=IDS)
def test_without_another_plan_sending_sees_it_too(
    world: World, settings: Any, kind: str, person: str, change: Change, moment: datetime, end: tuple[str, str]
) -> None:
    plan(NOON)
    notice = the(kind, world, person)
    address = notice.recipient.email
    change(world)
    with mail_server(settings) as server:
        send_due(clock=HandClock(moment))
        assert address not in server.recipients
    assert state_of(notice) == ("cancelled", end[1])


@pytest.mark.parametrize(("kind", "person", "moment"), [(c[0], c[1], c[3]) for c in CHANGES[::6]])
def test_control_without_a_change_it_goes_out(
    world: World, settings: Any, kind: str, person: str, moment: datetime
) -> None:
    plan(NOON)
    notice = the(kind, world, person)
    with mail_server(settings) as server:
        send_due(clock=HandClock(moment))
        assert server.recipients.count(notice.recipient.email) == 1
    assert state_of(notice) == ("sent", "")


def recipients(kind: str, *states: str) -> list[str]:
    rows = Notice.objects.filter(kind=kind, state__in=states or ["planned", "pending"])
    return sorted(rows.values_list("recipient__email", flat=True))


def test_the_deputy_takes_the_message_while_one_stands_in(world: World) -> None:
    plan(NOON)
    assert recipients("figure_due") == ["deputy.colombia@example.org"]

    world.change(world.cast.deputy_colombia.appointments.get(), valid_until=date(2026, 11, 30))
    plan(NOON)
    assert recipients("figure_due") == ["focal.colombia@example.org"]


def test_a_deputy_without_access_shields_nobody(world: World) -> None:
    deactivate("deputy_colombia")(world)
    plan(NOON)
    assert recipients("figure_due") == ["focal.colombia@example.org"]


def test_a_deputy_who_stands_in_on_the_day_alone_takes_that_days_message(world: World) -> None:
    post = world.cast.deputy_colombia.appointments.get()
    world.change(post, valid_from=date(2026, 12, 1), valid_until=date(2026, 12, 5))
    plan(datetime(2026, 11, 30, tzinfo=UTC))
    plan(datetime(2026, 12, 6, tzinfo=UTC))
    assert recipients("figure_due", "planned", "cancelled", "pending") == [
        "deputy.colombia@example.org",  # of 1 December, unsent and therefore called off
        "focal.colombia@example.org",  # the same, owed to the focal point now
        "focal.colombia@example.org",  # of 12 December
    ]


def test_nobody_responsible_gets_nothing_and_somebody_new_gets_the_newest(world: World) -> None:
    for person in ("deputy_colombia", "focal_colombia"):
        end_post(person)(world)
    plan(THE_DAY)
    assert recipients("figure_due") == []

    appoint(world.cast.reader, Role.FOCAL_POINT, country=world.cast.colombia, valid_from=date(2026, 12, 1))
    plan(THE_DAY)
    rows = Notice.objects.filter(kind="figure_due").order_by("not_before")
    assert list(rows.values_list("recipient__email", "offset_days", "state")) == [
        ("reader@example.org", -14, "pending"),
        ("reader@example.org", -3, "planned"),
    ]


def test_a_date_moved_there_and_back_loses_no_reminder(world: World, settings: Any) -> None:
    plan(NOON)
    first = the("report_due", world, "lead_labour")
    world.change(world.report, due_on=date(2026, 12, 20))
    plan(NOON)
    assert state_of(first) == ("superseded", "moved")
    world.change(world.report, due_on=date(2026, 12, 15))
    plan(NOON)
    assert state_of(first) == ("planned", "")

    with mail_server(settings) as server:
        send_due(clock=HandClock(THE_DAY))
        assert server.recipients.count("lead.labour@example.org") == 1
    assert state_of(first) == ("sent", "")


def test_a_meeting_moved_after_its_reminder_reminds_of_the_new_day(world: World, settings: Any) -> None:
    world.cast.focal_canada.language = "en"
    world.cast.focal_canada.save()
    plan(NOON)
    with mail_server(settings) as server:
        send_due(clock=HandClock(MEETING_DAY))
        world.change(world.meeting, start=date(2026, 12, 17), start_at=datetime(2026, 12, 17, 15, tzinfo=UTC))
        plan(MEETING_DAY)
        send_due(clock=HandClock(datetime(2026, 12, 14, 18, tzinfo=UTC)))
    assert [message["Subject"] for message in server.accepted if message["To"] == "focal.canada@example.org"] == [
        "Meeting on 10 Dec: Labour mobility: next steps",
        "Meeting on 17 Dec: Labour mobility: next steps",
    ]


def test_once_for_each_thing_person_and_offset_whatever_the_number_of_ticks(world: World, settings: Any) -> None:
    """Three months of ticks, a pause of three days in between, two beats on some days."""
    clock = HandClock(NOON)
    with mail_server(settings) as server:
        for count in range(60):
            clock.forward(hours=24)
            if 17 <= count <= 19:
                continue
            for _ in range(1 + count % 2):
                plan(clock.now)
                send_due(clock=clock)
    sent = Notice.objects.filter(state="sent")
    assert len(server.accepted) == sent.count() == len(set(server.message_ids))
    lead = sent.filter(object_type="progressreport").order_by("not_before")
    assert list(lead.values_list("offset_days", flat=True)) == [-14, -3, 1, 8, 15, 22, 29]
    assert set(sent.values_list("recipient__email", flat=True)) == {
        "deputy.colombia@example.org",
        "focal.canada@example.org",
        "lead.labour@example.org",
    }


def test_an_answer_ends_the_question(world: World, settings: Any) -> None:
    figure = world.send_figure(state="returned", question="Why?", question_due_on=date(2026, 12, 3))
    with mail_server(settings) as server:
        plan(NOON)
        send_due(clock=HandClock(NOON))
        world.change(figure, state="sent", answer="Because.", entered_at=NOON + timedelta(hours=1))
        plan(THE_DAY)
        send_due(clock=HandClock(datetime(2026, 12, 2, 18, tzinfo=UTC)))
    assert server.recipients.count("deputy.colombia@example.org") == 1
    assert recipients("figure_question") == []


def test_a_value_logged_for_a_country_ends_its_reminders(world: World) -> None:
    plan(NOON)
    world.send_figure(is_on_behalf=True)
    plan(NOON)
    assert recipients("figure_due") == []


def test_a_returned_figure_asks_and_does_not_count_as_late(world: World) -> None:
    world.send_figure(state="returned", question="Why?", question_due_on=date(2026, 12, 20))
    plan(datetime(2026, 12, 16, 18, tzinfo=UTC))
    assert (recipients("figure_late"), recipients("figure_question")) == (
        [],
        ["deputy.colombia@example.org"] * 2,
    )


def test_an_indicator_of_another_country_concerns_its_own_people(world: World) -> None:
    indicator = record.indicator(record.commitment("LAD-CAN-901", country=world.cast.canada))
    owed = record.entry(indicator, world.cycle)
    world.change(owed.report, state="accepted", sent_at=NOON)
    plan(NOON)
    assert recipients("figure_due") == ["deputy.colombia@example.org", "focal.canada@example.org"]


def test_a_reports_reminder_stands_for_the_figures_due_with_it(world: World) -> None:
    world.change(world.entry.report, state="draft", sent_at=None)
    plan(NOON)
    assert recipients("figure_due") == []
    assert recipients("report_due") == ["deputy.colombia@example.org", "lead.labour@example.org"]

    world.change(world.entry, due_on=date(2026, 12, 12))
    plan(NOON)
    assert recipients("figure_due") == ["deputy.colombia@example.org"], "due on a day of its own"

    world.change(world.entry, cannot_reason="not_yet")
    plan(NOON)
    [figure] = Notice.objects.filter(kind="figure_due")
    assert (figure.state, figure.reason) == ("cancelled", "done")


def test_a_report_that_says_why_it_cannot_be_given_stands_for_its_figures(world: World) -> None:
    """Due on a day of its own, and yet answered, as soon as that is sent."""
    world.change(world.entry, due_on=date(2026, 12, 12))
    world.change(world.entry.report, state="draft", sent_at=None, cannot_reason="not_yet")
    plan(NOON)
    assert recipients("figure_due") == ["deputy.colombia@example.org"]

    world.change(world.entry.report, state="sent", sent_at=NOON)
    plan(NOON)
    [figure] = Notice.objects.filter(kind="figure_due")
    assert (figure.state, figure.reason) == ("cancelled", "done")


def test_the_secretariats_own_report_concerns_all_of_it(world: World) -> None:
    own = ProgressReport(cycle=world.cycle, is_of_secretariat=True, due_on=DUE)
    actions.create(own, by=STAGE, at=NOON)
    plan(NOON)
    assert recipients("report_due") == [
        "lead.labour@example.org",
        "secretariat.second@example.org",
        "secretariat@example.org",
    ]


def test_a_closed_cycle_reminds_nobody(world: World) -> None:
    world.change(world.cycle, closed_at=NOON)
    plan(NOON)
    assert recipients("report_due") == recipients("figure_due") == []
