"""A post handed over: what is owed moves by itself, nothing is lost, and history stays."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from commitments.appointments import succession
from commitments.appointments.models import Appointment
from commitments.history.actions import EditedMeanwhileError
from commitments.indicators.models import Measurement
from commitments.notices.models import Notice
from commitments.reminders.actions import plan
from commitments.reporting import actions as reporting
from commitments.roles.enums import Role
from tests.cast import NOON, TODAY, Cast, appoint
from tests.factories import record

pytestmark = pytest.mark.django_db
TOMORROW = TODAY + timedelta(days=1)


@pytest.fixture(autouse=True)
def noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


def post_of(person: User) -> Appointment:
    return Appointment.objects.get(user=person)


def hand_over(cast: Cast, to: User, **changed: Any) -> Appointment:
    step = {"on": TOMORROW, "move_deputies": False, **changed}
    by = cast.actor(cast.administrator)
    return succession.hand_over(
        appointment=post_of(cast.focal_colombia), to=to, by=by, at=NOON, why="letter of 20 November", **step
    )


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_the_post_ends_the_day_before_and_the_successor_begins(cast: Cast) -> None:
    successor = hand_over(cast, cast.outsider)
    before = post_of(cast.focal_colombia)
    assert (before.valid_until, successor.valid_from, successor.country) == (TODAY, TOMORROW, cast.colombia)
    assert post_of(cast.deputy_colombia).valid_until == TODAY
    assert before.history.order_by("-history_id").first().history_change_reason == "letter of 20 November"


def test_deputies_may_go_on_for_the_successor(cast: Cast) -> None:
    successor = hand_over(cast, cast.outsider, move_deputies=True)
    posts = Appointment.objects.filter(user=cast.deputy_colombia).order_by("id")
    assert [(row.valid_until, row.deputy_of_id) for row in posts] == [
        (TODAY, post_of(cast.focal_colombia).pk),
        (None, successor.pk),
    ]


def test_the_deputy_may_become_the_successor(cast: Cast) -> None:
    successor = hand_over(cast, cast.deputy_colombia, move_deputies=True)
    assert (successor.deputy_of_id, successor.valid_from) == (None, TOMORROW)
    assert Appointment.objects.filter(user=cast.deputy_colombia).count() == 2


def test_what_is_against_a_rule_changes_nothing(cast: Cast) -> None:
    with pytest.raises(succession.SamePerson):
        hand_over(cast, cast.focal_colombia)
    with pytest.raises(succession.HandedOverTooEarly):
        hand_over(cast, cast.outsider, on=TODAY - timedelta(days=1))
    with pytest.raises(EditedMeanwhileError):
        hand_over(cast, cast.outsider, version=7)
    with pytest.raises(succession.NotHandedOver):
        succession.hand_over(
            appointment=post_of(cast.deputy_colombia), to=cast.outsider, on=TOMORROW, move_deputies=False,
            by=cast.actor(cast.administrator), at=NOON, why="x",
        )  # fmt: skip
    assert Appointment.objects.filter(valid_until__isnull=False).count() == 0


def test_a_refusal_in_the_middle_leaves_the_predecessor_in_the_post(cast: Cast) -> None:
    User.objects.filter(pk=cast.outsider.pk).update(is_active=False)
    with pytest.raises(succession.Refused):
        hand_over(cast, cast.outsider)
    assert post_of(cast.focal_colombia).valid_until is None


def test_reminders_go_to_whoever_holds_the_post_on_their_day(cast: Cast) -> None:
    indicator = record.indicator(record.commitment(country=cast.colombia))
    record.entry(indicator, record.cycle(due_on=TODAY + timedelta(days=10)))
    plan(NOON)
    deputy = Notice.objects.get(offset_days=-3)
    assert deputy.recipient == cast.deputy_colombia
    hand_over(cast, cast.outsider, on=TODAY + timedelta(days=5))
    plan(NOON)
    assert [row.recipient for row in Notice.objects.filter(offset_days=-3, state="planned")] == [cast.outsider]


def test_tasks_and_returned_questions_move_to_the_successor(cast: Cast) -> None:
    indicator = record.indicator(record.commitment(country=cast.colombia))
    record.entry(indicator, record.cycle())
    other = record.indicator(record.commitment("LAD-COL-902", country=cast.colombia))
    record.measurement(
        other, 5, TODAY, state="returned", question="Which month?", question_due_on=TOMORROW, accepted_at=None,
        published_at=None,
    )  # fmt: skip
    hand_over(cast, cast.outsider)
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        mine = client_of(cast.outsider).get(reverse("workspace:hand-over")).content.decode()
        theirs = client_of(cast.focal_colombia).get(reverse("workspace:tasks")).content.decode()
    assert "Which month?" in mine
    assert "Update: People counted 1" in mine
    assert "Which month?" not in theirs
    assert Measurement.objects.get(state="returned").history.count() == 1


def keep(cast: Cast, code: str) -> None:
    reporting.keep_draft(
        user_id=cast.focal_colombia.pk, form="update", key=code, fields={"value": "44900"}, version_read=0, at=NOON
    )


def test_the_deputy_and_the_successor_see_the_draft_and_others_do_not(cast: Cast) -> None:
    indicator = record.indicator(record.commitment(country=cast.colombia))
    record.entry(indicator, record.cycle())
    keep(cast, indicator.code)
    address = reverse("workspace:update-indicator", args=[indicator.code])
    deputy = client_of(cast.deputy_colombia).get(address).content.decode()
    assert "Draft of Camila Colombia" in deputy
    assert "44900" in deputy
    assert "44900" not in client_of(cast.secretary).get(address).content.decode()
    hand_over(cast, cast.outsider)
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        assert "Draft of Camila Colombia" in client_of(cast.outsider).get(address).content.decode()


def test_going_on_with_a_draft_keeps_one_of_ones_own(cast: Cast) -> None:
    indicator = record.indicator(record.commitment(country=cast.colombia))
    record.entry(indicator, record.cycle())
    keep(cast, indicator.code)
    deputy = client_of(cast.deputy_colombia)
    deputy.post(reverse("workspace:autosave-update", args=[indicator.code]), {"value": "45000"})
    shown = deputy.get(reverse("workspace:update-indicator", args=[indicator.code])).content.decode()
    assert "45000" in shown
    assert "Draft of" not in shown
    kept = reporting.draft_of(user_id=cast.focal_colombia.pk, form="update", key=indicator.code)
    assert kept is not None
    assert kept.fields == {"value": "44900"}


def test_the_administrator_hands_over_on_a_page(cast: Cast) -> None:
    post = post_of(cast.focal_colombia)
    address = reverse("workspace:appointment-hand-over", args=[cast.focal_colombia.pk, post.pk])
    admin = client_of(cast.administrator)
    assert admin.get(address).status_code == 200
    typed = {"on": TOMORROW.isoformat(), "deputies": "move", "why": "letter", "version": "1"}
    assert "Choose the successor" in admin.post(address, typed).content.decode()
    both = {**typed, "person": cast.outsider.pk, "email": "new@example.org", "name": "New", "language": "es"}
    assert "not both" in admin.post(address, both).content.decode()
    newcomer = {**typed, "email": "new@example.org", "name": "Nueva Persona", "language": "es"}
    assert admin.post(address, newcomer).status_code == 302
    invited = User.objects.get(email="new@example.org")
    assert Appointment.objects.get(user=invited).valid_from == TOMORROW
    assert Notice.objects.filter(kind="invitation", recipient=invited).exists()


def test_a_new_person_is_led_to_the_page_for_thirty_days(cast: Cast) -> None:
    hand_over(cast, cast.outsider)
    link = reverse("workspace:hand-over")
    for days, shown in ((1, True), (30, True), (31, False)):
        with time_machine.travel(NOON + timedelta(days=days), tick=False):
            page = client_of(cast.outsider).get(reverse("workspace:tasks")).content.decode()
            assert (f'href="{link}"' in page) is shown


def test_the_page_says_when_others_held_the_post_and_not_who(cast: Cast) -> None:
    hand_over(cast, cast.outsider)
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        page = client_of(cast.outsider).get(reverse("workspace:hand-over")).content.decode()
    assert "1 Jan 2021 – 24 Nov 2026" in page
    assert "Camila" not in page


def test_the_page_takes_as_many_queries_for_three_as_for_one(cast: Cast) -> None:
    cycle, client, counts = record.cycle(), client_of(cast.focal_colombia), []
    for number in range(3):
        indicator = record.indicator(record.commitment(f"LAD-COL-91{number}", country=cast.colombia))
        record.entry(indicator, cycle)
        record.measurement(indicator, 5, TODAY - timedelta(days=90))
        with CaptureQueriesContext(connection) as found:
            assert client.get(reverse("workspace:hand-over")).status_code == 200
        counts.append(len(found))
    assert counts[0] == counts[2]


def test_a_focal_point_names_a_deputy_for_an_absence(cast: Cast) -> None:
    earlier = appoint(cast.reader, Role.FOCAL_POINT, country=cast.colombia, valid_until=TODAY - timedelta(days=1))
    post = post_of(cast.focal_colombia)
    client, address = client_of(cast.focal_colombia), reverse("workspace:deputy", args=[post.pk])
    page = client.get(address).content.decode()
    assert "Rui Reader" in page
    assert "Claire Canada" not in page
    typed = {"person": cast.reader.pk, "valid_from": TOMORROW.isoformat(), "why": "Leave"}
    assert "Enter the last day" in client.post(address, typed).content.decode()
    until = (TODAY + timedelta(days=9)).isoformat()
    assert client.post(address, {**typed, "valid_until": until}).status_code == 302
    named = Appointment.objects.filter(user=cast.reader, country=cast.colombia).exclude(pk=earlier.pk).get()
    assert (named.deputy_of, named.valid_from) == (post, TOMORROW)
    assert client_of(cast.focal_canada).get(address).status_code == 404


def test_asking_for_a_deputy_makes_a_task_of_the_administrator(cast: Cast) -> None:
    post = post_of(cast.focal_canada)
    client, address = client_of(cast.focal_canada), reverse("workspace:deputy", args=[post.pk])
    typed = {"ask-name": "Denis", "ask-email": "denis@example.org", "ask-valid_from": TOMORROW.isoformat(), "ask": "1"}
    assert "Enter the name" in client.post(address, {**typed, "ask-name": ""}).content.decode()
    assert client.post(address, typed).status_code == 302
    tasks = client_of(cast.administrator).get(reverse("workspace:tasks")).content.decode()
    assert "Appoint a deputy: Claire Canada" in tasks
    assert "denis@example.org" in tasks
    appoint(cast.reader, Role.FOCAL_POINT, country=cast.canada, deputy_of=post)
    assert "Appoint a deputy" not in client_of(cast.administrator).get(reverse("workspace:tasks")).content.decode()
