"""Organizations: recorded, changed, taken away while nothing names them. Codes of commitments hold their codes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from commitments.history import actions as history
from commitments.mechanisms.models import Country, Organization, OrganizationKind
from commitments.roles.actor import Actor

#: What stands in a code of a commitment where many made it together.
TOGETHER = "ALL"


class CodeIsTaken(history.Refused):
    """A code is one maker's: an organization's, a country's or everybody's together."""

    field = "code"
    sentence = _("This code belongs to somebody else already. Choose another one")


class IsNamed(history.Refused):
    """What other records name stays on record."""

    sentence = _("Other records name this organization, so it stays. Change it instead")


class HasNoName(history.Refused):
    """An organization is known by a name."""

    sentence = _("Enter the name in one language at least")


def record(
    *, code: str, names: Mapping[str, str], kind: OrganizationKind | None, by: Actor, at: datetime
) -> Organization:
    """Put an organization on record: names by language. Raises Refused."""
    with transaction.atomic():
        # Of two who choose one code at once, the second waits for the first.
        list(OrganizationKind.objects.select_for_update().order_by("pk"))
        if code == TOGETHER or _holds(Country, "iso3", code) or _holds(Organization, "code", code):
            raise CodeIsTaken
        row = Organization(code=code, kind=kind, **_columns(names))
        return history.create(row, by=by, at=at)


def change(
    *,
    organization: Organization,
    names: Mapping[str, str],
    kind: OrganizationKind | None,
    by: Actor,
    at: datetime,
    public_reason: str,
    version: int,
) -> Organization:
    """Change its names and kind; under its former English name it is still found in what others write of it.

    Raises Refused, history.actions.EditedMeanwhileError.
    """
    if not public_reason:
        raise history.NoReason
    with transaction.atomic():
        fresh = history.locked(organization)
        columns = _columns(names) | {"kind": kind}
        former: Any = fresh.name_en
        if former and former != columns["name_en"] and former not in fresh.other_names:
            columns["other_names"] = [*fresh.other_names, former]
        return history.change(fresh, by=by, at=at, public_reason=public_reason, version=version, **columns)


def take_away(*, organization: Organization, by: Actor, at: datetime, public_reason: str, version: int) -> None:
    """Remove an organization that was recorded by mistake and that nothing names; the history keeps it.

    Raises Refused, history.actions.EditedMeanwhileError.
    """
    if not public_reason:
        raise history.NoReason
    try:
        with transaction.atomic():
            history.remove(history.locked(organization, version=version), by=by, at=at, public_reason=public_reason)
    except ProtectedError as problem:
        raise IsNamed from problem


def _columns(names: Mapping[str, str]) -> dict[str, Any]:
    if not any(names.values()):
        raise HasNoName
    return {f"name_{language}": name for language, name in names.items()}


def _holds(model: type[Any], name: str, code: str) -> bool:
    return bool(model.objects.filter(**{f"{name}__iexact": code}).exists())
