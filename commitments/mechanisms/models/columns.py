"""Columns that several rooms share: dates of known precision, and who may read and write reference data."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models

from commitments.formats.partial import PartialDate, Precision
from commitments.roles.rules import is_appointed, is_secretariat

PRECISION_CHOICES = [(precision.value, precision.value) for precision in Precision]


REFERENCE_PERMISSIONS: dict[str, Any] = {
    "view": is_appointed,
    "add": is_secretariat,
    "change": is_secretariat,
}


def partial(first: date | None, precision: str) -> PartialDate | None:
    """A stored day and its precision as one date; None when the record has none."""
    return PartialDate.stored(first, precision) if first else None


if TYPE_CHECKING:  # fields take type parameters for the checker only
    TextColumn = models.CharField[str, str]
else:
    TextColumn = models.CharField


class PrecisionField(TextColumn):
    """How exactly a date is known; empty where there is no date."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 12)
        kwargs.setdefault("choices", PRECISION_CHOICES)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)
