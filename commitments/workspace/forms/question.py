"""The question with which the secretariat returns a proposal."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from commitments.intake.fields import ProseField
from commitments.reporting.forms.review import plain_helper


class QuestionForm(forms.Form):
    """A question instead of an agreement: it asks, or it stays empty where somebody `agrees`."""

    question = ProseField(
        label=_("Or ask a question"),
        longest=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write the question")},
    )

    def __init__(self, post: Any = None, *, asks: bool = False, agrees: bool = False) -> None:
        super().__init__(post if asks or agrees else None, initial={"question": (post or {}).get("question", "")})
        self.agrees = agrees
        self.fields["question"].required = not agrees
        self.helper = plain_helper()

    def clean_question(self) -> str:
        """The question. Raises ValidationError for one beside an agreement: nobody would ever read it."""
        question: str = self.cleaned_data["question"]
        if self.agrees and question:
            raise ValidationError(
                _("You wrote a question here: return the proposal with it, or clear it"), code="unread"
            )
        return question
