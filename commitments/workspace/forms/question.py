"""The question with which the secretariat returns a proposal."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commitments.intake.fields import ProseField
from commitments.reporting.forms.review import plain_helper


class QuestionForm(forms.Form):
    """A question instead of an agreement; what was typed beside an agreement stays in the field."""

    question = ProseField(
        label=_("Or ask a question"),
        longest=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write the question")},
    )

    def __init__(self, post: Any = None, *, asks: bool = False) -> None:
        super().__init__(post if asks else None, initial={"question": (post or {}).get("question", "")})
        self.helper = plain_helper()
