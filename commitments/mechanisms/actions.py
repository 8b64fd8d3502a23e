"""Settings decided from a day on: announced, changed or taken back before they begin, never backwards."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from commitments.formats.dates import site_day
from commitments.history import actions
from commitments.history.actions import EditedMeanwhileError, Refused
from commitments.mechanisms.models import OfficeSettings, Thresholds
from commitments.mechanisms.queries import Settings
from commitments.roles.actor import Actor


class BeginsInThePast(Refused):
    """Nothing is decided backwards."""

    field = "valid_from"
    sentence = _("The first day must be today or later: nothing is applied backwards")


class DayIsTaken(Refused):
    """Two sets of values cannot begin on one day."""

    field = "valid_from"
    sentence = _("Other settings begin on this day. Choose another day")


class HasBegun(Refused):
    """What has held for a day stays on record."""

    sentence = _("These settings have begun, so they stay on record. Decide new ones instead")


class DecidedMeanwhile(Refused):
    """Somebody else decided settings since the form was opened."""

    sentence = _("Somebody else decided other settings meanwhile. Look at them under Settings, then save again")


def newest_of(row: Settings) -> str:
    """Which decision is the newest beside this one: a form says with it what its author had before them."""
    newest = _beside(row).order_by("-id").first()
    return f"{newest.pk}.{newest.version}" if newest is not None else ""


def decide(row: Settings, *, newest_read: str, by: Actor, at: datetime, public_reason: str, why: str = "") -> Settings:
    """Store settings that hold from a day on. Raises BeginsInThePast, DayIsTaken, DecidedMeanwhile."""
    with transaction.atomic():
        _refuse_past(row.valid_from, at)
        list(_beside(row).select_for_update())
        if newest_of(row) != newest_read:
            raise DecidedMeanwhile
        _refuse_taken(row)
        return actions.create(row, by=by, at=at, why=why, public_reason=public_reason)


def change_decision(
    row: Settings, *, version: int, by: Actor, at: datetime, public_reason: str, why: str = "", **values: Any
) -> Settings:
    """Change settings that have not begun.

    Raises HasBegun, BeginsInThePast, DayIsTaken, history.actions.EditedMeanwhileError.
    """
    with transaction.atomic():
        fresh = actions.locked(row)
        if fresh.valid_from <= site_day(at):
            raise HasBegun
        if fresh.version != version:
            raise EditedMeanwhileError(fresh, values)
        _refuse_past(values.get("valid_from", fresh.valid_from), at)
        for name, value in values.items():
            setattr(row, name, value)
        _refuse_taken(row)
        return actions.change(fresh, by=by, at=at, why=why, public_reason=public_reason, **values)


def take_back(row: Settings, *, version: int, by: Actor, at: datetime, why: str) -> None:
    """Take back settings that have not begun.

    Raises history.actions.NoReason, HasBegun, history.actions.EditedMeanwhileError.
    """
    if not why:
        raise actions.NoReason
    with transaction.atomic():
        fresh = actions.locked(row)
        if fresh.valid_from <= site_day(at):
            raise HasBegun
        if fresh.version != version:
            raise EditedMeanwhileError(fresh, {})
        actions.remove(fresh, by=by, at=at, why=why)


def _refuse_past(day: date, at: datetime) -> None:
    if day < site_day(at):
        raise BeginsInThePast


def _refuse_taken(row: Settings) -> None:
    if _beside(row).filter(valid_from=row.valid_from).exists():
        raise DayIsTaken


def _beside(row: Settings) -> Any:
    """The other decisions of the same kind."""
    if isinstance(row, Thresholds):
        return Thresholds.objects.filter(mechanism_id=row.mechanism_id).exclude(pk=row.pk)
    return OfficeSettings.objects.exclude(pk=row.pk)
