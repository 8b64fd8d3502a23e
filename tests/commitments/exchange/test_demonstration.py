"""The demonstration: invented people and dates around the real record, which says the same with and without them."""

import stat
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command

from accounts.models import User
from commitments.appointments.models import Appointment
from commitments.exchange.demonstration.loading import Demonstration, load_demonstration
from commitments.exchange.demonstration.people import PEOPLE, RealAccountError
from commitments.exchange.reference.loading import load_reference_data
from commitments.exchange.tasks import keep_demonstration_ahead
from commitments.formats.partial import PartialDate
from commitments.history import actions
from commitments.history.enums import ReportState
from commitments.indicators.models import CommitmentStatus, Indicator, Measurement
from commitments.indicators.queries import indicator_readings
from commitments.meetings.models import Meeting
from commitments.notices.models import Heartbeat
from commitments.reporting.models import ProgressReport, ReportEntry, ReportingCycle
from commitments.reporting.tasklist import task_list
from commitments.roles import standing
from commitments.translation import tracked_models
from tests import cast as people
from tests.commitments.exchange.conftest import LOADED_AT
from tests.commitments.indicators.record_table import RECORD, TODAY

pytestmark = pytest.mark.usefixtures("loaded")

PASSWORD = "rivers of the continent"
AT = LOADED_AT + timedelta(hours=1)


def stage(at: datetime = AT, *, example_reports: bool = False, password: str = PASSWORD) -> Demonstration:
    return load_demonstration(password=password, at=at, example_reports=example_reports)


def history_rows() -> int:
    return sum(model.history.count() for model in tracked_models())


def real_entries() -> Any:
    return ReportEntry.objects.filter(series__indicator__is_example=False)


def test_people_hold_the_posts_that_the_demonstration_needs() -> None:
    stage()
    held = Appointment.objects.in_force(TODAY).select_related("user", "country", "group", "deputy_of__user")

    assert {
        post.user.email.split("@")[0]: (
            post.role,
            post.country.iso3 if post.country else post.group.code if post.group else "",
            post.deputy_of.user.email if post.deputy_of else "",
        )
        for post in held
    } == {
        "admin": ("administrator", "", ""),
        "secretariat": ("secretariat", "", ""),
        "secretariat2": ("secretariat", "", ""),
        "lead.mexico": ("lead", "WS05", ""),
        "focal.colombia": ("focal_point", "COL", ""),
        "deputy.colombia": ("focal_point", "COL", "focal.colombia@example.org"),
        "focal.canada": ("focal_point", "CAN", ""),
        "focal.mexico": ("focal_point", "MEX", ""),
        "focal.belize": ("focal_point", "BLZ", ""),
        "focal.costarica": ("focal_point", "CRI", ""),
        "focal.haiti": ("focal_point", "HTI", ""),
        "focal.brazil": ("focal_point", "BRA", ""),
        "reader": ("reader", "", ""),
    }
    assert {user.is_demonstration for user in User.objects.all()} == {True}
    assert {user.language for user in User.objects.all()} == {"en", "es", "pt", "fr"}


def test_the_cycle_asks_for_real_figures_and_every_date_lies_ahead() -> None:
    stage()
    cycle = ReportingCycle.objects.get()

    assert (cycle.is_demonstration, cycle.name_en, cycle.name_fr) == (
        True,
        "Demonstration: quarter 3 of 2026",
        "Démonstration : trimestre 3 de 2026",
    )
    assert (cycle.period_start, cycle.period_end) == (date(2026, 7, 1), date(2026, 9, 30))
    assert [entry.series.indicator.code for entry in real_entries().order_by("series__indicator__code")] == [
        "LAD-CAN-001-I1",
        "LAD-CAN-003-I1",
        "LAD-CAN-004-I1",
        "LAD-CAN-004-I2",
        "LAD-CAN-005-I1",
        "LAD-COL-001-I1",
        "LAD-COL-001-I2",
        "LAD-COL-003-I1",
        "LAD-MEX-002-I1",
    ]  # Belize’s figures are of one that has ended, and Mexico’s other one is yearly: the rules ask for neither
    dates = [*real_entries().values_list("due_on", flat=True), *ProgressReport.objects.values_list("due_on", flat=True)]
    assert min(dates) > TODAY
    assert ProgressReport.objects.get(group__code="WS05").state == ReportState.DUE


def test_the_meeting_of_the_group_is_planned_and_marked() -> None:
    stage()
    meeting = Meeting.objects.get(is_demonstration=True)

    assert (meeting.group.code, meeting.state, meeting.day) == ("WS05", "planned", PartialDate(date(2026, 11, 26)))
    assert meeting.start_at == datetime(2026, 11, 26, 16, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("mailbox", "tasks"),
    [
        ("focal.colombia", 4),
        ("focal.canada", 6),
        ("focal.mexico", 2),
        ("focal.belize", 1),
        ("lead.mexico", 1),
        ("focal.costarica", 0),
        ("focal.haiti", 0),
        ("focal.brazil", 0),
        ("deputy.colombia", 4),
        ("reader", 0),
    ],
)
def test_who_has_work_to_do(mailbox: str, tasks: int) -> None:
    stage()
    person = standing.attach(User.objects.get(email=f"{mailbox}@example.org"), TODAY)

    assert task_list(person, on=TODAY, late_on=TODAY).count == tasks


@pytest.mark.parametrize("example_reports", [False, True])
def test_every_status_of_the_record_is_the_same_with_the_demonstration(*, example_reports: bool) -> None:
    before = set(CommitmentStatus.objects.values_list("commitment__code", "status", "reason"))

    stage(example_reports=example_reports)

    readings = indicator_readings(Indicator.objects.exclude(reference_id=None), on=TODAY)
    stands = {
        row.indicator.reference_id: (row.result.rule, row.result.status, row.result.reason) for row in readings.values()
    }
    assert stands == {reference_id: row[:3] for reference_id, row in RECORD.items()}
    real = CommitmentStatus.objects.filter(commitment__is_example=False)
    assert set(real.values_list("commitment__code", "status", "reason")) == before


@pytest.mark.parametrize("example_reports", [False, True])
def test_a_second_run_changes_nothing(*, example_reports: bool) -> None:
    stage(example_reports=example_reports)
    before = (history_rows(), list(User.objects.order_by("pk").values()))

    stage(AT + timedelta(hours=9), example_reports=example_reports)

    assert (history_rows(), list(User.objects.order_by("pk").values())) == before


@pytest.mark.parametrize("example_reports", [False, True])
def test_the_record_loads_on_without_change_beside_it(*, example_reports: bool) -> None:
    stage(example_reports=example_reports)

    report = load_reference_data(at=AT + timedelta(hours=1))

    assert (report.changed_anything, report.kept) == (False, [])


def test_dates_that_have_come_are_moved_ahead_and_what_was_sent_stays() -> None:
    stage()
    sent = real_entries().get(series__indicator__code="LAD-COL-001-I1")
    figure = Measurement(series=sent.series, value=1, as_of=TODAY, as_of_precision="day", state=ReportState.SENT)
    actions.create(figure, by=people.STAGE, at=AT)
    actions.change(sent, by=people.STAGE, at=AT, measurement=figure)

    stage(AT + timedelta(days=15))

    later = TODAY + timedelta(days=15)
    due = dict(real_entries().values_list("series__indicator__code", "due_on"))
    assert due.pop("LAD-COL-001-I1") == date(2026, 12, 4)
    assert min(due.values()) > later
    assert {due["LAD-COL-003-I1"], due["LAD-CAN-001-I1"]} == {date(2026, 12, 19), date(2026, 12, 21)}
    assert Meeting.objects.get(is_demonstration=True).start == later + timedelta(days=2)
    assert ProgressReport.objects.get(group__code="WS05").due_on == later + timedelta(days=13)
    cycle = ReportingCycle.objects.get()
    assert cycle.due_on >= max(due.values())


def test_a_demonstration_that_runs_on_without_a_start_keeps_its_dates_ahead() -> None:
    stage(example_reports=True)
    late_on_purpose = {(row.pk, row.due_on) for row in ReportEntry.objects.filter(series__indicator__is_example=True)}
    later = TODAY + timedelta(days=15)

    with time_machine.travel(AT + timedelta(days=15), tick=False):
        first, second = keep_demonstration_ahead(), keep_demonstration_ahead()

    # Nine figures of Colombia, Canada and Mexico, their three reports, those of Belize and of the group.
    assert (first, second) == ({"owed": 14, "meetings": 1}, {"owed": 0, "meetings": 0})
    assert min(real_entries().values_list("due_on", flat=True)) > later
    assert ProgressReport.objects.get(group__code="WS05").due_on == later + timedelta(days=13)
    assert Meeting.objects.get(is_demonstration=True).start == later + timedelta(days=2)
    examples = ReportEntry.objects.filter(series__indicator__is_example=True)
    assert {(row.pk, row.due_on) for row in examples} == late_on_purpose
    last = ReportEntry.history.order_by("-history_id").first()
    assert (last.door, last.actor_role, last.history_user_id) == ("task", "system", None)
    assert Heartbeat.objects.get(job="demonstration").is_ok


def test_a_closed_cycle_of_the_demonstration_stays_as_it_was_closed() -> None:
    stage(example_reports=True)
    cycle = ReportingCycle.objects.get()
    office = User.objects.get(email="secretariat@example.org")
    actions.change(cycle, by=people.STAGE, at=AT, closed_at=AT, closed_by=office)
    days = set(ProgressReport.objects.values_list("pk", "due_on"))
    later = AT + timedelta(days=15)
    stage(later, example_reports=True)
    with time_machine.travel(later, tick=False):
        assert keep_demonstration_ahead()["owed"] == 0
    assert set(ProgressReport.objects.values_list("pk", "due_on")) == days
    assert ReportingCycle.objects.get().due_on == cycle.due_on


def test_nothing_moves_where_no_demonstration_stands_or_under_production_settings(settings: Any) -> None:
    before = history_rows()
    assert keep_demonstration_ahead() == {"owed": 0, "meetings": 0}
    stage()
    there = history_rows()
    settings.PRODUCTION = True

    with time_machine.travel(AT + timedelta(days=15), tick=False):
        assert keep_demonstration_ahead() == {}

    assert (there > before, history_rows()) == (True, there)


def test_an_account_of_a_real_person_is_never_touched() -> None:
    people.person("reader@example.org", "Somebody real")

    with pytest.raises(RealAccountError, match=r"reader@example\.org"):
        stage()

    assert [user.name for user in User.objects.all()] == ["Somebody real"]


def test_everybody_signs_in_with_one_password_and_follows_a_new_one() -> None:
    stage()
    assert [user.check_password(PASSWORD) for user in User.objects.all()] == [True] * len(PEOPLE)

    stage(password="another long sentence")

    assert [user.check_password("another long sentence") for user in User.objects.all()] == [True] * len(PEOPLE)


class TestCommand:
    """`manage.py load_demo`."""

    @pytest.fixture(autouse=True)
    def place(self, settings: Any, tmp_path: Path) -> Path:
        settings.DATA_DIR, settings.DEMO_PASSWORD = tmp_path, ""
        return tmp_path

    def test_a_password_is_made_up_once_for_the_owner_alone(self, place: Path) -> None:
        call_command("load_demo", verbosity=0)
        kept = place / "demo-password"
        password = kept.read_text().strip()
        call_command("load_demo", verbosity=0)

        assert kept.read_text().strip() == password
        assert len(password) == 16
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
        assert User.objects.get(email="admin@example.org").check_password(password)

    def test_a_given_password_is_not_kept(self, settings: Any, place: Path) -> None:
        settings.DEMO_PASSWORD = PASSWORD

        call_command("load_demo", verbosity=0)

        assert User.objects.get(email="admin@example.org").check_password(PASSWORD)
        assert list(place.iterdir()) == []

    def test_refused_under_production_settings(self, settings: Any) -> None:
        settings.PRODUCTION = True

        with pytest.raises(CommandError, match="does not belong on a production instance"):
            call_command("load_demo")

        assert User.objects.count() == 0

    def test_tells_who_may_sign_in_and_what_is_due(self, capsys: pytest.CaptureFixture[str], place: Path) -> None:
        call_command("load_demo")

        *people_told, password, summary = capsys.readouterr().out.splitlines()
        assert people_told == [person.email for person in PEOPLE]
        assert password == f"password: kept in {place / 'demo-password'}"
        assert summary.startswith("13 people, 9 figures due, the next on ")
