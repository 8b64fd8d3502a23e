"""Settings: decided from a day on, seen before they are saved, never backwards."""

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from commitments.history import actions
from commitments.indicators.models import CommitmentStatus
from commitments.indicators.statuses import refresh
from commitments.mechanisms.models import OfficeSettings, Thresholds
from commitments.notices.models import Notice
from commitments.reminders.actions import plan
from tests.cast import NOON, STAGE, TODAY, Cast
from tests.factories import record, rows
from tests.pages import main_words

pytestmark = pytest.mark.django_db
THRESHOLDS = {
    "on_track_from": "85",
    "at_risk_from": "70",
    "early_share": "10",
    "end_window_days": "92",
    "milestone_grace_days": "90",
    "public_reason": "Agreed at the meeting of November",
}
OFFICE = {
    "review_days": "5",
    "answer_days": "7",
    "early_reminders": "14, 3",
    "late_reminders": "1 8 15 22 29",
    "meeting_reminders": "3,1",
    "languages": ["en", "es", "pt", "fr"],
    "public_reason": "The office grew",
}


@pytest.fixture(autouse=True)
def noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def admin(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.administrator)
    return client


def address(pk: int | None = None) -> str:
    if pk:
        return reverse("workspace:settings-thresholds-version", args=["lad", pk])
    return reverse("workspace:settings-thresholds", args=["lad"])


def hidden(page: Any, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page.content.decode())
    return found.group(1) if found else ""


def decide(client: Client, url: str, **typed: Any) -> Any:
    """Look at the effect, then save what was shown."""
    first = client.post(url, {"version": "1", **typed, "newest": hidden(client.get(url), "newest")})
    assert first.status_code == 200, first
    again = {**typed, "newest": hidden(first, "newest"), "version": hidden(first, "version")}
    return client.post(url, {**again, "shown": hidden(first, "shown"), "save": "1"})


def at_88_percent(cast: Cast, code: str) -> None:
    """A commitment whose figure is 88 % of what is expected: at risk by the usual thresholds."""
    commitment = record.commitment(code, country=cast.colombia)
    indicator = record.indicator(commitment, baseline=(0, date(2025, 11, 24)), target=(1000, date(2027, 11, 24)))
    record.measurement(indicator, 440, date(2026, 11, 24))


def test_the_effect_is_shown_before_anything_is_saved(cast: Cast, admin: Client) -> None:
    for code in ("LAD-COL-901", "LAD-COL-902", "LAD-COL-903"):
        at_88_percent(cast, code)
    page = admin.post(address(), {**THRESHOLDS, "valid_from": TODAY.isoformat()})
    text = page.content.decode()
    assert "3 commitments would change status" in text
    assert "LAD-COL-902" in text
    assert Thresholds.objects.count() == 0


def test_statuses_follow_at_once_when_thresholds_begin_today(cast: Cast, admin: Client) -> None:
    at_88_percent(cast, "LAD-COL-901")
    assert CommitmentStatus.objects.get().status == "at_risk"
    answer = decide(admin, address(), **THRESHOLDS, valid_from=TODAY.isoformat())
    assert (answer.status_code, answer["Location"]) == (302, reverse("workspace:settings"))
    row = Thresholds.objects.get()
    assert (row.on_track_from, row.at_risk_from, row.valid_from) == (Decimal("0.850"), Decimal("0.700"), TODAY)
    told = row.history.get()
    assert (told.history_user_id, told.public_reason) == (cast.administrator.pk, "Agreed at the meeting of November")
    assert CommitmentStatus.objects.get().status == "on_track"


def test_announced_thresholds_wait_for_their_day(cast: Cast, admin: Client) -> None:
    at_88_percent(cast, "LAD-COL-901")
    tomorrow = TODAY + timedelta(days=1)
    decide(admin, address(), **THRESHOLDS, valid_from=tomorrow.isoformat())
    assert CommitmentStatus.objects.get().status == "at_risk"
    refresh(at=NOON + timedelta(days=1))
    assert CommitmentStatus.objects.get().status == "on_track"


def test_nothing_is_decided_backwards_and_no_day_twice(admin: Client) -> None:
    yesterday = (TODAY - timedelta(days=1)).isoformat()
    page = admin.post(address(), {**THRESHOLDS, "valid_from": yesterday})
    assert "nothing is applied backwards" in page.content.decode()
    decide(admin, address(), **THRESHOLDS, valid_from=TODAY.isoformat())
    again = decide(admin, address(), **THRESHOLDS, valid_from=TODAY.isoformat())
    assert "Other settings begin on this day" in again.content.decode()
    assert Thresholds.objects.count() == 1


def test_what_was_not_shown_is_not_saved(admin: Client) -> None:
    page = admin.post(
        address(), {**THRESHOLDS, "valid_from": TODAY.isoformat(), "save": "1", "shown": "0123456789abcdef"}
    )
    assert "not shown with their effect yet" in page.content.decode()
    assert Thresholds.objects.count() == 0


def test_an_announced_version_may_be_changed_or_taken_back_and_one_in_force_may_not(cast: Cast, admin: Client) -> None:
    later = TODAY + timedelta(days=7)
    decide(admin, address(), **THRESHOLDS, valid_from=later.isoformat())
    row = Thresholds.objects.get()
    back = reverse("workspace:settings-thresholds-take-back", args=["lad", row.pk])
    changed = {**THRESHOLDS, "on_track_from": "95", "valid_from": later.isoformat(), "version": "1"}
    assert decide(admin, address(row.pk), **changed).status_code == 302
    row.refresh_from_db()
    assert (row.on_track_from, row.version) == (Decimal("0.950"), 2)
    stale = decide(admin, address(row.pk), **{**changed, "on_track_from": "80", "version": "1"})
    assert stale.status_code == 409
    with time_machine.travel(NOON + timedelta(days=7), tick=False):
        admin.force_login(cast.administrator)
        begun = admin.post(back, {"why": "Too early.", "version": "2"})
        assert (begun.status_code, "Too early." in begun.content.decode()) == (409, True)
    admin.force_login(cast.administrator)
    assert "Say why they are taken back" in admin.post(back, {"why": " ", "version": "2"}).content.decode()
    other = admin.post(back, {"why": "Too early.", "version": "1"})
    assert (other.status_code, "Too early." in other.content.decode()) == (409, True)
    assert Thresholds.objects.count() == 1
    assert 'name="version" value="2"' in admin.get(back).content.decode()
    admin.post(back, {"why": "Too early.", "version": "2"})
    assert Thresholds.objects.count() == 0
    assert Thresholds.history.first().history_change_reason == "Too early."


def test_somebody_else_deciding_meanwhile_is_pointed_out(cast: Cast, admin: Client) -> None:
    shown = admin.post(address(), {**THRESHOLDS, "valid_from": (TODAY + timedelta(days=2)).isoformat()})
    rows.stored(Thresholds, mechanism=cast.declaration, valid_from=TODAY)
    again = {**THRESHOLDS, "valid_from": (TODAY + timedelta(days=2)).isoformat(), "newest": hidden(shown, "newest")}
    page = admin.post(address(), {**again, "shown": hidden(shown, "shown"), "save": "1"})
    assert "Somebody else decided other settings meanwhile" in page.content.decode()


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("on_track_from", "70", "must begin below"),
        ("on_track_from", "101", "above 0 and up to 100"),
        ("on_track_from", "0", "above 0 and up to 100"),
        ("on_track_from", "NaN", "using digits only"),
        ("on_track_from", "9" * 5000, "at most"),
        ("on_track_from", "", "Enter the figure (per cent)"),
        ("early_share", "60", "at most half"),
        ("end_window_days", "367", "between 0 and 366"),
        ("end_window_days", "-1", "between 0 and 366"),
        ("valid_from", "tomorrow", "day, month and year"),
        ("valid_from", "9999-12-31", "between the years"),
        ("public_reason", "", "Say why"),
        ("public_reason", "x" * 501, "at most 500 characters"),
    ],
)
def test_wild_thresholds_are_refused_kindly(admin: Client, field: str, typed: str, sentence: str) -> None:
    page = admin.post(address(), {**THRESHOLDS, "valid_from": TODAY.isoformat(), field: typed})
    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert Thresholds.objects.count() == 0


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("early_reminders", "two weeks", "whole numbers of days"),
        ("early_reminders", "14, 14", "each number once"),
        ("early_reminders", "0", "between 1 and 60"),
        ("early_reminders", "61", "between 1 and 60"),
        ("late_reminders", "1 2 3 4 5 6 7", "at most 6"),
        ("late_reminders", "9" * 4000, "whole numbers of days"),
        ("languages", ["xx"], "Choose from the languages shown"),
        ("languages", [], "at least one language"),
        ("review_days", "0", "between 1 and 60"),
        ("answer_days", "91", "between 1 and 90"),
    ],
)
def test_wild_settings_of_the_office_are_refused_kindly(admin: Client, field: str, typed: Any, sentence: str) -> None:
    page = admin.post(reverse("workspace:settings-office"), {**OFFICE, "valid_from": TODAY.isoformat(), field: typed})
    assert page.status_code == 200
    assert sentence in page.content.decode()
    assert OfficeSettings.objects.count() == 0


def test_reminders_follow_the_days_in_force_on_the_day_they_go_out(cast: Cast, admin: Client) -> None:
    commitment = record.commitment(country=cast.colombia)
    record.entry(record.indicator(commitment), record.cycle(due_on=TODAY + timedelta(days=13)))
    plan(NOON)
    assert [row.offset_days for row in Notice.objects.filter(state="planned")] == [-3]
    url = reverse("workspace:settings-office")
    typed = {**OFFICE, "early_reminders": "2", "valid_from": (TODAY + timedelta(days=6)).isoformat()}
    page = admin.post(url, typed)
    text = page.content.decode()
    assert "1 message of the next 14 days would go out on another day" in text
    assert decide(admin, url, **typed).status_code == 302
    plan(NOON)
    assert [row.offset_days for row in Notice.objects.filter(state="planned")] == [-2]
    assert Notice.objects.get(offset_days=-3).state == "superseded"


def test_the_effect_tells_what_vanishes_and_what_appears(cast: Cast, admin: Client) -> None:
    commitment = record.commitment(country=cast.colombia)
    record.entry(record.indicator(commitment), record.cycle(due_on=TODAY + timedelta(days=13)))
    url = reverse("workspace:settings-office")
    typed = {**OFFICE, "valid_from": TODAY.isoformat()}
    none = admin.post(url, {**typed, "early_reminders": ""}).content.decode()
    assert "1 message of the next 14 days would not be sent" in none
    more = admin.post(url, {**typed, "early_reminders": "7 5 3"}).content.decode()
    assert "2 messages would be sent in the next 14 days that are not planned now" in more
    assert "1 message of the next 14 days stays as it is" in more


def test_fewer_languages_leave_fewer_summaries_missing(cast: Cast, admin: Client) -> None:
    report = record.group_report(cast.labour, record.cycle())
    actions.change(report, by=STAGE, at=NOON, state="accepted", language="es", accepted_at=NOON)
    typed = {**OFFICE, "valid_from": TODAY.isoformat(), "languages": ["en", "es"]}
    page = admin.post(reverse("workspace:settings-office"), typed).content.decode()
    assert "1 summary of an accepted report would be missing" in page
    assert "(now: 3)" in page


def test_the_pages_take_as_many_queries_for_three_as_for_one(cast: Cast, admin: Client) -> None:
    counts = []
    for number in (1, 2, 3):
        at_88_percent(cast, f"LAD-COL-91{number}")
        rows.stored(Thresholds, mechanism=cast.declaration, valid_from=TODAY + timedelta(days=number))
        rows.stored(OfficeSettings, valid_from=TODAY + timedelta(days=number))
        with CaptureQueriesContext(connection) as listed:
            admin.get(reverse("workspace:settings"))
        with CaptureQueriesContext(connection) as shown:
            admin.post(address(), {**THRESHOLDS, "valid_from": TODAY.isoformat()})
        counts.append((len(listed), len(shown)))
    assert counts[0] == counts[2]


def test_each_form_says_who_reads_its_reason(cast: Cast, admin: Client) -> None:
    public, kept = "Public: it stands beside the values.", "these are not on a public page."
    pages = [main_words(admin.get(f"/en/workspace/settings/{form}/")) for form in ("thresholds/lad", "office")]
    assert [(public in page, kept in page) for page in pages] == [(True, False), (False, True)]
