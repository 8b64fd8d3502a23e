"""Which settings hold on a day, and which were decided when, by whom and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from commitments.mechanisms.models import Mechanism, OfficeSettings, Thresholds

#: Settings of either kind: a set of values that holds from a day on.
Settings = Thresholds | OfficeSettings


def office_settings(on: date) -> OfficeSettings:
    """How the secretariat works on a day; the defaults, unsaved, before anything was decided. One query."""
    in_force = OfficeSettings.objects.filter(valid_from__lte=on).order_by("-valid_from").first()
    return in_force if isinstance(in_force, OfficeSettings) else OfficeSettings(valid_from=on)


def office_settings_from(on: date) -> list[OfficeSettings]:
    """What holds on a day and what was decided for later ones, in order. One query."""
    decided = list(OfficeSettings.objects.order_by("valid_from"))
    begun = [row for row in decided if row.valid_from <= on]
    ahead = [row for row in decided if row.valid_from > on]
    return [begun[-1] if begun else OfficeSettings(valid_from=on), *ahead]


@dataclass(frozen=True, slots=True)
class Version:
    """Settings as decided: the row, and who decided it last, when and why."""

    row: Any
    decided_at: datetime
    role: str
    user_id: int | None
    request_id: str
    public_reason: str
    why: str

    def is_ahead(self, on: date) -> bool:
        """Whether it has not begun: it may be changed or taken back."""
        return bool(self.row.valid_from > on)


def threshold_versions(mechanisms: Iterable[Mechanism]) -> dict[int, list[Version]]:
    """All thresholds ever decided for these mechanisms, by mechanism, the newest first. Two queries."""
    grouped: dict[int, list[Version]] = {row.pk: [] for row in mechanisms}
    for version in _versions(Thresholds.objects.filter(mechanism_id__in=grouped)):
        grouped[version.row.mechanism_id].append(version)
    return grouped


def office_versions() -> list[Version]:
    """All settings of the office ever decided, the newest first. Two queries."""
    return _versions(OfficeSettings.objects.all())


def _versions(rows: QuerySet[Any]) -> list[Version]:
    found = list(rows.order_by("-valid_from", "-id"))
    history = rows.model.history.filter(id__in=[row.pk for row in found]).order_by("history_id")
    last = {row.id: row for row in history}
    return [_version(row, last[row.pk]) for row in found]


def _version(row: Any, last: Any) -> Version:
    return Version(
        row=row,
        decided_at=last.history_date,
        role=last.actor_role,
        user_id=last.history_user_id,
        request_id=last.request_id,
        public_reason=last.public_reason,
        why=last.history_change_reason or "",
    )
