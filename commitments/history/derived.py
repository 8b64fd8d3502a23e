"""What is kept beside records and worked out anew in the transaction of every change that moves it, such as counts.

The rooms that keep something say at start of which columns it is made. `history.actions` alone calls for it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models

#: Works something out anew for these records (their ids, in order).
Work = Callable[[Sequence[int]], None]


@dataclass(frozen=True, slots=True)
class Kept:
    """Something kept: made of these columns of a model, for the record that its column `of` names."""

    of: str
    columns: frozenset[str]
    work: Work


_kept: dict[type[models.Model], Kept] = {}


def keep(model: type[models.Model], *, of: str, columns: Iterable[str], work: Work) -> None:
    """Say that something hangs on these columns of a model. Fields are named as in the model, without `_id`."""
    _kept[model] = Kept(of, frozenset(columns), work)


def owner(row: models.Model) -> set[Any]:
    """For which record something is kept that hangs on this row as it stands; none where nothing is."""
    kept = _kept.get(type(row))
    return {getattr(row, kept.of)} if kept else set()


def work_out(model: type[models.Model], owners: Iterable[Any], columns: Iterable[str] | None = None) -> None:
    """Work out what is kept for these records; `columns` are those that changed, None where a row came or went."""
    kept = _kept.get(model)
    if kept is None or not (columns is None or kept.columns & {name.removesuffix("_id") for name in columns}):
        return
    ids = sorted({pk for pk in owners if pk is not None})
    if ids:
        kept.work(ids)


def work_out_many(model: type[models.Model], ids: Sequence[int], columns: Iterable[str] | None = None) -> None:
    """The same for many rows of a model that now stand as they do."""
    kept = _kept.get(model)
    if kept is not None:
        work_out(model, models.QuerySet(model).filter(pk__in=ids).values_list(kept.of, flat=True), columns)
