"""The forms of a country's report: one for each section, one for each commitment, and the reasons why not."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from commitments.intake.fields import ChoiceField, ProseField
from commitments.reporting.enums import Answer, CannotReport, Coherence, Section
from commitments.reporting.models import ReportQuestion

#: Nobody writes more than this by hand; what is longer came from elsewhere and belongs among the documents.
LONGEST = 20_000
#: Characters that a reader takes in at one go: a guide, not a limit.
GUIDE = 1_500

EMPTY_REASON = [("", _("Choose a reason"))]
PROMPTS = {
    Section.OBSTACLES: _("What stood in the way, and what support is needed?"),
    Section.PRACTICE: _("What worked well and could help others?"),
}


class PlaceForm(forms.Form):
    """Something at one place of a report: the language of its words, and an answer to each question asked there."""

    language = ChoiceField(label=_("Language of your text"), required=False)

    def __init__(self, *args: Any, questions: Iterable[ReportQuestion] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = list(questions)
        self.is_unfinished = False
        field = self.fields["language"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above
        field.choices = list(settings.LANGUAGES)
        field.initial = get_language() or "en"
        for question in self.questions:
            self.fields[f"answer_{question.pk}"] = ProseField(
                label=_("Your answer"),
                longest=LONGEST,
                initial=question.answer,
                error_messages={"required": _("Answer the secretariat’s question")},
            )

    @property
    def answers(self) -> dict[int, str]:
        """The answers by the number of their question."""
        return {question.pk: self.cleaned_data.get(f"answer_{question.pk}", "") for question in self.questions}

    @property
    def asked(self) -> list[tuple[ReportQuestion, Any]]:
        """Each question with the field for its answer."""
        return [(question, self[f"answer_{question.pk}"]) for question in self.questions]

    def relax(self) -> None:
        """Kept unfinished, but clean all the same."""
        self.is_unfinished = True
        for field in self.fields.values():
            field.required = False


class SectionForm(PlaceForm):
    """The words of one section, under the names of the report's columns."""

    def __init__(self, *args: Any, section: Section, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if section == Section.COHERENCE:
            self.fields["coherence"] = ChoiceField(
                label=_("Does national policy point the same way?"),
                choices=Coherence,
                widget=forms.RadioSelect,
                required=False,
            )
        name = {Section.COHERENCE: "coherence_words"}.get(section, str(section))
        label = PROMPTS.get(section, _("Why, and what is being done about it?"))
        if section in {Section.FIGURES, Section.DOCUMENTS, Section.PROGRESS}:
            del self.fields["language"]
            return
        self.fields[name] = ProseField(label=label, required=False, longest=LONGEST)

    @property
    def words(self) -> dict[str, str]:
        """What was typed, by column."""
        return {name: self.cleaned_data[name] for name in self.cleaned_data if not name.startswith(("answer_", "lang"))}


class PartForm(PlaceForm):
    """What happened with one commitment: one of three answers, and the words or the reason that it needs."""

    answer = ChoiceField(
        choices=Answer,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose whether there is progress, nothing changed, or you cannot report"),
            "invalid_choice": _("Choose whether there is progress, nothing changed, or you cannot report"),
        },
    )
    words = ProseField(required=False, longest=LONGEST)
    cannot_reason = ChoiceField(label=_("Why not?"), choices=[*EMPTY_REASON, *CannotReport.choices], required=False)

    def clean(self) -> dict[str, Any]:
        """Progress is told in words, and what cannot be reported has a reason."""
        data = super().clean() or {}
        if self.is_unfinished:
            return data
        if data.get("answer") == Answer.PROGRESS and not data.get("words") and "words" not in self.errors:
            self.add_error("words", ValidationError(_("Write what happened since the last report"), code="required"))
        if data.get("answer") == Answer.CANNOT:
            _ask_for_reason(self, data, "cannot_reason", "words")
        return data


class CannotForm(forms.Form):
    """Why a figure, or the whole report, cannot be given."""

    cannot_reason = ChoiceField(
        label=_("Why can it not be given?"), choices=[*EMPTY_REASON, *CannotReport.choices], required=False
    )
    cannot_words = ProseField(
        label=pgettext_lazy("why it cannot be given", "In your words"), required=False, longest=LONGEST
    )

    def clean(self) -> dict[str, Any]:
        """A reason, and words where the reason alone says nothing."""
        data = super().clean() or {}
        _ask_for_reason(self, data, "cannot_reason", "cannot_words")
        return data


def _ask_for_reason(form: forms.Form, data: dict[str, Any], reason: str, words: str) -> None:
    if not data.get(reason) and reason not in form.errors:
        form.add_error(reason, ValidationError(_("Choose why it cannot be given"), code="required"))
    if data.get(reason) == CannotReport.OTHER and not data.get(words) and words not in form.errors:
        form.add_error(words, ValidationError(_("Say in a few words why it cannot be given"), code="required"))
