"""Words of a report put right after it was accepted or published, and what a country says against a report for it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from commitments.formats.language import HTML_LANG
from commitments.intake.fields import ChoiceField, ProseField
from commitments.intake.personal import Suspicion, suspicions
from commitments.reporting.actions.choices import needs_words, words_beside
from commitments.reporting.corrected import Choice
from commitments.reporting.enums import Answer
from commitments.reporting.forms.review import LookedForm, plain_helper
from commitments.reporting.forms.sections import LONGEST
from commitments.reporting.models import ReportCorrection

#: As long as anybody needs to say what was wrong.
LONGEST_REASON = 1000


def withheld_field() -> forms.BooleanField:
    """Whether the words before are kept from the public."""
    return forms.BooleanField(
        required=False,
        label=_("The words before hold personal data"),
        help_text=_("Then they are kept, and not shown to the public. For nothing else: what was said stays readable."),
    )


class CorrectionForm(forms.Form):
    """Each text and choice of a report as it stands, to be changed, and the reason that everybody reads."""

    reason = ProseField(
        label=_("What was wrong, for everybody to read"),
        help_text=_("Stands in the public history beside the words before."),
        longest=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say what was wrong: the reason is public")},
    )
    language = ChoiceField(label=_("Language of the reason"), choices=settings.LANGUAGES)
    is_withheld = withheld_field()

    def __init__(
        self,
        *args: Any,
        texts: Sequence[tuple[str, str, str]],
        language: str,
        choices: Sequence[Choice] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.choices = choices
        self.helper = plain_helper()
        self.places = [name for name, _label, _text in texts]
        for name, label, text in texts:
            widget = forms.Textarea(attrs={"rows": 6, "lang": HTML_LANG.get(language, language)})
            self.fields[name] = ProseField(label=label, initial=text, required=False, longest=LONGEST, widget=widget)
        above: dict[str, list[str]] = {}
        for choice in choices:
            field = ChoiceField(label=choice.label, initial=choice.value, required=False, choices=choice.options)
            self.fields[choice.place] = field
            above.setdefault(words_beside(choice.place), []).append(choice.place)
        order = [name for place in self.places for name in (*above.get(place, ()), place)]
        self.order_fields([*order, "reason", "language", "is_withheld"])

    @property
    def words(self) -> dict[str, str]:
        """What was typed and chosen, by place; what was not sent along stays as it stands."""
        chosen = {row.place: self.cleaned_data[row.place] or row.value for row in self.choices}
        return {name: self.cleaned_data[name] for name in self.places} | chosen

    def says(self, waiting: ReportCorrection) -> bool:
        """Whether a correction that waits says these very words, with this reason."""
        if not self.is_valid():
            return False
        stand = {name: self.fields[name].initial for name in self.words}
        changed = {place: words for place, words in self.words.items() if words != stand[place]}
        said = {text["place"]: text["now"] for text in waiting.texts}
        return changed == said and self.cleaned_data["reason"] == waiting.reason

    def clean(self) -> dict[str, Any]:
        """A choice that says nothing by itself is told in words."""
        data = super().clean() or self.cleaned_data
        for row in self.choices:
            chosen, words = data.get(row.place) or row.value, words_beside(row.place)
            if chosen == row.value or not needs_words(row.place, chosen) or data.get(words) or words in self.errors:
                continue
            told = _("Write what happened since the last report")
            why = _("Say in a few words why it cannot be given")
            self.add_error(words, told if chosen == Answer.PROGRESS else why)
        return data


class DecideForm(LookedForm):
    """A decision on a correction: to let it hold, with a second look, or why not.

    `before` are the words before, which stay readable: they are looked at too, unless they are withheld.
    """

    is_withheld = withheld_field()
    answer = ProseField(
        label=_("Why not?"),
        longest=LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, decision: str = "", before: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.decision, self.before = decision, before

    @property
    def found_before(self) -> list[Suspicion]:
        """What may be about a person in the words before."""
        return suspicions(self.before)

    @property
    def found(self) -> list[Suspicion]:
        """What may be about a person in all that everybody will read."""
        return [*super().found, *([] if self["is_withheld"].value() else self.found_before)]

    def clean(self) -> dict[str, Any]:
        """To decline needs words; to approve, a look at what may be about a person."""
        if self.decision == "approve":
            if self.cleaned_data.get("answer"):
                self.add_error("answer", _("You wrote here why not: decline the correction with it, or clear it"))
            return super().clean()
        if not self.cleaned_data.get("answer") and "answer" not in self.errors:
            self.add_error("answer", _("Say why the report stays as it is"))
        return self.cleaned_data


class ObjectionForm(forms.Form):
    """What is not right in a report that the secretariat wrote for a country."""

    words = ProseField(
        label=_("This is not right, because …"),
        longest=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say what is not right")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper()
