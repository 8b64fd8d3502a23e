"""What changed in public: figures, commitments, reports, cycles and statuses, newest first, read from a place on.

Two queries; of each table they read no more rows than one page shows. What is not public, and what is an example or
a demonstration, is never among them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from typing import Any, Self

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from commitments.history.enums import ReportState
from commitments.history.languages import with_language_of_reason
from commitments.history.together import together
from commitments.history.wording import LOADER
from commitments.indicators.models import Measurement, Revision, StatusByHand
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
_KINDS = tuple(Kind)
SEEN = tuple(life for life in LifeCycle if life not in UNSEEN)


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
    """Where events of one kind come from: the rows, what is shown of them, and the column that says when."""

    kind: Kind
    rows: Callable[[Wanted], QuerySet[Any] | None]
    shown: Callable[[], QuerySet[Any]]
    moment: str
    key: str = "pk"
    is_day: bool = False

    def newest(self, wanted: Wanted, before: Place | None, most: int) -> QuerySet[Any] | None:
        """The newest so many rows before a place, with no more than their moments; None where no row can fit."""
        rows = self.rows(wanted)
        if rows is None:
            return None
        rows = rows.filter(**{f"{self.moment}__isnull": False})
        if wanted.since is not None:
            first = wanted.since if self.is_day else _begin(wanted.since)
            rows = rows.filter(**{f"{self.moment}__gte": first})
        if before is not None:
            rows = rows.filter(self._earlier(before))
        keys = rows.order_by(f"-{self.moment}", f"-{self.key}").values("pk")[:most]
        found: QuerySet[Any] = self.shown().model._default_manager.filter(pk__in=keys).only("pk", self.moment)
        return found

    def place(self, row: Any) -> Place:
        """Where a row of this kind stands."""
        told = getattr(row, self.moment)
        return Place(_begin(told) if self.is_day else told, RANKS[self.kind], row.pk)

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
    """The newest so many changes before a place, of all kinds together. Two queries: their places, then their rows."""
    newest = {kind.value: source.newest(wanted, before, most) for kind, source in _SOURCES.items()}
    heads = together(**{kind: rows for kind, rows in newest.items() if rows is not None})
    places = sorted((_SOURCES[Kind(kind)].place(row) for kind, rows in heads.items() for row in rows), reverse=True)
    keys: dict[Kind, list[int]] = {}
    for place in places[:most]:
        keys.setdefault(_KINDS[place.rank], []).append(place.number)
    read = together(**{kind.value: _SOURCES[kind].shown().filter(pk__in=some) for kind, some in keys.items()})
    told = {(kind, row.pk): row for kind, rows in read.items() for row in rows}
    return [Event(_KINDS[place.rank], place, told[_KINDS[place.rank], place.number]) for place in places[:most]]


def _begin(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)


def _is_public(indicator: str) -> Q:
    """That the indicator at this path is public, and no example."""
    of, commitment = f"{indicator}__", f"{indicator}__commitment"
    own = Q(**{f"{of}state": ReportState.PUBLISHED, f"{of}is_example": False})
    seen = Q(**{f"{commitment}__life_cycle__in": SEEN, f"{commitment}__is_example": False})
    return own & (Q(**{f"{commitment}__isnull": True}) | seen)


def _figures(wanted: Wanted) -> QuerySet[Any]:
    rows = Measurement.objects.published().filter(_is_public("series__indicator"), is_example=False)
    if wanted.country:
        made = Q(series__indicator__commitment__maker_country__iso3=wanted.country)
        rows = rows.filter(made | Q(series__country__iso3=wanted.country))
    found: QuerySet[Any] = rows
    return found


def _figures_shown() -> QuerySet[Any]:
    past = Measurement.history.filter(id=OuterRef("replaces_id"), state=ReportState.CORRECTED)
    last = with_language_of_reason(past).order_by("-history_id")
    rows = Measurement.objects.select_related(
        "series__country", "series__indicator__commitment__maker_country", "replaces", "source"
    )
    return rows.annotate(why=Subquery(last.values("public_reason")[:1]), why_in=Subquery(last.values("reason_in")[:1]))


def _lives(wanted: Wanted) -> QuerySet[Any]:
    """The rows of history in which a public commitment became public, or went on to another part of its life.

    Of one that was removed, only that: what it said before is gone with it.
    """
    seen = _of_country(Commitment.objects.public().real(), wanted, "maker_country")
    gone = _of_country(Commitment.objects.removed().real(), wanted, "maker_country")
    # One by one as the list goes down: the newest are soon found, however many there are.
    public, removed = (Q(Exists(some.order_by().filter(pk=OuterRef("id")))) for some in (seen, gone))
    rows = (
        _lives_shown().filter(public | (removed & Q(life_cycle=LifeCycle.REMOVED))).exclude(life_cycle=LifeCycle.DRAFT)
    )
    found: QuerySet[Any] = rows.filter(Q(was__isnull=True) | ~Q(was=F("life_cycle")))
    return found


def _lives_shown() -> QuerySet[Any]:
    earlier = Commitment.history.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"))
    rows = with_language_of_reason(Commitment.history.select_related("maker_country"))
    found: QuerySet[Any] = rows.annotate(was=Subquery(earlier.order_by("-history_id").values("life_cycle")[:1]))
    return found


def _reports(wanted: Wanted) -> QuerySet[Any]:
    rows = ProgressReport.objects.filter(state=ReportState.PUBLISHED, is_example=False, cycle__is_demonstration=False)
    return _of_country(rows, wanted, "country")


def _corrected_reports(wanted: Wanted) -> QuerySet[Any]:
    return _reports(wanted).filter(corrected_at__gt=F("published_at"))


def _reports_shown() -> QuerySet[Any]:
    return ProgressReport.objects.select_related("cycle", "country", "group")


def _cycles(wanted: Wanted) -> QuerySet[Any] | None:
    """Cycles that have opened; they are nobody's in particular."""
    if wanted.country:
        return None
    return ReportingCycle.objects.filter(is_demonstration=False, opens_on__lte=wanted.on)


def _stated(wanted: Wanted) -> QuerySet[Any]:
    rows = StatusByHand.objects.filter(commitment__is_example=False).exclude(commitment__life_cycle__in=UNSEEN)
    return _of_country(rows, wanted, "commitment__maker_country")


def _agreed(wanted: Wanted) -> QuerySet[Any]:
    rows = Revision.objects.filter(_is_public("indicator"), state=ReportState.PUBLISHED)
    return _of_country(rows, wanted, "indicator__commitment__maker_country")


def _belonging(model: type[Any]) -> Callable[[Wanted], QuerySet[Any] | None]:
    """The rows of history in which somebody here wrote who belongs to, chairs or serves a mechanism.

    What came with the files of the record is no news: they tell what was so long before.
    """

    def read(wanted: Wanted) -> QuerySet[Any] | None:
        if wanted.country and model is Secretariat:
            return None
        rows = model.history.exclude(history_user_id=None, request_id__startswith=LOADER)
        return _of_country(rows, wanted, "country")

    return read


def _belonging_shown(model: type[Any]) -> Callable[[], QuerySet[Any]]:
    """The same with whom they name, and whether what they tell had ended before."""

    def read() -> QuerySet[Any]:
        earlier = model.history.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"))
        whose = "organization" if model is Secretariat else "country"
        rows = with_language_of_reason(model.history.select_related("mechanism", whose))
        found: QuerySet[Any] = rows.annotate(ended=Subquery(earlier.order_by("-history_id").values("until")[:1]))
        return found

    return read


def _of_country(rows: QuerySet[Any], wanted: Wanted, column: str) -> QuerySet[Any]:
    return rows.filter(**{f"{column}__iso3": wanted.country}) if wanted.country else rows


def _of_history(kind: Kind, model: type[Any]) -> _Source:
    return _Source(kind, _belonging(model), _belonging_shown(model), "history_date", "history_id")


def _cycles_shown() -> QuerySet[Any]:
    return ReportingCycle.objects.all()


def _stated_shown() -> QuerySet[Any]:
    return StatusByHand.objects.select_related("commitment__maker_country")


def _agreed_shown() -> QuerySet[Any]:
    return Revision.objects.select_related("indicator__commitment__maker_country")


_SOURCES = {
    source.kind: source
    for source in (
        _Source(Kind.CYCLE_OPENED, _cycles, _cycles_shown, "opens_on", is_day=True),
        _Source(Kind.CYCLE_CLOSED, _cycles, _cycles_shown, "closed_at"),
        _Source(Kind.STATED, _stated, _stated_shown, "set_at"),
        _Source(Kind.LAPSED, _stated, _stated_shown, "lapsed_on", is_day=True),
        _Source(Kind.AGREED, _agreed, _agreed_shown, "decided_at"),
        _Source(Kind.REPORT, _reports, _reports_shown, "published_at"),
        _Source(Kind.REPORT_CORRECTED, _corrected_reports, _reports_shown, "corrected_at"),
        _Source(Kind.COMMITMENT, _lives, _lives_shown, "history_date", "history_id"),
        _Source(Kind.FIGURE, _figures, _figures_shown, "published_at"),
        _of_history(Kind.ADHERENCE, Adherence),
        _of_history(Kind.PRESIDENCY, Presidency),
        _of_history(Kind.SECRETARIAT, Secretariat),
    )
}
