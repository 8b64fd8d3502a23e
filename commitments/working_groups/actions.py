"""Who leads and takes part in a group, and what of the Declaration it works on: public facts, kept with their reasons.

A role here is a country's or an organization's. Who speaks for it as a person is an appointment.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from commitments.formats.dates import site_day
from commitments.formats.partial import PartialDate
from commitments.history import actions as history
from commitments.roles.actor import Actor
from commitments.sources.actions import cite, cite_again
from commitments.sources.models import Source
from commitments.working_groups.enums import AlignmentKind, GroupRoleKind
from commitments.working_groups.models import Alignment, GroupRole, Pillar, WorkingGroup


class HasARoleError(history.Refused):
    """A country or an organization has one role in a group at a time."""

    sentence = gettext_lazy("It has a role in this group already. Change that one, or end it first")

    def __init__(self, field: str) -> None:
        self.field = field


class EndsBeforeItBeginsError(history.Refused):
    """Nothing ends before it begins."""

    field = "until"
    sentence = gettext_lazy("The end cannot lie before the beginning")


class LiesAheadError(history.Refused):
    """A role is recorded once somebody has it, and ended once it has ended."""

    sentence = gettext_lazy("This day cannot lie ahead")

    def __init__(self, field: str) -> None:
        self.field = field


class HasEndedError(history.Refused):
    """An end that is on record is moved by a change, with its reason."""

    sentence = gettext_lazy("An end is on record already. Change it instead")


class IsPlacedError(history.Refused):
    """A group is placed once in the same place, and nowhere only where it has no place."""

    field = "kind"

    def __init__(self, sentence: str | Promise) -> None:
        self.sentence = sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidRole:
    """What is said of a role: which one, since when, until when, according to which document."""

    role: GroupRoleKind
    source: Source
    since: PartialDate | None = None
    until: date | None = None

    def columns(self) -> dict[str, Any]:
        """The role and its days as columns."""
        return {
            "role": self.role.value,
            "since": self.since.first if self.since else None,
            "since_precision": self.since.precision.value if self.since else "",
            "until": self.until,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidPlace:
    """Where a group is placed in the Declaration: at a workstream, at a pillar as a whole, or nowhere; by what."""

    kind: AlignmentKind
    workstream: WorkingGroup | None = None
    pillar: Pillar | None = None
    source: Source | None = None

    def columns(self) -> dict[str, Any]:
        """The place as columns; a workstream stands under its own pillar."""
        if self.kind is AlignmentKind.WORKSTREAM and self.workstream is not None:
            return {"kind": self.kind.value, "workstream": self.workstream, "pillar": self.workstream.pillar}
        pillar = self.pillar if self.kind is AlignmentKind.PILLAR else None
        return {"kind": self.kind.value, "workstream": None, "pillar": pillar}


def record_role(*, row: GroupRole, said: SaidRole, by: Actor, at: datetime) -> GroupRole:
    """Put a role on record: `row` says whose, in which group. Raises Refused."""
    with transaction.atomic():
        history.locked(row.group)
        _refuse_role(row, said.columns(), at)
        row.source = cite(said.source, by=by, at=at)
        return history.create(row, by=by, at=at)


def change_role(
    *, row: GroupRole, said: SaidRole, by: Actor, at: datetime, public_reason: str, version: int
) -> GroupRole:
    """Put a role right. Raises Refused, EditedMeanwhileError."""
    with transaction.atomic():
        fresh, columns = _fresh(row, public_reason), said.columns()
        if fresh.version == version:
            _refuse_role(_copy(fresh), columns, at)
        columns |= {"source": cite_again(fresh.source, said.source, by=by, at=at)}
        return history.change(fresh, by=by, at=at, public_reason=public_reason, version=version, **columns)


def end_role(*, row: GroupRole, until: date, by: Actor, at: datetime, public_reason: str, version: int) -> GroupRole:
    """Say on which day a role ended. Raises Refused, EditedMeanwhileError."""
    with transaction.atomic():
        fresh: GroupRole = _fresh(row, public_reason)
        if fresh.version == version:
            if fresh.until not in {None, until}:
                raise HasEndedError
            _refuse_role(_copy(fresh), {"until": until}, at)
        return history.change(fresh, by=by, at=at, public_reason=public_reason, version=version, until=until)


def record_place(*, row: Alignment, said: SaidPlace, by: Actor, at: datetime, public_reason: str = "") -> Alignment:
    """Say what of the Declaration a group works on. Raises Refused."""
    with transaction.atomic():
        history.locked(row.group)
        _refuse_place(row, said.columns())
        row.source = cite(said.source, by=by, at=at)
        return history.create(row, by=by, at=at, public_reason=public_reason)


def change_place(
    *, row: Alignment, said: SaidPlace, by: Actor, at: datetime, public_reason: str, version: int
) -> Alignment:
    """Place a group elsewhere. Raises Refused, EditedMeanwhileError."""
    with transaction.atomic():
        fresh, columns = _fresh(row, public_reason), said.columns()
        if fresh.version == version:
            tried = _copy(fresh)
            _refuse_place(tried, columns)
            if _place(tried) != _place(fresh):
                # The files say it of the place where it stood.
                columns["cited_in"] = []
        columns |= {"source": cite_again(fresh.source, said.source, by=by, at=at)}
        return history.change(fresh, by=by, at=at, public_reason=public_reason, version=version, **columns)


def take_away(*, row: GroupRole | Alignment, by: Actor, at: datetime, public_reason: str, version: int) -> None:
    """Remove what was recorded by mistake; the history keeps it. Raises NoReason, EditedMeanwhileError."""
    with transaction.atomic():
        fresh = _fresh(row, public_reason)
        history.remove(history.locked(fresh, version=version), by=by, at=at, public_reason=public_reason)


def _fresh(row: Any, public_reason: str) -> Any:
    """The row under lock, after its group: whoever looks at what is on record before writing waits for others."""
    if not public_reason:
        raise history.NoReason
    history.locked(row.group)
    return history.locked(row)


def _copy(row: Any) -> Any:
    """A copy to try columns on."""
    return type(row)(**{field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields})


def _try(row: Any, columns: dict[str, Any]) -> None:
    for name, value in columns.items():
        setattr(row, name, value)


def _refuse_role(row: GroupRole, columns: dict[str, Any], at: datetime) -> None:
    """Fill in a row that is not stored yet, and refuse what cannot be."""
    _try(row, columns)
    since, today = row.since_date, site_day(at)
    if since and row.until and row.until < since.first_day:
        raise EndsBeforeItBeginsError
    if since and since.first_day > today:
        raise LiesAheadError("since")
    if row.until and row.until > today:
        raise LiesAheadError("until")
    whose = {"country_id": row.country_id} if row.country_id else {"organization_id": row.organization_id or 0}
    beside = GroupRole.objects.filter(group_id=row.group_id, until__isnull=True, **whose).exclude(pk=row.pk)
    if row.until is None and beside.exists():
        raise HasARoleError("country" if row.country_id else "organization")


def _refuse_place(row: Alignment, columns: dict[str, Any]) -> None:
    _try(row, columns)
    beside = list(Alignment.objects.filter(group_id=row.group_id).exclude(pk=row.pk))
    if any(_place(other) == _place(row) for other in beside):
        raise IsPlacedError(gettext_lazy("The group is placed there already"))
    if row.is_nowhere and beside:
        raise IsPlacedError(gettext_lazy("The group has a place already. Take that away first, or change it"))
    if any(other.is_nowhere for other in beside):
        raise IsPlacedError(gettext_lazy("The record says that the group has no place. Change that instead"))


def _place(row: Alignment) -> tuple[Any, ...]:
    return row.kind, row.workstream_id, row.pillar_id if row.kind == AlignmentKind.PILLAR else None
