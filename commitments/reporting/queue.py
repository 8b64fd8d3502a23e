"""What waits for the secretariat, oldest first: one order over everything, read a page at a time by the database."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from django.db.models import CharField, DateTimeField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from commitments.formats.dates import working_days_back
from commitments.history.enums import ReportState
from commitments.history.models import TrackedModel
from commitments.indicators.models import Indicator, Measurement, Revision
from commitments.indicators.proposals import waiting_proposals
from commitments.mechanisms.models import Country
from commitments.register.enums import LifeCycle
from commitments.register.models import Commitment
from commitments.reporting.enums import Waiting
from commitments.reporting.models import Draft, ProgressReport, ReportCorrection

PER_PAGE = 25
OPEN = (ReportState.SENT, ReportState.IN_REVIEW, ReportState.ACCEPTED)
#: Stands for a moment that nobody recorded: the thing is the first in the queue.
NEVER = datetime(2000, 1, 1, tzinfo=UTC)
UNKNOWN = Value(NEVER, output_field=DateTimeField())


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a thing stands in the queue: since when it waits, its kind and its id."""

    at: datetime
    kind: str
    pk: int


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What comes before and after a thing, and which of how many it is; no number for a thing that does not wait."""

    previous: Place | None
    next: Place | None
    number: int
    count: int


def queue_of(*, kind: str = "", country: str = "") -> QuerySet[Any, Any]:
    """Id, kind and moment of everything that waits, of one kind or country only where named, oldest first."""
    parts = [_keys(rows) for name, rows in _parts(country) if not kind or name == kind]
    first, *others = parts
    joined: QuerySet[Any, Any] = first.union(*others, all=True) if others else first
    return joined.order_by("at", "what", "pk")


def count_slow(*, on: date, target: int) -> int:
    """How many things have waited for more working days than the secretariat means to take. One query."""
    day = working_days_back(on, target)
    limit = timezone.make_aware(datetime.combine(day, time.min))
    parts = [_keys(rows.filter(at__lt=limit)) for _name, rows in _parts("")]
    return parts[0].union(*parts[1:], all=True).count()


def place_of(kind: str, pk: int) -> Place | None:
    """Where a thing stands, None when it does not wait. One query."""
    rows = next(rows for name, rows in _parts("") if name == kind)
    found = rows.filter(pk=pk).values_list("at", flat=True).first()
    return Place(found, kind, pk) if found is not None else None


def neighbours(kind: str, pk: int) -> Neighbours:
    """What stands before and after a thing. Four queries, whatever waits."""
    own = place_of(kind, pk)
    count = queue_of().count()
    if own is None:
        return Neighbours(None, _first(queue_of()), 0, count)
    before, after = _around(own)
    return Neighbours(_first(before.order_by("-at", "-what", "-pk")), _first(after), before.count() + 1, count)


def _around(own: Place) -> tuple[QuerySet[Any, Any], QuerySet[Any, Any]]:
    before, after = [], []
    for name, rows in _parts(""):
        same = Q(at=own.at)
        earlier = Q(at__lt=own.at) | (same if name < own.kind else same & Q(pk__lt=own.pk) if name == own.kind else Q())
        later = Q(at__gt=own.at) | (same if name > own.kind else same & Q(pk__gt=own.pk) if name == own.kind else Q())
        before.append(_keys(rows.filter(earlier)))
        after.append(_keys(rows.filter(later)))
    return _union(before), _union(after)


def _union(parts: list[QuerySet[Any, Any]]) -> QuerySet[Any, Any]:
    return parts[0].union(*parts[1:], all=True).order_by("at", "what", "pk")


def _first(rows: QuerySet[Any, Any]) -> Place | None:
    found = next(iter(rows[:1]), None)
    return Place(found[2], found[1], found[0]) if found else None


def countries_in_question() -> QuerySet[Any]:
    """The countries by which the queue can be narrowed: those with a commitment, or that owe a report."""
    made = Exists(Commitment.objects.filter(maker_country=OuterRef("pk")))
    led = Exists(Commitment.objects.filter(parties__is_lead=True, parties__country=OuterRef("pk")))
    owed = Exists(ProgressReport.objects.filter(country=OuterRef("pk")))
    rows: QuerySet[Any] = Country.objects.filter(made | led | owed)
    return rows


def drafts_in_progress() -> int:
    """How many reports and figures are being written: what will wait next. Two queries."""
    reports = ProgressReport.objects.filter(state=ReportState.DRAFT).count()
    return reports + Draft.objects.filter(form="update").count()


def _keys(rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    # Rows of translated models would give their columns in any order; those of a union must come in one.
    plain: Any = rows.rewrite(False) if hasattr(rows, "rewrite") else rows
    keys: QuerySet[Any, Any] = plain.order_by().values_list("pk", "what", "at")
    return keys


def _parts(country: str) -> list[tuple[str, QuerySet[Any]]]:
    """Each kind with its rows, every row with its kind (`what`) and the moment since which it waits (`at`)."""
    figures, reports = Measurement.objects.filter(state__in=OPEN), ProgressReport.objects.filter(state__in=OPEN)
    proposals, drafts = waiting_proposals(), Commitment.objects.filter(life_cycle=LifeCycle.DRAFT)
    revisions = Revision.objects.filter(state__in=[ReportState.SENT, ReportState.IN_REVIEW])
    corrections = ReportCorrection.objects.filter(state=ReportState.SENT)
    if country:
        corrections = corrections.filter(report__country__iso3=country)
        own = Commitment.objects.answered_by(Country.objects.filter(iso3=country).values("pk")).values("pk")
        revisions = revisions.filter(indicator__commitment__in=own)
        figures = figures.filter(Q(series__country__iso3=country) | Q(series__indicator__commitment__in=own))
        reports = reports.filter(country__iso3=country)
        proposals = proposals.filter(commitment__in=own)
        drafts = drafts.filter(pk__in=own)
    entered = Coalesce("accepted_at", "entered_at", UNKNOWN)
    sent = Coalesce("accepted_at", "sent_at", UNKNOWN)
    parts = [
        (Waiting.FIGURE, figures, entered),
        (Waiting.COUNTRY, reports.filter(country__isnull=False), sent),
        (Waiting.GROUP, reports.filter(group__isnull=False), sent),
        (Waiting.SECRETARIAT, reports.filter(is_of_secretariat=True), sent),
        (Waiting.PROPOSAL, proposals, _since(Indicator, newest=True, state=ReportState.SENT)),
        (Waiting.REVISION, revisions, F("proposed_at")),
        (Waiting.CORRECTION, corrections, F("proposed_at")),
        (Waiting.DRAFT, drafts, _since(Commitment)),
    ]
    return [(kind.value, rows.annotate(what=_word(kind)).annotate(at=at)) for kind, rows, at in parts]


def _word(kind: Waiting) -> Value:
    return Value(kind.value, output_field=CharField())


def _since(model: type[TrackedModel], *, newest: bool = False, **state: Any) -> Coalesce:
    """The moment of the first row of history of a record, or of the newest in a state."""
    rows = model.history.filter(id=OuterRef("pk"), **state).order_by("-history_id" if newest else "history_id")
    return Coalesce(Subquery(rows.values("history_date")[:1]), UNKNOWN, output_field=DateTimeField())
