"""What a commitment rests on, and what documents say of its state."""

from datetime import date
from typing import Any

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy

from commitments.formats.partial import Precision
from commitments.intake.fields import ChoiceField, NameField
from commitments.register.enums import ReportedBasis, ReportedValue
from commitments.register.models import CommitmentSource, ReportedStatus
from commitments.register.told import Named, Reported
from commitments.reporting.forms import LookedForm
from commitments.workspace.forms.days import precision_field
from commitments.workspace.forms.indicator import DayField
from commitments.workspace.forms.milestone import DocumentedForm

SAY_WHY = {"required": gettext_lazy("Say why; the reason is public")}


class ToldForm(DocumentedForm):
    """What rests on a document, with the reason of a change that everybody can have seen."""

    public_reason = NameField(label=gettext_lazy("Public reason for the change"), longest=500, error_messages=SAY_WHY)
    own_texts = ("source_title", "public_reason")

    def __init__(self, *args: Any, row: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial=self.stored(row) if row.pk else {}, **kwargs)
        asked = row.pk and row.commitment.is_public
        if not asked:
            del self.fields["public_reason"]
        source = Row(Column("source_title"), Column("source_url"))
        self.helper.layout = Layout(*self.above(), source, *self.below(), *(("public_reason",) if asked else ()))

    def above(self) -> tuple[Any, ...]:
        """The fields before the document."""
        return ()

    def below(self) -> tuple[Any, ...]:
        """The fields after it."""
        return ()

    def stored(self, row: Any) -> dict[str, Any]:
        """A record as the form shows it."""
        source = row.source
        return {"source_title": source.title if source else "", "source_url": source.url if source else ""}


class SourceForm(ToldForm):
    """A document that the commitment rests on or that tells of it."""

    is_verified = forms.BooleanField(label=gettext_lazy("I have read it in this document"), required=False)

    def below(self) -> tuple[Any, ...]:
        """Whether it was read there."""
        return ("is_verified",)

    def stored(self, row: CommitmentSource) -> dict[str, Any]:
        """The document and whether it was read."""
        return {**super().stored(row), "is_verified": row.is_verified}

    def said(self) -> Named:
        """The document as it was typed."""
        return Named(source=self.document(), is_verified=self.cleaned_data["is_verified"])


class ReportedForm(ToldForm):
    """What a document says of the commitment's state, stated there or derived from its figures, as of when."""

    value = ChoiceField(
        label=gettext_lazy("What does the document say of it?"),
        help_text=gettext_lazy("What a source says never changes the status."),
        widget=forms.RadioSelect,
        choices=ReportedValue.choices,
        error_messages={"required": gettext_lazy("Choose what the document says")},
    )
    basis = ChoiceField(
        label=gettext_lazy("On what basis?"),
        widget=forms.RadioSelect,
        choices=ReportedBasis.choices,
        error_messages={"required": gettext_lazy("Choose whether the document states it")},
    )
    as_of = DayField(
        label=gettext_lazy("As of (optional)"),
        help_text=gettext_lazy("The date that the document speaks of."),
        required=False,
    )
    as_of_precision = precision_field()

    def above(self) -> tuple[Any, ...]:
        """What it says, and of when."""
        return ("value", "basis", Row(Column("as_of"), Column("as_of_precision")))

    def stored(self, row: ReportedStatus) -> dict[str, Any]:
        """The words, the day and the document."""
        known = {"as_of": row.as_of, "as_of_precision": row.as_of_precision or Precision.DAY.value}
        return {**super().stored(row), **known, "value": row.value, "basis": row.basis}

    def said(self) -> Reported:
        """What was typed."""
        return Reported(
            value=ReportedValue(self.cleaned_data["value"]),
            basis=ReportedBasis(self.cleaned_data["basis"]),
            as_of=self.day("as_of"),
            source=self.document(),
        )


class TakeAwayForm(LookedForm):
    """Takes away what was recorded by mistake; of a public commitment with a public reason."""

    public_reason = NameField(label=gettext_lazy("Public reason"), longest=500, error_messages=SAY_WHY)
    own_texts = ("public_reason",)

    def __init__(self, *args: Any, row: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not row.commitment.is_public:
            del self.fields["public_reason"]
        self.lay_out()
