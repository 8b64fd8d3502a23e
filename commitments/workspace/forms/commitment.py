"""Recording and changing a commitment."""

from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from commitments.formats.collation import sort_key
from commitments.intake.fields import NameField, ProseField
from commitments.mechanisms.models import Country, Mechanism
from commitments.register.actions import NewCommitment
from commitments.register.enums import CommitmentKind, Horizon, HorizonBasis
from commitments.sources.models import Source
from commitments.working_groups.models import WorkingGroup
from commitments.workspace.forms.indicator import DayField, fifty_years_after, limit_days

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


class CommitmentTexts(forms.Form):
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

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        limit_days(self, last=fifty_years_after(on))
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

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

    public_reason = NameField(label=gettext_lazy("Public reason for the change"), longest=500, required=False)

    def __init__(self, *args: Any, is_public: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["public_reason"].required = is_public
        self.fields["public_reason"].error_messages["required"] = _("Say why; the reason is public")
        if not is_public:
            del self.fields["public_reason"]


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
        self.helper.layout = Layout(
            "title",
            "summary",
            Row(Column("group"), Column("maker")),
            "parties",
            Row(Column("kind"), Column("horizon")),
            Row(Column("made_on"), Column("due_on")),
            "made_at",
            Fieldset(_("Source"), "source_title", "source_url"),
            Row(Column("source_publisher"), Column("source_published")),
        )

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above
        field.choices = choices

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
            parties=tuple(self.countries[iso3] for iso3 in data["parties"] if iso3 != data["maker"]),
        )
