"""The only way to move a notice from state to state: lawful, conditional, fenced by the lease."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from commitments.notices.enums import SETTLED, NoticeState
from commitments.notices.models import Notice


class UnlawfulStepError(RuntimeError):
    """Somebody asked for a step that `NoticeState.may_become` does not allow. A mistake in the code."""


def step(notice: Notice, to: NoticeState, *, at: datetime, **columns: Any) -> bool:
    """Move one notice; False when it has moved on since it was read, or its lease went to somebody else.

    Raises UnlawfulStepError.
    """
    where = NoticeState(notice.state)
    values = _columns(where, to, at, columns)
    moved = Notice.objects.filter(pk=notice.pk, state=where, lease_owner=notice.lease_owner).update(**values)
    if moved:
        for name, value in values.items():
            setattr(notice, name, value)
    return bool(moved)


def step_all(notices: QuerySet[Notice], where: NoticeState, to: NoticeState, *, at: datetime, **columns: Any) -> int:
    """Move all of these that stand in one state; how many moved. Raises UnlawfulStepError."""
    return notices.filter(state=where).update(**_columns(where, to, at, columns))


def _columns(where: NoticeState, to: NoticeState, at: datetime, columns: dict[str, Any]) -> dict[str, Any]:
    if to not in where.may_become:
        raise UnlawfulStepError(f"{where} → {to}")
    return {"state": to, "settled_at": at if to in SETTLED else None, **columns}
