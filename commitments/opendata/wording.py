"""The dictionary of the tables in words."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from commitments.opendata.fields import Field, Kind, Table
from commitments.opendata.tables import TABLES

KINDS = {
    Kind.TEXT: pgettext_lazy("type of a field", "text"),
    Kind.NUMBER: pgettext_lazy("type of a field", "number"),
    Kind.WHOLE: pgettext_lazy("type of a field", "whole number"),
    Kind.YES_NO: pgettext_lazy("type of a field", "true or false"),
    Kind.DAY: pgettext_lazy("type of a field", "date"),
    Kind.KNOWN_DAY: _("date as exactly as it is known"),
    Kind.MOMENT: _("moment in UTC"),
    Kind.ADDRESS: pgettext_lazy("type of a field", "address"),
}
#: More values than these are named by the method, not by the dictionary.
FEW = 9


@dataclass(frozen=True, slots=True)
class Meaning:
    """One field as the dictionary tells it."""

    columns: tuple[str, ...]
    kind: str
    unit: str
    meaning: str
    values: tuple[str, ...]


def dictionary() -> list[tuple[Table, list[Meaning]]]:
    """Every table with its fields, in the language of the page."""
    return [(table, [_told(one) for one in table.fields]) for table in TABLES.values()]


def _told(one: Field) -> Meaning:
    values = one.values if len(one.values) <= FEW else ()
    return Meaning(one.columns, str(KINDS[one.kind]), str(one.unit), str(one.meaning), values)
