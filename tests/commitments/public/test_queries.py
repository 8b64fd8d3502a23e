"""How many questions each public page asks the database: the same for one record and for three."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commitments.history import actions, kept
from commitments.mechanisms.models import Adherence, AdherenceCount
from commitments.meetings.models import Meeting
from commitments.register.models import CommitmentLink, CommitmentSource, Party, ReportedStatus
from commitments.working_groups.models import GroupRole, Pillar, WorkingGroup
from tests.cast import NOON, STAGE, Cast, country
from tests.factories import record

#: So many questions may a page ask, once what is kept for a version of the record has been read.
MOST = 8
#: Literal counts: a page that asks more has lost a join, or asks once a row.
PAGES = {
    "": 1,
    "late/": 5,
    "late/?kind=figure&country=COL": 4,
    "search/": 1,
    "search/?q=col": 6,
    "late/late.csv": 5,
    "commitments/commitments.csv": 8,
    "commitments/figures.csv": 7,
    "countries/countries.csv": 5,
    "working-groups/working-groups.csv": 3,
    "meetings/meetings.csv": 3,
    "commitments/": 2,
    "commitments/?country=COL&status=at_risk&q=commitment": 2,
    "commitments/LAD-COL-901/": 7,
    "commitments/LAD-COL-901/history/": 7,
    "indicators/LAD-COL-901-I1/": 7,
    "indicators/": 5,
    "indicators/?view=table&country=COL&horizon=short&q=people": 5,
    "indicators/?status=at_risk": 6,
    "indicators/indicators.csv": 6,
    "indicators/LAD-COL-901-I1/values.csv": 5,
    "indicators/LAD-COL-901-I1/values.json": 5,
    "indicators/LAD-COL-901-I1/history/": 7,
    "reports/reports.csv": 1,
    "embed/status/": 2,
    "commitments/LAD-COL-901/dates.csv": 6,
    "embed/commitments/LAD-COL-901/": 7,
    "charts/commitments/LAD-COL-901.svg": 6,
    "embed/indicators/LAD-COL-901-I1/": 4,
    "embed/map/": 3,
    "embed/pillars/": 3,
    "embed/matrix/": 1,
    "charts/map.svg": 2,
    "charts/pillars.svg": 3,
    "charts/matrix.svg": 1,
    "pillars/pillars.csv": 3,
    "embed/countries/COL/": 3,
    "embed/countries/COL/reports/": 3,
    "embed/working-groups/labor-mobility/": 3,
    "embed/working-groups/labor-mobility/reports/": 3,
    "embed/pillars/2/": 3,
    "embed/mechanisms/lad/": 3,
    "embed/indicators/LAD-COL-901-I1/countries/": 4,
    "charts/pillars/2.svg": 2,
    "charts/status.png": 1,
    "charts/indicators/LAD-COL-901-I1.svg": 4,
    "charts/indicators/LAD-COL-901-I1.png": 4,
    "charts/countries/COL.svg": 2,
    "countries/": 2,
    "countries/?view=table": 2,
    "countries/COL/": 6,
    "working-groups/": 3,
    "working-groups/labor-mobility/": 6,
    "pillars/": 3,
    "pillars/2/": 5,
    "mechanisms/": 3,
    "mechanisms/lad/": 4,
    "mechanisms/matrix/": 1,
    "mechanisms/matrix/?group=ws91": 1,
    "mechanisms/matrix/groups.csv": 1,
    "meetings/": 4,
    "meetings.ics": 3,
    "meetings/meeting-1/": 3,
    "changes/": 3,
    "changes/?country=COL&since=2026-01-01": 3,
    "changes/feed.atom": 2,
    "countries/COL/changes.atom": 3,
    "data/": 3,
    "data/dictionary/": 1,
    "glossary/": 2,
    "glossary/word-1/": 2,
    "membership/": 3,
    "accessibility/": 1,
    "privacy/": 1,
    "contact/": 1,
    "about/": 1,
    "about/changes/": 1,
    "about/method/": 7,
    "totals/": 2,
}

#: What the first reader of a version asks, nothing being kept: as often for three of them as for one.
FIRST = {
    "": 8,
    "commitments/": 4,
    "late/": 8,
    "totals/": 6,
    "changes/": 4,
    "search/?q=col": 7,
    "commitments/figures.csv": 8,
    "commitments/LAD-COL-901/": 7,
    "countries/": 8,
    "countries/COL/": 8,
    "working-groups/labor-mobility/": 8,
    "mechanisms/lad/": 5,
    "mechanisms/matrix/": 6,
    "pillars/2/": 8,
    "commitments/LAD-COL-901/history/": 8,
    "indicators/LAD-COL-901-I1/history/": 8,
}


def rows_of(number: int, cast: Cast, pillar: Pillar) -> None:
    """One commitment with everything that can hang on it, a meeting, a group and its lead."""
    source = record.source(f"Source {number}")
    commitment = record.commitment(
        f"LAD-COL-{900 + number}", country=cast.colombia, group=cast.labour, pillar=pillar, horizon="short"
    )
    for part in (
        CommitmentSource(commitment=commitment, source=source, is_verified=True),
        Party(commitment=commitment, country=cast.canada),
        ReportedStatus(commitment=commitment, value="in_progress", source=source, as_of=date(2024, 5, 1)),
    ):
        actions.create(part, by=STAGE, at=NOON)
    indicator = record.indicator(
        commitment, baseline=(0, date(2024, 1, 1)), target=(100, date(2026, 12, 31)), horizon="short"
    )
    record.measurement(indicator, 40, date(2025, 6, 30), source=source)
    record.measurement(indicator, 60, date(2026, 6, 30), source=source)
    behind = record.commitment(f"LAD-CAN-{900 + number}", country=cast.canada)
    late = record.indicator(behind, baseline=(0, date(2024, 1, 1)), target=(100, date(2026, 12, 31)))
    record.measurement(late, 10, date(2026, 6, 30))
    owed = record.entry(indicator, record.cycle(due_on=date(2026, 11, number)))
    record.group_report(cast.labour, owed.report.cycle)
    record.group_report(cast.labour, record.cycle(due_on=date(2026, 12, number)))
    meeting = Meeting(
        slug=f"meeting-{number}",
        title_en=f"Meeting {number}",
        mechanism=cast.declaration,
        group=cast.labour,
        country=cast.colombia,
        start=date(2026, 12, number),
        start_precision="day",
        source=source,
    )
    actions.create(meeting, by=STAGE, at=NOON)
    group = WorkingGroup(
        mechanism=cast.declaration, code=f"WS9{number}", slug=f"ws9{number}", number=90 + number, pillar=pillar
    )
    group.name_en = f"Group {number}"
    actions.create(group, by=STAGE, at=NOON)
    lead = country(f"ZZ{number}", f"Z{number}", f"Country {number}")
    actions.create(GroupRole(group=group, country=lead, role="lead"), by=STAGE, at=NOON)
    record.term(f"word_{number}", pillar=pillar, definition_en="A definition.", definition_source=source)
    joined = Adherence(mechanism=cast.declaration, country=lead, kind="endorsing")
    counted = AdherenceCount(
        mechanism=cast.declaration, key=f"count_{number}", count=number, as_of=date(2024, 1, 1), source=source
    )
    for row in (joined, counted):
        actions.create(row, by=STAGE, at=NOON)
    actions.create(CommitmentLink(commitment=commitment, other=behind, kind="related"), by=STAGE, at=NOON)
    others = type(commitment).objects.filter(code__startswith="LAD-COL-9").exclude(pk=commitment.pk)
    for other in others:
        actions.create(CommitmentLink(commitment=commitment, other=other, kind="related"), by=STAGE, at=NOON)


def count(client: Client, path: str) -> int:
    client.get(f"/en/{path}").getvalue()  # what is kept for a version of the record has been read
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(f"/en/{path}")
        answer.getvalue()  # a file is written as it is sent
        assert answer.status_code == 200, path
    return len(asked)


def asked_first(client: Client, path: str) -> int:
    """How often a page asks while nothing is kept: the first of a version of the record."""
    kept.forget()
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"/en/{path}").getvalue()
    return len(asked)


@pytest.mark.django_db
def test_pages_ask_as_much_for_three_rows_as_for_one(client: Client, cast: Cast) -> None:
    with time_machine.travel(NOON, tick=False):
        pillar = actions.create(
            Pillar(mechanism=cast.declaration, number=2, code="P2", name_en="Two"), by=STAGE, at=NOON
        )
        rows_of(1, cast, pillar)
        one = {path: count(client, path) for path in PAGES}
        first = {path: asked_first(client, path) for path in FIRST}
        rows_of(2, cast, pillar)
        rows_of(3, cast, pillar)
        three = {path: count(client, path) for path in PAGES}
        assert first == FIRST == {path: asked_first(client, path) for path in FIRST}
    assert one == three == PAGES


@pytest.mark.usefixtures("real_record")
def test_overview_and_register_of_the_shipped_record_ask_few_times(client: Client) -> None:
    assert count(client, "") == 1
    assert count(client, "commitments/?mechanism=lad&page=2") == 2
    assert asked_first(client, "") == 8
    assert asked_first(client, "commitments/?mechanism=lad&page=2") == 4


def test_no_page_asks_more_than_eight_times() -> None:
    assert {path for path, number in PAGES.items() if number > MOST} == set()
