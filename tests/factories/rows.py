"""One valid row of any tracked model, for tests that ask the same of every model.

Columns that must hold something are filled by their type; foreign keys get rows of their own. Where a constraint wants
more than types tell, `NEEDS` says it.
"""

import itertools
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.db import models

from accounts.models import User
from commitments.history import actions
from commitments.history.models import TrackedModel
from commitments.indicators.models import Evidence, Measurement, StatusByHand, Target
from commitments.mechanisms.models import Country
from commitments.register.models import Commitment, Party
from commitments.reporting.models import CycleExtension, ProgressReport
from commitments.sources.models import Source
from commitments.working_groups.models import Alignment, GroupRole
from tests.cast import NOON, STAGE

_numbers = itertools.count(1)

#: Columns beyond those that types require, as functions that make them.
NEEDS: dict[type[TrackedModel], Callable[[], dict[str, Any]]] = {
    Alignment: lambda: {"kind": "not_placed"},
    Commitment: lambda: {"maker_country": stored(Country)},
    GroupRole: lambda: {"country": stored(Country)},
    Measurement: lambda: {"value": "1", "not_comparable_because": "another definition"},
    Party: lambda: {"country": stored(Country)},
    CycleExtension: lambda: {"country": stored(Country)},
    Evidence: lambda: {"commitment": stored(Commitment), "source": stored(Source)},
    ProgressReport: lambda: {"country": stored(Country)},
    StatusByHand: lambda: {"valid_from": date(2026, 1, 1), "valid_until": date(2026, 12, 31)},
    Target: lambda: {"value": "1"},
}


def unsaved(model: type[TrackedModel], **given: Any) -> TrackedModel:
    """A row that could be stored as it is."""
    values = {**NEEDS.get(model, dict)(), **given}
    for field in model._meta.concrete_fields:
        if field.primary_key or field.name in values or not _must_be_filled(field):
            continue
        values[field.name] = _value(field)
    return model(**values)


def stored(model: type[TrackedModel], **given: Any) -> TrackedModel:
    """A row stored through the write path."""
    return actions.create(unsaved(model, **given), by=STAGE, at=NOON)


def _must_be_filled(field: models.Field) -> bool:
    if isinstance(field, models.ForeignKey):
        return not field.null
    return not field.null and not field.has_default() and (field.unique or not field.blank)


def _value(field: models.Field) -> Any:
    number = next(_numbers)
    if isinstance(field, models.ForeignKey):
        if field.related_model is User:
            return User.objects.create_user(f"person{number}@example.org")
        return stored(field.related_model)
    if field.choices:
        return field.flatchoices[0][0]
    if isinstance(field, models.DateTimeField):
        return NOON + timedelta(minutes=number)
    if isinstance(field, models.DateField):
        return date(2020, 1, 1) + timedelta(days=number)
    if isinstance(field, models.CharField | models.TextField):
        text = f"{number:03d}"
        return text[-(field.max_length or 3) :]
    if isinstance(field, models.BooleanField):
        return False
    return number


#: What a change writes where the first column of a simple kind is bound by a constraint.
OTHER: dict[type[TrackedModel], dict[str, Any]] = {ProgressReport: {"summary": "zz"}, Party: {"position": 7}}


def other_value(row: TrackedModel) -> dict[str, Any]:
    """One column with another value than it has, as a change would write it; no constraint minds these kinds."""
    given = OTHER.get(type(row))
    if given and any(getattr(row, name) != value for name, value in given.items()):
        return given
    for kind in (models.BooleanField, models.PositiveSmallIntegerField, models.CharField, models.TextField):
        for field in row._meta.concrete_fields:
            # `public_reason` is the reason of the change itself: no change writes it as a value.
            plain = not (field.choices or field.unique or type(row).translated_columns(field.name))
            plain = plain and field.name != "public_reason"
            if isinstance(field, kind) and plain:
                return {field.name: _another(getattr(row, field.name))}
    for field in row._meta.concrete_fields:
        if isinstance(field, models.DateField) and not field.null:
            return {field.name: date(2024, 2, 29)}
        if isinstance(field, models.ForeignKey) and not field.unique:
            return {field.name: _value(field)}
    raise AssertionError(f"{type(row).__name__} has no column that a test could change")


def _another(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    return value + 1 if isinstance(value, int) else ("zz" if value != "zz" else "yy")
