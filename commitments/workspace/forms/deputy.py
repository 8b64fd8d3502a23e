"""Asking the administrator for a deputy who has no access yet."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms import Drawn
from commitments.appointments.forms import Dated
from commitments.intake.fields import MailField, NameField, ProseField


class AskForDeputyForm(Drawn, Dated, forms.Form):
    """Who should stand in, and when. Kept privately until the administrator has dealt with it."""

    name = NameField(
        label=gettext_lazy("Name"), longest=120, error_messages={"required": gettext_lazy("Enter the name")}
    )
    email = MailField(
        label=gettext_lazy("E-mail"),
    )
    note = ProseField(
        label=gettext_lazy("Note to the administrator (optional)"),
        longest=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    field_order = ("name", "email", "valid_from", "valid_until", "note")
    prefix = "ask"

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("valid_from", on)

    def clean(self) -> dict[str, Any]:
        """The last day must not be before the first."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = typed.get("valid_from"), typed.get("valid_until")
        if first and last and last < first:
            self.add_error("valid_until", ValidationError(_("The last day must not be before the first day")))
        return typed

    def told(self) -> dict[str, str]:
        """What was typed, as text."""
        return {name: str(value) for name, value in self.cleaned_data.items() if value}
