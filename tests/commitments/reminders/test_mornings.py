"""Nine o'clock where the person is, on every day, in every zone of the record, whatever the clocks do."""

import json
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.reminders.mornings import day_for, end_of, morning, wall_clock, zone_of, zone_of_intent
from tests.cast import NOON

RECORD = Path(__file__).resolve().parents[3] / "commitments" / "reference_data" / "countries.json"
ZONES = sorted({country["time_zone"] for country in json.loads(RECORD.read_text(encoding="utf-8"))["countries"]})
FAR = ["Pacific/Pago_Pago", "Pacific/Kiritimati", "Asia/Kathmandu", "UTC"]
DAYS = [date(2026, 1, 1) + timedelta(days=count) for count in range((date(2031, 1, 1) - date(2026, 1, 1)).days)]


@pytest.mark.parametrize("name", [*ZONES, *FAR])
def test_every_day_of_five_years_has_one_morning_at_nine(name: str) -> None:
    zone = ZoneInfo(name)
    moments = [morning(day, zone) for day in DAYS]

    assert [(m.at.astimezone(zone).date(), m.at.astimezone(zone).time()) for m in moments] == [
        (day, time(9)) for day in DAYS
    ]
    assert [m.intent for m in moments] == [f"{day.isoformat()}T09:00 {name}" for day in DAYS]
    gaps = {(late.at - early.at).total_seconds() / 3600 for early, late in pairwise(moments)}
    assert gaps <= {23.0, 24.0, 25.0}, "a day is never skipped or doubled"


@given(day=st.sampled_from(DAYS), name=st.sampled_from(ZONES), hour=st.times().map(lambda t: t.replace(microsecond=0)))
def test_any_wall_clock_time_falls_on_one_moment_never_earlier_than_meant(day: date, name: str, hour: time) -> None:
    zone = ZoneInfo(name)
    meant = datetime.combine(day, hour)
    shown = wall_clock(day, hour, zone).at.astimezone(zone).replace(tzinfo=None)

    assert wall_clock(day, hour, zone) == wall_clock(day, hour.replace(fold=1), zone), "the first of two, whoever asks"
    assert shown == meant or timedelta() < shown - meant <= timedelta(hours=1)


def test_a_time_in_the_gap_moves_forward_and_of_two_the_first_counts() -> None:
    new_york = ZoneInfo("America/New_York")

    assert wall_clock(date(2026, 3, 8), time(2, 30), new_york).at == datetime(2026, 3, 8, 7, 30, tzinfo=UTC)
    assert wall_clock(date(2026, 3, 8), time(2, 30), new_york).at.astimezone(new_york).time() == time(3, 30)
    assert wall_clock(date(2026, 11, 1), time(1, 30), new_york).at == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "name", "at"),
    [
        (date(2026, 11, 24), "America/Bogota", datetime(2026, 11, 24, 14, tzinfo=UTC)),
        (date(2026, 7, 1), "America/Toronto", datetime(2026, 7, 1, 13, tzinfo=UTC)),
        (date(2026, 12, 1), "America/Toronto", datetime(2026, 12, 1, 14, tzinfo=UTC)),
        (date(2028, 2, 29), "America/Santiago", datetime(2028, 2, 29, 12, tzinfo=UTC)),
        (date(2026, 12, 31), "Pacific/Kiritimati", datetime(2026, 12, 30, 19, tzinfo=UTC)),
    ],
)
def test_mornings_worked_out_by_hand(day: date, name: str, at: datetime) -> None:
    assert morning(day, ZoneInfo(name)).at == at


def test_a_day_is_over_at_its_midnight() -> None:
    assert end_of(date(2026, 12, 31), ZoneInfo("America/Bogota")) == datetime(2027, 1, 1, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("names", "chosen"),
    [
        (("America/Bogota", "America/Lima"), "America/Bogota"),
        (("UTC", "America/Lima"), "America/Lima"),
        (("", "America/Lima"), "America/Lima"),
        (("Mars/Olympus", "America/Lima"), "America/Lima"),
        (("../etc/passwd", ""), "UTC"),
        ((), "UTC"),
    ],
)
def test_the_first_zone_that_was_chosen_and_exists_counts(names: tuple[str, ...], chosen: str) -> None:
    assert zone_of(*names).key == chosen


def test_an_intent_gives_back_its_zone_and_its_day_until_that_has_passed() -> None:
    intent = morning(date(2026, 12, 1), ZoneInfo("America/Bogota")).intent

    assert zone_of_intent(intent).key == "America/Bogota"
    assert day_for(intent, NOON) == date(2026, 12, 1)
    assert day_for(intent, NOON + timedelta(days=30)) == date(2026, 12, 24)
    assert day_for("", NOON) == date(2026, 11, 24)
