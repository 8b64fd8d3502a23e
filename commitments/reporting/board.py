"""Who owes what: the reports of a cycle with their days, and the board of countries by groups. Constant queries."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, pgettext

from commitments.appointments.models import Appointment
from commitments.formats.collation import sort_key
from commitments.history.enums import ReportState
from commitments.notices.enums import NoticeState
from commitments.notices.models import Notice
from commitments.register.enums import CLOSED
from commitments.reporting import gathering
from commitments.reporting.enums import Timeliness
from commitments.reporting.lines import page_of
from commitments.reporting.models import CycleExtension, ProgressReport, ReportEntry, ReportingCycle, ReportPart
from commitments.roles.enums import Role
from commitments.working_groups.models import WorkingGroup

#: So many squares are drawn one by one in a cell; more are counted, a square for each kind.
SQUARES = 6
#: How far back the last reminder of a report is looked for, in messages about the cycle.
MESSAGES = 2000


def address_of(report: ProgressReport) -> str:
    """Where a report is read: in review once it was sent, else where it is written."""
    if report.state not in gathering.UNSENT:
        return reverse(f"workspace:review-{'report' if report.group_id else 'country-report'}", args=[report.pk])
    return reverse(f"workspace:{'group' if report.group_id else 'country'}-report", args=[report.pk])


def name_of(row: ProgressReport | CycleExtension) -> str:
    """Whose report it is, or to whom more time was given."""
    place = row.country or row.group
    return place.name_in(_lang()).text if place else pgettext("whose report", "Secretariat")


@dataclass(frozen=True, slots=True)
class Told:
    """The last reminder about a report: when, and whether it was handed over."""

    at: datetime
    state: NoticeState

    @property
    def is_sent(self) -> bool:
        """Whether the mail server took it."""
        return self.state is NoticeState.SENT

    @property
    def label(self) -> str:
        """Its state in words."""
        return str(self.state.label)


@dataclass(frozen=True, slots=True)
class Row:
    """One report on the cycle's page."""

    report: ProgressReport
    name: str
    url: str
    timeliness: Timeliness
    received_on: date | None
    days_late: int
    told: Told | None
    contact: str
    extension: CycleExtension | None

    @property
    def is_overdue(self) -> bool:
        """Whether somebody can be reminded of it: due, and not received."""
        return self.timeliness is Timeliness.MISSING

    @property
    def is_returned(self) -> bool:
        """Whether it is back with a question."""
        return self.report.state == ReportState.RETURNED

    @property
    def is_begun(self) -> bool:
        """Whether its own state says more than that it is owed."""
        return self.report.state not in {ReportState.NOT_DUE, ReportState.DUE}

    @property
    def kind(self) -> str:
        """What stands in the first column: countries first, then groups, then the secretariat."""
        return "country" if self.report.country_id else "group" if self.report.group_id else "secretariat"


_KINDS = ("country", "group", "secretariat")


def cycle_rows(cycle: ReportingCycle, *, on: date) -> list[Row]:
    """The reports of a cycle: countries by name, groups by number, the secretariat's own last."""
    received = gathering.received_on(cycle)
    extensions = {(row.country_id, row.group_id): row for row in cycle.extensions.all()}
    reports = list(cycle.reports.select_related("country", "group").order_by("group__number", "group__code", "pk"))
    told, contacts = _told(cycle, [report.pk for report in reports]), _contacts(on)
    rows = []
    for report in reports:
        came = received.get(report.pk)
        rows.append(
            Row(
                report=report,
                name=name_of(report),
                url=address_of(report),
                timeliness=Timeliness.of(due_on=report.due_on, received_on=came, on=on),
                received_on=came,
                days_late=((came or on) - report.due_on).days,
                told=told.get(report.pk),
                contact=contacts.get((report.country_id, report.group_id), ""),
                extension=extensions.get((report.country_id, report.group_id)),
            )
        )
    return sorted(rows, key=lambda row: (_KINDS.index(row.kind), *_by_name(row)))


def _by_name(row: Row) -> tuple[Any, ...]:
    return (sort_key(row.name, _lang()),) if row.kind == "country" else ()


def counters(rows: Iterable[Row]) -> dict[str, int]:
    """How many came in time, late, not at all, are not due, and are back with a question."""
    rows = list(rows)
    counted = Counter(row.timeliness.value for row in rows)
    return {**{kind.value: counted[kind.value] for kind in Timeliness}, "returned": sum(r.is_returned for r in rows)}


def _told(cycle: ReportingCycle, reports: list[int]) -> dict[int, Told]:
    """The newest reminder about each report, or about a figure asked in it."""
    over = (NoticeState.SENT, NoticeState.UNCERTAIN, NoticeState.FAILED_ADDRESS, NoticeState.DEAD, NoticeState.EXPIRED)
    ahead = (NoticeState.PENDING, NoticeState.CLAIMED, NoticeState.HANDOVER, NoticeState.RETRY)
    notices = Notice.objects.filter(state__in=[*over, *ahead]).order_by("-not_before", "-id")
    columns = ("object_id", "sent_at", "not_before", "state")
    found: dict[int, Told] = {}
    about_reports = notices.filter(object_type="progressreport", object_id__in=reports)
    entries = ReportEntry.objects.filter(report__in=reports)
    about_figures = notices.filter(object_type="reportentry", object_id__in=entries.values("pk"))[:MESSAGES]
    rows = [*about_reports.values_list(*columns)[:MESSAGES]]
    figures = [*about_figures.values_list(*columns)]
    owners = dict(entries.filter(pk__in={row[0] for row in figures}).values_list("pk", "report_id"))
    rows += [(owners[row[0]], *row[1:]) for row in figures if row[0] in owners]
    for report, sent_at, not_before, state in rows:
        told = Told(sent_at or not_before, NoticeState(state))
        if report not in found or told.at > found[report].at:
            found[report] = told
    return found


def _contacts(on: date) -> dict[tuple[int | None, int | None], str]:
    """Who speaks for each country and leads each group on a day, and who is at the secretariat; deputies last."""
    roles = [Role.FOCAL_POINT, Role.LEAD, Role.SECRETARIAT]
    posts = Appointment.objects.in_force(on).filter(role__in=roles, user__is_active=True)
    people: dict[tuple[int | None, int | None], list[str]] = defaultdict(list)
    for post in posts.select_related("user").order_by("deputy_of_id", "pk"):
        country = post.country_id if post.role == Role.FOCAL_POINT else None
        people[country, None if country else post.group_id].append(post.user.name or post.user.email)
    return {key: ", ".join(dict.fromkeys(names)) for key, names in people.items()}


@dataclass(frozen=True, slots=True)
class Square:
    """One thing, or several of one kind, as the board draws it."""

    timeliness: Timeliness
    url: str
    title: str
    number: int = 1


@dataclass(slots=True)
class Cell:
    """What one country owes for the commitments of one group."""

    squares: list[Square] = field(default_factory=list)
    counts: Counter[Timeliness] = field(default_factory=Counter)
    url: str = ""

    def add(self, square: Square) -> None:
        """Count a thing; the first few are kept to be drawn by themselves."""
        self.counts[square.timeliness] += 1
        if len(self.squares) < SQUARES:
            self.squares.append(square)

    @property
    def shown(self) -> list[Square]:
        """The squares to draw: each thing by itself, or where there are many one for each kind."""
        if self.counts.total() <= SQUARES:
            return self.squares
        return [Square(kind, self.url, "", self.counts[kind]) for kind in Timeliness if self.counts[kind]]


@dataclass(frozen=True, slots=True)
class Line:
    """One ower on the board: its report, and a cell for each column."""

    row: Row
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """Country × group in one cycle. The last column holds commitments of no group."""

    groups: tuple[WorkingGroup, ...]
    lines: tuple[Line, ...]
    has_groupless: bool


def board(cycle: ReportingCycle, *, on: date) -> Board:
    """Who owes what in a cycle. Memory stays flat: of a full cell the numbers alone are kept."""
    rows = cycle_rows(cycle, on=on)
    by_report = {row.report.pk: row for row in rows}
    groups = tuple(WorkingGroup.objects.filter(mechanism_id=cycle.mechanism_id).order_by("number", "code"))
    column = {group.pk: number for number, group in enumerate(groups)}
    width = len(groups) + 1
    cells: dict[int, list[Cell]] = {pk: [Cell(url=row.url) for _ in range(width)] for pk, row in by_report.items()}
    measured = set[tuple[int, int]]()
    for report, group, square, commitment in _figures(cycle, by_report, on):
        cells[report][column.get(group or 0, len(groups))].add(square)
        measured.add((report, commitment))
    parts = ReportPart.objects.filter(report__cycle=cycle).exclude(commitment__life_cycle__in=CLOSED, answer="")
    parts = parts.order_by("commitment__code")
    told = parts.values_list("report_id", "commitment_id", "commitment__code", "commitment__group_id")
    for report, commitment, code, group in told.iterator(chunk_size=2000):
        if (report, commitment) not in measured:
            row = by_report[report]
            cells[report][column.get(group or 0, len(groups))].add(Square(row.timeliness, row.url, code))
    lines = tuple(Line(row, tuple(cells[row.report.pk])) for row in rows)
    return Board(groups, lines, any(line.cells[-1].counts for line in lines))


def _figures(cycle: ReportingCycle, rows: dict[int, Row], on: date) -> Any:
    """Each figure asked for: whose, of which group, and how it stands. Of a closed commitment what was answered."""
    sent = gathering.figures_received_on(cycle)
    about = "series__indicator__commitment"
    unasked = {f"{about}__life_cycle__in": CLOSED, "measurement__isnull": True, "cannot_reason": ""}
    asked = ReportEntry.objects.filter(report__cycle=cycle).exclude(**unasked).order_by("series__indicator__code")
    columns = ("report_id", "due_on", "measurement_id", "measurement__state", "series__indicator__code")
    line = ("series_id", "series__country_id", "series__breakdown")
    for report, due_on, figure, state, code, series, country, cut, commitment, group in asked.values_list(
        *columns, *line, f"{about}_id", f"{about}__group_id"
    ).iterator(chunk_size=2000):
        row = rows[report]
        came = sent.get(figure, row.received_on) if figure else row.received_on
        if figure and state in {ReportState.SENT, ReportState.IN_REVIEW, ReportState.ACCEPTED}:
            url = reverse("workspace:review-measurement", args=[figure])
        else:
            url = page_of(code, series if country or cut else None)
        yield report, group, Square(Timeliness.of(due_on=due_on, received_on=came, on=on), url, code), commitment


def _lang() -> str:
    return get_language() or "en"
