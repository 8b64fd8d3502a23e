"""Numbers, years, keys and days of filters, within bounds that every database can hold."""

import re
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError

FIRST_YEAR, LAST_YEAR = 1900, 2100
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 12, 31)
LARGEST_KEY = 2**63 - 1
OUT_OF_RANGE = "out_of_range"


class WholeNumberField(forms.Field):
    """A whole number in ASCII digits between two bounds."""

    def __init__(self, *, least: int, most: int, **kwargs: Any) -> None:
        self.least, self.most = least, most
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> int | None:
        """The number. Raises ValidationError."""
        if value in self.empty_values:
            return None
        if not re.fullmatch("-?[0-9]+", str(value)):
            raise ValidationError("", code="invalid")
        # The length first: Python itself refuses to read a number of 5,000 digits.
        if len(str(value)) > 20 or not self.least <= int(value) <= self.most:
            raise ValidationError("", code=OUT_OF_RANGE)
        return int(value)


class DayField(forms.DateField):
    """A day as 2026-11-24, within the years a record can speak of."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d"], **kwargs)

    def to_python(self, value: Any) -> date | None:
        """The day. Raises ValidationError."""
        day = super().to_python(value)
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            raise ValidationError("", code=OUT_OF_RANGE)
        return day


class WholeNumberFilter(django_filters.Filter):
    """A count, between the bounds given as `least` and `most`."""

    field_class = WholeNumberField


class YearFilter(WholeNumberFilter):
    """A calendar year."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, least=FIRST_YEAR, most=LAST_YEAR, **kwargs)


class KeyFilter(WholeNumberFilter):
    """A primary key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, least=1, most=LARGEST_KEY, **kwargs)


class DayFilter(django_filters.Filter):
    """A day; two of them with lookups make a span, each with a label of its own."""

    field_class = DayField
