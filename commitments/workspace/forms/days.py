"""A day of a record with how exactly it is known: one date field and one choice, without script."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy, pgettext_lazy

from commitments.formats.partial import PartialDate, Precision
from commitments.intake.fields import ChoiceField

PRECISIONS = (
    (Precision.DAY.value, pgettext_lazy("how exactly a date is known", "This very day")),
    (Precision.MONTH.value, pgettext_lazy("how exactly a date is known", "Only the month")),
    (Precision.QUARTER.value, pgettext_lazy("how exactly a date is known", "Only the quarter")),
    (Precision.YEAR.value, pgettext_lazy("how exactly a date is known", "Only the year")),
)


def precision_field(**kwargs: Any) -> forms.ChoiceField:
    """The choice beside a date: how exactly it is known."""
    kwargs.setdefault("label", gettext_lazy("How exactly is it known?"))
    return ChoiceField(choices=PRECISIONS, initial=Precision.DAY.value, required=False, **kwargs)


def known_day(day: date | None, precision: str) -> PartialDate | None:
    """The day as exactly as it is known: of a month, quarter or year, its first day is kept."""
    if day is None:
        return None
    known = Precision(precision or Precision.DAY.value)
    first = {
        Precision.DAY: day,
        Precision.MONTH: day.replace(day=1),
        Precision.QUARTER: day.replace(month=3 * ((day.month - 1) // 3) + 1, day=1),
        Precision.YEAR: day.replace(month=1, day=1),
    }.get(known, day)
    return PartialDate(first, known)
