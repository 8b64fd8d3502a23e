"""The one write path: create, change and remove tracked records, each with one row of history."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.db import models, transaction

from commitments.history import statements
from commitments.history.enums import ChangeKind
from commitments.history.marks import leave_mark
from commitments.history.models import TrackedModel
from commitments.history.writing import Change, writing
from commitments.roles.actor import Actor

T = TypeVar("T", bound=TrackedModel)


class EditedMeanwhileError(Exception):
    """Somebody else changed the record since it was read; nothing was written.

    `current` is the record as it stands now, `typed` what this person wanted to write.
    """

    def __init__(self, current: TrackedModel, typed: dict[str, Any]) -> None:
        super().__init__(f"{type(current).__name__} {current.pk} is at version {current.version}")
        self.current = current
        self.typed = typed


def create(row: T, *, by: Actor, at: datetime, why: str = "", public_reason: str = "") -> T:
    """Store a new record with its first row of history."""
    with transaction.atomic(), writing(Change(by, public_reason)):
        _stamp(row, at, why)
        row.save(force_insert=True)
        leave_mark()
    return row


def change(
    row: T,
    *,
    by: Actor,
    at: datetime,
    why: str = "",
    public_reason: str = "",
    version: int | None = None,
    **fields: Any,
) -> T:
    """Write new values: fresh read under lock, version check, one row of history, none without a difference.

    `version` is the one that the author read; EditedMeanwhileError when the record has moved on and a value differs.
    Returns the record as it stands; `row` itself is brought up to date too.
    """
    _refuse_bare_translations(row, fields)
    with transaction.atomic(), writing(Change(by, public_reason)):
        fresh = type(row)._base_manager.select_for_update().get(pk=row.pk)
        different = {name: value for name, value in fields.items() if _differs(fresh, name, value)}
        if not different:
            return _bring_up_to_date(row, fresh)
        if version is not None and fresh.version != version:
            raise EditedMeanwhileError(fresh, fields)
        for name, value in different.items():
            setattr(fresh, name, value)
        fresh.version += 1
        statements.update(fresh, different)
        statements.tell(type(row), [fresh.pk], ChangeKind.CHANGED, at, why)
        leave_mark()
    return _bring_up_to_date(row, fresh)


#: How many records are written at once: keeps memory flat, and a statement below what SQLite takes.
BATCH = 2000


def create_many(rows: Sequence[T], *, by: Actor, at: datetime, why: str = "", public_reason: str = "") -> None:
    """Store new records of one kind, each with its first row of history, in statements of many rows.

    The same as `create` for each of them, column by column; the records come back with their ids.
    """
    with transaction.atomic(), writing(Change(by, public_reason)):
        for batch in _batches(rows):
            statements.insert(batch)
            statements.tell(type(batch[0]), [row.pk for row in batch], ChangeKind.CREATED, at, why)
        if rows:
            leave_mark()


def change_many(
    rows: Sequence[T], *, by: Actor, at: datetime, why: str = "", public_reason: str = "", **fields: Any
) -> int:
    """Write the same new values to many records of one kind; how many differed and were written.

    The same as `change` for each of them: fresh read under lock, one row of history, none without a difference.
    """
    written = 0
    with transaction.atomic(), writing(Change(by, public_reason)):
        for batch in _batches(rows):
            _refuse_bare_translations(batch[0], fields)
            model = type(batch[0])
            fresh = model._base_manager.select_for_update().filter(pk__in=[row.pk for row in batch]).order_by("pk")
            moved = [row.pk for row in fresh if any(_differs(row, name, value) for name, value in fields.items())]
            if moved:
                here: models.QuerySet[Any] = models.QuerySet(model).filter(pk__in=moved)
                here.update(**fields, version=models.F("version") + 1)
                statements.tell(model, moved, ChangeKind.CHANGED, at, why)
            written += len(moved)
        if written:
            leave_mark()
    return written


def locked(row: T, *, version: int | None = None) -> T:
    """The record as it stands, locked until the transaction around ends; EditedMeanwhileError if it moved on.

    For steps that first look and then write: call inside `transaction.atomic()`.
    """
    fresh = type(row)._base_manager.select_for_update().get(pk=row.pk)
    if version is not None and fresh.version != version:
        raise EditedMeanwhileError(fresh, {})
    return fresh


def remove(row: TrackedModel, *, by: Actor, at: datetime, why: str = "", public_reason: str = "") -> None:
    """Delete a record; its history stays and ends with the deletion."""
    with transaction.atomic(), writing(Change(by, public_reason)):
        _stamp(row, at, why)
        row.delete()
        leave_mark()


def _batches(rows: Sequence[T]) -> list[Sequence[T]]:
    return [rows[first : first + BATCH] for first in range(0, len(rows), BATCH)]


def _differs(row: TrackedModel, name: str, value: Any) -> bool:
    """Whether a value is another one than the stored; another record is told by its key, without reading it."""
    field = type(row)._meta.get_field(name)
    if isinstance(field, models.ForeignKey) and name == field.name:
        return bool(getattr(row, field.attname) != (value.pk if value is not None else None))
    return bool(getattr(row, name) != value)


def _stamp(row: TrackedModel, at: datetime, why: str) -> None:
    row._history_date = at  # read by django-simple-history
    row._change_reason = why


def _bring_up_to_date(row: T, fresh: T) -> T:
    for field in row._meta.concrete_fields:
        setattr(row, field.attname, getattr(fresh, field.attname))
    return row


def _refuse_bare_translations(row: TrackedModel, fields: dict[str, Any]) -> None:
    """A translated field is written by its language column only: `title_es`, never `title`."""
    for name in fields:
        if type(row).translated_columns(name):
            raise ValueError(f"{type(row).__name__}.{name} is translated: name the language column.")
