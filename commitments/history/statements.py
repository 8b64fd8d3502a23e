"""The statements that store records and their history. For `history.actions` alone, inside its transaction."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection, models
from django.db.models.expressions import RawSQL

from commitments.history.enums import ChangeKind
from commitments.history.models import TrackedModel


def insert(like: TrackedModel, names: Sequence[str], values: Sequence[Sequence[Any]]) -> list[int]:
    """Store new records of one kind, the same as `like` but for these columns; their ids. One statement.

    What differs goes in as one value, which the database itself takes apart: any number costs the same statement.
    """
    model: Any = type(like)
    name: Any = connection.ops.quote_name
    fields = {field.attname: field for field in model._meta.concrete_fields if not field.primary_key}
    own = [fields.pop(attname) for attname in names]
    columns = [[field.get_db_prep_save(value, connection) for value in column] for field, column in _by(own, values)]
    taken, rows, given = _apart(own, columns)
    shared = [field.get_db_prep_save(getattr(like, field.attname), connection) for field in fields.values()]
    into = ", ".join(name(field.column) for field in (*fields.values(), *own))
    out = ", ".join((*["%s"] * len(shared), *taken))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {name(model._meta.db_table)} ({into}) SELECT {out} FROM {rows}"  # noqa: S608  # our names
            f" RETURNING {name(model._meta.pk.column)}",
            [*shared, *given],
        )
        return [pk for (pk,) in cursor.fetchall()]


def _by(fields: Sequence[Any], values: Sequence[Sequence[Any]]) -> Iterator[tuple[Any, tuple[Any, ...]]]:
    """The values of each column, from those of each row."""
    return zip(fields, zip(*values, strict=True), strict=True)


def _apart(fields: Sequence[Any], columns: list[list[Any]]) -> tuple[list[str], str, list[Any]]:
    """How a statement reads columns handed over whole: an expression for each, the table they make, and the values."""
    if connection.vendor == "postgresql":
        marks = ", ".join(f"%s::{field.db_type(connection)}[]" for field in fields)
        told = [f"told.c{place}" for place in range(len(fields))]
        return told, f"unnest({marks}) AS told ({', '.join(column[5:] for column in told)})", columns
    told = [f"json_extract(told.value, '$[{place}]')" for place in range(len(fields))]
    return told, "json_each(%s) AS told", [json.dumps(list(zip(*columns, strict=True)), default=str)]


def among(ids: Sequence[int]) -> RawSQL:
    """A condition's list of ids, as one value however many they are."""
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::bigint[])", [list(ids)])  # no text of anybody's
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(list(ids))])


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
    chosen = among(ids)
    with connection.cursor() as cursor:
        cursor.execute(statement.format(ids=chosen.sql), [*values, *chosen.params])


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
