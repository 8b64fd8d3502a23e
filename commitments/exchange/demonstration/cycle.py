"""One open cycle on real indicators, a report of a group and a planned meeting. Every date lies ahead."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from commitments.history import actions
from commitments.history.enums import ReportState
from commitments.indicators.enums import Direction
from commitments.indicators.models import Series
from commitments.mechanisms.models import Mechanism
from commitments.meetings.enums import MeetingState
from commitments.meetings.models import Meeting
from commitments.register.models import Commitment
from commitments.reporting.models import ProgressReport, ReportEntry, ReportingCycle, ReportPart
from commitments.roles.actor import Actor
from commitments.working_groups.models import WorkingGroup

WHY = "demonstration"
SLUG = "demonstration"
GROUP = "WS05"
#: In how many days each country's figures, and the group's report, are due.
DUE_IN = {"COL": 10, "CAN": 12, "MEX": 13, "BLZ": 20}
REPORT_DUE_IN = 13
MEETING_IN = 2
#: The cycle opened a week ago, and closes two months after the last date.
OPENED = timedelta(days=7)
OPEN_AFTER = timedelta(days=60)
NAMES = {
    "en": "Demonstration: quarter {quarter} of {year}",
    "es": "Demostración: trimestre {quarter} de {year}",
    "pt": "Demonstração: trimestre {quarter} de {year}",
    "fr": "Démonstration : trimestre {quarter} de {year}",
}
MEETING_TITLES = {
    "en": "Labor mobility working group",
    "es": "Grupo de trabajo sobre movilidad laboral",
    "pt": "Grupo de trabalho sobre mobilidade laboral",
    "fr": "Groupe de travail sur la mobilité de la main-d'œuvre",
}
HOST_ZONE = "America/Mexico_City"
MEETS_AT = time(10)


@dataclass(frozen=True, slots=True)
class Stage:
    """Who puts the demonstration up, and when."""

    by: Actor
    at: datetime
    on: date

    def create(self, row: Any) -> Any:
        """Store a row."""
        return actions.create(row, by=self.by, at=self.at, why=WHY)

    def change(self, row: Any, **values: Any) -> Any:
        """Write new values to a row; nothing when they are the same."""
        return actions.change(row, by=self.by, at=self.at, why=WHY, **values)

    def in_days(self, number: int) -> date:
        """A day from today."""
        return self.on + timedelta(days=number)


def last_quarter(on: date) -> tuple[date, date]:
    """First and last day of the last complete quarter."""
    start = date(on.year, 3 * ((on.month - 1) // 3) + 1, 1)
    end = start - timedelta(days=1)
    return date(end.year, end.month - 2, 1), end


def bring_in_cycle(stage: Stage) -> ReportingCycle:
    """The cycle with what the countries and the group owe for it. Dates that have come are moved ahead."""
    cycle = ReportingCycle.objects.filter(slug=SLUG).first() or _cycle(stage)
    for iso3, days in DUE_IN.items():
        _country(stage, cycle, iso3, stage.in_days(days))
    _group(stage, cycle, stage.in_days(REPORT_DUE_IN))
    due = [*cycle.reports.values_list("due_on", flat=True)]
    latest = max(due)
    if cycle.due_on < latest:
        cycle = stage.change(cycle, due_on=latest, closes_on=latest + OPEN_AFTER)
    return cycle


def _cycle(stage: Stage) -> ReportingCycle:
    start, end = last_quarter(stage.on)
    due_on = stage.in_days(max(DUE_IN.values()))
    names = {
        f"name_{language}": name.format(quarter=(end.month + 2) // 3, year=end.year) for language, name in NAMES.items()
    }
    cycle: ReportingCycle = stage.create(
        ReportingCycle(
            mechanism=Mechanism.objects.get(code="LAD"),
            slug=SLUG,
            **names,
            period_start=start,
            period_end=end,
            opens_on=stage.on - OPENED,
            due_on=due_on,
            closes_on=due_on + OPEN_AFTER,
            is_demonstration=True,
        )
    )
    return cycle


def _country(stage: Stage, cycle: ReportingCycle, iso3: str, due_on: date) -> None:
    """The country's report, with each of its own commitments that has a figure to give: nothing merely observed."""
    own = Commitment.objects.public().real().of_declaration().filter(maker_country__iso3=iso3)
    report = ProgressReport.objects.filter(cycle=cycle, country__iso3=iso3).first()
    for commitment in own.order_by("code").select_related("maker_country"):
        lines = Series.objects.filter(indicator__commitment=commitment, country=None, breakdown="")
        lines = lines.exclude(indicator__direction=Direction.OBSERVE).order_by("indicator__code")
        if not lines.exists():
            continue
        report = report or stage.create(ProgressReport(cycle=cycle, country=commitment.maker_country, due_on=due_on))
        if not report.parts.filter(commitment=commitment).exists():
            stage.create(ReportPart(report=report, commitment=commitment))
        entries = [
            ReportEntry.objects.filter(report=report, series=line).first()
            or stage.create(ReportEntry(report=report, series=line, due_on=due_on))
            for line in lines
        ]
        late = [entry for entry in entries if entry.measurement_id is None and entry.due_on <= stage.on]
        for entry in late:
            stage.change(entry, due_on=due_on)
        if late and report.due_on < due_on:
            stage.change(report, due_on=due_on)


def _group(stage: Stage, cycle: ReportingCycle, due_on: date) -> None:
    group = WorkingGroup.objects.get(code=GROUP)
    report = ProgressReport.objects.filter(cycle=cycle, group=group).first()
    if report is None:
        stage.create(ProgressReport(cycle=cycle, group=group, due_on=due_on))
    elif report.state in {ReportState.NOT_DUE, ReportState.DUE, ReportState.DRAFT} and report.due_on <= stage.on:
        stage.change(report, due_on=due_on)


def bring_in_meeting(stage: Stage) -> Meeting:
    """A planned meeting of the labour mobility group; one whose day has come is moved ahead."""
    day = stage.in_days(MEETING_IN)
    begins = datetime.combine(day, MEETS_AT, tzinfo=ZoneInfo(HOST_ZONE))
    meeting = Meeting.objects.filter(slug=SLUG).first()
    if meeting is None:
        group = WorkingGroup.objects.select_related("mechanism").get(code=GROUP)
        meeting = stage.create(
            Meeting(
                slug=SLUG,
                **{f"title_{language}": title for language, title in MEETING_TITLES.items()},
                mechanism=group.mechanism,
                group=group,
                kind="technical",
                start=day,
                start_precision="day",
                start_at=begins,
                time_zone=HOST_ZONE,
                state=MeetingState.PLANNED,
                is_demonstration=True,
            )
        )
    elif meeting.state == MeetingState.PLANNED and meeting.start <= stage.on:
        meeting = stage.change(meeting, start=day, start_at=begins)
    return meeting
