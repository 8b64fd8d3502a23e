"""The timeline of a record and of its parts, newest first; for the public from the first publication on.

Neighbouring rows are paired from one list for each kind of record, so that a long history costs no more queries.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from commitments.history.enums import ChangeKind


@dataclass(frozen=True, slots=True)
class Track:
    """The rows of history of one kind of record that belong to one timeline.

    `fields` are the columns whose change is worth telling. `is_public` says whether a row shows a published state;
    `published_with` gives the row that made the record it hangs on public, None while that is not public.
    """

    rows: Iterable[Any]
    fields: tuple[str, ...]
    is_public: Callable[[Any], bool] = lambda row: True
    published_with: Callable[[Any], Any | None] | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """One column before and after."""

    field: str
    was: Any
    now: Any


@dataclass(frozen=True, slots=True)
class Edit:
    """What happened to one record: the row of history after it, and the last one shown before it, if any."""

    kind: ChangeKind
    row: Any
    before: Any | None
    differences: tuple[Difference, ...] = ()

    @property
    def model(self) -> type[Any]:
        """The kind of record."""
        kind: type[Any] = self.row.instance_type
        return kind


@dataclass(frozen=True, slots=True)
class Entry:
    """What one author did at one moment: one or more edits. `why` and `user_id` are for the workspace alone."""

    at: datetime
    role: str
    country: str
    group: str
    door: str
    request_id: str
    public_reason: str
    edits: tuple[Edit, ...]
    user_id: int | None = None
    why: str = ""
    #: The language of the public reason, where the rows were read with it; empty stands for English.
    reason_in: str = ""


@dataclass(frozen=True, slots=True)
class _Shown:
    """An edit and the row whose author and moment it is told under."""

    edit: Edit
    stamp: Any


def timeline(tracks: Iterable[Track], *, public: bool) -> list[Entry]:
    """All that happened, newest first. One query for each track.

    For the public: published states only, parts from the publication of the whole on, no internal reason, no person.
    """
    shown = [item for track in tracks for item in _edits(track, public)]
    shown.sort(key=lambda item: (item.stamp.history_date, _author(item.stamp, public)), reverse=True)
    grouped = groupby(shown, key=lambda item: (item.stamp.history_date, _author(item.stamp, public)))
    return [_entry([item.edit for item in items], author, at, public) for (at, author), items in grouped]


def first_public_row(rows: Iterable[Any], is_public: Callable[[Any], bool]) -> Any | None:
    """The row that first shows a published state, oldest first; None while there is none."""
    return next((row for row in sorted(rows, key=_order) if is_public(row)), None)


def _edits(track: Track, public: bool) -> Iterator[_Shown]:
    by_record: dict[int, list[Any]] = defaultdict(list)
    for row in sorted(track.rows, key=_order):
        by_record[row.id].append(row)
    for rows in by_record.values():
        yield from (_public_edits(track, rows) if public else _all_edits(track, rows))


def _all_edits(track: Track, rows: list[Any]) -> Iterator[_Shown]:
    before = None
    for row in rows:
        edit = _edit(track, row, before)
        if edit is not None:
            yield _Shown(edit, row)
        before = row


def _public_edits(track: Track, rows: list[Any]) -> Iterator[_Shown]:
    """Published states only; what a part was before the whole became public is told once, with that publication."""
    before, early, stamp = None, None, None
    for row in rows:
        stamp = track.published_with(row) if track.published_with else row
        is_removal = row.history_type == ChangeKind.REMOVED
        if stamp is None or not (is_removal or track.is_public(row)):
            continue
        if row.history_date < stamp.history_date:
            early = None if is_removal else row
            continue
        if early is not None and before is None:
            yield _Shown(Edit(ChangeKind.CREATED, early, None), stamp)
            before = early
        if is_removal and before is None:
            continue
        edit = _edit(track, row, before)
        if edit is not None:
            yield _Shown(edit, row)
        before = row
    if early is not None and before is None:
        yield _Shown(Edit(ChangeKind.CREATED, early, None), stamp)


def _edit(track: Track, row: Any, before: Any | None) -> Edit | None:
    """The step from one row to the next; None where nothing that is told differs."""
    if row.history_type == ChangeKind.REMOVED:
        return Edit(ChangeKind.REMOVED, row, before)
    if before is None:
        return Edit(ChangeKind.CREATED, row, None)
    differences = tuple(
        Difference(field, getattr(before, field), getattr(row, field))
        for field in track.fields
        if getattr(before, field) != getattr(row, field)
    )
    return Edit(ChangeKind.CHANGED, row, before, differences) if differences else None


def _entry(edits: list[Edit], author: tuple[Any, ...], at: datetime, public: bool) -> Entry:
    role, country, group, door, request_id, public_reason, reason_in, why, user_id = author
    return Entry(
        at=at,
        role=role,
        country=country,
        group=group,
        door=door,
        request_id=request_id,
        public_reason=public_reason,
        reason_in=reason_in,
        edits=tuple(edits),
        user_id=None if public else int(user_id) if user_id else None,
        why="" if public else why,
    )


def _author(row: Any, public: bool) -> tuple[str, ...]:
    """Who acted, as comparable text: edits under one author and moment are told together."""
    private = ("", "") if public else (row.history_change_reason or "", str(row.history_user_id or ""))
    return (
        row.actor_role,
        row.actor_country,
        row.actor_group,
        row.door,
        row.request_id,
        row.public_reason,
        getattr(row, "reason_in", "") or "",
        *private,
    )


def _order(row: Any) -> tuple[datetime, int]:
    return (row.history_date, row.history_id)
