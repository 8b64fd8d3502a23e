"""How soon the secretariat answers is what it has decided, wherever a person reads it."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client

from commitments.history import actions as history
from commitments.mechanisms.models import OfficeSettings
from tests.cast import NOON, STAGE, Cast
from tests.factories import record, rows
from tests.pages import main_words

pytestmark = pytest.mark.django_db
DAYS = {
    1: {"en": "1 working day", "es": "1 día hábil", "pt": "1 dia útil", "fr": "1 jour ouvrable"},
    5: {"en": "5 working days", "es": "5 días hábiles", "pt": "5 dias úteis", "fr": "5 jours ouvrables"},
}


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


def _pages(cast: Cast) -> list[tuple[Any, str]]:
    """Each page that says it, with somebody who reads it: what was sent waits with the secretariat."""
    commitment = record.commitment("LAD-COL-901", country=cast.colombia, made_on=date(2024, 1, 1))
    baseline, target = (0, date(2024, 1, 1)), (100_000, date(2027, 12, 31))
    indicator = record.indicator(commitment, baseline=baseline, target=target)
    waits = {"accepted_at": None, "published_at": None, "entered_by": cast.focal_colombia, "entered_at": NOON}
    record.measurement(indicator, 41_200, date(2026, 9, 30), state="sent", **waits)
    country = record.country_report(commitment, record.cycle())
    group = record.group_report(cast.labour, country.cycle)
    sent = {"by": STAGE, "at": NOON, "state": "sent", "sent_at": NOON}
    history.change(country, **sent, sent_by=cast.focal_colombia)
    history.change(group, **sent, sent_by=cast.lead_labour)
    update = f"indicators/{indicator.code}/update/"
    return [
        (cast.focal_colombia, ""),
        (cast.focal_colombia, update),
        (cast.focal_colombia, f"{update}received/"),
        (cast.focal_colombia, f"country-reports/{country.pk}/"),
        (cast.focal_colombia, f"country-reports/{country.pk}/received/"),
        (cast.lead_labour, f"reports/{group.pk}/received/"),
        (cast.secretary, ""),
    ]


@pytest.mark.parametrize("days", DAYS)
def test_every_page_says_the_days_that_the_secretariat_decided(cast: Cast, days: int) -> None:
    rows.stored(OfficeSettings, review_days=days, valid_from=date(2026, 1, 1))
    for person, place in _pages(cast):
        client = Client()
        client.force_login(person)
        for language, said in DAYS[days].items():
            answer = client.get(f"/{language}/workspace/{place}")
            assert answer.status_code == 200, (place, language)
            assert said in main_words(answer), (place, language)


def test_the_days_of_the_reminders_are_those_decided(cast: Cast) -> None:
    rows.stored(OfficeSettings, early_reminders=[20, 5], valid_from=date(2026, 1, 1))
    client = Client()
    client.force_login(cast.focal_colombia)
    assert "By e-mail before each date (20 and 5 days)" in main_words(client.get("/en/workspace/"))
    assert "antes de cada fecha (20 y 5 días)" in main_words(client.get("/es/workspace/"))
