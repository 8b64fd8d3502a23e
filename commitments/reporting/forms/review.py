"""What the secretariat writes when it decides on something sent in."""

from datetime import date, timedelta
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from commitments.intake.fields import ProseField

FIELDS = (
    ("value", pgettext_lazy("field of a figure", "Value")),
    ("as_of", pgettext_lazy("field of a figure", "Date")),
    ("source", pgettext_lazy("field of a figure", "Source")),
    ("reason", pgettext_lazy("field of a figure", "Reason")),
)
#: How long a focal point has to answer, unless the secretariat says otherwise.
ANSWER_DAYS = 7


class ReturnForm(forms.Form):
    """A question at one field, and the date to answer by."""

    question = ProseField(
        label=_("Your question"),
        longest=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write the question")},
    )
    field = forms.ChoiceField(label=_("About"), choices=FIELDS)
    due_on = forms.DateField(
        label=_("Answer by"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": _("Enter the date to answer by")},
    )

    def __init__(self, *args: Any, on: date, fields_offered: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        self.initial.setdefault("due_on", (on + timedelta(days=ANSWER_DAYS)).isoformat())
        if not fields_offered:
            del self.fields["field"]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean_due_on(self) -> date:
        """A day that lies ahead."""
        day: date = self.cleaned_data["due_on"]
        if day <= self.on:
            raise ValidationError(_("The date to answer by must lie ahead"), code="past")
        return day
