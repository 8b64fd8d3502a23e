"""What changed in public: figures, commitments, reports, cycles and statuses, newest first, read from a place on.

A constant number of queries; each reads no more rows than one page shows. What is not public, and what is an example or
a demonstration, is never among them.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any, Self

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from commitments.history.enums import ReportState
from commitments.history.wording import LOADER
from commitments.indicators.models import Indicator, Measurement, Revision, StatusByHand
from commitments.mechanisms.models import Adherence, Presidency, Secretariat
from commitments.register.enums import UNSEEN, LifeCycle
from commitments.register.models import Commitment
from commitments.reporting.models import ProgressReport, ReportingCycle


class Kind(StrEnum):
    """What happened. The order decides between things of one moment."""

    CYCLE_OPENED = "cycle-opened"
    CYCLE_CLOSED = "cycle-closed"
    LAPSED = "status-ended"
    STATED = "status"
    AGREED = "agreed"
    REPORT = "report"
    REPORT_CORRECTED = "report-corrected"
    COMMITMENT = "commitment"
    FIGURE = "figure"
    ADHERENCE = "adherence"
    PRESIDENCY = "presidency"
    SECRETARIAT = "secretariat"


RANKS = {kind: rank for rank, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands in the list: its moment, its kind, its number among those."""

    at: datetime
    rank: int
    number: int

    def __str__(self) -> str:
        return f"{round(self.at.timestamp() * 1_000_000)}.{self.rank}.{self.number}"

    @classmethod
    def read(cls, text: str) -> Self:
        """The place that an address names. Raises ValueError for anything else."""
        parts = text.split(".")
        if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) < 19 for part in parts):
            raise ValueError(text)
        moment, rank, number = map(int, parts)
        if rank >= len(RANKS) or moment > 10**16:
            raise ValueError(text)
        seconds, rest = divmod(moment, 1_000_000)
        return cls(datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest), rank, number)


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: its kind, its place, and the row that tells it."""

    kind: Kind
    place: Place
    row: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which changes are asked for: up to a day, from a day on, of one country."""

    on: date
    since: date | None = None
    country: str = ""


@dataclass(frozen=True, slots=True)
class _Source:
    """Where events of one kind come from: the rows, and the column that says when."""

    kind: Kind
    rows: Callable[[Wanted], QuerySet[Any] | None]
    moment: str
    key: str = "pk"
    is_day: bool = False

    def newest(self, wanted: Wanted, before: Place | None, most: int) -> QuerySet[Any] | None:
        """The rows of the newest so many, before a place; None where no row can fit."""
        rows = self.rows(wanted)
        if rows is None:
            return None
        rows = rows.filter(**{f"{self.moment}__isnull": False})
        if wanted.since is not None:
            first = wanted.since if self.is_day else _begin(wanted.since)
            rows = rows.filter(**{f"{self.moment}__gte": first})
        if before is not None:
            rows = rows.filter(self._earlier(before))
        return rows.order_by(f"-{self.moment}", f"-{self.key}")[:most]

    def event(self, row: Any) -> Event | None:
        """What a row tells of this kind; None where it has not happened."""
        told = getattr(row, self.moment)
        if told is None or (self.kind is Kind.REPORT_CORRECTED and (not row.published_at or told <= row.published_at)):
            return None
        at = _begin(told) if self.is_day else told
        return Event(self.kind, Place(at, RANKS[self.kind], getattr(row, self.key)), row)

    def _earlier(self, before: Place) -> Q:
        """What stands after a place in the list, which begins with the newest."""
        rank, at = RANKS[self.kind], before.at
        if self.is_day:
            day, is_begin = at.date(), at == _begin(at.date())
            if not is_begin:
                return Q(**{f"{self.moment}__lte": day})
            at = day  # type: ignore[assignment]
        if rank < before.rank:
            return Q(**{f"{self.moment}__lte": at})
        earlier = Q(**{f"{self.moment}__lt": at})
        if rank == before.rank:
            earlier |= Q(**{self.moment: at, f"{self.key}__lt": before.number})
        return earlier


def events(wanted: Wanted, *, before: Place | None = None, most: int) -> list[Event]:
    """The newest so many changes before a place, of all kinds together. One query for each table that tells of them."""
    found = [event for sources in _TABLES for event in _of_table(sources, wanted, before, most)]
    return sorted(found, key=lambda event: event.place, reverse=True)[:most]


def _of_table(sources: Sequence[_Source], wanted: Wanted, before: Place | None, most: int) -> Iterator[Event]:
    """The newest so many of each kind that rows of one table tell, and of others what the same rows tell. One query."""
    newest = [rows for source in sources if (rows := source.newest(wanted, before, most)) is not None]
    if not newest:
        return
    rows, found = newest[0], Q()
    if len(newest) > 1:
        for some in newest:
            found |= Q(pk__in=some.values("pk"))
        rows = sources[0].rows(wanted).filter(found)  # type: ignore[union-attr]  # one of its kinds can fit
    first = _begin(wanted.since) if wanted.since is not None else None
    for row in rows:
        for event in (source.event(row) for source in sources):
            if event and (before is None or event.place < before) and (first is None or event.place.at >= first):
                yield event


def _begin(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)


def _figures(wanted: Wanted) -> QuerySet[Any]:
    rows = Measurement.objects.published().filter(is_example=False, series__indicator__in=_indicators())
    if wanted.country:
        made = Q(series__indicator__commitment__maker_country__iso3=wanted.country)
        rows = rows.filter(made | Q(series__country__iso3=wanted.country))
    past = Measurement.history.filter(id=OuterRef("replaces_id"), state=ReportState.CORRECTED)
    why = Subquery(past.order_by("-history_id").values("public_reason")[:1])
    return rows.select_related("series__country", "series__indicator__commitment__maker_country", "replaces").annotate(
        why=why
    )


def _indicators() -> QuerySet[Any]:
    rows = Indicator.objects.public().filter(is_example=False).exclude(commitment__is_example=True)
    return rows.order_by().values("pk")


def _commitments(wanted: Wanted) -> QuerySet[Any]:
    return _of_country(Commitment.objects.public().real(), wanted, "maker_country")


def _lives(wanted: Wanted) -> QuerySet[Any]:
    """The rows of history in which a public commitment became public, or went on to another part of its life.

    Of one that was removed, only that: what it said before is gone with it.
    """
    earlier = Commitment.history.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"))
    gone = _of_country(Commitment.objects.removed().real(), wanted, "maker_country")
    public = Q(id__in=_commitments(wanted).order_by().values("pk"))
    removed = Q(id__in=gone.order_by().values("pk"), life_cycle=LifeCycle.REMOVED)
    rows = Commitment.history.filter(public | removed)
    rows = rows.exclude(life_cycle=LifeCycle.DRAFT).select_related("maker_country")
    rows = rows.annotate(was=Subquery(earlier.order_by("-history_id").values("life_cycle")[:1]))
    found: QuerySet[Any] = rows.filter(Q(was__isnull=True) | ~Q(was=F("life_cycle")))
    return found


def _reports(wanted: Wanted) -> QuerySet[Any]:
    rows = ProgressReport.objects.filter(
        state=ReportState.PUBLISHED, is_example=False, cycle__is_demonstration=False
    ).select_related("cycle", "country", "group")
    return _of_country(rows, wanted, "country")


def _corrected_reports(wanted: Wanted) -> QuerySet[Any]:
    return _reports(wanted).filter(corrected_at__gt=F("published_at"))


def _cycles(wanted: Wanted) -> QuerySet[Any] | None:
    """Cycles that have opened; they are nobody's in particular."""
    if wanted.country:
        return None
    return ReportingCycle.objects.filter(is_demonstration=False, opens_on__lte=wanted.on)


def _stated(wanted: Wanted) -> QuerySet[Any]:
    rows = StatusByHand.objects.filter(commitment__is_example=False).exclude(commitment__life_cycle__in=UNSEEN)
    return _of_country(rows.select_related("commitment__maker_country"), wanted, "commitment__maker_country")


def _agreed(wanted: Wanted) -> QuerySet[Any]:
    rows = Revision.objects.filter(state=ReportState.PUBLISHED, indicator__in=_indicators())
    rows = rows.select_related("indicator__commitment__maker_country")
    return _of_country(rows, wanted, "indicator__commitment__maker_country")


def _belonging(model: type[Any]) -> Callable[[Wanted], QuerySet[Any] | None]:
    """The rows of history in which somebody here wrote who belongs to, chairs or serves a mechanism.

    What came with the files of the record is no news: they tell what was so long before.
    """
    holder = "organization" if model is Secretariat else "country"

    def read(wanted: Wanted) -> QuerySet[Any] | None:
        if wanted.country and holder != "country":
            return None
        earlier = model.history.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"))
        rows = model.history.exclude(history_user_id=None, request_id__startswith=LOADER)
        rows = rows.select_related("mechanism", holder)
        rows = rows.annotate(ended=Subquery(earlier.order_by("-history_id").values("until")[:1]))
        return _of_country(rows, wanted, "country")

    return read


def _of_country(rows: QuerySet[Any], wanted: Wanted, column: str) -> QuerySet[Any]:
    return rows.filter(**{f"{column}__iso3": wanted.country}) if wanted.country else rows


#: By table, the kind that most rows tell first.
_TABLES = (
    (
        _Source(Kind.CYCLE_OPENED, _cycles, "opens_on", is_day=True),
        _Source(Kind.CYCLE_CLOSED, _cycles, "closed_at"),
    ),
    (_Source(Kind.STATED, _stated, "set_at"), _Source(Kind.LAPSED, _stated, "lapsed_on", is_day=True)),
    (_Source(Kind.AGREED, _agreed, "decided_at"),),
    (
        _Source(Kind.REPORT, _reports, "published_at"),
        _Source(Kind.REPORT_CORRECTED, _corrected_reports, "corrected_at"),
    ),
    (_Source(Kind.COMMITMENT, _lives, "history_date", "history_id"),),
    (_Source(Kind.FIGURE, _figures, "published_at"),),
    (_Source(Kind.ADHERENCE, _belonging(Adherence), "history_date", "history_id"),),
    (_Source(Kind.PRESIDENCY, _belonging(Presidency), "history_date", "history_id"),),
    (_Source(Kind.SECRETARIAT, _belonging(Secretariat), "history_date", "history_id"),),
)
