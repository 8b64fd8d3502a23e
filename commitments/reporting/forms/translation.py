"""The summary of a report in another language than its own."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from accounts.forms import Drawn
from commitments.intake.fields import ProseField
from commitments.intake.personal import Suspicion, suspicions

LONGEST = 10_000


class TranslationForm(Drawn, forms.Form):
    """One text; empty takes the translation away."""

    version = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)
    summary = ProseField(longest=LONGEST, required=False)

    def __init__(self, *args: Any, language: str, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["summary"].widget = forms.Textarea(attrs={"rows": 12, "lang": language})
        self.fields["summary"].label = _("Summary (%(language)s)") % {"language": name}

    def suspicions(self) -> list[Suspicion]:
        """What in the text may be about a person."""
        return suspicions(self.cleaned_data.get("summary", ""))
