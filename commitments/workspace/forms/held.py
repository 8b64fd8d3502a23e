"""A meeting whose day has come: held, with what came of it; its outcome put right; called off after all."""

from datetime import date
from typing import Any

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import get_language, gettext_lazy

from commitments.formats.language import language_of
from commitments.intake.fields import NameField, ProseField
from commitments.meetings.actions import Outcome
from commitments.meetings.enums import MeetingState
from commitments.meetings.models import Meeting
from commitments.reporting.forms import LookedForm
from commitments.workspace.forms.milestone import DocumentedForm

SAY_WHY = {"required": gettext_lazy("Say why; the reason is public")}


class HeldForm(DocumentedForm):
    """Says that a meeting was held: what came of it, and which document says so."""

    outcome = ProseField(
        label=gettext_lazy("What came of it? (optional)"),
        help_text=gettext_lazy("As the document says it, in the language of this page. It is public at once."),
        longest=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
    )
    is_verified = forms.BooleanField(label=gettext_lazy("I have read it in this document"), required=False)
    public_reason = NameField(
        label=gettext_lazy("Public remark (optional)"), longest=500, required=False, error_messages=SAY_WHY
    )
    own_texts = ("outcome", "source_title", "public_reason")

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        if self.is_correction:
            # Readers have seen something else: they are told why.
            self.fields["public_reason"].required = True
            self.fields["public_reason"].label = gettext_lazy("Public reason for the change")
        self.helper.layout = Layout(
            "outcome", Row(Column("source_title"), Column("source_url")), "is_verified", "public_reason"
        )

    @property
    def is_correction(self) -> bool:
        """Whether readers were told otherwise before."""
        return self.meeting.state == MeetingState.CANCELLED

    def outcome_typed(self) -> Outcome:
        """The outcome in the language of the page; left empty, it leaves what stands in another language alone."""
        text, language = self.cleaned_data["outcome"], language_of(get_language())
        was = getattr(self.meeting, f"outcome_{language}")
        return Outcome(
            texts={language: text} if text or was else {},
            source=self.document(),
            is_verified=self.cleaned_data["is_verified"],
        )


class OutcomeForm(HeldForm):
    """Puts right what is said to have come of a meeting."""

    is_correction = True

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, meeting=meeting, initial=_stored(meeting), **kwargs)


class CallOffForm(LookedForm):
    """Says that a meeting does not take place, or did not, and why."""

    public_reason = NameField(label=gettext_lazy("Public reason"), longest=500, error_messages=SAY_WHY)
    own_texts = ("public_reason",)

    def __init__(self, *args: Any, meeting: Meeting, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lay_out()


def _stored(meeting: Meeting) -> dict[str, Any]:
    """The outcome as it stands, in the language of the page alone."""
    source = meeting.source
    return {
        "outcome": getattr(meeting, f"outcome_{language_of(get_language())}") or "",
        "source_title": source.title if source else "",
        "source_url": source.url if source else "",
        "is_verified": meeting.is_verified,
    }
