"""What the secretariat rests on when it acts for a country: a note, a call, an e-mail or a meeting."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from commitments.indicators.models import BehalfBasis
from commitments.intake.fields import ChoiceField, ProseField
from commitments.reporting.forms.sections import LONGEST

#: The secretariat rests on nothing older; an earlier year is a slip.
EARLIEST = 2000


class BehalfFields(forms.Form):
    """What the secretariat rests on when it writes, or gives a figure, for a country."""

    behalf_basis = ChoiceField(
        label=_("What does it rest on?"),
        choices=BehalfBasis,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what it rests on")},
    )
    behalf_on = forms.DateField(
        label=pgettext_lazy("of a note, call, e-mail or meeting", "Its date"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": _("Enter the date"), "invalid": _("Enter the date")},
    )
    behalf_words = ProseField(
        label=_("Who said what"),
        longest=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say in a few words what was said or written")},
    )

    on: date

    def clean_behalf_on(self) -> date:
        """A day that has come."""
        day: date = self.cleaned_data["behalf_on"]
        if day > self.on:
            raise ValidationError(_("The date must be today or earlier"), code="future")
        if day.year < EARLIEST:
            raise ValidationError(_("Check the year of this date: %(year)s") % {"year": day.year}, code="too_early")
        return day


class BehalfForm(BehalfFields):
    """That alone: asked before the secretariat writes a country's report."""

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
