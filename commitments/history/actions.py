"""The one write path: create, change and remove tracked records, each with one row of history."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from commitments.history import derived, languages, statements
from commitments.history.enums import ChangeKind
from commitments.history.following import record_changed
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


class Refused(Exception):
    """What is said cannot be so, or a step is against a rule: `sentence` says why, `field` where a form shows it."""

    field: str | None = None
    sentence: str | Promise = ""


class NoReason(Refused):
    """What is public is changed with a public reason."""

    field = "public_reason"
    sentence = gettext_lazy("Say why; the reason is public")


def create(row: T, *, by: Actor, at: datetime, why: str = "", public_reason: str = "") -> T:
    """Store a new record with its first row of history."""
    with transaction.atomic(), writing(Change(by, public_reason)):
        _stamp(row, at, why)
        row.save(force_insert=True)
        languages.keep_reason(type(row), [row.pk], public_reason, by=by, at=at)
        derived.work_out(type(row), derived.owner(row))
        record_changed(type(row), [row.pk])
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
    _refuse_bare_translations(type(row), fields)
    with transaction.atomic(), writing(Change(by, public_reason)):
        fresh = type(row)._base_manager.select_for_update().get(pk=row.pk)
        different = {name: value for name, value in fields.items() if _differs(fresh, name, value)}
        if not different:
            return _bring_up_to_date(row, fresh)
        if version is not None and fresh.version != version:
            raise EditedMeanwhileError(fresh, fields)
        owners = derived.owner(fresh)
        before = languages.touched(fresh, different)
        for name, value in different.items():
            setattr(fresh, name, value)
        fresh.version += 1
        statements.update(fresh, different)
        statements.tell(type(row), [fresh.pk], ChangeKind.CHANGED, at, why)
        languages.keep_reason(type(row), [fresh.pk], public_reason, by=by, at=at)
        derived.work_out(type(row), owners | derived.owner(fresh), different)
        languages.follow(fresh, before, by=by, at=at)
        record_changed(type(row), [fresh.pk])
    return _bring_up_to_date(row, fresh)


def create_many(
    like: TrackedModel,
    names: Sequence[str],
    values: Sequence[Sequence[Any]],
    *,
    by: Actor,
    at: datetime,
    why: str = "",
    public_reason: str = "",
) -> list[int]:
    """Store new records of one kind that are as `like` is, but for these columns; their ids.

    The same as `create` for each of them, column by column, in as many statements for a hundred thousand as for one.
    """
    if not values:
        return []
    with transaction.atomic(), writing(Change(by, public_reason)):
        ids = statements.insert(like, names, values)
        statements.tell(type(like), ids, ChangeKind.CREATED, at, why)
        derived.work_out_many(type(like), ids)
        record_changed(type(like), ids)
    return ids


def change_many(
    rows: models.QuerySet[Any], *, by: Actor, at: datetime, why: str = "", public_reason: str = "", **fields: Any
) -> int:
    """Write the same new values to these records; how many differed and were written.

    The same as `change` for each of them: fresh read under lock, one row of history, none without a difference.
    `fields` are columns of the table (`country_id`). As many statements for any number.
    """
    model: type[TrackedModel] = rows.model
    _refuse_bare_translations(model, fields)
    new = tuple(fields.values())
    with transaction.atomic(), writing(Change(by, public_reason)):
        fresh = rows.select_for_update().order_by("pk").values_list("pk", *fields)
        moved = [pk for pk, *old in fresh if tuple(old) != new]
        if moved:
            here: models.QuerySet[Any] = models.QuerySet(model).filter(pk__in=statements.among(moved))
            here.update(**fields, version=models.F("version") + 1)
            statements.tell(model, moved, ChangeKind.CHANGED, at, why)
            languages.keep_reason(model, moved, public_reason, by=by, at=at)
            derived.work_out_many(model, moved, fields)
            record_changed(model, moved)
    return len(moved)


def locked(row: T, *, version: int | None = None) -> T:
    """The record as it stands, locked until the transaction around ends; EditedMeanwhileError if it moved on.

    For steps that first look and then write: call inside `transaction.atomic()`.
    """
    fresh = type(row)._base_manager.select_for_update().get(pk=row.pk)
    if version is not None and fresh.version != version:
        raise EditedMeanwhileError(fresh, {})
    return fresh


def translate(row: T, texts: Mapping[str, str], *, language: str, by: Actor, at: datetime, why: str, version: int) -> T:
    """Write fields of a record in another language than their own, read beside the original at a version.

    Every text that is given counts as looked at, changed or not. Raises EditedMeanwhileError when the record moved
    on, ValueError for a language in which one of the fields was written.
    """
    columns = {f"{field}_{language}": text for field, text in texts.items()}
    with transaction.atomic():
        fresh = locked(row)
        if fresh.version != version:
            raise EditedMeanwhileError(fresh, columns)
        known = languages.states_of(fresh, texts)
        for field in texts:
            if languages.original_of(languages.texts_of(fresh, field), known.get(field, {})) in {"", language}:
                raise ValueError(f"{field} is written in {language}: it is no translation.")
        new: dict[str, Any] = {name: text for name, text in columns.items() if text != (getattr(fresh, name) or "")}
        changed = change(fresh, by=by, at=at, why=why, **new)
        languages.look_at(changed, [field for field, text in texts.items() if text], language, by=by, at=at)
        record_changed(type(row), [changed.pk])
    return changed


def remove(row: TrackedModel, *, by: Actor, at: datetime, why: str = "", public_reason: str = "") -> None:
    """Delete a record; its history stays and ends with the deletion."""
    with transaction.atomic(), writing(Change(by, public_reason)):
        _stamp(row, at, why)
        key, owners = row.pk, derived.owner(row)
        row.delete()
        languages.keep_reason(type(row), [key], public_reason, by=by, at=at)
        derived.work_out(type(row), owners)
        record_changed(type(row), [key])


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


def _refuse_bare_translations(model: type[TrackedModel], fields: dict[str, Any]) -> None:
    """A translated field is written by its language column only: `title_es`, never `title`."""
    for name in fields:
        if model.translated_columns(name):
            raise ValueError(f"{model.__name__}.{name} is translated: name the language column.")
