"""A country and a group with much on record: their pages ask no more than eight times either, nothing being kept."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commitments.history import actions, kept
from commitments.history.enums import ReportState
from commitments.indicators.models import Series
from commitments.mechanisms.models import Adherence, Presidency
from commitments.meetings.models import Meeting
from commitments.register.models import Party
from commitments.reporting.models import CountryStatement, ProgressReport
from commitments.working_groups.models import Alignment, GroupRole, WorkingGroup
from tests.cast import NOON, STAGE, Cast
from tests.factories import record
from tests.pages import main_words

pytestmark = pytest.mark.django_db
MOST = 8


@pytest.fixture
def rich(cast: Cast) -> None:
    """Colombia and the workstream on labour mobility with several of everything that can stand on their pages."""
    source = record.source("Paper")
    labour = cast.labour
    actions.change(labour, by=STAGE, at=NOON, lead_claims={"Figure 1": "COL", "Figure 3": "CAN"})
    for number in range(1, 5):
        made = record.commitment(f"LAD-COL-90{number}", country=cast.colombia, group=labour, horizon="short")
        row = record.indicator(made, baseline=(0, date(2024, 1, 1)), target=(100, date(2026, 12, 31)), horizon="short")
        whole = row.series.get()
        line = actions.create(Series(indicator=row, breakdown="sex:female"), by=STAGE, at=NOON)
        record.measurement(row, 10 * number, date(2026, 6, 30), series=whole)
        record.measurement(row, 5 * number, date(2026, 6, 30), series=line)
        record.entry(row, record.cycle(due_on=date(2026, 11, number)), series=whole)
        other = record.commitment(f"LAD-CAN-90{number}", country=cast.canada, group=labour)
        actions.create(Party(commitment=other, country=cast.colombia), by=STAGE, at=NOON)
        record.indicator(other, countries=[cast.colombia, cast.canada], title_en=f"Shared {number}")
        meeting = {"title_en": f"Meeting {number}", "mechanism": cast.declaration, "start": date(2026, 12, number)}
        actions.create(
            Meeting(slug=f"meeting-{number}", group=labour, start_precision="day", **meeting), by=STAGE, at=NOON
        )
        theirs = WorkingGroup(mechanism=cast.declaration, code=f"X{number}", slug=f"x{number}", name_en=f"X {number}")
        actions.create(theirs, by=STAGE, at=NOON)
        actions.create(GroupRole(group=theirs, country=cast.colombia, role="lead"), by=STAGE, at=NOON)
        actions.create(Alignment(group=theirs, workstream=labour, kind="workstream"), by=STAGE, at=NOON)
        owed = record.group_report(labour, record.cycle(due_on=date(2026, 10, number), opens_on=date(2026, 9, 1)))
        public = {"state": ReportState.PUBLISHED, "sent_at": NOON, "published_at": NOON, "summary": f"Done {number}"}
        actions.change(owed, by=STAGE, at=NOON, **public)
    for report in ProgressReport.objects.filter(country=cast.colombia)[:2]:
        actions.change(report, by=STAGE, at=NOON, **public)
    actions.create(GroupRole(group=labour, country=cast.colombia, role="lead", source=source), by=STAGE, at=NOON)
    joined = {"mechanism": cast.declaration, "country": cast.colombia}
    actions.create(
        Adherence(kind="endorsing", since=date(2022, 6, 10), since_precision="day", **joined), by=STAGE, at=NOON
    )
    actions.create(
        Presidency(since=date(2024, 9, 25), since_precision="day", source=source, **joined), by=STAGE, at=NOON
    )
    said = actions.create(
        CountryStatement(country=cast.colombia, text_es="Cumplimos.", said_on=NOON.date()), by=STAGE, at=NOON
    )
    actions.change(said, by=STAGE, at=NOON, text_es="Seguimos cumpliendo.")


def asked_first(path: str) -> list[str]:
    kept.forget()
    with CaptureQueriesContext(connection) as asked:
        assert Client().get(path).status_code == 200
    return [query["sql"] for query in asked.captured_queries]


@pytest.mark.usefixtures("rich")
@pytest.mark.parametrize(
    ("path", "shown"),
    [
        (
            "/en/countries/COL/",
            [
                "Takes part in commitments of others",
                "Shared 3",
                "Seguimos cumpliendo.",
                "Figures awaited",
                "Done 4",
                "Presidenc",
            ],
        ),
        ("/en/working-groups/labor-mobility/", ["Done 4", "Sources differ", "Meeting 3", "X 2", "People counted"]),
        ("/en/commitments/LAD-COL-901/", ["Timeline"]),
        ("/en/indicators/LAD-CAN-902-I1/", ["Definition"]),
    ],
)
def test_the_page_asks_eight_times_at_most(path: str, shown: list[str]) -> None:
    with time_machine.travel(NOON, tick=False):
        said = main_words(Client().get(path))
        assert [words for words in shown if words not in said] == []
        asked = asked_first(path)
    assert len(asked) <= MOST, "\n".join([str(len(asked)), *(one[:400] for one in asked)])
