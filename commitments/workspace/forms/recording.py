"""Recording a commitment: what it says, where it belongs, who made it, and the document it is in."""

from decimal import Decimal
from typing import Any, cast

from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from commitments.intake.fields import AddressField, ChoiceField, ManyChoicesField, NameField
from commitments.mechanisms.models import Country, Mechanism, Organization
from commitments.register.actions import NewCommitment
from commitments.register.likeness import Described
from commitments.sources.models import Source
from commitments.working_groups.models import Pillar, WorkingGroup
from commitments.workspace.forms.choices import NONE, NamedChoiceField, in_order, named
from commitments.workspace.forms.commitment import CommitmentTexts
from commitments.workspace.forms.indicator import DayField
from commitments.workspace.queries import maker_together

#: Makers that are no country and no organization. Codes of those are never these words.
TOGETHER, GROUP = "together", "group"


class RecordCommitmentForm(CommitmentTexts):
    """Records a commitment with its maker, parties, group and source; `is_free`: of any group, or of none."""

    mechanism = NamedChoiceField(
        label=gettext_lazy("Mechanism (optional with a working group)"),
        queryset=Mechanism.objects.none(),
        required=False,
        empty_label=NONE[1],
    )
    pillar = NamedChoiceField(
        label=gettext_lazy("Pillar (optional)"), queryset=Pillar.objects.none(), required=False, empty_label=NONE[1]
    )
    group = NamedChoiceField(
        label=gettext_lazy("Working group"),
        queryset=WorkingGroup.objects.none(),
        error_messages={"required": gettext_lazy("Choose the working group")},
    )
    maker = ChoiceField(
        label=gettext_lazy("Who made it?"),
        error_messages={"required": gettext_lazy("Choose who made the commitment")},
    )
    maker_name = NameField(
        label=gettext_lazy("Name of that group, in English (only for a group with a name of its own)"),
        help_text=gettext_lazy("As the document names it, for example: Several donors"),
        longest=200,
        required=False,
    )
    parties = ManyChoicesField(
        label=gettext_lazy("Other countries and organizations named in it (optional)"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )
    lead = ChoiceField(
        label=gettext_lazy("Lead country of a commitment made together (optional)"),
        help_text=gettext_lazy("It reports for all. Without one, the secretariat asks for the figures."),
        required=False,
    )
    source_title = NameField(
        label=gettext_lazy("Title of the document"),
        longest=500,
        error_messages={"required": gettext_lazy("Say which document the commitment is in")},
    )
    source_url = AddressField(label=gettext_lazy("Link (optional)"), required=False)
    source_publisher = NameField(label=gettext_lazy("Publisher (optional)"), longest=300, required=False)
    source_published = DayField(label=gettext_lazy("Published on (optional)"), required=False)

    own_texts = (*CommitmentTexts.own_texts, "maker_name", "source_title", "source_publisher")

    def __init__(
        self, *args: Any, groups: QuerySet[WorkingGroup], mechanisms: QuerySet[Mechanism], is_free: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.language = get_language() or "en"
        self._offer_places(groups, mechanisms, is_free)
        self._offer_actors()
        place = (Row(Column("group"), Column("mechanism")), "pillar", "maker") if is_free else ("group", "maker")
        self.helper.layout = Layout(
            "title",
            "summary",
            *place,
            "maker_name",
            "parties",
            "lead",
            Row(Column("kind"), Column("horizon")),
            Row(Column("made_on"), Column("due_on")),
            "made_at",
            Fieldset(_("Source"), "source_title", "source_url"),
            Row(Column("source_publisher"), Column("source_published")),
        )

    def _offer_places(self, groups: QuerySet[WorkingGroup], mechanisms: QuerySet[Mechanism], is_free: bool) -> None:
        group = cast("NamedChoiceField", self.fields["group"])
        if is_free:
            group.required, group.label = False, gettext_lazy("Working group (optional)")
            cast("NamedChoiceField", self.fields["mechanism"]).offer(mechanisms)
            pillars = Pillar.objects.filter(mechanism__in=mechanisms).order_by("mechanism", "number")
            cast("NamedChoiceField", self.fields["pillar"]).offer(pillars)
        else:
            del self.fields["mechanism"], self.fields["pillar"]
        group.offer_groups(groups)

    def _offer_actors(self) -> None:
        self.countries = {country.iso3: country for country in Country.objects.all()}
        self.organizations = {body.code: body for body in Organization.objects.filter(is_example=False)}
        countries = in_order((iso3, named(country)) for iso3, country in self.countries.items())
        bodies = in_order((code, named(body)) for code, body in self.organizations.items())
        both = [(_("Countries"), countries), (_("Organizations"), bodies)]
        many = [(TOGETHER, _("The countries of the mechanism together")), (GROUP, _("A group with a name of its own"))]
        cast("forms.ChoiceField", self.fields["maker"]).choices = [NONE, *many, *both]
        cast("forms.ChoiceField", self.fields["parties"]).choices = both
        cast("forms.ChoiceField", self.fields["lead"]).choices = [NONE, *countries]

    def clean(self) -> dict[str, Any]:
        """What was chosen fits together: the place, the maker and its name, the lead and who made it."""
        data = super().clean() or {}
        self._clean_place(data)
        maker, name = data.get("maker"), data.get("maker_name")
        if maker == GROUP and not name and "maker_name" not in self.errors:
            self._refuse("maker_name", _("Enter the name of the group that made it"), "required")
        if maker and maker != GROUP and name:
            words = _("Leave the name empty, or choose above that a group with a name of its own made it")
            self._refuse("maker_name", words, "another_maker")
        if data.get("lead") and maker and maker not in {TOGETHER, GROUP}:
            words = _("Leave the lead empty: the country that made it answers for it")
            if maker in self.organizations:
                words = _("Leave the lead empty: an organization made it, and the secretariat asks for the figures")
            self._refuse("lead", words, "one_maker")
        return data

    def _clean_place(self, data: dict[str, Any]) -> None:
        """A group stands under its own mechanism and pillar; without a group the mechanism is chosen."""
        group, mechanism, pillar = data.get("group"), data.get("mechanism"), data.get("pillar")
        if group is None:
            if "mechanism" in self.fields and mechanism is None and "group" not in self.errors:
                self._refuse("mechanism", _("Choose the mechanism, or a working group"), "required")
            return
        if mechanism is not None and mechanism != group.mechanism:
            words = _("This working group is of another mechanism (%(name)s). Leave this empty, or choose that one")
            self._refuse("mechanism", words % {"name": named(group.mechanism)}, "of_another")
        if pillar is not None and group.pillar is not None and pillar != group.pillar:
            words = _("This working group is of another pillar (%(name)s). Leave this empty, or choose that one")
            self._refuse("pillar", words % {"name": named(group.pillar)}, "of_another")

    def _refuse(self, name: str, words: str, code: str) -> None:
        self.add_error(name, ValidationError(words, code=code))

    @property
    def dates_out_of_order(self) -> str:
        """Both dates, where it falls due before it was made; empty where it does not."""
        made, due = self.cleaned_data["made_on"], self.cleaned_data["due_on"]
        return f"{made} {due}" if due and due < made else ""

    @property
    def chosen_mechanism(self) -> Mechanism:
        """The mechanism of the group, or the one that was chosen."""
        group = self.cleaned_data["group"]
        found: Mechanism = group.mechanism if group is not None else self.cleaned_data["mechanism"]
        return found

    def described(self, target: Decimal | None = None) -> Described:
        """The commitment as it is compared with those on record."""
        data = self.cleaned_data
        many = {TOGETHER: maker_together(self.chosen_mechanism.code), GROUP: data["maker_name"]}
        return Described(
            code="",
            maker=many.get(data["maker"], data["maker"]),
            titles=(data["title"],),
            figures=(target,) if target is not None else (),
            made_on=data["made_on"],
        )

    def new(self) -> NewCommitment:
        """The commitment to record."""
        data, group, maker = self.cleaned_data, self.cleaned_data["group"], self.cleaned_data["maker"]
        published = data["source_published"]
        own = group.pillar if group is not None else None
        return NewCommitment(
            columns={
                **self.columns(self.language),
                "group": group,
                "pillar": own or data.get("pillar"),
                "original_language": self.language,
            },
            mechanism=self.chosen_mechanism,
            source=Source(
                title=data["source_title"],
                url=data["source_url"],
                publisher=data["source_publisher"],
                published=published.isoformat() if published else "",
                language=self.language,
            ),
            maker_country=self.countries.get(maker),
            maker_organization=self.organizations.get(maker),
            maker_mechanism=self.chosen_mechanism if maker == TOGETHER else None,
            maker_name=data["maker_name"] if maker == GROUP else "",
            parties=self._parties(),
            lead=self.countries.get(data["lead"]),
        )

    def _parties(self) -> tuple[Country | Organization, ...]:
        """Those named beside the maker, the lead among them."""
        data = self.cleaned_data
        codes = [code for code in data["parties"] if code != data["maker"]]
        if data["lead"] and data["lead"] not in codes:
            codes.insert(0, data["lead"])
        return tuple(self.countries.get(code) or self.organizations[code] for code in codes)
