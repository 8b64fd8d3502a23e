"""Every record says how to cite it: title, tracker, day of the data, lasting address, and the code of a frozen copy."""

from datetime import date

import pytest
import time_machine
from django.test import Client

from commitments.history import actions
from commitments.meetings.models import Meeting
from commitments.reporting.models import CycleSnapshot
from tests.cast import NOON, STAGE, Cast
from tests.factories import record
from tests.pages import main_words

pytestmark = pytest.mark.django_db
SITE = "http://localhost:8000"


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("commitments/LAD-COL-901/", "Commitment LAD-COL-901 (LAD-COL-901)"),
        ("indicators/LAD-COL-901-I1/", "People counted 1 (LAD-COL-901-I1)"),
        ("countries/COL/", "Colombia (COL)"),
        ("working-groups/labor-mobility/", "Labor Mobility (WS05)"),
        ("meetings/planned/", "Planned"),
        ("cycles/cycle-2026-12-15/", "November 2026"),
    ],
)
def test_a_record_says_how_to_cite_it(client: Client, cast: Cast, path: str, title: str) -> None:
    with time_machine.travel(NOON, tick=False):
        record.indicator(record.commitment(country=cast.colombia, group=cast.labour))
        record.cycle()
        meeting = Meeting(slug="planned", title_en="Planned", start=date(2026, 12, 1), mechanism=cast.declaration)
        actions.create(meeting, by=STAGE, at=NOON)
        words = main_words(client.get(f"/en/{path}"))
        day = f"{NOON.day} November 2026"
        cited = f"Cite this page {title}. Los Angeles Declaration Tracker. Data as of {day}. {SITE}/en/{path}"
        assert cited in words
        assert f"Citer cette page {title.split(' (')[0]}" in main_words(client.get(f"/fr/{path}"))
        if path.startswith("commitments"):
            assert f"{SITE}/en/{path} " in main_words(client.get(f"/en/{path}?utm_source=letter")) + " "


def test_the_page_of_a_closed_cycle_is_cited_with_the_code_of_its_copy(client: Client, cast: Cast) -> None:
    with time_machine.travel(NOON, tick=False):
        cycle = record.cycle()
        told = dict.fromkeys(("on_record", "can_be_assessed", "fulfilled", "on_track", "at_risk", "off_track"), 0)
        content = {"format": 1, "reports": [], "totals": told, "taken_on": NOON.date().isoformat()}
        CycleSnapshot.objects.create(cycle=cycle, code="ABCDEF0123", content=content, sha256="0" * 64, taken_at=NOON)
        words = main_words(client.get("/en/cycles/cycle-2026-12-15/"))
    assert f"Code of the snapshot: ABCDEF0123. {SITE}/en/cycles/cycle-2026-12-15/" in words
