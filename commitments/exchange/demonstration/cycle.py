"""One open cycle on real indicators, a report of a group and a planned meeting. Every date lies ahead."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q

from commitments.history import actions
from commitments.history.enums import ReportState
from commitments.mechanisms.models import Country, Mechanism
from commitments.meetings.enums import MeetingState
from commitments.meetings.models import Meeting
from commitments.reporting import facts, gathering, owing
from commitments.reporting.models import ProgressReport, ReportEntry, ReportingCycle, ReportPart
from commitments.reporting.owing import Owed
from commitments.roles.actor import Actor
from commitments.working_groups.models import WorkingGroup

WHY = "demonstration"
SLUG = "demonstration"
GROUP = "WS05"
#: In how many days each country’s report and figures, and the group’s report, are due. Belize is asked for no figure.
DUE_IN = {"COL": 10, "CAN": 12, "MEX": 13, "BLZ": 13}
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
    """The cycle with what is owed for it. Dates that have come are moved ahead; a closed cycle stays."""
    cycle = ReportingCycle.objects.filter(slug=SLUG).first() or _cycle(stage)
    if cycle.closed_at is not None:
        return cycle
    owed = _owed(cycle)
    for iso3, days in DUE_IN.items():
        country = Country.objects.get(iso3=iso3)
        _country(stage, cycle, country, owed[country.pk], stage.in_days(days))
    _group(stage, cycle, stage.in_days(REPORT_DUE_IN))
    move_cycle_ahead(stage, cycle)
    return ReportingCycle.objects.get(pk=cycle.pk)


def move_cycle_ahead(stage: Stage, cycle: ReportingCycle) -> int:
    """Give what is still owed and whose day has come a day ahead, with the cycle around it; how many rows moved.

    What was sent stays, and so do the examples: some of them are late on purpose. A closed cycle stays as it is.
    """
    if cycle.closed_at is not None:
        return 0
    invented = ProgressReport.objects.filter(cycle=cycle, is_example=False)
    invented = invented.filter(Q(country__iso3__in=DUE_IN) | Q(group__code=GROUP))
    owed = ReportEntry.objects.filter(report__in=invented, measurement=None, series__indicator__is_example=False)
    unsent = invented.filter(state__in=[ReportState.NOT_DUE, ReportState.DUE, ReportState.DRAFT])
    late: list[tuple[Any, date]] = [
        (row, stage.in_days(DUE_IN[row.report.country.iso3]))
        for row in owed.filter(due_on__lte=stage.on).select_related("report__country")
        if row.report.country is not None
    ]
    for report in unsent.filter(due_on__lte=stage.on).select_related("country"):
        late.append((report, stage.in_days(DUE_IN[report.country.iso3] if report.country else REPORT_DUE_IN)))
    for row, due_on in late:
        stage.change(row, due_on=due_on)
    latest = max(cycle.reports.values_list("due_on", flat=True), default=cycle.due_on)
    if cycle.due_on < latest:
        stage.change(cycle, due_on=latest, closes_on=latest + OPEN_AFTER)
    return len(late)


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


def _owed(cycle: ReportingCycle) -> dict[int | None, list[Owed]]:
    """What the rules of a cycle ask of each country."""
    fact = gathering.cycle_fact(cycle)
    owed: dict[int | None, list[Owed]] = defaultdict(list)
    commitments = facts.commitment_facts(cycle.mechanism_id)
    for found in filter(None, (owing.owed_for(commitment, fact) for commitment in commitments)):
        owed[found.ower.country_id].append(found)
    return owed


def _country(stage: Stage, cycle: ReportingCycle, country: Country, owed: list[Owed], due_on: date) -> None:
    """The country's report, with each of its commitments and the figures that the rules ask for with them."""
    report = ProgressReport.objects.filter(cycle=cycle, country=country).first()
    report = report or stage.create(ProgressReport(cycle=cycle, country=country, due_on=due_on))
    for asked in owed:
        if not report.parts.filter(commitment=asked.commitment_id).exists():
            stage.create(ReportPart(report=report, commitment_id=asked.commitment_id))
        for line in asked.series:
            if not report.entries.filter(series=line).exists():
                stage.create(ReportEntry(report=report, series_id=line, due_on=due_on))


def _group(stage: Stage, cycle: ReportingCycle, due_on: date) -> None:
    group = WorkingGroup.objects.get(code=GROUP)
    if not ProgressReport.objects.filter(cycle=cycle, group=group).exists():
        stage.create(ProgressReport(cycle=cycle, group=group, due_on=due_on))


def bring_in_meeting(stage: Stage) -> Meeting:
    """A planned meeting of the labour mobility group; one whose day has come is moved ahead."""
    day, begins = _meets(stage)
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
    move_meeting_ahead(stage)
    return Meeting.objects.get(pk=meeting.pk)


def move_meeting_ahead(stage: Stage) -> int:
    """Move the invented meeting ahead when its day has come; how many moved."""
    day, begins = _meets(stage)
    due = Meeting.objects.filter(slug=SLUG, is_demonstration=True, state=MeetingState.PLANNED)
    return len([stage.change(meeting, start=day, start_at=begins) for meeting in due.filter(start__lte=stage.on)])


def _meets(stage: Stage) -> tuple[date, datetime]:
    day = stage.in_days(MEETING_IN)
    return day, datetime.combine(day, MEETS_AT, tzinfo=ZoneInfo(HOST_ZONE))
