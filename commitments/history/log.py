"""The log of all changes: every table of history read as one, newest first, a page at a time.

A page costs one query for its places and one for each kind of record on it, however long the log and however deep
the page: places are found by the indexes of the tables, never counted, never skipped over.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import CharField, OuterRef, Q, QuerySet, Subquery, Value

from commitments.history.enums import ChangeKind
from commitments.history.models import TrackedModel

#: How many entries an export reads at once: keeps memory flat at any length.
BATCH = 500


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry stands in the log: its moment, its number in its table, the kind of record."""

    at: datetime
    number: int
    kind: str


@dataclass(frozen=True, slots=True)
class Logged:
    """One entry: the row of history after the change, and the one before it where that was asked for."""

    place: Place
    row: Any
    before: Any | None = None

    @property
    def model(self) -> type[TrackedModel]:
        """The kind of record."""
        model: type[TrackedModel] = self.row.instance_type
        return model

    @property
    def change(self) -> ChangeKind:
        """What happened to the record."""
        return ChangeKind(self.row.history_type)


def kinds() -> dict[str, type[TrackedModel]]:
    """Every kind of record whose changes are logged, by its name."""
    models = apps.get_app_config("commitments").get_models()
    tracked = [model for model in models if issubclass(model, TrackedModel)]
    return {str(model._meta.model_name): model for model in sorted(tracked, key=lambda model: model.__name__)}


def newest(models: Iterable[type[TrackedModel]], where: Q, *, limit: int, before: Place | None = None) -> list[Place]:
    """The newest places that fit, those before a place where one is given. One query."""
    parts = [_part(model, where, before, limit) for model in models]
    first, *rest = parts
    if rest:
        found = first.union(*rest, all=True).order_by("-history_date", "-history_id", "logged_as")[:limit]
    else:  # one kind alone may be ordered and cut already
        found = (first if first.query.is_sliced else first.order_by("-history_date", "-history_id"))[:limit]
    return [Place(at, number, kind) for at, number, kind in found]


def entries(places: Sequence[Place], *, with_before: bool = False) -> list[Logged]:
    """The entries at these places, in their order. One query for each kind among them, two with the rows before."""
    models = kinds()
    numbers: dict[str, list[int]] = defaultdict(list)
    for place in places:
        numbers[place.kind].append(place.number)
    rows: dict[tuple[str, int], Any] = {}
    previous: dict[tuple[str, int], Any] = {}
    for kind, wanted in numbers.items():
        table = models[kind].history
        found = table.filter(history_id__in=wanted)
        rows |= {(kind, row.history_id): row for row in (_with_previous(found) if with_before else found)}
        if with_before:
            ids = [row.previous for key, row in rows.items() if key[0] == kind and row.previous]
            previous |= {(kind, row.history_id): row for row in table.filter(history_id__in=ids)}
    return [_logged(place, rows[place.kind, place.number], previous) for place in places]


def every_entry(models: Iterable[type[TrackedModel]], where: Q) -> Iterator[Logged]:
    """All entries that fit, newest first, with the rows before them; read in batches."""
    models, place = list(models), None
    while places := newest(models, where, limit=BATCH, before=place):
        yield from entries(places, with_before=True)
        place = places[-1]


def around(entry: Logged) -> tuple[Place | None, Place | None]:
    """The entries of the same record before and after this one. Two queries."""
    rows = entry.model.history.filter(id=entry.row.id).values_list("history_date", "history_id")
    earlier = rows.filter(history_id__lt=entry.place.number).order_by("-history_id").first()
    later = rows.filter(history_id__gt=entry.place.number).order_by("history_id").first()
    kind = entry.place.kind
    return _place(earlier, kind), _place(later, kind)


def _place(found: tuple[datetime, int] | None, kind: str) -> Place | None:
    return Place(*found, kind) if found else None


def _part(model: type[TrackedModel], where: Q, before: Place | None, limit: int) -> QuerySet[Any]:
    kind = str(model._meta.model_name)
    rows = _places_of(model)
    if where:
        rows = rows.filter(where)
    if before is not None:
        same = Q(history_id__lte=before.number) if kind > before.kind else Q(history_id__lt=before.number)
        rows = rows.filter(Q(history_date__lt=before.at) | same, history_date__lte=before.at)
    if connection.features.supports_slicing_ordering_in_compound:
        return rows.order_by("-history_date", "-history_id")[:limit]
    return rows


@cache
def _places_of(model: type[TrackedModel]) -> QuerySet[Any]:
    """All places of one kind of record; never evaluated itself, only narrowed."""
    name = Value(str(model._meta.model_name), output_field=CharField())
    rows: QuerySet[Any] = model.history.order_by().annotate(logged_as=name)
    return rows.values_list("history_date", "history_id", "logged_as")


def _with_previous(rows: QuerySet[Any]) -> QuerySet[Any]:
    earlier = rows.model.objects.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"))
    return rows.annotate(previous=Subquery(earlier.order_by("-history_id").values("history_id")[:1]))


def _logged(place: Place, row: Any, previous: dict[tuple[str, int], Any]) -> Logged:
    return Logged(place, row, previous.get((place.kind, getattr(row, "previous", None) or 0)))
