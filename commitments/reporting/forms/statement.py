"""A country's own words, in one language or more."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accounts.forms import Drawn
from commitments.intake.fields import ProseField
from commitments.intake.personal import Suspicion, suspicions

LONGEST = 1000


class StatementForm(Drawn, forms.Form):
    """One text for each language; at least one of them."""

    version = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, name in settings.LANGUAGES:
            widget = forms.Textarea(attrs={"rows": 5, "lang": code})
            label = _("%(language)s (optional)") % {"language": name}
            self.fields[code] = ProseField(label=label, longest=LONGEST, required=False, widget=widget)

    def clean(self) -> dict[str, Any]:
        """Something must be said; to say nothing any more there is a step of its own."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not any(self.texts().values()):
            raise ValidationError(_("Write the statement in at least one language"), code="required")
        return typed

    def texts(self) -> dict[str, str]:
        """The text by language."""
        return {code: self.cleaned_data.get(code, "") for code, _name in settings.LANGUAGES}

    def suspicions(self) -> list[Suspicion]:
        """What in the texts may be about a person."""
        return [found for text in self.texts().values() for found in suspicions(text)]
