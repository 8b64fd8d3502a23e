"""The texts of one record in another language, typed beside the original."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from commitments.formats.language import HTML_LANG
from commitments.intake.fields import NameField, ProseField
from commitments.reporting.forms import LookedForm
from commitments.workspace.languages import Side

LONGEST = 10_000


class TextsForm(LookedForm):
    """A field for each text; an empty one leaves the text missing. What is saved counts as looked at."""

    why = NameField(
        label=_("Note for the history (optional)"),
        help_text=_("For colleagues, for example who translated it. Not published."),
        longest=300,
        required=False,
    )

    def __init__(self, *args: Any, sides: Sequence[Side], language: str, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {side.field: side.text for side in sides})
        super().__init__(*args, **kwargs)
        self.sides = sides
        self.own_texts = tuple(side.field for side in sides)
        for side in sides:
            is_long = side.longest is None
            attrs = {"lang": HTML_LANG[language], "rows": 6 if is_long else 2}
            kind = ProseField if is_long else NameField
            self.fields[side.field] = kind(
                label=capfirst(side.label),
                longest=side.longest or LONGEST,
                required=False,
                widget=forms.Textarea(attrs=attrs),
            )
        self.order_fields([*self.own_texts, "why"])

    def texts(self) -> dict[str, str]:
        """What was typed, by field."""
        return {name: self.cleaned_data[name] for name in self.own_texts}
