"""What a commitment rests on, and what documents say of its state: recorded, changed, taken away after it was recorded.

What a document says of a commitment's state changes no colour.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy

from commitments.formats.dates import site_day
from commitments.formats.partial import PartialDate
from commitments.history import actions as history
from commitments.register.enums import ReportedBasis, ReportedValue, SourceRole
from commitments.register.models import Commitment, CommitmentSource, ReportedStatus
from commitments.roles.actor import Actor
from commitments.sources.actions import cite, cite_again
from commitments.sources.models import Source

#: What is named here stands after all that the files of the record may come to name.
FIRST_OWN_POSITION = 1000


class NamedAlreadyError(history.Refused):
    """A document is named once."""

    field = "source_title"
    sentence = gettext_lazy("This document is on record here already. Change what is on record instead")


class RestsOnItError(history.Refused):
    """A commitment rests on a document as long as it is on record."""

    sentence = gettext_lazy("The commitment rests on this document. Put another one in its place instead")


class SaidAlreadyError(history.Refused):
    """What one document says of one day is recorded once."""

    field = "as_of"
    sentence = gettext_lazy("What this document says of this day is on record already. Change that instead")


class AheadError(history.Refused):
    """A document speaks of what has been."""

    field = "as_of"
    sentence = gettext_lazy("This day cannot lie ahead")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A document that a commitment rests on, and whether somebody read it there."""

    source: Source
    is_verified: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """What a document says of a commitment's state: stated there or derived from its figures, as of when."""

    value: ReportedValue
    basis: ReportedBasis
    as_of: PartialDate | None
    source: Source

    def columns(self) -> dict[str, Any]:
        """The words and the day as columns."""
        return {
            "value": self.value.value,
            "basis": self.basis.value,
            "as_of": self.as_of.first if self.as_of else None,
            "as_of_precision": self.as_of.precision.value if self.as_of else "",
        }


def name_source(*, commitment: Commitment, said: Named, by: Actor, at: datetime) -> CommitmentSource:
    """Name one more document: the main one where there is none. Raises NamedAlreadyError."""
    with transaction.atomic():
        history.locked(commitment)
        beside = CommitmentSource.objects.filter(commitment=commitment)
        _refuse_twice(beside, said.source)
        last = beside.aggregate(last=Max("position"))["last"]
        row = CommitmentSource(
            commitment=commitment,
            source=cite(said.source, by=by, at=at),
            role=SourceRole.FURTHER if beside.filter(role=SourceRole.MAIN).exists() else SourceRole.MAIN,
            is_verified=said.is_verified,
            position=max(FIRST_OWN_POSITION, (last or 0) + 1),
        )
        return history.create(row, by=by, at=at)


def change_source(
    *, row: CommitmentSource, said: Named, by: Actor, at: datetime, public_reason: str, version: int
) -> CommitmentSource:
    """Put another document in the place of one, or say whether it was read there. Raises Refused."""
    with transaction.atomic():
        fresh = _fresh(row, public_reason)
        beside = CommitmentSource.objects.filter(commitment_id=row.commitment_id).exclude(pk=row.pk)
        if fresh.version == version:
            _refuse_twice(beside, said.source)
        source = cite_again(fresh.source, said.source, by=by, at=at)
        columns: dict[str, Any] = {"source": source, "is_verified": said.is_verified}
        return history.change(fresh, by=by, at=at, public_reason=public_reason, version=version, **columns)


def report_status(*, commitment: Commitment, said: Reported, by: Actor, at: datetime) -> ReportedStatus:
    """Put on record what a document says of a commitment's state. Raises Refused."""
    with transaction.atomic():
        history.locked(commitment)
        _refuse_status(ReportedStatus.objects.filter(commitment=commitment), said, at)
        row = ReportedStatus(commitment=commitment, source=cite(said.source, by=by, at=at), **said.columns())
        return history.create(row, by=by, at=at)


def change_status(
    *, row: ReportedStatus, said: Reported, by: Actor, at: datetime, public_reason: str, version: int
) -> ReportedStatus:
    """Put right what a document says. Raises Refused, EditedMeanwhileError."""
    with transaction.atomic():
        fresh = _fresh(row, public_reason)
        if fresh.version == version:
            _refuse_status(ReportedStatus.objects.filter(commitment_id=row.commitment_id).exclude(pk=row.pk), said, at)
        columns = said.columns() | {"source": cite_again(fresh.source, said.source, by=by, at=at)}
        return history.change(fresh, by=by, at=at, public_reason=public_reason, version=version, **columns)


def take_away(
    *, row: CommitmentSource | ReportedStatus, by: Actor, at: datetime, public_reason: str, version: int
) -> None:
    """Remove what was recorded by mistake; the history keeps it. Raises Refused, EditedMeanwhileError."""
    with transaction.atomic():
        fresh = _fresh(row, public_reason)
        if isinstance(fresh, CommitmentSource) and fresh.role == SourceRole.MAIN:
            raise RestsOnItError
        history.remove(history.locked(fresh, version=version), by=by, at=at, public_reason=public_reason)


def _fresh(row: Any, public_reason: str) -> Any:
    """The row under lock, after its commitment: whoever looks at what is on record before writing waits for others."""
    commitment = history.locked(row.commitment)
    if commitment.is_public and not public_reason:
        raise history.NoReason
    return history.locked(row)


def _refuse_twice(beside: Any, source: Source) -> None:
    if beside.filter(source__title=source.title, source__url=source.url).exists():
        raise NamedAlreadyError


def _refuse_status(beside: Any, said: Reported, at: datetime) -> None:
    if said.as_of and said.as_of.first_day > site_day(at):
        raise AheadError
    first = said.as_of.first if said.as_of else None
    if beside.filter(as_of=first, source__title=said.source.title, source__url=said.source.url).exists():
        raise SaidAlreadyError
