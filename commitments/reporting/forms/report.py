"""The report of a working group in the standard format, or why there is none this time."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from commitments.formats.language import LANGUAGES
from commitments.intake.fields import ChoiceField, ProseField
from commitments.reporting.enums import CannotReport, Section
from commitments.reporting.models import ReportQuestion
from commitments.reporting.queries import OpenPlaces

#: What is published as the synthesis is refused beyond so many characters.
SUMMARY_LENGTH = 600
#: The fields of each section that has any.
FIELDS = {
    Section.PURPOSE: ("purpose", "outcomes"),
    Section.SYNTHESIS: ("summary",),
    Section.OBSTACLES: ("obstacles",),
}


def _prose(label: Any, hint: Any, rows: int, longest: int, empty: Any = None) -> ProseField:
    errors = {"required": empty} if empty else {}
    widget = forms.Textarea(attrs={"rows": rows})
    return ProseField(
        label=label,
        help_text=hint,
        required=bool(empty),
        longest=longest,
        widget=widget,
        error_messages=errors,
    )


class GroupReportForm(forms.Form):
    """What a lead writes, with an answer to each question of the secretariat at its section."""

    language = ChoiceField(
        label=_("Language you write in"), choices=[(code, code) for code in LANGUAGES], required=False
    )
    purpose = _prose(
        _("What is the group for?"), _("Filled in from the last report, else from the group’s own words."), 4, 2000
    )
    outcomes = _prose(
        _("What should come of it?"), _("Filled in from the last report. Change what has changed."), 4, 2000
    )
    summary = _prose(
        _("What happened since the last report?"),
        _("Your synthesis, at most 600 characters. What the countries wrote is published beside it."),
        8,
        SUMMARY_LENGTH,
        _("Write what happened since the last report"),
    )
    obstacles = _prose(
        _("What stood in the way, and what support is needed?"),
        _("Published. Leave empty if there is nothing to say."),
        4,
        2000,
    )
    cannot_reason = ChoiceField(
        label=_("Why no report can be given"), choices=[("", "—"), *CannotReport.choices], required=False
    )
    cannot_words = _prose(_("In your own words"), _("Published with the reason."), 3, 1000)

    def __init__(
        self,
        *args: Any,
        questions: Iterable[ReportQuestion] = (),
        places: OpenPlaces | None = None,
        is_draft: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.may_attach = places is None or places.allows(Section.DOCUMENTS)
        self.questions = list(questions)
        for question in self.questions:
            self.fields[f"answer_{question.pk}"] = _prose(
                _("Your answer"), "", 3, 1000, _("Answer the secretariat’s question")
            )
        if places is not None and not places.everything:
            self._lock(places)
        if is_draft:  # kept unfinished, but clean all the same
            for field in self.fields.values():
                field.required = False

    def _lock(self, places: OpenPlaces) -> None:
        """Only what was asked about may be changed."""
        for section, names in FIELDS.items():
            if not places.allows(section):
                for name in names:
                    self.fields[name].disabled = True
        for name in ("language", "cannot_reason", "cannot_words"):
            self.fields[name].disabled = True

    def clean(self) -> dict[str, Any]:
        """A reason stands instead of a synthesis; the last of the reasons needs words."""
        data = super().clean() or {}
        if data.get("cannot_reason"):
            self.errors.pop("summary", None)
            data.setdefault("summary", "")
            needs_words = data["cannot_reason"] == CannotReport.OTHER and self.fields["summary"].required
            if needs_words and not data.get("cannot_words"):
                self.add_error("cannot_words", _("Say why in a few words"))
        return data

    def answers(self) -> dict[int, str]:
        """What was answered, by question."""
        return {row.pk: self.cleaned_data.get(f"answer_{row.pk}", "") for row in self.questions}

    def asked(self, section: str) -> list[tuple[ReportQuestion, forms.BoundField]]:
        """The questions that stand at a section, each with its field."""
        return [(row, self[f"answer_{row.pk}"]) for row in self.questions if row.section == section]

    @property
    def asked_purpose(self) -> list[tuple[ReportQuestion, forms.BoundField]]:
        """Questions about purpose and outcomes."""
        return self.asked(Section.PURPOSE)

    @property
    def asked_figures(self) -> list[tuple[ReportQuestion, forms.BoundField]]:
        """Questions about the indicators."""
        return self.asked(Section.FIGURES)

    @property
    def asked_synthesis(self) -> list[tuple[ReportQuestion, forms.BoundField]]:
        """Questions about what happened."""
        return self.asked(Section.SYNTHESIS)

    @property
    def asked_elsewhere(self) -> list[tuple[ReportQuestion, forms.BoundField]]:
        """Questions about obstacles, documents, or anything else."""
        first = {Section.PURPOSE, Section.FIGURES, Section.SYNTHESIS}
        return [(row, self[f"answer_{row.pk}"]) for row in self.questions if row.section not in first]
