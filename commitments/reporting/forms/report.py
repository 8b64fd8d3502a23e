"""The one-page report of a working group."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from commitments.intake.fields import ProseField

#: What is published has a guide of this many characters; more is refused.
SUMMARY_LENGTH = 600


class GroupReportForm(forms.Form):
    """What happened, and what stood in the way."""

    summary = ProseField(
        label=_("What happened since the last report?"),
        help_text=_("At most 600 characters. Published with the group’s figures."),
        longest=SUMMARY_LENGTH,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write what happened since the last report")},
    )
    obstacles = ProseField(
        label=_("What stood in the way, and what support is needed?"),
        help_text=_("Published. Leave empty if there is nothing to say."),
        required=False,
        longest=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    answer = ProseField(
        label=_("Your answer to the question"), required=False, longest=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, returned: bool = False, is_draft: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if returned:
            self.fields["answer"].required = True
            self.fields["answer"].error_messages["required"] = _("Answer the secretariat’s question")
        else:
            del self.fields["answer"]
        if is_draft:  # kept unfinished, but clean all the same
            for field in self.fields.values():
                field.required = False
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
