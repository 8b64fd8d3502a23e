"""Bringing records into the database: created, changed, left, or kept because a person changed them since.

What the loader wrote last is read from the history: a value that still is what the loader wrote follows the file, any
other value is a person's and stays.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet

from commitments.exchange.reference.report import Kept, Outcome, Report
from commitments.history import actions
from commitments.history.models import TrackedModel
from commitments.roles.actor import Actor
from commitments.roles.enums import Door

#: The name under which the loader writes history.
LOADER = "load_reference_data"
WHY = "public record"

T = TypeVar("T", bound=TrackedModel)
Values = dict[str, Any]


def loader() -> Actor:
    """The loader as the author of a change."""
    return Actor.process(LOADER, door=Door.IMPORT)


@dataclass(slots=True)
class _Current:
    """The record of a file that is being brought in."""

    file: str
    record: str
    created: bool = False
    wrote: bool = False


@dataclass(slots=True)
class Ledger:
    """One load: who writes, when, and what came of each record."""

    at: datetime
    on: date
    report: Report
    by: Actor = field(default_factory=loader)
    current: _Current = field(default_factory=lambda: _Current("", ""))

    @contextmanager
    def record(self, file: str, name: object, *, is_aside: bool = False) -> Iterator[None]:
        """Everything written inside belongs to one record of a file; what stands aside counts only when it changed."""
        self.current = current = _Current(file, str(name))
        yield
        if current.wrote or not is_aside:
            outcome = Outcome.CREATED if current.created else Outcome.CHANGED if current.wrote else Outcome.LEFT
            self.report.note(file, current.record, outcome)

    def keep(self, part: str, fields: tuple[str, ...], because: str = "edited here") -> None:
        """Note that values of the current record stay as a person left them."""
        self.report.kept.append(Kept(self.current.file, self.current.record, part, fields, because))

    def create(self, row: T) -> T:
        """Store a new row."""
        self.current.wrote = True
        return actions.create(row, by=self.by, at=self.at, why=WHY)

    def change(self, row: T, **values: Any) -> T:
        """Write new values to a row."""
        self.current.wrote = True
        return actions.change(row, by=self.by, at=self.at, why=WHY, **values)

    def remove(self, row: TrackedModel) -> None:
        """Take a row away that the loader made and the file no longer holds."""
        self.current.wrote = True
        actions.remove(row, by=self.by, at=self.at, why=WHY)


class Index(Generic[T]):
    """The rows of one model by what identifies them in the files. Columns are named as stored (`country_id`)."""

    def __init__(
        self,
        ledger: Ledger,
        model: type[T],
        key: Callable[[Any], Hashable],
        *,
        rows: QuerySet[Any] | None = None,
        part: str = "",
    ) -> None:
        self._ledger = ledger
        self._model = model
        self._key = key
        self._part = part
        #: Rows of a part come and go with their record; the main row of a record decides whether that was created.
        self._found: dict[Hashable, T] = {
            key(row): row for row in (model._default_manager.all() if rows is None else rows)
        }
        self._removed: set[Hashable] | None = None
        self._keys_before: dict[Hashable, T] | None = None

    def get(self, key: Hashable) -> T | None:
        """The row with this key."""
        return self._found.get(key)

    def __getitem__(self, key: Hashable) -> T:
        return self._found[key]

    def __iter__(self) -> Iterator[T]:
        return iter(list(self._found.values()))

    def items(self) -> list[tuple[Hashable, T]]:
        """Every row with its key."""
        return list(self._found.items())

    def put(self, key: Hashable, values: Values, *, initial: Values | None = None) -> T:
        """Make the row what the file says it is, person's edits excepted. `initial` is written once, at the start."""
        row = self._found.get(key)
        if row is not None:
            return self._bring_up_to_date(row, values)
        row = self._ledger.create(self._model(**{**values, **(initial or {})}))
        self._ledger.current.created |= not self._part
        self._found[key] = row
        return row

    def put_kept(self, key: Hashable, values: Values) -> T | None:
        """The same for a record that people keep here too: found again under the key that a person moved it from.

        None when a person removed it.
        """
        return self.put_part(key, values)

    def put_part(self, key: Hashable, values: Values, *, initial: Values | None = None) -> T | None:
        """The same for a part of a record: found again where a person moved it; None when a person removed it."""
        if key not in self._found:
            moved = self._moved().get(key)
            if moved is not None:
                return self._bring_up_to_date(moved, values)
            if key in self._removed_keys():
                self._ledger.keep(self._part, (), "removed here")
                return None
        return self.put(key, values, initial=initial)

    def replace(self, key: Hashable, row: T) -> T:
        """From now on another row stands under this key."""
        self._found[key] = row
        return row

    def prune(self, column: str, owner: int, listed: set[Hashable]) -> None:
        """Take away the rows of a record that the file no longer lists, those excepted that a person made or edited."""
        for key, row in self.items():
            if getattr(row, column) != owner or key in listed or self._stood_at(row) & listed:
                continue
            if self.is_as_loaded(row):
                self._ledger.remove(row)
                del self._found[key]
            elif self._loaded(row):
                self._ledger.keep(self._part, (), "edited here, no longer in the file")

    def is_as_loaded(self, row: T) -> bool:
        """Whether the loader made the row and nobody has touched it since."""
        loaded = self._loaded(row)
        return bool(loaded) and all(getattr(row, name) == value for name, value in loaded.items())

    def edited(self, row: T, values: Values) -> tuple[Values, tuple[str, ...]]:
        """Of the values that differ: those that the file may write, and the names of those that are a person's."""
        different = {name: value for name, value in values.items() if getattr(row, name) != value}
        if not different:
            return {}, ()
        loaded = self._loaded(row)
        free = {name: value for name, value in different.items() if self._is_free(row, name, loaded)}
        return free, tuple(name for name in different if name not in free)

    def _bring_up_to_date(self, row: T, values: Values) -> T:
        free, persons = self.edited(row, values)
        if persons:
            self._ledger.keep(self._part, persons)
        return self._ledger.change(row, **free) if free else row

    @staticmethod
    def _is_free(row: T, name: str, loaded: Values) -> bool:
        return name in loaded and getattr(row, name) == loaded[name]

    def _loaded(self, row: T) -> Values:
        """The values that the loader wrote last, by column; empty for a row that it never wrote."""
        columns = self._columns()
        found: Values = {}
        before: Any = None
        for past in self._model.history.filter(id=row.pk).order_by("history_id"):
            if past.request_id == LOADER:
                found |= {
                    name: getattr(past, name)
                    for name in columns
                    if before is None or getattr(past, name) != getattr(before, name)
                }
            before = past
        return found

    def _columns(self) -> list[str]:
        """What the loader may have written; of a translated text only its language columns."""
        fields = [field for field in self._model._meta.concrete_fields if field.name not in {"id", "version"}]
        return [field.attname for field in fields if not self._model.translated_columns(field.name)]

    def _moved(self) -> dict[Hashable, T]:
        """The rows by every key under which the loader wrote them."""
        if self._keys_before is None:
            here = {row.pk: row for row in self._found.values()}
            past = self._model.history.filter(request_id=LOADER, id__in=here).order_by("history_id")
            self._keys_before = {self._key(row): here[row.id] for row in past}
        return self._keys_before

    def _stood_at(self, row: T) -> set[Hashable]:
        """The keys under which the loader wrote a row."""
        return {key for key, moved in self._moved().items() if moved.pk == row.pk}

    def _removed_keys(self) -> set[Hashable]:
        """Every key that a row had which a person removed."""
        if self._removed is None:
            gone = self._model.history.filter(history_type="-").exclude(request_id=LOADER)
            past = self._model.history.filter(id__in=gone.order_by().values("id"))
            self._removed = {self._key(row) for row in past}
        return self._removed
