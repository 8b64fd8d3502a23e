"""Recording and changing a commitment."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from commitments.formats.collation import sort_key
from commitments.intake.fields import NameField, ProseField
from commitments.mechanisms.models import Country, Mechanism
from commitments.register.actions import NewCommitment
from commitments.register.enums import CommitmentKind, Horizon, HorizonBasis
from commitments.register.likeness import Described
from commitments.register.models import Party
from commitments.reporting.forms import LookedForm
from commitments.sources.models import Source
from commitments.working_groups.models import WorkingGroup
from commitments.workspace.forms.indicator import DayField, fifty_years_after, limit_days
from commitments.workspace.queries import maker_together

TOGETHER = "together"


class NamedChoiceField(forms.ModelChoiceField):
    """Rows shown by their name in the language of the page."""

    def label_from_instance(self, obj: Any) -> str:
        """The name."""
        return str(obj.name_in(get_language() or "en").text)

    def offer(self, rows: QuerySet[Any]) -> None:
        """Offer these rows; a single one is chosen already."""
        self.queryset = rows
        if len(rows) == 1:
            self.initial = rows[0]
            self.empty_label = None


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
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=CommitmentKind.choices)
    made_on = DayField(
        label=gettext_lazy("Made on"),
        error_messages={"required": gettext_lazy("Enter the date on which it was made")},
    )
    made_at = NameField(label=gettext_lazy("Made at (optional)"), longest=250, required=False)
    due_on = DayField(label=gettext_lazy("Due on (optional)"), required=False)
    horizon = forms.ChoiceField(
        label=gettext_lazy("Horizon (optional)"), choices=[("", "—"), *Horizon.choices], required=False
    )

    own_texts: tuple[str, ...] = ("title", "summary", "made_at")

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit_days(self, last=fifty_years_after(on))

    def columns(self, language: str) -> dict[str, Any]:
        """The texts and dates as columns of a commitment, texts in the language they were written in."""
        data = self.cleaned_data
        return {
            f"title_{language}": data["title"],
            f"summary_{language}": data["summary"],
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

    lead = forms.ChoiceField(label=gettext_lazy("Lead country (optional)"), required=False)
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


class RecordCommitmentForm(CommitmentTexts):
    """Records a commitment with its maker, parties, group and source."""

    group = NamedChoiceField(
        label=gettext_lazy("Working group"),
        queryset=WorkingGroup.objects.none(),
        error_messages={"required": gettext_lazy("Choose the working group")},
    )
    maker = forms.ChoiceField(
        label=gettext_lazy("Who made it?"),
        error_messages={"required": gettext_lazy("Choose who made the commitment")},
    )
    parties = forms.MultipleChoiceField(
        label=gettext_lazy("Other countries named in it (optional)"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )
    lead = forms.ChoiceField(
        label=gettext_lazy("Lead country of a commitment made together (optional)"),
        help_text=gettext_lazy("It reports for all. Without one, the secretariat asks for the figures."),
        required=False,
    )
    source_title = NameField(
        label=gettext_lazy("Title of the document"),
        longest=500,
        error_messages={"required": gettext_lazy("Say which document the commitment is in")},
    )
    source_url = forms.URLField(
        label=gettext_lazy("Link (optional)"), max_length=1000, required=False, assume_scheme="https"
    )
    source_publisher = NameField(label=gettext_lazy("Publisher (optional)"), longest=300, required=False)
    source_published = DayField(label=gettext_lazy("Published on (optional)"), required=False)

    own_texts = (*CommitmentTexts.own_texts, "source_title", "source_publisher")

    def __init__(self, *args: Any, groups: QuerySet[WorkingGroup], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.language = get_language() or "en"
        group = self.fields["group"]
        assert isinstance(group, NamedChoiceField)  # noqa: S101  # declared above
        group.offer(groups.select_related("mechanism", "pillar"))
        self.countries = {country.iso3: country for country in Country.objects.all()}
        names = sorted(
            ((iso3, country.name_in(self.language).text) for iso3, country in self.countries.items()),
            key=lambda pair: sort_key(pair[1], self.language),
        )
        self._offer("maker", [("", "—"), (TOGETHER, _("The countries of the mechanism together")), *names])
        self._offer("parties", names)
        self._offer("lead", [("", "—"), *names])
        self.helper.layout = Layout(
            "title",
            "summary",
            Row(Column("group"), Column("maker")),
            "parties",
            "lead",
            Row(Column("kind"), Column("horizon")),
            Row(Column("made_on"), Column("due_on")),
            "made_at",
            Fieldset(_("Source"), "source_title", "source_url"),
            Row(Column("source_publisher"), Column("source_published")),
        )

    def _parties(self) -> list[str]:
        """The countries named beside the maker, the lead among them."""
        data = self.cleaned_data
        named = [iso3 for iso3 in data["parties"] if iso3 != data["maker"]]
        return named if not data["lead"] or data["lead"] in named else [data["lead"], *named]

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Only a commitment made together has a lead, and the lead is a party to it."""
        data = super().clean() or {}
        if data.get("lead") and data.get("maker") and data["maker"] != TOGETHER:
            words = _("Leave the lead empty: the country that made it answers for it")
            self.add_error("lead", ValidationError(words, code="one_maker"))
        return data

    def described(self, target: Decimal | None = None) -> Described:
        """The commitment as it is compared with those on record."""
        data = self.cleaned_data
        together = maker_together(data["group"].mechanism.code)
        return Described(
            code="",
            maker=together if data["maker"] == TOGETHER else data["maker"],
            titles=(data["title"],),
            figures=(target,) if target is not None else (),
            made_on=data["made_on"],
        )

    def new(self) -> NewCommitment:
        """The commitment to record."""
        data, group = self.cleaned_data, self.cleaned_data["group"]
        mechanism: Mechanism = group.mechanism
        together = data["maker"] == TOGETHER
        published = data["source_published"]
        return NewCommitment(
            columns={
                **self.columns(self.language),
                "group": group,
                "pillar": group.pillar,
                "original_language": self.language,
            },
            mechanism=mechanism,
            source=Source(
                title=data["source_title"],
                url=data["source_url"],
                publisher=data["source_publisher"],
                published=published.isoformat() if published else "",
                language=self.language,
            ),
            maker_country=None if together else self.countries[data["maker"]],
            maker_mechanism=mechanism if together else None,
            parties=tuple(self.countries[iso3] for iso3 in self._parties()),
            lead=self.countries[data["lead"]] if data["lead"] else None,
        )
