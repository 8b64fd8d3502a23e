"""The statements that store records and their history. For `history.actions` alone, inside its transaction."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, models

from commitments.history.enums import ChangeKind
from commitments.history.models import TrackedModel

#: How many values one statement carries: below what SQLite takes.
VALUES = 30_000


def insert(rows: Sequence[TrackedModel]) -> None:
    """Store new records of one kind, many in a statement; they come back with their ids.

    What `bulk_create` does, in a third of its time: a value that many records share is made ready once.
    """
    model: Any = type(rows[0])
    name: Any = connection.ops.quote_name
    key = model._meta.pk
    fields = [field for field in model._meta.concrete_fields if field is not key]
    into = f"INSERT INTO {name(model._meta.db_table)} ({', '.join(name(field.column) for field in fields)}) VALUES"
    many = VALUES // len(fields)
    columns: list[tuple[Any, dict[Any, Any]]] = [(field, {}) for field in fields]
    database = connections[DEFAULT_DB_ALIAS]  # itself: what stands for it is asked anew for each value
    for batch in (rows[first : first + many] for first in range(0, len(rows), many)):
        given: list[Any] = []
        told = [", ".join([_mark(_ready(row, *column, database), given) for column in columns]) for row in batch]
        with database.cursor() as cursor:
            cursor.execute(f"{into} ({'), ('.join(told)}) RETURNING {name(key.column)}", given)
            for row, (pk,) in zip(batch, cursor.fetchall(), strict=True):
                row.pk, row._state.adding, row._state.db = pk, False, database.alias


def _mark(value: Any, given: list[Any]) -> str:
    """A value in the text of a statement: what cannot say anything else as it is, the rest handed over beside it."""
    if value is None:
        return "NULL"
    if type(value) is int:
        return str(value)
    if value == "":
        return "''"
    given.append(value)
    return "%s"


def _ready(row: TrackedModel, field: Any, known: dict[Any, Any], database: Any) -> Any:
    """A value as the database takes it."""
    value = getattr(row, field.attname)
    try:
        return known[value]
    except KeyError:
        found = known[value] = field.get_db_prep_save(value, database)
        return found
    except TypeError:  # lists have no hash
        return field.get_db_prep_save(value, database)


def update(row: TrackedModel, names: Iterable[str]) -> None:
    """Store these columns of a record that is locked, its version, and the plain columns beside language columns."""
    columns = {name: getattr(row, name) for name in (*names, *_translated(type(row)), "version")}
    models.QuerySet(type(row)).filter(pk=row.pk).update(**columns)


@cache
def _translated(model: type[TrackedModel]) -> list[str]:
    return [field.name for field in model._meta.concrete_fields if model.translated_columns(field.name)]


def tell(model: type[TrackedModel], ids: Sequence[int], kind: ChangeKind, at: datetime, why: str) -> None:
    """One row of history for each of these records as it now stands: copied inside the database, in one statement."""
    stamp = model.history.model(history_date=at, history_type=kind.value, history_change_reason=why).stamped()
    statement, said = _copying(model)
    values = [field.get_db_prep_save(getattr(stamp, field.attname), connection) for field in said]
    with connection.cursor() as cursor:
        cursor.execute(statement.format(ids=", ".join(["%s"] * len(ids))), [*values, *ids])


@cache
def _copying(model: type[TrackedModel]) -> tuple[str, list[Any]]:
    """The statement that copies records into their history, and the columns that it is told beside theirs."""
    history = model.history.model._meta
    name: Any = connection.ops.quote_name
    kept = [field.column for field in model.history.model.tracked_fields]
    said = [field for field in history.concrete_fields if field.column not in kept and not field.primary_key]
    into = ", ".join(name(column) for column in (*kept, *(field.column for field in said)))
    out = ", ".join([*map(name, kept), *["%s"] * len(said)])
    key = name(model._meta.pk.column)
    return (
        f"INSERT INTO {name(history.db_table)} ({into}) SELECT {out} FROM {name(model._meta.db_table)}"  # noqa: S608
        f" WHERE {key} IN ({{ids}}) ORDER BY {key}"
    ), said
