"""A world in which something falls due for several people."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest

from commitments.history import actions
from commitments.indicators.models import Indicator, Measurement
from commitments.mechanisms.models import Adherence
from commitments.meetings.models import Meeting
from commitments.notices.models import Notice
from commitments.reporting.models import ProgressReport, ReportEntry, ReportingCycle, ReportQuestion
from commitments.working_groups.models import GroupRole
from tests.cast import NOON, STAGE, Cast
from tests.factories import record

#: Ten in the morning in Bogotá; everything is due on 15 December, the group meets on 10 December.
DUE = date(2026, 12, 15)
MEETS = date(2026, 12, 10)


@dataclass
class World:
    """A figure and a report that are due, and a meeting; Colombia's deputy stands in all the time."""

    cast: Cast
    indicator: Indicator
    cycle: ReportingCycle
    entry: ReportEntry
    report: ProgressReport
    meeting: Meeting

    def change(self, row: Any, **fields: Any) -> None:
        """Write new values the usual way."""
        actions.change(row, by=STAGE, at=NOON, **fields)

    def send_figure(self, **columns: Any) -> Measurement:
        """Something is sent for the figure that is due."""
        columns = {"state": "sent", "accepted_at": None, "published_at": None, "entered_at": NOON, **columns}
        figure = record.measurement(self.indicator, 44900, date(2026, 9, 30), **columns)
        self.change(self.entry, measurement=figure)
        return figure

    def return_report(self, question: str, due_on: date) -> None:
        """The secretariat asks about the report, which goes back to the lead."""
        asked = {"report": self.report, "section": "synthesis", "text": question}
        if not ReportQuestion.objects.filter(**asked).exists():
            actions.create(ReportQuestion(**asked, asked_at=NOON), by=STAGE, at=NOON)
        self.change(self.report, state="returned", question_due_on=due_on)


@pytest.fixture
def world(cast: Cast) -> World:
    """Everything is open, nothing is sent."""
    for country in (cast.colombia, cast.canada):
        endorsing = Adherence(mechanism=cast.declaration, country=country, kind="endorsing")
        actions.create(endorsing, by=STAGE, at=NOON)
    actions.create(GroupRole(group=cast.labour, country=cast.canada, role="participant"), by=STAGE, at=NOON)
    indicator = record.indicator(
        record.commitment(country=cast.colombia),
        title_en="People holding the special temporary category",
        title_es="Personas con la categoría especial temporal",
    )
    cycle = record.cycle(due_on=DUE)
    entry = record.entry(indicator, cycle)
    # The country's own report has been sent: its figure is asked for by itself.
    actions.change(entry.report, by=STAGE, at=NOON, state="accepted", sent_at=NOON)
    meeting = Meeting(
        slug="labour-2026",
        title_en="Labour mobility: next steps",
        title_es="Movilidad laboral: próximos pasos",
        mechanism=cast.declaration,
        group=cast.labour,
        start=MEETS,
        start_precision="day",
        start_at=datetime(2026, 12, 10, 15, tzinfo=UTC),
        time_zone="America/Bogota",
        place="Bogotá",
    )
    return World(
        cast=cast,
        indicator=indicator,
        cycle=cycle,
        entry=entry,
        report=record.group_report(cast.labour, cycle),
        meeting=actions.create(meeting, by=STAGE, at=NOON),
    )


def ledger(*states: str) -> list[tuple[str, int, str, str]]:
    """What stands in the ledger: kind, offset, to whom, state."""
    rows = Notice.objects.select_related("recipient").order_by("not_before", "kind", "recipient__email", "pk")
    return [
        (row.kind, row.offset_days, row.recipient.email.partition("@")[0], row.state)
        for row in rows
        if not states or row.state in states
    ]
