"""The index kept in step with the record: told of every change, inside its transaction; and made anew as a whole."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db import connection, transaction

from commitments.history.models import TrackedModel
from commitments.search.entries import SHELVES, Shelf, entries
from commitments.search.models import SearchEntry

AT_ONCE = 500
_WORDS = ("place", "sort", "exact", "title_words", "other_words")


@dataclass(frozen=True, slots=True)
class Differences:
    """How many entries of a kind were missing, said something else, or spoke of what is not public."""

    missing: int = 0
    different: int = 0
    unfounded: int = 0

    def __bool__(self) -> bool:
        return bool(self.missing or self.different or self.unfounded)

    def __add__(self, other: "Differences") -> "Differences":
        return Differences(
            self.missing + other.missing, self.different + other.different, self.unfounded + other.unfounded
        )


def keep_up(model: type[TrackedModel], ids: Sequence[int]) -> None:
    """Bring the entries of changed records up to date, and those of records that are found by their names."""
    for shelf in SHELVES:
        if shelf.model is model:
            _settle_all(shelf, ids)
        for other, column in shelf.rests_on:
            if other is model:
                rows = shelf.model.objects.filter(**{f"{column}__in": ids}).order_by("pk").values_list("pk", flat=True)
                _settle_all(shelf, list(rows))


def rebuild() -> Differences:
    """Put right every entry that is not what the record says; how many were not."""
    found = Differences()
    for shelf in SHELVES:
        for ids in _known(shelf):
            found += _settle(shelf, ids)
    return found


def compare() -> dict[str, Differences]:
    """How many entries of each kind are not what the record says; nothing is written."""
    return {
        shelf.kind.value: sum((_difference(shelf, ids).counted for ids in _known(shelf)), Differences())
        for shelf in SHELVES
    }


@dataclass(frozen=True, slots=True)
class _Difference:
    """What to write, and what to take away."""

    new: list[SearchEntry]
    changed: list[SearchEntry]
    gone: list[int]

    @property
    def counted(self) -> Differences:
        return Differences(len(self.new), len(self.changed), len(self.gone))


def _known(shelf: Shelf) -> Iterator[list[int]]:
    """The numbers of all records of a kind and of all its entries, some at a time."""
    numbers = set(SearchEntry.objects.filter(kind=shelf.kind).values_list("record", flat=True))
    numbers |= set(shelf.public().order_by().values_list("pk", flat=True))
    return _batches(sorted(numbers))


def _batches(ids: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(ids)
    while some := list(islice(rest, AT_ONCE)):
        yield some


def _settle_all(shelf: Shelf, ids: Sequence[int]) -> None:
    for some in _batches(ids):
        _settle(shelf, some)


@transaction.atomic(savepoint=False)
def _settle(shelf: Shelf, ids: Sequence[int]) -> Differences:
    """Write the entries of some records as they should be, where they are not.

    Their entries are locked before the records are read: the last of two changes to write has seen both.
    """
    difference = _difference(shelf, ids, lock=connection.features.has_select_for_update)
    if difference.gone:
        SearchEntry.objects.filter(pk__in=difference.gone).delete()
    if difference.new or difference.changed:
        SearchEntry.objects.bulk_create(
            difference.new + difference.changed,
            update_conflicts=True,
            unique_fields=["kind", "record"],
            update_fields=_WORDS,
        )
    return difference.counted


def _difference(shelf: Shelf, ids: Sequence[int], *, lock: bool = False) -> _Difference:
    rows = SearchEntry.objects.filter(kind=shelf.kind, record__in=ids).order_by("pk")
    held = {row.record: row for row in (rows.select_for_update() if lock else rows)}
    new, changed = [], []
    for entry in entries(shelf, ids):
        old = held.pop(entry.record, None)
        if old is None:
            new.append(entry)
        elif any(getattr(old, name) != getattr(entry, name) for name in _WORDS):
            changed.append(entry)
    return _Difference(new, changed, [row.pk for row in held.values()])
