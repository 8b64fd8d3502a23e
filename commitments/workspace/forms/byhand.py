"""Stating a status by hand, and taking it back."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from commitments.formats.language import language_of
from commitments.indicators.byhand import STATED, Stated
from commitments.indicators.enums import Status
from commitments.indicators.wording import status_word
from commitments.intake.fields import AddressField, ChoiceField, NameField, ProseField
from commitments.reporting.forms import LookedForm
from commitments.sources.models import Source
from commitments.workspace.forms.indicator import DayField


class StatusByHandForm(LookedForm):
    """The status, its public reason, until when it stands, and on which document it rests."""

    status = ChoiceField(label=gettext_lazy("Status"), error_messages={"required": gettext_lazy("Choose the status")})
    reason = ProseField(
        label=gettext_lazy("Reason, published"),
        help_text=gettext_lazy("Say what the figures do not show. Everybody can read it."),
        longest=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": gettext_lazy("Say why the status is set by hand")},
    )
    until = DayField(
        label=gettext_lazy("Stands until"),
        error_messages={"required": gettext_lazy("Enter the last day on which it stands")},
    )
    source_title = NameField(label=gettext_lazy("Source (optional)"), required=False)
    source_url = AddressField(label=gettext_lazy("Link to the source (optional)"), required=False, longest=500)
    own_texts = ("reason", "source_title")
    field_order = ("status", "reason", "until", "source_title", "source_url", "looked")

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        choices = [("", _("Choose")), *((status.value, status_word(status)) for status in STATED)]
        self.fields["status"].choices = choices  # type: ignore[attr-defined]
        if not self.found:
            self.fields["looked"].widget = forms.HiddenInput()

    def clean_until(self) -> date:
        """A day that lies ahead, at most two years."""
        day: date = self.cleaned_data["until"]
        if day <= self.on:
            raise ValidationError(_("The last day must lie ahead"), code="past")
        if (day - self.on).days > 731:
            raise ValidationError(_("The last day must lie within two years"), code="far")
        return day

    def clean(self) -> dict[str, Any]:
        """A link needs the name of what it leads to."""
        cleaned = super().clean()
        if cleaned.get("source_url") and not cleaned.get("source_title") and "source_title" not in self.errors:
            self.add_error("source_title", _("Say what the link leads to"))
        return cleaned

    def stated(self) -> Stated:
        """What was typed, as the domain takes it."""
        data, language = self.cleaned_data, language_of(get_language())
        source = Source(title=data["source_title"], url=data["source_url"], language=language)
        return Stated(
            status=Status(data["status"]),
            reason=data["reason"],
            language=language,
            until=data["until"],
            source=source if source.title else None,
        )


class TakeBackForm(LookedForm):
    """Why a status set by hand ends before its day."""

    public_reason = ProseField(
        label=gettext_lazy("Public reason"),
        longest=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say why; the reason is public")},
    )
    own_texts = ("public_reason",)
