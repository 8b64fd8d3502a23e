"""How many questions each public page asks the database: the same for one record and for three."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from commitments.history import actions
from commitments.mechanisms.models import Adherence, AdherenceCount
from commitments.meetings.models import Meeting
from commitments.register.models import CommitmentLink, CommitmentSource, Party, ReportedStatus
from commitments.working_groups.models import GroupRole, Pillar, WorkingGroup
from tests.cast import NOON, STAGE, Cast, country
from tests.factories import record

#: Literal counts: a page that asks more has lost a join, or asks once a row.
PAGES = {
    "": 15,
    "late/": 12,
    "late/?kind=figure&country=COL": 8,
    "commitments/": 7,
    "commitments/?country=COL&status=no_data&q=commitment": 6,
    "commitments/LAD-COL-901/": 18,
    "commitments/LAD-COL-901/history/": 26,
    "indicators/LAD-COL-901-I1/": 14,
    "indicators/LAD-COL-901-I1/history/": 14,
    "countries/": 7,
    "countries/?view=table": 7,
    "countries/COL/": 16,
    "working-groups/": 5,
    "working-groups/labor-mobility/": 19,
    "pillars/2/": 8,
    "mechanisms/": 3,
    "mechanisms/lad/": 10,
    "meetings/": 5,
    "meetings/meeting-1/": 3,
    "glossary/": 2,
    "glossary/word-1/": 2,
    "membership/": 4,
    "accessibility/": 1,
    "privacy/": 1,
    "contact/": 1,
    "about/": 1,
    "about/method/": 4,
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
    others = type(commitment).objects.filter(code__startswith="LAD-COL-9").exclude(pk=commitment.pk)
    for other in others:
        actions.create(CommitmentLink(commitment=commitment, other=other, kind="related"), by=STAGE, at=NOON)


def count(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"/en/{path}").status_code == 200, path
    return len(asked)


@pytest.mark.django_db
def test_pages_ask_as_much_for_three_rows_as_for_one(client: Client, cast: Cast) -> None:
    with time_machine.travel(NOON, tick=False):
        pillar = actions.create(
            Pillar(mechanism=cast.declaration, number=2, code="P2", name_en="Two"), by=STAGE, at=NOON
        )
        rows_of(1, cast, pillar)
        one = {path: count(client, path) for path in PAGES}
        rows_of(2, cast, pillar)
        rows_of(3, cast, pillar)
        three = {path: count(client, path) for path in PAGES}
    assert one == three == PAGES


@pytest.mark.usefixtures("real_record")
def test_overview_and_register_ask_fifteen_times_at_most(client: Client) -> None:
    assert count(client, "") <= 15
    assert count(client, "commitments/?mechanism=lad&page=2") <= 15
