"""What is late, and what is off track or at risk: two separate facts, read in one order, a page at a time."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, overload

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from commitments.formats.language import LANGUAGES
from commitments.history.enums import ReportState
from commitments.history.kept import kept
from commitments.history.together import together
from commitments.indicators.counting import counted
from commitments.indicators.models import CommitmentPlace, Face, Measurement
from commitments.public.queries import cards
from commitments.public.queries.places import DECLARATION
from commitments.register.enums import LifeCycle
from commitments.register.models import Commitment
from commitments.reporting.lines import told_apart
from commitments.reporting.models import CycleExtension, ProgressReport, ReportEntry, ReportPart
from commitments.reporting.punctuality import reports_due, reports_late, still_awaited, unanswered

#: How many days of reports, and how many target dates, the calendar names.
AHEAD = 5


class LateKind(StrEnum):
    """What a row tells: the first two that something has not come in time, the others how a commitment stands."""

    REPORT = "report"
    FIGURE = "figure"
    OFF_TRACK = "off_track"
    AT_RISK = "at_risk"

    @property
    def is_of_time(self) -> bool:
        """Whether it tells of time, and not of delivery."""
        return self in TIMELINESS


TIMELINESS = (LateKind.REPORT, LateKind.FIGURE)
DELIVERY = (LateKind.OFF_TRACK, LateKind.AT_RISK)


@dataclass(frozen=True, slots=True)
class LateRow:
    """One thing of the list: a report, a figure asked for, or a commitment with its kept status."""

    kind: LateKind
    row: Any


@dataclass(frozen=True, slots=True)
class LateCounts:
    """How many there are of each kind, and the day on which the longest awaited was due."""

    numbers: Mapping[LateKind, int]
    since: date | None

    @property
    def late(self) -> int:
        """How many reports and figures have not come in time."""
        return sum(self.numbers[kind] for kind in TIMELINESS)

    @property
    def behind(self) -> int:
        """How many commitments are off track or at risk."""
        return sum(self.numbers[kind] for kind in DELIVERY)

    @property
    def total(self) -> int:
        """All rows."""
        return self.late + self.behind


@dataclass(frozen=True, slots=True)
class DueDay:
    """A day on which reports of a cycle fall due: how many of them are still to come."""

    on: date
    slug: str
    names: dict[str, str]
    number: int


class LateList(Sequence[LateRow]):
    """Late reports and figures, the longest awaited first, then commitments, the worse first.

    Whole rows are read of a slice alone; the number of queries does not depend on how much there is.
    """

    def __init__(self, *, on: date, late_on: date, kind: str = "", country: str = "", group: str = "") -> None:
        kinds = (LateKind(kind),) if kind else tuple(LateKind)
        #: What comes next, of everybody.
        self.calendar = _of_reports_and_targets(on, late_on, country, group)
        late: list[tuple[date, int, int]] = []
        if LateKind.REPORT in kinds:
            late += [(due_on, 0, pk) for due_on, pk in self.calendar.late]
        if LateKind.FIGURE in kinds:
            figures = still_awaited(_of_figures(unanswered(late_on), country, group))
            late += [(row.due_on, 1, row.pk) for row in figures]
        self._late = sorted(late)
        delivery = tuple(one for one in DELIVERY if one in kinds)
        self._behind_places = _places_behind(delivery, country, group)
        self.counts = self._counted(_counted_behind(delivery, country, group))

    def __len__(self) -> int:
        return self.counts.total

    @overload
    def __getitem__(self, index: int) -> LateRow: ...
    @overload
    def __getitem__(self, index: slice) -> list[LateRow]: ...
    def __getitem__(self, index: int | slice) -> LateRow | list[LateRow]:
        if isinstance(index, int):
            return self[index : index + 1][0]
        first, last, _step = index.indices(len(self))
        late = len(self._late)
        keys = [(TIMELINESS[kind], pk) for _due, kind, pk in self._late[first:last]]
        # Their keys first: PostgreSQL would put all commitments together with what a card shows, and then pick.
        places = self._behind_places.order_by("behind", "order").values_list("pk", flat=True)
        return _whole(keys, list(places[max(first - late, 0) : last - late]) if last > late else [])

    def _counted(self, behind: Mapping[LateKind, int]) -> LateCounts:
        numbers = {**dict.fromkeys(LateKind, 0), **behind}
        for _due, kind, _pk in self._late:
            numbers[TIMELINESS[kind]] += 1
        return LateCounts(numbers, self._late[0][0] if self._late else None)


def _places_behind(kinds: Sequence[LateKind], country: str, group: str) -> QuerySet[CommitmentPlace]:
    """The places of the Declaration's own active commitments that are off track or at risk."""
    rows = CommitmentPlace.objects.filter(behind__in=[DELIVERY.index(kind) for kind in kinds])
    if country:
        rows = rows.filter(maker_country__iso3=country)
    return rows.filter(group__slug=group) if group else rows


@kept
def _counted_behind(kinds: tuple[LateKind, ...], country: str, group: str) -> dict[LateKind, int]:
    """How many of these kinds there are. One query, of the kept counts: of a country within a group, of the places."""
    if not kinds:
        return {}
    if country and group:
        places = _places_behind(kinds, country, group).order_by().values_list("behind")
        return {DELIVERY[place]: number for place, number in places.annotate(number=Count("pk"))}
    only = {"group__slug": group} if group else {"maker_country__iso3": country} if country else {}
    rows = counted(Face.WORK if group else Face.MAKER, mechanism__code=DECLARATION, status__in=kinds, **only)
    return {kind: sum(row["number"] for row in rows if row["status"] == kind) for kind in kinds}


@dataclass(frozen=True, slots=True)
class Calendar:
    """The late reports that were asked for, by the day on which they were due, and what comes next, of everybody."""

    late: list[tuple[date, int]]
    due: list[DueDay]
    targets: list[Commitment]


@kept
def _of_reports_and_targets(on: date, late_on: date, country: str, group: str) -> Calendar:
    """The days of reports, and of targets. One query; of reports, no more rows than are owed in open cycles.

    A cycle that has not opened is nobody's business outside: its days are not told.
    """
    cycle = ("cycle__slug", *(f"cycle__name_{code}" for code in LANGUAGES))
    read = together(
        late=_of_reports(reports_late(late_on), country, group).only("due_on"),
        due=reports_due(on=on, late_on=late_on).select_related("cycle").only("due_on", *cycle),
        targets=cards.shown(Commitment.objects.filter(pk__in=_next_targets(on).values("pk")[:AHEAD])),
    )
    return Calendar(
        late=[(row.due_on, row.pk) for row in read["late"]],
        due=_due_days(read["due"]),
        targets=sorted(read["targets"], key=lambda row: (row.due_on, row.code)),
    )


def _due_days(reports: Sequence[ProgressReport]) -> list[DueDay]:
    """The days on which most comes next, and how many reports of each cycle are still to come."""
    numbers = Counter((row.due_on, row.cycle.slug) for row in reports)
    cycles = {row.cycle.slug: row.cycle for row in reports}
    names = [f"name_{code}" for code in LANGUAGES]
    return [
        DueDay(due_on, slug, {name: getattr(cycles[slug], name) for name in names}, number)
        for (due_on, slug), number in sorted(numbers.items())[:AHEAD]
    ]


def _next_targets(on: date) -> QuerySet[Commitment]:
    """The Declaration's own active commitments by their next target dates."""
    own = {"place__mechanism__code": DECLARATION, "place__is_counted": True, "place__life_cycle": LifeCycle.ACTIVE}
    rows: QuerySet[Commitment] = Commitment.objects.filter(due_on__gte=on, **own).order_by("due_on", "code")
    return rows


def _whole(keys: Sequence[tuple[LateKind, int]], behind: Sequence[int]) -> list[LateRow]:
    """Reports, figures and commitments with all that their rows show, in this order. One query."""
    reports, figures = ([pk for kind, pk in keys if kind is wanted] for wanted in TIMELINESS)
    parts: dict[str, QuerySet[Any]] = {}
    if reports:
        parts[LateKind.REPORT] = _whole_reports(reports)
    if figures:
        parts[LateKind.FIGURE] = _whole_figures(figures)
    if behind:
        parts["behind"] = _whole_commitments(behind)
    read = together(**parts)
    found = {(name, row.pk): row for name, rows in read.items() for row in rows}
    told = [LateRow(kind, found[kind, pk]) for kind, pk in keys if (kind, pk) in found]
    rows = [found["behind", pk] for pk in behind if ("behind", pk) in found]
    return told + [LateRow(LateKind(row.computed.status), row) for row in rows]


def _of_reports(rows: QuerySet[ProgressReport], country: str, group: str) -> QuerySet[ProgressReport]:
    """A report belongs to its country; to a workstream where the group owes it, or it answers for one of its own."""
    if country:
        rows = rows.filter(country__iso3=country)
    if group:
        answers = Commitment.objects.public().filter(group__slug=group)
        parts = ReportPart.objects.filter(report=OuterRef("pk"), commitment__in=answers.values("pk"))
        rows = rows.filter(Q(group__slug=group) | Exists(parts))
    return rows


def _of_figures(rows: QuerySet[ReportEntry], country: str, group: str) -> QuerySet[ReportEntry]:
    if country:
        rows = rows.filter(report__country__iso3=country)
    return rows.filter(series__indicator__commitment__group__slug=group) if group else rows


def _whole_commitments(ids: Sequence[int]) -> QuerySet[Commitment]:
    """Commitments with what a card shows, and who answers for them."""
    rows = cards.shown(Commitment.objects.filter(pk__in=ids))
    return rows.only(*cards.COLUMNS, "responsible_office")


def _whole_reports(ids: Sequence[int]) -> QuerySet[ProgressReport]:
    """Reports with when the same country or group last had one published, and why more time was given."""
    own = Q(is_of_secretariat=True) & Q(is_of_secretariat=OuterRef("is_of_secretariat"))
    same = Q(country=OuterRef("country")) | Q(group=OuterRef("group")) | own
    published = ProgressReport.objects.filter(state=ReportState.PUBLISHED, is_example=False)
    published = published.filter(cycle__is_demonstration=False, published_at__isnull=False)
    more = CycleExtension.objects.filter(cycle=OuterRef("cycle"))
    more = more.filter(Q(country=OuterRef("country")) | Q(group=OuterRef("group")))
    rows = ProgressReport.objects.filter(pk__in=ids).select_related("cycle", "country", "group")
    found: QuerySet[ProgressReport] = rows.annotate(
        updated_at=Subquery(published.filter(same).order_by("-published_at").values("published_at")[:1]),
        more_time=Subquery(more.values("reason")[:1]),
    )
    return found


def _whole_figures(ids: Sequence[int]) -> QuerySet[ReportEntry]:
    """Figures asked for, with what they are of, when one that was sent was last published, and the latest on record."""
    published = Measurement.objects.published().filter(series=OuterRef("series"))
    sent = published.filter(published_at__isnull=False, entered_by__isnull=False).order_by("-published_at")
    latest = published.filter(as_of__isnull=False).order_by("-as_of", "-pk")
    rows = told_apart(ReportEntry.objects.filter(pk__in=ids)).select_related(
        "report__country", "report__cycle", "series__indicator__commitment"
    )
    found: QuerySet[ReportEntry] = rows.annotate(
        updated_at=Subquery(sent.values("published_at")[:1]),
        figure_on=Subquery(latest.values("as_of")[:1]),
        figure_on_precision=Subquery(latest.values("as_of_precision")[:1]),
    )
    return found
