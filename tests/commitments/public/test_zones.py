"""Whose day the public pages go by, and where a due day ends: two settings, each a time zone."""

from contextlib import nullcontext
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings as told
from django.test import Client

from commitments.history import actions
from commitments.indicators.models import CommitmentStatus
from commitments.indicators.statuses import refresh_outdated
from commitments.mechanisms.actions import BeginsInThePast, decide
from commitments.mechanisms.models import OfficeSettings
from commitments.reporting import printing
from commitments.reporting.actions import ask_for_print
from commitments.reporting.actions.statement import say
from commitments.reporting.models import ReportingCycle
from commitments.roles.enums import Role
from tests.cast import STAGE, TODAY, Cast, appoint
from tests.commitments.reporting.papers import country_report
from tests.factories import record
from tests.pages import main_words

pytestmark = pytest.mark.django_db

BOGOTA = ZoneInfo("America/Bogota")
#: The day after the due day, one minute before it is over in Bogotá, and the moment in which it is.
BEFORE, AFTER = (datetime(2026, 11, 25, hour, minute, tzinfo=UTC) for hour, minute in ((4, 59), (5, 0)))


@pytest.fixture
def in_bogota(settings: Any) -> None:
    settings.SITE_TIME_ZONE = settings.DUE_TIME_ZONE = BOGOTA


def owed(cast: Cast) -> ReportingCycle:
    """The cycle of a report and a figure of Colombia that fell due on 24 November."""
    cycle = record.cycle(due_on=TODAY)
    record.entry(record.indicator(record.commitment(country=cast.colombia)), cycle)
    return cycle


def words(path: str, at: datetime, language: str = "en") -> str:
    with time_machine.travel(at, tick=False):
        answer = Client().get(f"/{language}/{path}")
    assert answer.status_code == 200, path
    return main_words(answer)


def test_by_default_the_site_goes_by_utc_and_a_due_day_ends_where_it_is_over_last() -> None:
    assert (told.SITE_TIME_ZONE.key, told.DUE_TIME_ZONE.key) == ("UTC", "Etc/GMT+12")


@pytest.mark.usefixtures("in_bogota")
@pytest.mark.parametrize(("at", "is_late", "day"), [(BEFORE, False, "24"), (AFTER, True, "25")], ids=["04:59", "05:00"])
def test_a_report_is_late_from_midnight_of_the_zone_and_the_site_speaks_of_the_next_day(
    cast: Cast, at: datetime, is_late: bool, day: str
) -> None:
    cycle = owed(cast)
    late, whole, country = words("late/", at), words("", at), words("countries/COL/", at)
    assert ("1 day late" in late, "1 report is late" in whole) == (is_late, is_late)
    assert ("Report: November 2026" in country) is is_late
    assert f"Data as of {day} November 2026" in whole
    with time_machine.travel(at, tick=False):
        actions.change(cycle.reports.get(), by=STAGE, at=at, state="sent", sent_at=at)
    came = words(f"cycles/{cycle.slug}/", at)
    assert f"Colombia 24 November 2026 {day} November 2026 {'Received late' if is_late else 'On time'}" in came


@pytest.mark.usefixtures("in_bogota")
@pytest.mark.parametrize(("at", "day"), [(BEFORE, 24), (AFTER, 25)], ids=["04:59", "05:00"])
def test_the_kept_statuses_are_of_the_sites_day(cast: Cast, at: datetime, day: int) -> None:
    commitment = record.commitment(country=cast.colombia)
    refresh_outdated(at=at)
    assert CommitmentStatus.objects.get(commitment=commitment).on == date(2026, 11, day)


@pytest.mark.usefixtures("in_bogota")
@pytest.mark.parametrize(("at", "day"), [(BEFORE, "24"), (AFTER, "25")], ids=["04:59", "05:00"])
def test_the_day_of_a_moment_is_the_sites_on_pages_and_on_paper(cast: Cast, at: datetime, day: str) -> None:
    report = actions.change(country_report(cast), by=STAGE, at=at, published_at=at)
    assert f"Published on {day} November 2026" in words("reports/cycle-2026-12-15/COL/", at)
    row = ask_for_print(report=report, language="en", by=cast.secretary.pk, at=at)
    assert f"<dd>{day} November 2026</dd>" in printing.html_of(row, at=at)


@pytest.mark.usefixtures("in_bogota")
def test_posts_begin_and_end_with_the_days_of_utc(cast: Cast) -> None:
    appoint(cast.outsider, Role.ADMINISTRATOR, valid_from=date(2026, 11, 25))
    client = Client()
    client.force_login(cast.outsider)
    for at, status in ((datetime(2026, 11, 24, 23, 59, tzinfo=UTC), 403), (BEFORE, 200)):
        with time_machine.travel(at, tick=False):
            assert client.get("/en/workspace/users/").status_code == status, at


SENTENCES = {
    "en": ("in time until 24:00 of that day ({}).", "in time until 24:00 of its due day ({})."),
    "es": ("llega a tiempo hasta las 24:00 de ese día ({}).", "hasta las 24:00 de su día de vencimiento ({})."),
    "pt": ("no prazo até as 24:00 desse dia ({}).", "até as 24:00 do dia em que o prazo termina ({})."),
    "fr": ("à temps jusqu’à 24 h ce jour-là ({}).", "à temps jusqu’à 24 h le jour de son échéance ({})."),
}


CITIES = {"en": "New York", "es": "Nueva York", "pt": "Nova York", "fr": "New York"}


@pytest.mark.parametrize("language", SENTENCES)
@pytest.mark.parametrize(
    ("zone", "distance"), [("America/Bogota", "UTC−5"), ("UTC", "UTC"), ("America/New_York", "UTC−5/UTC−4")]
)
def test_the_pages_name_the_zone(cast: Cast, settings: Any, language: str, zone: str, distance: str) -> None:
    settings.DUE_TIME_ZONE = ZoneInfo(zone)
    named = f"{CITIES[language]}, {distance}" if "/UTC" in distance else distance
    cycle = owed(cast)
    for path, sentence in zip(("late/", f"cycles/{cycle.slug}/"), SENTENCES[language], strict=True):
        text = words(path, AFTER, language).replace("\u00a0", " ")
        assert sentence.format(named) in text
        assert "12:00 UTC" not in text


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "until 12:00 UTC of the day after."),
        ("es", "hasta las 12:00 UTC del día siguiente."),
        ("pt", "até as 12:00 UTC do dia seguinte."),
        ("fr", "jusqu’à 12 h UTC le lendemain."),
    ],
)
def test_where_a_day_is_over_last_the_pages_say_when_that_is(cast: Cast, language: str, sentence: str) -> None:
    cycle = owed(cast)
    for path in ("late/", f"cycles/{cycle.slug}/"):
        assert sentence in words(path, AFTER, language).replace("\u00a0", " ")


def test_east_of_the_site_a_report_is_late_while_the_site_still_speaks_of_its_day(cast: Cast, settings: Any) -> None:
    settings.DUE_TIME_ZONE = ZoneInfo("Asia/Tokyo")
    owed(cast)
    over = datetime(2026, 11, 24, 15, tzinfo=UTC)
    assert "1 day late" not in words("late/", over - timedelta(minutes=1))
    assert "1 day late" in words("late/", over)
    assert "Data as of 24 November 2026" in words("", over)


@pytest.mark.usefixtures("in_bogota")
@pytest.mark.parametrize(("at", "day"), [(BEFORE, 24), (AFTER, 25)], ids=["04:59", "05:00"])
def test_what_is_said_and_decided_bears_the_sites_day(cast: Cast, at: datetime, day: int) -> None:
    by, today = cast.actor(cast.secretary), date(2026, 11, day)
    said = say(country=cast.colombia, texts={"en": "We do more."}, by=by, at=at)
    assert said.said_on == today
    assert f"{day} November 2026" in words("countries/COL/", at).partition("In the country’s words")[2]
    for first, is_past in ((today - timedelta(days=1), True), (today, False)):
        row = OfficeSettings(valid_from=first)
        with pytest.raises(BeginsInThePast) if is_past else nullcontext():
            decide(row, newest_read="", by=by, at=at, public_reason="As agreed.")
