"""Columns that hold figures, and who may do what with them."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import pgettext_lazy

from commitments.indicators.enums import Qualifier
from commitments.mechanisms.models import TextColumn


def choices(enum: Any) -> list[tuple[str, str]]:
    """The values of a pure enum as model choices; labels are made where they are shown."""
    return [(item.value, item.value) for item in enum]


if TYPE_CHECKING:  # fields take type parameters for the checker only
    DecimalColumn = models.DecimalField[Any, Any]
else:
    DecimalColumn = models.DecimalField


class FigureField(DecimalColumn):
    """A figure as its source gives it: up to 15 digits before and 4 after the mark. Blank is never zero."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 19)
        kwargs.setdefault("decimal_places", 4)
        super().__init__(*args, **kwargs)


class QualifierField(TextColumn):
    """The word that the source puts before a figure: more than, nearly, about …"""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 12)
        kwargs.setdefault("choices", choices(Qualifier))
        kwargs.setdefault("default", Qualifier.EXACT.value)
        super().__init__(*args, **kwargs)


class BehalfBasis(models.TextChoices):
    """What the secretariat rests on when it writes, or gives a figure, for a country."""

    NOTE = "note", pgettext_lazy("basis of an entry on behalf", "A note of the country")
    CALL = "call", pgettext_lazy("basis of an entry on behalf", "A telephone call")
    MAIL = "mail", pgettext_lazy("basis of an entry on behalf", "An e-mail")
    MEETING = "meeting", pgettext_lazy("basis of an entry on behalf", "A meeting")


class UnitType(models.TextChoices):
    """What kind of number an indicator holds."""

    COUNT = "count", pgettext_lazy("type of unit", "count")
    CURRENCY = "currency", pgettext_lazy("type of unit", "money")
    PERCENT = "percent", pgettext_lazy("type of unit", "percent")
    RATIO = "ratio", pgettext_lazy("type of unit", "ratio")
