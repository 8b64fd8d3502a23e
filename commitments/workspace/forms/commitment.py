"""What recording and changing a commitment share, and changing one."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from commitments.intake.fields import ChoiceField, NameField, ProseField
from commitments.mechanisms.models import Country
from commitments.register.enums import CommitmentKind, Horizon, HorizonBasis
from commitments.register.models import Commitment, Party
from commitments.reporting.forms import LookedForm
from commitments.workspace.forms.indicator import DayField, fifty_years_after, limit_days
from commitments.workspace.forms.written import name_language, said_of


class CommitmentTexts(LookedForm):
    """The fields that recording and changing share."""

    title = NameField(
        label=gettext_lazy("Title"), longest=300, error_messages={"required": gettext_lazy("Enter a title")}
    )
    summary = ProseField(
        label=gettext_lazy("Summary, in your own words"),
        help_text=gettext_lazy("Shown as “Summary by the secretariat”. Do not quote here."),
        longest=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": gettext_lazy("Write a summary")},
    )
    kind = ChoiceField(label=gettext_lazy("Kind"), choices=CommitmentKind.choices)
    made_on = DayField(
        label=gettext_lazy("Made on"),
        error_messages={"required": gettext_lazy("Enter the date on which it was made")},
    )
    made_at = NameField(label=gettext_lazy("Made at (optional)"), longest=250, required=False)
    due_on = DayField(label=gettext_lazy("Due on (optional)"), required=False)
    horizon = ChoiceField(
        label=gettext_lazy("Horizon (optional)"), choices=[("", "—"), *Horizon.choices], required=False
    )

    own_texts: tuple[str, ...] = ("title", "summary", "made_at")

    def __init__(self, *args: Any, on: date, commitment: Commitment | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.commitment = commitment
        limit_days(self, last=fifty_years_after(on))
        name_language(self, "title", "summary", row=commitment)

    def columns(self, language: str) -> dict[str, Any]:
        """The texts and dates as columns of a commitment, texts in the language they were written in."""
        data = self.cleaned_data
        texts = {f"title_{language}": data["title"], f"summary_{language}": data["summary"]}
        return {
            **said_of(self.commitment, texts),
            "kind": data["kind"],
            "made_on": data["made_on"],
            "made_on_precision": "day",
            "made_at": data["made_at"],
            "due_on": data["due_on"],
            "due_on_precision": "day" if data["due_on"] else "",
            "horizon": data["horizon"],
            "horizon_basis": HorizonBasis.JUDGED if data["horizon"] else "",
        }


class ChangeCommitmentForm(CommitmentTexts):
    """Changes a commitment; the public reason is required once it is published."""

    lead = ChoiceField(label=gettext_lazy("Lead country (optional)"), required=False)
    public_reason = NameField(label=gettext_lazy("Public reason for the change"), longest=500, required=False)

    own_texts = (*CommitmentTexts.own_texts, "public_reason")

    def __init__(self, *args: Any, is_public: bool, parties: Iterable[Party] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parties = {row.country.iso3: row.country for row in parties if row.country is not None}
        if self.parties:
            lead, lang = self.fields["lead"], get_language() or "en"
            assert isinstance(lead, forms.ChoiceField)  # noqa: S101  # declared above
            lead.choices = [("", "—"), *((iso3, row.name_in(lang).text) for iso3, row in self.parties.items())]
            lead.initial = next((row.country.iso3 for row in parties if row.is_lead and row.country), "")
        else:
            del self.fields["lead"]
        self.fields["public_reason"].required = is_public
        self.fields["public_reason"].error_messages["required"] = _("Say why; the reason is public")
        if not is_public:
            del self.fields["public_reason"]
        self.lay_out()

    def chosen_lead(self) -> Country | bool | None:
        """The lead that was chosen, None for none; False where the form does not ask."""
        return self.parties.get(self.cleaned_data["lead"]) if "lead" in self.fields else False
