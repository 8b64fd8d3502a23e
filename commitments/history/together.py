"""Rows of several tables read in one query: each comes as lists of values, and is made into the row that it was."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from typing import Any

from django.db.models import (
    CharField,
    ExpressionWrapper,
    F,
    JSONField,
    Model,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Cast, JSONArray

#: Numbers as exact as they are stored.
_LISTS = JSONField(decoder=partial(json.JSONDecoder, parse_float=Decimal))  # type: ignore[arg-type]


def together(**parts: QuerySet[Any]) -> dict[str, list[Any]]:
    """The rows that each of these gives, with what it joins and annotates, by its name; in no order. One query.

    A part that is cut to its first rows names them inside: `rows.filter(pk__in=newest[:25])`.
    """
    if not parts:
        return {}
    shapes = {name: list(_shapes(rows)) for name, rows in parts.items()}
    most = max(map(len, shapes.values()))
    first, *rest = (_listed(name, rows, shapes[name], most) for name, rows in parts.items())
    found: dict[str, list[Any]] = {name: [] for name in parts}
    for name, *lists in first.union(*rest, all=True) if rest else first:
        found[name].append(_row(shapes[name], lists))
    return found


@dataclass(frozen=True, slots=True)
class _Shape:
    """What is read of a table: the rows themselves, or those joined to them at a path."""

    path: tuple[str, ...]
    model: type[Model]
    fields: tuple[Any, ...]
    along: Mapping[str, Any]

    def listed(self, query: Any) -> ExpressionWrapper:
        """The values of a row as one list, in a query that joins the table where it does not yet."""
        first = query.get_initial_alias()
        table = query.setup_joins(self.path, query.get_meta(), first).joins[-1] if self.path else first
        columns = [_told(field, field.get_col(table)) for field in self.fields]
        annotated = [_told(expression.output_field, F(name)) for name, expression in self.along.items()]
        return ExpressionWrapper(JSONArray(*columns, *annotated), output_field=_LISTS)

    def row(self, values: list[Any]) -> Model | None:
        """The row with these values; None where nothing is joined."""
        if values[self.fields.index(self.model._meta.pk)] is None:
            return None
        read = [_read(field, value) for field, value in zip(self.fields, values, strict=False)]
        row = self.model.from_db("default", [field.attname for field in self.fields], read)
        for (name, expression), value in zip(self.along.items(), values[len(self.fields) :], strict=True):
            setattr(row, name, _read(expression.output_field, value))
        return row


def _shapes(rows: QuerySet[Any]) -> Iterator[_Shape]:
    query = rows.query
    mask = query.get_select_mask()
    yield _Shape((), rows.model, _fields(rows.model, mask), query.annotations)
    joined = query.select_related if isinstance(query.select_related, dict) else {}
    yield from _joined(rows.model, joined, mask, ())


def _joined(model: type[Model], names: dict[str, Any], mask: Any, path: tuple[str, ...]) -> Iterator[_Shape]:
    for name, further in names.items():
        field: Any = model._meta.get_field(name)
        # Of what points here from another table, the mask names the column there.
        here, inside = (*path, name), mask.get(field if field.concrete else field.field, {})
        yield _Shape(here, field.related_model, _fields(field.related_model, inside), {})
        yield from _joined(field.related_model, further, inside, here)


def _fields(model: type[Model], mask: Any) -> tuple[Any, ...]:
    return tuple(field for field in model._meta.concrete_fields if not mask or field in mask)


def _listed(name: str, rows: QuerySet[Any], shapes: Iterable[_Shape], most: int) -> QuerySet[Any]:
    # Columns as they are stored, and in this order: no queryset that translates names.
    plain: QuerySet[Any] = QuerySet(rows.model, rows.query.chain(), rows.db).order_by()
    lists = [shape.listed(plain.query) for shape in shapes]
    lists += [ExpressionWrapper(JSONArray(), output_field=_LISTS)] * (most - len(lists))
    named = {f"list_{place}": one for place, one in enumerate(lists)}
    return plain.annotate(part_of=Value(name, output_field=CharField()), **named).values_list("part_of", *named)


def _row(shapes: Iterable[_Shape], lists: Iterable[list[Any]]) -> Any:
    """A row with all that is joined to it in its place."""
    made: dict[tuple[str, ...], Any] = {}
    for shape, values in zip(shapes, lists, strict=False):
        row = made[shape.path] = shape.row(values)
        holder = made[shape.path[:-1]] if shape.path else None
        if holder is not None:
            holder._state.fields_cache[shape.path[-1]] = row
    return made[()]


def _told(field: Any, column: Any) -> Any:
    """A column as it stands in a list: what is a document itself, as text."""
    return Cast(column, TextField()) if isinstance(field, JSONField) else column


def _read(field: Any, value: Any) -> Any:
    """A value as its column holds it: numbers, words and keys are so already."""
    reader = _READERS.get(field.get_internal_type())
    return reader(field, value) if reader is not None and value is not None else value


def _moment(field: Any, value: str) -> datetime:
    read: datetime = field.to_python(value)
    return read if read.tzinfo else read.replace(tzinfo=UTC)


def _figure(field: Any, value: Any) -> Decimal:
    figure: Decimal = field.to_python(value)
    return figure.quantize(Decimal(1).scaleb(-field.decimal_places))


_READERS: Mapping[str, Callable[[Any, Any], Any]] = {
    "BooleanField": lambda field, value: bool(value),
    "DateField": lambda field, value: field.to_python(value),
    "DateTimeField": _moment,
    "DecimalField": _figure,
    "JSONField": lambda field, value: json.loads(value),
}
